"""Keys and values in one integer each, so that one sorted list has them by key, then by value.

Keys are small integers that are not negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claimtrack.discrepancy.joins.keys import distinct, in_order
from claimtrack.moments import FAR_FUTURE
from claimtrack.scopes import Ints

BEYOND = FAR_FUTURE // 2
"""No time of a calendar is as far from 1970 as that."""


@dataclass(frozen=True)
class Scale:
    """How much room each key has for its values: from `low` on, or for their ranks among these `values`."""

    low: int
    width: int
    values: Ints | None = None

    @classmethod
    def of(cls, keys: Sequence[Ints], times: Sequence[Ints], latest: Sequence[Ints] | None = None) -> Scale:
        """Room for all of these keys and times.

        Times beyond any calendar come before or after all others. Where there are too many keys for that many
        microseconds, the times are replaced by their ranks. `latest`: what others are compared with, so that all that
        is later than these may be one; None: all times.
        """
        low = min((_calendar(time)[0] for time in times if len(time)), default=0) - 1
        high = max((_calendar(time)[1] for time in latest or times if len(time)), default=0) + 1
        most = max(int(key.max(initial=0)) for key in keys)
        if (most + 1) * (high - low + 1) < BEYOND:
            return cls(low, high - low + 1)
        values = distinct(np.concatenate(times))
        return cls(0, len(values) + 1, values)

    def line(self, key: Ints, time: Ints) -> Ints:
        """Key and time in one; times outside the room count as its first and last."""
        if self.values is not None:
            return key * self.width + np.searchsorted(self.values, time)
        high = self.low + self.width - 1
        inside = len(time) and self.low <= time.min() and time.max() <= high
        line: Ints = key * self.width
        line += time if inside else np.clip(time, self.low, high)
        line -= self.low
        return line

    def key(self, line: Ints) -> Ints:
        """The keys of lines."""
        return line // self.width


def lines(keys: tuple[Ints, ...], times: tuple[Ints, ...]) -> tuple[Ints, ...]:
    """Key and time in one integer each."""
    scale = Scale.of(keys, times)
    return tuple(scale.line(key, time) for key, time in zip(keys, times, strict=True))


def _calendar(time: Ints) -> tuple[int, int]:
    """The least and the greatest of the times that are not beyond any calendar; 0 where none is."""
    low, high = int(time.min()), int(time.max())
    if low <= -BEYOND or high >= BEYOND:
        time = time[(time > -BEYOND) & (time < BEYOND)]
        return (int(time.min()), int(time.max())) if len(time) else (0, 0)
    return low, high


__all__ = ["Scale", "in_order", "lines"]
