"""Pairs that are told by their columns, row by row: those of one side, then those of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from claimtrack.scopes import Ints

Columns = tuple[Any, ...]
"""Arrays of one length."""
Told = Callable[[Columns, Columns], Any]
"""What is wanted of some pairs, from the columns of their lefts and of their rights, which it may write over."""

AT_ONCE = 2**18
"""About how many pairs are listed in one go, so that they stay in the cache of a processor."""


def as_they_are(left: Columns, right: Columns) -> Columns:
    """The columns of both."""
    return *left, *right


def other_way(told: Told) -> Told:
    """The same of pairs whose right comes first."""
    return lambda right, left: told(left, right)


def listed(rows: Columns, first: Ints, size: Ints, others: Columns, told: Told) -> Iterator[Any]:
    """Each of the rows with as many of the others as its size says, from position `first` on; some after the others."""
    ends = np.cumsum(size)
    cuts = np.searchsorted(ends, np.arange(AT_ONCE, int(ends[-1]) if len(ends) else 0, AT_ONCE), side="right")
    shift = first - ends + size
    for low, high in pairwise([0, *cuts.tolist(), len(size)]):
        some = slice(low, high)
        row = np.repeat(np.arange(high - low), size[some])
        at = (shift[some] + (ends[low - 1] if low else 0)).take(row)
        at += np.arange(len(row))
        yield told(tuple(column[some].take(row) for column in rows), tuple(column.take(at) for column in others))


def joined(parts: Iterable[Columns]) -> Columns:
    """All pairs that come in parts, as whole columns."""
    return tuple(np.concatenate(columns) for columns in zip(*parts, strict=True))
