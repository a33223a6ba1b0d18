"""Empty tables for new claims: the header as CSV, or a workbook that explains itself and rewrites nothing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from claimtrack.contribute.naming import LABELS
from claimtrack.contribute.offset import OFFSET, OFFSET_MEANING
from claimtrack.contribute.questions import MINTED, STATEMENT, allowed, claims, kinds, options, reference, used_by
from claimtrack.contribute.sheets import CLAIMS, COLUMNS, IDS, VALUES
from claimtrack.contribute.workbook import openpyxl
from claimtrack.package import Package
from claimtrack.package.write import csv_line
from claimtrack.structure.telling.shown import cut

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 2000
"""Rows of the workbook that have drop-downs."""

_PROMPT = 255
"""How many characters of an explanation a spreadsheet shows beside a cell."""

_TEXT = "@"
"""The cell format that keeps a spreadsheet from turning what is typed into dates and numbers."""

_FILL = "D9E2EC"


def csv_template(kind: str | None = None) -> str:
    """The header of a table of new claims, with the columns that the kind uses."""
    return csv_line(used_by(kind))


def xlsx_template(package: Package, kind: str | None = None) -> bytes:
    """A workbook for new claims, with the ids of the package in its drop-downs.

    Sheets: `claims` to be filled, `columns` and `values` with what they mean, `ids` with what can be named. Raises
    `UsageError` where openpyxl is not installed.
    """
    book = openpyxl().Workbook()
    sheet = book.active
    sheet.title = CLAIMS
    columns = (*used_by(kind), OFFSET)
    _head(sheet, columns)
    lists = _lists(book, package, kind)
    for position, column in enumerate(columns, start=1):
        sheet.column_dimensions[_letter(position)].number_format = _TEXT
        _validate(sheet, position, column, lists)
    _explain(book, columns)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _letter(position: int) -> str:
    return str(openpyxl().utils.get_column_letter(position))


def _head(sheet: Worksheet, labels: tuple[str, ...]) -> None:
    styles = openpyxl().styles
    sheet.append(labels)
    for position, label in enumerate(labels, start=1):
        cell = sheet.cell(1, position)
        cell.font = styles.Font(bold=True)
        cell.fill = styles.PatternFill("solid", fgColor=_FILL)
        cell.number_format = _TEXT
        sheet.column_dimensions[_letter(position)].width = max(14, len(label) + 2)
    sheet.freeze_panes = "A2"


def _lists(book: Workbook, package: Package, kind: str | None) -> dict[str, str]:
    """Write what the drop-downs offer, and say for each list where it stands."""
    predicate = f"predicates_{kind}" if kind else f'INDIRECT("predicates_"&${_of("kind")}2)'
    return {**_ids(book, package, kind), **_values(book, kind), "predicate": predicate}


def _ids(book: Workbook, package: Package, kind: str | None) -> dict[str, str]:
    """The ids of each table with their labels, and the predicates of each kind, a column each.

    The predicates of a kind stand under a defined name, so that the drop-down can follow the kind of its row.
    """
    columns: dict[str, tuple[str, list[str]]] = {}
    for table, label in LABELS.items():
        frame = package.frames[table].sort_values(package.frames[table].columns[0])
        columns[table] = str(frame.columns[0]), frame.iloc[:, 0].tolist()
        columns[f"{table}.{label}"] = label, frame[label].fillna("").tolist()
    predicates, named = package.predicates, {f"predicates_{one}": one for one in (kinds() if kind is None else (kind,))}
    for name, one in named.items():
        columns[name] = name, sorted(predicates.loc[predicates["kind"] == one, "predicate"])
    sheet = book.create_sheet(IDS)
    ranges = {key: _column(sheet, position, *column) for position, (key, column) in enumerate(columns.items(), start=1)}
    for name in named:
        book.defined_names[name] = openpyxl().workbook.defined_name.DefinedName(name, attr_text=ranges[name])
    return ranges


def _column(sheet: Worksheet, position: int, name: str, cells: list[str]) -> str:
    """Write a column, and say where its cells stand."""
    for row, cell in enumerate((name, *cells), start=1):
        sheet.cell(row, position, cell).number_format = _TEXT
    sheet.cell(1, position).font = openpyxl().styles.Font(bold=True)
    sheet.column_dimensions[_letter(position)].width = 32
    return f"{IDS}!${_letter(position)}$2:${_letter(position)}${max(2, len(cells) + 1)}"


def _values(book: Workbook, kind: str | None) -> dict[str, str]:
    """The values of each column that has a list of them, with what they mean."""
    sheet = book.create_sheet(VALUES)
    _head(sheet, ("column", "value", "meaning"))
    ranges = {}
    for field in claims().fields:
        offered = (kind,) if field.name == "kind" and kind else options(field)
        if offered:
            first = sheet.max_row + 1
            for value in offered:
                sheet.append((field.name, value, field.meanings.get(value, "")))
            ranges[field.name] = f"{VALUES}!$B${first}:$B${sheet.max_row}"
    sheet.column_dimensions["C"].width = 100
    return ranges


def _of(column: str) -> str:
    return _letter(used_by(None).index(column) + 1)


def _validate(sheet: Worksheet, position: int, column: str, lists: dict[str, str]) -> None:
    """Explain the column beside its cells, and offer what may stand in them. Ids that are not there yet only warn."""
    key = reference(column)
    source = lists.get(key.resource if key and key.resource in lists else column)
    rule = openpyxl().worksheet.datavalidation.DataValidation(
        type="list" if source else None,
        formula1=source,
        allow_blank=True,
        errorStyle="warning" if key else "stop",
        showErrorMessage=bool(source),
        showInputMessage=True,
    )
    meaning = OFFSET_MEANING if column == OFFSET else claims().field(column).description
    rule.promptTitle = column
    rule.prompt = cut(meaning, _PROMPT)
    rule.errorTitle = column
    rule.error = "This value is not in the list." if key else "Choose a value from the list."
    rule.add(f"{_letter(position)}2:{_letter(position)}{ROWS}")
    sheet.add_data_validation(rule)


def _explain(book: Workbook, columns: tuple[str, ...]) -> None:
    sheet = book.create_sheet(COLUMNS, 1)
    _head(sheet, ("column", "title", "meaning", "example", "allowed", "required"))
    for column in columns:
        if column == OFFSET:
            cells = (column, "UTC offset", OFFSET_MEANING, "+04:00", "+HH:MM or -HH:MM", "")
        else:
            field = claims().field(column)
            required = "yes" if field.required and field.name not in (MINTED, STATEMENT) else ""
            cells = (column, field.title, field.description, field.example, allowed(field), required)
        sheet.append(cells)
    for row in sheet.iter_rows():
        for cell in row:
            cell.number_format = _TEXT
            cell.alignment = openpyxl().styles.Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDEF", (18, 20, 70, 34, 50, 10), strict=True):
        sheet.column_dimensions[letter].width = width
