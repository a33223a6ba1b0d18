"""The first row from a position on that meets some bounds, without looking at those between one by one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from claimtrack.scopes import NOBODY, Bools, Floats, Ints


class Blocks:
    """Rows in blocks of each power of two, and what the extremes are of those in a block that are late enough.

    The rows of a block are in order, the latest first, with the greatest `low` and the least `high` up to each of them
    (a merge sort tree: every sort that a merge sort would make is kept). A level is made when it is first asked for.
    """

    def __init__(self, time: Ints, low: Floats, high: Floats) -> None:
        # Turned about bit by bit, so that the least integer, which has no negative, is the greatest.
        self._times, rank = np.unique(~time, return_inverse=True)
        self.depth = max(len(time) - 1, 0).bit_length() + 1
        room = (1 << self.depth - 1) - len(time)
        self._rank = np.append(rank, np.full(room, len(self._times))).astype(np.int64)
        self._low = np.append(low, np.full(room, -np.inf))
        self._high = np.append(high, np.full(room, np.inf))
        self._level = cache(self._made)

    def _made(self, level: int) -> tuple[Ints, Floats, Floats]:
        """Block and rank in one integer, in order, and the extremes up to each row in its block."""
        block = (-1, 1 << level)
        order = np.argsort(self._rank.reshape(block), axis=1, kind="stable")
        rank, low, high = (
            np.take_along_axis(column.reshape(block), order, axis=1) for column in (self._rank, self._low, self._high)
        )
        place = np.arange(len(rank))[:, None] * (len(self._times) + 1) + rank
        return place.ravel(), np.maximum.accumulate(low, axis=1).ravel(), np.minimum.accumulate(high, axis=1).ravel()

    def extremes(self, level: int, block: Ints, since: Ints) -> tuple[Floats, Floats]:
        """Of the rows of each block that are not before a time the greatest `low` and the least `high`."""
        place, low, high = self._level(level)
        latest = np.searchsorted(self._times, ~since, side="right") - 1
        last = np.searchsorted(place, block * (len(self._times) + 1) + latest, side="right") - 1
        none = last < block << level
        return np.where(none, -np.inf, low[last]), np.where(none, np.inf, high[last])


def first_row(
    at: Ints, stop: Ints, depth: int, may: Callable[[Ints, int, Ints], Bools], holds: Callable[[Ints, Ints], Bools]
) -> Ints:
    """For each question the first row from `at` up to `stop` of which `holds` is true; `NOBODY` where there is none.

    `may` is asked of questions, a level and blocks of it: whether any row of a block can be one. A block of which that
    is not so is passed over at once, and one of which it is so is looked into. `depth`: how many levels there are.
    """
    found, here, level = np.full(len(at), NOBODY, dtype=np.int64), at.copy(), np.zeros(len(at), dtype=np.int64)
    left = np.flatnonzero(here < stop)
    while len(left):
        some = np.zeros(len(left), dtype=bool)
        for size in np.flatnonzero(np.bincount(level[left])).tolist():
            of_level = np.flatnonzero(level[left] == size)
            asked = left[of_level]
            some[of_level] = may(asked, size, here[asked] >> size) if size else holds(asked, here[asked])
        met = some & (level[left] == 0)
        found[left[met]] = here[left[met]]
        level[left[some]] -= 1
        passed = left[~some]
        here[passed] += 1 << level[passed]
        # A block that begins here and is twice as large is the next to be asked.
        level[passed] += (level[passed] + 1 < depth) & (here[passed] >> level[passed] & 1 == 0)
        left = left[~met]
        left = left[here[left] < stop[left]]
    return found
