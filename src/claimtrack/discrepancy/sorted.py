"""Rows sorted once by a number, so that those of a few numbers are found by binary search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from claimtrack.discrepancy.keys import distinct
from claimtrack.discrepancy.lines import in_order
from claimtrack.scopes import Bools, Ints, spans


@dataclass(frozen=True)
class Sorted:
    """The positions of rows in the order of their numbers."""

    order: Ints
    numbers: Ints

    @classmethod
    def of(cls, numbers: Ints) -> Sorted:
        """The rows that have these numbers."""
        return cls(*in_order(numbers))

    def rows(self, wanted: Ints) -> Ints:
        """The positions of all rows that have one of these numbers."""
        values = distinct(wanted)
        first = np.searchsorted(self.numbers, values, side="left")
        size = np.searchsorted(self.numbers, values, side="right") - first
        return self.order[spans(first, size)]


@dataclass(frozen=True)
class Spans:
    """Periods at numbered nodes. Begins and ends are ranks among all their moments, made distinct by node.

    As many periods meet another as begin by its end, less those that end before it begins.
    """

    moments: Ints
    begins: Ints
    ends: Ints

    @classmethod
    def of(cls, node: Ints, begin: Ints, end: Ints) -> Spans:
        """Those of these nodes (negative: of none) and bounds, both included."""
        known = (node >= 0) & (begin <= end)
        node, begin, end = node[known], begin[known], end[known]
        moments = distinct(np.concatenate([begin, end]))
        bounds = (node * (len(moments) + 1) + np.searchsorted(moments, bound) for bound in (begin, end))
        return cls(moments, *(np.sort(bound) for bound in bounds))

    def meet(self, node: Ints, begin: Ints, end: Ints) -> Bools:
        """Whether each period meets one that is at its node."""
        first = node * (len(self.moments) + 1)
        begun = np.searchsorted(self.begins, first + np.searchsorted(self.moments, end, side="right"))
        over = np.searchsorted(self.ends, first + np.searchsorted(self.moments, begin))
        found: Bools = (node >= 0) & (begun > over)
        return found
