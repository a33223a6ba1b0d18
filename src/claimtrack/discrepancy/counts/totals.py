"""Family `count`, several figures together: an increment against two totals, declared parts against their total."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts.figures import Figures
from claimtrack.discrepancy.counts.parts import standing_parts
from claimtrack.discrepancy.counts.windows import surely_held, windows_apart
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.keys import among, combined, distinct
from claimtrack.discrepancy.joins.meet import same
from claimtrack.discrepancy.pairs import DEFINITE, POSSIBLE, no_pairs, table
from claimtrack.discrepancy.verdicts import under_all_readings, under_some_reading
from claimtrack.scopes import Bools, Floats, Ints

BESIDE = "beside"
"""The column of the third claim of a finding, the other total of an addition; missing for other codes."""
AT_START = "at_start"
"""The column that is 1 where a total is that of the start of an addition's window, else 0; missing for other codes."""


def delta(facts: Facts, figures: Figures) -> pd.DataFrame:
    """`count-delta`: an increment that is not the difference of the two totals at the bounds of its window.

    `figures`: without those that their claimant has corrected.
    The totals are of the increment's claimant, basis and subject. Two pairs a finding: increment and later total,
    increment and earlier total. Definite where they fit its window in every combination of their readings.
    """
    if not (figures.counted & ~figures.cumulative).any():
        return no_pairs()
    increment, first, last, surely = _at_both_ends(facts, figures)
    least = figures.low[increment] - (figures.high[last] - figures.low[first])
    most = figures.high[increment] - (figures.low[last] - figures.high[first])
    off = (least > 0) | (most < 0)
    increment, first, last, surely = increment[off], first[off], last[off], surely[off]
    value = np.where(least[off] > 0, least[off], most[off])
    surely &= ~(figures.capped[increment] | figures.capped[first] | figures.capped[last])
    for total in (first, last):
        surely &= figures.actor[total] == figures.actor[increment]
    figure = {"difference": (value, least[off], most[off])}
    strength, finding = np.where(surely, DEFINITE, POSSIBLE), np.arange(len(increment))
    parts = [
        table(increment, other, "count-delta", strength, figure, finding).assign(
            **{BESIDE: third.astype(np.float64), AT_START: np.full(len(other), at_start)}
        )
        for other, third, at_start in ((last, first, 0.0), (first, last, 1.0))
    ]
    return pd.concat(parts, ignore_index=True)


def _at_both_ends(facts: Facts, figures: Figures) -> tuple[Ints, Ints, Ints, Bools]:
    """Increments with totals as of the start and the end of their window: three claims, and whether it is surely so.

    One total in two zones is not two totals.
    """
    increments, _ = figures.rows(figures.counted & ~figures.cumulative)
    increments = increments[figures.baseline[increments] < figures.as_of[increments]]
    totals, _ = figures.rows(figures.counted & figures.cumulative)
    both = figures.claim[np.concatenate([increments, totals])]
    owner = combined(figures.subject[both], figures.series[both])
    ends = {}
    for name, bound in (("first", figures.since), ("last", figures.stated)):
        moment = combined(owner, np.concatenate([bound[increments], figures.stated[totals]]))
        row, total = same(moment[: len(increments)], moment[len(increments) :])
        ends[name] = pd.DataFrame({"increment": increments[row], name: totals[total]})
    met = ends["first"].merge(ends["last"], on="increment")
    met = met[figures.since[met["first"]] == figures.since[met["last"]]]
    three = figures.claim[met.to_numpy(np.int64)]
    claims, times = np.unique(three[three[:, 1] != three[:, 2]], axis=0, return_counts=True)
    surely: Bools = times == np.diff(facts.readings.first)[claims].prod(axis=1)
    by_id = np.lexsort(facts.rank[claims.T[::-1]])
    increment, first, last = claims[by_id].T
    return increment, first, last, surely[by_id]


def parts_sum(facts: Facts, figures: Figures) -> pd.DataFrame:
    """`count-sum`: declared parts, disjoint in scope, that exceed their whole or fall short of it.

    One pair for each part, the whole first. Parts that together are fewer are at most a possible discrepancy: some may
    be missing. So are parts whose window does not lie inside that of the whole, which need not have counted them yet,
    earlier ones of others than the killed, which need not count any more, and additions, of which another part may be
    negative (a recount). Additions whose windows overlap under some readings of their zones are possible, too; if they
    do under all, there is none. What its claimant has corrected is replaced by the correction; a part that was
    corrected in words can be of any size.
    """
    whole, part, in_words, changed = standing_parts(facts, figures)
    overlapping, wavering = _overlapping(facts, figures, part, whole)
    sound = ~np.isin(whole, overlapping)
    part, whole = part[sound], whole[sound]
    wholes, group = np.unique(whole, return_inverse=True)
    others = figures.series[part] != figures.series[whole]
    open_part = np.where(others & figures.confirmed[part], np.inf, figures.high[part])
    least = _summed(group, figures.low[part], len(wholes))
    most = _summed(group, open_part, len(wholes))
    most[among(wholes, in_words) | among(wholes, changed)] = np.inf
    least[among(wholes, changed)] = -np.inf
    open_whole = np.zeros(len(wholes), dtype=bool)
    np.logical_or.at(open_whole, group, others & figures.confirmed[whole])
    ceiling = np.where(open_whole, np.inf, figures.high[wholes])
    inside = under_all_readings(facts, whole, part, lambda a, b: surely_held(figures, a, b))
    capped = np.isin(wholes, np.concatenate([capped_wholes(facts, figures, whole, part), wavering, whole[~inside]]))
    above, below = least - ceiling, most - figures.low[wholes]
    off = (above > 0) | (below < 0)
    value = np.where(above > 0, above, below)
    strength = np.where((above > 0) & ~capped, DEFINITE, POSSIBLE)
    kept = off[group]
    figure = {"difference": (value[group][kept], above[group][kept], below[group][kept])}
    return table(whole[kept], part[kept], "count-sum", strength[group][kept], figure, whole[kept])


def capped_wholes(facts: Facts, figures: Figures, whole: Ints, part: Ints) -> Ints:
    """Those of which the sum is at most possible in every zone, for themselves or for one of their parts."""
    capped = figures.capped_in_part[whole] | figures.capped_in_part[part]
    held = under_some_reading(facts, whole, part, lambda a, b: surely_held(figures, a, b))
    return whole[capped | ~held]


def declared_parts(facts: Facts, figures: Figures) -> tuple[Ints, Ints]:
    """The declared parts that are figures: whole and part, by the whole, then by the ids of the parts."""
    whole, part, *_ = standing_parts(facts, figures)
    order = np.lexsort((facts.rank[part], whole))
    return whole[order], part[order]


def _summed(group: Ints, values: Floats, size: int) -> Floats:
    total = np.zeros(size)
    np.add.at(total, group, values)
    return total


def _overlapping(facts: Facts, figures: Figures, part: Ints, whole: Ints) -> tuple[Ints, Ints]:
    """The wholes with two parts that may count the same people: under all readings, and under some."""
    left, right = same(whole, whole)
    pair = left < right
    left, right = left[pair], right[pair]
    one, other = part[left], part[right]
    perhaps = ~disjoint(facts, figures, one, other)
    left, one, other = left[perhaps], one[perhaps], other[perhaps]
    additions = ~figures.cumulative[one] & ~figures.cumulative[other]
    apart = additions & under_some_reading(facts, one, other, lambda a, b: windows_apart(figures, a, b))
    return distinct(whole[left][~apart]), distinct(whole[left][apart])


def disjoint(facts: Facts, figures: Figures, left: Ints, right: Ints) -> Bools:
    """Whether two figures surely cannot count the same people: populations, places, outcomes or windows lie apart.

    Two regions that share a place do not lie apart. Windows do so for additions only, and under every reading of both.
    """
    apart = of_others(facts, left, right)
    apart |= ~facts.terms.shared[figures.term[left], figures.term[right]]
    additions = np.flatnonzero(~apart & ~figures.cumulative[left] & ~figures.cumulative[right])
    ours, theirs = left[additions], right[additions]
    apart[additions] = under_all_readings(facts, ours, theirs, lambda a, b: windows_apart(figures, a, b))
    return apart


def of_others(facts: Facts, left: Ints, right: Ints) -> Bools:
    """Whether the populations or the places of two figures lie apart."""
    apart = np.zeros(len(left), dtype=bool)
    for hierarchy, column in ((facts.actors, facts.target), (facts.places, facts.place)):
        ours, theirs = column[left], column[right]
        apart |= (ours >= 0) & (theirs >= 0) & ~hierarchy.overlaps(ours, theirs)
    return apart
