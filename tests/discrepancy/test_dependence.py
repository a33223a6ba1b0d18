"""On what the strength or a figure of a finding depends."""

from __future__ import annotations

import pandas as pd
import pytest
from build import counts, package, says
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.discrepancy import compute
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.telling.doubts import OF_ONE_SIDE
from claimtrack.discrepancy.telling.other_times import BEFORE, DOING
from claimtrack.moments import MISSING
from examples import tried
from generated import THEMES, WORLD, Row, drawn, package_of

TRUCE = says("in_force", "since 09:00", reported="12:34")
STRIKE = says("strike", "throughout 06:00 12:00", reported="14:05", place_id="town-a")


def of_pairs(*claims: Row, links: tuple[str, ...] = ()) -> dict[str, list[tuple[str, ...]]]:
    pairs = compute(package(*claims, links=links)).pairs()
    return {" ".join(pair["claims"]): [tuple(entry.values()) for entry in pair["depends_on"]] for pair in pairs}


def depends(*claims: Row, links: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    [pair] = compute(package(*claims, links=links)).pairs()
    return [tuple(entry.values()) for entry in pair["depends_on"]]


AT_MOST = "possible at most"
ARMY = {"claimant_id": "army-b"}
NARROWER = ("b", "actor_id", "narrower than what is asserted", AT_MOST)


@pytest.mark.parametrize(
    ("claims", "entries"),
    [
        ((TRUCE, STRIKE), []),
        (
            (TRUCE | says("in_force", "since 09:00?", reported="12:34", **ARMY), STRIKE),
            [("a", "zone_basis", "Europe/Moscow", "overlap 2 h")],
        ),
        (
            (says("in_force", "since 09:00?", **ARMY), says("strike", "at 09:30")),
            [("a", "zone_basis", "Europe/Moscow", "no discrepancy")],
        ),
        (
            (says("in_force", "since 09:00?", reported="09:30", **ARMY), says("strike", "at 10:00")),
            [("a", "zone_basis", "Europe/Moscow", "definite ceasefire-contradicted, since_start 0 h")],
        ),
        (
            (says("in_force", "since 09:00"), says("strike", "at 13:00?", **ARMY)),
            [("b", "zone_basis", "Europe/Moscow", "since_start 5 h")],
        ),
        (
            (TRUCE, says("strike", "at 09:00", certainty="hedged")),
            [("b", "certainty", "hedged", AT_MOST)],
        ),
        (
            (TRUCE | {"certainty": "implied"}, says("strike")),
            [("a", "certainty", "implied", AT_MOST), ("b", "valid_mode", "no time given", AT_MOST)],
        ),
        (
            (says("pause", "at 10:00", place_id="town-a"), says("strike", "at 10:00", place_id="aland")),
            [("b", "place_id", "wider", AT_MOST)],
        ),
        (
            (counts("killed", "49", "", reported="16:00"), counts("killed", "~64", **ARMY)),
            [
                ("a", "valid_to", "not stated: the report's time is taken", AT_MOST),
                ("b", "count_approx", "true", AT_MOST),
            ],
        ),
        (
            (counts("killed", "49", "as of 15:00?", **ARMY), counts("killed", "64", "as of 16:00")),
            [("a", "zone_basis", "Europe/Moscow", "a discrepancy")],
        ),
        (
            (counts("killed", "49", "as of 16:00?", **ARMY), counts("killed", "64", "as of 16:00")),
            [("a", "zone_basis", "Europe/Moscow", AT_MOST)],  # then it may be the other's next figure
        ),
        (
            (counts("killed", "64", "as of 16:00?", **ARMY), counts("killed", "49", "as of 16:00")),
            [("a", "zone_basis", "Europe/Moscow", "no discrepancy")],
        ),
        ((counts("killed", "49"), counts("killed", "40", "as of 18:00")), []),
        (
            (says("outbreak", "at 01:00?", **ARMY), says("outbreak", "at 03:00")),
            [("a", "zone_basis", "Europe/Moscow", "gap 1 h")],
        ),
        (
            (counts("killed", "49", "as of 16:00?", **ARMY), counts("killed", "40", "as of 16:30", **ARMY)),
            [("a", "zone_basis", "Europe/Moscow", "no discrepancy")],
        ),
        (
            (counts("killed", "49", target_id="aland"), counts("killed", "50", "as of 15:30?", **ARMY)),
            [("b", "zone_basis", "Europe/Moscow", "no discrepancy")],
        ),
        (
            (counts("killed", "64", "as of 10:00"), counts("killed", "49", "as of 14T09:30?", **ARMY)),
            [
                ("b", "zone_basis", "Europe/Moscow", "no discrepancy"),
                ("a", "valid_to", "earlier than that of the lower figure", AT_MOST),
            ],
        ),
        (
            (says("pause", "at 10:00", incident_id="unplaced"), says("strike", "at 10:00", place_id="town-a")),
            [("a", "place_id", "not stated", AT_MOST)],
        ),
        (
            (
                says("pause", "at 10:00", incident_id="unplaced"),
                says("strike", "at 10:00", place_id="border", place_relation="along"),
            ),
            [("a", "place_id", "not stated", AT_MOST)],
        ),
        *[
            (
                (says("pause", "at 10:00", actor_id="army-b"), says("strike", "at 10:00", actor_id=actor)),
                [("b", "actor_id", reading, AT_MOST)],
            )
            for actor, reading in (("", "not stated"), ("bland", "wider"), ("aland", "another one"))
        ],
        ((says("strike", "at 10:00"), says("not strike", "at 10:00", actor_id="bland")), [NARROWER]),
        (
            (says("alert_on", "since 09:00", reported="10:30"), says("alert_off", "at 10:00")),
            [("a", "valid_mode", "since", AT_MOST)],
        ),
        (
            (says("no_fighting", "at 12:30"), says("not no_fighting", "within 12:00 13:00")),
            [("b", "valid_mode", "within", AT_MOST)],
        ),
        (
            (says("no_fighting", "within 12:00 13:00"), says("not no_fighting", "at 12:30")),
            [("a", "valid_mode", "within", AT_MOST)],
        ),
        (
            (TRUCE, says("violated", "at 10:00", incident_id="", place_id="town-a")),
            [("b", "incident_id", "not stated", AT_MOST)],
        ),
        *[
            ((says(what, f"since {first}", place_id="town-a"), says(what, f"since {second}", place_id=place)), [cause])
            for what, first, second, place, cause in (
                ("outbreak", "02:00", "01:00", "region-a", ("b", "place_id", "wider", AT_MOST)),
                ("in_force", "09:00", "10:00", "region-a", ("b", "place_id", "wider", AT_MOST)),
                ("outbreak", "01:00", "02:00", "town-b", ("b", "place_id", "another one", AT_MOST)),
            )
        ],
        (
            tuple(
                says("outbreak", time, incident_id="who-fired", **place)
                for time, place in (("at 01:00", {}), ("at 02:00", {"place_id": "town-a"}))
            ),
            [("a", "place_id", "not stated", AT_MOST)],
        ),
        (
            tuple(
                says("initiated", actor_id=actor, place_id=place)
                for actor, place in (("aland", "town-a"), ("bland", "town-b"))
            ),
            [("b", "place_id", "another one", AT_MOST)],
        ),
        (
            (says("pause", "at 10:00", incident_id="unplaced"), says("strike", "at 10:00", incident_id="")),
            [("a", "place_id", "not stated", AT_MOST), ("b", "place_id", "not stated", AT_MOST)],
        ),
        (
            (says("initiated", actor_id="ministry-a"), says("initiated", actor_id="soldiers-a", **ARMY)),
            [("b", "actor_id", OF_ONE_SIDE, AT_MOST)],
        ),
        (
            (counts("killed", "5", actor_id="aland"), counts("killed", "9", actor_id="bland", **ARMY)),
            [("a", "actor_id", DOING, AT_MOST)],
        ),
        (
            (counts("killed", "49"), counts("killed", "40", "as of 18:00", actor_id="bland")),
            [("b", "actor_id", DOING, AT_MOST)],
        ),
        (
            (counts("killed", "40"), counts("killed", "49", "from 12T08:00 as of 16:00", **ARMY)),
            [("b", "valid_from", BEFORE, AT_MOST)],
        ),
        ((TRUCE, says("strike", "around 09:00")), [("b", "valid_mode", "around", AT_MOST)]),
        ((TRUCE, says("fighting", "since 06:00", reported="12:00")), [("b", "valid_mode", "since", AT_MOST)]),
        (
            (says("observed", "until 12:00", reported="12:30"), says("strike", "at 10:00")),
            [("a", "valid_mode", "until", AT_MOST)],
        ),
        (
            (says("pause", "within 12:00 13:00"), says("strike", "within 12:30 13:30")),
            [("a", "valid_mode", "within", AT_MOST), ("b", "valid_mode", "within", AT_MOST)],
        ),
        (
            (says("strike", "within 09:00 11:00"), says("not strike", "at 10:00")),
            [("a", "valid_mode", "within", AT_MOST)],
        ),
        (
            (says("strike", "within 09:30 10:00"), says("not strike", "within 09:00 11:00", certainty="hedged")),
            [("b", "certainty", "hedged", AT_MOST)],  # the vague times do not keep it from being sure
        ),
        (
            (TRUCE, says("not observed", "within 08:00 10:00", place_id="town-a")),
            [("b", "valid_mode", "within", AT_MOST)],
        ),
        (
            (says("initiated", actor_id="aland", certainty="hedged"), says("initiated", actor_id="bland", **ARMY)),
            [("a", "certainty", "hedged", AT_MOST)],  # no times are compared
        ),
        (
            (counts("killed", "49"), counts("killed", "49") | {"polarity": "denies"}),
            [
                ("a", "valid_mode", "a figure has no period", AT_MOST),
                ("b", "valid_mode", "a figure has no period", AT_MOST),
            ],
        ),
        (
            (counts("killed", "49", "", asserted="15:00 16:00", reported="18:00"), counts("killed", "64", **ARMY)),
            [("a", "valid_to", "not stated: the time at which it was said is taken", AT_MOST)],
        ),
        (
            (counts("casualties", "49", "as of 15:00?", **ARMY), counts("killed", "49")),
            [("a", "zone_basis", "Europe/Moscow", "a discrepancy")],
        ),
        (
            (says("pause", "at 09:00?", **ARMY), says("strike", "at 07:00?", claimant_id="outlet-d")),
            [
                ("a", "zone_basis", "Europe/Moscow", "a discrepancy with b in Europe/London"),
                ("b", "zone_basis", "Europe/London", "a discrepancy with a in Europe/Moscow"),
            ],
        ),
        (
            (says("strike", "at 10:00", actor_id="bland"), says("not strike", "at 10:00", actor_id="army-b")),
            [("b", "actor_id", "narrower than what is asserted", AT_MOST)],
        ),
        (
            (says("strike", "at 10:00", place_id="aland"), says("not strike", "at 10:00", place_id="town-a")),
            [("b", "place_id", "narrower than what is asserted", AT_MOST)],
        ),
    ],
)
def test_depends_on(claims: tuple[Row, ...], entries: list[tuple[str, ...]]) -> None:
    assert depends(*claims) == entries


def test_a_sum_and_an_addition_depend_on_the_zone_of_their_windows() -> None:
    whole, part = counts("killed", "50", target_id="aland"), counts("killed", "52", "as of 15:30?", **ARMY)
    assert depends(whole, part, links=("b part_of a",)) == [
        ("b", "zone_basis", "Europe/Moscow", "not count-exceeds-whole")  # but a sum
    ]
    sum_only = counts("killed", "52", "as of 15:30?", target_id="bland", **ARMY)
    assert depends(counts("killed", "50"), sum_only, links=("b part_of a",)) == [
        ("b", "zone_basis", "Europe/Moscow", "possible count-sum")
    ]
    addition = compute(
        package(
            counts("killed", "40", "as of 10:00", **ARMY),
            counts("killed", "49", "as of 16:00", **ARMY),
            counts("killed", "5", "from 09:00 as of 15:00?", count_mode="increment", **ARMY),
        )
    )
    assert [[(entry["claim"], entry["effect"]) for entry in pair["depends_on"]] for pair in addition.pairs()] == [
        [("c", "a discrepancy")]
    ] * 2


def test_a_zone_is_taken_from_what_is_repeated() -> None:
    claims = (
        says("pause", "throughout 09:00 10:00?", **ARMY),
        says("strike", "at 10:30"),
        says("pause", "throughout 09:00+03:00 10:00+03:00", place_id="elsewhere", **ARMY),
    )
    assert depends(*claims, links=("a repeats c",)) == [("a", "zone_basis", "UTC+3", "taken from what it repeats")]


def test_a_part_of_another_time_than_its_whole() -> None:
    whole, part = counts("killed", "50"), counts("killed", "52", "as of 17:00", target_id="bland")
    assert depends(whole, part, links=("b part_of a",)) == [("b", "valid_to", "outside the time of the whole", AT_MOST)]


ADDITION = (
    counts("killed", "40", "as of 10:00", **ARMY),
    counts("killed", "~49", "as of 16:00", **ARMY),
    counts("killed", "5", "from 10:00 as of 16:00", count_mode="increment", **ARMY),
)


@pytest.mark.parametrize(
    ("earlier", "later", "effects"),
    [
        ("as of 15:00?", "as of 16:00", [("b", "no discrepancy")]),  # then both are of the end of the window
        ("as of 15:00", "as of 16:00?", [("c", "no discrepancy")]),
        ("as of 15:00", "as of 15:00?", [("c", "a discrepancy")]),
        ("as of 14:00?", "as of 15:00?", [("b", "a discrepancy"), ("c", "a discrepancy")]),
        ("as of 15:00", "as of 16:00", []),
    ],
)
def test_a_total_is_judged_by_the_end_for_which_it_was_taken(
    earlier: str, later: str, effects: list[tuple[str, str]]
) -> None:
    claims = (
        counts("killed", "5", "from 15:00 as of 16:00", count_mode="increment", **ARMY),
        counts("killed", "40", earlier, **ARMY),
        counts("killed", "49", later, **ARMY),
    )
    pairs = [pair for pair in compute(package(*claims)).pairs() if pair["code"] == "count-delta"]
    assert [pair["claims"] for pair in pairs] == [["a", "b"], ["a", "c"]]
    for pair in pairs:
        assert sorted((entry["claim"], entry["effect"]) for entry in pair["depends_on"]) == effects
        assert pair["strength"] == ("possible" if effects else "definite")


def test_an_addition_and_a_sum_depend_on_all_their_figures() -> None:
    about = ("b", "count_approx", "true", AT_MOST)
    for claims, links in (
        (ADDITION, ()),
        (
            (
                counts("killed", "50"),
                counts("killed", "~42", target_id="conscripts-a"),
                counts("killed", "9", target_id="civilians-a"),
            ),
            ("b part_of a", "c part_of a"),
        ),
    ):
        pairs = list(compute(package(*claims, links=links)).pairs())
        assert [[tuple(entry.values()) for entry in pair["depends_on"]] for pair in pairs] == [[about]] * 2
    [row] = compute(package(*ADDITION)).condensed()
    assert [tuple(entry.values()) for entry in row["depends_on"]] == [about]


def test_a_sum_that_is_but_possible_for_another_part_depends_on_no_zone() -> None:
    """In London's time its first part would lie outside the whole, which makes it no less sure than its other part."""
    of_twelve = "from 00:00 as of 12:00"
    whole = counts("killed", "10", of_twelve)
    part = counts("killed", "6", f"{of_twelve}?", place_id="town-a", claimant_id="outlet-d")
    links = ("b part_of a", "c part_of a")
    for mode, phrase, expected in (
        ("increment", of_twelve, [("c", "count_mode")]),
        ("cumulative", "from 00:00 as of 15:00", [("c", "valid_to")]),
        ("cumulative", of_twelve, [("b", "zone_basis")]),
    ):
        other = counts("killed", "6", phrase, place_id="town-b", count_mode=mode)
        pairs = list(compute(package(whole, part, other, links=links)).pairs())
        assert [[(one["claim"], one["field"]) for one in pair["depends_on"]] for pair in pairs] == [expected] * 2


def test_a_claim_whose_time_lies_outside_its_incident() -> None:
    strike = says("strike", "at 10:00", incident_id="truce-2")
    assert depends(strike, says("not strike", "until 18:00", incident_id="truce-2")) == [
        ("b", "valid_mode", "none of it in the time of its incident", AT_MOST)
    ]


@pytest.mark.parametrize(
    ("where", "mode", "causes"),
    [
        ({"place_id": "area"}, "at 12:30", [("b", "place_id", "wider", AT_MOST)]),
        ({"actor_id": ""}, "at 12:30", [("b", "actor_id", "not stated", AT_MOST)]),
        ({}, "throughout 12:00 14:00", [("b", "valid_mode", "throughout", AT_MOST)]),
    ],
)
def test_what_was_not_absent_may_have_been_elsewhere_or_at_another_time(
    where: Row, mode: str, causes: list[tuple[str, ...]]
) -> None:
    own = {"actor_id": "aland", "place_id": "town-a"}
    none = says("no_fighting", "throughout 12:00 13:00", **own)
    assert depends(none, says("not no_fighting", mode, **own | where)) == causes


def test_an_absence_of_which_nobody_says_where() -> None:
    none = says("no_fighting", "throughout 12:00 13:00", incident_id="unplaced")
    some = says("not no_fighting", "at 12:30", incident_id="unplaced", place_id="town-a")
    assert depends(none, some) == [("a", "place_id", "not stated", AT_MOST)]


@pytest.mark.parametrize(("actor", "reading"), [("", "not stated"), ("bland", "another one")])
def test_a_ceasefire_of_one_side_that_began_before_that_of_another(actor: str, reading: str) -> None:
    starts = says("in_force", "since 09:00", actor_id="ministry-a"), says("in_force", "since 10:00", actor_id=actor)
    assert depends(*starts) == [("b", "actor_id", reading, AT_MOST)]


def test_an_actor_is_named_together_with_another() -> None:
    both = [says("initiated", actor_id=actor, statement_id="s") for actor in ("aland", "bland")]
    alone = says("initiated", actor_id="bland", asserted="22:00")
    assert depends(*both, alone) == [("a", "actor_id", "named together with bland", AT_MOST)]


def test_a_sum_that_falls_short_may_lack_parts() -> None:
    whole, part = counts("killed", "50"), counts("killed", "42", target_id="bland")
    assert depends(whole, part, links=("b part_of a",)) == [
        ("a", "count_min", "more than its declared parts, of which some may be missing", AT_MOST)
    ]


def test_an_as_of_that_is_not_stated_is_taken_from_what_comes_first() -> None:
    over = {"incident_id": "battle"}
    for blank, taken in (
        (counts("killed", "49", "", reported="15T10:00", **over), "the end of its incident's window is taken"),
        (
            counts("killed", "49", "", asserted="15T09:00", reported="15T10:00", **over),
            "the end of its incident's window is taken",
        ),
        (
            counts("killed", "49", "", asserted="22:00", reported="15T10:00", **over),
            "the time at which it was said is taken",
        ),
        (counts("killed", "49", "", reported="22:00", **over), "the report's time is taken"),
    ):
        at = "as of 14T00:00" if "incident" in taken else "as of 22:00"
        told = depends(blank, counts("killed", "64", at, **over, **ARMY))
        assert told == [("a", "valid_to", f"not stated: {taken}", AT_MOST)]


def test_who_was_missing_may_have_been_found() -> None:
    fallen = "earlier than that of the whole, which may have fallen since"
    missing = counts("missing", "40", target_id="aland"), counts("missing", "50", "as of 15:00")
    assert depends(*missing) == [("b", "valid_to", fallen, AT_MOST)]


def test_an_addition_may_not_say_since_when() -> None:
    start = "not stated: the start of its incident is taken"
    stated = added("from 00:00 as of 16:00") | {"count_min": "9", "count_max": "9", **ARMY}
    assert depends(added("as of 16:00"), stated) == [("a", "valid_from", start, AT_MOST)]


def test_figures_of_no_stated_incident() -> None:
    figures = counts("killed", "49", incident_id=""), counts("killed", "64", incident_id="", **ARMY)
    another = "not stated: it may be another one than that of the other figure"
    assert depends(*figures) == [(name, "incident_id", another, AT_MOST) for name in "ab"]


def test_of_a_time_after_the_end_of_the_incident_more_may_be_known() -> None:
    later = "after the end of its incident, and later than that of the other figure"
    over = {"incident_id": "battle"}
    early = counts("killed", "49", "as of 15T10:00", **over)
    late = counts("killed", "64", "as of 20T10:00", **over, **ARMY)
    assert depends(early, late) == [("b", "valid_to", later, AT_MOST)]
    assert depends(late, early) == [("a", "valid_to", later, AT_MOST)]
    part = "later than that of the whole, after the end of their incident"
    assert depends(early | {"target_id": "aland"}, late) == [("b", "valid_to", part, AT_MOST)]
    blank = counts("killed", "64", "", reported="20T10:00", **over)
    cut = "not stated: the end of its incident's window is taken"
    assert depends(early | {"target_id": "aland"}, blank) == [("b", "valid_to", cut, AT_MOST)]
    assert depends(blank | {"target_id": "aland", "count_min": "9", "count_max": "9"}, early) == [
        ("a", "valid_to", cut, AT_MOST)
    ]


def test_nobody_knows_since_when_a_whole_counts() -> None:
    since = "not stated: since when is not known"
    whole = counts("killed", "5", incident_id="unplaced")
    part = counts("killed", "7", "from 08:00 as of 16:00", incident_id="unplaced", **ARMY)
    assert depends(whole, part) == [("a", "valid_from", since, AT_MOST)]


def test_of_additions_another_part_may_be_negative() -> None:
    recount = "an addition, of which another part may be negative, a recount"
    higher = added("from 08:00 as of 12:00") | {"count_min": "9", "count_max": "9"}
    assert depends(added("from 08:00 as of 16:00"), higher) == [("a", "count_mode", recount, AT_MOST)]
    of_total = depends(counts("killed", "5"), higher, links=("b part_of a",))
    assert of_total == [("b", "count_mode", recount, AT_MOST)]


def test_a_denial_of_one_figure_may_leave_another_standing() -> None:
    no_period = [(name, "valid_mode", "a figure has no period", AT_MOST) for name in "ab"]
    narrower = ("b", "count_min", "narrower than what is asserted", AT_MOST)
    asserted = counts("killed", "43+"), counts("killed", "49")
    for figure, told in zip(asserted, ([*no_period, narrower], no_period), strict=True):
        assert depends(figure, counts("killed", "49", polarity="denies", **ARMY)) == told


@pytest.mark.parametrize(
    ("claims", "entries"),
    [
        (
            # A hedge holds the strength; in Moscow's zone the strike is vouched for, and its code another one.
            (
                says("in_force", "since 09:00", asserted="10:00"),
                says("strike", "at 09:30?", certainty="hedged", **ARMY),
            ),
            [
                ("b", "zone_basis", "Europe/Moscow", "possible ceasefire-breached, since_start 1 h 30 min"),
                ("b", "certainty", "hedged", AT_MOST),
            ],
        ),
        (
            # Nor does another zone matter to what is possible for its place in any case.
            (
                says("pause", "throughout 10:00 11:00", place_id="town-a"),
                says("strike", "within 09:30 10:00?", place_id="aland", **ARMY),
            ),
            [
                ("b", "zone_basis", "Europe/Moscow", "a discrepancy, overlap 30 min"),
                ("b", "place_id", "wider", AT_MOST),
            ],
        ),
        (
            (
                says("pause", "throughout 10:00 11:00", place_id="town-a"),
                says("strike", "within 09:30 10:30?", place_id="aland", **ARMY),
            ),
            [("b", "place_id", "wider", AT_MOST), ("b", "valid_mode", "within", AT_MOST)],
        ),
        (
            # Two clocks: in Moscow's zone alone there is none, in Moscow's zone both there is.
            (says("pause", "throughout 09:00 10:00?", **ARMY), says("strike", "throughout 09:00 10:00?", **ARMY)),
            [
                ("a", "zone_basis", "Europe/Moscow", "no discrepancy with b as recorded"),
                ("b", "zone_basis", "Europe/Moscow", "no discrepancy with a as recorded"),
            ],
        ),
        (
            # It is an alert on against an alert off in either zone, but surely so with the other one at issue.
            (
                says("alert_on", "within 09:00 10:00?", asserted="19:00", **ARMY),
                says("alert_off", "throughout 09:00 12:00", asserted="20:00"),
            ),
            [],
        ),
    ],
)
def test_the_effect_of_a_zone_is_true_of_the_finding(claims: tuple[Row, ...], entries: list[tuple[str, ...]]) -> None:
    assert sorted(depends(*claims)) == sorted(entries)


def outcomes(tables: dict[str, list[Row]]) -> dict[tuple[str, ...], str]:
    """What each pair of each family is."""
    return {
        (pair["family"], *sorted(pair["claims"])): f"{pair['strength']} {pair['code']}"
        for pair in compute(package_of(WORLD | tables)).pairs()
    }


def fixed(tables: dict[str, list[Row]], facts: Facts, zones: dict[str, str]) -> dict[str, list[Row]]:
    """The tables with the times of these claims stated: as they are in that zone, or as recorded."""
    claims = [dict(row) for row in tables["claims"]]
    for row in claims:
        if row["claim_id"] in zones:
            at = facts.claim_id.tolist().index(row["claim_id"])
            [reading] = [
                one
                for one in range(facts.readings.first[at], facts.readings.first[at + 1])
                if facts.readings.label[one] == zones[row["claim_id"]]
            ]
            for name in ("valid_from", "valid_to"):
                moment = int(getattr(facts.readings, name)[reading])
                row[name] = "" if moment == MISSING else f"{pd.Timestamp(moment, unit='us', tz='UTC').isoformat()}"
            row["zone_basis"] = "stated"
    return tables | {"claims": claims}


FOLLOWED = ("count-fell", "count-delta", "count-sum", "count-outdated", "count-gap")
"""Codes of several figures, or of series that run as recorded: they are no matter of two readings."""


@tried(100)
@given(data=st.data(), tables=st.sampled_from(["states", "ceasefires", "denials", "starts", "counts"]).flatmap(drawn))
def test_the_effect_of_a_zone_is_what_comes_of_the_pair_in_it(
    data: st.DataObject, tables: dict[str, list[Row]]
) -> None:
    tables["links"] = []
    findings = compute(package_of(WORLD | tables))
    facts = findings.computed.facts
    first = facts.readings.first
    zones = {
        claim: facts.readings.label[first[at] + 1 : first[at + 1]].tolist()
        for at, claim in enumerate(facts.claim_id.tolist())
    }
    pairs = [pair for pair in findings.pairs() if pair["code"] not in FOLLOWED and any(map(zones.get, pair["claims"]))]
    if not pairs:
        return
    pair = data.draw(st.sampled_from(pairs))
    key = (pair["family"], *sorted(pair["claims"]))

    def found(stated: dict[str, str]) -> str:
        return outcomes(fixed(tables, facts, stated)).get(key, "")

    as_recorded = found(dict.fromkeys(pair["claims"], "recorded"))
    for claim, other in (pair["claims"], pair["claims"][::-1]):
        told = {
            entry["reading"]: entry["effect"]
            for entry in pair["depends_on"]
            if entry["claim"] == claim and entry["field"] == "zone_basis"
        }
        for zone in zones[claim]:
            effect, _, beside = told.get(zone, "").partition(" with ")
            stated = {claim: zone}
            if beside and not beside.endswith(" as recorded"):
                stated[other] = beside.rpartition(" in ")[2]
            elif beside or not effect:
                stated[other] = "recorded"
            there = found(stated)
            word = effect.split(", ")[0]
            if word == "possible at most":
                assert there in ("", "possible count-mismatch")
            elif word == "no discrepancy":
                assert (there, bool(as_recorded)) == ("", True)
            elif word == "a discrepancy":
                assert (bool(there), as_recorded) == (True, "")
            elif word.startswith("not "):
                assert word.removeprefix("not ") not in there
            elif word and not word.startswith(("overlap", "since_start", "gap")):
                assert there == word != as_recorded
            else:
                assert there == as_recorded


CHANGES = (AT_MOST, "no discrepancy", "a discrepancy", "not ", "definite ", "possible ")


@tried(40)
@given(tables=st.sampled_from(sorted(THEMES)).flatmap(drawn))
def test_every_possible_finding_says_why_and_no_definite_one_does(tables: dict[str, list[Row]]) -> None:
    for pair in compute(package_of(WORLD | tables)).pairs():
        reasons = [entry for entry in pair["depends_on"] if entry["effect"].startswith(CHANGES)]
        if pair["strength"] in ("definite", "possible"):
            assert bool(reasons) == (pair["strength"] == "possible"), pair


def added(window: str, **cells: str) -> Row:
    return counts("killed", "3", window, count_mode="increment", **cells)


OVERLAP = ("b", "zone_basis", "Europe/Moscow", "no discrepancy")


@pytest.mark.parametrize(
    ("first", "second", "third", "told"),
    [
        (added("from 08:00 as of 12:00?", **ARMY), added("from 12:00 as of 16:00"), (), [OVERLAP]),
        (
            added("from 11:30 as of 15:30?", **ARMY),
            added("from 08:00 as of 12:00"),
            (),
            [("b", *OVERLAP[1:3], "a discrepancy")],
        ),
        (added("from 08:00 as of 11:00?", **ARMY), added("from 12:00 as of 16:00?", **ARMY), (), []),
        (
            added("from 08:00 as of 11:00?", **ARMY),
            added("from 12:00 as of 16:00", target_id="civilians-a"),
            (added("from 11:00 as of 15:00"),),
            [OVERLAP],
        ),
    ],
)
def test_a_sum_names_the_zone_in_which_two_of_its_parts_overlap(
    first: Row, second: Row, third: tuple[Row, ...], told: list[tuple[str, ...]]
) -> None:
    whole = counts("killed", "5", "from 06:00 as of 18:00", count_mode="increment")
    links = [f"{name} part_of a" for name in "bcd"[: 2 + len(third)]]
    every = of_pairs(whole, first, second, *third, links=tuple(links))
    recount = ("a", "count_mode", "an addition, of which another part may be negative, a recount", AT_MOST)
    assert list(every.values()) == [[*told, recount]] * (2 + len(third))
