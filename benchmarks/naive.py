"""All codes by brute force in pandas: each join is a merge on its key and a filter, and all pairs are listed at once.

The rules and the sentences are those of the library, over whole columns, so that only the joins differ: most of the
time of both is spent on what they share. Who writes the rules by hand in pandas, row by row, is slower than this.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
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


def numbers_meeting(key: Ints, start: Ints, end: Ints, right_key: Ints, right_start: Ints, right_end: Ints) -> Ints:
    """For each left how many rights of its key meet it."""
    met = _met(key, start, end, right_key, right_start, right_end)
    return np.bincount(met["at_l"], minlength=len(key)).astype(np.int64)


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


JOINS: tuple[Callable[..., object], ...] = (same, greater, meeting, numbers_meeting)


@contextmanager
def by_brute_force() -> Iterator[None]:
    """Within the block the library joins by merge and filter."""
    import claimtrack.discrepancy
    from claimtrack.discrepancy import meet, pairs

    modules = [module for name, module in sys.modules.items() if name.startswith(claimtrack.discrepancy.__name__)]
    with ExitStack() as stack:
        stack.enter_context(patch.object(pairs, "SLICE", sys.maxsize))
        for join in JOINS:
            original = getattr(meet, join.__name__)
            for module in modules:
                if getattr(module, join.__name__, None) is original:
                    stack.enter_context(patch.object(module, join.__name__, join))
        yield
