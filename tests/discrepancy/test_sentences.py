"""The sentence of a finding names all that a reader needs to check it by hand, and nothing that is not so."""

from __future__ import annotations

import pytest
from build import Case, case, counts, says

from claimtrack.discrepancy import compute

B = {"claimant_id": "army-b"}
TRUCE = says("in_force", "since 09:00", reported="12:34")
ADDITION = case(
    counts("killed", "40", "as of 10:00"),
    counts("killed", "49", "as of 16:00"),
    counts("killed", "5", "from 10:00 as of 16:00", count_mode="increment"),
)


def sentences(case: Case) -> list[str]:
    return [pair["explanation"] for pair in compute(case.package()).pairs()]


@pytest.mark.parametrize(
    ("case", "told"),
    [
        pytest.param(case, told, id=name)
        for name, case, told in [
            (
                "when it was said, where that decides",
                case(says("in_force", "since 09:00", asserted="10:00", reported="12:34"), says("strike", "at 11:00")),
                "(from 13 Sep 09:00 on; said 13 Sep 10:00; reported 13 Sep 12:34)",
            ),
            (
                "on which day it was reported, where no more is known",
                case(TRUCE, says("strike", "at 11:00", reported="14T00:00 15T00:00")),
                "(at 13 Sep 11:00; reported 14 Sep 00:00 to 15 Sep 00:00)",
            ),
            (
                "between which times it was said",
                case(TRUCE, says("fighting", asserted="15:00 15:10", reported="16:00")),
                "(no time given; said 13 Sep 15:00 to 13 Sep 15:10; reported 13 Sep 16:00)",
            ),
            (
                "zones, where they are not one",
                case(says("in_force", "since 09:00+03:00", reported="12:34"), says("strike", "at 10:30")),
                "(from 13 Sep 2022 09:00 UTC+3 on; reported 13 Sep 2022 12:34 UTC+4); "
                "Claim b says so (at 13 Sep 2022 10:30 UTC+4; reported",
            ),
            (
                "the zone of what is repeated, in which it is read",
                case(
                    says("pause", "throughout 09:00 10:00?", **B),
                    says("strike", "at 10:30"),
                    says("pause", "throughout 09:00+03:00 10:00+03:00", place_id="elsewhere", **B),
                    links=["a repeats c"],
                ),
                "(throughout 13 Sep 2022 09:00 UTC+3 to 13 Sep 2022 10:00 UTC+3, zone of what it repeats; ",
            ),
            (
                "at what time a figure is cut",
                case(
                    counts("killed", "49", "from 12T20:00 as of 15T10:00", reported="15T12:00", incident_id="battle"),
                    counts("killed", "64", "as of 20T10:00", reported="20T12:00", incident_id="battle", **B),
                ),
                "cut at 14 Sep 00:00, the end of its incident's window; reported 20 Sep 12:00",
            ),
            ("all three figures of an addition", ADDITION, "Claim c says so (from"),
            ("all three figures of an addition, first", ADDITION, "Claim a says so (as of 13 Sep 10:00"),
            ("all three figures of an addition, last", ADDITION, "Claim b says so (as of 13 Sep 16:00"),
            (
                "an earlier figure above the next",
                case(counts("killed", "64", "as of 10:00"), counts("killed", "49", **B)),
                "the first may count all that the second counts, and is lower; no number fits both",
            ),
            (
                "a figure that was said to rise",
                case(
                    counts("killed", "49", reported="16:10"),
                    says("will_rise", reported="16:10", target_id="soldiers-a"),
                    counts("killed", "49", reported="20:10"),
                ),
                "the second had overtaken, by another one or by saying that it would rise (4 h later).",
            ),
            (
                "a ceasefire that ended",
                case(TRUCE, says("ended", "since 18:00")),
                "the second says that in the period of the first the ceasefire did not hold, was violated or ended (9",
            ),
            (
                "a state that is over",
                case(says("no_fighting", "since 09:00", reported="12:34"), says("strike", "at 13:00")),
                "the second falls in the period of the first, and the two states exclude each other; "
                "it comes after the first was said, and what that says may have been so until then.",
            ),
            (
                "from when hours are counted, where the start is vague",
                case(says("observed", "around 09:00", reported="12:00"), says("strike", "within 09:10 09:20")),
                "(at least 40 min after its earliest start).",
            ),
            (
                "for how long at most, of what has no end",
                case(says("no_fighting", "throughout 12:00 14:00"), says("strike", "since 13:00", reported="18:00")),
                "(at most 1 h of overlap).",
            ),
            (
                "for how long at most, where a pause filled part of its time",
                case(says("pause", "within 12:00 14:00"), says("strike", "throughout 12:00 14:00")),
                "(at most 2 h of overlap).",
            ),
            (
                "hours in another zone alone",
                case(says("pause", "throughout 09:00 10:00?", **B), says("strike", "throughout 10:30 12:00")),
                "(30 min of overlap under another reading).",
            ),
            (
                "hours at most in another zone alone",
                case(says("pause", "throughout 09:00 10:00?", **B), says("strike", "within 10:30 12:00")),
                "(at most 30 min of overlap under another reading).",
            ),
            (
                "hours at least in each zone",
                case(
                    TRUCE | says("in_force", "since 09:00?", reported="12:34", **B),
                    says("strike", "within 11:00 12:00"),
                ),
                "(at least 2 h after the start, at least 1 h to 2 h over all readings).",
            ),
            (
                "nothing of an instant in another zone alone",
                case(says("pause", "throughout 09:00 10:00?", **B), says("strike", "at 10:30")),
                "the two states may exclude each other.",
            ),
            (
                "from when on, where that is the start of its incident's window",
                case(says("observed", "until 12:00", reported="12:30"), says("strike", "at 10:00")),
                "(until 13 Sep 12:00, from 13 Sep 09:00, the start of its incident's window; reported 13 Sep 12:30)",
            ),
            (
                "until when, where the other claim goes beyond it",
                case(
                    says("observed", "since 09:00", incident_id="battle", reported="12:34"),
                    says("strike", "within 23:00 14T01:00"),
                ),
                "(from 13 Sep 09:00 on, up to 14 Sep 00:00, the end of its incident's window; reported 13 Sep 12:34)",
            ),
            (
                "not until when, where it does not",
                case(
                    says("observed", "since 09:00", incident_id="battle", reported="12:34"), says("strike", "at 13:00")
                ),
                "(from 13 Sep 09:00 on; reported 13 Sep 12:34)",
            ),
            (
                "nor from when on, where nobody says",
                case(
                    says("observed", "until 12:00", reported="12:30", incident_id="unplaced", place_id="area"),
                    says("strike", "at 10:00"),
                ),
                "(until 13 Sep 12:00; reported 13 Sep 12:30)",
            ),
            (
                "that nobody knows whether it had been announced",
                case(TRUCE, says("strike", "throughout 10:00 12:34")),
                "and the ceasefire did not hold; whether it had been announced by then is not known (1 h after",
            ),
            (
                "that violence goes on after it had been announced",
                case(TRUCE, says("strike", "throughout 10:00 12:40")),
                "and the ceasefire did not hold; the violence goes on after the first was said (1 h after",
            ),
            (
                "that violence goes on after it had been announced under one reading only",
                case(TRUCE, says("strike", "throughout 10:00 12:00?", **B)),
                "and the ceasefire did not hold; whether it had been announced by then is not known (1 h after",
            ),
            (
                "that violence was over when it was announced",
                case(says("observed", "until 12:00", asserted="12:10"), says("strike", "throughout 08:00 12:05")),
                "and the ceasefire did not hold; the first was said after that.",
            ),
            (
                "that a pause was said before it was over",
                case(
                    says("pause", "since 12:00", reported="12:10"), says("strike", "at 14T18:00", reported="14T19:00")
                ),
                "it comes after the first was said, and what that says may have been so until then.",
            ),
            (
                "nothing of that where a pause was to last",
                case(says("pause", "throughout 12:00 19:00", reported="12:10"), says("strike", "at 18:00")),
                "and the two states exclude each other.",
            ),
            (
                "seconds, where a time has them",
                case(TRUCE, says("strike", "at 12:34:30")),
                "Claim b says so (at 13 Sep 12:34:30; reported 13 Sep 23:00): according to the second, there was "
                "violence after the first was said and the ceasefire did not last (3 h 34 min 30 s after the start).",
            ),
            (
                "less than a minute",
                case(says("pause", "throughout 09:00 10:00"), says("strike", "throughout 09:59:30 11:00")),
                "(30 s of overlap).",
            ),
            (
                "a ratio that would be rounded to one",
                case(counts("killed", "10000"), counts("killed", "10001", **B)),
                "(less than 1.01 times as high; 1 person apart).",
            ),
            (
                "the bounds of figures, which are no readings",
                case(counts("killed", "40..48"), counts("killed", "50..60", **B)),
                "(1.04 times as high, 1.04 times to 1.50 times by the bounds that are given; "
                "2 persons apart, 2 persons to 20 persons by the bounds that are given).",
            ),
            (
                "series that meet at times",
                case(
                    counts("killed", "10", "as of 10:00"),
                    counts("killed", "15"),
                    counts("killed", "10", "as of 10:00", **B),
                    counts("killed", "10..30", **B),
                ),
                "(equal at first; 1.33 times at last; equal at the least; 1.33 times at the most).",
            ),
        ]
    ],
)
def test_what_the_sentence_says(case: Case, told: str) -> None:
    assert told in " | ".join(sentences(case))


def test_the_figures_of_which_a_vague_total_is_the_sum_are_named() -> None:
    claims = (
        counts("casualties", "49"),
        counts("killed", "49"),
        counts("wounded", "20"),
        counts("killed", "30", "as of 10:00"),
    )
    [told] = sentences(case(*claims))
    assert told == (
        "Claim a says so (as of 13 Sep 16:00; reported 13 Sep 23:00); "
        "Claim b says so (as of 13 Sep 16:00; reported 13 Sep 23:00); "
        "Claim c says so (as of 13 Sep 16:00; reported 13 Sep 23:00): "
        "the figure in the first is no larger than the figure in the second for one outcome alone, such as the killed, "
        "so it is unclear what the first counts "
        "(clear figures that do not overlap add up to at least 69 persons)."
    )
    [row] = compute(case(*claims).package()).condensed()
    assert row["explanation"] == told


@pytest.mark.parametrize(
    ("ours", "theirs", "named"),
    [
        (("10", "10", "20"), ("10", "30", "20"), "abcdef"),  # equal, three times as high, equal
        (("10", "20"), ("20", "10"), "abcd"),
    ],
)
def test_the_figures_of_all_ratios_of_two_series_are_named(
    ours: tuple[str, ...], theirs: tuple[str, ...], named: str
) -> None:
    """The first ratio could not be checked: only the figures of the last one were there."""
    times = [f"as of {hour}:00" for hour in (10, 12, 14)]
    claims = [counts("killed", figure, at) for figure, at in zip(ours, times, strict=False)]
    claims += [counts("killed", figure, at, **B) for figure, at in zip(theirs, times, strict=False)]
    for told in sentences(case(*claims)):
        if "two series" in told:
            assert sorted(letter for letter in "abcdef" if f"Claim {letter} says so" in told) == list(named)
            assert all(told.count(f"Claim {letter} says so") == 1 for letter in named)
            return
    raise AssertionError("no two series")


def test_figures_that_may_count_the_same_are_not_named_as_a_part_of_the_sum() -> None:
    outcomes = ("killed", "wounded", "missing")
    clear = [counts(what, "9", target_id=whose) for whose in ("soldiers-a", "civilians-a") for what in outcomes]
    told = sentences(
        case(counts("casualties", "9", target_id="aland"), counts("killed", "9", target_id="aland"), *clear)
    )
    assert [sentence.count("says so") for sentence in told] == [6]


def test_a_figure_of_a_time_outside_its_incident_is_not_cut() -> None:
    before = counts("killed", "5", "from 12T08:00 as of 12T12:00", count_mode="increment", incident_id="battle")
    after = counts("killed", "5", "from 14T08:00 as of 14T12:00", count_mode="increment", incident_id="battle")
    for figure in (before, after):
        [told] = sentences(case(figure, figure | {"count_min": "9", "count_max": "9", **B}))
        assert " cut at " not in told


def test_times_of_one_zone_and_year_have_neither() -> None:
    [told] = sentences(case(TRUCE, says("strike", "at 13:00")))
    assert told == (
        "Claim a says so (from 13 Sep 09:00 on; reported 13 Sep 12:34); "
        "Claim b says so (at 13 Sep 13:00; reported 13 Sep 23:00): "
        "according to the second, there was violence after the first was said and the ceasefire did not last "
        "(4 h after the start)."
    )


def test_years_are_said_where_they_are_not_one() -> None:
    later = says("strike", "at 13:00") | {
        "valid_from": "2023-01-01T13:00:00+04:00",
        "valid_to": "2023-01-01T13:00:00+04:00",
        "reported_from": "2023-01-01T14:00:00+04:00",
        "reported_to": "2023-01-01T14:00:00+04:00",
    }
    [told] = sentences(case(TRUCE, later))
    assert "(from 13 Sep 2022 09:00 UTC+4 on; " in told
    assert "(at 1 Jan 2023 13:00 UTC+4; " in told


def test_claims_without_any_time() -> None:
    blamed = [says("initiated", actor_id=actor, reported="", source_id="undated") for actor in ("aland", "bland")]
    assert sentences(case(*blamed)) == [
        "Claim a says so (no time given; report undated); Claim b says so (no time given; report undated): "
        "they name different actors (2 parties named)."
    ]


@pytest.mark.parametrize(("number", "more"), [(2, ""), (6, ""), (7, "; and 1 more")])
def test_the_parts_of_a_sum_are_named_up_to_a_number(number: int, more: str) -> None:
    names = "bcdefgh"[:number]
    parts = [counts("killed", "9", f"from 0{at}:00 as of 0{at + 1}:00", count_mode="increment") for at in range(number)]
    whole = counts("killed", "10", "from 00:00 as of 09:00", count_mode="increment")
    for told in sentences(case(whole, *parts, links=[f"{name} part_of a" for name in names])):
        if "declared parts" in told:
            assert told.count("says so") == min(number, 6) + 1
            assert f"{more}: the declared parts do not add up to the whole" in told


def test_the_condensed_row_of_an_addition_names_all_its_figures() -> None:
    [row] = compute(ADDITION.package()).condensed()
    assert [f"Claim {name} says so" in row["explanation"] for name in "abc"] == [True] * 3


def test_until_a_time_is_told_with_its_beginning_where_there_is_one() -> None:
    for strike, words in (("until 12:40 13:00", "from 13 Sep 12:40 until 13 Sep 13:00"), ("until 13:00", "(until 13")):
        [told] = sentences(case(TRUCE, says("strike", strike)))
        assert words in told
