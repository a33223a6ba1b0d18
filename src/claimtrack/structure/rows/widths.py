"""Why a row may have too few or too many cells: what somebody who typed it has probably done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimtrack.schema import TABLES, TableSchema, table_schema
from claimtrack.structure.cells.characters import mended
from claimtrack.structure.cells.columns import fault_of
from claimtrack.structure.rows.header import Header
from claimtrack.structure.rows.split import DELIMITERS, Cell, named, split
from claimtrack.structure.telling.shown import shown

_JOINT = 40
"""Characters of the cell in which one row ends and the next begins that are shown."""

Hint = tuple[str, str | None]
"""How the message goes on, "" if nothing is known; and what to do if that is more than usual."""

_LONE = "Delete the line if it is no row; join it to the line above if it is the end of that."
_FEW = 3
"""Cells by which a row whose commas were miscounted is too short; one that ends early lacks more."""


def parted(text: str, header: Header) -> str | None:
    """What separates the cells of a row in place of what separates those of the header; None if nothing else does."""
    for other in (",", *DELIMITERS):
        cells = split(text, other) if other != header.delimiter and text.count(other) >= header.width - 1 else ()
        if len(cells) == header.width and all(cell.quoting == "sound" for cell in cells):
            return other
    return None


def parted_by(other: str, text: str, header: Header) -> Hint:
    """Of a row whose cells are separated by something else."""
    what = named(other).removeprefix("a ")
    fix = f"Put a comma in the place of each {what} that separates two cells."
    if any("," in cell.value and not re.fullmatch("-?[0-9.,]+", cell.value) for cell in split(text, other)):
        fix += " Enclose a text that has a comma in it in quotation marks."
    return f"; they are separated by {named(other)}", fix if header.delimiter == "," else None


def too_short(cells: Sequence[Cell], header: Header, schema: TableSchema) -> Hint:
    """Of a row with too few cells: the only one that is filled, or the first that stands in another's column."""
    filled = [cell.value for cell in cells if cell.value.strip()]
    if len(filled) == 1:
        return f"; nothing stands in it but {shown(filled[0])}", _LONE
    if header.width - len(cells) <= _FEW:
        misfit = _misfit(cells, header, schema)
        if misfit:
            return f"; the first that does not fit is {misfit}: is a comma missing before it?", None
    return "", None


def too_long(cells: Sequence[Cell], header: Header, schema: TableSchema) -> Hint:
    """Of a row with too many cells: a second row in the same line, a comma in a text without quotation marks, in a
    number, or one too many.
    """
    spaced = next((cell for cell in cells if cell.value.startswith(" ") and cell.quoting == "sound"), None)
    if spaced:
        return f"; is the comma before {shown(spaced.value)} part of a text that lacks its quotation marks?", None
    elsewhere = _elsewhere(cells, header, schema)
    if elsewhere:
        return f"; it is a row of {elsewhere} by what stands in it", f"Move it to the file of {elsewhere}."
    if len(cells) == 2 * header.width - 1 and not _misfit(cells[: header.width - 1], header, schema):
        joint = cells[header.width - 1].value
        joint = shown(joint if len(joint) <= _JOINT else f"…{joint[-_JOINT:]}")
        return (
            f"; do two rows stand in one line, the second from {joint} on?",
            "Press Enter where the second row begins.",
        )
    number = _parted_number(cells, header, schema)
    if number:
        whole, part, joint = number
        return f"; is {shown(f'{whole},{part}')} one number?", f"Write {whole}{joint}{part}."
    misfit = _misfit(cells, header, schema)
    if misfit:
        return f"; the first that does not fit is {misfit}: is there a comma too many before it?", None
    return "", None


def _elsewhere(cells: Sequence[Cell], header: Header, schema: TableSchema) -> str | None:
    """The other table whose row it is: it has as many cells and a key, which fit there and do not fit here."""
    for name in TABLES if _misfit(cells, header, schema) else ():
        other = table_schema(name)
        filled = {column for column, cell in zip(other.columns, cells, strict=False) if cell.value.strip()}
        if filled >= set(other.primary_key) and fitting(cells, Header(other.columns, header.delimiter), other):
            return name
    return None


def fitting(cells: Sequence[Cell], header: Header, schema: TableSchema) -> bool:
    """Whether these are the cells of a row: as many, whole, and each of its column."""
    whole = len(cells) == header.width and all(cell.quoting == "sound" for cell in cells)
    return whole and not _misfit(cells, header, schema)


def one_row(cells: Sequence[Cell], parts: Sequence[Sequence[Cell]], header: Header, schema: TableSchema) -> bool:
    """Whether the cells of several lines are those of one row, and none of the lines, as `parts`, may be a row itself.

    The first may be one if it lacks only cells that rows may leave blank. A later one may be one if its cells fit the
    columns from the first on and fill those that every row has to fill.
    """
    joint = len(parts[0]) - 1
    needed = [at for at, column in enumerate(header.columns) if column and schema.field(column).required]
    ends_early = all(at < joint or (at == joint and parts[0][at].value.strip()) for at in needed)
    if ends_early or not fitting(cells, header, schema):
        return False
    filled = all(cells[at].value.strip() for at in needed if at >= joint)
    return filled and not any(_begins(part, needed, header, schema) for part in parts[1:])


def _begins(cells: Sequence[Cell], needed: Sequence[int], header: Header, schema: TableSchema) -> bool:
    """Whether a row may begin with these cells."""
    filled = all(cells[at].value.strip() for at in needed if at < len(cells))
    return filled and any(cell.value.strip() for cell in cells) and not _misfit(cells, header, schema)


def _misfit(cells: Sequence[Cell], header: Header, schema: TableSchema) -> str | None:
    """The first cell that its column does not allow: "'civilnet' (polarity)"."""
    for cell, column in zip(cells, header.columns, strict=False):
        value = mended(cell.value).strip()
        if column and value and fault_of(schema.field(column), value):
            return f"{shown(value)} ({column})"
    return None


def _parted_number(cells: Sequence[Cell], header: Header, schema: TableSchema) -> tuple[str, str, str] | None:
    """A number that a comma has parted into two cells: its parts, and what belongs between them."""
    for at, column in enumerate(header.columns[: len(cells) - 1]):
        if column is None or header.delimiter != ",":
            continue
        whole, part = cells[at].value, cells[at + 1].value
        match schema.field(column).type:
            case "number" if re.fullmatch("-?[0-9]{1,3}", whole) and re.fullmatch("[0-9]+", part):
                return whole, part, "."
            case "integer" if re.fullmatch("[1-9][0-9]{0,2}", whole) and re.fullmatch("[0-9]{3}", part):
                return whole, part, ""
    return None
