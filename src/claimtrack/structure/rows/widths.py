"""Why a row may have too few or too many cells: what somebody who typed it has probably done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimtrack.schema import TableSchema
from claimtrack.structure.cells.characters import mended
from claimtrack.structure.cells.columns import fault_of
from claimtrack.structure.rows.header import Header
from claimtrack.structure.rows.split import DELIMITERS, Cell, split
from claimtrack.structure.telling.shown import shown

Hint = tuple[str, str | None]
"""How the message goes on, "" if nothing is known; and what to do if that is more than usual."""

_FEW = 3
"""Cells by which a row whose commas were miscounted is too short; one that ends early lacks more."""


def too_short(text: str, cells: Sequence[Cell], header: Header, schema: TableSchema) -> Hint:
    """Of a row with too few cells: other delimiters, or the first cell that stands in another's column."""
    for other in DELIMITERS:
        if other != header.delimiter and len(split(text, other)) == header.width:
            fix = f"Put a comma in the place of each {shown(other)} that separates two cells."
            return f"; they are separated by {shown(other)}", fix if header.delimiter == "," else None
    if header.width - len(cells) <= _FEW:
        misfit = _misfit(cells, header, schema)
        if misfit:
            return f"; the first that does not fit is {misfit}: is a comma missing before it?", None
    return "", None


def too_long(cells: Sequence[Cell], header: Header, schema: TableSchema) -> Hint:
    """Of a row with too many cells: a comma in a text without quotation marks, in a number, or one too many."""
    spaced = next((cell for cell in cells if cell.value.startswith(" ") and cell.quoting == "sound"), None)
    if spaced:
        return f"; is the comma before {shown(spaced.value)} part of a text that lacks its quotation marks?", None
    number = _parted_number(cells, header, schema)
    if number:
        whole, part, joint = number
        return f"; is {shown(f'{whole},{part}')} one number?", f"Write {whole}{joint}{part}."
    misfit = _misfit(cells, header, schema)
    if misfit:
        return f"; the first that does not fit is {misfit}: is there a comma too many before it?", None
    return "", None


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
