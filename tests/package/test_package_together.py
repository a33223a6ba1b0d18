"""Several packages as one: a row that two of them hold is there once, or every cell in which they differ is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from claimtrack import ConflictError
from claimtrack.package import Package
from claimtrack.package.together import together
from generated import WORLD, package_of

CLAIM = {"claim_id": "a", "kind": "count", "predicate": "killed", "source_id": "live", "text": "X says so."}
NINE = "2022-09-13T09:00:00+04:00"


def package(folder: str, *claims: dict[str, str]) -> Package:
    made = package_of(WORLD | {"claims": claims})
    descriptor = {"resources": [{"name": "claims", "path": "data/claims.csv"}]}
    return replace(made, path=Path(folder, "datapackage.json"), descriptor=descriptor)


@pytest.mark.parametrize(
    ("column", "one", "other", "told"),
    [
        ("text", "X says so.", "X says no.", ("'X says so.'", "'X says no.'")),
        ("note", "", "why", ("blank", "'why'")),
        ("count_min", "5", "6", ("5", "6")),
        ("count_approx", "true", "false", ("true", "false")),
        ("valid_to", NINE, "2022-09-13T10:00:00+04:00", (NINE, "2022-09-13T10:00:00+04:00")),
        ("valid_to", NINE, "2022-09-13T08:00:00+03:00", (NINE, "2022-09-13T08:00:00+03:00")),
    ],
    ids=["text", "blank", "number", "boolean", "moment", "offset"],
)
def test_a_cell_that_differs_is_named(column: str, one: str, other: str, told: tuple[str, str]) -> None:
    with pytest.raises(ConflictError) as error:
        together([package("one", CLAIM | {column: one}), package("two", CLAIM | {column: other})])
    first, *cells = str(error.value).split("\n")
    assert first == "these packages cannot be read together: rows of one key differ"
    assert cells == [f"a: {column} is {told[0]} in one/data/claims.csv, {told[1]} in two/data/claims.csv"]


def test_a_day_that_differs_is_named_as_it_is_written() -> None:
    one, two = (package(folder, CLAIM) for folder in ("one", "two"))
    resources = [{"name": "sources", "path": "data/sources.csv"}]
    live = [{**row, "published_on": "2022-09-14"} if row["source_id"] == "live" else row for row in WORLD["sources"]]
    changed = package_of(WORLD | {"claims": [CLAIM], "sources": live})
    other = replace(changed, path=two.path, descriptor={"resources": resources})
    with pytest.raises(ConflictError, match=r"published_on is 2022-09-13 in .*, 2022-09-14 in "):
        together([replace(one, descriptor={"resources": resources}), other])


def test_a_row_that_is_the_same_in_both_is_there_once() -> None:
    both = together([package("one", CLAIM), package("two", CLAIM, CLAIM | {"claim_id": "b"})])
    assert both.claims["claim_id"].tolist() == ["a", "b"]
    assert both.path == Path("one/datapackage.json")
