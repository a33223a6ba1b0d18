"""Which claims can speak of one place: candidates for the families that set an event against a claim that holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.families.runs import Runs, placed_always, runs_among
from claimtrack.discrepancy.families.sides import by_others, side_doubts
from claimtrack.discrepancy.joins.keys import combined, in_order
from claimtrack.discrepancy.joins.listed import joined
from claimtrack.discrepancy.joins.meet import Met
from claimtrack.discrepancy.verdicts import Doubt
from claimtrack.moments import FAR_FUTURE, FAR_PAST
from claimtrack.scopes import NOBODY, Bools, Ints, spans


def hull(facts: Facts) -> tuple[Ints, Ints]:
    """For each claim the earliest start and the latest end of what is possible, over its readings.

    It is also the span that the claim speaks of. (0, 0) where no reading has a period.
    """
    start, end = facts.readings.possible_start, facts.readings.possible_end
    if not len(facts):
        return start, end
    filled = start < end
    first = facts.readings.first[:-1]
    low = np.minimum.reduceat(np.where(filled, start, FAR_FUTURE), first)
    high = np.maximum.reduceat(np.where(filled, end, FAR_PAST), first)
    empty = low >= high
    return np.where(empty, 0, low), np.where(empty, 0, high)


def doubts(facts: Facts, holder: Ints, event: Ints) -> Iterator[Doubt]:
    """Why pairs that `Meetings` gives one way or the other are at most possible, this way."""
    ours, theirs = facts.place.take(holder), facts.place.take(event)
    wider = (ours != NOBODY) & ~facts.places.contains(ours, theirs) & ~facts.along.take(event)
    yield Doubt("place_id", holder, ours == NOBODY)
    yield Doubt("place_id", event, (theirs == NOBODY) | wider)
    yield Doubt("place_id", holder, facts.places.contains(ours, theirs) & in_part(facts, holder, event))
    yield from side_doubts(facts, holder, event)


def elsewhere(facts: Facts, holder: Ints, event: Ints) -> Bools:
    """Whether events may be of another side, or in another part of a place, than what their holders speak of."""
    found = facts.in_part_only.take(holder)
    asked = np.flatnonzero(found)
    ours, theirs = holder.take(asked), event.take(asked)
    found[asked] = by_others(facts, ours, theirs) | in_part(facts, ours, theirs)
    return found


def in_part(facts: Facts, holder: Ints, event: Ints) -> Bools:
    """Whether the holder says that something was there, in a wider place than the event: it may be elsewhere in it.

    Nothing is of all of its place but an absence, and what is said to be along the whole.
    """
    found = facts.two_sided.take(holder)
    asked = np.flatnonzero(found)
    ours, theirs = holder.take(asked), event.take(asked)
    found[asked] = ~facts.along.take(ours) & (facts.place.take(ours) != facts.place.take(theirs))
    return found


@dataclass(frozen=True)
class _Join:
    """Holders and events, as claims, that meet where their keys are equal; `capped` has one entry an event.

    Holders ascend; a claim is there once for each key. `until`: for every claim when its span as a holder ends.
    """

    holder: Ints
    event: Ints
    holder_key: Ints
    event_key: Ints
    capped: Bools
    until: Ints

    def among(self, events: Bools, until: Ints) -> _Join:
        """The same with some of the events, and spans that end at other times."""
        return replace(
            self, event=self.event[events], event_key=self.event_key[events], capped=self.capped[events], until=until
        )

    def met(self, starts: Ints, ends: Ints) -> Met:
        """Those of which the periods meet. `starts`, `ends`: of every claim."""
        holder = self.holder_key, starts[self.holder], self.until[self.holder]
        event = self.event_key, starts[self.event], ends[self.event]
        return Met(holder, event, of_left=(self.holder,), of_right=(self.event, self.capped))


def _joins(facts: Facts, holders: Ints, events: Ints, topic: Ints, until: Ints) -> list[_Join]:
    """All that can meet: events inside the places of holders; in wider places; and where one of the two has none."""

    def join(h: Ints, h_place: Ints, e: Ints, e_place: Ints, capped: Bools) -> _Join:
        key = combined(np.concatenate([h_place, e_place]), np.concatenate([topic[h], topic[e]]))
        met = np.isin(key[len(h) :], key[: len(h)])
        return _Join(h, e[met], key[: len(h)], key[len(h) :][met], capped[met], until)

    def anywhere(h: Ints, e: Ints) -> _Join:
        return join(h, np.full(len(h), NOBODY), e, np.full(len(e), NOBODY), np.ones(len(e), dtype=bool))

    nowhere = facts.place == NOBODY
    placed = holders[~nowhere[holders]]
    at, place = facts.places.expand(facts.place[events])
    inside = join(placed, facts.place[placed], events[at], place, np.zeros(len(at), dtype=bool))
    at, place = facts.places.expand(facts.place[holders])
    strictly = place != facts.place[holders][at]
    return [
        inside,
        join(holders[at][strictly], place[strictly], events, facts.place[events], ~facts.along[events]),
        anywhere(holders[nowhere[holders]], events[(nowhere | facts.bounded)[events]]),
        anywhere(holders[facts.bounded[holders]], events[nowhere[events]]),
    ]


class Meetings:
    """Pairs (holder, event) of one topic whose periods may meet at one place, and whether they are capped at possible.

    An event inside the holder's place meets it. An event in a wider place does so at most possibly, unless it is said
    to lie along the whole of it. A claim without a place meets, at most possibly, what lies inside the place of its
    incident, and what has no place either. So does a holder that speaks of one side an event that may be of another,
    and one that speaks of no absence an event in a part of its place. No pair comes twice.

    `with_runs`: of the pairs in `runs` only those that can stand for all. `order`: by what claims have to be put in
    order, so that pairs of holders that follow each other are found without looking over all events.
    """

    def __init__(self, facts: Facts, holders: Ints, events: Ints, topic: Ints, *, with_runs: bool = False) -> None:
        starts, ends = hull(facts)
        self._facts, self._size, self.order = facts, len(facts), (facts.place, starts)
        self.runs: Runs | None = None
        inside, *others = joins = _joins(facts, holders, events, topic, ends)
        if with_runs:
            is_placed = placed_always(facts)[inside.event]
            own = inside.holder, inside.holder_key
            self.runs = runs_among(facts, *own, inside.event[is_placed], inside.event_key[is_placed])
            before_runs = np.where(self.runs.of_claim >= 0, np.minimum(ends, self.runs.since), ends)
            joins = [inside.among(is_placed, before_runs), inside.among(~is_placed, ends), *others]
        self._met = [(join.holder, join.met(starts, ends)) for join in joins]

    def numbers(self) -> Ints:
        """For every claim the number of pairs in which it is the holder."""
        found = np.zeros(self._size, dtype=np.int64)
        for holder, met in self._met:
            np.add.at(found, holder, met.numbers())
        if self.runs is not None:
            np.add.at(found, self.runs.claim[self.runs.standing[0]], 1)
        return found

    def pairs(self, wanted: Ints) -> tuple[Ints, Ints, Bools]:
        """The pairs of some holders, which ascend: holder, event, capped; in the order of the holders."""
        parts = [part for holder, met in self._met for part in met.parts(_where(holder, wanted))]
        if self.runs is not None:
            left, right = self.runs.pairs(wanted)
            parts.append((left, right, np.zeros(len(left), dtype=bool)))
        left, right, capped = joined(parts)
        order, left = in_order(left)
        right = right.take(order)
        return left, right, capped.take(order) | elsewhere(self._facts, left, right)


def _where(holder: Ints, wanted: Ints) -> Ints:
    """Where the claims that are wanted are among holders, which ascend."""
    first = np.searchsorted(holder, wanted, side="left")
    return spans(first, np.searchsorted(holder, wanted, side="right") - first)
