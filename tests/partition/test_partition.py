"""Claims are cut into partitions that cannot meet, and the answer of the slices is that of the whole."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.discrepancy import Findings, compute, find_in
from claimtrack.package import Package
from claimtrack.partition import Held, Sliced, cut
from claimtrack.partition.assign import components, partitions
from claimtrack.partition.guests import Part, Share
from claimtrack.partition.slices import slices
from claimtrack.scopes import Ints
from examples import tried
from generated import THEMES, WORLD, drawn, package_of, rows

FEW = tried(6)


def sliced(package: Package, most: int = 1, **asked: tuple[str, ...]) -> Sliced:
    whole = cut(package, selection=asked, most=most)
    return Sliced(Held(whole), asked)


@pytest.mark.parametrize("theme", THEMES)
@FEW
@given(data=st.data())
def test_the_answer_of_the_slices_is_that_of_the_whole(theme: str, data: st.DataObject) -> None:
    package = package_of(WORLD | data.draw(drawn(theme)))
    whole, parts = compute(package), sliced(package)
    assert parts.condensed() == whole.condensed()
    assert parts.stats == whole.stats
    assert list(parts.pairs()) == list(whole.pairs())
    parts.close()


@FEW
@given(data=st.data())
def test_filters_reach_into_the_cut(data: st.DataObject) -> None:
    package = package_of(WORLD | data.draw(drawn(data.draw(st.sampled_from(list(THEMES))))))
    ids = {"incident": package.incidents["incident_id"], "claim": package.claims["claim_id"]}
    asked = {
        name: tuple(data.draw(st.lists(st.sampled_from(list(of)), max_size=2))) for name, of in ids.items() if len(of)
    }
    whole, parts = compute(package, **asked), sliced(package, **asked)
    assert list(parts.pairs()) == list(whole.pairs())
    assert parts.stats == whole.stats
    parts.close()


@FEW
@given(data=st.data(), shares=st.integers(2, 4))
def test_shares_of_a_slice_tell_all_of_it_once(data: st.DataObject, shares: int) -> None:
    package = package_of(WORLD | data.draw(drawn(data.draw(st.sampled_from(list(THEMES))))))
    whole = cut(package)
    held = Held(whole)
    for number in range(whole.number):
        claims, part = whole.of(number)
        incident = pd.factorize(held.rows(claims).claims["incident_id"])[0].astype(np.int64)
        parts = [replace(part, share=Share(share, shares, incident), _met=[]) for share in range(shares)]

        def found(part: Part, claims: Ints = claims) -> Findings:
            return find_in(held.rows(claims), held.clocks(claims), {}, part.keeps, part.at_issue)

        told = [json.dumps(one) for part in parts for one in found(part).pairs()]
        assert sorted(told) == sorted(json.dumps(one) for one in found(part).pairs())
        assert sum(one.stats["pairs"] for one in map(found, parts)) == len(told)
        assert set().union(*(part.met.tolist() for part in parts)) == set(part.met.tolist())


def test_a_share_looks_only_at_what_speaks_against_its_own_claims() -> None:
    times = {"valid_from": "2022-09-13T10:00:00Z", "valid_to": "2022-09-13T11:00:00Z", "valid_mode": "throughout"}
    said = times | {"polarity": "asserts", "certainty": "stated", "zone_basis": "stated"}
    claims = [claim(number, what, "a", **said) for number, what in enumerate(["in_force"] * 4 + ["strike"] * 3)]
    package = package_of({"places": PLACES, "predicates": PREDICATES, "claims": claims})
    whole = cut(package)
    nowhere = np.full(len(claims), -1)
    part = replace(whole.of(0)[1], share=Share(1, 2, nowhere))
    tables = find_in(package, whole.clocks, {}, part.keeps, part.at_issue).computed.slices()
    looked_at = {
        (left, right) for found in tables for left, right in found.pairs[["left", "right"]].to_numpy().tolist()
    }
    assert looked_at == {(left, right) for left in (1, 3) for right in (4, 5, 6)}


def test_what_speaks_against_a_guest_is_told_whatever_slice_it_is_in() -> None:
    """A ceasefire without a place is at issue in one more slice, to which those that met it are taken."""
    times = {"valid_from": "2022-09-13T10:00:00Z", "valid_to": "2022-09-13T11:00:00Z", "valid_mode": "throughout"}
    said = times | {"polarity": "asserts", "certainty": "stated", "zone_basis": "stated"}
    spoken = (("in_force", "", ""), ("strike", "a", "at-a"), ("strike", "c", "at-c"))
    claims = [claim(at, *words, statement_id=f"s{at}", **said) for at, words in enumerate(spoken)]
    incidents = rows("incident_id place_id", "at-a a", "at-c c")
    package = package_of({"places": PLACES, "predicates": PREDICATES, "incidents": incidents, "claims": claims})
    parts = sliced(package)
    assert parts.slices.cut.number > 1
    told = list(parts.pairs())
    assert [pair["claims"] for pair in told] == [["c0", "c1"], ["c0", "c2"]]
    assert told == list(compute(package).pairs())
    parts.close()


PLACES = rows("place_id part_of also_within", "a - -", "a-1 a -", "b - -", "b-1 b -", "c - -", "both - a|b")
PREDICATES = rows(
    "kind predicate state value",
    "hostilities strike hostilities present",
    "ceasefire in_force hostilities absent",
    "count killed - -",
    "count will_rise - -",
    "diplomacy visited - -",
)
INCIDENTS = rows("incident_id place_id", "at-a a", "nowhere -")


def claim(number: int, what: str, place: str = "", incident: str = "", **cells: str) -> dict[str, str]:
    kind = next(row["kind"] for row in PREDICATES if row["predicate"] == what)
    row = {"claim_id": f"c{number}", "kind": kind, "predicate": what, "place_id": place, "incident_id": incident}
    return row | {"claimant_id": "x", **cells}


CASES = [
    ("a place and what lies in it", [("strike", "a"), ("strike", "a-1"), ("strike", "b")], [], "001"),
    ("a place within two", [("strike", "a-1"), ("strike", "b-1"), ("strike", "c")], [], "001"),
    (
        "an incident joins its claims",
        [("strike", "c", "at-a"), ("strike", "a", "at-a"), ("strike", "b")],
        [],
        "001",
    ),
    ("a claim without a place has that of its incident", [("strike", "", "at-a"), ("strike", "a-1")], [], "00"),
    (
        "an incident without a place",
        [("visited", "", "nowhere"), ("visited", "a"), ("visited", "", "nowhere")],
        [],
        "010",
    ),
    ("neither place nor incident", [("visited",), ("visited", "a"), ("visited",)], [], "010"),
    ("a state without a place is a guest everywhere", [("in_force",), ("strike", "a"), ("strike", "c")], [], "012"),
    ("a zone is taken over", [("strike", "c"), ("strike", "a")], [("c0", "repeats", "c1")], "00"),
    ("a part", [("killed", "c"), ("killed", "a")], [("c0", "part_of", "c1")], "00"),
    ("other links do not join", [("killed", "c"), ("killed", "a")], [("c0", "updates", "c1")], "01"),
    ("a toll that will rise, of no incident", [("will_rise", "c"), ("killed", "a"), ("killed", "b")], [], "000"),
    ("a toll that will rise, of one", [("will_rise", "c", "nowhere"), ("killed", "a")], [], "01"),
]


@pytest.mark.parametrize(("claims", "links", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_can_meet(claims: list[tuple[str, ...]], links: list[tuple[str, str, str]], expected: str) -> None:
    places = [
        row for row in PLACES if row["place_id"] != "both" or "b-1" in {claim[1] for claim in claims if claim[1:]}
    ]
    package = package_of(
        {
            "places": places,
            "predicates": PREDICATES,
            "incidents": INCIDENTS,
            "claims": [claim(number, *cells) for number, cells in enumerate(claims)],
            "links": [dict(zip(("claim_id", "relation", "other_id"), link, strict=True)) for link in links],
        }
    )
    assert "".join(map(str, partitions(package))) == expected


@given(
    st.integers(1, 12).flatmap(
        lambda size: st.tuples(st.just(size), st.lists(st.tuples(*[st.integers(0, size - 1)] * 2)))
    )
)
def test_components(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    size, edges = drawn
    sets = [{node} for node in range(size)]
    for a, b in edges:
        joined = sets[a] | sets[b]
        for node in joined:
            sets[node] = joined
    left, right = (
        (np.array(side, dtype=np.int64) for side in zip(*edges, strict=True)) if edges else [np.zeros(0, int)] * 2
    )
    assert components(size, left, right).tolist() == [min(one) for one in sets]


def test_slices_hold_whole_partitions() -> None:
    assert slices(np.array([0, 0, 1, 2, 2, 2, 3, 0]), 4).tolist() == [0, 0, 0, 1, 1, 1, 1, 0]
    assert slices(np.array([0, 1, 1, 1, 2]), 2).tolist() == [0, 1, 1, 1, 2]
