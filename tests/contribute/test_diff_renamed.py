"""Claims and names under another id: which of those removed and added are told to be the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from claimtrack.contribute.diff import FindingsDiff, compare
from claimtrack.contribute.diff.names import followers, renamed_names
from claimtrack.contribute.diff.renamed import COMPARED, Renamed, renamed
from claimtrack.contribute.diff.rows import Row, TableDiff
from claimtrack.contribute.diff.sides import Side, from_folder
from claimtrack.package.write import csv_line
from claimtrack.schema import TABLES
from claimtrack.structure.rows.split import split
from mutations import build, valid

Edits = Sequence[Mapping[str, Any]]

CLAIMS = "data/claims.csv"
TOLL, OTHER = "20200907-ministry-northland-osieuzkn", "20200907-ministry-northland-aaaaaaaa"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Side:
    return from_folder(valid(tmp_path_factory.mktemp("base")), "base")


def cells_of(root: Path, claim: str) -> dict[str, str]:
    header, *lines = (valid(root).parent / CLAIMS).read_text().splitlines()
    (line,) = [line for line in lines if line.startswith(claim)]
    return dict(zip(header.split(","), [cell.value for cell in split(line, ",")], strict=True))


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ({}, ()),
        ({"note": "Read again."}, ("note",)),
        ({"text": "The Ministry of Northland says so.", "note": "Read again."}, ("text", "note")),
        ({"locator": "7 Sep", "text": "It says so.", "note": "Read again."}, None),
    ],
)
def test_a_claim_under_another_id(
    base: Side, tmp_path: Path, cells: dict[str, str], columns: tuple[str, ...] | None
) -> None:
    row = cells_of(tmp_path / "cells", TOLL) | {"claim_id": OTHER} | cells
    edits: Edits = [{"file": CLAIMS, "drop": TOLL}, {"file": CLAIMS, "append": row}]
    found = compare(base, from_folder(build(tmp_path / "head", edits), "head")).renamed
    told = [(one.before.key, one.after.key, one.columns) for one in found]
    assert told == ([] if columns is None else [(TOLL, OTHER, columns)])


def rows(*texts: str, key: str) -> list[Row]:
    return [
        Row(key=f"{key}{at}", path=CLAIMS, line=at + 2, cells={"text": text, "note": "n", "kind": "k"})
        for at, text in enumerate(texts)
    ]


def pairs(found: Sequence[Renamed]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.before.key, one.after.key, one.columns) for one in found]


def test_each_row_is_told_once_and_the_closest_first() -> None:
    diff = TableDiff("claims", rows("a", "b", "c", key="old"), [], rows("b", "x", "a", "b", key="new"))
    assert pairs(renamed(diff)) == [("old0", "new2", ()), ("old1", "new0", ()), ("old2", "new1", ("text",))]


def test_of_very_many_only_those_that_are_the_same() -> None:
    many = [f"t{at}" for at in range(COMPARED + 2)]
    diff = TableDiff("claims", rows("a", *many, key="old"), [], rows(*(f"{text}!" for text in many), "a", key="new"))
    assert pairs(renamed(diff)) == [("old0", f"new{COMPARED + 2}", ())]


def test_only_added_or_only_removed() -> None:
    assert renamed(TableDiff("claims", rows("a", key="old"))) == []
    assert renamed(TableDiff("claims", [], [], rows("a", key="new"))) == []


IDS = {
    "civilians-northland": "civilians-north",
    "gazette": "the-gazette",
    "border": "frontier",
    "eastern-region": "region-east",
    "eastern-district": "district-east",
    "launch-site": "launch",
    "gazette-live": "live",
}
"""Actors, places that lie within each other, an incident and a source; a correction speaks of the first."""


def with_ids(folder: Path, ids: Mapping[str, str], tables: Sequence[str] | None = None) -> Path:
    """The valid package in which these tables, or all, have other ids in every cell."""
    descriptor = valid(folder)
    for path in (descriptor.parent / "data").glob("*.csv"):
        if tables is None or path.stem in tables:
            rows = list(csv.reader(io.StringIO(path.read_text())))
            told = [["|".join(ids.get(one, one) for one in cell.split("|")) for cell in row] for row in rows]
            path.write_text("".join(map(csv_line, told)))
    return descriptor


def test_what_is_named_by_another_id_everywhere_is_the_same(base: Side, tmp_path: Path) -> None:
    head = from_folder(with_ids(tmp_path / "head", IDS), "head")
    diff = compare(base, head)
    assert [(one.before.key, one.after.key) for one in diff.renamed] == list(IDS.items())
    assert [one.table for one in diff.renamed] == ["actors"] * 2 + ["places"] * 3 + ["incidents", "sources"]
    assert not any(rows(table) for table in diff.tables.values() for rows in (diff.removed, diff.added, diff.changed))
    assert (diff.new, diff.fixed, diff.uncorrected, diff.findings) == ([], [], [], FindingsDiff())
    told = {one[1]: dict(rows) for one, rows in followers(diff.tables, diff.ids).items()}
    assert told == {
        "district-east": {"places": 2, "claims": 1},
        "frontier": {"places": 2, "claims": 1},
        "live": {"claims": 14},
        "the-gazette": {"claims": 2},
        "civilians-north": {"claims": 1},
        "launch": {"claims": 1},
    }


def test_a_row_that_still_has_the_old_id_is_told_the_new_one(base: Side, tmp_path: Path) -> None:
    head = from_folder(with_ids(tmp_path / "head", {"wire-service": "the-wire"}, ["actors", "sources"]), "head")
    diff = compare(base, head)
    assert [one.after.key for one in diff.names_renamed] == ["the-wire"]
    assert {(one.path, one.code) for one in diff.new} == {("data/relays.csv", "reference-unknown")}
    fix = "This change gives that row the id the-wire: write that here, too, or put the old id back."
    assert {one.fix for one in diff.new} == {fix}


def test_a_claim_that_names_another_actor_than_before_asks_for_a_correction(base: Side, tmp_path: Path) -> None:
    head = with_ids(tmp_path / "head", {"observer-mission": "the-mission"})
    claims = head.parent / CLAIMS
    claims.write_text(claims.read_text().replace(",the-mission,", ",army-southland,", 1))
    diff = compare(base, from_folder(head, "head"))
    (asked,) = diff.uncorrected
    assert (asked.column, asked.old, asked.new) == ("claimant_id", "observer-mission", "army-southland")
    assert [row.after.key for row in diff.changed(diff.tables["claims"])] == [asked.claim_id]


def actors(*names: str, key: str) -> list[Row]:
    return [
        Row(key=f"{key}{at}", path="data/actors.csv", line=at + 2, cells={"actor_id": f"{key}{at}", "name": name})
        for at, name in enumerate(names)
    ]


def test_names_that_read_otherwise_or_of_which_two_read_alike_are_others() -> None:
    tables = {name: TableDiff(name) for name in TABLES}
    tables["actors"] = TableDiff("actors", actors("a", "b", "b", "d", key="old"), [], actors("a", "b", "D", key="new"))
    assert pairs(renamed_names(tables)) == [("old0", "new0", ())]
