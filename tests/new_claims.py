"""New claims for the frozen valid package, and the files in which somebody might send them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from claimtrack.contribute.offset import OFFSET
from claimtrack.contribute.questions import used_by

TALKS = {
    "kind": "diplomacy",
    "predicate": "talks",
    "polarity": "asserts",
    "claimant_id": "ministry-northland",
    "certainty": "anticipated",
    "basis": "own_account",
    "statement_id": "s-0906-new",
    "source_id": "gazette-live",
    "locator": "6 Sep 18:31",
    "reported_from": "2020-09-06T18:31:00+00:00",
    "reported_to": "2020-09-06T18:31:00+00:00",
    "text": "The Ministry of Northland says that talks will be held.",
}
TALKS_ID = "20200906-ministry-northland-vsvbtn2m"

BLAME = TALKS | {
    "kind": "attribution",
    "predicate": "initiated",
    "claimant_id": "ministry-southland",
    "certainty": "stated",
    "basis": "unstated",
    "incident_id": "attack-2020-09-05",
    "actor_id": "northland",
    "text": "The Ministry of Southland says that Northland began the fighting.",
}
"""Contradicts what the Ministry of Northland says in the package."""

COUNT = TALKS | {
    "kind": "count",
    "predicate": "killed",
    "certainty": "stated",
    "basis": "official_record",
    "incident_id": "attack-2020-09-05",
    "target_id": "service-members-northland",
    "count_min": "15",
    "count_max": "15",
    "count_mode": "cumulative",
    "count_text": "15",
    "text": "The Ministry of Northland says that 15 service members were killed.",
}


def as_csv(rows: Sequence[Mapping[str, str]], delimiter: str = ",", end: str = "\n") -> str:
    """A table with only the columns that are filled, `claim_id` blank."""
    columns = ["claim_id", *dict.fromkeys(column for row in rows for column in row if column != "claim_id")]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def fill(path: Path, rows: Sequence[Mapping[str, Any]], formats: Mapping[str, str] | None = None) -> Path:
    """Fill a workbook that was made from the template. Values may be of any type, and text is no
    formula; `formats` are those of columns.
    """
    book = openpyxl.load_workbook(path)
    sheet = book["claims"]
    columns = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, start=2):
        for column, value in row.items():
            cell = sheet.cell(number, columns.index(column) + 1, value)
            cell.number_format = (formats or {}).get(column, "@")
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)
    return path


ALL = (*used_by(None), OFFSET)
