"""Claims about who is to blame, each with what was said after it: in slices of an incident, and of parts of one."""

from __future__ import annotations

from collections import Counter
from unittest.mock import patch

import pytest
from build import package, says

from claimtrack.discrepancy import Findings, compute, pairs
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


def slices(findings: Findings, *, cut: bool) -> list[list[tuple[int, int]]]:
    found = [part.pairs for part in findings.computed.slices(cut=cut)]
    return [list(zip(part["left"], part["right"], strict=True)) for part in found]


@pytest.mark.parametrize("size", [1, 4, 15, 16, pairs.SLICE])
def test_pairs_are_those_of_the_whole_in_slices_of_any_size(blame: Package, size: int) -> None:
    whole = compute(blame)
    expected = sorted(zip(whole.selected["left"], whole.selected["right"], strict=True))
    assert len(expected) == 2 * SAID**2
    for cut in (False, True):
        with patch.object(pairs, "SLICE", size):
            found = slices(compute(blame), cut=cut)
        assert sorted(pair for part in found for pair in part) == expected


def test_an_incident_is_in_one_slice_unless_it_may_be_cut(blame: Package) -> None:
    with patch.object(pairs, "SLICE", 1):
        whole, cut = (slices(compute(blame), cut=each) for each in (False, True))
    incident = blame.claims["incident_id"]
    assert Counter(incident[part[0][0]] for part in whole) == {"war": 1, "battle": 1}
    assert max(map(len, cut)) == SAID
