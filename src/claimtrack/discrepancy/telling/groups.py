"""Which pairs share a condensed row, and which of them stand for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.joins.keys import begins_in, combined, distinct
from claimtrack.discrepancy.pairs import CODE_ORDER, numbers, sides
from claimtrack.moments import FAR_FUTURE, FAR_PAST
from claimtrack.scopes import NOBODY, Bools, Ints

BY_CLAIM = ("state", "ceasefire", "denial")
BY_SCOPE = ("count", "series")
WITH_EXTREMES = ("count-mismatch", "count-gap", "start-mismatch")
"""Codes of figures and beginnings of equal standing. Of the pairs of all others a row names the strongest."""


@dataclass(frozen=True)
class Groups:
    """Pairs of one family in groups, numbered from 0: one group is one condensed row. Arrays have one entry a pair."""

    computed: Computed
    family: str
    pairs: pd.DataFrame
    group: Ints
    left: Ints
    right: Ints
    strength: Ints
    code: Ints
    """The position of the code in the order of all codes."""
    at: Ints
    """When the contrary event was; beyond any calendar where that is not known."""

    @classmethod
    def of(cls, computed: Computed, family: str, pairs: pd.DataFrame) -> Groups:
        """The groups of a table of pairs of this family, which is put in the order of the groups."""
        group = _numbers(computed, family, pairs)
        if (group[1:] < group[:-1]).any():
            order = np.argsort(group)
            group, pairs = group.take(order), pairs.take(order)
        left, right = sides(pairs)
        strength, code = pairs["strength"].to_numpy(np.int64), numbers(pairs["code"])
        at = _event_times(computed, family, left, right)
        return cls(computed, family, pairs, group, left, right, strength, code, at)

    def __len__(self) -> int:
        return int(self.group.max(initial=-1)) + 1

    @cached_property
    def _order(self) -> tuple[Ints, ...]:
        """The keys by which pairs are listed: strength, code, and the ids of the two claims."""
        rank = self.computed.facts.rank
        return self.strength, self.code, rank.take(self.left), rank.take(self.right)

    @cached_property
    def earliest(self) -> Ints:
        """For each group the pair with the earliest contrary event; on a tie the strongest of them."""
        return self.first(self.at, self.strength, self.code, self._order[3])

    @cached_property
    def strongest(self) -> Ints:
        """For each group the strongest pair; on a tie the earliest of them."""
        return self.first(self.strength, self.code, self.at, self._order[3])

    @cached_property
    def voices(self) -> tuple[Ints, Ints, Ints, Ints]:
        """What speaks: its group, its claim, the other claim of its pair, and when it was.

        Against a claim at issue those do that are contrary to it, one a pair. Figures, beginnings, answers and who is
        to blame are of equal standing: of these all right claims come first, then all left ones.
        """
        if self.family in BY_CLAIM:
            return self.group, self.right, self.left, self.at
        sides = (self.right, self.left)
        at = np.concatenate([self.at, _event_times(self.computed, self.family, self.right, self.left)])
        return np.tile(self.group, 2), np.concatenate(sides), np.concatenate(sides[::-1]), at

    @cached_property
    def first_dated(self) -> Ints:
        """For each group the first voice with the earliest time that is known, −1 where none is."""
        return self._dated(1)

    @cached_property
    def last_dated(self) -> Ints:
        """For each group the last voice with the latest time that is known, −1 where none is."""
        return self._dated(-1)

    def _dated(self, way: int) -> Ints:
        group, claim, other, at = self.voices
        known = np.flatnonzero(dated(at))
        rank = self.computed.facts.rank
        by = [way * key.take(known) for key in (rank.take(other), rank.take(claim), at)]
        order = known[np.lexsort([*by, group.take(known)])]
        found = np.full(len(self), -1, dtype=np.int64)
        begins = order[begins_in(group.take(order))]
        found[group.take(begins)] = begins
        return found

    def first(self, *keys: np.ndarray, rows: Bools | None = None) -> Ints:
        """For each group its first pair in the order of `keys`, then in that of the list; −1 where it has none.

        `rows`: those to choose from. Key by key only what ties with the least of its group is kept.
        """
        among = np.arange(len(self.group)) if rows is None else np.flatnonzero(rows)
        group = self.group.take(among)
        for key in (*keys, *self._order):
            begins = np.flatnonzero(begins_in(group))
            if len(begins) == len(among):
                break
            values = key.take(among)
            least = np.empty(len(self), dtype=values.dtype)
            least[group.take(begins)] = np.minimum.reduceat(values, begins)
            ties = np.flatnonzero(values == least.take(group))
            among, group = among.take(ties), group.take(ties)
        found = np.full(len(self), -1, dtype=np.int64)
        found[group] = among
        return found

    def figure_pair(self, name: str) -> Ints:
        """For each group the pair whose figure of that name stands for all, −1 where it has none.

        The time to the earliest contrary event, of every other figure the largest.
        """
        value, low = (self.pairs[column].to_numpy(dtype=np.float64) for column in (name, f"{name}_low"))
        known = ~np.isnan(low)
        if name != "since_start":
            return self.first(-np.nan_to_num(value, nan=-np.inf), rows=known)
        return np.where(known[self.earliest], self.earliest, self.first(low, rows=known))

    @cached_property
    def findings(self) -> Ints:
        """The pairs without those that share group, code and finding with an earlier one."""
        finding = self.pairs["finding"].to_numpy(np.int64)
        alone, shared = np.flatnonzero(finding < 0), np.flatnonzero(finding >= 0)
        _, first = np.unique(combined(self.group[shared], self.code[shared], finding[shared]), return_index=True)
        return np.concatenate([alone, shared[first]])

    @cached_property
    def extremes(self) -> tuple[Ints, Ints]:
        """For each group the lowest and highest (first and last) claim of those pairs that share its strongest code.

        `NOBODY` where by that code one of the two claims is at issue.
        """
        facts, figures = self.computed.facts, self.computed.figures
        codes = np.array([CODE_ORDER[code] for code in WITH_EXTREMES])
        chosen = np.flatnonzero((self.code == self.code[self.strongest][self.group]) & np.isin(self.code, codes))
        both = np.concatenate([self.left[chosen], self.right[chosen]])
        group, claim = self.distinct(both, np.tile(self.group[chosen], 2))
        if self.family == "start":
            key = facts.readings.possible_start[facts.readings.first[claim]]
        else:
            key = np.unique(figures.low[claim], return_inverse=True)[1].astype(np.int64)
        order = np.lexsort((facts.rank[claim], key, group))
        found = np.full((2, len(self)), NOBODY, dtype=np.int64)
        found[0][group[order[::-1]]] = claim[order[::-1]]
        found[1][group[order]] = claim[order]
        return found[0], found[1]

    @property
    def parties(self) -> Ints:
        """For each group of attributions the number of actors that are named."""
        actor = self.computed.facts.actor
        group, _ = self.distinct(np.concatenate([actor[self.left], actor[self.right]]), np.tile(self.group, 2))
        return np.bincount(group, minlength=len(self)).astype(np.int64)

    def distinct(self, values: Ints, group: Ints | None = None) -> tuple[Ints, Ints]:
        """Every distinct value of each group, sorted: group and value. `group`: of each value, else of each pair."""
        numbered = values - NOBODY
        most = int(numbered.max(initial=0)) + 1
        keys = distinct((self.group if group is None else group) * most + numbered)
        return keys // most, keys % most + NOBODY


def _numbers(computed: Computed, family: str, pairs: pd.DataFrame) -> Ints:
    """What the pairs of one condensed row share: the claim at issue, the scope (of two series), or the incident."""
    facts, figures = computed.facts, computed.figures
    left, right = sides(pairs)
    if family in BY_CLAIM:
        return combined(left)
    if family not in BY_SCOPE:
        return combined(facts.incident[left])
    mode = pd.factorize(facts.package.claims["count_mode"].iloc[left])[0].astype(np.int64)
    term = np.append(facts.terms.equal, NOBODY)[figures.term[left]]
    scope = (facts.incident[left], term, facts.target[left], facts.place[left], mode)
    if family == "count":
        return combined(*scope)
    ours, theirs = figures.series[left], figures.series[right]
    return combined(*scope, np.minimum(ours, theirs), np.maximum(ours, theirs))


def _event_times(computed: Computed, family: str, left: Ints, right: Ints) -> Ints:
    """When the contrary event was: inside the claim's span for states, the as-of for counts, else the report.

    Of what went on without a time nobody knows when it was; a denial without one is of when it was said.
    """
    facts = computed.facts
    r = facts.readings
    ours, theirs = r.first.take(left), r.first.take(right)
    if family in BY_SCOPE:
        return computed.figures.as_of[theirs]
    if family == "start":
        return r.possible_start[theirs]
    reported = facts.clocks.reported.take(right)
    if family not in BY_CLAIM:
        return reported
    begun = r.possible_start.take(theirs)
    event = np.where(facts.gives_time.take(left), np.maximum(begun, r.hold_start.take(ours)), begun)
    placed = (begun < r.possible_end.take(theirs)) & (event > FAR_PAST) & facts.gives_time.take(right)
    return np.where(placed, event, FAR_FUTURE if family == "state" else reported)


def dated(at: Ints) -> Bools:
    """Whether a time is one of the calendar."""
    known: Bools = (at > -FAR_FUTURE) & (at < FAR_FUTURE)
    return known
