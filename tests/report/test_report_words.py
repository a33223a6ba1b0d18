"""Times and figures in words."""

from __future__ import annotations

from typing import Any

import pytest

from claimtrack.discrepancy.telling.other_times import BEFORE, DOING
from claimtrack.report.figures import amount, caveats, phrases
from claimtrack.report.times import span, valid

NINE, NOON, NEXT = "2022-09-13T09:00:00+04:00", "2022-09-13T12:00:00+04:00", "2022-09-14T06:30:00+04:00"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (NINE, NINE, "13 Sep 2022 09:00 UTC+4"),
        (NINE, NOON, "13 Sep 2022 09:00 to 12:00 UTC+4"),
        ("2022-09-13T09:00:30+04:00", NOON, "13 Sep 2022 09:00:30 to 12:00 UTC+4"),
        ("2022-09-13T09:00:30+04:00", None, "from 13 Sep 2022 09:00:30 UTC+4"),
        (NINE, NEXT, "13 Sep 2022 09:00 to 14 Sep 2022 06:30 UTC+4"),
        (NINE, None, "from 13 Sep 2022 09:00 UTC+4"),
        (None, NOON, "until 13 Sep 2022 12:00 UTC+4"),
        (None, None, "not stated"),
        ("2022-09-13T00:00:00+00:00", "2022-09-14T00:00:00+00:00", "13 Sep 2022 UTC"),
        ("2022-09-13T00:00:00+00:00", "2022-09-15T00:00:00+00:00", "13 Sep 2022 to 14 Sep 2022 UTC"),
        ("2022-03-27T00:00:00+01:00", NOON, "27 Mar 2022 00:00 UTC+1 to 13 Sep 2022 12:00 UTC+4"),
        ("2022-09-13T09:00:00-03:30", "2022-09-13T09:00:00-03:30", "13 Sep 2022 09:00 UTC−3:30"),
    ],
)
def test_span(start: str | None, end: str | None, words: str) -> None:
    assert span({"from": start, "to": end}) == words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ({"from": NINE, "to": None, "mode": "since"}, "since 13 Sep 2022 09:00 UTC+4"),
        ({"from": None, "to": NOON, "mode": "until"}, "until 13 Sep 2022 12:00 UTC+4"),
        ({"from": NINE, "to": NOON, "mode": "until"}, "until 13 Sep 2022 09:00 to 12:00 UTC+4"),
        ({"from": NINE, "to": NINE, "mode": "around"}, "around 13 Sep 2022 09:00 UTC+4"),
        ({"from": NINE, "to": NOON, "mode": "within"}, "some time within 13 Sep 2022 09:00 to 12:00 UTC+4"),
        ({"from": NINE, "to": NOON, "mode": "throughout"}, "throughout 13 Sep 2022 09:00 to 12:00 UTC+4"),
        ({"from": NINE, "to": NOON, "mode": None}, "13 Sep 2022 09:00 to 12:00 UTC+4"),
        (
            {"from": NINE, "to": NINE, "mode": "at", "zone_basis": "assumed"},
            "at 13 Sep 2022 09:00 UTC+4 (zone assumed)",
        ),
        (
            {"from": NINE, "to": NOON, "mode": "within", "bounds_basis": "codebook", "text": "in the morning"},
            "some time within 13 Sep 2022 09:00 to 12:00 UTC+4 (hours of ‘in the morning’ by the codebook)",
        ),
        (
            {"from": NINE, "to": NOON, "mode": "within", "zone_basis": "assumed", "bounds_basis": "codebook"},
            "some time within 13 Sep 2022 09:00 to 12:00 UTC+4 (zone assumed, hours by the codebook)",
        ),
    ],
)
def test_valid(period: dict[str, Any], words: str) -> None:
    assert valid({"zone_basis": None, "bounds_basis": None, "text": None, **period}) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (3, "hours", "3 h"),
        (3.5667, "hours", "3 h 34 min"),
        (3.5669, "hours", "3 h 34 min 1 s"),
        (0.0083, "hours", "30 s"),
        (-0.0083, "hours", "−30 s"),
        (0.6667, "hours", "40 min"),
        (0, "hours", "0 h"),
        (-1.5, "hours", "−1 h 30 min"),
        (47, "hours", "47 h"),
        (48, "hours", "2 days"),
        (52.25, "hours", "2 days 4 h 15 min"),
        (1.5, "ratio", "1.5 times"),
        (2, "ratio", "2 times"),
        (1, "person", "1 person"),
        (1234, "person", "1,234 persons"),
        (-6, "person", "−6 persons"),
        (2.5, "item", "2.50 items"),
        (2, "parties", "2 parties"),
        (3, "tonne", "3 tonne"),
    ],
)
def test_amount(value: float, unit: str, words: str) -> None:
    assert amount(value, unit) == words


def figure(value: float | None, low: float | None, high: float | None, unit: str = "hours") -> dict[str, Any]:
    return {"value": value, "unit": unit, "low": low, "high": high}


def zone(name: str, effect: str) -> dict[str, str]:
    return {"claim": "c", "field": "zone_basis", "reading": name, "effect": effect}


MOSCOW = zone("Europe/Moscow", "since_start 3 h")


@pytest.mark.parametrize(
    ("figures", "depends_on", "words"),
    [
        ({"since_start": figure(4, 4, 4)}, [], ["4 h after the start"]),
        ({"since_start": figure(4, 3, 4)}, [MOSCOW], ["4 h after the start; 3 h if the time was that of Moscow"]),
        (
            {"overlap": figure(9, 8, 9), "since_start": figure(0, 0, 0)},
            [MOSCOW],
            ["overlap of 9 h; 8 h if the time was that of Moscow"],
        ),
        (
            {"since_start": figure(4, 3, 5)},
            [MOSCOW, zone("America/Port_of_Spain", "since_start 5 h")],
            ["4 h after the start (3 h to 5 h over the possible readings)"],
        ),
        ({"since_start": figure(4, 4, None)}, [], ["at least 4 h after the start"]),
        ({"overlap": figure(None, 1, 1)}, [MOSCOW], ["overlap of 1 h under another reading"]),
        ({"gap": figure(6, 6, 6, "person")}, [], ["gap of 6 persons"]),
        ({"ratio": figure(1.1395, 1.1395, 1.1395, "ratio")}, [], ["1.14 times as high"]),
        ({"since_start": figure(0, 0, 1)}, [MOSCOW], ["0 h after the start; 1 h if the time was that of Moscow"]),
        ({"implied": figure(0, 0, None, "person")}, [], []),
        ({"stale": figure(12, 12, 36)}, [], ["repeated 12 h later (12 h to 36 h by the days of the reports)"]),
        ({"stale": figure(0, 0, 24)}, [], ["repeated up to 24 h later"]),
        ({"difference": figure(-3, None, -3, "person")}, [], ["difference of −3 persons or less"]),
        (
            {"gap": figure(2, 2, 20, "person")},
            [],
            ["gap of 2 persons (2 persons to 20 persons by the bounds that are given)"],
        ),
        ({"difference": figure(1, 1, None, "person")}, [], ["difference of at least 1 person"]),
        ({"ratio": figure(1.0, 1.0, 1.0, "ratio")}, [], ["less than 1.01 times as high"]),
        ({"first": figure(1, 1, 1, "ratio")}, [], ["first ratio 1"]),
        ({"overlap": figure(None, 1, 2)}, [MOSCOW], ["overlap of 1 h to 2 h under another reading"]),
        (
            {"since_start": figure(0.5, 0.5, 1.5)},
            [zone("Europe/Moscow", "no discrepancy"), zone("Europe/Moscow", "since_start 1 h 30 min") | {"claim": "d"}],
            ["30 min after the start (30 min to 1 h 30 min over the possible readings)"],
        ),
        ({}, [], []),
    ],
)
def test_phrases(figures: dict[str, Any], depends_on: list[dict[str, str]], words: list[str]) -> None:
    assert phrases({"figures": figures, "depends_on": depends_on}) == words


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("throughout", ["overlap of 2 h", "4 h after the start"]),
        ("since", ["overlap of at most 2 h", "4 h after the start"]),
        ("within", ["overlap of at most 2 h", "at least 4 h after the start"]),
        (None, ["overlap of at most 2 h", "at least 4 h after the start"]),
    ],
)
def test_hours_are_bounds_where_the_time_is_vague(mode: str | None, words: list[str]) -> None:
    figures = {"overlap": figure(2, 2, 2), "since_start": figure(4, 4, 4)}
    assert phrases({"figures": figures, "depends_on": []}, {"valid": {"mode": mode}}) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [("at", "since", "gap of 2 h"), ("around", "at", "gap of at least 2 h"), ("since", None, "gap of at least 2 h")],
)
def test_beginnings_that_are_vague_are_at_least_so_far_apart(first: str, last: str | None, words: str) -> None:
    finding = {"figures": {"gap": figure(2, 2, 2)}, "depends_on": []}
    assert phrases(finding, {"valid": {"mode": last}}, {"valid": {"mode": first}}) == [words]
    persons = {"figures": {"gap": figure(2, 2, 2, "person")}, "depends_on": []}
    assert phrases(persons, {"valid": {"mode": None}}, {"valid": {"mode": None}}) == ["gap of 2 persons"]


def test_of_several_findings_the_overlap_is_the_longest_and_the_start_that_of_the_earliest() -> None:
    figures = {"overlap": figure(2, 1, 2), "since_start": figure(4, 4, 4)}
    row = {"figures": figures, "depends_on": [MOSCOW], "codes": {"ceasefire-contradicted": 1, "ceasefire-breached": 1}}
    overlap = "overlap of up to 2 h; up to 1 h if the time was that of Moscow"
    assert phrases(row, {"valid": {"mode": "within"}}) == [overlap, "at least 4 h after the start"]
    assert phrases(row) == [overlap, "4 h after the start"]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"ratio": figure(4, 4, 4, "ratio"), "gap": figure(60, 60, 60, "person")}, ["4 times", "60 persons"]),
        ({"gap": figure(58, 58, 58)}, ["2 days 10 h"]),
    ],
)
def test_of_several_findings_the_figures_are_the_largest(figures: dict[str, Any], words: list[str]) -> None:
    """The sentence of the row is of its strongest pair, whose figures may be lower."""
    row = {"figures": figures, "depends_on": [], "codes": {"count-mismatch": 3}}
    assert [phrase.count(f"up to {word}") for phrase, word in zip(phrases(row), words, strict=True)] == [1] * len(words)
    one = row | {"codes": {"count-mismatch": 1}}
    assert not any("up to" in phrase for phrase in phrases(one))
    least = {"gap": figures["gap"] | {"high": None}}
    assert phrases(row | {"figures": least}) == [f"gap of at least {words[-1]}"]


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("since", ["overlap of 2 h", "4 h after the start"]),
        ("within", ["overlap of at most 2 h", "4 h after its earliest start"]),
        (None, ["overlap of at most 2 h", "4 h after its earliest start"]),
    ],
)
def test_hours_are_bounds_where_the_claim_at_issue_is_vague(mode: str | None, words: list[str]) -> None:
    figures = {"overlap": figure(2, 2, 2), "since_start": figure(4, 4, 4)}
    cards = {"valid": {"mode": "at"}}, {"valid": {"mode": mode}}
    assert phrases({"figures": figures, "depends_on": []}, *cards) == words


def test_each_reading_has_its_bound() -> None:
    cards = {"valid": {"mode": "within"}}, {"valid": {"mode": "since"}}
    two, none = figure(2, 1, 2), figure(None, 1, 1)
    moscow = {"depends_on": [MOSCOW]}
    assert phrases({"figures": {"overlap": two, "since_start": two}} | moscow, *cards) == [
        "overlap of at most 2 h; at most 1 h if the time was that of Moscow",
        "at least 2 h after the start; at least 1 h if the time was that of Moscow",
    ]
    assert phrases({"figures": {"overlap": none, "since_start": none}} | moscow, *cards) == [
        "overlap of at most 1 h under another reading",
        "at least 1 h after the start under another reading",
    ]
    assert phrases({"figures": {"overlap": two}, "depends_on": []}, *cards) == [
        "overlap of at most 2 h (at most 1 h to 2 h over the possible readings)"
    ]


def test_every_figure_has_its_words() -> None:
    from claimtrack.discrepancy.telling.present import FIGURE_UNITS
    from claimtrack.report.figures import _PHRASES

    assert set(_PHRASES) == set(FIGURE_UNITS)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (MOSCOW, []),
        (zone("Europe/Moscow", "no discrepancy"), ["no discrepancy if the time was that of Moscow"]),
        (
            zone("Europe/Moscow", "a discrepancy, overlap 0 h"),
            ["a discrepancy if the time was that of Moscow"],
        ),
        ({"field": "count_approx", "reading": "true", "effect": "possible at most"}, ["approximate"]),
        ({"field": "valid_to", "reading": "not stated", "effect": "possible at most"}, ["as-of not stated"]),
        ({"field": "place_id", "reading": "wider", "effect": "possible at most"}, ["its place is the wider one"]),
        ({"field": "valid_from", "reading": "not stated", "effect": "possible at most"}, ["beginning not stated"]),
        ({"field": "valid_from", "reading": BEFORE, "effect": "possible at most"}, [f"beginning {BEFORE}"]),
        ({"field": "actor_id", "reading": DOING, "effect": "possible at most"}, [f"its actor is {DOING}"]),
        (
            {"field": "incident_id", "reading": "not stated: x", "effect": "possible at most"},
            ["incident not stated"],
        ),
        ({"field": "predicate", "reading": "an outcome", "effect": "possible at most"}, ["an outcome"]),
        ({"field": "certainty", "reading": "hedged", "effect": "possible at most"}, []),
    ],
)
def test_caveats(entry: dict[str, str], words: list[str]) -> None:
    assert caveats({"depends_on": [entry, entry]}) == words


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (
            [{"claim": "c", "field": "place_id", "reading": "not stated", "effect": "possible at most"}],
            ["the place of the claim at issue is not stated"],
        ),
        (
            [{"claim": "d", "field": "valid_to", "reading": "outside the time of the whole", "effect": ""}],
            ["as-of outside the time of the whole"],
        ),
        (
            [zone("Europe/Moscow", "no discrepancy"), zone("Europe/Moscow", "a discrepancy") | {"claim": "d"}],
            [
                "no discrepancy if the time at issue was that of Moscow",
                "a discrepancy if the contrary time was that of Moscow",
            ],
        ),
        (
            [
                zone("Europe/Moscow", "a discrepancy with d in Europe/London"),
                zone("Europe/London", "a discrepancy with c in Europe/Moscow") | {"claim": "d"},
            ],
            ["a discrepancy if the times were those of London and Moscow"],
        ),
        (
            [
                zone("Europe/Moscow", "no discrepancy with d as recorded"),
                zone("Europe/Moscow", "definite state-contradicted, overlap 1 h with c as recorded") | {"claim": "d"},
                zone("Europe/London", "overlap 2 h with c as recorded") | {"claim": "d"},
            ],
            [
                "no discrepancy if the time at issue was that of Moscow and the other as recorded",
                "definite state-contradicted if the contrary time was that of Moscow and the other as recorded",
            ],
        ),
        (
            [zone("UTC+3", "taken from what it repeats"), zone("UTC+3", "taken from what it repeats") | {"claim": "d"}],
            [
                "the time at issue is read in UTC+3, as in what it repeats",
                "the contrary time is read in UTC+3, as in what it repeats",
            ],
        ),
    ],
)
def test_caveats_say_which_claim_is_meant(entries: list[dict[str, str]], words: list[str]) -> None:
    assert caveats({"claims": ["c", "d"], "depends_on": entries}) == words
