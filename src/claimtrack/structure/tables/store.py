"""What has been read of a table, part by part: kept in memory while that is little, else in a nameless file."""

from __future__ import annotations

import weakref
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import Any, NamedTuple

import pyarrow as pa

from claimtrack.schema import TableSchema
from claimtrack.structure.cells.values import OFFSET, spelled
from claimtrack.structure.limits import KEPT_BYTES
from claimtrack.structure.rows.blocks import Block, Rows, block_of
from claimtrack.temporary import writing_temporarily


class _Spool:
    """Pieces of bytes, put one after the other and got back by their number; threads take turns."""

    def __init__(self) -> None:
        self._ends = [0]
        self._turn = Lock()
        with ExitStack() as held:
            held.enter_context(suppress(OSError))  # what could not be written is not missed any more
            self._file: Any = held.enter_context(SpooledTemporaryFile(max_size=KEPT_BYTES))
            weakref.finalize(self, held.pop_all().close)

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._ends[-1]

    def append(self, piece: bytes | memoryview) -> None:
        with self._turn, writing_temporarily():
            self._file.seek(self._ends[-1])
            self._file.write(piece)
        self._ends.append(self._ends[-1] + len(piece))

    def __getitem__(self, number: int) -> bytes:
        with self._turn, writing_temporarily():  # what was put last may not have left Python yet
            self._file.seek(self._ends[number])
            data: bytes = self._file.read(self._ends[number + 1] - self._ends[number])
        return data


class _Span(NamedTuple):
    """Where the text of a part stands in the file, and how many lines it has."""

    start: int
    length: int
    lines: int


class Store:
    """The rows of a table and the text that they stand in, of which one part at a time is looked at.

    Once all is in, several threads may look.
    """

    def __init__(self, schema: TableSchema, again: Callable[[int, int], bytes | None]) -> None:
        """`again` gives some bytes of the file once more: from where, and how many."""
        self.schema = schema
        self._again = again
        self.rows = 0
        self.part_bytes = 0
        """The size of the cells of the largest part."""
        self._stored: pa.Schema | None = None
        self._numbered = False
        self._kept: list[pa.Table] = []  # all parts, while they are small
        self._bytes = 0
        self._pieces = _Spool()  # the columns of all parts, one by one, once they are not
        self._texts = _Spool()
        self._spans: list[_Span | None] = []  # where the text of a part stands in the file, if it is not kept
        self._starts: list[int] = []
        self._lines: list[int] = []
        self._latest: tuple[int, pa.Table] | None = None
        self._shown: tuple[int, Block] | None = None

    @property
    def size(self) -> int:
        """The size of all cells."""
        return self._bytes

    @property
    def at_once(self) -> int:
        """How many bytes of cells there were at once while the table was read: a part and the next, or all of it.

        Small parts are gathered until they are worth writing.
        """
        return min(self._bytes, max(2 * self.part_bytes, 2 * KEPT_BYTES))

    def append(self, cells: pa.Table, block: Block | Rows) -> None:
        """Add rows, and the block that they come from."""
        self._stored = self._stored or cells.schema
        self._bytes += cells.nbytes
        self.part_bytes = max(self.part_bytes, cells.nbytes)
        self._kept.append(cells)
        if self._bytes > KEPT_BYTES:
            for table in self._kept:
                for column in self._stored.names:
                    self._pieces.append(_packed(table.select([column])))
            self._kept.clear()
        self._numbered = isinstance(block, Rows)
        span = None
        if isinstance(block, Block) and block.at is not None and self._texts.size + len(block.data) > KEPT_BYTES:
            span = _Span(block.at, len(block.data), block.lines)
        self._texts.append(b"" if span else block.data)
        self._spans.append(span)
        self._starts.append(self.rows)
        self._lines.append(block.first)
        self.rows += cells.num_rows

    def values(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The rows part by part as they were added, with all columns or some."""
        return (self._read(number, columns or self.schema.columns) for number in range(len(self._starts)))

    def parts(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The rows part by part as strings, with all columns or some."""
        return (self._part(number, columns or self.schema.columns) for number in range(len(self._starts)))

    def whole(self) -> pa.Table:
        """All rows."""
        return pa.concat_tables(self.parts())

    def cell(self, row: int, column: str) -> str:
        """One cell; `row` counts from 0."""
        number = bisect_right(self._starts, row) - 1
        latest = self._latest
        if latest is None or latest[0] != number:
            self._latest = latest = number, self._part(number, self.schema.columns)
        cell: str = latest[1].column(column)[row - self._starts[number]].as_py()
        return cell

    def place(self, line: int, at: int, delimiter: str) -> tuple[int, int]:
        """Where the cell number `at` of the row that begins in a physical line starts: physical line and column.

        The column is 1 where the file has been changed since.
        """
        if self._numbered:
            return Rows(1).place(line, at, delimiter)
        number = bisect_right(self._lines, line) - 1
        shown = self._shown
        if shown is None or shown[0] != number:
            text = self._text(number)
            if text is None:
                return line, 1
            self._shown = shown = number, block_of(text, self._lines[number])
        return shown[1].place(line, at, delimiter)

    def _text(self, number: int) -> bytes | None:
        """The text of a part; None where the file has been changed since it was read."""
        span = self._spans[number]
        if span is None:
            return self._texts[number]
        text = self._again(span.start, span.length)
        return text if text is not None and text.endswith(b"\n") and text.count(b"\n") == span.lines else None

    def _part(self, number: int, columns: Sequence[str]) -> pa.Table:
        cells = self._read(number, columns)
        return pa.table({column: spelled(self.schema.field(column), cells) for column in columns})

    def _read(self, number: int, columns: Sequence[str]) -> pa.Table:
        assert self._stored is not None  # there are no parts before one was added
        names = [name for name in self._stored.names if name in columns or name.removesuffix(OFFSET) in columns]
        if self._kept:
            return self._kept[number].select(names)
        first = number * len(self._stored.names)
        columns = [_unpacked(self._pieces[first + self._stored.get_field_index(name)]) for name in names]
        return pa.table(columns, names=names)


def _packed(column: pa.Table) -> memoryview:
    """A column, different values included, as bytes."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, column.schema) as stream:
        stream.write_table(column)
    return memoryview(sink.getvalue())


def _unpacked(data: bytes) -> pa.ChunkedArray:
    """The column that was packed."""
    with pa.ipc.open_stream(pa.py_buffer(data)) as stream:
        return stream.read_all().column(0)
