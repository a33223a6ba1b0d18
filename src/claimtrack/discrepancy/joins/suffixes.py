"""What is known beforehand of all that comes from a position on, among rows that are sorted by a key."""

from __future__ import annotations

import numpy as np

from claimtrack.discrepancy.joins.keys import combined
from claimtrack.discrepancy.joins.meet import same
from claimtrack.scopes import NOBODY, Bools, Ints


def sums(counted: Bools) -> Ints:
    """How many rows before each position are counted: from one position up to another it is the difference."""
    return np.append(0, np.cumsum(counted)).astype(np.int64)


def least_after(key: Ints, *order: np.ndarray) -> Ints:
    """For each row the first one, in this order, of those of its key from it on: the least of the rest, from the end.

    No two rows are alike in this order. A row of a smaller key is less than all of the next keys, so that the rest of a
    key ends where the key does.
    """
    if not len(key):
        return key
    place = combined(*order)
    return rows_at(place)[least_place_after(key, place)]


def rows_at(place: Ints) -> Ints:
    """The row of each place, where each row has its own."""
    row = np.empty(len(place), dtype=np.int64)
    row[place] = np.arange(len(place))
    return row


def least_place_after(key: Ints, place: Ints) -> Ints:
    """For each row the least place of those of its key from it on; places are not negative."""
    size = int(place.max(initial=0)) + 1
    found: Ints = np.minimum.accumulate((key * size + place)[::-1])[::-1] % size
    return found


class Last:
    """The last row of each value of each key. A value occurs from a row on exactly if its last row is not before it."""

    def __init__(self, key: Ints, value: Ints) -> None:
        self._size = len(key)
        self._most = int(value.max(initial=NOBODY)) - NOBODY + 1
        both = key * self._most + (value - NOBODY)
        self._both, back = np.unique(both[::-1], return_index=True)
        self._row = (self._size - 1 - back).astype(np.int64)

    @property
    def is_last(self) -> Bools:
        """Which rows are the last one of their value and key: as many as there are distinct values."""
        found = np.zeros(self._size, dtype=bool)
        found[self._row] = True
        return found

    def position(self, key: Ints, value: Ints) -> Ints:
        """The last row of these values, −1 where the key does not have the value."""
        if not self._size:
            return np.full(len(key), NOBODY, dtype=np.int64)
        both = key * self._most + (value - NOBODY)
        at = np.minimum(np.searchsorted(self._both, both), len(self._both) - 1)
        known = (self._both[at] == both) & (value - NOBODY < self._most)
        return np.where(known, self._row[at], NOBODY)

    def after(self, key: Ints, first: Ints) -> tuple[Ints, Ints]:
        """Every value that occurs in rows of `key` from `first` on, once: position in `key`, value."""
        at, found = same(key, self._both // self._most)
        late = self._row[found] >= first[at]
        return at[late], self._both[found[late]] % self._most + NOBODY
