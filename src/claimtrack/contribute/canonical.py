"""The one spelling of a table: what its cells, its rows and its file look like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from claimtrack.contribute.changes import Change
from claimtrack.contribute.sheet import Row, Sheet
from claimtrack.package.write import csv_text
from claimtrack.schema import TableSchema

_WHOLE = re.compile("-?[0-9]{1,99}")
"""Python itself refuses to turn very many digits into a number."""


def tidy(cell: str) -> str:
    """The cell in the normal form NFC, without white space around it."""
    return cell if cell.isascii() and cell == cell.strip() else unicodedata.normalize("NFC", cell).strip()


def why_untidy(cell: str) -> str:
    """What `tidy` changes in the cell, in words; "" if nothing."""
    normal = unicodedata.normalize("NFC", cell)
    told = [
        *(["letters and accents stored apart"] if normal != cell else []),
        *(["space around it"] if normal.strip() != normal else []),
    ]
    return " and ".join(told)


def key_of(schema: TableSchema, row: Row) -> str:
    """The primary key of a row, its parts joined by "/"."""
    return "/".join(row[column] for column in schema.primary_key)


def place_in(schema: TableSchema) -> Callable[[Row], Any]:
    """By what rows are sorted: the primary key, whole numbers by their value; rows of one key by all their cells."""
    integers = {field.name for field in schema.fields if field.type == "integer"}

    def part(column: str, cell: str) -> tuple[int, int, str]:
        whole = column in integers and _WHOLE.fullmatch(cell)
        return (0, int(cell), cell) if whole else (1, 0, cell)

    def place(row: Row) -> Any:
        return [part(column, row[column]) for column in schema.primary_key], [row[column] for column in schema.columns]

    return place


def in_order(schema: TableSchema, rows: Iterable[Row]) -> list[Row]:
    """The rows in the order of the file."""
    return sorted(rows, key=place_in(schema))


def canonical_bytes(schema: TableSchema, rows: Iterable[Row]) -> bytes:
    """The file that holds these tidy rows."""
    return csv_text(schema, in_order(schema, rows)).encode()


def tidied(sheet: Sheet, path: str) -> tuple[list[Row], list[Change]]:
    """The rows of a sheet with tidy cells, and every cell that was not."""
    rows: list[Row] = []
    changes: list[Change] = []
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        clean = {column: tidy(cell) for column, cell in row.items()}
        rows.append(clean)
        if clean != row:
            key = key_of(sheet.schema, clean)
            changes += [
                Change(path=path, line=line, key=key, column=column, before=cell, after=clean[column], why=why)
                for column, cell in row.items()
                if (why := why_untidy(cell))
            ]
    return rows, changes


_NOTES = {
    "byte-order-mark": "byte order mark removed",
    "encoding-invalid": "written in UTF-8",
    "line-end": "lines end in LF",
    "delimiter-wrong": "cells separated by commas",
    "header-padded": "column names trimmed",
    "header-order": "columns put in order",
    "header-extra": "empty columns removed",
    "header-again": "second header removed",
    "row-blank": "blank rows removed",
    "final-newline-missing": "last line ended",
}


def notes(sheet: Sheet, rows: Sequence[Row]) -> list[str]:
    """What writing these rows in canonical form does to the file as a whole, in words."""
    codes = {problem.code for problem in sheet.problems}
    found = [words for code, words in _NOTES.items() if code in codes]
    if in_order(sheet.schema, rows) != list(rows):
        found.append("rows sorted by key")
    return found
