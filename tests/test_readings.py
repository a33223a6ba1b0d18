"""Times: what a claim is certain of, what it may speak of, over which span it holds, and in which zones it is read."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from claimtrack.clocks import clocks
from claimtrack.moments import FAR_FUTURE, FAR_PAST, INSTANT, MISSING
from claimtrack.package import Package
from claimtrack.readings import Readings, readings
from claimtrack.zoned import RECORDED
from generated import WORLD, Row, package_of

DAY = "2022-09-13"
WAR = {
    "incident_id": "war",
    "starts_at": f"{DAY}T02:00:00+00:00",
    "ends_at": f"{DAY}T20:00:00+00:00",
    "place_id": "town-a",
    "single_answer": "false",
}
OPEN = {"incident_id": "open", "single_answer": "false"}


def package(*claims: Row, links: list[Row] | None = None) -> Package:
    cells = {"source_id": "undated", "claimant_id": "witness-1", "kind": "hostilities", "predicate": "pause"}
    rows = [{"claim_id": f"c{number}", **cells, **claim} for number, claim in enumerate(claims)]
    return package_of({**WORLD, "incidents": [WAR, OPEN], "claims": rows, "links": links or []})


def read(package: Package) -> Readings:
    return readings(package, clocks(package))


def at(hour: str, offset: str = "+00:00") -> str:
    return f"{DAY}T{hour}:00{offset}"


def clock(micros: int) -> str:
    if micros in (FAR_PAST, FAR_FUTURE, MISSING):
        return ""
    return datetime.fromtimestamp(micros // 1_000_000, UTC).strftime("%H:%M")


def span(start: int, end: int) -> str:
    """A period in words: "09:00..12:00", "09:00" for an instant, "-" for none, blank for an open end."""
    start, end = int(start), int(end)
    if start >= end:
        return "-"
    return clock(start) if end - start == INSTANT else f"{clock(start)}..{clock(end)}"


def spans(made: Readings, row: int = 0) -> tuple[str, str, str]:
    certain = span(made.certain_start[row], made.certain_end[row])
    possible = span(made.possible_start[row], made.possible_end[row])
    return certain, possible, span(made.hold_start[row], made.hold_end[row])


NINE, TWELVE = {"valid_from": at("09:00")}, {"valid_to": at("12:00")}
SINCE = NINE | {"valid_mode": "since"}
PRESENT = {"predicate": "strike"}
REPORTED = {"reported_from": at("14:00"), "reported_to": at("15:00")}
SAID = {"asserted_from": at("13:00"), "asserted_to": at("13:30")}
DURING = {"incident_id": "war"}


@pytest.mark.parametrize(
    ("cells", "certain", "possible", "hold"),
    [
        pytest.param(cells, *expected.split(), id=name)
        for name, cells, expected in [
            ("at", {"valid_mode": "at"} | NINE, "09:00 09:00 09:00"),
            ("around", {"valid_mode": "around"} | NINE | {"valid_to": at("09:00")}, "- 08:30..09:30 08:30..09:30"),
            ("within", {"valid_mode": "within"} | NINE | TWELVE, "- 09:00..12:00 09:00..12:00"),
            ("throughout", {"valid_mode": "throughout"} | NINE | TWELVE, "09:00..12:00 09:00..12:00 09:00..12:00"),
            ("since", SINCE, "09:00 09:00.. 09:00.."),
            ("since, in an incident that ends", SINCE | DURING, "09:00 09:00..20:00 09:00..20:00"),
            ("since, said", SINCE | SAID, "09:00..13:00 09:00.. 09:00.."),
            ("since, said before", SINCE | {"asserted_from": at("08:00")}, "09:00 09:00.. 09:00.."),
            (
                "since, said after the end of the incident",
                SINCE | DURING | {"asserted_from": at("22:00")},
                "09:00..20:00 09:00..20:00 09:00..20:00",
            ),
            (
                "since, after the end of the incident",
                {"valid_mode": "since", "valid_from": at("21:00")} | DURING,
                "21:00 21:00 21:00",
            ),
            ("a presence since", SINCE | PRESENT | REPORTED, "09:00 09:00..15:00 09:00..15:00"),
            ("a presence since, said", SINCE | PRESENT | REPORTED | SAID, "09:00..13:00 09:00..15:00 09:00..15:00"),
            (
                "a presence since, in an incident",
                SINCE | PRESENT | REPORTED | DURING,
                "09:00 09:00..15:00 09:00..15:00",
            ),
            (
                "a presence since, reported before",
                SINCE | PRESENT | {"reported_to": at("08:00")},
                "09:00 09:00 09:00",
            ),
            ("a presence since, reported nobody knows when", SINCE | PRESENT, "09:00 09:00.. 09:00.."),
            (
                "an alert since",
                SINCE | REPORTED | {"kind": "other", "predicate": "alert_on"},
                "09:00 09:00..15:00 09:00..15:00",
            ),
            (
                "what has no state, since",
                SINCE | REPORTED | {"predicate": "tense"},
                "09:00 09:00..15:00 09:00..15:00",
            ),
            ("until, from", {"valid_mode": "until"} | NINE | TWELVE, "- 09:00..12:00 09:00..12:00"),
            ("until", {"valid_mode": "until"} | TWELVE, "- ..12:00 ..12:00"),
            ("until, in an incident", {"valid_mode": "until"} | TWELVE | DURING, "- 02:00..12:00 02:00..12:00"),
            ("until, before the incident", {"valid_mode": "until", "valid_to": at("01:00")} | DURING, "- - -"),
            ("no time", REPORTED, "- - -"),
            ("no time, in an incident", REPORTED | DURING, "- 02:00..15:00 02:00..15:00"),
            ("no time, in an incident, said", REPORTED | SAID | DURING, "- 13:00..13:30 13:00..13:30"),
            ("no time, said", REPORTED | SAID, "- 13:00..13:30 13:00..13:30"),
            ("no time, said at once", REPORTED | SAID | {"asserted_to": at("13:00")}, "- 13:00 13:00"),
            ("no time, reported before the incident", DURING | {"reported_to": at("01:00")}, "- - -"),
            # A package that breaks rules may lack a bound: then the time is not known.
            *(
                (f"{mode}, without its bounds", {"valid_mode": mode} | REPORTED | DURING, "- 02:00..15:00 02:00..15:00")
                for mode in ("at", "around", "within", "throughout", "since", "until")
            ),
            ("throughout, to", {"valid_mode": "throughout"} | TWELVE, "- - -"),
            ("throughout, from", {"valid_mode": "throughout"} | NINE, "- - -"),
            ("no time, reported nobody knows when", DURING, "- 02:00.. 02:00.."),
        ]
    ],
)
def test_what_is_certain_what_is_possible_and_over_which_span_it_holds(
    cells: Row, certain: str, possible: str, hold: str
) -> None:
    assert spans(read(package(cells))) == (certain, possible, hold)


ASSUMED = {"valid_mode": "throughout", "zone_basis": "assumed"}


def zones(*claims: Row, links: list[Row] | None = None) -> list[tuple[int, str, str]]:
    made = read(package(*claims, links=links))
    bounds = [span(start, end) for start, end in zip(made.valid_from, made.valid_to, strict=True)]
    return list(zip(made.claim.tolist(), made.label, bounds, strict=True))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(cells, expected, id=name)
        for name, cells, expected in [
            ("stated", {"zone_basis": "stated", "claimant_id": "army-b"}, {RECORDED: "05:00..08:00"}),
            ("nobody has a zone", {}, {RECORDED: "05:00..08:00"}),
            ("the claimant's", {"claimant_id": "army-b"}, {RECORDED: "05:00..08:00", "Europe/Moscow": "06:00..09:00"}),
            (
                "an outlet's is its own",
                {"claimant_id": "outlet-d"},
                {RECORDED: "05:00..08:00", "Europe/London": "08:00..11:00"},
            ),
            (
                "an outlet's is that of its country",
                {"claimant_id": "outlet-c"},
                {RECORDED: "05:00..08:00", "America/New_York": "13:00..16:00"},
            ),
            ("that of the place is as recorded", {"place_id": "town-a"}, {RECORDED: "05:00..08:00"}),
            (
                "that of the place",
                {"place_id": "town-b", "claimant_id": "minister-a"},
                {RECORDED: "05:00..08:00", "Europe/Moscow": "06:00..09:00"},
            ),
            (
                "that of the incident's place",
                {"incident_id": "war", "claimant_id": "army-b"},
                {RECORDED: "05:00..08:00", "Europe/Moscow": "06:00..09:00"},
            ),
            (
                "of both, which are one",
                {"claimant_id": "army-b", "place_id": "town-b"},
                {RECORDED: "05:00..08:00", "Europe/Moscow": "06:00..09:00"},
            ),
            (
                "of both, which differ",
                {"claimant_id": "outlet-c", "place_id": "town-b"},
                {RECORDED: "05:00..08:00", "America/New_York": "13:00..16:00", "Europe/Moscow": "06:00..09:00"},
            ),
        ]
    ],
)
def test_an_assumed_zone_may_be_that_of_the_claimant_or_of_the_place(cells: Row, expected: dict[str, str]) -> None:
    bounds = {"valid_from": at("09:00", "+04:00"), "valid_to": at("12:00", "+04:00")}
    assert {label: times for _, label, times in zones(ASSUMED | bounds | cells)} == expected


@pytest.mark.parametrize(
    ("wall", "zone_of", "instants"),
    [
        # London: 02:00 BST becomes 01:00 GMT on 30 October, 01:00 GMT becomes 02:00 BST on 27 March.
        ("2022-10-30T00:30", "outlet-d", "2022-10-29T23:30"),
        ("2022-10-30T01:30", "outlet-d", "2022-10-30T00:30"),  # the earlier of two
        ("2022-10-30T02:30", "outlet-d", "2022-10-30T02:30"),
        ("2022-03-27T00:30", "outlet-d", "2022-03-27T00:30"),
        ("2022-03-27T01:30", "outlet-d", "2022-03-27T01:00"),  # there is none: the next
        ("2022-03-27T02:30", "outlet-d", "2022-03-27T01:30"),
        # New York, by the country of the outlet: a week later.
        ("2022-10-30T01:30", "outlet-c", "2022-10-30T05:30"),
        ("2022-11-06T01:30", "outlet-c", "2022-11-06T05:30"),
        ("2022-11-06T03:30", "outlet-c", "2022-11-06T08:30"),
    ],
)
def test_every_time_takes_the_offset_that_the_zone_had_then(wall: str, zone_of: str, instants: str) -> None:
    time = f"{wall}:00+10:00"
    cells = {"valid_mode": "at", "zone_basis": "assumed", "claimant_id": zone_of, "valid_from": time, "valid_to": time}
    made = read(package(cells))
    expected = int(datetime.fromisoformat(f"{instants}:00+00:00").timestamp()) * 1_000_000
    assert made.valid_from.tolist()[1:] == made.valid_to.tolist()[1:] == [expected]


@pytest.mark.parametrize(
    ("start", "end"),
    [("01:30:00-05:00", "01:45:00-05:00"), ("01:30:00-04:00", "01:30:00-05:00"), ("01:30:00-04:00", "01:45:00-04:00")],
)
def test_the_later_of_two_where_it_is_recorded_as_that(start: str, end: str) -> None:
    """In New York 01:30 came twice that night, and the offset says which of the two is meant."""
    cells = {"valid_mode": "throughout", "zone_basis": "assumed", "claimant_id": "outlet-c"}
    night = {"valid_from": f"2022-11-06T{start}", "valid_to": f"2022-11-06T{end}"}
    assert read(package(cells | night)).label.tolist() == [RECORDED]


@pytest.mark.parametrize("zone", ["Europe/Dublin", "Africa/Casablanca"])
def test_the_earlier_of_two_also_where_the_winter_is_the_exception(zone: str) -> None:
    """Their winter or Ramadan time is written as negative summer time."""
    transition = {"Europe/Dublin": "2022-10-30T01:30", "Africa/Casablanca": "2022-03-27T02:30"}[zone]
    expected = {"Europe/Dublin": "2022-10-30T00:30", "Africa/Casablanca": "2022-03-27T01:30"}[zone]
    time = f"{transition}:00+10:00"
    claim = {
        "claim_id": "c",
        "kind": "hostilities",
        "predicate": "strike",
        "claimant_id": "p",
        "source_id": "undated",
        "valid_mode": "at",
        "zone_basis": "assumed",
        "valid_from": time,
        "valid_to": time,
    }
    actors = [{"actor_id": "p", "kind": "state", "time_zone": zone}]
    made = read(package_of({**WORLD, "actors": actors, "claims": [claim]}))
    assert made.valid_from.tolist()[1] == int(datetime.fromisoformat(f"{expected}:00+00:00").timestamp()) * 1_000_000


@pytest.mark.parametrize(("mode", "certain"), [("within", "-"), ("throughout", "01:00")])
def test_a_period_in_an_hour_that_a_zone_leaves_out_is_an_instant(mode: str, certain: str) -> None:
    """In London clocks went from 01:00 to 02:00 that night."""
    cells = {"valid_mode": mode, "zone_basis": "assumed", "claimant_id": "outlet-d"}
    night = {"valid_from": "2022-03-27T01:00:00+04:00", "valid_to": "2022-03-27T01:30:00+04:00"}
    made = read(package(cells | night))
    assert made.label[1] == "Europe/London"
    assert spans(made, 1) == (certain, "01:00", "01:00")


def test_the_two_bounds_of_a_claim_move_together_and_each_by_its_day() -> None:
    cells = {
        "valid_mode": "throughout",
        "zone_basis": "assumed",
        "claimant_id": "outlet-d",
        "valid_from": "2022-10-29T12:00:00+04:00",
        "valid_to": "2022-10-31T12:00:00+04:00",
    }
    made = read(package(cells))
    recorded, london = (
        int(end - start) // 3_600_000_000 for start, end in zip(made.valid_from, made.valid_to, strict=True)
    )
    assert (recorded, london) == (48, 49)
    assert tuple(made.label) == (RECORDED, "Europe/London")


def test_readings_stand_by_claim_and_the_recorded_one_is_first() -> None:
    bounds = {"valid_from": at("09:00", "+04:00"), "valid_to": at("12:00", "+04:00")}
    made = read(
        package(
            {"valid_mode": "at", "valid_from": at("09:00"), "valid_to": at("09:00"), "zone_basis": "stated"},
            ASSUMED | bounds | {"claimant_id": "outlet-c", "place_id": "town-b"},
            {},
            ASSUMED | bounds | {"claimant_id": "army-b"},
        )
    )
    assert made.claim.tolist() == [0, 1, 1, 1, 2, 3, 3]
    assert tuple(made.label) == (
        RECORDED,
        RECORDED,
        "America/New_York",
        "Europe/Moscow",
        RECORDED,
        RECORDED,
        "Europe/Moscow",
    )
    assert made.first.tolist() == [0, 1, 4, 5, 7]
    assert made.valid_from[4] == made.valid_to[4] == MISSING


BY_CLAIMANT = {"claimant_id": "army-b", "valid_from": at("09:00", "+04:00"), "valid_to": at("12:00", "+04:00")}
STATED = {"valid_mode": "until", "zone_basis": "stated", "valid_to": at("11:00", "+02:00")}


@pytest.mark.parametrize(
    ("original", "relation", "expected"),
    [
        (STATED | {"valid_from": at("08:00", "+02:00")}, "repeats", ["07:00..10:00"]),
        (STATED, "repeats", ["07:00..10:00"]),
        (STATED, "corroborates", ["05:00..08:00", "06:00..09:00"]),
        (
            ASSUMED | {"valid_from": at("09:00", "+02:00"), "valid_to": at("11:00", "+02:00")},
            "repeats",
            ["05:00..08:00", "06:00..09:00"],
        ),
        ({"zone_basis": ""}, "repeats", ["05:00..08:00", "06:00..09:00"]),
    ],
)
def test_a_claim_that_repeats_one_with_a_stated_zone_takes_it(
    original: Row, relation: str, expected: list[str]
) -> None:
    links = [{"claim_id": "c0", "relation": relation, "other_id": "c1"}]
    found = zones(ASSUMED | BY_CLAIMANT, original, links=links)
    assert [times for claim, _, times in found if claim == 0] == expected


def test_a_stated_zone_is_not_given_up_for_that_of_another_claim() -> None:
    links = [{"claim_id": "c0", "relation": "repeats", "other_id": "c1"}]
    own = BY_CLAIMANT | {"valid_mode": "throughout", "zone_basis": "stated"}
    assert zones(own, STATED, links=links)[0] == (0, RECORDED, "05:00..08:00")


def test_the_end_of_a_repeated_period_that_is_open_stays_open() -> None:
    links = [{"claim_id": "c0", "relation": "repeats", "other_id": "c1"}]
    since = {"valid_mode": "since", "zone_basis": "assumed", "valid_from": at("09:00", "+04:00")}
    made = read(package(since, STATED, links=links))
    assert (clock(int(made.valid_from[0])), made.valid_to[0]) == ("07:00", MISSING)


@pytest.mark.parametrize(
    ("cells", "asserted_from", "asserted_by", "reported"),
    [
        (REPORTED | SAID, "13:00", "13:30", "15:00"),
        (REPORTED, None, "15:00", "15:00"),
        (SAID, "13:00", "13:30", None),
        ({}, None, None, None),
    ],
)
def test_clocks(cells: Row, asserted_from: str | None, asserted_by: str | None, reported: str | None) -> None:
    made = clocks(package(cells))
    said = [made.asserted_from[0], made.asserted_by[0], made.reported[0]]
    assert [None if micros == MISSING else clock(int(micros)) for micros in said] == [
        asserted_from,
        asserted_by,
        reported,
    ]


def test_clocks_of_some_claims() -> None:
    made = clocks(package(REPORTED, SAID, {}))
    some = made.of(np.array([True, False, True]))
    assert some.reported.tolist() == [made.reported[0], made.reported[2]]
    assert some.asserted_from.tolist() == [MISSING, MISSING]
    assert some.asserted_by.tolist() == [made.asserted_by[0], made.asserted_by[2]]
