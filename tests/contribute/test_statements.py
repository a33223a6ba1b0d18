"""Names of statements: the same for what one claimant says at one moment in one source, and no other's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.contribute.diff.sides import from_folder
from claimtrack.contribute.draft import drafted
from claimtrack.contribute.fold import carry_out, plan
from claimtrack.contribute.inbox import check, entry, existing, inbox_files, read_entries
from claimtrack.contribute.issue_form import as_yaml, read_issue
from claimtrack.contribute.overlay import Addition
from claimtrack.contribute.questions import claims
from claimtrack.contribute.statements import proposed, with_statements
from claimtrack.validation import validate
from mutations import build, valid
from new_claims import BLAME, TALKS, as_csv

Row = dict[str, str]

LIVE, WIRE, OWN = "gazette-live", "wire-report", "ministry-statement"
AT = "2020-09-06T18:31:00+00:00"
PLAIN = "s20200906-1831-ministry-northland"
LATER = "2020-09-06T18:32:00+00:00"
PLAIN_LATER = "s20200906-1832-ministry-northland"


def row(source: str, claimant: str = "ministry-northland", at: str = AT, name: str = "") -> Row:
    return {"source_id": source, "claimant_id": claimant, "reported_from": at, "statement_id": name}


def names(old: Iterable[Mapping[str, str]], new: Sequence[Row]) -> list[str]:
    rows = with_statements(list(old), [entry(cells) for cells in new])
    return [each.cells["statement_id"] for each in rows]


# Rows of the package, new rows, and the names of their statements.
NAMED = [
    ([], [row(LIVE), row(LIVE)], [PLAIN, PLAIN]),
    ([row(LIVE, name=PLAIN)], [row(LIVE)], [PLAIN]),
    ([row(LIVE, name=PLAIN)], [row(WIRE), row(LIVE), row(WIRE)], [f"{PLAIN}-{WIRE}", PLAIN, f"{PLAIN}-{WIRE}"]),
    ([], [row(LIVE), row(WIRE), row(OWN)], [PLAIN, f"{PLAIN}-{WIRE}", f"{PLAIN}-{OWN}"]),
    ([], [row(LIVE), row(LIVE, "ministry-southland")], [PLAIN, "s20200906-1831-ministry-southland"]),
    ([], [row(LIVE), row(LIVE, at="2020-09-06T18:32:00+00:00")], [PLAIN, "s20200906-1832-ministry-northland"]),
    # Somebody wrote a name: it stays, and nobody else gets it, wherever it stands.
    ([], [row(LIVE, name="s-mine"), row(LIVE)], ["s-mine", PLAIN]),
    ([], [row(LIVE), row(WIRE, name=PLAIN)], [f"{PLAIN}-{LIVE}", PLAIN]),
    # The package has one name for two sources: it is not made worse.
    ([row(LIVE, name=PLAIN), row(WIRE, name=PLAIN)], [row(WIRE)], [f"{PLAIN}-{WIRE}"]),
    ([row(LIVE, name=PLAIN), row(OWN, name=f"{PLAIN}-{WIRE}")], [row(WIRE)], [f"{PLAIN}-{WIRE}-2"]),
    # Another claimant's statement in the same source, of which ours is no part; and a joint one.
    ([row(LIVE, "gazette", name=PLAIN)], [row(LIVE)], [f"{PLAIN}-{LIVE}"]),
    ([row(LIVE, name=PLAIN), row(LIVE, "gazette", name=PLAIN)], [row(LIVE)], [PLAIN]),
    (
        [],
        [row(LIVE, at=""), row(WIRE, at="")],
        ["s-undated-ministry-northland", f"s-undated-ministry-northland-{WIRE}"],
    ),
    ([], [row(LIVE, at="6.9.2020")], ["s-undated-ministry-northland"]),
    ([], [row(LIVE, "The Ministry, |")], ["s20200906-1831-the-ministry"]),
    ([], [row(LIVE, ""), row("", "")], ["s20200906-1831", "s20200906-1831-2"]),
    # Plain names are those of one source, whatever the moment: somebody may be naming its statements elsewhere.
    ([row(LIVE, name=PLAIN)], [row(WIRE, at=LATER), row(LIVE, at=LATER)], [f"{PLAIN_LATER}-{WIRE}", PLAIN_LATER]),
    ([row(LIVE, name="s-mine")], [row(WIRE), row(LIVE)], [f"{PLAIN}-{WIRE}", PLAIN]),
    ([row(LIVE, name="s-mine"), row(WIRE, name="s-his")], [row(LIVE)], [f"{PLAIN}-{LIVE}"]),
    ([row(LIVE, name="s-a"), row(LIVE, name="s-b"), row(WIRE, name="s-c")], [row(LIVE)], [PLAIN]),
    ([row(LIVE, name=f"{PLAIN}-{LIVE}")], [row(LIVE)], [f"{PLAIN}-{LIVE}"]),
    ([row(LIVE, name=PLAIN), row(WIRE, name="s-undated-x")], [row(LIVE, at=LATER)], [PLAIN_LATER]),
    # Where two have them already, each keeps to what it has.
    (
        [row(LIVE, name=PLAIN), row(WIRE, at=LATER, name=PLAIN_LATER)],
        [row(LIVE), row(LIVE, at=LATER), row(WIRE, at=LATER)],
        [PLAIN, f"{PLAIN_LATER}-{LIVE}", PLAIN_LATER],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), NAMED)
def test_names(old: list[Row], new: list[Row], expected: list[str]) -> None:
    assert names(old, new) == expected
    assert proposed(new[0], [*old, *(each for each in new[1:] if each["statement_id"])]) == (
        expected[0] if not new[0]["statement_id"] else PLAIN
    )


def test_rows_of_other_tables_are_left() -> None:
    actor = Addition("actors", {"actor_id": "new"})
    assert with_statements([], [actor]) == [actor]


SOURCES = st.sampled_from(["a", "b", "b-2", "2"])
CLAIMANTS = st.sampled_from(["x", "x-a", "x-b-2", "Y & Z", ""])
MOMENTS = st.sampled_from([AT, "2020-09-06T18:31:40+04:00", "2020-09-06T18:32:00+00:00", "", "soon"])
CHOSEN = st.sampled_from(["s20200906-1831-x", "s20200906-1831-x-b", "s20200906-1831-x-a", "s-undated-x", "s-mine"])
NEW = st.lists(st.builds(row, SOURCES, CLAIMANTS, MOMENTS, st.just("") | CHOSEN), max_size=8)
OLD = st.lists(st.builds(row, SOURCES, CLAIMANTS, MOMENTS, CHOSEN), max_size=5)


@given(old=OLD, new=NEW)
def test_a_name_that_is_proposed_is_of_one_source_and_stays(old: list[Row], new: list[Row]) -> None:
    given = names(old, new)
    whole = [{**cells, "statement_id": name} for cells, name in zip(new, given, strict=True)]
    pattern = claims().field("statement_id").pattern
    of_moments: dict[tuple[str, str, str], str] = {}
    for cells, name in zip(new, given, strict=True):
        if cells["statement_id"]:
            assert name == cells["statement_id"]
            continue
        assert pattern is not None
        assert re.fullmatch(pattern, name)
        assert {each["source_id"] for each in (*old, *whole) if each["statement_id"] == name} == {cells["source_id"]}
        moment = cells["reported_from"][:16] if cells["reported_from"].startswith("2") else ""
        assert of_moments.setdefault((cells["source_id"], cells["claimant_id"], moment), name) == name
    # Stopped after the rows were written, some files still in the inbox: they get the names that they have.
    for at in range(len(new)):
        assert names([*old, *whole], new[at:]) == given[at:]


UNLIKE = st.sampled_from(["a", "b", "c"]), st.sampled_from(["x", "Y & Z", "z"])
"""Sources and claimants whose ids do not begin with one another's."""


@given(
    old=st.lists(st.builds(row, SOURCES, CLAIMANTS, MOMENTS, CHOSEN), min_size=1, max_size=5),
    ours=st.lists(st.builds(row, *UNLIKE, MOMENTS), max_size=4),
    theirs=st.lists(st.builds(row, *UNLIKE, MOMENTS), max_size=4),
)
def test_two_branches_give_no_name_to_two_sources(old: list[Row], ours: list[Row], theirs: list[Row]) -> None:
    """Neither sees what the other has named, and after both are merged a statement is still of one source."""
    given = [*zip(names(old, ours), ours, strict=True), *zip(names(old, theirs), theirs, strict=True)]
    of: dict[str, str] = {}
    for name, cells in given:
        assert of.setdefault(name, cells["source_id"]) == cells["source_id"]


@pytest.fixture
def descriptor(tmp_path: Path) -> Path:
    path = valid(tmp_path / "package")
    (path.parent / "inbox").mkdir()
    return path


def without_name(cells: Row, **more: str) -> Row:
    return {**cells, "statement_id": "", **more}


def drop(descriptor: Path, **files: Sequence[Row]) -> list[Path]:
    for name, rows in files.items():
        (descriptor.parent / "inbox" / f"{name}.csv").write_text(as_csv(rows), "utf-8")
    return inbox_files(descriptor.parent)


def test_two_sources_of_one_minute_in_the_inbox(descriptor: Path) -> None:
    live, own = without_name(TALKS), without_name(TALKS, source_id=OWN)
    paths = drop(descriptor, a=[live, own], b=[without_name(BLAME, claimant_id="ministry-northland")])
    assert check(descriptor) == []
    assert from_folder(descriptor, "here").problems == []
    planned = plan(descriptor, read_entries(descriptor.parent, paths))
    assert planned.problems == ()
    carry_out(descriptor, planned, paths)
    assert validate(descriptor) == []
    assert [each.cells["statement_id"] for each in planned.added] == [PLAIN, f"{PLAIN}-{OWN}", PLAIN]


def test_a_source_beside_another_in_the_package(descriptor: Path) -> None:
    paths = drop(descriptor, a=[without_name(TALKS)])
    carry_out(descriptor, plan(descriptor, read_entries(descriptor.parent, paths)), paths)
    before = {cells["claim_id"]: cells for cells in existing(descriptor)}
    paths = drop(descriptor, b=[without_name(TALKS, source_id=OWN)])
    assert check(descriptor) == []
    carry_out(descriptor, plan(descriptor, read_entries(descriptor.parent, paths)), paths)
    assert validate(descriptor) == []
    after = {cells["claim_id"]: cells for cells in existing(descriptor)}
    assert before.items() <= after.items()


def test_an_issue(descriptor: Path, tmp_path: Path) -> None:
    paths = drop(descriptor, a=[without_name(TALKS)])
    carry_out(descriptor, plan(descriptor, read_entries(descriptor.parent, paths)), paths)
    titles = {field.name: field.title for field in claims().fields}
    answers = without_name(TALKS, source_id="Statement of 6 September")
    del answers["statement_id"]
    assert all(f"label: {json.dumps(titles[column])}" in as_yaml() for column in answers)
    body = "\n\n".join(f"### {titles[column]}\n\n{cell}" for column, cell in answers.items())
    (tmp_path / "issue.json").write_text(json.dumps({"body": body}), "utf-8")
    entries = read_issue(descriptor, tmp_path / "issue.json")
    assert [each.cells["statement_id"] for each in entries.rows] == [f"{PLAIN}-{OWN}"]
    assert plan(descriptor, entries).problems == ()


def test_a_draft_without_a_name_gets_one(tmp_path: Path) -> None:
    edit = {"key": "20200906-gazette-cgxprxpo", "set": {"statement_id": PLAIN}}
    descriptor = build(tmp_path, [{"file": "data/claims.csv", **edit}])
    draft = drafted(descriptor, without_name(TALKS, source_id=OWN))
    assert draft.cells["statement_id"] == f"{PLAIN}-{OWN}"
    assert draft.planned.problems == ()
