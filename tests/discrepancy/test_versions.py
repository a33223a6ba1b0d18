"""What a change can matter to: computing only that gives the difference of two whole computations."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.discrepancy import compute
from claimtrack.discrepancy.near.surroundings import Surroundings
from claimtrack.discrepancy.reported import reported
from claimtrack.discrepancy.versions import told_around
from claimtrack.package import Package
from examples import tried
from generated import THEMES, WORLD, Row, drawn, package_of

Tables = dict[str, list[Row]]
LATE = "2022-12-01T12:00:00+00:00"
MOST = 8
"""Claims of one package: enough that some are not near the others."""


def findings_around(versions: list[Package], changed: set[str], *, anywhere: bool = False) -> list[list[Any]]:
    return [each.findings for each in told_around(versions, changed, anywhere=anywhere)]


def made(tables: Tables) -> Package:
    return package_of({**WORLD, **tables})


def merged(*parts: Tables) -> Tables:
    """Packages of several themes in one; each keeps its claims, under ids of its own."""
    found: Tables = {}
    for number, part in enumerate(parts):
        names = {row["claim_id"]: f"{row['claim_id']}{number}" for row in part.get("claims", ())}
        for table, rows in part.items():
            known = {row["incident_id"] for row in found.get(table, ())} if table == "incidents" else set()
            found.setdefault(table, []).extend(
                {column: names.get(cell, cell) if column in ("claim_id", "other_id") else cell
                 for column, cell in row.items()}
                for row in rows
                if row.get("incident_id") not in known
            )  # fmt: skip
    return found


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[Tables, Tables]:
    """A package, and the same after some claims went, others changed a cell, and links came or went."""
    themes = draw(st.lists(st.sampled_from(sorted(THEMES)), min_size=1, max_size=3))
    tables = merged(*(draw(drawn(theme, MOST)) for theme in themes))
    # An undated claim brings its whole source, of which there are few: mostly there is none.
    late = {} if draw(st.integers(0, 3)) == 0 else {"reported_from": LATE, "reported_to": LATE}
    claims = [{**late, **{column: cell for column, cell in row.items() if cell}} for row in tables["claims"]]
    before, after = [], []
    for row in claims:
        fate = draw(st.sampled_from((*["same"] * 6, "gone", "new", "changed")))
        other = draw(st.sampled_from(claims))
        column = draw(st.sampled_from([name for name in other if name != "claim_id"]))
        before += [row] if fate != "new" else []
        after += {"gone": [], "changed": [{**row, column: other[column]}]}.get(fate, [row])
    links = tables.get("links", [])
    kept = [draw(st.booleans()) or draw(st.booleans()) for _ in links]
    return (
        {**tables, "claims": before, "links": among(before, links)},
        {
            **tables,
            "claims": after,
            "links": among(after, [link for link, keep in zip(links, kept, strict=True) if keep]),
        },
    )


def among(claims: list[Row], links: list[Row]) -> list[Row]:
    ids = {row["claim_id"] for row in claims}
    return [link for link in links if {link["claim_id"], link["other_id"]} <= ids]


def differing(one: Tables, other: Tables) -> set[str]:
    """The claims that are not the same, or not joined to the same."""
    ids = set()
    for table, ends in (("claims", ("claim_id",)), ("links", ("claim_id", "other_id"))):
        left, right = ([tuple(sorted(row.items())) for row in tables.get(table, ())] for tables in (one, other))
        ids |= {dict(row)[end] for row in set(left) ^ set(right) for end in ends}
    sources = {row["source_id"] for rows in (one, other) for row in rows["claims"] if row["claim_id"] in ids}
    undated = [row for rows in (one, other) for row in rows["claims"] if not row.get("reported_to")]
    return ids | {row["claim_id"] for row in undated if row["source_id"] in sources}


def difference(was: list[Any], now: list[Any]) -> list[Any]:
    before, after = ({finding["id"]: finding for finding in side} for side in (was, now))
    return sorted(
        (identity, before.get(identity), after.get(identity))
        for identity in before.keys() | after.keys()
        if before.get(identity) != after.get(identity)
    )


@tried(16)
@given(two_versions())
def test_it_is_the_difference_of_two_whole_computations(versions: tuple[Tables, Tables]) -> None:
    packages = [made(tables) for tables in versions]
    whole = [compute(package).condensed() for package in packages]
    changed = differing(*versions)
    near = told_around(packages, changed)
    assert difference(*(each.findings for each in near)) == difference(*whole)
    pairs = [
        [pair for pair in compute(package).pairs() if changed.intersection(pair["claims"])] for package in packages
    ]
    assert difference(*(touching(changed, each.pairs) for each in near)) == difference(*pairs)


def touching(changed: set[str], pairs: list[Any] | None) -> list[Any]:
    return [pair for pair in pairs or () if changed.intersection(pair["claims"])]


def test_nothing_known_of_the_change_is_everything() -> None:
    package = made({"claims": []})
    assert findings_around([package, package], set(), anywhere=True) == [[], []]


@pytest.fixture
def two_wars() -> Package:
    """Strikes and ceasefires at two places far from each other, a year apart."""
    claims = []
    for number, (place, year) in enumerate((("sotk", 2021), ("baku", 2022))):
        for at, predicate in enumerate(("in_force", "strike")):
            kind = "ceasefire" if predicate == "in_force" else "hostilities"
            times = {"valid_from": f"{year}-09-13T0{at}:00:00+00:00", "valid_to": f"{year}-09-13T09:00:00+00:00"}
            claims.append(
                {"claim_id": f"{predicate}-{number}", "kind": kind, "predicate": predicate, "polarity": "asserts",
                 "claimant_id": "ministry-a", "certainty": "stated", "source_id": "s", "place_id": place,
                 "place_relation": "in", "valid_mode": "throughout", "zone_basis": "stated",
                 "reported_to": f"{year}-09-14T00:00:00+00:00", **times}
            )  # fmt: skip
    places = [{"place_id": place, "name": place, "kind": "settlement"} for place in ("sotk", "baku")]
    return package_of({**WORLD, "places": places, "claims": claims})


def test_what_is_far_from_the_change_is_left_out(two_wars: Package) -> None:
    ids, near = two_wars.claims["claim_id"], Surroundings(two_wars)
    assert set(ids[near.of({"strike-0"})]) == {"strike-0", "in_force-0"}
    assert set(ids[near.of({"nobody"})]) == set()


CELLS = {"claimant_id": "ministry-a", "certainty": "stated", "source_id": "s", "polarity": "asserts"}
CELLS |= {"place_id": "sotk"}
CELLS |= {"reported_to": "2022-09-14T00:00:00+00:00", "valid_mode": "throughout", "zone_basis": "stated"}
CELLS |= {"valid_from": "2022-09-13T00:00:00+00:00", "valid_to": "2022-09-13T09:00:00+00:00"}
TRUCE = CELLS | {"claim_id": "truce", "kind": "ceasefire", "predicate": "in_force"}
STRIKE = CELLS | {"claim_id": "strike", "kind": "hostilities", "predicate": "strike"}
SAID = CELLS | {"kind": "other", "predicate": "statement"}
REGIONS = (("area", ""), ("line", "area"), ("east", "area"))
SOTK = {"places": [{"place_id": "sotk", "name": "Sotk", "kind": "settlement"}]}


def test_retractions_are_followed_from_one_to_the_next() -> None:
    """Whether the strike counts hangs on the far end of a chain of retractions."""
    claims = [TRUCE, STRIKE, *(SAID | {"claim_id": f"r{number}"} for number in range(5))]
    chain = ["strike", *(f"r{number}" for number in range(5))]
    links = [{"claim_id": of, "relation": "retracts", "other_id": it} for it, of in pairwise(chain)]
    versions = [made({**SOTK, "claims": claims, "links": links[:size]}) for size in (4, 5)]
    found = findings_around(versions, {"r3", "r4"})
    assert found == [compute(package).condensed() for package in versions]
    assert [len(findings) for findings in found] == [1, 0]


def test_a_claim_that_repeats_another_moves_with_its_zone() -> None:
    """Only the repeated claim changes, and it is the one that repeats it which then falls into the ceasefire."""
    times = {"valid_from": "2022-09-13T10:00:00+00:00", "valid_to": "2022-09-13T10:00:00+00:00", "valid_mode": "at"}
    links = [{"claim_id": "strike", "relation": "repeats", "other_id": "first"}]
    claims = [TRUCE, STRIKE | times | {"zone_basis": "assumed"}]
    firsts = [SAID | {"claim_id": "first", "valid_from": f"2022-09-13T10:00:00{offset}"} for offset in ("Z", "+04:00")]
    versions = [made({**SOTK, "claims": [*claims, first], "links": links}) for first in firsts]
    found = findings_around(versions, {"first"})
    assert found == [compute(package).condensed() for package in versions]
    assert [len(findings) for findings in found] == [0, 1]


def test_two_regions_still_share_a_town_that_no_claim_names() -> None:
    """Their figures are no parts that lie apart, and a total that is below both is no discrepancy."""
    places = [{"place_id": each, "name": each, "kind": "region", "part_of": of} for each, of in REGIONS]
    places += [{"place_id": "town", "name": "town", "kind": "settlement", "part_of": "east", "also_within": "line"}]
    said = CELLS | {"kind": "count", "predicate": "killed", "count_mode": "cumulative", "valid_from": ""}
    figures = [("all", "area", "7"), ("here", "line", "5"), ("there", "east", "5")]
    claims = [
        said | {"claim_id": name, "place_id": place, "count_min": number, "count_max": number}
        for name, place, number in figures
    ]
    links = [{"claim_id": part, "relation": "part_of", "other_id": "all"} for part in ("here", "there")]
    whole = made({"places": places, "claims": claims, "links": links})
    assert findings_around([whole], {"here"}) == [compute(whole).condensed()] == [[]]


def test_a_package_as_it_stood_is_restricted_too() -> None:
    links = [{"claim_id": "r0", "relation": "retracts", "other_id": "strike"}]
    links += [{"claim_id": "r0", "relation": "compatible", "other_id": "truce"}]
    whole = made({**SOTK, "claims": [TRUCE, STRIKE, SAID | {"claim_id": "r0"}], "links": links})
    chosen = np.flatnonzero(whole.claims["claim_id"].isin(["truce", "r0"]))
    kept = Surroundings(reported(whole, None, False).package).part(chosen)
    assert [list(kept.claims["claim_id"]), list(kept.links["relation"])] == [["truce", "r0"], ["compatible"]]


def test_the_time_of_a_report_does_not_tell_which_of_two_states_is_at_issue() -> None:
    """Put right, it would make one finding go and another one come."""
    said = CELLS | {"kind": "other"}
    claims = [said | {"claim_id": name, "predicate": name} for name in ("alert_on", "alert_off")]
    late = {"reported_to": "2022-09-15T00:00:00+00:00"}
    reports = ((late, {}), ({}, late))
    versions = [made({**SOTK, "claims": [claims[0] | one, claims[1] | other]}) for one, other in reports]
    [was], [now] = findings_around(versions, {"alert_on", "alert_off"})
    assert (was["id"], was["claims"]) == (now["id"], now["claims"])
