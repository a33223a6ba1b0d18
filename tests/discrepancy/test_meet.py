"""The joins, against two loops that state what each is to find."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.discrepancy import meet
from claimtrack.discrepancy.meet import Met, greater, in_order, meeting
from claimtrack.readings import FAR_FUTURE, FAR_PAST

TIMES = st.sampled_from((FAR_PAST, -(10**15), -1, 0, 1, 2, 3, 10**15, FAR_FUTURE))
KEYS = st.sampled_from((0, 1, 2, 10**5))
"""With the last one there are too many keys for that many microseconds."""
PERIODS = st.lists(st.tuples(KEYS, TIMES, TIMES), max_size=12)


def columns(rows: list[tuple[int, ...]], width: int) -> list[np.ndarray]:
    return list(np.array(rows, dtype=np.int64).reshape(-1, width).T)


def do_meet(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Half-open periods of one key that have a moment in common."""
    return one[0] == other[0] and max(one[1], other[1]) < min(one[2], other[2])


AT_ONCE = st.sampled_from((1, 3, meet.AT_ONCE))


@given(left=PERIODS, right=PERIODS, at_once=AT_ONCE)
def test_every_pair_of_periods_that_meet_is_found_once(left: list, right: list, at_once: int) -> None:
    expected = [(a, b) for a, one in enumerate(left) for b, other in enumerate(right) if do_meet(one, other)]
    with patch.object(meet, "AT_ONCE", at_once):
        found = meeting(*columns(left, 3), *columns(right, 3))
    assert sorted(zip(*(side.tolist() for side in found), strict=True)) == expected


@given(left=PERIODS, right=PERIODS)
def test_they_are_counted_without_a_list(left: list, right: list) -> None:
    numbers = Met(*columns(left, 3), *columns(right, 3)).numbers()
    assert numbers.tolist() == [sum(do_meet(one, other) for other in right) for one in left]


@given(
    left=st.lists(st.tuples(KEYS, TIMES), max_size=12),
    right=st.lists(st.tuples(KEYS, TIMES), max_size=12),
    at_once=AT_ONCE,
)
def test_every_greater_value_is_found(left: list, right: list, at_once: int) -> None:
    expected = [
        (a, b)
        for a, (key, value) in enumerate(left)
        for b, (other, more) in enumerate(right)
        if key == other and more > value
    ]
    with patch.object(meet, "AT_ONCE", at_once):
        found = greater(*columns(left, 2), *columns(right, 2))
    assert sorted(zip(*(side.tolist() for side in found), strict=True)) == expected


@pytest.mark.parametrize("size", [0, 1])
def test_with_nobody_to_meet_there_is_no_pair(size: int) -> None:
    alone = columns([(0, 1, 5)] * size, 3)
    nobody = columns([], 3)
    assert [len(side) for side in meeting(*alone, *nobody)] == [0, 0]
    assert Met(*alone, *nobody).numbers().tolist() == [0] * size


@given(st.lists(st.sampled_from((FAR_PAST, -(2**58), -1, 0, 1, 2, 2**58, FAR_FUTURE)), max_size=40))
def test_values_are_put_in_order_whether_or_not_their_positions_fit_beside_them(values: list[int]) -> None:
    given_values = np.array(values, dtype=np.int64)
    order, ordered = in_order(given_values)
    assert ordered.tolist() == sorted(values)
    assert given_values[order].tolist() == sorted(values)
    assert sorted(order.tolist()) == list(range(len(values)))
