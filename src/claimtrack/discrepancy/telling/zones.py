"""What a finding depends on, and how its zones change it: an assumed zone that is read in another way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts import totals, windows
from claimtrack.discrepancy.counts.figures import Figures
from claimtrack.discrepancy.counts.totals import AT_START
from claimtrack.discrepancy.facts import Facts, Texts
from claimtrack.discrepancy.families import ceasefire, denial, start, state
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.joins.meet import same
from claimtrack.discrepancy.pairs import CODE_ORDER, numbers
from claimtrack.discrepancy.telling.wording import amount
from claimtrack.discrepancy.verdicts import Judge, Judged, combinations
from claimtrack.scopes import Bools, Ints, spans


class Causes(NamedTuple):
    """What some pairs depend on in fields of claims: one entry a pair, for which the claim is named."""

    pair: Ints
    claim: Ints
    field: Texts
    reading: Texts
    effect: Texts

    @classmethod
    def of(cls, pair: Ints, claim: Ints, field: str, reading: Texts | str, effect: Texts | str) -> Causes:
        """Those in one field; a reading or an effect may be that of all of them."""
        texts = (np.broadcast_to(np.asarray(text, dtype=object), len(pair)) for text in (field, reading, effect))
        return cls(pair, claim, *texts)

    def among(self, applies: Bools) -> Causes:
        """Those that apply."""
        pair, claim, *texts = self
        return Causes(pair[applies], claim[applies], *(text[applies] for text in texts))


def zones(computed: Computed, pairs: pd.DataFrame) -> Iterator[Causes]:
    """The effect of reading one claim's times in another zone, the other claim as recorded."""
    facts = computed.facts
    others = [facts.readings.number(pairs[side].to_numpy(np.int64)) - 1 for side in ("left", "right")]
    zoned = np.flatnonzero((others[0] > 0) | (others[1] > 0))
    for judge, rows in _by_judge(computed.figures, pairs, zoned):
        yield from _judged(facts, judge, pairs, rows)


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
    parts = pairs.iloc[row[one]].assign(left=part[one], right=part[other]).reset_index(drop=True)
    for causes in _judged(facts, windows.judge_parts(figures), parts, np.arange(len(parts), dtype=np.int64)):
        yield causes._replace(pair=row[one][causes.pair])


def _judged(facts: Facts, judge: Judge, pairs: pd.DataFrame, rows: Ints) -> Iterator[Causes]:
    """The same for some pairs that are judged by one rule."""
    if not len(rows):
        return
    first = facts.readings.first
    sides = [pairs[side].to_numpy(np.int64) for side in ("left", "right")]
    others = [facts.readings.number(side) - 1 for side in sides]
    recorded = [first[side[rows]] for side in sides]
    base, alone = judge(facts, *recorded), np.zeros(len(rows), dtype=bool)
    for side in (0, 1):
        size = others[side][rows]
        at = np.repeat(np.arange(len(rows)), size)
        other = [reading[at] for reading in recorded]
        other[side] = spans(recorded[side] + 1, size)
        judged = judge(facts, *other)
        effects = _effects(base, at, judged, pairs, rows[at])
        changed = np.flatnonzero(effects != "")
        pair, labels = rows[at[changed]], facts.readings.label[other[side][changed]]
        yield Causes.of(pair, sides[side][pair], "zone_basis", labels, effects[changed])
        alone[at[_changes(base, at, judged) != ""]] = True
    yield from _both_zones(facts, judge, pairs, rows[~alone])


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


def _both_zones(facts: Facts, judge: Judge, pairs: pd.DataFrame, rows: Ints) -> Iterator[Causes]:
    """Of pairs that no other zone of one claim alone changes: what the first pair of zones does that changes them."""
    left, right = (pairs[side].to_numpy(np.int64)[rows] for side in ("left", "right"))
    first, label = facts.readings.first, facts.readings.label
    base = judge(facts, first[left], first[right])
    waiting = np.ones(len(rows), dtype=bool)
    for at, ours, theirs in combinations(facts, left, right):
        effects = _changes(base, at, judge(facts, ours, theirs))
        new = np.flatnonzero(waiting[at] & (effects != ""))
        waiting[at[new]] = False
        for claim, other, own, its in ((left, right, ours, theirs), (right, left, theirs, ours)):
            with_other = [f" with {name} in " for name in facts.ids(other[at[new]])]
            told = effects[new] + np.array(with_other, dtype=object) + label[its[new]]
            yield Causes.of(rows[at[new]], claim[at[new]], "zone_basis", label[own[new]], told)


def _changes(base: Judged, at: Ints, other: Judged) -> Texts:
    """What becomes of a pair from `base`, at the positions `at`, to `other`; blank where it stays what it is."""
    found = np.full(len(at), "", dtype=object)
    none, new = other.code == 0, base.code[at] == 0
    apart = (other.code != base.code[at]) | (other.sure != base.sure[at])
    found[none & ~new] = "no discrepancy"
    found[~none & new] = "a discrepancy"
    found[~none & ~new & apart] = "another strength or code"
    return found


def _effects(base: Judged, at: Ints, other: Judged, pairs: pd.DataFrame, pair: Ints) -> Texts:
    """The same with what changes in its figures. `pair`: of which pair."""
    effects, none = _changes(base, at, other), other.code == 0
    for name, values in other.figures.items():
        if name not in pairs:
            continue
        shown = ~none & ~np.isnan(pairs[f"{name}_low"].to_numpy(dtype=np.float64)[pair]) & ~np.isnan(values)
        rows = np.flatnonzero(shown & (values != base.figures[name][at]))
        words = [f"{name} {amount(value, 'hours')}" for value in values[rows].tolist()]
        effects[rows] = [f"{was}, {word}" if was else word for was, word in zip(effects[rows], words, strict=True)]
    return effects


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
