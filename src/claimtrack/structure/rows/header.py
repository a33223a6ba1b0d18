"""The first line of a table: which column is which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.rulebook import said
from claimtrack.schema import TableSchema
from claimtrack.structure.cells.characters import likely_encoding, mended, odd_characters
from claimtrack.structure.limits import CELLS
from claimtrack.structure.rows.split import DELIMITERS, Cell, named, split
from claimtrack.structure.telling.nearest import closest
from claimtrack.structure.telling.reporter import Reporter
from claimtrack.structure.telling.shown import shown

TOO_MANY = "there are {:,} columns; the {} was not looked at any further"
LOOKED_AT, LABELS = 10, 10_000
"""Lines, or rows, below the first in which the names of the columns are looked for, and characters of a line."""


@dataclass(frozen=True)
class Header:
    """The columns by position: the name in the schema that each stands for, None where it stands for none.

    `text` is the line itself, "" where there is none.
    """

    columns: tuple[str | None, ...]
    delimiter: str
    text: str = ""

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.columns)

    def at(self, column: str) -> int | None:
        """The position of a column, or None."""
        return self.columns.index(column) if column in self.columns else None


def read_header(line: str, schema: TableSchema, report: Reporter, below: Sequence[str] = ()) -> Header | None:
    """Match the names in the first line to the schema, as they are probably meant. None where it is no header.

    Of the lines `below` it is told then which of them is one.
    """
    if line == ",".join(schema.columns):
        return Header(schema.columns, ",", line)
    delimiter = _delimiter(line, schema)
    cells = split(line, delimiter)
    if len(cells) > CELLS:
        report("header-extra", TOO_MANY.format(len(cells), "table"), 1, 1)
        return None
    names = [plain(cell.value) for cell in cells]
    columns = matched(names, schema.columns)
    if not {*schema.columns} <= {*names}:
        known = len(columns) - columns.count(None)
        message, position, fix = _none(line, below, names, known, schema)
        if message:
            report("header-absent", message, 1, position, fix=fix)
            return None
    if delimiter != ",":
        report("delimiter-wrong", f"the cells are separated by {named(delimiter)}, not by a comma", 1, 1)
    for cell, column in zip(cells, columns, strict=True):
        _judge(cell, column, columns, schema, report)
    absent = [column for column in schema.columns if column not in columns]
    if absent:
        words = f"columns {', '.join(absent[:-1])} and {absent[-1]}" if len(absent) > 1 else f"column {absent[0]}"
        report("header-missing", f"the header lacks the {words}", 1, 1, field=absent[0])
    _judge_order(cells, columns, schema, report)
    return Header(columns, delimiter, line)


def _none(
    line: str, below: Sequence[str], names: Sequence[str], guessed: int, schema: TableSchema
) -> tuple[str, int, str | None]:
    """What is said, at which column, and what to do, where the first line is no header; a blank message where it is."""
    if _broken(names, line, below, schema):
        return BROKEN, len(line) + 1, ONE_LINE
    rows = [[cell.value for cell in split(other, _delimiter(other, schema))] for other in (line, *below)]
    if turned(rows, schema.columns):
        return TURNED, 1, TURN
    if not set(names) & set(schema.columns) and guessed * 2 < len(schema.columns):
        further, fix = instead(rows, schema.columns, "line")
        return f"the first line names none of the columns: {shown(line)}{further}", 1, fix
    return "", 1, None


BROKEN = "the names of the columns go on in line 2, as if Enter had been pressed among them"
ONE_LINE = "Go to the end of this line and press Delete, so that the whole row stands in one line."


def _broken(names: Sequence[str], line: str, below: Sequence[str], schema: TableSchema) -> bool:
    """Whether the line and the one below it, together, are nothing but names of columns, more than the line has."""
    both = "".join((line, *below[:1]))
    together = [plain(cell.value) for cell in split(both, _delimiter(line, schema))]
    known = set(together) & {*schema.columns}
    return bool(line.strip()) and len(known) == len(together) >= _FORM and len(known) > len({*names} & known)


TURNED = "the names of the columns stand below each other, in the first column"
TURN = (
    "Copy all of it and paste it transposed (Excel, LibreOffice and Google Sheets: Paste special, Transpose), so that "
    "the names stand in the first row and what belongs together in a row of its own."
)


def turned(rows: Sequence[Sequence[str]], columns: Sequence[str]) -> bool:
    """Whether the first rows of a file begin with the names of columns, as in a form: of these the first has one."""
    if not rows or sum(plain(label) in columns for label in rows[0]) > 1:
        return False
    return len({plain(row[0]) for row in rows if row} & {*columns}) >= _FORM


_FORM = 3
"""Names of columns below each other that are no chance."""


def instead(rows: Sequence[Sequence[str]], columns: Sequence[str], what: str) -> tuple[str, str | None]:
    """What is said and done where the first line, or row, names no columns: ("", None) where nothing is known.

    `rows` are its cells and those of some below, `what` they are. All names may stand in one cell, or in one below.
    """
    for delimiter in (",", *DELIMITERS):
        together = [cell.value for cell in split("".join(rows[0]).strip(), delimiter)]
        if len(together) > 1 and sum(map(bool, rows[0])) == 1 and names_columns(together, columns):
            fix = "Mark that column in a spreadsheet, split it there (Data, Text to columns) and save the file again."
            return f"; all of them stand in one cell, separated by {named(delimiter)}", fix
    for number, labels in enumerate(rows[1:], start=2):
        if names_columns(labels, columns):
            return f"; they stand in {what} {number}", f"Delete what stands above {what} {number}."
    return "", None


def names_columns(labels: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether at least half of what a first row holds are names of the columns."""
    given = [plain(label) for label in labels if label.strip()]
    return bool(given) and sum(name in columns for name in given) * 2 >= len(given)


def _delimiter(line: str, schema: TableSchema) -> str:
    """What separates the names: the comma, unless another character makes more known names of the line."""
    columns = frozenset(schema.columns)

    def known(delimiter: str) -> int:
        return sum(plain(cell.value) in columns for cell in split(line, delimiter))

    with_commas = known(",")
    if with_commas >= len(columns):
        return ","
    best = max(DELIMITERS, key=known)
    return best if known(best) > max(with_commas, 1) else ","


def plain(label: str) -> str:
    """A label with what is often done to it undone: spaces, capitals, characters that nobody sees."""
    return re.sub(r"[\s-]+", "_", mended(label).strip().strip("\"'").casefold())


def matched(names: Sequence[str], columns: Sequence[str]) -> tuple[str | None, ...]:
    """For every name the column that it stands for: exactly, else the closest of those that are left over."""
    found: list[str | None] = [name if name in columns and name not in names[:at] else None
                               for at, name in enumerate(names)]  # fmt: skip
    for at, name in enumerate(names):
        left = [column for column in columns if column not in found]
        if found[at] is None and name not in columns:
            close = closest(name, left, 1)
            found[at] = close[0] if close else None
    return tuple(found)


def _judge(
    cell: Cell, column: str | None, columns: Sequence[str | None], schema: TableSchema, report: Reporter
) -> None:
    """What is wrong with one label."""
    label = cell.value
    odd = list(odd_characters(label))
    for code, message in odd:
        report(code, f"in a column name, {message}", 1, cell.column, field=column)
    clean = mended(label, likely_encoding(label.encode("utf-8", "surrogateescape")))
    if cell.quoting != "sound":
        report("quote-stray", f"the quotation marks of the column name {shown(label)} do not match", 1, cell.column)
    elif column is None and plain(label) in columns:
        report("header-repeated", said("header-repeated", name=plain(label)), 1, cell.column, field=plain(label))
    elif column is None:
        name = shown(clean) if clean.strip() else "without a name"
        report("header-extra", said("header-extra", name=name), 1, cell.column)
    elif clean != column and clean.strip() == column and not odd:
        report("header-padded", f"spaces around the column name {shown(label)}", 1, cell.column, field=column)
    elif clean.strip() != column:
        message = said("header-misspelt", name=shown(clean), column=column)
        report("header-misspelt", message, 1, cell.column, field=column)


def _judge_order(cells: Sequence[Cell], columns: Sequence[str | None], schema: TableSchema, report: Reporter) -> None:
    present = [(cell, column) for cell, column in zip(cells, columns, strict=True) if column]
    wanted = [column for column in schema.columns if column in columns]
    for (cell, column), expected in zip(present, wanted, strict=True):
        if column != expected:
            report("header-order", f"{column} stands where {expected} belongs", 1, cell.column, field=column)
            return
