"""Digits in a count_text that are neither bound; where it is not plain what the digits say, nothing is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typed_rows import Rows, package_of

from claimtrack.rules import Breach
from claimtrack.rules.printed import CLAIM_RULES, differs, figures

DIFFERENT = [
    ("24", 42, 42),
    ("at least 24", 42, None),
    ("24+", 42, None),
    ("no more than 24 soldiers", None, 42),
    ("1,500", 15000, 15000),
    ("1\u00a0500 people", 1050, 1050),
    ("some 40", 400, 400),
    ("more than 100", 110, None),
    ("49 of 105", 94, 94),
    ("20 to 24", 30, 34),
    ("12 fewer", -21, -21),
    ("24.", 42, 42),
    ("Not  less than 24", 42, None),
]
ALIKE = [
    ("24", 24, 24),
    ("at least 43", 43, None),
    ("1,500", 1500, 1500),
    ("1 500", 1500, 1500),
    ("1.500", 1500, 1500),
    ("12\u202f345\u202f678", 12345678, 12345678),
    ("100'000", 100000, 100000),
    ("about a hundred", 100, 100),
    ("more than 100", 101, None),
    ("fewer than 10", None, 9),
    ("49 of 105", 49, 49),
    ("49 of 105", 56, 56),  # the rest
    ("24 killed and 7 wounded", 31, 31),
    ("20-24", 20, 24),
    ("100 ± 10", 90, 110),
    ("2 fewer", -2, -2),
    ("007", 7, 7),
]
# Shares, multiples, days and times, numbers in words (such as "no"), fractions, other languages, other digits, and too
# many figures.
NOT_PLAIN = [
    *("24%", "24 per cent", "2.5 thousand", "24k", "2 dozen", "24 on Tuesday", "16:00", "1/2", "2.5", "2,5", "1,50"),
    *("no dead and 5 wounded", "No deaths, 3 injured", "no killed, 12 captured", "5 wounded, not killed", "5, no"),
    *("two of the 3", "42 dead, two wounded", "24 Soldaten", "24 из", "٢٤", "24²", "24½", "24, 25 and 26", "dozens"),
    *("", "24 people " * 7),
]


@pytest.mark.parametrize(("text", "low", "high"), DIFFERENT)
def test_digits_that_are_neither_bound(text: str, low: int | None, high: int | None) -> None:
    assert differs(text, low, high)


@pytest.mark.parametrize(("text", "low", "high"), ALIKE)
def test_digits_that_may_stand_for_a_bound(text: str, low: int | None, high: int | None) -> None:
    assert not differs(text, low, high)


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_what_is_not_plain_is_not_read(text: str) -> None:
    assert figures(text) is None


def test_many_rows_are_judged_as_each_alone(rows: Rows) -> None:
    cases = [*DIFFERENT, *ALIKE, *((text, 7, None) for text in NOT_PLAIN), *DIFFERENT, ("24 and 7", 24, 25)]
    count = next(row for row in rows["claims"] if row["kind"] == "count")
    bounds = [["" if bound is None else str(bound) for bound in case[1:]] for case in cases]
    rows["claims"] = [
        count | {"count_text": text, "count_min": low, "count_max": high, "count_mode": "increment"}
        for (text, *_), (low, high) in zip(cases, bounds, strict=True)
    ]
    (condition,) = (one for rule in CLAIM_RULES for one in rule(package_of(rows)))
    assert condition.broken.tolist() == [differs(*case) for case in cases]


def test_what_is_said(change: Callable[..., None], found: Callable[[], list[Breach]]) -> None:
    change("claims", "7wgktoa5", count_text="24", count_min="42", count_max="42")
    change("claims", "zsmcri5e", count_text="at least 24", count_min="42")
    assert [breach.message for breach in found()] == [
        "count_text is '24', and count_min and count_max are 42",
        "count_text is 'at least 24', and count_min is 42",
    ]


def test_bounds_that_cannot_be_are_told_once(change: Callable[..., None], found: Callable[[], list[Breach]]) -> None:
    change("claims", "7wgktoa5", count_text="24", count_min="42", count_max="41")
    change("claims", "osieuzkn", count_text="24", count_min="-42", count_max="")
    assert [breach.code for breach in found()] == ["count-reversed", "count-negative"]
