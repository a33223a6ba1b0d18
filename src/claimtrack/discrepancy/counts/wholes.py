"""Family `count`: a part that is above its whole."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts.figures import Figures, ranks
from claimtrack.discrepancy.counts.windows import is_part, surely_part
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.below import below
from claimtrack.discrepancy.joins.keys import begins_in, combined, distinct_pairs
from claimtrack.discrepancy.joins.meet import same
from claimtrack.discrepancy.pairs import DEFINITE, POSSIBLE, table
from claimtrack.discrepancy.verdicts import under_all_readings, under_some_reading
from claimtrack.scopes import NOBODY, Hierarchy, Ints


def exceeds_whole(facts: Facts, figures: Figures) -> pd.DataFrame:
    """`count-exceeds-whole`: a figure for a part of a scope that is above the figure for the whole. The whole first.

    Of additions another part may be negative, a recount, so that they are at most possible. So is an earlier part, but
    for the killed: the missing of noon may have been found by the evening.
    """
    left, right = _above(facts, figures)
    some = under_some_reading(facts, left, right, lambda a, b: is_part(figures, a, b))
    left, right = left[some], right[some]
    inside = under_all_readings(facts, left, right, lambda a, b: surely_part(figures, a, b))
    surely = inside & ~figures.capped_in_part[left] & ~figures.capped_in_part[right]
    excess = figures.low[right] - figures.high[left]
    most = figures.high_against(right, left) - figures.low[left]
    return table(
        left, right, "count-exceeds-whole", np.where(surely, DEFINITE, POSSIBLE), {"excess": (excess, excess, most)}
    )


def _above(facts: Facts, figures: Figures) -> tuple[Ints, Ints]:
    """Whole and part, of which the part is the higher one and may lie in the window of the whole.

    A confirmed whole has an upper bound for figures of its own series only.
    """
    part_scope, whole_scope = _scopes_within(facts, figures)
    counted = np.flatnonzero(figures.counted)
    row, at = same(part_scope, figures.scope[counted])
    part, of_whole = counted[at], whole_scope[row]
    high, low = ranks(figures.high[counted], figures.low[part])
    begin, end = _widest(figures, figures.baseline), _widest(figures, figures.as_of)
    # Totals of one scope and baseline are no parts of each other, whatever their as-of.
    apart = figures.cumulative[part] & (figures.scope[part] == of_whole)
    wholes = high, begin[0], -end[1]
    parts = low, begin[1][at] + ~apart, 1 - end[0][at]
    pairs = [(counted[:0], counted[:0])]
    for confirmed in (False, True):
        chosen = np.flatnonzero(figures.confirmed[counted] == confirmed)
        both = np.concatenate([counted[chosen], part])
        series = figures.series[both] if confirmed else np.zeros(len(both), np.int64)
        key = combined(np.concatenate([figures.scope[counted[chosen]], of_whole]), series)
        whole, row = below(key[: len(chosen)], [one[chosen] for one in wholes], key[len(chosen) :], parts)
        pairs.append((counted[chosen[whole]], part[row]))
    left, right = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return distinct_pairs(left, right)


def _widest(figures: Figures, bound: Ints) -> tuple[Ints, Ints]:
    """The earliest and the latest that a bound is over all readings of each figure that counts."""
    reading, claim = figures.rows(figures.counted)
    first = np.flatnonzero(begins_in(claim))
    return np.minimum.reduceat(bound[reading], first), np.maximum.reduceat(bound[reading], first)


def _scopes_within(facts: Facts, figures: Figures) -> tuple[Ints, Ints]:
    """Pairs of scopes of which the first is a part of the second, or the same one."""
    scope, sample = np.unique(figures.scope[figures.counted], return_index=True)
    claim = np.flatnonzero(figures.counted)[sample]
    own = facts.place[claim], facts.target[claim], facts.terms.equal[figures.term[claim]]
    part, place = _containers(facts.places, own[0])
    at, target = _containers(facts.actors, own[1][part])
    part, place = part[at], place[at]
    term, wider = np.nonzero(facts.terms.within)
    term, wider = distinct_pairs(term, facts.terms.equal[wider])
    at, row = same(figures.term[claim[part]], term)
    part = part[at]
    around = place[at], target[at], wider[row]
    both = np.append(claim[part], claim)
    shared = facts.incident[both], figures.cumulative[both].astype(np.int64)
    key = combined(*shared, *(np.concatenate(sides) for sides in zip(around, own, strict=True)))
    of_key = np.full(len(key), NOBODY)
    of_key[key[len(part) :]] = scope
    whole = of_key[key[: len(part)]]
    return scope[part[whole != NOBODY]], whole[whole != NOBODY]


def _containers(hierarchy: Hierarchy, nodes: Ints) -> tuple[Ints, Ints]:
    """Every container of every node; a blank one is contained only in the blank."""
    row, container = hierarchy.expand(nodes)
    blank = np.flatnonzero(nodes == NOBODY)
    return np.concatenate([row, blank]), np.concatenate([container, np.full(len(blank), NOBODY)])
