"""Random choices for many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

BLANK = -1
"""The integer that stands for a blank cell."""


def pick(rng: np.random.Generator, weights: Sequence[float], size: int) -> Ints:
    """`size` positions in `weights`, each as likely as its weight says."""
    edges = np.cumsum(weights)
    drawn = np.searchsorted(edges, rng.random(size) * edges[-1], side="right")
    chosen: Ints = np.minimum(drawn, len(edges) - 1).astype(np.int64)
    return chosen


def between(rng: np.random.Generator, edges: Floats, first: Ints, stop: Ints) -> Ints:
    """Row by row a position in [first, stop), as likely as its weight; `edges` are the running sums, from 0."""
    low, high = edges[first], edges[stop]
    drawn = np.searchsorted(edges, low + rng.random(len(first)) * (high - low), side="right") - 1
    return np.clip(drawn, first, stop - 1).astype(np.int64)


def chance(rng: np.random.Generator, share: float, size: int) -> Bools:
    """Which of `size` rows are among the share."""
    return rng.random(size) < share


@dataclass(frozen=True)
class Pools:
    """Members in groups, each with a weight: `start` has where the members of each group begin, and one entry more."""

    start: Ints
    member: Ints
    edges: Floats

    @classmethod
    def of(cls, group: Ints, member: Ints, weight: Floats, groups: int) -> Pools:
        """The pools from one row a membership."""
        order = np.argsort(group, kind="stable")
        start = np.searchsorted(group[order], np.arange(groups + 1)).astype(np.int64)
        return cls(start, member[order], np.concatenate([[0.0], np.cumsum(weight[order])]))

    def draw(self, rng: np.random.Generator, group: Ints) -> Ints:
        """One member of each of the groups; `BLANK` where the group is empty."""
        drawn = np.full(len(group), BLANK, dtype=np.int64)
        first, stop = self.start[group], self.start[group + 1]
        filled = np.flatnonzero(first < stop)
        drawn[filled] = self.member[between(rng, self.edges, first[filled], stop[filled])]
        return drawn
