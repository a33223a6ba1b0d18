"""What the sheets of a workbook hold: rows of cells, as far as they are looked at, and which of them are claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from claimtrack.contribute.elsewhere import misplaced, table_of
from claimtrack.contribute.hidden import seen
from claimtrack.contribute.offset import OFFSET
from claimtrack.problems import Problem
from claimtrack.rulebook import problem
from claimtrack.schema import TableSchema
from claimtrack.structure.rows.header import names_columns
from claimtrack.structure.telling.shown import shown

CLAIMS, IDS, COLUMNS, VALUES = "claims", "ids", "columns", "values"
"""The sheets of the template. Some columns of the others are called like ours, and they hold no claims."""

MOST_ROWS = 100_000
MOST_CELLS = 10_000_000
"""Rows of one sheet, and cells, the blank ones between others too: a row may have one far to the right."""

_TELLING = ("kind", "polarity", "certainty", "basis")
"""Columns that every claim fills with one of a few words."""

Row = Sequence[Any]


def sheet_of_claims(sheets: Sequence[Any]) -> Any:
    """The sheet that is called claims, in capitals or not; else the first that the template has for nothing else.

    Raises `LookupError` where there is no sheet at all.
    """
    called = [sheet for sheet in sheets if sheet.title.strip().casefold() == CLAIMS]
    ours = [sheet for sheet in sheets if sheet.title not in (IDS, COLUMNS, VALUES)]
    return [*called, *ours, *sheets][0]


def filled(row: Row) -> bool:
    """Whether anything but spaces stands in the row."""
    return any(cell.value is not None and str(cell.value).strip() for cell in row)


def labels_of(row: Row) -> list[str]:
    """The cells of a first row as names of columns."""
    labels = [str(cell.value or "").strip() for cell in row]
    while labels and not labels[-1]:
        labels.pop()
    return labels


def rows_below(rows: Iterator[Row]) -> Iterator[tuple[int, Row]]:
    """The rows below the first that are not blank, with their numbers, as far as they are looked at."""
    cells = 0
    for number, row in enumerate(islice(rows, MOST_ROWS), start=2):
        if filled(row):
            yield number, row
        cells += len(row)
        if cells > MOST_CELLS:
            return


def beside(sheet: Any, schema: TableSchema, read: str, path: str) -> Problem | str | None:
    """What is lost with a sheet that is not read: claims or rows of another table, a problem; else what to note."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows()
    first = next(rows, ())
    labels = labels_of(first)
    title = shown(sheet.title) if seen(sheet) else f"{shown(sheet.title)} (hidden)"
    other = table_of(labels)
    of_claims = other is None and names_columns(labels, (*schema.columns, OFFSET))
    held = rows_below(rows) if other or of_claims else chain([(1, first)] * filled(first), rows_below(rows))
    anything = False
    for number, row in held:
        anything = True
        if of_claims or _is_claim(row, schema):
            message = f"claims also stand in the sheet {title}, from row {number} on, which is not read"
            fix = f"Move them into the sheet {shown(read)}, below its last row, and delete the other sheet."
            return problem("header-repeated", message, path=path, resource=schema.name, fix=fix)
    if not anything and next(rows, None) is None:
        return None
    return misplaced(other, f"sheet {title}", path) if other else f"{path}: the sheet {title} is not read: no claims"


def _is_claim(row: Row, schema: TableSchema) -> bool:
    """Whether a row is one of claims by what it says, wherever its cells stand."""
    words = {cell.value for cell in row if isinstance(cell.value, str)}
    return sum(not words.isdisjoint(schema.field(column).enum) for column in _TELLING) >= len(_TELLING) - 1
