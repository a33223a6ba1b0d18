"""What pairs are under readings of their claims: a code and how sure it is, nothing, or what another rule may tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts import windows
from claimtrack.discrepancy.counts.figures import Figures
from claimtrack.discrepancy.counts.totals import AT_START, BESIDE
from claimtrack.discrepancy.declared import Declared
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.families import ceasefire, denial, start, state
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import CODE_NAMES, CODE_ORDER, DEFINITE, POSSIBLE, STRENGTHS, numbers, sides
from claimtrack.discrepancy.telling.doubts import ALWAYS
from claimtrack.discrepancy.verdicts import Judge, doubted
from claimtrack.scopes import Bools, Floats, Ints

OUTCOMES = np.array(["", *(f"{strength} {code}" for code in CODE_NAMES for strength in STRENGTHS)], dtype=object)
"""What a pair can be: nothing, or a code and its strength."""
TRUCES = np.array([CODE_ORDER[code] for code in state.CEASEFIRE_CODES])

BEFORE_SERIES = np.array([CODE_ORDER[code] for code in ("count-mismatch", "count-exceeds-whole")])
"""Codes after which those of figures of one series are tried."""


class Under(NamedTuple):
    """What some pairs are under some readings of their claims: one entry a pair."""

    outcome: Ints
    """A position in `OUTCOMES`."""
    loose: Bools
    """It holds if no other figure comes between the two."""
    elsewhere: Bools
    """Where its own code does not hold, another one may."""
    figures: Mapping[str, Floats]

    def same(self, other: Under, shown: Mapping[str, Bools]) -> Bools:
        """Whether they are the same under other readings, with their figures as far as `shown`."""
        found: Bools = self.outcome == other.outcome
        for name, seen in shown.items():
            ours, theirs = self.figures[name], other.figures[name]
            found &= ~seen | (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
        return found

    def of(self, rows: Ints) -> Under:
        """Some of the pairs."""
        figures = {name: value[rows] for name, value in self.figures.items()}
        return Under(self.outcome[rows], self.loose[rows], self.elsewhere[rows], figures)


@dataclass(frozen=True)
class Judged:
    """Pairs that one rule judges, at least one, all of one family."""

    computed: Computed
    judge: Judge
    pairs: pd.DataFrame

    @property
    def facts(self) -> Facts:
        """Those that the pairs are of."""
        return self.computed.facts

    def under(self, at: Ints, left: Ints, right: Ints) -> Under:
        """What the pairs `at` are under these readings of their claims."""
        judged = self.judge(self.facts, left, right)
        code, sure = self.code[at], judged.sure & ~self._capped[at]
        again = np.flatnonzero(self._turned[at])
        if len(again):
            back = state.judge(self.facts, right[again], left[again])
            sure[again] |= back.sure & (back.code > 0) & ~self._capped_turned[at[again]]
        strength = np.where(self._strength[at] > POSSIBLE, self._strength[at], np.where(sure, DEFINITE, POSSIBLE))
        named = np.where(self._of_ceasefire[at], TRUCES[0] + judged.code - 1, code)
        outcome = np.where(judged.code > 0, 1 + named * len(STRENGTHS) + strength, 0)
        mismatch = code == CODE_ORDER["count-mismatch"]
        elsewhere = self._joined[at]
        rows = np.flatnonzero(mismatch)
        elsewhere[rows] |= windows.is_part(self.computed.figures, left[rows], right[rows])
        return Under(outcome, mismatch & (judged.code == 2), elsewhere, judged.figures)

    @cached_property
    def claims(self) -> tuple[Ints, Ints]:
        """The left claims, and the right ones."""
        return sides(self.pairs)

    @cached_property
    def recorded(self) -> tuple[Ints, Ints]:
        """The readings of both claims as recorded."""
        left, right = (self.facts.readings.first[side] for side in self.claims)
        return left, right

    @cached_property
    def base(self) -> Under:
        """What the pairs are as recorded."""
        return self.under(np.arange(len(self.pairs)), *self.recorded)

    @cached_property
    def _family(self) -> str:
        return str(self.pairs["family"].iloc[0])

    @cached_property
    def code(self) -> Ints:
        """By their positions in `CODE_NAMES`."""
        return numbers(self.pairs["code"])

    @cached_property
    def _of_ceasefire(self) -> Bools:
        return np.isin(self.code, TRUCES)

    @cached_property
    def _strength(self) -> Ints:
        return self.pairs["strength"].to_numpy(np.int64)

    @cached_property
    def shown(self) -> dict[str, Bools]:
        """The figures that depend on times, and which of the pairs have them."""
        return {
            name: ~np.isnan(self.pairs[f"{name}_low"].to_numpy(dtype=np.float64))
            for name in self.base.figures
            if name in self.pairs
        }

    @cached_property
    def _turned(self) -> Bools:
        """Either claim can be the one at issue."""
        if self._family != "state":
            return np.zeros(len(self.pairs), dtype=bool)
        return self.facts.two_sided[self.claims[0]]

    @cached_property
    def _capped_turned(self) -> Bools:
        left, right = self.claims
        return self._doubted(right, left)

    @cached_property
    def _capped(self) -> Bools:
        """At most possible under every reading: hedged, without a time, of a wide place, an approximate figure."""
        return self._capped_figures() if self._family == "count" else self._doubted(*self.claims)

    def _doubted(self, left: Ints, right: Ints) -> Bools:
        """The same of these claims at issue, and what speaks against them."""
        found: Bools = self.facts.unsure[left] | self.facts.unsure[right]
        if self._family in ALWAYS:
            found |= doubted(ALWAYS[self._family](self.facts, left, right), len(left))
        return found

    def _capped_figures(self) -> Bools:
        figures, (left, right) = self.computed.figures, self.claims
        found: Bools = figures.capped[left] | figures.capped[right]
        parted = self.code == CODE_ORDER["count-exceeds-whole"]
        found |= parted & (figures.capped_in_part[left] | figures.capped_in_part[right])
        sums = self.code == CODE_ORDER["count-sum"]
        if sums.any():
            found[sums] |= np.isin(left[sums], self.computed.capped_sums)
            found[sums] |= self.pairs["difference"].to_numpy(dtype=np.float64)[sums] < 0
        if BESIDE in self.pairs:
            third = self.pairs[BESIDE].to_numpy(dtype=np.float64)
            added = np.flatnonzero(~np.isnan(third))
            others = third[added].astype(np.int64)
            found[added] |= figures.capped[others] | (figures.actor[others] != figures.actor[left[added]])
        return found

    @cached_property
    def _joined(self) -> Bools:
        """Figures of one series, or a total and its declared part: where one code does not hold, another one may."""
        if self._family != "count":
            return np.zeros(len(self.pairs), dtype=bool)
        left, right = self.claims
        series, parts = self.computed.figures.series, Declared.of(self.facts, {"part_of"})
        found: Bools = parts.between(left, right)
        found |= np.isin(self.code, BEFORE_SERIES) & (series[left] == series[right])
        return found


def by_judge(figures: Figures, pairs: pd.DataFrame, rows: Ints) -> Iterator[tuple[Judge, Ints]]:
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
