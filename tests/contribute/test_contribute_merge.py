"""The merge of three versions of a table: what each side did is in the result, or named as a conflict."""

from __future__ import annotations

import csv
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.contribute.canonical import canonical_bytes
from claimtrack.contribute.merge import Conflict, Merged, merged
from claimtrack.contribute.sheet import Row
from claimtrack.schema import table_schema
from examples import tried

RELAYS = table_schema("relays")
LINKS = table_schema("links")


def link(key: str, basis: str = "editor", note: str = "") -> Row:
    return {"claim_id": key, "relation": "denies", "other_id": "z", "basis": basis, "note": note}


def merge(base: Sequence[Row], ours: Sequence[Row], theirs: Sequence[Row]) -> Merged:
    return merged(LINKS, base, ours, theirs)


def text(*rows: Row) -> str:
    return canonical_bytes(LINKS, rows).decode()


A, B, C = link("a"), link("b"), link("c")
CLEAN = [
    ("nobody did anything", [A], [A], [A], [A]),
    ("one added", [], [A], [], [A]),
    ("both added", [A], [A, C], [B, A], [A, B, C]),
    ("both added the same", [], [A], [A], [A]),
    ("one deleted", [A, B], [A], [A, B], [A]),
    ("both deleted the same", [A, B], [A], [A], [A]),
    ("both deleted", [A, B], [A], [B], []),
    ("one edited", [A], [link("a", note="x")], [A], [link("a", note="x")]),
    ("different cells", [A], [link("a", "claimant")], [link("a", note="x")], [link("a", "claimant", "x")]),
    ("the same edit", [A], [link("a", note="x")], [link("a", note="x")], [link("a", note="x")]),
    ("edits that share a cell", [A], [link("a", "", "x")], [link("a", note="x")], [link("a", "", "x")]),
    ("edited and another deleted", [A, B], [link("a", note="x"), B], [A], [link("a", note="x")]),
    ("rows without a key", [link("")], [link(""), link("", note="x")], [link("", note="y")],
     [link("", note="x"), link("", note="y")]),
    ("rows that were there twice", [A, A], [A, A], [A], [A]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"), [case[1:] for case in CLEAN], ids=[c[0] for c in CLEAN]
)
def test_what_merges(base: list[Row], ours: list[Row], theirs: list[Row], expected: list[Row]) -> None:
    assert merge(base, ours, theirs) == Merged(text(*expected), [])
    assert merge(base, theirs, ours) == Merged(text(*expected), [])


X, Y = link("b", note="x"), link("b", note="y")
KEY = "b/denies/z"
CONFLICTS = [
    ("one cell twice", [B], [X], [Y], [X], [Y], Conflict(key=KEY, column="note", base="", ours="x", theirs="y")),
    ("added twice", [], [X], [Y], [X], [Y], Conflict(key=KEY, column="note", base=None, ours="x", theirs="y")),
    ("deleted and edited", [B], [], [Y], [], [Y],
     Conflict(key=KEY, base="1 of that key", ours="deleted", theirs="changed to note 'y'")),
    ("edited and deleted", [B], [X], [], [X], [],
     Conflict(key=KEY, base="1 of that key", ours="changed to note 'x'", theirs="deleted")),
    ("a repeated key", [B], [X, Y], [X], [X, Y], [X],
     Conflict(key=KEY, base="1 of that key", ours="2 of that key", theirs="changed to note 'x'")),
    ("a repeated key added", [], [X, Y], [X], [X, Y], [X],
     Conflict(key=KEY, base=None, ours="2 of that key", theirs="1 of that key")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "left", "right", "conflict"),
    [case[1:] for case in CONFLICTS],
    ids=[c[0] for c in CONFLICTS],
)
def test_what_conflicts(
    base: list[Row], ours: list[Row], theirs: list[Row], left: list[Row], right: list[Row], conflict: Conflict
) -> None:
    result = merge([A, *base], [A, *ours, C], [A, *theirs])
    assert result.conflicts == [conflict]
    mine, its, last = (text(*rows).partition("\n")[2] for rows in (left, right, [C]))
    assert result.text == f"{text(A)}<<<<<<< ours\n{mine}=======\n{its}>>>>>>> theirs\n{last}"


def test_cells_that_do_not_conflict_are_merged_on_both_sides_of_one_that_does() -> None:
    base = {"claim_id": "a", "hop": "1", "relayer_id": "x"}
    assert merged(RELAYS, [base], [{**base, "relayer_id": "y"}], [{**base, "relayer_id": "z"}]).conflicts
    result = merge([A], [link("a", "claimant", "x")], [link("a", note="y")])
    assert result.conflicts == [Conflict(key="a/denies/z", column="note", base="", ours="x", theirs="y")]
    assert "a,denies,z,claimant,x\n=======\na,denies,z,claimant,y\n" in result.text


def test_where_the_base_had_a_conflict_the_sides_have_to_agree() -> None:
    unsettled = ["b/denies/z"]
    assert merged(LINKS, [X, Y], [X], [X], unsettled=unsettled).conflicts == []
    assert merged(LINKS, [X], [], [], unsettled=unsettled) == Merged(text(), [])
    [told] = merged(LINKS, [X], [X], [], unsettled=unsettled).conflicts
    assert (told.base, told.ours, told.theirs) == (None, "as it was", "deleted")
    [told] = merged(LINKS, [X], [X], [Y], unsettled=unsettled).conflicts
    assert (told.base, told.column) == (None, "note")


cells = st.sampled_from(["", "x", "y"])
some_rows = st.lists(
    st.fixed_dictionaries({
        "claim_id": st.sampled_from("abc"), "relation": st.just("denies"), "other_id": st.sampled_from("yz"),
        "basis": cells, "note": cells,
    }),
    max_size=6,
    unique_by=lambda row: (row["claim_id"], row["other_id"]),
)  # fmt: skip


@tried(80)
@given(base=some_rows, ours=some_rows)
def test_a_side_that_did_nothing_changes_nothing(base: list[Row], ours: list[Row]) -> None:
    expected = Merged(text(*ours), [])
    assert merge(base, ours, base) == merge(base, base, ours) == merge(base, ours, ours) == expected


@tried(80)
@given(base=some_rows, ours=some_rows, theirs=some_rows)
def test_the_sides_may_be_exchanged(base: list[Row], ours: list[Row], theirs: list[Row]) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    turned = [
        Conflict(key=told.key, column=told.column, base=told.base, ours=told.theirs, theirs=told.ours)
        for told in other.conflicts
    ]
    assert one.conflicts == turned
    assert sorted(one.text.splitlines()) == sorted(other.text.splitlines())
    assert bool(one.conflicts) == ("<<<<<<<" in one.text)
    if not one.conflicts:
        assert one.text == other.text


@tried(80)
@given(base=some_rows, ours=some_rows, theirs=some_rows)
def test_additions_that_are_apart_are_united(base: list[Row], ours: list[Row], theirs: list[Row]) -> None:
    def key(row: Row) -> tuple[str, str]:
        return row["claim_id"], row["other_id"]

    old = {key(row) for row in base}
    added = [row for row in ours if key(row) not in old]
    others = [row for row in theirs if key(row) not in old | {key(row) for row in added}]
    assert merge(base, base + added, base + others) == Merged(text(*base, *added, *others), [])


@tried(80)
@given(base=some_rows, ours=some_rows, theirs=some_rows)
def test_every_cell_that_one_side_changed_is_in_the_result(base: list[Row], ours: list[Row], theirs: list[Row]) -> None:
    def key(row: Row) -> tuple[str, str]:
        return row["claim_id"], row["other_id"]

    lines = [line for line in merge(base, ours, theirs).text.splitlines() if line[0] not in "<=>"]
    found = list(csv.DictReader(lines))
    for side in (ours, theirs):
        for row in side:
            before = next((old for old in base if key(old) == key(row)), {})
            for column, cell in row.items():
                if cell != before.get(column):
                    assert any(key(one) == key(row) and one[column] == cell for one in found)
