"""The join by several values, against two loops that state what it is to find."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.discrepancy.joins.below import below
from claimtrack.moments import FAR_FUTURE, FAR_PAST

VALUES = st.sampled_from((FAR_PAST, -(10**15), -1, 0, 1, 2, 3, 4, 10**15, FAR_FUTURE))


@st.composite
def lists(draw: st.DrawFn) -> tuple[int, list, list]:
    """How many values a row has, and two lists of rows: a key and its values."""
    width = draw(st.integers(1, 3))
    rows = st.lists(st.tuples(st.integers(0, 2), *[VALUES] * width), max_size=16)
    return width, draw(rows), draw(rows)


def columns(rows: list[tuple[int, ...]], width: int) -> tuple[np.ndarray, list[np.ndarray]]:
    key, *values = np.array(rows, dtype=np.int64).reshape(-1, width + 1).T
    return key, values


@given(lists())
def test_every_pair_of_which_all_values_are_less_is_found_once(drawn: tuple[int, list, list]) -> None:
    width, left, right = drawn
    expected = [
        (a, b)
        for a, (key, *values) in enumerate(left)
        for b, (other, *more) in enumerate(right)
        if key == other and all(one < two for one, two in zip(values, more, strict=True))
    ]
    found = below(*columns(left, width), *columns(right, width))
    assert sorted(zip(*(side.tolist() for side in found), strict=True)) == expected
