"""What holds of every package: the order of rows does not matter, time only adds, filters and links only take away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.discrepancy import CODES, STRENGTHS, Findings, compute
from claimtrack.package import Package
from examples import tried
from generated import THEMES, WORLD, Row, drawn, package_of

Tables = dict[str, list[Row]]
TABLES = st.sampled_from(sorted(THEMES)).flatmap(drawn)
few = tried(20)


def made(tables: Tables) -> Package:
    return package_of({**WORLD, **tables})


def answers(package: Package) -> str:
    findings = compute(package)
    return json.dumps([list(findings.pairs()), findings.condensed(), findings.not_comparable(), findings.unlinked()])


def ids(findings: Findings) -> list[tuple[str, ...]]:
    return [(pair["id"], pair["code"], pair["strength"]) for pair in findings.pairs()]


@few
@given(tables=TABLES, data=st.data())
def test_the_order_of_rows_does_not_matter(tables: Tables, data: st.DataObject) -> None:
    shuffled = {name: data.draw(st.permutations(rows)) for name, rows in tables.items()}
    assert answers(made(shuffled)) == answers(made(tables))


@few
@given(tables=TABLES, data=st.data())
def test_the_order_of_what_is_repeated_does_not_matter(tables: Tables, data: st.DataObject) -> None:
    first, *others = tables["claims"]
    stated = [in_zone(one, 3 + number % 2) for number, one in enumerate(others)]
    tables["claims"] = [first | ({"zone_basis": "assumed"} if "zone_basis" in first else {}), *stated]
    links = [{"claim_id": first["claim_id"], "relation": "repeats", "other_id": one["claim_id"]} for one in others]
    shuffled = data.draw(st.permutations(links))
    assert answers(made(tables | {"links": shuffled})) == answers(made(tables | {"links": links}))


def in_zone(claim: Row, hours: int) -> Row:
    """The claim with its times of the same moments, and in that zone by what it says."""
    zone = timezone(timedelta(hours=hours))
    times = {
        column: datetime.fromisoformat(claim[column]).astimezone(zone).isoformat()
        for column in ("valid_from", "valid_to")
        if claim.get(column)
    }
    return claim | times | ({"zone_basis": "stated"} if times else {})


@few
@given(tables=TABLES, data=st.data())
def test_as_of_a_moment_only_what_was_reported_by_then_is_compared(tables: Tables, data: st.DataObject) -> None:
    package = made(tables)
    reported = package.claims.set_index("claim_id")["reported_to"]
    moments = sorted(reported.dropna())
    if not moments:
        return
    sooner, later = sorted([data.draw(st.sampled_from(moments)), data.draw(st.sampled_from(moments))])
    before, after = compute(package, as_of=sooner), compute(package, as_of=later)
    assert not (before.computed.facts.counts & ~after.computed.facts.counts).any()
    for pair in before.pairs():
        assert not any(reported[claim] > sooner for claim in pair["claims"])


@few
@given(tables=TABLES, data=st.data())
def test_filters_keep_a_part_in_the_same_order(tables: Tables, data: st.DataObject) -> None:
    package = made(tables)
    everything = ids(compute(package))
    choices: dict[str, list[str]] = {
        "code": [code for codes in CODES.values() for code in codes],
        "claim": list(package.claims["claim_id"]),
        "incident": list(package.incidents["incident_id"]),
        "strength": list(STRENGTHS),
    }
    asked: dict[str, Any] = {
        option: data.draw(st.lists(st.sampled_from(values), max_size=3)) for option, values in choices.items()
    }
    kept = ids(compute(package, **asked))
    assert [pair for pair in everything if pair in kept] == kept
    if not any(asked.values()):
        assert kept == everything


@few
@given(tables=TABLES)
def test_compatible_hides_exactly_this_pair(tables: Tables) -> None:
    tables["links"] = [link for link in tables["links"] if link["relation"] != "compatible"]
    before = compute(made(tables))
    pairs = list(before.pairs())
    if not pairs:
        return
    one, other = sorted(pairs[0]["claims"])
    linked = [link for link in tables["links"] if {link["claim_id"], link["other_id"]} != {one, other}]
    if linked != tables["links"]:
        return
    tables["links"] = [*linked, {"claim_id": one, "relation": "compatible", "other_id": other}]
    after = compute(made(tables))
    hidden = [pair["id"] for pair in pairs if set(pair["claims"]) == {one, other}]
    assert [pair["id"] for pair in after.suppressed()] == hidden
    assert [pair["id"] for pair in after.pairs()] == [pair["id"] for pair in pairs if pair["id"] not in hidden]


def rank(finding: Mapping[str, Any]) -> int:
    return STRENGTHS.index(finding["strength"])


@few
@given(tables=TABLES)
def test_condensed_and_pairs_come_from_one_definition(tables: Tables) -> None:
    findings = compute(made(tables))
    pairs = list(findings.pairs())
    rows = findings.condensed()
    assert {pair["family"] for pair in pairs} == {row["family"] for row in rows}
    assert {code for row in rows for code in row["codes"]} == {pair["code"] for pair in pairs}
    assert {row["strength"] for row in rows} <= {pair["strength"] for pair in pairs}
    assert min(map(rank, rows), default=None) == min(map(rank, pairs), default=None)
    claims = {claim for pair in pairs for claim in pair["claims"]}
    assert {claim for row in rows for claim in row["claims"]} <= claims
    assert [row["strength"] for row in rows] == sorted((row["strength"] for row in rows), key=STRENGTHS.index)
