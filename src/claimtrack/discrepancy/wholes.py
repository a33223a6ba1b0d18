"""Family `count`: a part that is above its whole."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.below import below
from claimtrack.discrepancy.facts import NOBODY, Facts
from claimtrack.discrepancy.figures import Figures, ranks
from claimtrack.discrepancy.keys import combined, distinct_pairs
from claimtrack.discrepancy.meet import same
from claimtrack.discrepancy.pairs import DEFINITE, POSSIBLE, table, under_all_readings, under_some_reading
from claimtrack.discrepancy.windows import is_part
from claimtrack.scopes import Hierarchy, Ints


def exceeds_whole(facts: Facts, figures: Figures) -> pd.DataFrame:
    """`count-exceeds-whole`: a figure for a part of a scope that is above the figure for the whole. The whole first."""
    left, right = _above(facts, figures)
    some = under_some_reading(facts, left, right, lambda a, b: is_part(figures, a, b))
    left, right = left[some], right[some]
    inside = under_all_readings(facts, left, right, lambda a, b: is_part(figures, a, b))
    surely = inside & ~figures.capped[left] & ~figures.capped[right]
    excess = figures.low[right] - figures.high[left]
    most = figures.high[right] - figures.low[left]
    return table(
        left, right, "count-exceeds-whole", np.where(surely, DEFINITE, POSSIBLE), {"excess": (excess, excess, most)}
    )


def _above(facts: Facts, figures: Figures) -> tuple[Ints, Ints]:
    """Whole and part, of which the part is the higher one and may lie in the window of the whole.

    A confirmed whole has an upper bound for figures of its own series only.
    """
    part_scope, whole_scope = _scopes_within(facts, figures)
    counted = np.flatnonzero(figures.counted)
    row, part = same(part_scope, figures.scope[counted])
    part, of_whole = counted[part], whole_scope[row]
    high, low = ranks(figures.high[counted], figures.low[part])
    begin, end = _widest(facts, figures.baseline), _widest(facts, figures.as_of)
    # Totals of one scope and baseline are no parts of each other, whatever their as-of.
    apart = figures.cumulative[part] & (figures.scope[part] == of_whole)
    wholes = high, begin[0][counted], -end[1][counted]
    parts = low, begin[1][part] + ~apart, 1 - end[0][part]
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


def _widest(facts: Facts, bound: Ints) -> tuple[Ints, Ints]:
    """The earliest and the latest that a bound is over all readings of each claim."""
    first = facts.readings.first[:-1]
    return np.minimum.reduceat(bound, first), np.maximum.reduceat(bound, first)


def _scopes_within(facts: Facts, figures: Figures) -> tuple[Ints, Ints]:
    """Pairs of scopes of which the first is a part of the second, or the same one."""
    scope, sample = np.unique(figures.scope[figures.counted], return_index=True)
    claim = np.flatnonzero(figures.counted)[sample]
    place_row, place = _containers(facts.places, facts.place[claim])
    target_row, target = _containers(facts.actors, facts.target[claim])
    term_row, term = np.nonzero(facts.terms.within[figures.term[claim]])
    by_scope = {"incident": facts.incident[claim], "cumulative": figures.cumulative[claim]}
    wider = pd.DataFrame({"part": scope, "row": np.arange(len(scope))} | by_scope)
    for column, row, value in (
        ("place", place_row, place),
        ("target", target_row, target),
        ("term", term_row, facts.terms.equal[term]),
    ):
        wider = wider.merge(pd.DataFrame({"row": row, column: value}).drop_duplicates(), on="row")
    wholes = {
        "place": facts.place[claim],
        "target": facts.target[claim],
        "term": facts.terms.equal[figures.term[claim]],
    }
    found = wider.merge(pd.DataFrame({"whole": scope} | by_scope | wholes))
    return found["part"].to_numpy(np.int64), found["whole"].to_numpy(np.int64)


def _containers(hierarchy: Hierarchy, nodes: Ints) -> tuple[Ints, Ints]:
    """Every container of every node; a blank one is contained only in the blank."""
    row, container = hierarchy.expand(nodes)
    blank = np.flatnonzero(nodes == NOBODY)
    return np.concatenate([row, blank]), np.concatenate([container, np.full(len(blank), NOBODY)])
