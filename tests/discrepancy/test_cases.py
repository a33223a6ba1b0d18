"""Every code in small packages: what makes it, with which strength and figures, and what only looks like it."""

from __future__ import annotations

import pytest
from build import Case, found
from cases_counts import COUNTS, MISMATCH, SEVERAL
from cases_none import NOT_DISCREPANCIES
from cases_parties import ANSWER, ATTRIBUTION, DENIAL, START
from cases_state import CEASEFIRE, PLACES, SIDES, STATE, ZONES
from oracle import discrepancies

from claimtrack.discrepancy import CODES, compute

TABLES = {
    "state": STATE,
    "place": PLACES,
    "side": SIDES,
    "zone": ZONES,
    "ceasefire": CEASEFIRE,
    "mismatch": MISMATCH,
    "count": COUNTS,
    "several": SEVERAL,
    "attribution": ATTRIBUTION,
    "denial": DENIAL,
    "start": START,
    "answer": ANSWER,
    "not": NOT_DISCREPANCIES,
}
CASES = [pytest.param(case, id=f"{table}: {name}") for table, cases in TABLES.items() for name, case in cases.items()]


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case) -> None:
    assert found(case.package()) == sorted(case.pairs)


@pytest.mark.parametrize("case", CASES)
def test_the_oracle_says_the_same(case: Case) -> None:
    said = [
        f"{pair.left} {pair.right} {pair.code} {pair.strength}"
        for family, pairs in discrepancies(case.package()).items()
        if family != "suppressed"
        for pair in pairs
    ]
    assert sorted(said) == sorted(" ".join(pair.split()[:4]) for pair in case.pairs)


def test_every_code_and_strength_has_a_case() -> None:
    made = {tuple(pair.split()[2:4]) for cases in TABLES.values() for case in cases.values() for pair in case.pairs}
    either = ("definite", "possible")
    strengths = {
        "ceasefire-unconfirmed": ("unconfirmed",),
        "count-outdated": ("tension",),
        "count-term-unclear": ("tension",),
        "count-gap": ("tension",),
        "attribution-conflict": (*either, "tension"),
    }
    every = {(code, strength) for codes in CODES.values() for code in codes for strength in strengths.get(code, either)}
    assert made == every


@pytest.mark.parametrize("name", NOT_DISCREPANCIES)
def test_what_is_not_a_discrepancy_is_not_hidden_either(name: str) -> None:
    assert compute(NOT_DISCREPANCIES[name].package()).suppressed() == []
