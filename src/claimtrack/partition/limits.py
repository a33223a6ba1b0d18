"""How much memory slices take, and how many claims are compared at once.

Measured as the most that the process ever had, at limits that would just do: packages of ten thousand to five million
claims, realistic and hostile, as CSV and as Parquet, condensed and as pairs, and with rows that are four times as long.
They used 75 to 96 % of what is said here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from claimtrack.errors import UsageError
from claimtrack.partition.held import Cut

LARGE = 250_000
"""Claims of a package above which they wait on disk, and those of a slice then, where partitions are not larger."""
BASE = 200 * 10**6
"""Bytes of Python and its libraries (165 MB), of small tables, and of what is not given back between the steps."""
PARTS = 4
"""How often the cells are there that are read at once: as they come, checked, numbered, and packed for the disk."""
READING = 135
"""Bytes that each claim of a package needs while it is read: its line, the numbers of its keys, its links."""
CUTTING = 190
"""Bytes that each claim of a package needs while it is told which claims can meet."""
HELD = 70
"""Bytes that are held of each claim of a package after that."""
KEPT = 2_000
"""Bytes of each claim of a small package, of which nothing has to wait on disk, and of what is found about it."""
KEPT_MOST = 80 * 10**6
"""The most of them: no more is kept of larger packages, nor are more than so many pairs held at once."""
WORKING = 1_300
"""Bytes that each claim of a slice needs while the slice answers, with cells of `ORDINARY` size."""
ORDINARY = 500
"""Bytes of the cells of a claim, as read from Parquet; from CSV they are some 350. What longer texts have is added."""


class Extent(NamedTuple):
    """How large packages are that are compared."""

    claims: Sequence[int]
    """How many claims each of them has."""
    cells: int = 0
    """Bytes of all cells of claims."""
    at_once: int = 0
    """Bytes of those that are read at once."""

    @property
    def all_claims(self) -> int:
        """How many claims there are; one that is in two packages counts twice."""
        return sum(self.claims)

    @property
    def between(self) -> int:
        """Bytes that are needed, whatever the slices, once the packages are cut."""
        return BASE + sum(min(KEPT * claims, KEPT_MOST) for claims in self.claims) + HELD * self.all_claims

    @property
    def working(self) -> int:
        """Bytes that each claim of a slice needs."""
        return WORKING + max(0, self.cells // max(1, self.all_claims) - ORDINARY)


def least(extent: Extent, largest: int = 0) -> int:
    """Bytes that are needed for packages of such an extent, and so many claims in the largest slice."""
    reading = BASE + PARTS * extent.at_once + READING * extent.all_claims
    cutting = BASE + CUTTING * extent.all_claims
    return max(reading, cutting, extent.between + extent.working * largest)


def within(limit: int, extent: Extent) -> int:
    """How many claims of a slice fit into `limit` bytes, of packages of such an extent.

    Raises `UsageError` where it cannot even be told within the limit which claims can meet.
    """
    if limit < least(extent):
        raise UsageError(
            f"the memory limit cannot be kept: to tell which of {extent.all_claims:,} claims may meet takes about"
            f" {_megabytes(least(extent))}"
        )
    return (limit - extent.between) // extent.working


def check_fits(whole: Cut, limit: int, extent: Extent) -> None:
    """Raise `UsageError`, with the least limit that would do, where a slice does not fit."""
    largest = int(np.bincount(whole.slice[whole.slice >= 0], minlength=1).max() + whole.guest.sum())
    if limit < least(extent, largest):
        raise UsageError(
            f"the memory limit cannot be kept: {largest:,} of {extent.all_claims:,} claims may meet and have to be"
            f" looked at together, which takes about {_megabytes(least(extent, largest))}"
        )


def _megabytes(size: int) -> str:
    return f"{-(-size // 10**6):,} MB"
