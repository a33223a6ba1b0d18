"""What the fast engine and frictionless are compared by, and the cells on which they might disagree."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.problems import Problem
from claimtrack.structure import Raw
from claimtrack.structure.referee import judged


def places(problems: Sequence[Problem]) -> list[tuple[str, int, int, str, str]]:
    """What has to be the same of each: file, line, column, code and field."""
    return sorted((one.path or "", one.line or 0, one.column or 0, one.code, one.field or "") for one in problems)


def check_agreement(raw: Raw) -> None:
    """Both find the same in a package that has been read."""
    ours, theirs = set(places(raw.problems)), set(places(judged(raw)))
    assert ours == theirs, f"only ours: {sorted(ours - theirs)}, only frictionless: {sorted(theirs - ours)}"


AWKWARD = (
    "", " ", "NA", "null", "0", "-0", "1", "01", "+1", "1.0", "1e3", "٣", "1_000", "99999999999999999999", "nan", "inf",
    "-90", "-90.0001", "180.5", "true", "True", "1,5", "a|b", "count", "counts", "killed", "in_force", "gazette",
    "Gazette", "gazette\u00a0", "northland", "x", "2020-09-06", "2020-9-6", "2020-09-06T12:00:00+00:00",
    "2020-09-06T12:00:00",
    "2020-09-06T12:00:00Z", "2020-09-06T24:00:00+00:00", "2020-02-30T00:00:00+00:00", "2020-09-06T12:00:00+0000",
    "2020-09-06T12:00:00+00:00:00", "2020-09-06T12:00:00.000000+00:00", "2020-W36-7T00:00:00+00:00", "２020-09-06",
    "https://example.org/", "http:", "example.org", "mailto:a@example.org", "=1+1", "-1", "UTC", "Europe/Moscow",
    "20200906-gazette-cgxprxpo", "undated-x-aaaaaaaa", "en", "en-GB", "\u200bx", "e\u0301",
)  # fmt: skip
"""Values that one reader takes and another refuses."""
