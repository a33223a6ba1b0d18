"""What an index tells of a claim is what the whole package tells of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack import UsageError
from claimtrack.discrepancy import Findings, Index, compute
from generated import THEMES, WORLD, Row, drawn, package_of

TABLES = st.sampled_from(sorted(THEMES)).flatmap(drawn)


def told(findings: Findings) -> str:
    return json.dumps([list(findings.pairs()), findings.condensed()])


@settings(max_examples=settings().max_examples * 2 // 5, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables=TABLES, often=st.booleans(), data=st.data())
def test_any_claim_has_the_findings_that_it_has_in_the_whole(
    tables: dict[str, list[Row]], often: bool, data: st.DataObject
) -> None:
    """One claim or two of each package: which are asked for differs more from package to package than within one."""
    package = package_of(WORLD | tables)
    index = Index(package, often=often)
    for claim in data.draw(st.lists(st.sampled_from(list(package.claims["claim_id"])), min_size=1, max_size=2)):
        assert told(index.findings([claim])) == told(compute(package, claim=[claim]))


def test_an_unknown_claim_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no claim 'z'"):
        Index(package_of(WORLD)).findings(["z"])
