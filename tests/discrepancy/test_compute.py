"""What can be asked of a computation: as of when, with what, about what; and what it says beside its pairs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from build import INCIDENTS, counts, found, package, phrases, says

from claimtrack.clocks import clocks
from claimtrack.discrepancy import Gap, ceasefire_gap, compute
from claimtrack.errors import UsageError
from claimtrack.moments import HOUR
from claimtrack.package import Package
from claimtrack.report.findings.frame import discrepancies
from generated import WORLD, Row, package_of

TRUCE = says("in_force", "since 09:00", reported="12:34")
STRIKE = says("strike", "throughout 06:00 12:00", reported="14:05", place_id="town-a")


def noon(hour: int) -> str:
    return f"2022-09-13T{hour:02}:00:00+04:00"


# As of


@pytest.mark.parametrize(
    ("as_of", "pairs"),
    [
        (noon(14), []),
        ("2022-09-13T14:05:00+04:00", ["a b ceasefire-contradicted definite overlap=3 since_start=0"]),
        ("2022-09-13T10:05:00Z", ["a b ceasefire-contradicted definite overlap=3 since_start=0"]),
        (datetime.fromisoformat("2022-09-13T10:04:59+00:00"), []),
        (None, ["a b ceasefire-contradicted definite overlap=3 since_start=0"]),
    ],
)
def test_as_of_leaves_out_what_had_not_been_reported(as_of: Any, pairs: list[str]) -> None:
    assert phrases(compute(package(TRUCE, STRIKE), as_of=as_of).pairs()) == pairs


@pytest.mark.parametrize(
    ("source", "others", "as_of", "counted"),
    [
        ("article", (), "2022-10-30T23:59:59+00:00", False),  # published on the 30th, by nobody with a zone
        ("article", (), "2022-10-31T00:00:00+00:00", True),
        ("live", (), "2022-09-14T00:00:00-04:00", True),  # published on the 13th, in New York
        ("live", (), "2022-09-13T23:59:59-04:00", False),
        ("live", ("20T10:00",), "2022-09-20T09:59:59+04:00", False),  # its latest dated entry is later than that
        ("live", ("20T10:00", "19T10:00"), "2022-09-20T10:00:00+04:00", True),
        ("live", ("12T10:00",), "2022-09-14T00:00:00-04:00", True),
        ("undated", ("20T10:00",), "2022-09-20T10:00:00+04:00", True),
        ("undated", ("20T10:00",), "2022-09-20T09:59:59+04:00", False),
        ("undated", (), "1999-01-01T00:00:00+00:00", True),  # nobody knows when: always
    ],
)
def test_an_undated_claim_counts_with_its_source(
    source: str, others: tuple[str, ...], as_of: str, counted: bool
) -> None:
    undated = says("strike", "at 10:00", reported="", source_id=source)
    dated = [says("tense", reported=reported, source_id=source) for reported in others]
    facts = compute(package(undated, *dated), as_of=as_of).computed.facts
    assert facts.counts[facts.claim_id.tolist().index("a")] == counted


@pytest.mark.parametrize("zone", ["Asia/Beirut", "America/Havana", "Asia/Amman", "America/Sao_Paulo"])
def test_days_without_a_midnight_or_with_two_have_an_end(zone: str) -> None:
    """The clocks of these zones go forward or back at midnight."""
    days = [str(day.date()) for day in pd.date_range("2018-01-01", "2018-12-31")]
    sources = [{"source_id": day, "publisher_id": "p", "published_on": day} for day in days]
    claims = [says("tense", reported="", source_id=day, claimant_id="p", claim_id=day) for day in days]
    actors = [{"actor_id": "p", "kind": "outlet", "time_zone": zone}]
    made = package_of({**WORLD, "incidents": INCIDENTS, "claims": claims, "sources": sources, "actors": actors})
    hours = np.diff(clocks(made).reported) // HOUR
    assert sorted(set(hours.tolist())) == [23, 24, 25]


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2022-09-13T12:00:00", "has no UTC offset"),
        ("2022-09-13", "has no UTC offset"),
        ("yesterday noon", "is not a date and time"),
        ("9999-12-31T23:00:00-05:00", "is in UTC not in the years 1 to 9999"),
        (datetime.fromisoformat("0001-01-01T00:00:00+14:00"), "is in UTC not in the years 1 to 9999"),
        (datetime.fromisoformat("2022-09-13T12:00:00"), "has no UTC offset"),
    ],
)
def test_a_moment_that_is_none(as_of: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        compute(package(TRUCE, STRIKE), as_of=as_of)


# Filters


@pytest.mark.parametrize("option", ["code", "claim", "incident", "strength"])
def test_what_does_not_exist_cannot_be_asked_for(option: str) -> None:
    with pytest.raises(UsageError, match=f"there is no {option} 'nonesuch'"):
        compute(package(TRUCE, STRIKE), **{option: ["nonesuch"]})


SEVERAL = package(
    TRUCE,
    STRIKE,
    says("not confirmed", "at 12:34"),
    says("initiated", actor_id="aland"),
    says("responsible", actor_id="bland", incident_id="war"),
)
ALL = [
    "a b ceasefire-contradicted definite overlap=3 since_start=0",
    "a c ceasefire-unconfirmed unconfirmed since_start=3.567",
    "d e attribution-conflict tension parties=2",
]


@pytest.mark.parametrize(
    ("asked", "pairs"),
    [
        ({}, ALL),
        ({"code": ["ceasefire-unconfirmed", "count-fell"]}, ALL[1:2]),
        ({"claim": ["b", "e"]}, [ALL[0], ALL[2]]),
        ({"incident": ["truce"]}, ALL[:2]),
        ({"incident": ["war"]}, [ALL[0], ALL[2]]),
        ({"strength": ["tension", "unconfirmed"]}, ALL[1:]),
        ({"claim": ["a"], "strength": ["definite"]}, ALL[:1]),
        ({"claim": ["a"], "code": ["attribution-conflict"]}, []),
    ],
)
def test_filters(asked: dict[str, list[str]], pairs: list[str]) -> None:
    findings = compute(SEVERAL, **asked)
    assert phrases(findings.pairs()) == pairs
    assert findings.stats["pairs"] == len(pairs)
    both = [row["statements"] for row in findings.condensed() if row["family"] == "attribution"]
    contrary = [row["statements"] for row in findings.condensed() if row["family"] != "attribution"]
    assert both == [2] * sum("attribution" in pair for pair in pairs)
    assert sum(contrary) + len(both) == len(pairs)


def test_stats() -> None:
    assert compute(SEVERAL).stats == {
        "claims": 5,
        "pairs": 3,
        "codes": {"ceasefire-contradicted": 1, "ceasefire-unconfirmed": 1, "attribution-conflict": 1},
        "strengths": {"definite": 1, "possible": 0, "tension": 1, "unconfirmed": 1},
        "suppressed": 0,
    }


def test_nothing_to_compare() -> None:
    findings = compute(package())
    assert (list(findings.pairs()), findings.condensed(), findings.not_comparable()) == ([], [], [])
    assert findings.unlinked() == {"not_declared": [], "not_computed": []}
    assert findings.stats["claims"] == 0
    assert discrepancies(package()).empty


# Retraction


def test_a_retracted_claim_is_left_out() -> None:
    made = package(TRUCE, STRIKE, says("tense", reported="15:00"), links=["c retracts b"])
    assert found(made) == []
    assert phrases(compute(made, retracted=True).pairs()) == ALL[:1]
    assert (len(discrepancies(made)), len(discrepancies(made, retracted=True))) == (0, 1)


def test_a_claim_is_retracted_from_the_report_of_the_retraction_on() -> None:
    made = package(TRUCE, STRIKE, says("tense", reported="15:00"), links=["c retracts b"])
    assert phrases(compute(made, as_of="2022-09-13T14:59:00+04:00").pairs()) == ALL[:1]
    assert phrases(compute(made, as_of="2022-09-13T15:00:00+04:00").pairs()) == []


@pytest.mark.parametrize(
    ("links", "as_of", "left"),
    [
        (["c retracts b"], None, 0),
        (["c retracts a"], None, 0),
        (["c retracts b", "d retracts c"], None, 1),
        (["c retracts b", "d retracts c"], "2022-09-13T15:30:00+04:00", 0),  # the second one was not out yet
        (["c retracts b", "d retracts c", "e retracts d"], None, 0),
        (["c retracts b", "d retracts b", "e retracts d"], None, 0),
        (["b retracts c", "c retracts b"], None, 0),
    ],
)
def test_what_is_itself_retracted_retracts_nothing(links: list[str], as_of: str | None, left: int) -> None:
    later = [says("tense", reported=reported) for reported in ("15:00", "16:00", "17:00")]
    found = compute(package(TRUCE, STRIKE, *later, links=links), as_of=as_of)
    assert len(list(found.pairs())) == left


def test_the_retractions_of_a_retracted_source_are_left_out() -> None:
    word = says("tense", reported="15:00", source_id="withdrawn")
    found = compute(package(TRUCE, STRIKE, word, links=["c retracts b"]))
    assert len(list(found.pairs())) == 1


def test_a_retracted_source_is_left_out() -> None:
    made = package(TRUCE, STRIKE | {"source_id": "withdrawn"})
    assert found(made) == []
    assert phrases(compute(made, retracted=True).pairs()) == ALL[:1]


def test_what_is_retracted_still_dates_its_source() -> None:
    """The undated claim counts with the last entry of its source: the ceasefire was said by then, retracted or not."""
    truce = says("in_force", "since 09:00", reported="", source_id="undated")
    strike = says("strike", "at 18:00")
    entry = says("tense", reported="20:00", source_id="undated")
    withdrawn = package(truce, strike, entry, says("tense", reported="21:00"), links=["d retracts c"])
    assert found(package(truce, strike)) == ["a b ceasefire-not-held definite since_start=9"]
    assert found(withdrawn) == found(package(truce, strike, entry))
    earlier = says("tense", reported="17:00", source_id="undated")
    assert found(package(truce, strike, earlier)) == ["a b ceasefire-breached definite since_start=9"]
    both = package(truce, strike, earlier, entry, says("tense", reported="21:00"), links=["e retracts d"])
    assert found(both) == found(package(truce, strike, earlier, entry))


# Links


def test_unlinked() -> None:
    made = package(
        TRUCE,
        STRIKE,
        says("not confirmed", "at 12:34"),
        says("tense"),
        links=["a contradicts b", "a in_tension d", "c denies d", "c corroborates d", "a compatible c"],
    )
    unlinked = compute(made).unlinked()
    assert phrases(unlinked["not_declared"]) == []
    assert unlinked["not_computed"] == [
        {"claim_id": "a", "relation": "in_tension", "other_id": "d", "note": None},
        {"claim_id": "c", "relation": "denies", "other_id": "d", "note": None},
    ]
    assert phrases(compute(package(TRUCE, STRIKE)).unlinked()["not_declared"]) == ALL[:1]


@pytest.mark.parametrize("link", ["a contradicts b", "a in_tension b", "b denies a", "b updates a"])
def test_a_declared_pair_shows_as_linked(link: str) -> None:
    assert [pair["linked"] for pair in compute(package(TRUCE, STRIKE, links=[link])).pairs()] == [True]


@pytest.mark.parametrize("link", ["a corroborates b", "b responds_to a"])
def test_a_pair_linked_in_another_way_does_not(link: str) -> None:
    assert [pair["linked"] for pair in compute(package(TRUCE, STRIKE, links=[link])).pairs()] == [False]


def test_compatible_hides_the_pair_in_every_family_and_no_other() -> None:
    claims = (
        says("initiated", actor_id="aland", answer="yes", incident_id="who-fired"),
        says("initiated", actor_id="bland", answer="no", incident_id="who-fired"),
        says("initiated", actor_id="cland", answer="no", incident_id="who-fired"),
    )
    everything = set(found(package(*claims)))
    linked = compute(package(*claims, links=["a compatible b"]))
    assert {pair for pair in everything if pair.startswith("a b")} == set(phrases(linked.suppressed()))
    assert {pair for pair in everything if not pair.startswith("a b")} == set(phrases(linked.pairs()))
    assert linked.stats["suppressed"] == 2


# Figures that may not be compared


def not_comparable(*claims: Row) -> list[tuple[str, ...]]:
    return [(*pair["claims"], pair["differs"]) for pair in compute(package(*claims)).not_comparable()]


@pytest.mark.parametrize(
    ("differs", "cells", "reason"),
    [
        ("target", {"target_id": "bland"}, "one counts ‘soldiers-a’, the other ‘bland’"),
        ("target", {"target_id": ""}, "one counts ‘soldiers-a’, the other does not say whom"),
        ("term", {"predicate": "homes_hit"}, "one counts ‘killed’, the other ‘homes hit’"),
        ("place", {"place_id": "elsewhere"}, "one counts in ‘area’, the other in ‘elsewhere’"),
        ("incident", {"incident_id": "battle"}, "one is of the incident ‘war’, the other of ‘battle’"),
        ("incident", {"incident_id": ""}, "one is of the incident ‘war’, the other of no stated one"),
        ("mode", {"count_mode": "increment"}, "one is a total, the other an addition"),
    ],
)
def test_figures_that_differ_in_one_dimension_are_not_comparable(differs: str, cells: Row, reason: str) -> None:
    one, other = counts("killed", "49", place_id="area"), counts("killed", "50", claimant_id="army-b", place_id="area")
    [row] = compute(package(one, other | cells)).not_comparable()
    assert (row["claims"], row["differs"], row["reason"]) == (["a", "b"], differs, reason)
    assert row["explanation"].endswith(f": {reason}, so they may not be compared.")


def test_which_of_two_figures_says_where_it_counts_is_named_first() -> None:
    [row] = compute(
        package(
            counts("killed", "49", incident_id="unplaced"),
            counts("killed", "50", incident_id="unplaced", place_id="town-a"),
        )
    ).not_comparable()
    assert row["reason"] == "one counts in ‘town-a’, the other does not say where"


def test_what_figures_differ_in_is_called_by_its_name() -> None:
    named = [row | {"name": row["actor_id"].capitalize()} for row in WORLD["actors"]]
    asked = [row | {"question": "Who began it?"} if row["incident_id"] == "war" else row for row in INCIDENTS]
    one, other = counts("killed", "49"), counts("killed", "50", target_id="bland")
    [row] = compute(package(one, other, actors=named)).not_comparable()
    assert row["reason"] == "one counts ‘Soldiers-a’, the other ‘Bland’"
    [row] = compute(package(one, one | {"incident_id": "battle"}, incidents=asked)).not_comparable()
    assert row["reason"] == "one is of the incident ‘Who began it?’, the other of ‘battle’"


@pytest.mark.parametrize(
    "cells",
    [
        {"predicate": "wounded", "incident_id": "battle"},  # they differ in two
        {"target_id": "aland"},  # one is a part of the other
        {"target_id": "conscripts-a"},
        {"predicate": "killed_or_missing"},
        {"place_id": "town-a"},
        {"predicate": "casualties"},  # a vague word is compared with nothing
        {"predicate": "dead"},  # another word for the same
        {},
    ],
)
def test_other_figures_are_comparable_or_do_not_look_alike(cells: Row) -> None:
    one, other = counts("killed", "49", place_id="area"), counts("killed", "50", claimant_id="army-b", place_id="area")
    assert not_comparable(one, other | cells) == []


def test_the_latest_figure_stands_for_its_scope() -> None:
    killed = [counts("killed", "49"), counts("killed", "40", "as of 10:00"), counts("killed", "64", "as of 18:00")]
    [pair] = compute(package(*killed, counts("wounded", "90"))).not_comparable()
    assert pair == {
        "claims": ["c", "d"],
        "differs": "term",
        "reason": "one counts ‘killed’, the other ‘wounded’",
        "explanation": (
            "Claim c says so (as of 13 Sep 18:00; reported 13 Sep 23:00); "
            "Claim d says so (as of 13 Sep 16:00; reported 13 Sep 23:00): "
            "one counts ‘killed’, the other ‘wounded’, so they may not be compared."
        ),
    }


# How long a ceasefire held


def test_the_gap_is_that_to_the_earliest_violence() -> None:
    made = package(
        says("in_force", "since 09:00?", reported="12:34", claimant_id="army-b"),
        says("strike", "at 13:00", place_id="town-a"),
        says("strike", "at 12:00", place_id="town-b"),
        says("not confirmed", "at 10:30"),
        says("violated", "at 10:30"),
    )
    assert ceasefire_gap(made, "a") == Gap(3, 2, 3)
    assert ceasefire_gap(made, "b") is None


def test_violence_whose_gap_is_only_in_another_zone() -> None:
    made = package(says("in_force", "since 09:00+03:00?", claimant_id="ministry-a"), says("strike", "at 09:30"))
    assert ceasefire_gap(made, "a") == Gap(None, 0.5, 0.5)


def test_nothing_speaks_against_it() -> None:
    assert ceasefire_gap(package(TRUCE, says("not confirmed", "at 12:34")), "a") is None


def test_the_gap_of_an_unknown_claim() -> None:
    with pytest.raises(UsageError, match="there is no claim 'z'"):
        ceasefire_gap(package(TRUCE, STRIKE), "z")


# As a frame


def test_frames_have_the_keys_of_the_objects() -> None:
    made: Package = package(TRUCE, STRIKE)
    pairs, condensed = discrepancies(made, pairs=True), discrepancies(made)
    assert list(pairs["claims"]) == [["a", "b"]]
    assert list(pairs.columns) == [*next(compute(made).pairs()), "mutual"]  # of blame alone
    assert list(condensed["claims"]) == [["a", "b", "b"]]
    assert list(condensed.columns) == list(compute(made).condensed()[0])
    assert discrepancies(made, as_of=noon(13)).empty


@pytest.mark.parametrize("blank", [None, np.nan])
@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("claims", ["place_relation", "zone_basis", "valid_to"]),
        ("predicates", ["value"]),
        ("sources", ["standing"]),
        ("incidents", ["starts_at", "ends_at"]),
        ("links", ["relation"]),
    ],
)
def test_columns_that_somebody_made_blank_are_blank(table: str, columns: list[str], blank: Any) -> None:
    given, typed = (package(TRUCE, STRIKE, links=["a corroborates b"]) for _ in range(2))
    given.frames[table] = given.frames[table].assign(**dict.fromkeys(columns, blank))
    typed.frames[table] = typed.frames[table].apply(
        lambda cells: cells.mask(cells.notna()) if cells.name in columns else cells
    )
    assert found(given) == found(typed)
