"""Which changes ask for a correction, and the corrections that are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimtrack.contribute.diff import Uncorrected, compare
from claimtrack.contribute.diff.corrections import write_corrections
from claimtrack.contribute.diff.sides import Side, from_folder
from claimtrack.errors import UsageError
from claimtrack.package import load
from claimtrack.validation import validate
from mutations import build

Edits = Sequence[Mapping[str, Any]]

TALKS, TOLL = "20200906-ministry-southland-fx7nr67p", "20200906-ministry-northland-7wgktoa5"
CLAIMS, CORRECTIONS = "data/claims.csv", "data/corrections.csv"
DAY = date(2020, 9, 20)


def corrected(claim: str, column: str, old: str, new: str, day: str = "2020-09-20") -> dict[str, Any]:
    cells = {"claim_id": claim, "column": column, "old": old, "new": new, "corrected_on": day, "reason": "Misread."}
    return {"file": CORRECTIONS, "append": cells}


def cell(claim: str, **cells: str) -> dict[str, Any]:
    return {"file": CLAIMS, "key": claim, "set": cells}


TYPED = cell(TOLL, count_text="12 dead")
TUESDAY = cell(TALKS, time_text="on Tuesday, 8 September")
LAST = f"{TALKS}/time_text/2020-09-09"

# What is changed, and which cells ask for a correction; True where one was begun that does not fit.
CASES: list[tuple[Edits, dict[str, bool]]] = [
    ([], {}),
    ([TYPED], {"count_text": False}),
    ([cell(TOLL, count_text="12 dead", zone_basis="assumed")], {"count_text": False, "zone_basis": False}),
    ([cell(TOLL, text="The Ministry of Northland says it.", note="Read again.", locator="6 Sep")], {}),
    ([TYPED, corrected(TOLL, "count_text", "12", "12 dead")], {}),
    ([TYPED, corrected(TOLL, "count_text", "12", "13 dead")], {"count_text": True}),
    ([TYPED, corrected(TOLL, "count_text", "11", "12 dead")], {"count_text": True}),
    ([TYPED, corrected(TOLL, "count_min", "11", "12")], {"count_text": False}),
    # One that was corrected before: by one more correction, by another end of the last one, or not at all.
    ([TUESDAY], {"time_text": False}),
    ([TUESDAY, corrected(TALKS, "time_text", "on Tuesday", "on Tuesday, 8 September")], {}),
    ([TUESDAY, {"file": CORRECTIONS, "key": LAST, "set": {"new": "on Tuesday, 8 September"}}], {}),
    ([TUESDAY, corrected(TALKS, "time_text", "on Wednesday", "on Tuesday")], {"time_text": True}),
    # All of them taken back, and the cell with them.
    (
        [
            cell(TALKS, time_text="on Monday"),
            {"file": CORRECTIONS, "drop": LAST},
            {"file": CORRECTIONS, "drop": f"{TALKS}/time_text/2020-09-08"},
        ],
        {},
    ),
    ([{"file": "data/sources.csv", "key": "wire-report", "set": {"title": "Losses"}}], {}),
    ([{"file": CLAIMS, "drop": "20200907-ministry-northland-osieuzkn"}], {}),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Side:
    return from_folder(build(tmp_path_factory.mktemp("base"), []), "base")


def asked(base: Side, descriptor: Path) -> Sequence[Uncorrected]:
    return compare(base, from_folder(descriptor, "head")).uncorrected


@pytest.mark.parametrize(("edits", "columns"), CASES)
def test_what_asks_for_a_correction(base: Side, tmp_path: Path, edits: Edits, columns: dict[str, bool]) -> None:
    found = asked(base, build(tmp_path, edits))
    assert {one.column: one.begun for one in found} == columns
    assert all((one.path, one.claim_id) in {(CLAIMS, TOLL), (CLAIMS, TALKS)} for one in found)


def test_corrections_are_written_once(base: Side, tmp_path: Path) -> None:
    descriptor = build(tmp_path, [cell(TOLL, count_text="12 dead", note="Read again.", bounds_basis="codebook")])
    found = asked(base, descriptor)
    write_corrections(descriptor, [(one, f"The {one.column} was misread.") for one in found], DAY)
    assert asked(base, descriptor) == []
    assert [problem for problem in validate(descriptor) if problem.resource == "corrections"] == []
    added = load(descriptor).corrections.tail(2)
    table = load(descriptor).corrections.set_index("claim_id").loc[[TOLL]]
    assert table[["column", "old", "new", "reason"]].to_numpy().tolist() == [
        ["bounds_basis", "stated", "codebook", "The bounds_basis was misread."],
        ["count_text", "12", "12 dead", "The count_text was misread."],
    ]
    assert len(added) == 2
    assert {str(day.date()) for day in table["corrected_on"]} == {"2020-09-20"}


def test_a_cell_has_one_correction_a_day(base: Side, tmp_path: Path) -> None:
    """From the first cell to the last; back to the first, and there is none."""
    descriptor = build(tmp_path / "a", [TYPED])
    write_corrections(descriptor, [(asked(base, descriptor)[0], "Misread.")], DAY)
    first = from_folder(descriptor, "first")
    table = (tmp_path / "a" / CORRECTIONS).read_text(encoding="utf-8")
    for number, text, rows in ((1, "a dozen", 1), (2, "12", 0)):
        later = build(tmp_path / str(number), [cell(TOLL, count_text=text)])
        (later.parent / CORRECTIONS).write_text(table, encoding="utf-8")
        write_corrections(later, [(one, "Misread again.") for one in asked(first, later)], DAY)
        lines = [line for line in (later.parent / CORRECTIONS).read_text().splitlines() if line.startswith(TOLL)]
        assert lines == [f"{TOLL},count_text,12,{text},2020-09-20,Misread again."] * rows
        assert asked(first, later) == []


def test_a_package_without_the_table_is_told_how_to_get_one(base: Side, tmp_path: Path) -> None:
    descriptor = build(tmp_path, [TYPED, {"file": "datapackage.json", "patch": {"/resources/8": "__remove__"}}])
    (one,) = [one for one in asked(base, descriptor) if one.column == "count_text"]
    with pytest.raises(UsageError, match=r"docs/schema-versions\.md"):
        write_corrections(descriptor, [(one, "Misread.")], DAY)
    assert load(descriptor).corrections.empty
