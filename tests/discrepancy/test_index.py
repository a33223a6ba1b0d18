"""What an index tells of a claim is what the whole package tells of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack import UsageError
from claimtrack.discrepancy import Findings, Index, compute
from claimtrack.discrepancy.findings import Asked
from generated import THEMES, WORLD, Row, drawn, package_of

TABLES = st.sampled_from(sorted(THEMES)).flatmap(drawn)


def told(findings: Findings) -> str:
    return json.dumps([list(findings.pairs()), findings.condensed()])


@settings(max_examples=settings().max_examples // 8, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables=TABLES, often=st.booleans())
def test_every_claim_has_the_findings_that_it_has_in_the_whole(tables: dict[str, list[Row]], often: bool) -> None:
    package = package_of(WORLD | tables)
    index, whole = Index(package, often=often), compute(package)
    for claim in package.claims["claim_id"]:
        assert told(index.findings([claim])) == told(Findings(whole.computed, Asked(claim=frozenset([claim]))))


def test_an_unknown_claim_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no claim 'z'"):
        Index(package_of(WORLD)).findings(["z"])
