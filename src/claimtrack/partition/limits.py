"""How much memory slices take, and how many claims are compared at once."""

from __future__ import annotations

import numpy as np

from claimtrack.errors import UsageError
from claimtrack.partition.held import Cut

LARGE = 250_000
"""Claims of a package above which they wait on disk, and those of a slice then, where partitions are not larger."""
BASE = 500 * 10**6
"""Bytes that Python and its libraries, reading, and the pairs that are held at once need, whatever the package."""
CUTTING = 170
"""Bytes that each claim of a package needs while it is told which claims can meet."""
HELD = 50
"""Bytes that are held of each claim of a package after that."""
WORKING = 1_100
"""Bytes that each claim of a slice needs while the slice answers."""


def least(claims: int, largest: int = 0) -> int:
    """Bytes that are needed for a package of so many claims, and so many in the largest slice."""
    return BASE + max(CUTTING * claims, HELD * claims + WORKING * largest)


def within(limit: int, claims: int) -> int:
    """How many claims of a slice fit into `limit` bytes, of a package of so many.

    Raises `UsageError` where it cannot even be told within the limit which claims can meet.
    """
    if limit < least(claims):
        raise UsageError(
            f"the memory limit cannot be kept: to tell which of {claims:,} claims may meet takes about"
            f" {_megabytes(least(claims))}"
        )
    return (limit - BASE - HELD * claims) // WORKING


def check_fits(whole: Cut, limit: int, claims: int) -> None:
    """Raise `UsageError`, with the least limit that would do, where a slice does not fit."""
    largest = int(np.bincount(whole.slice[whole.slice >= 0], minlength=1).max() + whole.guest.sum())
    if limit < least(claims, largest):
        raise UsageError(
            f"the memory limit cannot be kept: {largest:,} of {claims:,} claims may meet and have to be looked at"
            f" together, which takes about {_megabytes(least(claims, largest))}"
        )


def _megabytes(size: int) -> str:
    return f"{-(-size // 10**6):,} MB"
