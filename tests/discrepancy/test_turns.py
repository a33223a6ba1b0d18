"""Claims about who is to blame, each with what was said after it: in slices of an incident, and of parts of one."""

from __future__ import annotations

from itertools import groupby
from unittest.mock import patch

import pytest
from build import package, says

from claimtrack.discrepancy import Findings, compute, pairs
from claimtrack.discrepancy.telling.groups import Groups
from claimtrack.package import Package

SAID = 3
"""How often each side blames the other for each incident: nine pairs of claims an incident conflict."""


@pytest.fixture(scope="module")
def blame() -> Package:
    claims = [
        says("initiated", actor_id=actor, incident_id=incident, claimant_id=claimant, reported=f"1{hour}:00")
        for hour in range(SAID)
        for incident in ("war", "battle")
        for claimant, actor in (("ministry-a", "bland"), ("ministry-b", "aland"))
    ]
    return package(*claims)


def slices(findings: Findings) -> list[list[tuple[int, int]]]:
    found = [part.pairs for part in findings.computed.slices()]
    return [list(zip(part["left"], part["right"], strict=True)) for part in found]


@pytest.mark.parametrize("size", [1, 4, 15, 16, pairs.SLICE])
def test_pairs_are_those_of_the_whole_in_slices_of_any_size(blame: Package, size: int) -> None:
    whole = compute(blame)
    expected = sorted(zip(whole.selected["left"], whole.selected["right"], strict=True))
    assert len(expected) == 2 * SAID**2
    with patch.object(pairs, "SLICE", size):
        found = slices(compute(blame))
    assert sorted(pair for part in found for pair in part) == expected


def test_an_incident_is_cut_and_its_slices_follow_each_other(blame: Package) -> None:
    with patch.object(pairs, "SLICE", 1):
        found = slices(compute(blame))
    assert max(map(len, found)) == SAID
    incident = blame.claims["incident_id"]
    told = [incident[left] for part in found for left, _ in part]
    assert [name for name, _ in groupby(told)] == ["war", "battle"]


@pytest.mark.parametrize("size", [1, 4, 15, 16])
def test_the_row_of_an_incident_that_is_cut_is_that_of_the_whole(blame: Package, size: int) -> None:
    whole = compute(blame)
    assert [row["codes"] for row in whole.condensed()] == [{"attribution-conflict": SAID**2}] * 2
    with patch.object(pairs, "SLICE", size):
        cut = compute(blame)
        assert (cut.condensed(), cut.stats) == (whole.condensed(), whole.stats)


def test_of_an_incident_that_goes_on_only_what_can_be_chosen_is_held() -> None:
    said = 12
    one_war = package(
        *(
            says("initiated", actor_id=actor, claimant_id=claimant, statement_id=claimant, reported=f"1{hour}:00")
            for hour in range(said // 2)
            for claimant, actor in (("ministry-a", "bland"), ("ministry-b", "aland")) * 2
        )
    )
    with patch.object(pairs, "SLICE", said), patch.object(Groups, "of", side_effect=Groups.of) as grouped:
        (row,) = compute(one_war).condensed()
        held = [len(call.args[2]) for call in grouped.call_args_list]
    assert row["codes"] == {"attribution-conflict": said**2}
    assert len(held) > said / 2
    assert max(held) < 3 * said
