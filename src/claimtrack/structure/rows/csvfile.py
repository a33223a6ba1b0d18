"""A table in CSV, from bytes to cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from claimtrack.schema import TableSchema
from claimtrack.structure.cells.values import as_held, no_rows, parsed, spelled
from claimtrack.structure.files.opening import opened
from claimtrack.structure.limits import CSV_BYTES, UTF16_BYTES
from claimtrack.structure.rows.ahead import ahead
from claimtrack.structure.rows.blocks import Block, Rows, block_of, blocks
from claimtrack.structure.rows.container import HEAD, other_format, utf16
from claimtrack.structure.rows.header import LABELS, LOOKED_AT, Header, read_header
from claimtrack.structure.rows.lines import Inspector
from claimtrack.structure.rows.scan import Flags, Ints, doubtful
from claimtrack.structure.telling.reporter import Reporter


@dataclass(frozen=True)
class Part:
    """Some rows: their cells in the order of the schema, their physical lines, the text that they stand in, and who
    looked at that.
    """

    values: pa.Table
    lines: Ints
    block: Block | Rows
    inspector: Inspector

    def key(self, row: int, schema: TableSchema) -> str:
        """The primary key of a row as spelled, its parts joined by "/"."""
        one = self.values.slice(row, 1)
        return "/".join(spelled(schema.field(part), one)[0].as_py() for part in schema.primary_key)


class TableReader:
    """Reads one table part by part, so that its size does not matter; what is wrong with its text goes to `report`."""

    def __init__(self, schema: TableSchema, report: Reporter) -> None:
        self.schema = schema
        self.report = report

    def parts(self, root: Path, path: str) -> Iterator[Part]:
        """The parts of the file in order; none where there is no telling which cell is which. Raises `RefusedError`."""
        with opened(root, path, CSV_BYTES) as file:
            yield from self.parts_of(file)

    def parts_of(self, file: BinaryIO) -> Iterator[Part]:
        """The same of a file that is open, or of bytes."""
        head = file.read(HEAD)
        file.seek(0)
        words = other_format(head)
        if words:
            self.report("not-csv", f"the file is no CSV: it is {words}", 1, 1)
            return
        text = _as_utf8(file, utf16(head), self.report)
        if text is not None:
            stream = blocks(text)
            yield from self._parts(stream if text is file else (replace(block, at=None) for block in stream))

    def _parts(self, stream: Iterator[Block]) -> Iterator[Part]:
        first = next(stream, None)
        if first is not None and first.marked:
            self.report("byte-order-mark", "the file begins with a byte order mark", 1, 1)
        if first is None or not first.data.strip():
            self.report("file-empty", "the file is empty: there is not even a header", 1, 1)
            return
        below = [first.text(line)[:LABELS] for line in range(2, min(first.lines, LOOKED_AT) + 1)]
        header = read_header(first.text(1), self.schema, self.report, below)
        if header is None:
            return
        inspector = Inspector(header, self.schema.primary_key, self.report)
        odd_ends: list[tuple[int, str, int]] = []
        second = next(stream, None)
        made = ahead if second else iter  # of one block there is nothing to make ready
        scanned = made(_scanned(chain([first], [second] if second else [], stream), header))
        del second
        for part, block in made(_read(scanned, inspector, self.schema)):
            if block.odd_ends:
                odd_ends.append((block.odd_ends, block.odd_end, block.odd_line))
            yield part
        if not block.ended:
            last = block.first + block.lines - 1
            self.report("final-newline-missing", "the last line has no end", last, len(block.text(last)) + 1)
        self._line_ends(odd_ends)

    def _line_ends(self, odd: Sequence[tuple[int, str, int]]) -> None:
        if odd:
            number = sum(count for count, _, _ in odd)
            _, end, line = odd[0]
            words = "a line ends" if number == 1 else f"{number:,} lines end"
            self.report("line-end", f"{words} in {end}, the first here", line, 1)


def _scanned(stream: Iterator[Block], header: Header) -> Iterator[tuple[Block, Flags]]:
    """The blocks with their doubtful lines: those, too, in which the header stands once more."""
    for block in stream:
        flags = doubtful(block, header.width, header.delimiter)
        flags[[line - block.first for line in block.same(header.text) if line > 1]] = True
        yield block, flags


def _read(
    scanned: Iterator[tuple[Block, Flags]], inspector: Inspector, schema: TableSchema
) -> Iterator[tuple[Part, Block]]:
    """The parts with their blocks, each read when it is known what follows."""
    waiting = next(scanned, None)
    while waiting is not None:
        (block, flags), waiting = waiting, next(scanned, None)
        yield read_part(block, flags, inspector, schema, waiting[0] if waiting else None), block


def read_part(
    block: Block, flags: Flags, inspector: Inspector, schema: TableSchema, following: Block | None = None
) -> Part:
    """The rows of a block; doubtful lines are explained by the inspector. The last may go on in the `following` one."""
    header = inspector.header
    pieces: list[bytes | memoryview] = []
    lines: list[Ints] = []
    text = memoryview(block.data)
    for row in inspector.rows(block, flags, following):
        match row:
            case (int(start), int(stop)):
                pieces.append(text[block.start(start) : block.start(stop)])
                lines.append(np.arange(block.first + start, block.first + stop, dtype=np.int64))
            case (int(line), list(cells)):
                pieces.append(_written(cells, header.delimiter))
                lines.append(np.array([line], dtype=np.int64))
    numbers = np.concatenate(lines) if lines else np.zeros(0, dtype=np.int64)
    beyond = inspector.beyond(block)
    whole = block if following is None or not beyond else block_of(block.data + following.head(beyond), block.first)
    data = pieces[0] if len(pieces) == 1 else b"".join(pieces)
    return Part(_parsed(data, header, schema), numbers, whole, inspector)


def _as_utf8(file: BinaryIO, encoding: str | None, report: Reporter) -> BinaryIO | None:
    """The file, or what it says if it is in UTF-16."""
    if encoding is None:
        return file
    report("encoding-invalid", f"the file is not UTF-8 but {encoding.upper()}", 1, 1)
    data = file.read(UTF16_BYTES + 1)
    try:
        return None if len(data) > UTF16_BYTES else io.BytesIO(data.decode(encoding).encode("utf-8"))
    except UnicodeError:
        return None


def _written(cells: Sequence[str], delimiter: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(cells)
    return out.getvalue().encode("utf-8", "replace")


def _parsed(data: bytes | memoryview, header: Header, schema: TableSchema) -> pa.Table:
    """The cells of sound lines, in the order of the schema; columns that the file lacks are blank."""
    if not data:
        return no_rows(schema)
    names = {column: str(at) for column in schema.columns if (at := header.at(column)) is not None}
    table = pacsv.read_csv(
        pa.BufferReader(data),
        pacsv.ReadOptions(
            column_names=[str(at) for at in range(header.width)], block_size=len(data) + 1, use_threads=False
        ),
        pacsv.ParseOptions(delimiter=header.delimiter, newlines_in_values=False),
        pacsv.ConvertOptions(
            check_utf8=False,
            column_types={at: parsed(schema.field(column)) for column, at in names.items()},
            include_columns=list(names.values()),
            strings_can_be_null=False,
            null_values=[],
        ),
    )
    columns = [
        as_held(field, table.column(names[field.name]) if field.name in names else [""] * table.num_rows)
        for field in schema.fields
    ]
    return pa.table(columns, names=list(schema.columns))
