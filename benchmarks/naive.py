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
Periods = tuple[Ints, Ints, Ints]


def same(left_key: Ints, right_key: Ints) -> Pairs:
    """All pairs of one key."""
    both = _merged({"key": left_key}, {"key": right_key})
    return _positions(both)


def greater(left: tuple[Ints, Ints], right: tuple[Ints, Ints]) -> Pairs:
    """All pairs of one key in which the right value is greater."""
    both = _merged(*({"key": key, "value": value} for key, value in (left, right)))
    return _positions(both[both["value_l"] < both["value_r"]])


def meeting(left: Periods, right: Periods) -> Pairs:
    """All pairs of one key whose periods meet."""
    return _positions(_met(left, right))


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

    def __init__(self, left: Periods, right: Periods, *, of_left: tuple[Ints, ...], of_right: tuple[Ints, ...]) -> None:
        self._pairs, self._lefts = _positions(_met(left, right)), len(left[0])
        self._told = of_left, of_right

    def numbers(self) -> Ints:
        """For each left how many rights meet it."""
        return np.bincount(self._pairs[0], minlength=self._lefts).astype(np.int64)

    def parts(self, wanted: np.ndarray) -> list[tuple[Ints, ...]]:
        """The columns of the pairs of some lefts."""
        chosen = np.isin(self._pairs[0], wanted)
        sides = zip(self._told, self._pairs, strict=True)
        return [tuple(column[rows[chosen]] for columns, rows in sides for column in columns)]


def _met(left: Periods, right: Periods) -> pd.DataFrame:
    both = _merged(*(dict(zip(("key", "start", "end"), side, strict=True)) for side in (left, right)))
    filled = (both["start_l"] < both["end_l"]) & (both["start_r"] < both["end_r"])
    return both[filled & (both["start_l"] < both["end_r"]) & (both["start_r"] < both["end_l"])]


def _merged(left: dict[str, Ints], right: dict[str, Ints]) -> pd.DataFrame:
    sides = [pd.DataFrame({**side, "at": np.arange(len(side["key"]))}) for side in (left, right)]
    return sides[0].merge(sides[1], on="key", suffixes=("_l", "_r"))


def _positions(both: pd.DataFrame) -> Pairs:
    return both["at_l"].to_numpy(np.int64), both["at_r"].to_numpy(np.int64)


JOINS: dict[str, tuple[Callable[..., object], ...]] = {
    "meet": (same, meeting, Met),
    "greater": (greater,),
    "below": (below,),
}
"""By the module of the library in which what they replace is."""


@contextmanager
def by_brute_force() -> Iterator[None]:
    """Within the block the library joins by merge and filter."""
    import claimtrack.discrepancy
    from claimtrack.discrepancy import pairs, runs

    home = claimtrack.discrepancy.__name__
    modules = [module for name, module in sys.modules.items() if name.startswith(home)]
    with ExitStack() as stack:
        stack.enter_context(patch.object(pairs, "SLICE", sys.maxsize))
        stack.enter_context(patch.object(runs, "LEAST", sys.maxsize))
        for name, joins in JOINS.items():
            for join in joins:
                original = getattr(sys.modules[f"{home}.{name}"], join.__name__)
                for module in modules:
                    if getattr(module, join.__name__, None) is original:
                        stack.enter_context(patch.object(module, join.__name__, join))
        yield
