"""All codes by brute force in pandas: each join is a merge on its key and a filter, and all pairs are listed at once.

The rules and the sentences are those of the library, over whole columns, so that only the joins differ: most of the
time of both is spent on what they share.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import numpy as np
import pandas as pd

Ints = np.ndarray
Pairs = tuple[Ints, Ints]


def same(left_key: Ints, right_key: Ints) -> Pairs:
    """All pairs of one key."""
    both = _merged({"key": left_key}, {"key": right_key})
    return _positions(both)


def greater(left_key: Ints, left_value: Ints, right_key: Ints, right_value: Ints) -> Pairs:
    """All pairs of one key in which the right value is greater."""
    both = _merged({"key": left_key, "value": left_value}, {"key": right_key, "value": right_value})
    return _positions(both[both["value_l"] < both["value_r"]])


def meeting(key: Ints, start: Ints, end: Ints, right_key: Ints, right_start: Ints, right_end: Ints) -> Pairs:
    """All pairs of one key whose periods meet."""
    return _positions(_met(key, start, end, right_key, right_start, right_end))


def below(left_key: Ints, left_values: Sequence[Ints], right_key: Ints, right_values: Sequence[Ints]) -> Pairs:
    """All pairs of one key of which every value of the left is less than the right's."""
    sides = [
        {"key": key, **{str(number): value for number, value in enumerate(values)}}
        for key, values in ((left_key, left_values), (right_key, right_values))
    ]
    both = _merged(*sides)
    less = [both[f"{number}_l"] < both[f"{number}_r"] for number in range(len(left_values))]
    return _positions(both[np.logical_and.reduce(less)])


class Met:
    """The pairs of one key whose periods meet."""

    def __init__(self, key: Ints, start: Ints, end: Ints, right_key: Ints, right_start: Ints, right_end: Ints) -> None:
        met = _met(key, start, end, right_key, right_start, right_end)
        self._pairs, self._lefts = _positions(met), len(key)

    def numbers(self) -> Ints:
        """For each left how many rights meet it."""
        return np.bincount(self._pairs[0], minlength=self._lefts).astype(np.int64)

    def parts(self, wanted: np.ndarray) -> Iterator[Pairs]:
        """The pairs of some lefts."""
        left, right = self._pairs
        yield left[wanted[left]], right[wanted[left]]


def _met(key: Ints, start: Ints, end: Ints, right_key: Ints, right_start: Ints, right_end: Ints) -> pd.DataFrame:
    left = {"key": key, "start": start, "end": end}
    both = _merged(left, {"key": right_key, "start": right_start, "end": right_end})
    filled = (both["start_l"] < both["end_l"]) & (both["start_r"] < both["end_r"])
    return both[filled & (both["start_l"] < both["end_r"]) & (both["start_r"] < both["end_l"])]


def _merged(left: dict[str, Ints], right: dict[str, Ints]) -> pd.DataFrame:
    sides = [pd.DataFrame({**side, "at": np.arange(len(side["key"]))}) for side in (left, right)]
    return sides[0].merge(sides[1], on="key", suffixes=("_l", "_r"))


def _positions(both: pd.DataFrame) -> Pairs:
    return both["at_l"].to_numpy(np.int64), both["at_r"].to_numpy(np.int64)


JOINS: tuple[Callable[..., object], ...] = (same, greater, meeting, below, Met)


@contextmanager
def by_brute_force() -> Iterator[None]:
    """Within the block the library joins by merge and filter."""
    import claimtrack.discrepancy
    from claimtrack.discrepancy import below, meet, pairs, runs

    modules = [module for name, module in sys.modules.items() if name.startswith(claimtrack.discrepancy.__name__)]
    with ExitStack() as stack:
        stack.enter_context(patch.object(pairs, "SLICE", sys.maxsize))
        stack.enter_context(patch.object(runs, "LEAST", sys.maxsize))
        for join in JOINS:
            original = getattr(below if join.__name__ == "below" else meet, join.__name__)
            for module in modules:
                if getattr(module, join.__name__, None) is original:
                    stack.enter_context(patch.object(module, join.__name__, join))
        yield
