"""What has been read of a table, part by part: kept in memory while that is little, else in a nameless file."""

from __future__ import annotations

import weakref
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Any

import pyarrow as pa

from claimtrack.structure.blocks import Block, block_of
from claimtrack.structure.limits import KEPT_BYTES

_WRITTEN = pa.ipc.IpcWriteOptions(compression="lz4")


class _Spool:
    """Pieces of bytes, put one after the other and got back by their number."""

    def __init__(self) -> None:
        self._ends = [0]
        self._file: Any = SpooledTemporaryFile(max_size=KEPT_BYTES)  # noqa: SIM115 - lives as long as the pieces
        weakref.finalize(self, self._file.close)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def append(self, piece: bytes | memoryview) -> None:
        self._file.seek(self._ends[-1])
        self._file.write(piece)
        self._ends.append(self._ends[-1] + len(piece))

    def __getitem__(self, number: int) -> bytes:
        self._file.seek(self._ends[number])
        data: bytes = self._file.read(self._ends[number + 1] - self._ends[number])
        return data


@dataclass
class Store:
    """The rows of a table and the text that they stand in, of which one part at a time is looked at."""

    columns: Sequence[str]
    _cells: _Spool = field(default_factory=_Spool)
    _texts: _Spool = field(default_factory=_Spool)
    _starts: list[int] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)
    _latest: tuple[int, pa.Table] | None = None
    _shown: tuple[int, Block] | None = None
    rows: int = 0

    def append(self, cells: pa.Table, block: Block) -> None:
        """Add rows, and the block that they come from."""
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, cells.schema, options=_WRITTEN) as writer:
            writer.write_table(cells)
        self._cells.append(memoryview(sink.getvalue()))
        self._texts.append(block.data)
        self._starts.append(self.rows)
        self._lines.append(block.first)
        self.rows += cells.num_rows

    def parts(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The rows part by part, with all columns or some."""
        return (self._part(number, columns) for number in range(len(self._cells)))

    def whole(self, columns: Sequence[str] | None = None) -> pa.Table:
        """All rows, with all columns or some."""
        return pa.concat_tables(self.parts(columns))

    def cell(self, row: int, column: str) -> str:
        """One cell; `row` counts from 0."""
        number = bisect_right(self._starts, row) - 1
        if self._latest is None or self._latest[0] != number:
            self._latest = number, self._part(number, None)
        cell: str = self._latest[1].column(column)[row - self._starts[number]].as_py()
        return cell

    def place(self, line: int, at: int, delimiter: str) -> tuple[int, int]:
        """Where the cell number `at` of the row that begins in a physical line starts: physical line and column."""
        number = bisect_right(self._lines, line) - 1
        if self._shown is None or self._shown[0] != number:
            self._shown = number, block_of(self._texts[number], self._lines[number])
        return self._shown[1].place(line, at, delimiter)

    def _part(self, number: int, columns: Sequence[str] | None) -> pa.Table:
        wanted = None if columns is None else [self.columns.index(column) for column in columns]
        options = pa.ipc.IpcReadOptions(included_fields=wanted)
        with pa.ipc.open_stream(self._cells[number], options=options) as reader:
            table = reader.read_all()
        return table if columns is None else table.select(list(columns))
