"""Pairs of two lists in which several values of the one are all less than those of the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from claimtrack.discrepancy.joins.greater import extremes, greater
from claimtrack.discrepancy.joins.keys import begins_in, dense
from claimtrack.scopes import Bools, Ints


def below(
    left_key: Ints, left_values: Sequence[Ints], right_key: Ints, right_values: Sequence[Ints]
) -> tuple[Ints, Ints]:
    """All pairs (position left, position right) of one key in which every value of the left is less than the right's.

    Multidimensional divide and conquer (Bentley 1980, Communications of the ACM 23): of two ranks the lower has a 0
    and the higher a 1 in the first binary digit in which they differ. So for each digit the lefts with a 0 and the
    rights with a 1, of one key and with all digits before it alike, are compared by the values that are left: work in
    proportion to what is returned and to the rows, times a logarithm for each value beyond the last.
    """
    left, right = _possible(left_key, left_values, right_key, right_values)
    key_l, key_r = left_key[left], right_key[right]
    first, *others = ((one[left], other[right]) for one, other in zip(left_values, right_values, strict=True))
    if not others:
        l_row, r_row = greater((key_l, first[0]), (key_r, first[1]))
        return left[l_row], right[r_row]
    rank_l, rank_r = _ranks(key_l, first[0], key_r, first[1])
    pairs = [(left[:0], right[:0])]
    for digit in range(int(rank_r.max(initial=0)).bit_length()):
        low, high = np.flatnonzero(rank_l >> digit & 1 == 0), np.flatnonzero(rank_r >> digit & 1 == 1)
        before = [rank >> digit + 1 for rank in (rank_l[low], rank_r[high])]
        node_l, node_r = _together(key_l[low], before[0], key_r[high], before[1])
        l_row, r_row = below(node_l, [one[low] for one, _ in others], node_r, [other[high] for _, other in others])
        pairs.append((left[low[l_row]], right[high[r_row]]))
    found_l, found_r = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return found_l, found_r


def _possible(
    left_key: Ints, left_values: Sequence[Ints], right_key: Ints, right_values: Sequence[Ints]
) -> tuple[Ints, Ints]:
    """The rows that each value by itself lets have a pair."""
    left, right = np.ones(len(left_key), dtype=bool), np.ones(len(right_key), dtype=bool)
    for one, other in zip(left_values, right_values, strict=True):
        least, greatest = extremes((left_key, one), (right_key, other))
        left &= one < greatest[left_key]
        right &= other > least[right_key]
    return np.flatnonzero(left), np.flatnonzero(right)


def _ranks(left_key: Ints, left: Ints, right_key: Ints, right: Ints) -> tuple[Ints, Ints]:
    """The position of each value among all of its key: a left is before a right exactly if it is less."""
    key, value = np.concatenate([left_key, right_key]), np.concatenate([left, right])
    is_left: Bools = np.arange(len(key)) < len(left)
    order = np.lexsort((is_left, value, key))
    begins = begins_in(key[order])
    rank = np.empty(len(key), dtype=np.int64)
    rank[order] = np.arange(len(key)) - np.flatnonzero(begins)[np.cumsum(begins) - 1]
    return rank[: len(left)], rank[len(left) :]


def _together(left_key: Ints, left: Ints, right_key: Ints, right: Ints) -> tuple[Ints, Ints]:
    """One small integer for each key and value of two lists."""
    key, value = np.concatenate([left_key, right_key]), np.concatenate([left, right])
    node = dense(key * (int(value.max(initial=0)) + 1) + value)
    return node[: len(left)], node[len(left) :]
