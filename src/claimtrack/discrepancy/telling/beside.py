"""The claims beside the two of a pair without which its finding cannot be checked."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts.totals import BESIDE
from claimtrack.discrepancy.findings import Computed
from claimtrack.scopes import Ints, spans

NAMED = 5
"""How many of them are named; more are counted."""


def beside(computed: Computed, pairs: pd.DataFrame) -> tuple[Ints, Ints]:
    """Of an addition the other total, of a total its other parts: the row of each pair, and the claim.

    By row, those of one row by their ids.
    """
    third = pairs[BESIDE].to_numpy(dtype=np.float64) if BESIDE in pairs else np.full(len(pairs), np.nan)
    added = np.flatnonzero(~np.isnan(third))
    sums = np.flatnonzero((pairs["code"] == "count-sum").to_numpy(dtype=bool))
    left, right = (pairs[side].to_numpy(np.int64)[sums] for side in ("left", "right"))
    whole, part = computed.declared_parts
    first = np.searchsorted(whole, left, side="left").astype(np.int64)
    number = np.searchsorted(whole, left, side="right") - first
    of_sum, part = np.repeat(np.arange(len(sums)), number), part[spans(first, number)]
    other = part != right[of_sum]
    row = np.concatenate([added, sums[of_sum[other]]])
    claim = np.concatenate([third[added].astype(np.int64), part[other]])
    order = np.argsort(row, kind="stable")
    return row[order], claim[order]


def named(row: Ints, claim: Ints, size: int) -> tuple[Ints, Ints]:
    """The same with no more than `NAMED` of each of `size` rows."""
    number = np.bincount(row, minlength=size)
    chosen = spans(np.cumsum(number) - number, np.minimum(number, NAMED))
    return row[chosen], claim[chosen]
