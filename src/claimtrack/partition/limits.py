"""How much memory slices take, and how many claims are compared at once."""

from __future__ import annotations

import numpy as np

from claimtrack.errors import UsageError
from claimtrack.partition.held import Cut

LARGE = 250_000
"""Claims of a package above which they wait on disk, and those of a slice then, where partitions are not larger."""
BASE = 400 * 10**6
"""Bytes that Python and its libraries need, whatever the package."""
HELD = 600
"""Bytes that are held of each claim of a package."""
WORKING = 6_000
"""Bytes that each claim of a slice needs while the slice answers."""


def within(limit: int, claims: int) -> int:
    """How many claims of a slice fit into `limit` bytes, of a package of so many."""
    return max((limit - BASE - HELD * claims) // WORKING, 0)


def check_fits(whole: Cut, limit: int, claims: int) -> None:
    """Raise `UsageError`, with the least limit that would do, where a slice does not fit."""
    largest = int(np.bincount(whole.slice[whole.slice >= 0], minlength=1).max() + whole.guest.sum())
    if largest > within(limit, claims):
        least = BASE + HELD * claims + WORKING * largest
        raise UsageError(
            f"the memory limit cannot be kept: {largest:,} of {claims:,} claims may meet and have to be looked at"
            f" together, which takes about {least / 10**6:,.0f} MB"
        )
