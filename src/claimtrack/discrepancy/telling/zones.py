"""What would become of a pair if times whose zone is assumed were those of another zone, and of no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd

from claimtrack.coded import Texts
from claimtrack.discrepancy.counts import totals, windows
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.joins.meet import same
from claimtrack.discrepancy.pairs import CODE_NAMES, sides
from claimtrack.discrepancy.telling.causes import AS_RECORDED, AT_MOST_POSSIBLE, Causes
from claimtrack.discrepancy.telling.judged import OUTCOMES, Judged, Under, by_judge
from claimtrack.discrepancy.telling.wording import amount
from claimtrack.discrepancy.verdicts import combinations
from claimtrack.scopes import Bools, Ints, spans

NOTHING = "no discrepancy"
SOMETHING = "a discrepancy"


def zones(computed: Computed, pairs: pd.DataFrame) -> Iterator[Causes]:
    """The effect of reading one claim's times in another zone, or those of both where only that has an effect."""
    ours, theirs = (computed.facts.readings.number(claims) for claims in sides(pairs))
    zoned = np.flatnonzero((ours > 1) | (theirs > 1))
    for judge, rows in by_judge(computed.figures, pairs, zoned):
        if len(rows):
            yield from _Zones(Judged(computed, judge, pairs.iloc[rows]), rows).causes()


def zones_of_parts(computed: Computed, pairs: pd.DataFrame, of_pair: Ints, others: Ints) -> Iterator[Causes]:
    """The same between the parts that a sum names, where only their windows can keep them apart.

    `others`: the claims that are named beside the two of a pair, and `of_pair` the pair of each.
    """
    facts, figures = computed.facts, computed.figures
    is_sum = (pairs["code"] == "count-sum").to_numpy(dtype=bool)
    sums, more = np.flatnonzero(is_sum), is_sum[of_pair]
    row = np.concatenate([sums, of_pair[more]])
    part = np.concatenate([pairs["right"].to_numpy(np.int64)[sums], others[more]])
    one, other = same(row, row)
    two = facts.rank[part[one]] < facts.rank[part[other]]
    one, other = one[two], other[two]
    two = ~totals.disjoint(facts, figures, part[one], part[other])
    one, other = one[two], other[two]
    if len(one):
        parts = pairs.iloc[row[one]].assign(left=part[one], right=part[other])
        yield from _Zones(Judged(computed, windows.judge_parts(figures), parts), row[one]).causes()


@dataclass(frozen=True)
class _Zones:
    """The other zones of pairs that one rule judges; `rows`: which these are of all."""

    pairs: Judged
    rows: Ints

    def causes(self) -> Iterator[Causes]:
        """What other zones of one claim do, or of both where only that has an effect."""
        alone = np.zeros(len(self.rows), dtype=bool)
        for side in (0, 1):
            yield self.of_one(side, alone)
        ours, theirs = (self.pairs.facts.readings.number(side) for side in self.pairs.claims)
        yield from self.of_both(np.flatnonzero(~alone & (ours > 1) & (theirs > 1)))

    def of_one(self, side: int, alone: Bools) -> Causes:
        """What the other zones of one claim do, the other claim as recorded; marks in `alone` what is changed so."""
        readings = self.pairs.facts.readings
        size = readings.number(self.pairs.claims[side]) - 1
        at = np.repeat(np.arange(len(self.rows)), size)
        both = [recorded[at] for recorded in self.pairs.recorded]
        both[side] = spans(self.pairs.recorded[side] + 1, size)
        under = self.pairs.under(at, *both)
        words = self._words(at, under)
        alone[at[words != ""]] = True
        effects = self._with_figures(at, under, words)
        told = np.flatnonzero(effects != "")
        effects = effects[told]
        bound = self._bound(side, at[told], both[side][told], under.of(told))
        other = self.pairs.facts.ids(self.pairs.claims[1 - side][at[told[bound]]])
        effects[bound] += np.array([f" with {name}{AS_RECORDED}" for name in other], dtype=object)
        at = at[told]
        label = readings.label[both[side][told]]
        return Causes.of(self.rows[at], self.pairs.claims[side][at], "zone_basis", label, effects)

    def of_both(self, chosen: Ints) -> Iterator[Causes]:
        """Of some pairs that no other zone of one of their claims changes: what the first two zones do that do."""
        facts = self.pairs.facts
        left, right = (side[chosen] for side in self.pairs.claims)
        label, waiting = facts.readings.label, np.ones(len(chosen), dtype=bool)
        for at, ours, theirs in islice(combinations(facts, left, right), 1, None):
            words = self._words(chosen[at], self.pairs.under(chosen[at], ours, theirs))
            new = np.flatnonzero(waiting[at] & (words != ""))
            if not len(new):
                continue
            waiting[at[new]] = False
            row = self.rows[chosen[at[new]]]
            for claim, other, own, its in ((left, right, ours, theirs), (right, left, theirs, ours)):
                with_other = [f" with {name} in " for name in facts.ids(other[at[new]])]
                told = words[new] + np.array(with_other, dtype=object) + label[its[new]]
                yield Causes.of(row, claim[at[new]], "zone_basis", label[own[new]], told)

    def _words(self, at: Ints, under: Under) -> Texts:
        """What becomes of the pairs `at`, which are something else as recorded; blank where they are not."""
        base = self.pairs.base.of(at)
        other = under.outcome != base.outcome
        none, new = under.outcome == 0, base.outcome == 0
        found = np.where(other, OUTCOMES[under.outcome], "")
        found[other & under.loose] = AT_MOST_POSSIBLE
        found[other & new & ~base.elsewhere] = SOMETHING
        found[other & none] = NOTHING
        apart = np.flatnonzero(other & none & under.elsewhere)
        found[apart] = "not " + np.array(CODE_NAMES, dtype=object)[self.pairs.code[at[apart]]]
        return found

    def _with_figures(self, at: Ints, under: Under, words: Texts) -> Texts:
        """The same with what changes in their figures."""
        effects = words.copy()
        for name, shown in self.pairs.shown.items():
            values = under.figures[name]
            told = shown[at] & (under.outcome > 0) & ~np.isnan(values) & (values != self.pairs.base.figures[name][at])
            rows = np.flatnonzero(told)
            figures = [f"{name} {amount(value, 'hours')}" for value in values[rows].tolist()]
            effects[rows] = [
                f"{was}, {told}" if was else told for was, told in zip(effects[rows], figures, strict=True)
            ]
        return effects

    def _bound(self, side: int, at: Ints, own: Ints, under: Under) -> Ints:
        """Of readings of one claim, those under which the pairs are something else in other zones of the other one."""
        other = 1 - side
        size = self.pairs.facts.readings.number(self.pairs.claims[other][at]) - 1
        row = np.repeat(np.arange(len(at)), size)
        both = [own[row], own[row]]
        both[other] = spans(self.pairs.recorded[other][at] + 1, size)
        shown = {name: seen[at[row]] for name, seen in self.pairs.shown.items()}
        same = self.pairs.under(at[row], *both).same(under.of(row), shown)
        return np.unique(row[~same])
