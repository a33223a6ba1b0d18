"""Ids that are minted from content: many at once are what each is by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ids import fingerprint, fingerprints

FINDINGS = st.lists(st.tuples(st.sampled_from(["state", "count"]), st.lists(st.text(), min_size=1, max_size=3)))


@given(FINDINGS)
def test_many_fingerprints_at_once(findings: list[tuple[str, list[str]]]) -> None:
    families, parts = [family for family, _ in findings], [part for _, part in findings]
    assert fingerprints(families, parts) == [fingerprint(*finding) for finding in findings]


def test_a_fingerprint_never_changes() -> None:
    assert fingerprints(["state"], [["b", "a"]]) == [fingerprint("state", ["a", "b"])] == ["state-6bgnz3mxg2tj"]
