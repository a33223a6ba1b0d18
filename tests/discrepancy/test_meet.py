"""The joins, against two loops that state what each is to find."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.discrepancy.joins import listed, threads
from claimtrack.discrepancy.joins.greater import greater
from claimtrack.discrepancy.joins.lines import in_order
from claimtrack.discrepancy.joins.meet import Met, meeting
from claimtrack.moments import FAR_FUTURE, FAR_PAST

TIMES = st.sampled_from((FAR_PAST, -(10**15), -1, 0, 1, 2, 3, 10**15, FAR_FUTURE))
KEYS = st.sampled_from((0, 1, 2, 10**5))
"""With the last one there are too many keys for that many microseconds."""
PERIODS = st.lists(st.tuples(KEYS, TIMES, TIMES), max_size=12)


def columns(rows: list[tuple[int, ...]], width: int) -> tuple[np.ndarray, ...]:
    return tuple(np.array(rows, dtype=np.int64).reshape(-1, width).T)


def do_meet(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Half-open periods of one key that have a moment in common."""
    return one[0] == other[0] and max(one[1], other[1]) < min(one[2], other[2])


SIZES = st.sampled_from((1, 3, listed.AT_ONCE))
"""Of the pairs that are listed in one go, and of the rows that a thread has at least."""


@contextmanager
def in_pieces(size: int) -> Iterator[None]:
    """Within the block pairs come in pieces of so many, of several threads."""
    processors = pa.cpu_count()
    with patch.object(listed, "AT_ONCE", size), patch.object(threads, "LEAST", size):
        pa.set_cpu_count(3)
        try:
            yield
        finally:
            pa.set_cpu_count(processors)


@given(left=PERIODS, right=PERIODS, size=SIZES)
def test_every_pair_of_periods_that_meet_is_found_once(left: list, right: list, size: int) -> None:
    expected = [(a, b) for a, one in enumerate(left) for b, other in enumerate(right) if do_meet(one, other)]
    with in_pieces(size):
        found = meeting(columns(left, 3), columns(right, 3))
    assert sorted(zip(*(side.tolist() for side in found), strict=True)) == expected


@given(left=PERIODS, right=PERIODS, size=SIZES)
def test_they_are_counted_without_a_list(left: list, right: list, size: int) -> None:
    with in_pieces(size):
        numbers = Met(columns(left, 3), columns(right, 3)).numbers()
    assert numbers.tolist() == [sum(do_meet(one, other) for other in right) for one in left]


@given(left=PERIODS, right=PERIODS, wanted=st.sets(st.integers(0, 11)), size=SIZES)
def test_pairs_are_told_by_columns_of_both_sides(left: list, right: list, wanted: set[int], size: int) -> None:
    expected = [
        (f"left {a:02}", 10 * b)
        for a, one in enumerate(left)
        for b, other in enumerate(right)
        if a in wanted and do_meet(one, other)
    ]
    names = np.array([f"left {a:02}" for a in range(len(left))], dtype=object)
    with in_pieces(size):
        met = Met(columns(left, 3), columns(right, 3), of_left=(names,), of_right=(np.arange(len(right)),))
        some = np.array(sorted(at for at in wanted if at < len(left)), np.int64)
        told = met.parts(some, lambda ours, theirs: (*ours, theirs[0] * 10))
    assert sorted(pair for part in told for pair in zip(*(side.tolist() for side in part), strict=True)) == expected


@given(
    left=st.lists(st.tuples(KEYS, TIMES), max_size=12),
    right=st.lists(st.tuples(KEYS, TIMES), max_size=12),
    size=SIZES,
)
def test_every_greater_value_is_found(left: list, right: list, size: int) -> None:
    expected = [
        (a, b)
        for a, (key, value) in enumerate(left)
        for b, (other, more) in enumerate(right)
        if key == other and more > value
    ]
    with in_pieces(size):
        found = greater(columns(left, 2), columns(right, 2))
    assert sorted(zip(*(side.tolist() for side in found), strict=True)) == expected


@pytest.mark.parametrize("size", [0, 1])
def test_with_nobody_to_meet_there_is_no_pair(size: int) -> None:
    alone = columns([(0, 1, 5)] * size, 3)
    nobody = columns([], 3)
    assert [len(side) for side in meeting(alone, nobody)] == [0, 0]
    assert Met(alone, nobody).numbers().tolist() == [0] * size


@given(st.lists(st.sampled_from((FAR_PAST, -(2**58), -1, 0, 1, 2, 2**58, FAR_FUTURE)), max_size=40))
def test_values_are_put_in_order_whether_or_not_their_positions_fit_beside_them(values: list[int]) -> None:
    given_values = np.array(values, dtype=np.int64)
    order, ordered = in_order(given_values)
    assert ordered.tolist() == sorted(values)
    assert given_values[order].tolist() == sorted(values)
    assert sorted(order.tolist()) == list(range(len(values)))
