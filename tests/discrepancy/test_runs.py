"""Runs of events after a claim at issue: told of together, exactly as if each pair had been listed."""

from __future__ import annotations

import json
from collections import Counter
from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle_condensed import condensed

from claimtrack.discrepancy import compute
from claimtrack.discrepancy.families import runs
from claimtrack.discrepancy.joins.suffixes import Last, least_after, sums
from examples import tried
from generated import WORLD, Choose, Row, package_of

HOURS = ("00:00", "01:00", "02:00", "03:00", "09:00", "10:00", "10:00", "12:00", "13:00", "23:00")
AT = "2022-09-13T{}:00+04:00"
MINUTES = [AT.format(f"09:{minute:02}") for minute in range(60)]
SINCE = ("ceasefire in_force", "ceasefire in_force", "ceasefire observed", "hostilities no_fighting")
EVENTS = ("hostilities strike", "hostilities fighting", "hostilities strike")


def open_ended(choose: Choose) -> list[Row]:
    """A few truces of which no end is stated, and what is said to have been shot, mostly after them."""
    truces = choose(range(1, 4))
    return [claim(choose, number, truce=number < truces) for number in range(truces + choose(range(6, 14)))]


def claim(choose: Choose, number: int, *, truce: bool) -> Row:
    kind, predicate = choose(SINCE if truce else EVENTS).split()
    begin, end = sorted((choose(HOURS[:4] if truce else HOURS), choose(HOURS)))
    mode = "since" if truce else choose(("at", "at", "throughout", "around", "within", "since", ""))
    mode = "at" if begin == end and mode in ("throughout", "within") else mode
    said = choose(("", AT.format(choose(HOURS[:4]))))
    return {
        "claim_id": f"c{choose(range(10))}{number}",
        "kind": kind,
        "predicate": predicate,
        "polarity": "asserts",
        "certainty": choose(("stated", "stated", "stated", "hedged")),
        "claimant_id": choose(("ministry-a", "minister-a", "army-b", "outlet-c", "witness-1")),
        "source_id": "live",
        "statement_id": choose((f"s{number}", "s-one", "s-two", "s-three")),
        "place_id": choose(("aland", "aland", "region-a", "town-a")),
        "actor_id": choose(("", "bland", "army-b") if truce else ("army-b", "bland", "aland", "")),
        "target_id": choose(("", "aland", "minister-a") if truce else ("minister-a", "aland", "bland", "")),
        "incident_id": choose(("", "", "bounded")),
        "reported_to": AT.format("03:00") if truce else AT.format("23:30"),
        "asserted_from": said if truce else "",
        "asserted_to": said if truce else "",
        "valid_mode": mode,
        "valid_from": AT.format(begin) if mode else "",
        "valid_to": AT.format(end) if mode in ("throughout", "within") else AT.format(begin) if mode == "at" else "",
        "zone_basis": choose(("stated", "stated", "stated", "assumed")) if mode else "",
        "text": f"X says {number}.",
    } | ({"valid_to": AT.format(begin)} if mode == "around" else {})


INCIDENTS = [{"incident_id": "bounded", "ends_at": AT.format("23:00"), "single_answer": "false"}]


@st.composite
def packages(draw: st.DrawFn) -> dict[str, list[Row]]:
    claims = open_ended(lambda values: draw(st.sampled_from(values)))
    linked = draw(st.sampled_from(([], [], [("compatible", 0, len(claims) - 1)])))
    links = [
        {"claim_id": claims[one]["claim_id"], "relation": relation, "other_id": claims[other]["claim_id"]}
        for relation, one, other in linked
    ]
    return {"claims": claims, "links": links, "incidents": INCIDENTS}


@tried(33)
@given(tables=packages(), least=st.sampled_from((1, 1, 2, 4)))
def test_what_is_told_of_runs_is_what_all_pairs_give(tables: dict[str, list[Row]], least: int) -> None:
    package = package_of(WORLD | tables)
    with patch.object(runs, "LEAST", least):
        found = compute(package)
        told, stats = found.condensed(), found.stats
    every = compute(package)
    assert len(every.selected) == stats["pairs"]
    assert stats == every.stats
    assert json.dumps(told) == json.dumps(condensed(every.computed))


ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(-1, 3), st.integers(0, 9)), max_size=12).map(sorted)


@given(rows=ROWS)
def test_what_is_known_of_all_rows_from_one_on(rows: list[tuple[int, int, int]]) -> None:
    key, value, weight = (np.array([row[column] for row in rows], dtype=np.int64) for column in range(3))
    least, last = least_after(key, weight, np.arange(len(rows))), Last(key, value)
    distinct, counted = sums(last.is_last), sums(value > 0)
    for first, row in enumerate(rows):
        rest = [at for at in range(first, len(rows)) if rows[at][0] == row[0]]
        stop, values = rest[-1] + 1, {rows[at][1] for at in rest}
        assert least[first] == min(rest, key=lambda at: (rows[at][2], at))
        assert distinct[stop] - distinct[first] == len(values)
        assert counted[stop] - counted[first] == sum(rows[at][1] > 0 for at in rest)
        asked = np.arange(-1, 6)
        known = last.position(np.full(len(asked), row[0]), asked) >= first
        assert set(asked[known].tolist()) == values
        assert set(last.after(key[first : first + 1], np.array([first]))[1].tolist()) == values


def truce_and_shots() -> list[Row]:
    """A truce of which no end is stated, and shots by the minute."""
    truce: Row = {
        "claim_id": "truce",
        "kind": "ceasefire",
        "predicate": "in_force",
        "polarity": "asserts",
        "certainty": "stated",
        "claimant_id": "army-b",
        "source_id": "live",
        "place_id": "aland",
        "valid_mode": "since",
        "valid_from": AT.format("00:00"),
        "reported_to": AT.format("03:00"),
        "text": "X says that it began.",
    }
    shots = [
        truce
        | {"claim_id": f"shot-{number:02}", "kind": "hostilities", "predicate": "strike", "statement_id": f"s{number}"}
        | {"valid_mode": "at", "valid_from": at, "valid_to": at, "certainty": ("stated", "hedged")[number % 2]}
        for number, at in enumerate(MINUTES)
    ]
    return [truce, *shots]


def test_a_run_is_told_of_with_the_events_that_stand_for_it() -> None:
    """Few pairs are listed, and all are counted."""
    package = package_of(WORLD | {"claims": truce_and_shots()})
    found = compute(package)
    listed = [len(part.pairs) for part in found.computed.slices(with_runs=True)]
    [row] = found.condensed()
    assert sum(listed) < 6
    assert row["claims"] == ["truce", "shot-00", "shot-00"]
    assert (row["codes"], row["statements"]) == ({"ceasefire-breached": 60}, 60)
    assert (row["first_at"], row["last_at"]) == (MINUTES[0], MINUTES[-1])
    assert found.stats["strengths"] == {"definite": 30, "possible": 30, "tension": 0, "unconfirmed": 0}
    assert found.stats["suppressed"] == 0


@pytest.mark.parametrize(("side", "both"), [("actor_id", ""), ("target_id", ""), ("target_id", "army-b")])
def test_what_others_do_is_in_the_run_of_one_side_and_is_not_definite(side: str, both: str) -> None:
    """The shots of its army are, and those at it; those of the other side, and of nobody who is named, are possible at
    most.
    """
    truce, *shots = truce_and_shots()
    for said in (truce, *shots):
        said["actor_id"] = both
    truce[side] = "bland"
    for number, shot in enumerate(shots):
        shot[side] = ("aland", "", "army-b")[number % 3]
    found = compute(package_of(WORLD | {"claims": [truce, *shots]}))
    listed = [len(part.pairs) for part in found.computed.slices(with_runs=True)]
    [row] = found.condensed()
    assert sum(listed) < 6
    assert row["claims"] == ["truce", "shot-00", "shot-02"]
    assert (row["codes"], row["statements"]) == ({"ceasefire-breached": 60}, 60)
    assert found.stats["strengths"] == {"definite": 10, "possible": 50, "tension": 0, "unconfirmed": 0}


def test_the_longest_event_of_a_run_is_told() -> None:
    truce, *shots = truce_and_shots()
    truce |= {"kind": "hostilities", "predicate": "no_fighting"}
    shots[31] |= {"valid_mode": "throughout", "valid_to": AT.format("09:49")}
    [row] = compute(package_of(WORLD | {"claims": [truce, *shots]})).condensed()
    assert row["codes"] == {"state-contradicted": 60}
    assert row["figures"]["overlap"]["value"] == 0.3


def test_a_hedged_event_of_its_own_statement_is_not_counted_in_a_run() -> None:
    truce, *shots = truce_and_shots()
    shots[5]["statement_id"] = truce["statement_id"] = "s-own"
    found = compute(package_of(WORLD | {"claims": [truce, *shots]}))
    [row] = found.condensed()
    assert (row["codes"], row["statements"]) == ({"ceasefire-breached": 59}, 59)
    assert found.stats["strengths"]["possible"] == 29


def test_runs_are_listed_where_only_some_pairs_are_asked_for() -> None:
    """What a choice leaves of a run cannot be told from sums."""
    package = package_of(WORLD | {"claims": open_ended(Random(5).choice), "incidents": INCIDENTS})
    told = Counter[str]()
    with patch.object(runs, "LEAST", 1):
        everything = compute(package).stats["strengths"]
        for strength in everything:
            for row in compute(package, strength=[strength]).condensed():
                told[strength] += sum(row["codes"].values())
    assert told["definite"] > 1
    assert told == Counter(everything)
