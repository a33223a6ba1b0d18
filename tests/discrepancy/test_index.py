"""What an index tells of a claim is what the whole package tells of it."""

from __future__ import annotations

import json

import build
import pytest
from build import says
from cases_state import CEASEFIRE, PLACES, TRUCE, ZONES
from hypothesis import given
from hypothesis import strategies as st

from claimtrack import UsageError
from claimtrack.discrepancy import Findings, Index, compute
from claimtrack.discrepancy.findings import Asked
from claimtrack.package import Package
from examples import tried
from generated import CODEBOOK, THEMES, WORLD, Row, drawn, package_of

TABLES = st.sampled_from(sorted(THEMES)).flatmap(drawn)
CASES = [
    pytest.param(case, id=f"{table}: {name}")
    for table, cases in (("place", PLACES), ("zone", ZONES), ("ceasefire", CEASEFIRE))
    for name, case in cases.items()
]


def check_every_claim(package: Package, *, often: bool) -> None:
    index, whole = Index(package, often=often), compute(package)
    pairs = list(whole.pairs())
    for claim in package.claims["claim_id"]:
        found, own = index.findings([claim]), Findings(whole.computed, Asked(claim=frozenset([claim])))
        about = [pair for pair in pairs if claim in pair["claims"]]
        assert json.dumps([*found.pairs(), *found.condensed()]) == json.dumps([*about, *own.condensed()])


@tried(12)
@given(tables=TABLES, often=st.booleans())
def test_every_claim_has_the_findings_that_it_has_in_the_whole(tables: dict[str, list[Row]], often: bool) -> None:
    check_every_claim(package_of(WORLD | tables), often=often)


@pytest.mark.parametrize("case", CASES)
def test_so_have_the_claims_of_every_case(case: build.Case) -> None:
    check_every_claim(case.package(), often=True)


def test_a_ceasefire_of_which_the_codebook_says_no_state_is_found_by_its_predicate() -> None:
    violated = build.says("violated", "at 10:00", incident_id="", place_id="town-a")
    stateless = [{**row, "state": "", "value": ""} for row in CODEBOOK]
    package = build.package(TRUCE, violated, predicates=stateless)
    assert build.found(package) == ["a b ceasefire-denied possible since_start=1"]
    check_every_claim(package, often=True)


def test_an_unknown_claim_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no claim 'z'"):
        Index(package_of(WORLD)).findings(["z"])


def test_what_went_on_when_it_was_reported_may_outlast_its_incident() -> None:
    truce = says("in_force", "since 17T09:00", reported="17T12:00")
    made = build.package(truce, says("fighting", "since 10:00", incident_id="battle", reported="20T10:00"))
    assert build.found(made) == ["a b ceasefire-not-held possible since_start=0"]
    for claim in ("a", "b"):
        assert build.phrases(Index(made).findings([claim]).pairs()) == build.found(made)
