"""Which discrepancies two versions do not share, and which of the pairs behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from claimtrack.contribute.diff.findings import FindingsDiff, compare_findings
from claimtrack.contribute.diff.rows import Changed, Row, TableDiff
from claimtrack.contribute.diff.sides import Side
from claimtrack.schema import TABLES, table_schema
from generated import WORLD, package_of

Cells = Mapping[str, str]
Tables = Mapping[str, Sequence[Cells]]


def compared(before: Tables, after: Tables, **ids: Cells) -> FindingsDiff:
    """The discrepancies of two versions, each the world of the generated packages with these tables.

    `ids`: by table what the old ids are now.
    """
    base, head = (
        Side(name, None, Path(), cast(Any, None), [], package_of({**WORLD, **tables}))
        for name, tables in (("old", before), ("new", after))
    )
    found = compare_findings(base, head, {name: apart(name, before, after) for name in TABLES}, ids)
    assert found is not None
    return found


def apart(name: str, before: Tables, after: Tables) -> TableDiff:
    """The rows of one table that are not the same."""
    was, now = (_by_key(name, {**WORLD, **tables}.get(name, ())) for tables in (before, after))
    changed = []
    for key in sorted(was.keys() & now.keys()):
        cells = {
            column: (was[key].cells.get(column, ""), now[key].cells.get(column, ""))
            for column in {**was[key].cells, **now[key].cells}
        }
        differing = {column: both for column, both in cells.items() if both[0] != both[1]}
        changed += [Changed(before=was[key], after=now[key], cells=differing)] if differing else []
    removed, added = ([one[key] for key in one.keys() - other.keys()] for one, other in ((was, now), (now, was)))
    return TableDiff(name, removed, changed, added)


def _by_key(name: str, rows: Sequence[Cells]) -> Mapping[str, Row]:
    keys = ("/".join(row.get(column, "") for column in table_schema(name).primary_key) for row in rows)
    return {key: Row(key=key, path=name, line=1, cells=row) for key, row in zip(keys, rows, strict=True)}


SAID = {"claimant_id": "ministry-a", "polarity": "asserts", "certainty": "stated", "source_id": "s"}
SAID |= {"reported_to": "2022-09-14T00:00:00+00:00"}
BLAME = SAID | {"kind": "attribution", "predicate": "initiated"}
INCIDENTS = [{"incident_id": name, "question": f"What of {name}?"} for name in ("raid", "siege")]


def blame(claim: str, incident: str, actor: str) -> Cells:
    return BLAME | {"claim_id": claim, "statement_id": claim, "incident_id": incident, "actor_id": actor}


def claims_of(pairs: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [sorted(pair["claims"]) for pair in pairs]


def test_pairs_of_a_claim_that_moves_to_another_incident_are_gone_from_one_and_new_in_the_other() -> None:
    claims = [
        blame(*of)
        for of in (
            *(("a1", "raid", "aland"), ("a2", "raid", "aland"), ("b2", "raid", "bland")),
            *(("a3", "siege", "aland"), ("b3", "siege", "bland")),
        )
    ]
    moved = [{**row, "incident_id": "siege"} if row["claim_id"] == "a1" else row for row in claims]
    found = compared({"incidents": INCIDENTS, "claims": claims}, {"incidents": INCIDENTS, "claims": moved})
    told = [(claims_of(pairs.introduced), claims_of(pairs.resolved)) for pairs in found.pairs.values()]
    assert sorted(told) == [([], [["a1", "b2"]]), ([["a1", "b3"]], [])]


def test_under_a_new_id_of_their_incident_or_place_findings_are_the_same() -> None:
    """Each has an id that is made of these. What else has changed is told, and nothing beside it."""
    toll = SAID | {"kind": "count", "predicate": "killed", "count_mode": "cumulative", "incident_id": "raid"}
    tolls = [
        toll | {"claim_id": name, "count_min": number, "count_max": number, "place_id": "here"}
        for name, number in (("t1", "3"), ("t2", "5"), ("t3", "8"))
    ]
    here = {"place_id": "here", "name": "Here", "kind": "settlement"}
    claims = [blame("a1", "raid", "aland"), blame("b1", "raid", "bland"), *tolls]
    before = {"incidents": INCIDENTS, "places": [here], "claims": claims[:-1]}
    new = {"raid": "the-raid", "here": "there"}
    after = {
        table: [{column: new.get(cell, cell) for column, cell in row.items()} for row in rows]
        for table, rows in {**before, "claims": claims}.items()
    }
    found = compared(before, after, incidents={"raid": "the-raid"}, places={"here": "there"})
    assert (found.introduced, found.resolved) == ([], [])
    assert [(was["id"] == now["id"], was["codes"], now["codes"]) for was, now in found.changed] == [
        (True, {"count-mismatch": 1}, {"count-mismatch": 3})
    ]


def test_pairs_of_claims_that_differ_are_told_where_what_changed_can_matter_to_any() -> None:
    """With the codebook all findings may change; who adds a claim still reads of its pairs, and of no others."""
    claims = [blame("a1", "raid", "aland"), blame("b1", "raid", "bland"), blame("b2", "raid", "bland")]
    book = [row | ({"exclusive": "false"} if row["predicate"] == "initiated" else {}) for row in WORLD["predicates"]]
    before, after = ({"incidents": INCIDENTS, "claims": some} for some in (claims[:-1], claims))
    found = compared(before, after | {"predicates": book})
    assert [claims_of(pairs.introduced) for pairs in found.pairs.values()] == [[["a1", "b2"]]]
    alone = compared(before, before | {"predicates": book})
    assert (len(alone.changed), alone.pairs) == (1, {})
