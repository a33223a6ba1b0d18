"""The condensed answer is the one that the whole table of pairs gives, in however small slices it is worked out."""

from __future__ import annotations

import json
from collections import Counter
from unittest.mock import patch

import pytest
from build import case, counts
from hypothesis import given
from hypothesis import strategies as st
from oracle_condensed import condensed

from claimtrack.discrepancy import Tally, compute, pairs
from claimtrack.discrepancy.families import runs
from examples import tried
from generated import THEMES, WORLD, Row, drawn, package_of

IN_TURN = {"attribution", "answer"}
TABLES = st.sampled_from(sorted(THEMES)).flatmap(drawn)


@tried(25)
@given(tables=TABLES, size=st.sampled_from((1, 2, pairs.SLICE)), least=st.sampled_from((1, 2, runs.LEAST)))
def test_it_is_what_the_pairs_give_one_by_one(tables: dict[str, list[Row]], size: int, least: int) -> None:
    package = package_of(WORLD | tables)
    whole = compute(package)
    expected = json.dumps([condensed(whole.computed), list(whole.pairs())])
    with patch.object(pairs, "SLICE", size), patch.object(runs, "LEAST", least):
        findings = compute(package)
        assert json.dumps([findings.condensed(), list(findings.pairs())]) == expected


@tried(25)
@given(tables=TABLES, size=st.sampled_from((1, 2, pairs.SLICE)))
def test_pairs_of_one_incident_come_in_several_lists_that_are_no_longer_than_asked(
    tables: dict[str, list[Row]], size: int
) -> None:
    package = package_of(WORLD | tables)
    expected = sorted(json.dumps(pair) for pair in compute(package).pairs())
    with patch.object(pairs, "SLICE", size):
        findings, tally = compute(package), Tally()
        lists = [list(found) for found in findings.runs_of_pairs(tally)]
        cut = [len(part.pairs) for part in findings.computed.slices() if set(part.pairs["family"]) <= IN_TURN]
    assert sorted(json.dumps(pair) for found in lists for pair in found) == expected
    assert findings.of_tally(tally) == compute(package).stats
    assert all(number < size + len(package.claims) for number in cut)


TRUCE = {
    "claim_id": "truce",
    "kind": "ceasefire",
    "predicate": "in_force",
    "polarity": "asserts",
    "certainty": "stated",
    "claimant_id": "army-b",
    "source_id": "live",
    "statement_id": "s1",
    "place_id": "level-0",
    "valid_mode": "since",
    "valid_from": "2022-09-13T09:00:00+04:00",
    "reported_to": "2022-09-13T12:00:00+04:00",
    "text": "X says that it began.",
}
STRIKE = TRUCE | {
    "claim_id": "strike",
    "kind": "hostilities",
    "predicate": "strike",
    "claimant_id": "ministry-a",
    "statement_id": "s2",
    "place_id": "level-11",
    "valid_mode": "at",
    "valid_from": "2022-09-13T13:00:00+04:00",
    "valid_to": "2022-09-13T13:00:00+04:00",
    "text": "Y says that it was hit.",
}
MOST = str(2**53 - 1)
TOLL = {
    "kind": "count",
    "predicate": "killed",
    "polarity": "asserts",
    "certainty": "stated",
    "source_id": "live",
    "count_mode": "cumulative",
    "valid_to": "2022-09-13T10:00:00+04:00",
    "text": "Z says how many.",
}
DEEP = [{"place_id": f"level-{level}", "kind": "area", "part_of": f"level-{level - 1}"} for level in range(1, 12)]
LEVELS = {"places": [{"place_id": "level-0", "kind": "area"}, *DEEP]}
SHAPES: dict[str, tuple[dict[str, list[Row]], int]] = {
    "no claim": ({}, 0),
    "one claim": (LEVELS | {"claims": [TRUCE]}, 0),
    "twelve levels": (LEVELS | {"claims": [TRUCE, STRIKE]}, 1),
    "open on both sides": (LEVELS | {"claims": [TRUCE | {"valid_mode": "until", "valid_from": ""}, STRIKE]}, 0),
    "counts at their maximum": (
        {
            "claims": [
                TOLL | {"claim_id": "none", "claimant_id": "army-b", "count_min": "0", "count_max": "0"},
                TOLL | {"claim_id": "most", "claimant_id": "ministry-a", "count_min": MOST, "count_max": MOST},
            ]
        },
        1,
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_awkward_packages_are_condensed_as_their_pairs_say(shape: str) -> None:
    tables, rows = SHAPES[shape]
    findings = compute(package_of(WORLD | tables))
    assert len(findings.condensed()) == rows
    assert json.dumps(findings.condensed()) == json.dumps(condensed(findings.computed))


def test_findings_of_several_pairs_are_told_apart_whatever_the_slices() -> None:
    additions = [
        counts("killed", figure, when, incident_id=incident, **mode)
        for incident in ("war", "battle")
        for figure, when, mode in (
            ("40", "as of 10:00", {}),
            ("49", "as of 16:00", {}),
            ("5", "from 10:00 as of 16:00", {"count_mode": "increment"}),
        )
    ]
    with patch.object(pairs, "SLICE", 1):
        told = list(compute(case(*additions).package()).pairs())
    assert [pair["code"] for pair in told] == ["count-delta"] * 4
    assert sorted(Counter(pair["finding_id"] for pair in told).values()) == [2, 2]
