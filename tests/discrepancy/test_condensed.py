"""The condensed answer is the one that the whole table of pairs gives, in however small slices it is worked out."""

from __future__ import annotations

import json
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle_condensed import condensed

from claimtrack.discrepancy import compute, pairs
from generated import THEMES, WORLD, Row, drawn, package_of

TABLES = st.sampled_from(sorted(THEMES)).flatmap(drawn)


@settings(max_examples=settings().max_examples * 2 // 5, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables=TABLES, size=st.sampled_from((1, 2, pairs.SLICE)))
def test_it_is_what_the_pairs_give_one_by_one(tables: dict[str, list[Row]], size: int) -> None:
    with patch.object(pairs, "SLICE", size):
        findings = compute(package_of(WORLD | tables))
        expected = condensed(findings.computed)
        assert json.dumps(findings.condensed()) == json.dumps(expected)
