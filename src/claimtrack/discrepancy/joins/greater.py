"""Pairs of two lists in which the value of the right is greater: joins that touch only what they return."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from claimtrack.discrepancy.joins.lines import Scale, in_order
from claimtrack.discrepancy.joins.listed import Columns, Told, as_they_are, joined, listed
from claimtrack.discrepancy.joins.threads import each, shares
from claimtrack.scopes import Ints

Keyed = tuple[Ints, Ints]
"""Key and value, row by row; keys are small integers."""
SHARES = 4
"""Of the lefts for each thread: keys have more or fewer pairs."""


def greater(left: Keyed, right: Keyed) -> Columns:
    """All pairs (position left, position right) of one key in which the right value is greater, in no order."""
    of_left, of_right = ((np.arange(len(key)),) for key, _ in (left, right))
    return joined(greater_parts(left, right, of_left, of_right))


def greater_parts(
    left: Keyed, right: Keyed, of_left: Columns, of_right: Columns, told: Told = as_they_are
) -> list[Any]:
    """The same in parts: these columns of both sides, or what `told` makes of them.

    Only what is less than the greatest right of its key, or greater than its least left, has a pair and is sorted. The
    rights that are greater than a left are then all from one position on, to the end of the key.
    """
    least, greatest = extremes(left, right)
    sides = (left, greatest, np.less, of_left), (right, least, np.greater, of_right)
    rows = len(left[0]) + len(right[0])
    chosen = each(lambda side: _possible(*side), sides, rows)
    scale = Scale.of([side.key for side in chosen], [side.value for side in chosen])
    (line, columns), (other, others) = each(lambda side: side.in_order(scale), chosen, rows)
    ends = np.cumsum(np.bincount(chosen[1].key, minlength=len(greatest)))

    def of_some(share: slice) -> list[Any]:
        after = np.searchsorted(other, line[share], side="right")
        size = ends[scale.key(line[share])] - after
        return list(listed(tuple(column[share] for column in columns), after, size, others, told))

    return [part for parts in each(of_some, shares(len(line), a_thread=SHARES), rows) for part in parts]


class _Possible(NamedTuple):
    """The rows of a side that have a pair, if their key has one."""

    key: Ints
    value: Ints
    columns: Columns

    def in_order(self, scale: Scale) -> tuple[Ints, Columns]:
        """Their lines in order, and their columns in it."""
        order, line = in_order(scale.line(self.key, self.value))
        return line, tuple(column.take(order) for column in self.columns)


def _possible(side: Keyed, extreme: Ints, compare: np.ufunc, columns: Columns) -> _Possible:
    key, value = side
    rows = np.flatnonzero(compare(value, extreme.take(key)))
    return _Possible(key.take(rows), value.take(rows), tuple(column.take(rows) for column in columns))


def extremes(left: Keyed, right: Keyed) -> tuple[Ints, Ints]:
    """For each key from 0 on its least left and its greatest right value: a key has pairs if these two are one."""
    size = max(int(key.max(initial=0)) for key, _ in (left, right)) + 1
    least, greatest = np.full(size, np.iinfo(np.int64).max), np.full(size, np.iinfo(np.int64).min)
    sides = (np.minimum, least, *left), (np.maximum, greatest, *right)
    each(lambda side: side[0].at(*side[1:]), sides, len(left[0]) + len(right[0]))
    return least, greatest
