"""Cells and keys of whole tables, and what follows from a fault elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimtrack.rulebook import rule
from claimtrack.schema import TABLES
from claimtrack.structure import Raw, affected_rows, broken_rows, read
from claimtrack.structure.keys import dangling
from claimtrack.structure.limits import SUGGESTIONS
from claimtrack.structure.referee import judged
from mutations import VALID, build

ACTORS = (VALID / "data" / "actors.csv").read_text()
RELAYS = "claim_id,hop,relayer_id\n"
CLAIM = "20200906-army-southland-7xfej4ki"


def found(raw: Raw) -> list[tuple[str | None, str, int | None, str | None]]:
    return [(one.resource, one.code, one.line, one.field) for one in raw.problems]


def actors(old: str, new: str) -> str:
    assert ACTORS.count(old) == 1
    return ACTORS.replace(old, new)


def test_cells_stand_where_they_are_said_to(package: Path) -> None:
    raw = read(package / "datapackage.json")
    for table in raw.tables.values():
        lines = (package / table.path).read_text().split("\n")
        cells = table.cells
        assert list(cells.columns) == list(table.schema.columns)
        assert cells.dtypes.nunique() == 1
        for row in range(len(cells)):
            for column in cells.columns:
                line, at = table.place(row, column)
                assert lines[line - 1][at - 1 :].lstrip('"').startswith(cells.loc[row, column])
        assert table.place(0, None) == (2, 1)


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ("", []),
        (f"{CLAIM},1,gazette\n", []),
        (f"{CLAIM},,gazette\n", [("required-missing", 2, "hop")]),
        (",1,gazette\n,2,gazette\n", [("required-missing", 2, "claim_id"), ("required-missing", 3, "claim_id")]),
        (f"{CLAIM},0,gazette\n", [("below-minimum", 2, "hop")]),
        (f"{CLAIM},00,gazette\n", [("integer-invalid", 2, "hop")]),
        (f"{CLAIM},1,gazette\n" * 3, [("key-repeated", 3, "claim_id"), ("key-repeated", 4, "claim_id")]),
        (f"{CLAIM},1,gazette\n{CLAIM},2,gazette\n", []),
        (f"{CLAIM},,gazette\n{CLAIM},,gazette\n", [("required-missing", 2, "hop"), ("required-missing", 3, "hop")]),
        (f"{CLAIM},1,nobody\n", [("reference-unknown", 2, "relayer_id")]),
        (f"{CLAIM},1,No Body\n", [("pattern-mismatch", 2, "relayer_id")]),
        (f"{CLAIM},1,=gazette\n", [("formula-cell", 2, "relayer_id")]),
        (f"{CLAIM}, 1,gazette \n", [("cell-padded", 2, "hop"), ("cell-padded", 2, "relayer_id")]),
        (f"{CLAIM},1,gaz\u200bette\n", [("invisible-character", 2, "relayer_id")]),
    ],
)
def test_rows_of_relays(rows: str, problems: list[tuple[str, int, str]], read_with: Callable[..., Raw]) -> None:
    assert [one[1:] for one in found(read_with(relays=RELAYS + rows))] == problems


def test_the_earlier_row_of_two_is_named(read_with: Callable[..., Raw]) -> None:
    raw = read_with(relays=f"{RELAYS}{CLAIM},1,gazette\n\n{CLAIM},1,gazette\n")
    assert raw.problems[-1].message == f"the same claim_id, hop together as in line 2: '{CLAIM}/1'"
    assert raw.problems[-1].key == f"{CLAIM}/1"


@pytest.mark.parametrize(
    ("broken", "cause"),
    [
        (actors("\ngazette,Example", "\nGazette,Example"), "pattern-mismatch"),
        (actors("\ngazette,Example", "\ngaz ette,Example"), "pattern-mismatch"),
        (actors("\ngazette,Example Gazette,outlet", "\ngazette,Example, Gazette,outlet"), "row-long"),
        (actors("\ngazette,Example Gazette,outlet", "\ngazette,outlet"), "row-short"),
        (actors("\ngazette,Example Gazette,", '\ngazette,"Example Gazette,'), "quote-unclosed"),
        (actors("\ngazette,Example", "\n gazette,Example"), "cell-padded"),
        (actors("\ngazette,Example", "\ngaz\u00adette,Example"), "invisible-character"),
        (actors("actor_id,", "actor,"), "header-misspelt"),
        (actors("actor_id,", "x,"), "header-missing"),
        ("", "file-empty"),
    ],
)
def test_what_points_to_a_broken_row_is_not_reported(broken: str, cause: str, read_with: Callable[..., Raw]) -> None:
    raw = read_with(actors=broken)
    assert cause in {one.code for one in raw.problems}
    assert {one.resource for one in raw.problems} == {"actors"}
    assert "reference-unknown" not in {one.code for one in raw.problems}


def test_what_points_to_nothing_is_reported_beside_a_broken_row(read_with: Callable[..., Raw]) -> None:
    raw = read_with(actors=actors("\nfarland,", "\nFARLAND!,"), relays=f"{RELAYS}{CLAIM},1,wire-servise\n")
    assert found(raw) == [
        ("actors", "pattern-mismatch", 4, "actor_id"),
        ("relays", "reference-unknown", 2, "relayer_id"),
    ]
    assert raw.problems[1].fix == "Did you mean wire-service?"


@pytest.mark.parametrize(
    ("relayers", "unknown"),
    [
        (["gazette"], []),
        (["gazette", "gazette"], []),
        (["gazette", "nobody"], ["gazette", "nobody"]),
        (["gazette", "wire-servicee"], ["wire-servicee"]),
    ],
)
def test_a_key_that_could_be_anything_accounts_for_one_unknown_value(
    relayers: list[str], unknown: list[str], read_with: Callable[..., Raw]
) -> None:
    """Sources and relays point to the gazette; which of two values is meant cannot be told, so both are said."""
    rows = "".join(f"{CLAIM},{hop},{name}\n" for hop, name in enumerate(relayers, start=1))
    raw = read_with(actors=actors("\ngazette,Example", "\nx x,Example"), relays=RELAYS + rows)
    said = [one.message.split("'")[1] for one in raw.problems if one.code == "reference-unknown"]
    assert sorted(set(said)) == unknown


def test_a_predicate_of_another_kind_is_told_with_its_kind(tmp_path: Path) -> None:
    edit = {"file": "data/claims.csv", "key": "20200907-observer-mission-tb4thg3c", "set": {"predicate": "killed"}}
    (problem,) = read(build(tmp_path, [edit])).problems
    assert problem.fix == "killed belongs to the kind count: correct kind or predicate."


def test_among_very_many_keys_those_that_begin_or_end_alike_are_suggested(
    read_with: Callable[..., Raw], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dangling, "CANDIDATES", 1)
    raw = read_with(relays=f"{RELAYS}{CLAIM},1,wire-servise\n{CLAIM},2,qazette\n{CLAIM},3,zzz\n")
    meant = [one.fix for one in raw.problems if one.fix and "Did you" in one.fix]
    assert meant == ["Did you mean wire-service?", "Did you mean gazette?"]
    assert len(raw.problems) == 3


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("actor_id", "NA", "pattern-mismatch"),
        ("actor_id", "-", "formula-cell"),
        ("place_id", "unknown", "reference-unknown"),
        ("count_mode", "none", "enum-unknown"),
        ("count_min", "?", "integer-invalid"),
    ],
)
def test_what_says_not_stated_is_to_be_left_blank(column: str, cell: str, code: str, tmp_path: Path) -> None:
    edit = {"file": "data/claims.csv", "key": "20200907-observer-mission-i4z4d2ld", "set": {column: cell}}
    raw = read(build(tmp_path, [edit]))
    told = [one for found in (raw.problems, judged(raw)) for one in found if one.field == column]
    assert [(one.code, one.fix) for one in told] == [(code, "Leave the cell blank: blank means 'not stated'.")] * 2


@pytest.mark.parametrize("table", [[], [{"file": "data/claims.csv", "parquet": {"count_max": "string"}}]])
@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("1\u00a0040", ("integer-invalid", "Write 1040.")),
        ("1\u202f040", ("integer-invalid", "Write 1040.")),
        ("10\u200940", ("integer-invalid", "Write 1040.")),
        ("1040\u202f", ("odd-space", rule("odd-space").fix)),
    ],
)
def test_a_space_in_a_number_is_told_once(
    table: list[dict[str, Any]], cell: str, told: tuple[str, str], tmp_path: Path
) -> None:
    """Many countries group digits with one that is not the common one."""
    edit = {"file": "data/claims.csv", "key": "20200907-observer-mission-i4z4d2ld", "set": {"count_max": cell}}
    raw = read(build(tmp_path, [edit, *table]))
    for found in (raw.problems, judged(raw)):
        assert [(one.code, one.field, one.fix) for one in found] == [(told[0], "count_max", told[1])]


@pytest.mark.parametrize("table", [[], [{"file": "data/claims.csv", "parquet": {}}]])
def test_a_lone_sign_is_no_formula_that_somebody_wrote(table: list[dict[str, Any]], tmp_path: Path) -> None:
    cells = {"actor_id": "-", "statement_id": "-", "note": "-SUM(A1)"}
    edit = {"file": "data/claims.csv", "key": "20200907-observer-mission-i4z4d2ld", "set": cells}
    raw = read(build(tmp_path, [edit, *table]))
    nothing = "'-' says nothing, and a spreadsheet would run it as a formula"
    assert {one.field: (one.message, one.fix) for one in raw.problems} == {
        "actor_id": (nothing, "Leave the cell blank: blank means 'not stated'."),
        "statement_id": (nothing, "statement_id has to be filled: write what belongs there."),
        "note": ("a spreadsheet would run '-SUM(A1)' as a formula", rule("formula-cell").fix),
    }


@pytest.mark.parametrize("claim", ["", "1", "20200906-gazette", "new-claim"])
def test_an_id_that_nobody_made_is_made_in_the_inbox(claim: str, tmp_path: Path) -> None:
    edit = {"file": "data/claims.csv", "key": "undated-resident-1-lbi53q7t", "set": {"claim_id": claim}}
    raw = read(build(tmp_path, [edit]))
    fix = "Move the row into a file in inbox/, where its id is made: see CONTRIBUTING.md."
    for found in (raw.problems, judged(raw)):
        assert [one.fix for one in found if one.path == "data/claims.csv"] == [fix]


@pytest.mark.parametrize(("column", "cell"), [("certainty", "none"), ("statement_id", "NA"), ("source_id", "unknown")])
def test_in_a_column_that_has_to_be_filled_it_is_no_other_value(column: str, cell: str, tmp_path: Path) -> None:
    source = {"source_id": "unknown-1", "publisher_id": "gazette", "title": "T", "kind": "article", "language": "en"}
    edits = [
        {"file": "data/sources.csv", "append": source | {"standing": "current"}},
        {"file": "data/claims.csv", "key": "20200907-observer-mission-i4z4d2ld", "set": {column: cell}},
    ]
    (problem,) = read(build(tmp_path, edits)).problems
    assert problem.fix == rule(problem.code).fix


def test_of_a_composite_key_the_last_part_is_suggested_among_its_kind(package: Path) -> None:
    path = package / "data" / "claims.csv"
    path.write_text(path.read_text().replace(",count,wounded,", ",count,woundet,"))
    (problem,) = read(package / "datapackage.json").problems
    assert (problem.code, problem.field) == ("reference-unknown", "predicate")
    assert problem.fix == "Did you mean wounded or wounded_badly?"


def test_a_claim_is_only_meant_where_the_end_of_its_id_is_alike(read_with: Callable[..., Raw]) -> None:
    """Ids of one day and claimant begin alike, and are of different claims."""
    slip, gone = CLAIM[:-1] + "6", CLAIM[:-8] + "a2b3c4d5"
    raw = read_with(relays=f"{RELAYS}{slip},1,wire-service\n{gone},1,wire-service\n")
    fixes = [one.fix or "" for one in raw.problems if one.field == "claim_id"]
    assert fixes[0] == f"Did you mean {CLAIM}?"
    assert fixes[1].startswith("Correct the id. If that claim was taken out of the package, take out this row too")


def test_near_misses_are_looked_for_a_limited_number_of_times(read_with: Callable[..., Raw]) -> None:
    rows = "".join(f"{CLAIM},{at},gazette{at}\n" for at in range(1, SUGGESTIONS + 3))
    raw = read_with(relays=RELAYS + rows)
    meant = [one.fix for one in raw.problems if one.fix and one.fix.startswith("Did you mean gazette")]
    assert len(raw.problems) == SUGGESTIONS + 2
    assert len(meant) == SUGGESTIONS


def test_a_table_without_a_file_takes_no_other_with_it(package: Path) -> None:
    (package / "data" / "actors.csv").unlink()
    raw = read(package / "datapackage.json")
    assert [one.code for one in raw.problems] == ["file-missing"]
    assert list(raw.tables) == [name for name in TABLES if name != "actors"]


def test_a_bad_schema_takes_no_table_with_it(package: Path) -> None:
    (package / "schemas" / "actors.json").write_text("{}")
    (package / "data" / "actors.csv").write_text(actors("Gazette,outlet,", "Gazette,paper,"))
    raw = read(package / "datapackage.json")
    assert {one.code for one in raw.problems} == {"schema-invalid", "enum-unknown"}


def test_what_is_affected_by_a_broken_row(read_with: Callable[..., Raw]) -> None:
    tables = read_with(actors=actors("northland,Northland,state", "northland,Northland,stat")).tables
    names = tables["actors"].cells["actor_id"]
    assert names[broken_rows(tables["actors"])].tolist() == ["northland"]
    affected = affected_rows(tables)
    assert names[affected["actors"]].tolist() == [
        "northland", "ministry-northland", "minister-northland", "service-members-northland", "civilians-northland",
    ]  # fmt: skip
    assert tables["sources"].cells["source_id"][affected["sources"]].tolist() == ["ministry-statement"]
    assert not affected["places"].any()
    assert 0 < affected["claims"].sum() < len(affected["claims"])
    assert affected["relays"].tolist() == [False, False, True]


def test_nothing_is_affected_by_nothing(package: Path) -> None:
    assert not any(flags.any() for flags in affected_rows(read(package / "datapackage.json").tables).values())


def test_all_is_affected_by_what_is_not_there(read_with: Callable[..., Raw]) -> None:
    affected = affected_rows(read_with(incidents="", relays="claim_id,hop\nx,1\n").tables)
    assert affected["relays"].tolist() == [True]
    assert affected["links"].sum() > 0
    assert not affected["actors"].any()


def test_a_lost_row_affects_what_points_to_it(read_with: Callable[..., Raw]) -> None:
    affected = affected_rows(read_with(actors=actors("wire-service,Example Wire Service,", "wire-service,")).tables)
    assert affected["actors"].sum() == 0
    assert affected["relays"].tolist() == [True, False, True]
    assert affected["sources"].tolist() == [False, False, True]
