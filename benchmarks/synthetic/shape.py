"""How large everything in a package of a given number of claims is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from synthetic.draws import Floats, Ints

FIRST_DAY = datetime.date(2015, 1, 1)
CHUNK = 100_000
"""About how many claims are in memory at a time."""


@dataclass(frozen=True)
class Shape:
    """Days, theatres and settlements each grow with the square root of the claims, so that a place has as many claims a
    day in a large package as in a small one. A theatre is a conflict with places of its own: nothing in one can meet
    anything in another.
    """

    claims: int
    seed: int
    hostile: bool = False

    def rng(self, *part: int) -> np.random.Generator:
        """The random numbers of one part of the package, the same whatever else is generated."""
        return np.random.default_rng([self.seed, *part])

    @property
    def unit(self) -> float:
        """The growth against ten thousand claims."""
        return float(np.sqrt(self.claims / 10_000))

    @property
    def days(self) -> int:
        """On how many days claims are reported."""
        return max(3, round(30 * self.unit))

    @property
    def theatres(self) -> int:
        """How many conflicts there are."""
        return max(2, round(2 * self.unit))

    @cached_property
    def theatre_weights(self) -> Floats:
        """The shares of the theatres: the first one has most."""
        weights = np.arange(1, self.theatres + 1, dtype=np.float64) ** -0.7
        return np.asarray(weights / weights.sum())

    @cached_property
    def settlements(self) -> Ints:
        """How many settlements each theatre has."""
        return np.maximum(32, np.round(200 * self.unit * self.theatre_weights)).astype(np.int64)

    @cached_property
    def per_day(self) -> Ints:
        """How many claims are reported on each day: quiet weeks, and days with many times the usual number."""
        rng = self.rng(1)
        weights = rng.lognormal(0, 0.6, self.days) * (1.2 + np.sin(np.arange(self.days) / 9))
        return rng.multinomial(self.claims, weights / weights.sum()).astype(np.int64)

    def chunks(self) -> Iterator[range]:
        """Runs of days that have about `CHUNK` claims together."""
        begin = total = 0
        for day, claims in enumerate(self.per_day.tolist()):
            total += claims
            if total >= CHUNK:
                yield range(begin, day + 1)
                begin, total = day + 1, 0
        if begin < self.days:
            yield range(begin, self.days)
