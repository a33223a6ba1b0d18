"""Which rows of two lists meet: joins that touch only what they return.

Keys are small integers; times are integer microseconds; periods are half-open and an empty one meets nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np

from claimtrack.discrepancy.keys import distinct
from claimtrack.readings import FAR_FUTURE
from claimtrack.scopes import Bools, Ints, spans

BEYOND = FAR_FUTURE // 2
"""No time of a calendar is as far from 1970 as that."""


def lines(keys: tuple[Ints, ...], times: tuple[Ints, ...], latest: tuple[Ints, ...] | None = None) -> tuple[Ints, ...]:
    """Key and time in one integer each, so that sorted order is by key, then by time.

    Times beyond any calendar come before or after all others. Where there are too many keys for that many
    microseconds, the times are replaced by their ranks. `latest`: what others are compared with, so that all that is
    later than these may be one; None: all times.
    """
    low = min((_calendar(time)[0] for time in times if len(time)), default=0) - 1
    high = max((_calendar(time)[1] for time in (times if latest is None else latest) if len(time)), default=0) + 1
    most = max(int(key.max(initial=0)) for key in keys)
    if (most + 1) * (high - low + 1) < BEYOND:
        return tuple(_line(key, high - low + 1, time, low, high) for key, time in zip(keys, times, strict=True))
    values = distinct(np.concatenate(times))
    return tuple(key * (len(values) + 1) + np.searchsorted(values, time) for key, time in zip(keys, times, strict=True))


def _calendar(time: Ints) -> tuple[int, int]:
    """The least and the greatest of the times that are not beyond any calendar; 0 where none is."""
    if time.min() <= -BEYOND or time.max() >= BEYOND:
        time = time[(time > -BEYOND) & (time < BEYOND)]
    return (int(time.min()), int(time.max())) if len(time) else (0, 0)


def _line(key: Ints, width: int, time: Ints, low: int, high: int) -> Ints:
    """Key and time in one; times before `low` count as `low`, those after `high` as `high`."""
    inside = len(time) and low <= time.min() and time.max() <= high
    line: Ints = (time if inside else np.clip(time, low, high)) - low
    line += key * width
    return line


def _filled(start: Ints, end: Ints, *columns: Ints) -> tuple[Ints, ...]:
    """The rows whose period is not empty: their positions, and their start, end and other columns."""
    filled = start < end
    rows = np.flatnonzero(filled)
    columns = (start, end, *columns)
    return rows, *(columns if len(rows) == len(start) else (column[filled] for column in columns))


def in_order(values: Ints) -> tuple[Ints, Ints]:
    """The positions of the values in their order, in no order where they are equal, and the values in it.

    Where there is room for its position beside each value, both are sorted as one integer, in a fifth of the time.
    """
    bits = len(values).bit_length()
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    if (high - low).bit_length() + bits > 63:
        order = np.argsort(values)
        return order, np.sort(values)
    both = (values - low) << bits
    both |= np.arange(len(values))
    both.sort()
    return both & ((1 << bits) - 1), (both >> bits) + low


class Met:
    """The pairs of one key whose periods meet, of two lists: how many, all, or those of some lefts."""

    def __init__(
        self, left_key: Ints, left_start: Ints, left_end: Ints, right_key: Ints, right_start: Ints, right_end: Ints
    ) -> None:
        self._lefts = len(left_key)
        self._left, l_start, l_end, lk = _filled(left_start, left_end, left_key)
        self._right, r_start, r_end, rk = _filled(right_start, right_end, right_key)
        times = (l_start, l_end, r_start, r_end)
        self._lines = lines((lk, lk, rk, rk), times, latest=(l_start, r_start))

    def numbers(self) -> Ints:
        """For each left the number of rights that it meets, without listing one.

        Of those that start before a period ends, all meet it but those that end before it starts: #{start < end_S} −
        #{end ≤ start_S}, counted in the two sorted lists (Layer et al. 2013, "Binary Interval Search", Bioinformatics
        29).
        """
        l_start, l_end, r_start, r_end = self._lines
        order, l_start = in_order(l_start)
        numbers = np.zeros(self._lefts, dtype=np.int64)
        begun = np.searchsorted(np.sort(r_start), l_end[order], side="left")
        numbers[self._left[order]] = begun - np.searchsorted(np.sort(r_end), l_start, side="right")
        return numbers

    @cached_property
    def _sorted(self) -> tuple[Ints, ...]:
        """What tells all pairs.

        Two periods meet exactly when one starts inside the other. The rights that start inside a left are a slice of
        the rights sorted by key and start: two binary searches a left, and work in proportion to what is returned. So
        are the lefts that start inside a right, after its start so that no pair comes twice. Where that slice begins is
        how many lefts start up to there, which the first search has told; few rights have a left before they end.
        """
        l_start, l_end, r_start, r_end = self._lines
        order, l_start = in_order(l_start)
        left, l_end = self._left[order], l_end[order]
        order, r_start = in_order(r_start)
        right, r_end = self._right[order], r_end[order]
        first = np.searchsorted(r_start, l_start, side="left")
        size = np.maximum(np.searchsorted(r_start, l_end, side="left") - first, 0)
        after = np.cumsum(np.bincount(first, minlength=len(right)))[: len(right)]
        around = np.flatnonzero(np.append(l_start, np.iinfo(np.int64).max)[after] < r_end)
        stop = np.searchsorted(l_start, r_end[around], side="left")
        return left, first, size, right, right[around], after[around], stop

    def parts(self, wanted: Bools | None = None) -> Iterator[tuple[Ints, Ints]]:
        """All pairs (position left, position right), each once, in no order, some after the others.

        `wanted`: of which lefts; None: of all.
        """
        left, first, size, right, around, start, stop = self._sorted
        if wanted is not None:
            chosen = wanted[left]
            left, first, size = left[chosen], first[chosen], size[chosen]
            before = np.append(0, np.cumsum(chosen))
            start, stop = before[start], before[stop]
        yield from _listed(left, first, size, right)
        yield from ((ours, theirs) for theirs, ours in _listed(around, start, stop - start, left))


def meeting(
    left_key: Ints, left_start: Ints, left_end: Ints, right_key: Ints, right_start: Ints, right_end: Ints
) -> tuple[Ints, Ints]:
    """All pairs (position left, position right) of one key whose periods meet, each once, in no order."""
    return joined(Met(left_key, left_start, left_end, right_key, right_start, right_end).parts())


AT_ONCE = 2**18
"""About how many pairs are listed in one go, so that they stay in the cache of a processor."""


def _listed(rows: Ints, first: Ints, size: Ints, others: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Each of the rows with as many of the others as its size says, from position `first` on."""
    ends = np.cumsum(size)
    cuts = np.searchsorted(ends, np.arange(AT_ONCE, int(ends[-1]) if len(ends) else 0, AT_ONCE), side="right")
    for low, high in pairwise([0, *cuts.tolist(), len(rows)]):
        some = slice(low, high)
        yield np.repeat(rows[some], size[some]), others[spans(first[some], size[some])]


def joined(parts: Iterator[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """All pairs that come in parts, in two arrays."""
    left, right = zip(*parts, strict=True)
    return np.concatenate(left), np.concatenate(right)


def greater(left_key: Ints, left_value: Ints, right_key: Ints, right_value: Ints) -> tuple[Ints, Ints]:
    """All pairs (position left, position right) of one key in which the right value is greater, in no order."""
    return joined(greater_parts(left_key, left_value, right_key, right_value))


def greater_parts(left_key: Ints, left_value: Ints, right_key: Ints, right_value: Ints) -> Iterator[tuple[Ints, Ints]]:
    """The same, some pairs after the others.

    Only what is less than the greatest right of its key, or greater than its least left, has a pair and is sorted. The
    rights that are greater than a left are then all from one position on, to the end of the key.
    """
    least, greatest = extremes(left_key, left_value, right_key, right_value)
    left, right = np.flatnonzero(left_value < greatest[left_key]), np.flatnonzero(right_value > least[right_key])
    left_key, right_key = left_key[left], right_key[right]
    left_line, right_line = lines((left_key, right_key), (left_value[left], right_value[right]))
    (l_order, left_line), (r_order, right_line) = in_order(left_line), in_order(right_line)
    after = np.searchsorted(right_line, left_line, side="right")
    ends = np.cumsum(np.bincount(right_key, minlength=int(left_key.max(initial=0)) + 1))
    size = ends[left_key[l_order]] - after
    yield from _listed(left[l_order], after, size, right[r_order])


def extremes(left_key: Ints, left_value: Ints, right_key: Ints, right_value: Ints) -> tuple[Ints, Ints]:
    """For each key from 0 on its least left and its greatest right value: a key has pairs if these two are one."""
    size = max(int(left_key.max(initial=0)), int(right_key.max(initial=0))) + 1
    least, greatest = np.full(size, np.iinfo(np.int64).max), np.full(size, np.iinfo(np.int64).min)
    np.minimum.at(least, left_key, left_value)
    np.maximum.at(greatest, right_key, right_value)
    return least, greatest


def same(left_key: Ints, right_key: Ints) -> tuple[Ints, Ints]:
    """All pairs of one key."""
    order = np.argsort(right_key, kind="stable")
    first = np.searchsorted(right_key[order], left_key, side="left").astype(np.int64)
    size = np.searchsorted(right_key[order], left_key, side="right").astype(np.int64) - first
    return np.repeat(np.arange(len(left_key), dtype=np.int64), size), order[spans(first, size)]
