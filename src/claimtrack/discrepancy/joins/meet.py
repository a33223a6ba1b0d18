"""Which rows of two lists meet: joins that touch only what they return.

Keys are small integers; times are integer microseconds; periods are half-open and an empty one meets nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from claimtrack.discrepancy.joins.lines import Scale, in_order
from claimtrack.discrepancy.joins.listed import Columns, Told, as_they_are, joined, listed, other_way
from claimtrack.discrepancy.joins.threads import each, shares
from claimtrack.scopes import Ints, spans

Periods = tuple[Ints, Ints, Ints]
"""Key, start and end, row by row."""


class _Filled(NamedTuple):
    """The rows of a list whose period is not empty, and their periods."""

    row: Ints
    key: Ints
    start: Ints
    end: Ints

    @classmethod
    def among(cls, periods: Periods, rows: slice) -> _Filled:
        key, start, end = (column[rows] for column in periods)
        filled = np.flatnonzero(start < end)
        if len(filled) < len(key):
            key, start, end = key.take(filled), start.take(filled), end.take(filled)
        return cls(filled + rows.start, key, start, end)

    def on(self, scale: Scale) -> _Lines:
        """The same with key and time in one."""
        return _Lines(self.row, scale.line(self.key, self.start), scale.line(self.key, self.end))


class _Lines(NamedTuple):
    """The rows of a list whose period is not empty, and their starts and ends as lines."""

    row: Ints
    start: Ints
    end: Ints


class _Lefts(NamedTuple):
    """All lefts by key and start."""

    start: Ints
    end: Ints
    at: Ints
    """Where each row of the list is here, −1 where its period is empty."""
    columns: Columns

    def positions(self, rows: Ints) -> Ints:
        """Where these rows of the list are here."""
        at = self.at[rows]
        return np.sort(at[at >= 0])


class _Share(NamedTuple):
    """What tells all pairs of some rights, which are sorted by key and start: the rights that start inside each left,
    and the lefts that start inside each of those rights that are `around` one, after its start: from position `after`
    up to `stop`. `reach`: the furthest that any of these gets up to each of them.
    """

    first: Ints
    size: Ints
    columns: Columns
    around: Columns
    after: Ints
    stop: Ints
    reach: Ints

    @classmethod
    def of(cls, lefts: _Lefts, rights: _Lines, columns: Columns) -> _Share:
        order, start = in_order(rights.start)
        end, row = rights.end.take(order), rights.row.take(order)
        first = np.searchsorted(start, lefts.start, side="left")
        size = np.maximum(np.searchsorted(start, lefts.end, side="left") - first, 0)
        after = np.cumsum(np.bincount(first, minlength=len(start)))[: len(start)]
        around = np.flatnonzero(np.append(lefts.start, np.iinfo(np.int64).max)[after] < end)
        stop = np.searchsorted(lefts.start, end[around], side="left")
        ours = tuple(column.take(row) for column in columns)
        of_around = tuple(column.take(around) for column in ours)
        return cls(first, size, ours, of_around, after[around], stop, np.maximum.accumulate(stop))

    def parts(self, lefts: _Lefts, wanted: Ints | None, told: Told) -> list[Any]:
        """The pairs of the lefts at some positions, which ascend."""
        columns, first, size = lefts.columns, self.first, self.size
        around, start, stop = self.around, self.after, self.stop
        if wanted is not None:
            near = self._near(wanted)
            columns, first, size = tuple(column[wanted] for column in columns), first[wanted], size[wanted]
            around = tuple(column.take(near) for column in around)
            start, stop = (np.searchsorted(wanted, bound.take(near)) for bound in (start, stop))
        return [
            *listed(columns, first, size, self.columns, told),
            *listed(around, start, stop - start, columns, other_way(told)),
        ]

    def _near(self, wanted: Ints) -> Ints:
        """Which of the rights around lefts can be around one of those at some positions, which ascend."""
        if not len(wanted):
            return wanted
        begin = int(np.searchsorted(self.reach, wanted[0], side="right"))
        end = int(np.searchsorted(self.after, wanted[-1], side="right"))
        return np.flatnonzero(self.stop[begin:end] > wanted[0]) + begin


class Met:
    """The pairs of one key whose periods meet, of two lists: how many, all, or those of some lefts.

    A pair is told by columns of its left and of its right (None: by their positions). Rights are looked at in shares,
    several at a time: what meets a left adds up over any split of them.
    """

    def __init__(
        self, left: Periods, right: Periods, *, of_left: Columns | None = None, of_right: Columns | None = None
    ) -> None:
        self._of_left = (np.arange(len(left[0])),) if of_left is None else of_left
        self._of_right = (np.arange(len(right[0])),) if of_right is None else of_right
        self._lefts, self._rows = len(left[0]), len(left[0]) + len(right[0])
        ours = _Filled.among(left, slice(0, self._lefts))
        theirs = each(lambda rows: _Filled.among(right, rows), shares(len(right[0])), len(right[0]))
        scale = _scale(ours, theirs)
        self._left, *self._rights = each(lambda side: side.on(scale), [ours, *theirs], self._rows)

    def numbers(self) -> Ints:
        """For each left the number of rights that it meets, without listing one.

        Of those that start before a period ends, all meet it but those that end before it starts: #{start < end_S} −
        #{end ≤ start_S}, counted in the two sorted lists (Layer et al. 2013, "Binary Interval Search", Bioinformatics
        29).
        """
        order, start = in_order(self._left.start)
        end = self._left.end[order]

        def of_share(rights: _Lines) -> Ints:
            begun = np.searchsorted(np.sort(rights.start), end, side="left")
            return begun - np.searchsorted(np.sort(rights.end), start, side="right")

        numbers = np.zeros(self._lefts, dtype=np.int64)
        numbers[self._left.row[order]] = sum(each(of_share, self._rights, self._rows))
        return numbers

    def parts(self, wanted: Ints | None = None, told: Told = as_they_are) -> list[Any]:
        """All pairs, each once, in no order, in parts: the columns of both, or what `told` makes of them.

        `wanted`: positions of the lefts, each once, of which pairs are wanted; None: of all.
        """
        lefts, found = self._sorted
        some, rows = (None, self._rows) if wanted is None else (lefts.positions(wanted), len(wanted))
        return [part for parts in each(lambda share: share.parts(lefts, some, told), found, rows) for part in parts]

    @cached_property
    def _sorted(self) -> tuple[_Lefts, Sequence[_Share]]:
        """What tells all pairs.

        Two periods meet exactly when one starts inside the other. The rights that start inside a left are a slice of
        the rights sorted by key and start: two binary searches a left, and work in proportion to what is returned. So
        are the lefts that start inside a right, after its start so that no pair comes twice. Where that slice begins is
        how many lefts start up to there, which the first search has told; few rights have a left before they end.
        """
        order, start = in_order(self._left.start)
        row = self._left.row[order]
        at = np.full(self._lefts, -1, dtype=np.int64)
        at[row] = np.arange(len(row))
        lefts = _Lefts(start, self._left.end[order], at, tuple(column[row] for column in self._of_left))
        return lefts, each(lambda rights: _Share.of(lefts, rights, self._of_right), self._rights, self._rows)


def _scale(left: _Filled, rights: Sequence[_Filled]) -> Scale:
    """Room for the keys and times of both; all that ends after the last start may end at one time."""
    sides = [left, *rights]
    times = [time for side in sides for time in (side.start, side.end)]
    return Scale.of([side.key for side in sides], times, latest=[side.start for side in sides])


def meeting(left: Periods, right: Periods) -> Columns:
    """All pairs (position left, position right) of one key whose periods meet, each once, in no order."""
    return joined(Met(left, right).parts())


def same(left_key: Ints, right_key: Ints) -> tuple[Ints, Ints]:
    """All pairs of one key."""
    order = np.argsort(right_key, kind="stable")
    first = np.searchsorted(right_key[order], left_key, side="left").astype(np.int64)
    size = np.searchsorted(right_key[order], left_key, side="right").astype(np.int64) - first
    return np.repeat(np.arange(len(left_key), dtype=np.int64), size), order[spans(first, size)]
