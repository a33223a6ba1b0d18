"""What one version of a package changes in another: rows by key, problems, discrepancies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from claimtrack.contribute.diff import Diff, FindingsDiff, compare
from claimtrack.contribute.diff.problems import unmatched
from claimtrack.contribute.diff.sides import Note, Side, from_folder
from claimtrack.contribute.fold import carry_out, plan
from claimtrack.contribute.inbox import inbox_files, read_entries
from claimtrack.contribute.offset import OFFSET
from claimtrack.contribute.template import xlsx_template
from claimtrack.discrepancy import versions
from claimtrack.package import load
from claimtrack.problems import Problem
from claimtrack.schema import TABLES
from disputed import CEASEFIRE, EDITS, OTHER_TOLL, STRIKES, TOLL, VIOLATED
from mutations import build
from new_claims import BLAME, TALKS, as_csv, fill

Edits = Sequence[Mapping[str, Any]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Side:
    return from_folder(build(tmp_path_factory.mktemp("sound"), []), "old")


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Side:
    return from_folder(build(tmp_path_factory.mktemp("disputed"), EDITS), "disputed")


def changed(tmp_path: Path, edits: Edits) -> Side:
    return from_folder(build(tmp_path, edits), "new")


def rows(diff: Diff) -> dict[str, list[str]]:
    """'-claims' → keys of removed rows, '+claims' → added, '~claims' → 'key column' of changed cells."""
    told: dict[str, list[str]] = {}
    for table in diff.tables.values():
        told[f"-{table.name}"] = [row.key for row in table.removed]
        told[f"+{table.name}"] = [row.key for row in table.added]
        told[f"~{table.name}"] = [f"{row.after.key} {column}" for row in table.changed for column in row.cells]
    return {sort: keys for sort, keys in told.items() if keys}


def notes(diff: Diff) -> list[str]:
    return [note for table in diff.tables.values() for note in table.notes]


def about(problems: Sequence[Problem]) -> list[tuple[str, str | None, str | None]]:
    return [(problem.code, problem.key, problem.field) for problem in problems]


def test_the_same_package_has_no_difference(sound: Side) -> None:
    diff = compare(sound, sound)
    assert (rows(diff), diff.new, diff.fixed, notes(diff), diff.unloaded) == ({}, [], [], [], [])
    assert diff.findings == FindingsDiff()
    assert tuple(diff.tables) == TABLES


CLAIMS, LINKS, RELAYS, SOURCES = (f"data/{name}.csv" for name in ("claims", "links", "relays", "sources"))


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([{"file": CLAIMS, "key": TOLL, "set": {"note": "Read twice."}}], {"~claims": [f"{TOLL} note"]}),
        (
            [{"file": CLAIMS, "key": TOLL, "set": {"note": "a", "locator": "b"}}],
            {"~claims": [f"{TOLL} locator", f"{TOLL} note"]},
        ),
        ([{"file": SOURCES, "key": "wire-report", "set": {"title": "Losses"}}], {"~sources": ["wire-report title"]}),
        ([{"file": CLAIMS, "append": OTHER_TOLL}], {"+claims": [OTHER_TOLL["claim_id"]]}),
        (
            [
                {"file": SOURCES, "append": {"source_id": "extra", "title": "Extra"}},
                {"file": CLAIMS, "drop": "20200907-ministry-northland-osieuzkn"},
            ],
            {"+sources": ["extra"], "-claims": ["20200907-ministry-northland-osieuzkn"]},
        ),
        (
            [{"file": RELAYS, "append": {"claim_id": CEASEFIRE, "hop": "1", "relayer_id": "wire-service"}}],
            {"+relays": [f"{CEASEFIRE}/1"]},
        ),
    ],
    ids=["cell", "cells", "source", "addition", "two tables", "key of two columns"],
)
def test_rows(tmp_path: Path, sound: Side, edits: Edits, expected: dict[str, list[str]]) -> None:
    assert rows(compare(sound, changed(tmp_path, edits))) == expected


def test_cells_as_they_were_and_are(tmp_path: Path, sound: Side) -> None:
    edits = [{"file": CLAIMS, "key": TOLL, "set": {"note": "Read twice.", "count_text": ""}}]
    (row,) = compare(sound, changed(tmp_path, edits)).tables["claims"].changed
    assert row.cells == {"count_text": ("12", ""), "note": ("", "Read twice.")}
    assert (row.before.key, row.after.path, row.after.line) == (TOLL, CLAIMS, 2)
    assert "count_text" not in row.after.cells


def test_the_order_of_rows_and_their_lines_do_not_matter(tmp_path: Path, sound: Side) -> None:
    path = tmp_path / CLAIMS
    descriptor = build(tmp_path, [])
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(header + "".join(reversed(lines)), encoding="utf-8")
    assert rows(compare(sound, from_folder(descriptor, "new"))) == {}


def test_a_key_that_stands_twice_is_compared_as_far_as_there_are_pairs(tmp_path: Path, sound: Side) -> None:
    again = {"source_id": "wire-report", "title": "Losses at the border", "kind": "wire"}
    diff = compare(sound, changed(tmp_path, [{"file": SOURCES, "append": again}]))
    assert rows(diff) == {"+sources": ["wire-report"]}
    assert about(diff.new)[0] == ("key-repeated", "wire-report", "source_id")
    assert diff.findings is None
    assert [side.name for side in diff.unloaded] == ["new"]


def test_discrepancies_by_id(sound: Side, disputed: Side) -> None:
    diff = compare(sound, disputed)
    assert diff.findings is not None
    assert [finding["family"] for finding in diff.findings.introduced] == ["state", "start", "count", "attribution"]
    assert diff.findings.resolved == []
    turned = {now["family"]: (was["strength"], now["strength"]) for was, now in diff.findings.changed}
    assert turned["ceasefire"] == ("unconfirmed", "definite")
    assert all(was["id"] == now["id"] for was, now in diff.findings.changed)


def test_a_finding_that_only_gets_another_contrary_statement_has_changed(tmp_path: Path, disputed: Side) -> None:
    less = [edit for edit in EDITS if edit.get("append") is not VIOLATED]
    less = [edit for edit in less if edit.get("append", {}).get("claim_id") != VIOLATED["claim_id"]]
    diff = compare(changed(tmp_path, less), disputed)
    assert diff.findings is not None
    ((was, now),) = [pair for pair in diff.findings.changed if pair[0]["family"] == "ceasefire"]
    assert was["statements"] < now["statements"]
    pairs = diff.findings.pairs[now["id"]]
    assert [pair["claims"] for pair in pairs.introduced] == [[CEASEFIRE, VIOLATED["claim_id"]]]
    assert (pairs.resolved, pairs.changed) == ([], [])


def test_a_pair_that_turns_out_otherwise_is_told_with_its_finding(tmp_path: Path, disputed: Side) -> None:
    """The finding stays what it is but for its figure: of which of its pairs that is was not said."""
    edits = [
        *EDITS,
        {"file": "data/claims.csv", "key": STRIKES["claim_id"], "set": {"valid_to": "2020-09-06T10:30:00+00:00"}},
    ]
    diff = compare(disputed, changed(tmp_path, edits))
    assert diff.findings is not None
    (turned,) = [pairs.changed for pairs in diff.findings.pairs.values() if pairs.changed]
    assert [[pair["figures"]["overlap"]["value"] for pair in both] for both in turned] == [[3, 1.5]]
    back = compare(diff.head, diff.base)
    assert back.findings is not None
    assert [pairs.changed for pairs in back.findings.pairs.values() if pairs.changed] == [[turned[0][::-1]]]


@pytest.mark.parametrize("most", ["LISTED", "WORDED"])
def test_of_very_many_pairs_only_the_findings_are_told(
    sound: Side, disputed: Side, monkeypatch: pytest.MonkeyPatch, most: str
) -> None:
    monkeypatch.setattr(versions, most, 0)
    found = compare(sound, disputed).findings
    assert found is not None
    assert len(found.changed) == 2
    assert found.pairs == {}


# What changes in a table that no claim stands in; how many findings it introduces, resolves and changes.
BEARING: list[tuple[str, str, dict[str, str], tuple[int, int, int]]] = [
    ("actors", "southland", {"time_zone": "Pacific/Chatham"}, (0, 0, 2)),
    ("places", "eastern-district", {"part_of": ""}, (0, 0, 2)),
    ("places", "northland", {"time_zone": "Pacific/Chatham"}, (0, 0, 2)),
    ("predicates", "hostilities/pause", {"value": "present"}, (0, 1, 0)),
    ("predicates", "attribution/initiated", {"exclusive": "false"}, (0, 0, 1)),
    ("incidents", "ceasefire-2020-09-06", {"ends_at": "2020-09-06T10:00:00+00:00"}, (0, 0, 2)),
    ("sources", "gazette-live", {"standing": "retracted"}, (0, 6, 0)),
]


@pytest.mark.parametrize(("table", "key", "cells", "expected"), BEARING)
def test_other_rows_that_bear_on_claims_bear_on_their_discrepancies(
    tmp_path: Path, disputed: Side, table: str, key: str, cells: dict[str, str], expected: tuple[int, int, int]
) -> None:
    edits = [*EDITS, {"file": f"data/{table}.csv", "key": key, "set": cells}]
    found = compare(disputed, changed(tmp_path, edits)).findings
    assert found is not None
    assert (len(found.introduced), len(found.resolved), len(found.changed)) == expected


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("actors", {"actor_id": "westland", "name": "Westland", "kind": "state"}),
        ("places", {"place_id": "hamlet", "name": "Hamlet", "kind": "settlement", "part_of": "northland"}),
    ],
)
def test_a_row_that_no_other_names_bears_on_no_discrepancy(
    tmp_path: Path, disputed: Side, table: str, row: dict[str, str]
) -> None:
    more = changed(tmp_path, [*EDITS, {"file": f"data/{table}.csv", "append": row}])
    come, gone = compare(disputed, more), compare(more, disputed)
    assert (list(rows(come)), list(rows(gone))) == ([f"+{table}"], [f"-{table}"])
    assert come.findings == gone.findings == FindingsDiff()


def test_problems_by_what_they_are_about(tmp_path: Path, sound: Side) -> None:
    faulty = changed(tmp_path, [{"file": CLAIMS, "key": TOLL, "set": {"count_max": "9"}}])
    there, back = compare(sound, faulty), compare(faulty, sound)
    assert about(there.new) == [("count-reversed", TOLL, "count_max")]
    assert (there.fixed, back.new) == ([], [])
    assert back.fixed == there.new


def problem(code: str, line: int, message: str = "m", **more: str) -> Problem:
    return Problem(code=code, line=line, message=message, **{"resource": "claims", "key": "k", "field": "f", **more})


@pytest.mark.parametrize(
    ("ours", "theirs", "left"),
    [
        ([problem("a", 5)], [problem("a", 9)], []),
        ([problem("a", 5)], [problem("b", 5)], [0]),
        ([problem("a", 5)], [problem("a", 5, field="g")], [0]),
        ([problem("a", 5)], [problem("a", 5, key="l")], [0]),
        ([problem("a", 5)], [problem("a", 5, resource="links")], [0]),
        ([problem("a", 5, "12 is not 9")], [problem("a", 5, "13 is not 9")], []),
        ([problem("a", 5, "x"), problem("a", 6, "y")], [problem("a", 6, "y")], [0]),
        ([problem("a", 5, "x"), problem("a", 6, "y")], [problem("a", 6, "z")], [1]),
    ],
    ids=["moved", "code", "column", "key", "table", "other words", "which of two", "one of two"],
)
def test_which_problems_are_the_same(ours: list[Problem], theirs: list[Problem], left: list[int]) -> None:
    assert unmatched(ours, theirs) == [ours[at] for at in left]


def test_a_problem_of_no_table_is_told_by_its_file() -> None:
    one, other = (Problem(code="a", path=path, message="m") for path in ("datapackage.json", "README.md"))
    assert unmatched([one], [other]) == [one]


UNREAD = "{} cannot be read in new; its rows are not compared"


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([{"file": LINKS, "delete": True}], [UNREAD.format("links")]),
        ([{"file": "datapackage.json", "text": "{"}], [UNREAD.format(name) for name in TABLES]),
        ([{"file": "datapackage.json", "text": "[]"}], [UNREAD.format(name) for name in TABLES]),
        ([{"file": RELAYS, "text": "hop,relayer_id\n"}], [UNREAD.format("relays")]),
        (
            [{"file": SOURCES, "replace": "source_id,publisher_id,title", "by": "source_id,publisher_id,name"}],
            ["sources has no title in new; that is not compared"],
        ),
    ],
    ids=["table is gone", "descriptor is broken", "descriptor is none", "key is missing", "column is missing"],
)
def test_what_cannot_be_compared_is_said_and_not_taken_for_removed(
    tmp_path: Path, sound: Side, edits: Edits, told: list[str]
) -> None:
    diff = compare(sound, changed(tmp_path, edits))
    assert (notes(diff), rows(diff), diff.findings) == (told, {}, None)
    assert diff.new


def test_a_table_that_the_descriptor_does_not_name_has_no_rows(tmp_path: Path, sound: Side) -> None:
    names = [resource["name"] for resource in sound.raw.descriptor["resources"]]
    pointer = f"/resources/{names.index('relays')}"
    diff = compare(changed(tmp_path, [{"file": "datapackage.json", "patch": {pointer: "__remove__"}}]), sound)
    assert len(diff.tables["relays"].added) == 3
    assert notes(diff) == []


def test_a_row_that_cannot_be_read_is_not_taken_for_removed(tmp_path: Path, sound: Side) -> None:
    broken = changed(tmp_path, [{"file": SOURCES, "replace": "wire-report,wire-service,", "by": "wire-report,"}])
    for diff in (compare(sound, broken), compare(broken, sound)):
        assert rows(diff) == {}
        assert notes(diff) == ["1 row of sources cannot be read in new; what can is compared"]


def test_several_rows_that_cannot_be_read_are_counted(tmp_path: Path, sound: Side) -> None:
    broken = changed(tmp_path, [{"file": SOURCES, "more": "a,b\nc,d\n"}])
    assert notes(compare(sound, broken)) == ["2 rows of sources cannot be read in new; what can is compared"]


def test_a_date_that_a_spreadsheet_has_made_its_own_is_noted(tmp_path: Path) -> None:
    descriptor = build(tmp_path, [])
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(xlsx_template(load(descriptor)))
    cells = TALKS | {"reported_from": datetime(2020, 10, 9, 18, 31), "reported_to": "", OFFSET: "+04:00"}
    fill(inbox / "a.xlsx", [cells], {"reported_from": "dd/mm/yyyy hh:mm"})
    words = "inbox/a.xlsx:2: the date cell in reported_from was read as 2020-10-09T18:31:00+04:00"
    side = from_folder(descriptor, "new")
    assert list(side.notes) == [Note(words, "inbox/a.xlsx", 2)]
    assert compare(side, side).notes == []


REMOVED = [
    ("data/predicates.csv", "hostilities/strike", "data/claims.csv"),
    ("data/places.csv", "village-b", "data/claims.csv"),
    ("data/actors.csv", "gazette", "data/claims.csv"),
]


@pytest.mark.parametrize(("file", "key", "told"), REMOVED)
def test_what_a_change_removes_is_to_be_put_back(tmp_path: Path, sound: Side, file: str, key: str, told: str) -> None:
    """Another id that is much like it would say something else of the claim."""
    diff = compare(sound, changed(tmp_path, [{"file": file, "drop": key}]))
    fixes = {each.fix for each in diff.new if each.path == told and each.code == "reference-unknown"}
    assert fixes == {f"This change takes that row out of {file}: put it back, unless another one is meant here."}


def test_claims_that_are_in_the_package_already_are_noted(tmp_path: Path) -> None:
    """They add nothing: whoever uploads them once more is told why."""
    descriptor = build(tmp_path, [])
    there = [TALKS | {"locator": f"6 Sep 18:3{minute}"} for minute in range(5)]
    (tmp_path / "inbox").mkdir()
    for files in ({"a": there[:1], "b": there[1:]}, {"a": [*there[:1], BLAME], "b": there[1:]}):
        for name, claims in files.items():
            (tmp_path / "inbox" / f"{name}.csv").write_text(as_csv(claims), "utf-8")
        before = from_folder(descriptor, "old")
        paths = inbox_files(tmp_path)
        planned = plan(descriptor, read_entries(tmp_path, paths))
        if files["a"] == there[:1]:
            carry_out(descriptor, planned, paths)
    assert [note.path for note in before.notes] == ["inbox/a.csv", "inbox/b.csv"]
    one, four = (note.text for note in before.notes)
    words = "in the package already, cell for cell, and not added again"
    assert one == f"inbox/a.csv: 1 claim is {words}: {planned.known[0].cells['claim_id']}"
    assert four.startswith(f"inbox/b.csv: 4 claims are {words}: ")
    assert four.endswith(" and 1 more")


def test_an_inbox_that_cannot_be_looked_at_yet_is_noted(tmp_path: Path, sound: Side) -> None:
    descriptor = build(tmp_path, [])
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.csv").write_text(as_csv([TALKS]), "utf-8")
    claims = tmp_path / "data" / "claims.csv"
    claims.write_bytes(claims.read_bytes().replace(b"\n", b"\r\n"))
    diff = compare(sound, from_folder(descriptor, "new"))
    words = "inbox/a.csv is looked at once data/claims.csv is mended"
    assert diff.notes == [Note(words, "inbox/a.csv")]
    assert "+claims" not in rows(diff)
