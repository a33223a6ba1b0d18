"""The sheet of claims in a workbook, as text. What the spreadsheet has rewritten is read only where it is plain."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from types import ModuleType
from typing import TYPE_CHECKING, Any

from claimtrack.contribute.elsewhere import misplaced, table_of
from claimtrack.contribute.hidden import hidden
from claimtrack.contribute.merged_cells import Merged
from claimtrack.contribute.offset import OFFSET, no_offset, offset_in, with_offset
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
_AS_IT_IS = ("General", "@", "0")
"""The forms of a number in which a spreadsheet shows all of its digits and nothing else."""

_TYPE_AGAIN = "Format the cell as text and type again what the source prints."
_SAVE_AGAIN = "Open it in the spreadsheet and save it again as .xlsx or as CSV."


@dataclass(frozen=True)
class Cells:
    """The rows of a workbook: cells by column, the row's number in the sheet, and what was read out of date cells.

    `absent` are columns of the schema that the sheet lacks; in the rows they are blank. A row for which somebody gave
    an offset from UTC has that, too.
    """

    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


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
            _Row(found, schema, path, number).take(header, whole)
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


class _Row:
    """One row of the sheet on its way to text."""

    def __init__(self, found: Cells, schema: TableSchema, path: str, number: int) -> None:
        self.found, self.schema, self.path, self.number = found, schema, path, number

    def take(self, header: Sequence[str | None], row: Sequence[Any]) -> None:
        given = {name: cell for name, cell in zip(header, row, strict=False) if name}
        surplus = [cell for name, cell in zip((*header, *[None] * len(row)), row, strict=False) if name is None]
        self._strays([cell for cell in surplus if filled([cell])])
        beside = given.pop(OFFSET, None)
        offset = self._offset(beside)
        cells = dict.fromkeys(self.schema.columns, "")
        if offset is not None and beside is not None:
            cells[OFFSET] = str(beside.value)
        for name, cell in given.items():
            cells[name] = self._text(name, cell, offset)
        first = next((cell for cell in given.values() if filled([cell])), None)
        if first is not None and first.font and first.font.strike:
            told = "the row is struck through, and read all the same; delete it if it is not meant"
            self.found.notices.append(f"{self.path}:{self.number}: {told}")
        self.found.rows.append(cells)
        self.found.lines.append(self.number)

    def _strays(self, cells: Sequence[Any]) -> None:
        """Tell of cells below no name of a column."""
        if cells:
            found = ", ".join(f"{cell.coordinate} ({shown(str(cell.value))})" for cell in cells[:3])
            more = f" and {len(cells) - 3} more" if len(cells) > 3 else ""
            fix = "Delete what stands there, or put the name of its column into the first row."
            self._wrong("row-long", f"the row has cells in columns without a name: {found}{more}", None, fix)

    def _offset(self, cell: Any) -> str | None:
        """The offset of the row; None where it gives none, "" where what it gives is none, which is reported."""
        if cell is None or cell.value in (None, ""):
            return None
        offset = offset_in(cell.value) if isinstance(cell.value, str) else None
        if offset is None:
            self.found.problems.append(no_offset(str(cell.value), self.path, self.number, self.schema.name))
        return offset or ""

    def _text(self, name: str, cell: Any, offset: str | None) -> str:
        if cell.data_type == "f":
            return self._formula(name, cell)
        match cell.value:
            case None:
                return ""
            case bool(value):
                return str(value).lower()
            case (int() | float()) as value if self._printed(name) and cell.number_format not in _AS_IT_IS:
                message = f"the spreadsheet holds the number {value} and shows it in a form of its own"
                return self._wrong("spreadsheet-number", message, name, _TYPE_AGAIN)
            case float(value) if value.is_integer():
                return str(int(value))
            case date() | time() | timedelta() as value:
                return self._moment(name, value, str(cell.number_format), offset)
            case str(value) if self.schema.field(name).type == "datetime":
                return with_offset(value, offset)
        return str(cell.value)

    def _printed(self, name: str) -> bool:
        """Whether a column holds text as the source prints it, so that 25 % and 0.25 are two things."""
        field = self.schema.field(name)
        return field.type == "string" and not field.enum and field.pattern is None

    def _formula(self, name: str, cell: Any) -> str:
        """The formula itself, which is told where it stands: what it shows is not relied on."""
        formula = str(getattr(cell.value, "text", cell.value))
        fix = "Copy the column and paste it as values, so that the cell holds what the formula shows."
        if cell.row != self.number:  # of merged cells, of which the first row told it
            return ""
        self._wrong("formula-cell", f"{cell.coordinate} holds the formula {shown(formula)}", name, fix)
        return formula

    def _moment(self, name: str, value: date | time | timedelta, shown_as: str, offset: str | None) -> str:
        """A date of the spreadsheet's own kind as a datetime; "" and a problem where that would be a guess."""
        if self.schema.field(name).type != "datetime":
            message = f"the spreadsheet has turned this cell into a date of its own: {value}"
            return self._wrong("spreadsheet-date", message, name, _TYPE_AGAIN)
        if not isinstance(value, datetime) or "h" not in shown_as.lower():
            message = f"the spreadsheet has a date without a time in this cell, or a time without a date: {value}"
            fix = "Type both as text, like 2022-09-13T12:34:00+04:00."
            return self._wrong("datetime-invalid", message, name, fix)
        moment = (value + timedelta(milliseconds=5)).replace(microsecond=0)
        if abs(value - moment) > timedelta(milliseconds=10):
            return self._wrong("datetime-invalid", f"{value} has parts of a second", name)
        if offset is None:
            message = f"{value} is a date of the spreadsheet, which does not say how far its clock was from UTC"
            fix = f"Put an offset such as +04:00 into {OFFSET} of this row, or type the cell as text."
            return self._wrong("datetime-no-offset", message, name, fix)
        if not offset:
            return ""
        text = f"{moment:%Y-%m-%dT%H:%M:%S}{offset}"
        self.found.notices.append(f"{self.path}:{self.number}: the date cell in {name} was read as {text}")
        return text

    def _wrong(self, code: str, message: str, name: str | None, fix: str | None = None) -> str:
        told = f"{message} ({name})" if name else message
        self.found.problems.append(
            problem(code, told, path=self.path, line=self.number, resource=self.schema.name, field=name, fix=fix)
        )
        return ""
