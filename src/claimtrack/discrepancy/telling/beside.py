"""The claims beside the two of a pair without which its finding cannot be checked."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts.totals import BESIDE
from claimtrack.discrepancy.findings import Computed
from claimtrack.scopes import Ints, spans

NAMED = 5
"""How many of them are named; more are counted."""


def beside(computed: Computed, pairs: pd.DataFrame) -> tuple[Ints, Ints, Ints]:
    """Of an addition the other total, of a total its other parts: how many each pair has, and those that are named.

    These by the row of their pair and the claim: by row, those of one row by their ids.
    """
    third = pairs[BESIDE].to_numpy(dtype=np.float64) if BESIDE in pairs else np.full(len(pairs), np.nan)
    added = np.flatnonzero(~np.isnan(third))
    sums = np.flatnonzero((pairs["code"] == "count-sum").to_numpy(dtype=bool))
    left, right = (pairs[side].to_numpy(np.int64)[sums] for side in ("left", "right"))
    whole, part = computed.declared_parts
    first = np.searchsorted(whole, left, side="left").astype(np.int64)
    parts = np.searchsorted(whole, left, side="right") - first
    number = np.zeros(len(pairs), dtype=np.int64)
    number[added], number[sums] = 1, parts - 1
    # One of the parts is the pair's own, so that one more than are named is enough to look at.
    size = np.minimum(parts, NAMED + 1)
    of_sum, part = np.repeat(np.arange(len(sums)), size), part[spans(first, size)]
    other = part != right[of_sum]
    row = np.concatenate([added, sums[of_sum[other]]])
    claim = np.concatenate([third[added].astype(np.int64), part[other]])
    order = np.argsort(row, kind="stable")
    row, claim = row[order], claim[order]
    found = np.bincount(row, minlength=len(pairs))
    chosen = spans(np.cumsum(found) - found, np.minimum(found, NAMED))
    return number, row[chosen], claim[chosen]
