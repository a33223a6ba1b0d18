"""The condensed answer: what shares a row, what stands for it, and how its figures, times and origins are chosen."""

from __future__ import annotations

from typing import Any

import pytest
from build import counts, package, says
from oracle_condensed import condensed as slowly

from claimtrack.discrepancy import compute
from generated import Row

TRUCE = says("in_force", "since 09:00?", reported="12:34", claimant_id="army-b")
SIX = (
    TRUCE,
    says("fighting", reported="11:33", claimant_id="minister-a"),
    says("strike", "throughout 06:00 12:00", place_id="town-a", claimant_id="outlet-c", statement_id="morning"),
    says("strike", "throughout 08:00 10:00", place_id="town-b", claimant_id="outlet-c", statement_id="morning"),
    says("strike", "at 13:00", claimant_id="witness-1"),
    says("strike", "at 18:00", claimant_id="ministry-a"),
)


def condensed(*claims: Row, links: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    return compute(package(*claims, links=links)).condensed()


def test_a_contradicted_claim_is_one_row() -> None:
    [row] = condensed(*SIX)
    assert row["claims"] == ["a", "c", "c"]  # at issue, earliest (on a tie the strongest of them), strongest
    assert (row["family"], row["strength"]) == ("state", "definite")
    assert row["codes"] == {"ceasefire-contradicted": 2, "ceasefire-breached": 2, "ceasefire-not-held": 1}
    assert row["statements"] == 4
    assert (row["first_at"], row["last_at"]) == ("2022-09-13T09:00:00+04:00", "2022-09-13T18:00:00+04:00")
    assert row["figures"] == {
        "overlap": {"value": 3, "unit": "hours", "low": 2, "high": 3},
        "since_start": {"value": 0, "unit": "hours", "low": 0, "high": 0},
    }
    assert "(throughout 13 Sep 06:00 to 13 Sep 12:00; reported 13 Sep 23:00)" in row["explanation"]


def test_origins_are_the_roots_of_the_claimants() -> None:
    [row] = condensed(*SIX)
    assert row["origins"] == [
        {"actor": "aland", "based_in": None},  # its minister and its ministry
        {"actor": "outlet-c", "based_in": "cland"},
        {"actor": "witness-1", "based_in": None},
    ]


def test_it_depends_on_what_the_earliest_and_the_strongest_depend_on() -> None:
    early = says("fighting", "at 10:30", certainty="hedged", claimant_id="minister-a")
    [row] = condensed(TRUCE, early, says("strike", "throughout 11:00 12:00"))
    assert row["claims"] == ["a", "b", "c"]
    assert [(entry["claim"], entry["field"], entry["effect"]) for entry in row["depends_on"]] == [
        ("a", "zone_basis", "since_start 30 min"),
        ("b", "certainty", "possible at most"),
        ("a", "zone_basis", "since_start 1 h"),
    ]


def test_the_earliest_may_be_the_strongest() -> None:
    [row] = condensed(says("in_force", "since 09:00"), says("strike", "at 10:00"), says("strike", "around 20:00"))
    assert row["claims"] == ["a", "b", "b"]


def test_the_time_to_the_earliest_may_be_known_in_another_zone_only() -> None:
    truce = says("in_force", "since 09:00?", incident_id="unplaced", place_id="aland", claimant_id="army-b")
    until = says("fighting", "until 08:00", incident_id="unplaced", place_id="aland")
    row = condensed(truce, until, says("strike", "at 11:00", place_id="aland"))
    assert [each["figures"]["since_start"] for each in row] == [{"value": 2, "unit": "hours", "low": 1, "high": 2}]


def test_a_finding_that_gets_worse_keeps_its_id() -> None:
    strike = says("strike", "at 13:00")
    [before] = condensed(says("in_force", "since 09:00", reported="12:34"), strike)
    [after] = condensed(says("in_force", "since 09:00", asserted="15:00"), strike)
    assert (before["codes"], after["codes"]) == ({"ceasefire-breached": 1}, {"ceasefire-contradicted": 1})
    assert before["id"] == after["id"]


def test_a_row_a_claim_and_a_family() -> None:
    rows = condensed(
        TRUCE,
        says("observed", "since 09:00", reported="12:34"),
        says("strike", "at 13:00"),
        says("not confirmed", "at 10:00"),
        says("violated", "at 11:00"),
    )
    assert [(row["family"], row["strength"], row["claims"][0]) for row in rows] == [
        ("state", "definite", "b"),
        ("state", "definite", "a"),
        ("ceasefire", "definite", "a"),
        ("ceasefire", "definite", "b"),
    ]
    assert len({row["id"] for row in rows}) == 4
    ceasefire = rows[2]
    assert ceasefire["codes"] == {"ceasefire-denied": 1, "ceasefire-unconfirmed": 1}
    assert ceasefire["claims"] == ["a", "d", "e"]


def test_nobody_knows_when_the_contrary_event_was() -> None:
    [row] = condensed(
        says("in_force", "since 09:00", incident_id="unplaced", place_id="aland"),
        says("not confirmed", incident_id="unplaced", reported="", source_id="undated"),
    )
    assert (row["first_at"], row["last_at"]) == (None, None)


def test_one_contrary_event_is_first_and_last() -> None:
    [row] = condensed(TRUCE, says("strike", "at 13:00+03:00"))
    assert row["first_at"] == row["last_at"] == "2022-09-13T13:00:00+03:00"


def test_a_time_is_written_in_the_offset_of_the_other_claim_where_the_contrary_one_has_none() -> None:
    blames = says("initiated", reported="13T10:00+03:00")
    [row] = condensed(blames, says("not initiated", reported="", source_id="article"))
    assert row["first_at"] == row["last_at"] == "2022-10-31T03:00:00+03:00"


def test_what_nobody_dates_has_no_time_and_comes_after_what_somebody_does() -> None:
    undated = says("fighting", asserted="09:30", claimant_id="minister-a")
    [row] = condensed(TRUCE, undated)
    assert (row["first_at"], row["last_at"], row["figures"]) == (None, None, {})
    [row] = condensed(TRUCE, undated, says("strike", "at 14:00", certainty="hedged"))
    assert row["claims"] == ["a", "c", "c"]
    assert row["first_at"] == row["last_at"] == "2022-09-13T14:00:00+04:00"
    assert row["statements"] == 2


def test_of_claims_of_equal_standing_all_are_counted_whatever_their_ids() -> None:
    first = says("initiated", actor_id="bland", claimant_id="ministry-a", reported="09:00")
    second = says("initiated", actor_id="aland", claimant_id="army-b", reported="12:00")
    for claims in ((first, second), (second, first)):
        [row] = condensed(*claims)
        assert (row["statements"], [one["actor"] for one in row["origins"]]) == (2, ["aland", "bland"])
        assert (row["first_at"], row["last_at"]) == ("2022-09-13T09:00:00+04:00", "2022-09-13T12:00:00+04:00")


ARMY = {"claimant_id": "army-b"}


def test_a_scope_of_counts_is_one_row_over_all_its_as_ofs() -> None:
    rows = condensed(
        counts("killed", "49", "as of 10:00"),
        counts("killed", "64", "as of 10:00", **ARMY),
        counts("killed", "60", "as of 16:00"),
        counts("killed", "90", "as of 16:00", **ARMY),
        counts("killed", "5", place_id="town-a"),
        counts("killed", "7", place_id="town-a", **ARMY),
    )
    assert [(row["family"], row["claims"], row["codes"], row["statements"]) for row in rows] == [
        ("count", ["a", "d"], {"count-mismatch": 3}, 4),
        ("count", ["e", "f"], {"count-mismatch": 1}, 2),
        ("series", ["c", "d"], {"count-gap": 1}, 2),
    ]
    assert rows[0]["figures"] == {
        "ratio": {"value": 1.5, "unit": "ratio", "low": 1.5, "high": 1.5},
        "gap": {"value": 30, "unit": "person", "low": 30, "high": 30},
    }
    assert (rows[0]["first_at"], rows[0]["last_at"]) == ("2022-09-13T10:00:00+04:00", "2022-09-13T16:00:00+04:00")
    assert rows[0]["origins"] == [{"actor": actor, "based_in": None} for actor in ("aland", "bland")]


def test_every_pair_of_series_has_its_row() -> None:
    bases: tuple[dict[str, str], ...] = ({}, {"count_basis": "estimate"}, ARMY)
    rows = condensed(
        *(
            counts("killed", f"4{number}..49", f"as of {hour}", **basis)
            for number, basis in enumerate(bases)
            for hour in ("10:00", "16:00")
        )
    )
    assert [row["family"] for row in rows] == ["series"] * 3
    assert len({row["id"] for row in rows}) == 3


def test_the_pairs_of_one_finding_count_once() -> None:
    rows = condensed(
        counts("killed", "50", target_id="aland"),
        counts("killed", "42", target_id="soldiers-a"),
        counts("killed", "9", target_id="civilians-a"),
        counts("killed", "40", "as of 10:00", target_id="soldiers-a"),
        counts("killed", "5", "from 10:00 as of 16:00", count_mode="increment", target_id="soldiers-a"),
        links=("b part_of a", "c part_of a"),
    )
    assert [row["codes"] for row in rows] == [{"count-delta": 1}, {"count-sum": 1}]
    assert [row["statements"] for row in rows] == [3, 3]


@pytest.mark.parametrize(
    ("claims", "named", "codes"),
    [
        pytest.param(
            (
                counts("killed", "49", reported="16:10"),
                says("will_rise", reported="17:00", target_id="soldiers-a"),
                counts("killed", "49", reported="20:10"),
            ),
            ["c", "b"],
            {"count-outdated": 1},
            id="what is repeated, and what overtook it, be that no figure",
        ),
        pytest.param(
            (counts("killed", "49"), counts("casualties", "49")),
            ["b", "a"],
            {"count-term-unclear": 1},
            id="the vague total first, though both are as high",
        ),
        pytest.param(
            (counts("killed", "49", "as of 10:00"), counts("killed", "40")),
            ["a", "b"],
            {"count-fell": 1},
            id="the earlier figure first, though it is the higher",
        ),
        pytest.param(
            (
                counts("killed", "40", "as of 10:00"),
                counts("killed", "49"),
                counts("killed", "5", "from 10:00 as of 16:00", count_mode="increment"),
            ),
            ["c", "a"],
            {"count-delta": 1},
            id="the addition, and the earlier of its totals",
        ),
        pytest.param(
            (
                counts("killed", "49"),
                counts("killed", "52", target_id="conscripts-a", certainty="hedged"),
                counts("killed", "50", target_id="conscripts-a"),
            ),
            ["a", "c"],
            {"count-exceeds-whole": 2},
            id="the whole, and the part that is surely above it",
        ),
        pytest.param(
            (
                counts("killed", "49"),
                counts("killed", "64", **ARMY),
                counts("killed", "70", target_id="conscripts-a"),
            ),
            ["a", "b"],
            {"count-mismatch": 1, "count-exceeds-whole": 2},
            id="of two codes the lowest and the highest figure of the stronger, under which none is at issue",
        ),
        pytest.param(
            (
                counts("killed", "49"),
                counts("killed", "~64", **ARMY),
                counts("killed", "90", target_id="conscripts-a"),
            ),
            ["a", "c"],
            {"count-mismatch": 1, "count-exceeds-whole": 2},
            id="of two codes the claim at issue of the stronger, and not the extremes of the other",
        ),
    ],
)
def test_figures_are_named_by_the_strongest_code(claims: tuple[Row, ...], named: list[str], codes: Row) -> None:
    findings = compute(package(*claims))
    assert findings.condensed() == slowly(findings.computed)
    [row] = [each for each in findings.condensed() if each["codes"] == codes]
    assert row["claims"] == named


def test_a_whole_is_named_before_its_part() -> None:
    parts = counts("killed", "42", target_id="conscripts-a"), counts("killed", "9", target_id="civilians-a")
    [row] = condensed(*parts, counts("killed", "50"), links=("a part_of c", "b part_of c"))
    assert (row["claims"], row["codes"]) == (["c", "a"], {"count-sum": 1})


def test_starts_are_a_row_an_incident_with_the_first_and_the_last() -> None:
    [row] = condensed(says("outbreak", "at 03:00"), says("outbreak", "at 01:00"), says("outbreak", "at 02:00"))
    assert row["claims"] == ["b", "a"]
    assert row["codes"] == {"start-mismatch": 3}
    assert row["figures"] == {"gap": {"value": 2, "unit": "hours", "low": 2, "high": 2}}
    assert (row["first_at"], row["last_at"]) == ("2022-09-13T01:00:00+04:00", "2022-09-13T03:00:00+04:00")


def test_parties_are_counted_over_the_incident() -> None:
    [row] = condensed(*(says("initiated", actor_id=actor) for actor in ("aland", "bland", "cland")))
    assert row["figures"] == {"parties": {"value": 3, "unit": "parties", "low": 3, "high": 3}}
    assert row["codes"] == {"attribution-conflict": 3}
    assert row["first_at"] == "2022-09-13T23:00:00+04:00"


@pytest.mark.parametrize(
    ("one", "other", "mutual"),
    [
        ({"claimant_id": "ministry-a", "actor_id": "bland"}, {"claimant_id": "army-b", "actor_id": "aland"}, True),
        ({"claimant_id": "ministry-a", "actor_id": "bland"}, {"claimant_id": "outlet-c", "actor_id": "aland"}, False),
        ({"claimant_id": "ministry-a", "actor_id": "aland"}, {"claimant_id": "army-b", "actor_id": "bland"}, False),
    ],
)
def test_each_blames_the_other(one: Row, other: Row, mutual: bool) -> None:
    [pair] = compute(package(says("initiated", **one), says("initiated", **other))).pairs()
    assert pair["mutual"] is mutual


def test_rows_come_strongest_first() -> None:
    rows = condensed(
        *(says("initiated", actor_id=actor) for actor in ("aland", "bland")),
        says("responsible", actor_id="cland", incident_id="truce"),
        says("responsible", actor_id="bland", incident_id="truce"),
        counts("casualties", "49"),
        counts("killed", "49"),
        counts("killed", "64", certainty="hedged", **ARMY),
        TRUCE,
        says("not confirmed", "at 12:34"),
    )
    assert [(row["strength"], row["family"]) for row in rows] == [
        ("definite", "attribution"),
        ("possible", "count"),
        ("tension", "count"),
        ("tension", "attribution"),
        ("unconfirmed", "ceasefire"),
    ]


def test_the_pairs_of_one_finding_share_its_id() -> None:
    made = package(
        counts("killed", "50"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "9", place_id="town-a"),
        counts("killed", "9", place_id="elsewhere"),
        links=("c part_of a", "d part_of a"),
    )
    pairs = list(compute(made).pairs())
    assert [pair["code"] for pair in pairs] == ["count-sum", "count-sum"]
    assert len({pair["id"] for pair in pairs}) == 2
    [finding] = {pair["finding_id"] for pair in pairs}
    assert finding not in {pair["id"] for pair in pairs}
    [alone] = compute(made, claim=["c"]).pairs()
    assert alone["finding_id"] == finding
