"""What would become of a pair if times whose zone is assumed were those of another zone, and of no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts import totals, windows
from claimtrack.discrepancy.counts.figures import Figures
from claimtrack.discrepancy.counts.totals import AT_START, BESIDE
from claimtrack.discrepancy.declared import Declared
from claimtrack.discrepancy.facts import Texts
from claimtrack.discrepancy.families import ceasefire, denial, start, state
from claimtrack.discrepancy.families.where import is_capped
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.joins.meet import same
from claimtrack.discrepancy.pairs import CODE_NAMES, CODE_ORDER, DEFINITE, POSSIBLE, STRENGTHS, Floats, numbers
from claimtrack.discrepancy.telling.causes import AS_RECORDED, AT_MOST_POSSIBLE, AT_PLACE, Causes
from claimtrack.discrepancy.telling.wording import amount
from claimtrack.discrepancy.verdicts import Judge, combinations
from claimtrack.scopes import Bools, Ints, spans

NOTHING = "no discrepancy"
SOMETHING = "a discrepancy"
OUTCOMES = np.array(["", *(f"{strength} {code}" for code in CODE_NAMES for strength in STRENGTHS)], dtype=object)
"""What a pair can be: nothing, or a code and its strength."""
TRUCES = np.array([CODE_ORDER[code] for code in state.CEASEFIRE_CODES])

BEFORE_SERIES = np.array([CODE_ORDER[code] for code in ("count-mismatch", "count-exceeds-whole")])
"""Codes after which those of figures of one series are tried."""


def zones(computed: Computed, pairs: pd.DataFrame) -> Iterator[Causes]:
    """The effect of reading one claim's times in another zone, or those of both where only that has an effect."""
    of_claim = [computed.facts.readings.number(pairs[side].to_numpy(np.int64)) for side in ("left", "right")]
    zoned = np.flatnonzero((of_claim[0] > 1) | (of_claim[1] > 1))
    for judge, rows in _by_judge(computed.figures, pairs, zoned):
        if len(rows):
            yield from _Judged(computed, judge, rows, pairs.iloc[rows]).causes()


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
        yield from _Judged(computed, windows.judge_parts(figures), row[one], parts).causes()


class _Under(NamedTuple):
    """What some pairs are under some readings of their claims: one entry a pair."""

    outcome: Ints
    """A position in `OUTCOMES`."""
    loose: Bools
    """It holds if no other figure comes between the two."""
    elsewhere: Bools
    """Where its own code does not hold, another one may."""
    figures: Mapping[str, Floats]

    def same(self, other: _Under, shown: Mapping[str, Bools]) -> Bools:
        """Whether they are the same under other readings, with their figures as far as `shown`."""
        found: Bools = self.outcome == other.outcome
        for name, seen in shown.items():
            ours, theirs = self.figures[name], other.figures[name]
            found &= ~seen | (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
        return found

    def of(self, rows: Ints) -> _Under:
        """Some of the pairs."""
        figures = {name: value[rows] for name, value in self.figures.items()}
        return _Under(self.outcome[rows], self.loose[rows], self.elsewhere[rows], figures)


@dataclass(frozen=True)
class _Judged:
    """Pairs that one rule judges, at least one, all of one family; `rows`: which they are of all."""

    computed: Computed
    judge: Judge
    rows: Ints
    pairs: pd.DataFrame

    def causes(self) -> Iterator[Causes]:
        """What other zones of one claim do, or of both where only that has an effect."""
        alone = np.zeros(len(self.rows), dtype=bool)
        for side in (0, 1):
            yield self.of_one(side, alone)
        ours, theirs = (self.computed.facts.readings.number(side) for side in self._claims)
        yield from self.of_both(np.flatnonzero(~alone & (ours > 1) & (theirs > 1)))

    def of_one(self, side: int, alone: Bools) -> Causes:
        """What the other zones of one claim do, the other claim as recorded; marks in `alone` what is changed so."""
        readings = self.computed.facts.readings
        size = readings.number(self._claims[side]) - 1
        at = np.repeat(np.arange(len(self.rows)), size)
        both = [recorded[at] for recorded in self._recorded]
        both[side] = spans(self._recorded[side] + 1, size)
        under = self._under(at, *both)
        words = self._words(at, under)
        alone[at[words != ""]] = True
        effects = self._with_figures(at, under, words)
        told = np.flatnonzero(effects != "")
        effects = effects[told]
        bound = self._bound(side, at[told], both[side][told], under.of(told))
        other = self.computed.facts.ids(self._claims[1 - side][at[told[bound]]])
        effects[bound] += np.array([f" with {name}{AS_RECORDED}" for name in other], dtype=object)
        at = at[told]
        return Causes.of(self.rows[at], self._claims[side][at], "zone_basis", readings.label[both[side][told]], effects)

    def of_both(self, chosen: Ints) -> Iterator[Causes]:
        """Of some pairs that no other zone of one of their claims changes: what the first two zones do that do."""
        facts = self.computed.facts
        left, right = (side[chosen] for side in self._claims)
        label, waiting = facts.readings.label, np.ones(len(chosen), dtype=bool)
        for at, ours, theirs in islice(combinations(facts, left, right), 1, None):
            words = self._words(chosen[at], self._under(chosen[at], ours, theirs))
            new = np.flatnonzero(waiting[at] & (words != ""))
            if not len(new):
                continue
            waiting[at[new]] = False
            row = self.rows[chosen[at[new]]]
            for claim, other, own, its in ((left, right, ours, theirs), (right, left, theirs, ours)):
                with_other = [f" with {name} in " for name in facts.ids(other[at[new]])]
                told = words[new] + np.array(with_other, dtype=object) + label[its[new]]
                yield Causes.of(row, claim[at[new]], "zone_basis", label[own[new]], told)

    def _under(self, at: Ints, left: Ints, right: Ints) -> _Under:
        """What the pairs `at` are under these readings of their claims."""
        facts, judged = self.computed.facts, self.judge(self.computed.facts, left, right)
        code, sure = self._code[at], judged.sure & ~self._capped[at]
        again = np.flatnonzero(self._turned[at])
        if len(again):
            back = state.judge(facts, right[again], left[again])
            sure[again] |= back.sure & (back.code > 0) & ~self._capped_turned[at[again]]
        strength = np.where(self._strength[at] > POSSIBLE, self._strength[at], np.where(sure, DEFINITE, POSSIBLE))
        named = np.where(self._of_ceasefire[at], TRUCES[0] + judged.code - 1, code)
        outcome = np.where(judged.code > 0, 1 + named * len(STRENGTHS) + strength, 0)
        mismatch = code == CODE_ORDER["count-mismatch"]
        elsewhere = self._joined[at]
        rows = np.flatnonzero(mismatch)
        elsewhere[rows] |= windows.is_part(self.computed.figures, left[rows], right[rows])
        return _Under(outcome, mismatch & (judged.code == 2), elsewhere, judged.figures)

    def _words(self, at: Ints, under: _Under) -> Texts:
        """What becomes of the pairs `at`, which are something else as recorded; blank where they are not."""
        base = self._base.of(at)
        other = under.outcome != base.outcome
        none, new = under.outcome == 0, base.outcome == 0
        found = np.where(other, OUTCOMES[under.outcome], "")
        found[other & under.loose] = AT_MOST_POSSIBLE
        found[other & new & ~base.elsewhere] = SOMETHING
        found[other & none] = NOTHING
        apart = np.flatnonzero(other & none & under.elsewhere)
        found[apart] = "not " + np.array(CODE_NAMES, dtype=object)[self._code[at[apart]]]
        return found

    def _with_figures(self, at: Ints, under: _Under, words: Texts) -> Texts:
        """The same with what changes in their figures."""
        effects = words.copy()
        for name, shown in self._shown.items():
            values = under.figures[name]
            told = shown[at] & (under.outcome > 0) & ~np.isnan(values) & (values != self._base.figures[name][at])
            rows = np.flatnonzero(told)
            figures = [f"{name} {amount(value, 'hours')}" for value in values[rows].tolist()]
            effects[rows] = [
                f"{was}, {told}" if was else told for was, told in zip(effects[rows], figures, strict=True)
            ]
        return effects

    def _bound(self, side: int, at: Ints, own: Ints, under: _Under) -> Ints:
        """Of readings of one claim, those under which the pairs are something else in other zones of the other one."""
        other = 1 - side
        size = self.computed.facts.readings.number(self._claims[other][at]) - 1
        row = np.repeat(np.arange(len(at)), size)
        both = [own[row], own[row]]
        both[other] = spans(self._recorded[other][at] + 1, size)
        shown = {name: seen[at[row]] for name, seen in self._shown.items()}
        same = self._under(at[row], *both).same(under.of(row), shown)
        return np.unique(row[~same])

    @cached_property
    def _claims(self) -> tuple[Ints, Ints]:
        return self.pairs["left"].to_numpy(np.int64), self.pairs["right"].to_numpy(np.int64)

    @cached_property
    def _recorded(self) -> tuple[Ints, Ints]:
        """The readings of both claims as recorded."""
        left, right = (self.computed.facts.readings.first[side] for side in self._claims)
        return left, right

    @cached_property
    def _base(self) -> _Under:
        return self._under(np.arange(len(self.rows)), *self._recorded)

    @cached_property
    def _family(self) -> str:
        return str(self.pairs["family"].iloc[0])

    @cached_property
    def _code(self) -> Ints:
        return numbers(self.pairs["code"])

    @cached_property
    def _of_ceasefire(self) -> Bools:
        return np.isin(self._code, TRUCES)

    @cached_property
    def _strength(self) -> Ints:
        return self.pairs["strength"].to_numpy(np.int64)

    @cached_property
    def _shown(self) -> dict[str, Bools]:
        """The figures that depend on times, and which of the pairs have them."""
        return {
            name: ~np.isnan(self.pairs[f"{name}_low"].to_numpy(dtype=np.float64))
            for name in self._base.figures
            if name in self.pairs
        }

    @cached_property
    def _turned(self) -> Bools:
        """Either claim can be the one at issue."""
        if self._family != "state":
            return np.zeros(len(self.rows), dtype=bool)
        return self.computed.facts.two_sided[self._claims[0]]

    @cached_property
    def _capped_turned(self) -> Bools:
        facts, (left, right) = self.computed.facts, self._claims
        return facts.unsure[left] | facts.unsure[right] | is_capped(facts, right, left)

    @cached_property
    def _capped(self) -> Bools:
        """At most possible under every reading: hedged, without a time, of a wide place, an approximate figure."""
        if self._family == "count":
            return self._capped_figures()
        facts, (left, right) = self.computed.facts, self._claims
        found: Bools = facts.unsure[left] | facts.unsure[right]
        if self._family in AT_PLACE:
            found |= is_capped(facts, left, right)
        if self._family == "denial":
            for _, is_narrower in denial.narrower(facts, left, right):
                found |= is_narrower
        return found

    def _capped_figures(self) -> Bools:
        figures, (left, right) = self.computed.figures, self._claims
        found: Bools = figures.capped[left] | figures.capped[right]
        sums = self._code == CODE_ORDER["count-sum"]
        if sums.any():
            whole, part = self.computed.declared_parts
            found[sums] |= np.isin(left[sums], whole[figures.capped[part]])
            found[sums] |= self.pairs["difference"].to_numpy(dtype=np.float64)[sums] < 0
        parted = sums | (self._code == CODE_ORDER["count-exceeds-whole"])
        found |= parted & ~(figures.cumulative[left] & figures.cumulative[right])
        if BESIDE in self.pairs:
            third = self.pairs[BESIDE].to_numpy(dtype=np.float64)
            added = np.flatnonzero(~np.isnan(third))
            found[added] |= figures.capped[third[added].astype(np.int64)]
        return found

    @cached_property
    def _joined(self) -> Bools:
        """Figures of one series, or a total and its declared part: where one code does not hold, another one may."""
        if self._family != "count":
            return np.zeros(len(self.rows), dtype=bool)
        left, right = self._claims
        series, parts = self.computed.figures.series, Declared.of(self.computed.facts, {"part_of"})
        found: Bools = parts.between(left, right)
        found |= np.isin(self._code, BEFORE_SERIES) & (series[left] == series[right])
        return found


def _by_judge(figures: Figures, pairs: pd.DataFrame, rows: Ints) -> Iterator[tuple[Judge, Ints]]:
    """The rules by which some pairs are judged, each with those that it judges."""
    codes = numbers(pairs["code"])[rows]
    for judge, own in judges(figures) if len(rows) else ():
        yield judge, rows[np.isin(codes, [CODE_ORDER[code] for code in own])]
    added = rows[codes == CODE_ORDER["count-delta"]]
    if len(added):
        at_start = pairs[AT_START].to_numpy(np.float64)[added]
        for end in (True, False):
            yield windows.judge_total(figures, at_start=end), added[at_start == end]


def judges(figures: Figures) -> list[tuple[Judge, tuple[str, ...]]]:
    """The rules by which codes of zoned times are judged, without that of `count-delta`. Other codes have no zones."""
    return [
        (state.judge, (*state.CEASEFIRE_CODES, state.OTHER_CODE)),
        (ceasefire.judge_denied, ("ceasefire-denied",)),
        (ceasefire.judge_unconfirmed, ("ceasefire-unconfirmed",)),
        (denial.judge, ("denied",)),
        (start.judge, ("start-mismatch",)),
        *((judge, (code,)) for code, judge in windows.judges(figures).items()),
    ]
