"""Integers for values and combinations of values, against sets and sorted lists."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.discrepancy.joins.keys import among, combined, dense, distinct, distinct_pairs
from claimtrack.moments import FAR_FUTURE, FAR_PAST

VALUES = st.sampled_from((FAR_PAST, -(10**15), -1, 0, 1, 2, 3, 10**15, FAR_FUTURE))
LISTS = st.lists(VALUES, max_size=12)
ROWS = st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=12)
SMALL = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12)


def ints(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


@given(values=LISTS)
def test_each_value_once_and_its_place_among_them(values: list[int]) -> None:
    expected = sorted(set(values))
    assert distinct(ints(values)).tolist() == expected
    assert dense(ints(values)).tolist() == [expected.index(value) for value in values]


@given(values=LISTS, others=LISTS)
def test_what_is_among_others(values: list[int], others: list[int]) -> None:
    assert among(ints(values), ints(sorted(others))).tolist() == [value in others for value in values]


@given(rows=ROWS)
def test_combinations_are_numbered_in_their_order(rows: list[tuple[int, int, int]]) -> None:
    expected = sorted(set(rows))
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    assert combined(*columns).tolist() == [expected.index(row) for row in rows]


@given(pairs=SMALL)
def test_each_pair_once(pairs: list[tuple[int, int]]) -> None:
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    found = distinct_pairs(left, right)
    assert list(zip(*(side.tolist() for side in found), strict=True)) == sorted(set(pairs))
