"""The claims beside the two of a pair without which its finding cannot be checked."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts.implied import summed
from claimtrack.discrepancy.counts.series import SHARED
from claimtrack.discrepancy.counts.totals import BESIDE
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import sides
from claimtrack.scopes import Ints, spans

NAMED = 5
"""How many of them are named; more are counted. Of two series all are: they are `SHARED` at most."""


class Beside(NamedTuple):
    """The claims beside the two of some pairs."""

    number: Ints
    """How many each pair has."""
    pair: Ints
    """The pair of each that is named: by pair, those of one pair by their ids."""
    claim: Ints


def beside(computed: Computed, pairs: pd.DataFrame) -> Beside:
    """Of an addition the other total, of a total its other parts, of a vague one the figures of which it is the sum.

    Of two series the figures of their first, smallest and largest ratio.
    """
    third = pairs[BESIDE].to_numpy(dtype=np.float64) if BESIDE in pairs else np.full(len(pairs), np.nan)
    added = np.flatnonzero(~np.isnan(third))
    sums = np.flatnonzero((pairs["code"] == "count-sum").to_numpy(dtype=bool))
    left, right = (claims[sums] for claims in sides(pairs))
    whole, part = computed.declared_parts
    first = np.searchsorted(whole, left, side="left").astype(np.int64)
    parts = np.searchsorted(whole, left, side="right") - first
    number = np.zeros(len(pairs), dtype=np.int64)
    number[added], number[sums] = 1, parts - 1
    # One of the parts is the pair's own, so that one more than are named is enough to look at.
    size = np.minimum(parts, NAMED + 1)
    of_sum, part = np.repeat(np.arange(len(sums)), size), part[spans(first, size)]
    other = part != right[of_sum]
    of_vague, clear = _summed(computed, pairs)
    of_series, running = _running(computed, pairs)
    number += np.bincount(np.concatenate([of_vague, of_series]), minlength=len(pairs))
    row = np.concatenate([added, sums[of_sum[other]], of_vague, of_series])
    claim = np.concatenate([third[added].astype(np.int64), part[other], clear, running])
    order = np.argsort(row, kind="stable")
    row, claim = row[order], claim[order]
    found = np.bincount(row, minlength=len(pairs))
    most = np.full(len(pairs), NAMED)
    most[of_series] = len(SHARED)
    chosen = spans(np.cumsum(found) - found, np.minimum(found, most))
    return Beside(number, row[chosen], claim[chosen])


def _summed(computed: Computed, pairs: pd.DataFrame) -> tuple[Ints, Ints]:
    """Of pairs with a vague total, row and claim of the figures of which it is at least the sum, but the pair's own."""
    vague = np.flatnonzero((pairs["code"] == "count-term-unclear").to_numpy(dtype=bool))
    left, right = (claims[vague] for claims in sides(pairs))
    totals, which = np.unique(left, return_inverse=True)
    total, clear = summed(computed.facts, computed.figures, totals)
    first = np.searchsorted(total, which, side="left").astype(np.int64)
    size = np.searchsorted(total, which, side="right") - first
    row, claim = np.repeat(np.arange(len(vague)), size), clear[spans(first, size)]
    other = claim != right[row]
    return vague[row[other]], claim[other]


def _running(computed: Computed, pairs: pd.DataFrame) -> tuple[Ints, Ints]:
    """Of pairs of series, row and claim of the figures of their other ratios, by their ids; none of them twice."""
    if SHARED[0] not in pairs:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    rows = np.flatnonzero(pairs[SHARED[0]].notna().to_numpy())
    claims = pairs[["left", "right", *SHARED]].to_numpy(dtype=np.float64)[rows].astype(np.int64)
    each = pd.DataFrame({"row": np.repeat(rows, claims.shape[1]), "claim": claims.ravel()})
    others = each[~each.duplicated() & np.tile(np.arange(claims.shape[1]) >= 2, len(rows))]
    rank = computed.facts.rank[others["claim"].to_numpy(np.int64)]
    others = others.iloc[np.lexsort((rank, others["row"]))]
    return others["row"].to_numpy(np.int64), others["claim"].to_numpy(np.int64)
