"""The sheet of claims in a workbook: whether it is one, what its first row names, and its rows as text."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import zip_longest
from types import ModuleType
from typing import TYPE_CHECKING, Any

from claimtrack.contribute.elsewhere import misplaced, table_of
from claimtrack.contribute.hidden import hidden
from claimtrack.contribute.merged_cells import Merged
from claimtrack.contribute.offset import OFFSET
from claimtrack.contribute.sheet_parts import Looks, looks_of, part_of
from claimtrack.contribute.sheets import (
    COLUMNS,
    IDS,
    MOST_CELLS,
    MOST_ROWS,
    VALUES,
    beside,
    filled,
    labels_of,
    rows_below,
    sheet_of_claims,
)
from claimtrack.contribute.workbook_row import Cells, Row
from claimtrack.errors import DataError, UsageError
from claimtrack.problems import Problem
from claimtrack.rulebook import problem, said
from claimtrack.schema import TableSchema
from claimtrack.structure.limits import CELLS
from claimtrack.structure.rows.header import (
    LOOKED_AT,
    TOO_MANY,
    TURN,
    TURNED,
    instead,
    matched,
    names_columns,
    plain,
    turned,
)
from claimtrack.structure.telling.shown import shown

if TYPE_CHECKING:
    from openpyxl import Workbook

EXPANDED = 200 * 2**20
"""Bytes of a workbook once unpacked: one of ten thousand claims has some 20 MB."""

_BROKEN = (zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError, SyntaxError, EOFError)
"""What openpyxl raises on an archive that is no workbook, or on one that is broken inside."""

_COMMENTS = re.compile("xl/(?:threaded)?comments", re.IGNORECASE)

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the container begins in which old workbooks, and those with a password, lie."""

NAMES_FIRST = "Put the names of the columns into the first row, as the template docs/new-claims.csv has them."
_SAVE_AGAIN = "Open it in the spreadsheet and save it again as .xlsx or as CSV."


def openpyxl() -> ModuleType:
    """The library for workbooks. Raises `UsageError` where it is not installed."""
    try:
        import openpyxl as library
        import openpyxl.styles
        import openpyxl.utils
        import openpyxl.workbook.defined_name
        import openpyxl.worksheet.datavalidation
    except ImportError:
        raise UsageError(
            "workbooks need openpyxl, which is not installed: pip install 'claimtrack[xlsx]', or use CSV"
        ) from None
    return library


def read_workbook(schema: TableSchema, data: bytes, path: str) -> Cells:
    """The claims in a workbook. Raises `DataError` where it is none, or has no sheet with our columns."""
    with _opened(data, path) as (book, archive):
        found = _read(schema, book, archive, path)
        commented = any(_COMMENTS.match(name) for name in archive.namelist())
    if commented:
        found.notices.append(f"{path}: comments on cells are not read; what they say of a claim belongs into its note")
    return found


def head_of(data: bytes, path: str) -> tuple[list[str], bool]:
    """What the first row of the sheet of claims holds, and whether there is a row below it. Raises as the above."""
    with _opened(data, path) as (book, _):
        sheet: Any = sheet_of_claims(book.worksheets)
        sheet.reset_dimensions()
        rows = sheet.iter_rows()
        return labels_of(next(rows, ())), next(rows_below(rows), None) is not None


@contextmanager
def _opened(data: bytes, path: str) -> Iterator[tuple[Workbook, zipfile.ZipFile]]:
    """A workbook and the archive that it is, while it is read. Raises `DataError` where it turns out to be none."""
    library = openpyxl()
    if not data:
        raise DataError([problem("file-empty", "the file is empty", path=path, fix=_SAVE_AGAIN)])
    if data.startswith(OLD_OR_LOCKED):
        message = "this is a workbook of the old kind (.xls), or one that is locked with a password"
        raise DataError([problem("not-csv", message, path=path, fix="Save it without a password as .xlsx or as CSV.")])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > EXPANDED:
                raise DataError([problem("file-too-large", "the workbook is too large once unpacked", path=path)])
            with warnings.catch_warnings(action="ignore"):  # of styles that it does not know, which say nothing here
                book = library.load_workbook(io.BytesIO(data), read_only=True)
                yield book, archive
    except _BROKEN:
        message = "this is no workbook, or one that is damaged"
        raise DataError([problem("not-csv", message, path=path, fix=_SAVE_AGAIN)]) from None


def _read(schema: TableSchema, book: Workbook, archive: zipfile.ZipFile, path: str) -> Cells:
    sheet: Any = sheet_of_claims(book.worksheets)
    # What a workbook says of its own size may be wrong, and would be filled up with blanks.
    sheet.reset_dimensions()
    header = _header(sheet, schema, path)
    rows = sheet.iter_rows()
    next(rows, None)
    found = Cells(absent=[column for column in schema.columns if column not in header])
    looks = _looks(found, archive, sheet.title, path)
    merged = Merged(looks.areas, header, schema, path)
    for number, row in rows_below(rows):
        whole = merged.whole(number, row)
        if [label or None for label in labels_of(whole)] == header:
            continue
        if any(filled([cell]) for name, cell in zip_longest(header, whole) if name != OFFSET and cell):
            Row(found, schema, path, number).take(header, whole)
    found.problems.extend(merged.problems)
    found.notices.extend(hidden(sheet, looks, header, dict(zip(found.lines, found.rows, strict=True)), path))
    if next(rows, None) is not None:
        message = f"the sheet has more than {MOST_ROWS:,} rows, or more than {MOST_CELLS:,} cells"
        found.problems.append(problem("file-too-large", message, path=path, resource=schema.name))
    for other in book.worksheets:
        if other.title in (sheet.title, IDS, COLUMNS, VALUES):
            continue
        match beside(other, schema, sheet.title, path):
            case Problem() as lost:
                found.problems.append(lost)
            case str(note):
                found.notices.append(note)
    return found


def _looks(found: Cells, archive: zipfile.ZipFile, title: str, path: str) -> Looks:
    """How the sheet of that title looks; if that cannot be found out, it is told and the cells are read."""
    try:
        part = part_of(archive, title)
    except (LookupError, ValueError):
        told = f"{path}: whether cells of the sheet {shown(title)} are merged or hidden cannot be found out"
        found.notices.append(told)
        return Looks([], frozenset(), lambda _: False)
    with archive.open(part) as sheet:
        return looks_of(sheet, MOST_ROWS + 1)


def _header(sheet: Any, schema: TableSchema, path: str) -> list[str | None]:
    """What the first row names. Raises `DataError` where these are not the columns."""
    top = [labels_of(row) for row in sheet.iter_rows(max_row=LOOKED_AT)]
    labels, known = top[0] if top else [], (*schema.columns, OFFSET)
    other = table_of(labels)
    if other:
        raise DataError([misplaced(other, f"sheet {shown(sheet.title)}", path)])
    if len(labels) > CELLS:
        message = TOO_MANY.format(len(labels), "sheet")
        raise DataError([problem("header-extra", message, path=path, line=1, resource=schema.name)])
    if turned(top, known):
        raise DataError([problem("header-absent", TURNED, path=path, line=1, resource=schema.name, fix=TURN)])
    if not names_columns(labels, known):
        found = ", ".join([shown(label) for label in labels if label][:3]) or "nothing"
        message = f"the first row of the sheet {shown(sheet.title)} does not hold the names of the columns, but {found}"
        further, fix = instead(top or [[]], known, "row")
        absent = problem("header-absent", message + further, path=path, line=1, resource=schema.name)
        raise DataError([replace(absent, fix=fix or NAMES_FIRST)])
    columns = matched([plain(label) for label in labels], known)
    wrong = [
        problem(*_wrong_label(label, column, known), path=path, line=1, resource=schema.name, field=column)
        for label, column in zip(labels, columns, strict=True)
        if label not in ("", column)
    ]
    if wrong:
        raise DataError(wrong)
    return list(columns)


def _wrong_label(label: str, column: str | None, known: Sequence[str]) -> tuple[str, str]:
    """Code and message for a label that is not the name of a column, though `column` may be meant."""
    if column:
        return "header-misspelt", said("header-misspelt", name=shown(label), column=column)
    if plain(label) in known:
        return "header-repeated", said("header-repeated", name=plain(label))
    return "header-extra", said("header-extra", name=shown(label))
