"""What people type for an id, and which id that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.contribute.draft import from_json
from claimtrack.contribute.naming import names, predicates
from claimtrack.package import Package, load
from mutations import build


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    folder: Path = tmp_path_factory.mktemp("valid")
    actor = {"actor_id": "minister-southland", "name": "Minister of Southland", "kind": "person"}
    edits = [{"file": "data/actors.csv", "append": actor | {"aliases": "The Minister"}}]
    return load(build(folder, edits))


# Table, what is typed, the id; None where it is unknown or names several.
MEANT = [
    ("actors", "gazette", "gazette"),
    ("actors", " Example Gazette ", "gazette"),
    ("actors", "the exämple gazette", "gazette"),
    ("actors", "Minster of Northland", "minister-northland"),
    ("actors", "The Minister", None),
    ("actors", "Nobody", None),
    ("actors", "", None),
    ("places", "Village Å", "village-a"),
    ("sources", "Statement of 6 September", "ministry-statement"),
    ("incidents", "launch-site", "launch-site"),
]


@pytest.mark.parametrize(("table", "typed", "meant"), MEANT)
def test_what_is_meant(package: Package, table: str, typed: str, meant: str | None) -> None:
    assert names(package, table).meant(typed) == meant


def test_what_is_offered(package: Package) -> None:
    offered = names(package, "actors").offered()
    assert offered["gazette"] == "Example Gazette"
    assert offered["Example Gazette"] == "gazette"
    assert offered["The Minister"] == "minister-northland, minister-southland"
    assert set(predicates(package, "diplomacy").offered()) == {"talks", "called_for_restraint"}


def test_json_values_become_cells() -> None:
    read = from_json('{"count_approx": true, "count_min": 5, "note": null, "text": "X says so."}')
    assert read == {"count_approx": "true", "count_min": "5", "note": "", "text": "X says so."}
