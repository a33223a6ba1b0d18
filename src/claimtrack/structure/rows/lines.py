"""What exactly is wrong with a line that needs a closer look, and how it would read if that were mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from claimtrack.schema import table_schema
from claimtrack.structure.cells.characters import WESTERN, likely_encoding, mended, odd_characters
from claimtrack.structure.cells.spelling import odd_in
from claimtrack.structure.limits import (
    BROKEN_LINES,
    HINTS,
    JOINED_CHARACTERS,
    JOINED_LINES,
    JOINING_CHARACTERS,
    LINE_BYTES,
)
from claimtrack.structure.rows.blocks import Block
from claimtrack.structure.rows.header import ONE_LINE, Header
from claimtrack.structure.rows.scan import Flags
from claimtrack.structure.rows.split import Cell, split, split_over
from claimtrack.structure.rows.widths import Hint, one_row, parted, parted_by, too_long, too_short
from claimtrack.structure.telling.reporter import Reporter
from claimtrack.structure.telling.shown import shown
from claimtrack.structure.telling.unstated import says_nothing, unstated

_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?: |$)")
_FORMULA = re.compile(r"[=+\-@]")
_PLAIN = re.compile(r"[!-*,./0-<>?A-~](?:[ -~]*[!-~])?")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?")

Span = tuple[int, int]
Row = tuple[int, list[str]]


class Inspector:
    """Explains the doubtful lines of one table, in their order.

    `blamed` has the line and column name of cells with a fault after which nothing else can be said of them; `lost` the
    cells of rows that cannot be told apart from each other, as far as they can be made out.
    """

    def __init__(self, header: Header, key: Sequence[str], report: Reporter) -> None:
        self.header = header
        self.report = report
        self.blamed: set[tuple[int, str]] = set()
        self.lost: list[list[str]] = []
        self._keys = [at for column in key if (at := header.at(column)) is not None]
        self._hunk = ""
        self._encoding = ""
        self._joining = JOINING_CHARACTERS
        self._following: Block | None = None
        self._next = 2
        self._hints = HINTS

    def rows(self, block: Block, flags: Flags, following: Block | None = None) -> Iterator[Span | Row]:
        """The rows of a block, header aside: spans of offsets into its lines that are sound, and mended rows.

        The last row may go on in the `following` block, which then begins behind it.
        """
        at = max(self._next - block.first, 0)
        self._encoding, self._following = "", following
        for doubtful in np.flatnonzero(flags).tolist():
            if doubtful < at:
                continue
            yield from self._sound(block, at, doubtful)
            cells, last = self._look(block, block.first + doubtful)
            if cells is not None:
                yield block.first + doubtful, cells
            at = last - block.first + 1
        yield from self._sound(block, at, block.lines)
        self._next = block.first + max(at, block.lines)

    def beyond(self, block: Block) -> int:
        """How many lines of the following block belong to the last row of this one, once all rows have been seen."""
        return self._next - block.first - block.lines

    def _sound(self, block: Block, start: int, stop: int) -> Iterator[Span]:
        """The lines in between, unless they are the other side of a merge conflict."""
        if self._hunk in ("=======", "|||||||"):
            self.lost.extend(_values(split(block.text(block.first + at))) for at in range(start, stop))
        elif start < stop:
            yield start, stop

    def _look(self, block: Block, line: int) -> tuple[list[str] | None, int]:
        """The cells of a line as they would read if mended, or None; and the last line that belongs to them."""
        text = block.text(line)
        marker = _CONFLICT.match(text)
        if line in block.too_long:
            message = f"the line has {block.too_long[line]:,} bytes; at most {LINE_BYTES:,} are read"
            self.report("line-too-long", message, line, 1)
        elif marker:
            self._conflict(marker[1], line)
        elif self._is_blank(text):
            self.report("row-blank", "the row is blank", line, 1)
        elif text == self.header.text:
            self.report("header-again", "the names of the columns stand here once more, among the rows", line, 1)
        else:
            return self._row(block, line, text)
        return None, line

    def _is_blank(self, text: str) -> bool:
        """Whether a line has nothing in it, with or without quotation marks around that."""
        if text.strip(f'{self.header.delimiter} "'):
            return False
        return all(cell.quoting == "sound" and not cell.value.strip(" ") for cell in split(text, self.header.delimiter))

    def _conflict(self, marker: str, line: int) -> None:
        if marker[0] == "<" or not self._hunk:
            self.report("conflict-marker", f"two versions of the file were merged and {marker} was left in it", line, 1)
        self._hunk = "" if marker[0] == ">" else marker

    def _row(self, block: Block, line: int, text: str) -> tuple[list[str] | None, int]:
        cells = split(text, self.header.delimiter)
        last = line
        if self._hunk in ("=======", "|||||||"):
            self.lost.append(_values(cells[: self.header.width]))
            return None, line
        short = len(cells) < self.header.width and self._hints > 0
        if short and (other := parted(text, self.header)):
            apart = split(text, other)
            self.lost.append(_values(apart))
            self._report_width(line, text, cells, self._key(apart), parted_by(other, text, self.header))
            return None, line
        whole = all(cell.quoting == "sound" for cell in cells)
        if short and whole and (broken := self._broken(block, line, text)):
            at, field = len(text) + 1, self._field(len(cells) - 1)
            cells, last = broken
            message = f"the row goes on in line {line + 1}, as if Enter had been pressed in it"
            self.report("newline-in-cell", message, line, at, field=field, key=self._key(cells), fix=ONE_LINE)
        elif cells[-1].quoting == "open":
            opened = len(cells) - 1
            joined = self._joined(block, line, text)
            code, message = "quote-unclosed", "the quotation mark that opens this cell is never closed"
            if joined:
                code, message = "newline-in-cell", "the cell goes on in the next line"
                cells, last = joined
            column = cells[opened].column
            self.report(code, message, line, column, field=self._field(opened), key=self._key(cells))
        for at, cell in enumerate(cells):
            if cell.quoting == "stray":
                message = f"a quotation mark inside of {shown(cell.value)} where none may be"
                self.report("quote-stray", message, line, cell.column, field=self._field(at), key=self._key(cells))
        quoted_badly = any(cell.quoting != "sound" for cell in cells)
        if len(cells) != self.header.width:
            self._wrong_width(line, text, cells, quoted_badly)
            return None, last
        return [self._cell(block, line, at, cell, cells) for at, cell in enumerate(cells)], last

    def _joined(self, block: Block, line: int, text: str) -> tuple[list[Cell], int] | None:
        """The row of a cell with newlines in it, and its last line; None where the quote was just never closed."""
        lines = [text]
        for later in range(line + 1, line + JOINED_LINES + 1):
            follows = self._after(block, later)
            if follows is None:
                return None
            lines.append(follows)
            alone = split(lines[-1], self.header.delimiter)
            if len(alone) == self.header.width and alone[-1].quoting != "open":
                return None
            cells = split_over(lines, self.header.delimiter)
            if cells[-1].quoting != "open":
                whole = len(cells) == self.header.width and all(cell.quoting == "sound" for cell in cells)
                return (cells, later) if whole else None
            length = sum(map(len, lines))
            self._joining -= length
            if length > JOINED_CHARACTERS or self._joining < 0:
                return None
        return None

    def _broken(self, block: Block, line: int, text: str) -> tuple[list[Cell], int] | None:
        """The row that several lines seem to be, none of them whole, and its last line; None where they may be rows."""
        lines = [text]
        for later in range(line + 1, line + BROKEN_LINES):
            follows = self._after(block, later)
            if follows is None or _CONFLICT.match(follows):
                return None
            lines.append(follows)
            alone = split(follows, self.header.delimiter)
            if len(alone) >= self.header.width or sum(map(len, lines)) > JOINED_CHARACTERS:
                return None
            cells = [replace(cell, value=cell.value.strip()) for cell in split_over(lines, self.header.delimiter)]
            if len(cells) >= self.header.width:
                self._hints -= 1
                parts = [split(one, self.header.delimiter) for one in lines]
                return (
                    (cells, later) if one_row(cells, parts, self.header, table_schema(self.report.resource)) else None
                )
        return None

    def _after(self, block: Block, line: int) -> str | None:
        """The text of a line of this block or of the following one."""
        within = block if line < block.first + block.lines else self._following
        return None if within is None or line >= within.first + within.lines else within.text(line)

    def _wrong_width(self, line: int, text: str, cells: list[Cell], explained: bool) -> None:
        """A row with too few or too many cells, unless the quotes or a line end inside it explain that."""
        self.lost.append(_values(cells[: self.header.width]))
        for cell in cells[: self.header.width]:
            for code, message in odd_characters(cell.value):
                self.report(code, message, line, cell.column)
                explained |= code == "control-character"
        if not explained:
            self._report_width(line, text, cells, self._key(cells))

    def _report_width(
        self, line: int, text: str, cells: list[Cell], key: str | None, known: Hint | None = None
    ) -> None:
        width = self.header.width
        schema = table_schema(self.report.resource)
        explained = self._hints > 0
        self._hints -= explained
        message = f"the header has {width} cells, the row {len(cells)}"
        if len(cells) < width:
            hint, fix = known or (too_short(cells, self.header, schema) if explained else ("", None))
            message += hint or f": there is none for {self.header.columns[len(cells)]}"
            self.report("row-short", message, line, len(text) + 1, key=key, fix=fix)
        else:
            hint, fix = too_long(cells, self.header, schema) if explained else ("", None)
            self.report("row-long", message + hint, line, cells[width].column, key=key, fix=fix)

    def _cell(self, block: Block, line: int, at: int, cell: Cell, cells: list[Cell]) -> str:
        """The mended cell, its faults reported."""
        value, field = cell.value, self._field(at)
        if not value or _PLAIN.fullmatch(value):
            return value
        report = partial(self.report, line=line + cell.down, column=cell.column, field=field, key=self._key(cells))
        schema = table_schema(self.report.resource)
        of_schema = schema.field(field) if field in schema.columns else None
        for code, message in odd_in(of_schema, value):
            self._encoding = self._encoding or likely_encoding(block.data)
            likely = f"; probably {self._encoding}" if code == "encoding-invalid" else ""
            report(code, message + likely)
        value = mended(value, self._encoding or WESTERN)
        if value != value.strip():
            if cell.value != cell.value.strip(" "):
                report("cell-padded", f"spaces around {shown(value)}")
            value = value.strip()
        if formula := formula_in(value):
            report("formula-cell", formula, fix=unstated(of_schema, value) if of_schema else None)
            if field is not None:
                self.blamed.add((line, field))
        return value

    def _field(self, at: int) -> str | None:
        return self.header.columns[at] if at < self.header.width else None

    def _key(self, cells: list[Cell]) -> str | None:
        """The key of the row, where it can be made out."""
        if not self._keys or max(self._keys) >= len(cells):
            return None
        return "/".join(mended(cells[at].value).strip() for at in self._keys)


def formula_in(value: str) -> str | None:
    """What is wrong with a value that a spreadsheet would run as a formula; None for all others."""
    if not _FORMULA.match(value) or _NUMBER.fullmatch(value):
        return None
    if says_nothing(value):
        return f"{shown(value)} says nothing, and a spreadsheet would run it as a formula"
    return f"a spreadsheet would run {shown(value)} as a formula"


def _values(cells: Sequence[Cell]) -> list[str]:
    return [mended(cell.value).strip() for cell in cells]
