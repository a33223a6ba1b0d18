"""Family `count`: a vague total that is no larger than one clear outcome inside it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts.figures import Figures, ranks
from claimtrack.discrepancy.counts.implied import implied_totals
from claimtrack.discrepancy.counts.windows import may_be_one
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.greater import greater
from claimtrack.discrepancy.joins.keys import combined, distinct_pairs
from claimtrack.discrepancy.pairs import TENSION, table
from claimtrack.discrepancy.verdicts import under_some_reading
from claimtrack.moments import MISSING
from claimtrack.scopes import Ints


def term_unclear(facts: Facts, figures: Figures) -> pd.DataFrame:
    """`count-term-unclear`: "49 casualties" beside "49 killed" of one incident, population, place and mode.

    The vague claim comes first. No killed among no casualties are no such thing. Windows must not be known to differ.
    `implied` is what the total would be at least: the sum of the disjoint clear figures of its mode for that
    population, not since an earlier time, that count at its own.
    """
    left, right = _as_high(facts, figures)
    inside = facts.terms.within[figures.term[right], figures.term[left]]
    inside &= figures.low[right] > 0
    inside &= figures.high_against(left, right) <= figures.low[right]
    left, right = left[inside], right[inside]

    kept = under_some_reading(facts, left, right, lambda one, other: may_be_one(figures, one, other))
    left, right = left[kept], right[kept]
    claims, row = np.unique(left, return_inverse=True)
    implied = implied_totals(facts, figures, claims)[row]
    open_above = np.full(len(left), np.inf)
    return table(left, right, "count-term-unclear", TENSION, {"implied": (implied, implied, open_above)})


def _as_high(facts: Facts, figures: Figures) -> tuple[Ints, Ints]:
    """Vague totals and clear figures of one subject that are as high or higher, and may be as of one moment."""
    within_incident = facts.incident >= 0
    vague, total = figures.rows(figures.vague & within_incident)
    clear, figure = figures.rows(figures.counted & within_incident)
    both = np.concatenate([total, figure])
    mode = figures.cumulative[both].astype(np.int64)
    subject = combined(facts.incident[both], facts.target[both], facts.place[both], mode)
    of_total, of_figure = subject[: len(total)], subject[len(total) :]
    most, least = ranks(figures.high[total], figures.low[figure])
    as_of = np.where(figures.given, figures.as_of, MISSING)
    pairs = [(vague[:0], clear[:0])]
    for ours, theirs, stated in _may_be_one(as_of[vague], as_of[clear]):
        subjects = np.concatenate([of_total[ours], of_figure[theirs]])
        moments = np.concatenate([as_of[vague[ours]], as_of[clear[theirs]]]) if stated else np.zeros_like(subjects)
        key = combined(subjects, moments)
        low, high = greater((key[: len(ours)], most[ours]), (key[len(ours) :], least[theirs] + 1))
        pairs.append((total[ours[low]], figure[theirs[high]]))
    left, right = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return distinct_pairs(left, right)


def _may_be_one(ours: Ints, theirs: Ints) -> Iterator[tuple[Ints, Ints, bool]]:
    """Rows of two lists of moments that may be one: both stated (they have to be equal), or one of them missing."""
    stated, blank = (np.flatnonzero(ours != MISSING), np.flatnonzero(ours == MISSING))
    yield stated, np.flatnonzero(theirs != MISSING), True
    yield stated, np.flatnonzero(theirs == MISSING), False
    yield blank, np.arange(len(theirs)), False
