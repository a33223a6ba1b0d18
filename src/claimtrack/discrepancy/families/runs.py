"""Events after all that a claim at issue says: they speak against it in one way, and need not be listed.

A ceasefire of which no end is stated is broken by every later shot. Of the events at its place, sorted by time, those
that begin after its start, its certain part and its report are all from one position on: a run. How many they are, and
of how many statements, is then a difference of two sums, and what stands for all of them is the least of all that come
after a position, both known for every position beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

import numpy as np

from claimtrack.discrepancy.declared import COMPATIBLE, links
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.families.sides import OfSides, by_others
from claimtrack.discrepancy.joins.keys import begins_in, combined, dense, distinct
from claimtrack.discrepancy.joins.lines import in_order, lines
from claimtrack.discrepancy.joins.suffixes import Last, least_after, least_place_after, rows_at, sums
from claimtrack.discrepancy.origins import Origins
from claimtrack.moments import FAR_FUTURE, FAR_PAST, INSTANT, MISSING
from claimtrack.scopes import NOBODY, Bools, Ints, spans

LEAST = 32
"""How many events a run has at least: those that stand for it are fewer."""


def placed_always(facts: Facts) -> Bools:
    """Which claims speak of some time under every reading."""
    return _always(facts, facts.readings.possible_start < facts.readings.possible_end)


def _always(facts: Facts, holds: Bools) -> Bools:
    """Whether something holds for each claim under every reading."""
    found: Bools = np.logical_and.reduceat(holds, facts.readings.first[:-1]) if len(facts) else holds
    return found


@dataclass(frozen=True)
class Runs:
    """For some claims at issue a run of events, one entry a claim. Events are sorted by key, then by when they begin.

    Everything in a run is sure and has one code: under every reading the event begins after the claim was said and
    after its certain part, and ends within its span. So it is definite, unless one of the two claims is unsure, or the
    claim speaks of one side, or of fire against one, and the event may be the doing of others, or against others.
    """

    facts: Facts
    claim: Ints
    first: Ints
    """Where the run begins among the events."""
    stop: Ints
    event: Ints
    key: Ints
    """The place and topic of each event, as a small integer."""
    since: Ints
    """For every claim of the package from when on events are in its run, if it has one."""

    def __len__(self) -> int:
        return len(self.claim)

    @cached_property
    def of_claim(self) -> Ints:
        """For every claim of the package its run, −1 where it has none."""
        found = np.full(len(self.facts), NOBODY, dtype=np.int64)
        found[self.claim] = np.arange(len(self))
        return found

    @cached_property
    def standing(self) -> tuple[Ints, Ints]:
        """The events that can stand for a run: the run, and the position of the event. They are listed."""
        r, recorded = self.facts.readings, self.facts.readings.first[:-1][self.event]
        at, length = r.possible_start[recorded], r.possible_end[recorded] - r.possible_start[recorded]
        length = np.where(length <= INSTANT, 0, length)
        soonest = np.minimum.reduceat(r.possible_start, r.first[:-1])[self.event] if len(self.event) else at
        # Of what gives no time neither a time nor hours are told.
        when = self.facts.gives_time[self.event]
        latest, length = np.where(when, at, FAR_PAST), np.where(when, length, -1)
        at, soonest = np.where(when, at, FAR_FUTURE), np.where(when, soonest, FAR_FUTURE)
        # An event is in one list once for each place that contains it; the row tells these apart.
        rank, size, sure = combined(self.facts.rank[self.event], np.arange(len(self.event))), len(self.event), self.sure
        runs, definite = np.arange(len(self)) * size, np.flatnonzero(sure.first < sure.stop)
        found = [runs + least_after(self.key, -dense(latest), -rank)[self.first]]
        # Of events that are alike a definite one comes first: so the first one is that of all, or of what is definite.
        for value in (dense(at), dense(soonest), -dense(length)):
            place = combined(value, rank)
            event = rows_at(place)
            found.append(runs + event[least_place_after(self.key, place)[self.first]])
            least = least_place_after(sure.number, place[sure.event])[sure.first[definite]]
            found.append(runs[definite] + event[least])
        both = distinct(np.concatenate(found))
        return both // max(size, 1), both % max(size, 1)

    @cached_property
    def sure(self) -> OfSides:
        """The events that speak for certain against the claims of the runs."""
        ours = self.key[self.first], self.first, self.stop
        return OfSides.of(self.facts, self.claim, ours, self.event, self.key)

    def pairs(self, wanted: Ints) -> tuple[Ints, Ints]:
        """What stands for the runs of these claims, if they have one, as pairs of claims."""
        run, position = self.standing
        of_wanted = self.of_claim[wanted]
        of_wanted = of_wanted[of_wanted >= 0]
        first = np.searchsorted(run, of_wanted, side="left")
        chosen = spans(first, np.searchsorted(run, of_wanted, side="right") - first)
        return self.claim[run[chosen]], self.event[position[chosen]]

    @cached_property
    def unlisted(self) -> tuple[Ints, Ints]:
        """How many definite and how many possible pairs each run has that are not listed."""
        definite = self.sure.stop - self.sure.first
        possible = self.stop - self.first - definite
        run, position = self.standing
        claim, event = self.claim[run], self.event[position]
        weak = self.facts.unsure[claim] | self.facts.unsure[event] | by_others(self.facts, claim, event)
        definite -= np.bincount(run[~weak], minlength=len(self))
        possible -= np.bincount(run[weak], minlength=len(self))
        return definite, possible

    @cached_property
    def _statements(self) -> tuple[Last, Ints]:
        last = Last(self.key, self.facts.statement[self.event])
        return last, sums(last.is_last)

    def statements(self, runs: Ints) -> Ints:
        """How many statements these runs have."""
        distinct = self._statements[1]
        return distinct[self.stop[runs]] - distinct[self.first[runs]]

    def has_statement(self, runs: Ints, statement: Ints) -> Bools:
        """Whether each of these runs has this statement."""
        found: Bools = self._statements[0].position(self.key[self.first[runs]], statement) >= self.first[runs]
        return found

    @cached_property
    def _origins(self) -> Last:
        return Last(self.key, Origins(self.facts).of_actor[self.facts.claimant[self.event]])

    def origins(self, runs: Ints) -> tuple[Ints, Ints]:
        """The origins of these runs, each once: position in `runs`, origin."""
        return self._origins.after(self.key[self.first[runs]], self.first[runs])


def runs_among(facts: Facts, holder: Ints, holder_key: Ints, event: Ints, event_key: Ints) -> Runs:
    """The runs of these claims at issue among these events, which are `placed_always`; equal keys meet."""
    since, until, fit = after_all(facts)
    first, chosen = facts.readings.first[:-1], fit[holder]
    holder, holder_key = holder[chosen], holder_key[chosen]
    if not len(holder) or not len(event):
        return Runs(facts, holder[:0], holder[:0], holder[:0], event[:0], event[:0], since)
    begin = np.minimum.reduceat(facts.readings.possible_start, first)[event]
    own, line = lines((holder_key, event_key), (since[holder], begin))
    order, line = in_order(line)
    event, key = event[order], event_key[order]
    start = np.searchsorted(line, own, side="left").astype(np.int64)
    begins = np.flatnonzero(begins_in(key))
    last = np.maximum.reduceat(np.maximum.reduceat(facts.readings.possible_end, first)[event], begins)
    of_key = np.minimum(np.searchsorted(key[begins], holder_key), len(begins) - 1)
    stop = np.where(key[begins][of_key] == holder_key, np.append(begins, len(key))[of_key + 1], start)
    long = np.flatnonzero((until[holder] >= last[of_key]) & (stop - start >= LEAST))
    near = np.isin(key, holder_key[long])
    kept = sums(near)
    return Runs(facts, holder[long], kept[start[long]], kept[stop[long]], event[near], key[near], since)


def after_all(facts: Facts) -> tuple[Ints, Ints, Bools]:
    """For each claim from when on an event comes after all that it says; when its span ends; and whether it can have a
    run. Under every reading: after its span has begun, after its certain part, and after it was said.

    And after all events that people declared compatible with it, or that are of its own statement.
    """
    r, first, said = facts.readings, facts.readings.first[:-1], facts.clocks.asserted_by
    fit = _always(facts, r.certain_start < r.certain_end) & (said != MISSING) & ~facts.two_sided
    if not len(facts):
        return said, said, fit
    begun = np.maximum.reduceat(np.maximum(r.certain_end, r.hold_start), first)
    since, event = np.maximum(begun, said + 1), np.minimum.reduceat(r.possible_start, first)
    for one, other in permutations(links(facts, COMPATIBLE)):
        np.maximum.at(since, one, event[other] + 1)
    of_statement = np.full(int(facts.statement.max()) + 2, FAR_PAST)
    np.maximum.at(of_statement, facts.statement, np.where(facts.absent, FAR_PAST, event + 1))
    return np.maximum(since, of_statement[facts.statement]), np.minimum.reduceat(r.hold_end, first), fit
