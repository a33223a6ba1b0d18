"""Claims under another id: which of those removed and added are told to be the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from claimtrack.contribute.diff import compare
from claimtrack.contribute.diff.renamed import COMPARED, Renamed, renamed
from claimtrack.contribute.diff.rows import Row, TableDiff
from claimtrack.contribute.diff.sides import from_folder
from claimtrack.structure.rows.split import split
from mutations import build, valid

Edits = Sequence[Mapping[str, Any]]

CLAIMS = "data/claims.csv"
TOLL, OTHER = "20200907-ministry-northland-osieuzkn", "20200907-ministry-northland-aaaaaaaa"


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
def test_a_claim_under_another_id(tmp_path: Path, cells: dict[str, str], columns: tuple[str, ...] | None) -> None:
    row = cells_of(tmp_path / "cells", TOLL) | {"claim_id": OTHER} | cells
    edits: Edits = [{"file": CLAIMS, "drop": TOLL}, {"file": CLAIMS, "append": row}]
    base = from_folder(build(tmp_path / "base", []), "base")
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
