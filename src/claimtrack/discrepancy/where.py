"""Which claims can speak of one place: candidates for the families that set an event against a claim that holds."""

from __future__ import annotations

import numpy as np

from claimtrack.discrepancy.facts import NOBODY, Facts
from claimtrack.discrepancy.meet import combined, meeting
from claimtrack.readings import FAR_FUTURE, FAR_PAST
from claimtrack.scopes import Bools, Ints


def hull(facts: Facts, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """For each claim the earliest start and the latest end over its readings; (0, 0) where no reading has a period."""
    if not len(facts):
        return start, end
    filled = start < end
    first = facts.readings.first[:-1]
    low = np.minimum.reduceat(np.where(filled, start, FAR_FUTURE), first)
    high = np.maximum.reduceat(np.where(filled, end, FAR_PAST), first)
    empty = low >= high
    return np.where(empty, 0, low), np.where(empty, 0, high)


def meetings(facts: Facts, holders: Ints, events: Ints, topic: Ints) -> tuple[Ints, Ints, Bools]:
    """Pairs (holder, event) of one topic whose periods may meet at one place, and whether they are capped at possible.

    An event inside the holder's place meets it. An event in a wider place does so at most possibly, unless it is said
    to lie along the whole of it. A claim without a place meets, at most possibly, what lies inside the place of its
    incident, and what has no place either.
    """
    r = facts.readings
    hold_start, hold_end = hull(facts, r.hold_start, r.hold_end)
    event_start, event_end = hull(facts, r.possible_start, r.possible_end)

    def join(h: Ints, h_place: Ints, e: Ints, e_place: Ints) -> tuple[Ints, Ints]:
        key = combined(np.concatenate([topic[h], topic[e]]), np.concatenate([h_place, e_place]))
        left, right = meeting(key[: len(h)], hold_start[h], hold_end[h], key[len(h) :], event_start[e], event_end[e])
        return h[left], e[right]

    at, place = facts.places.expand(facts.place[events])
    inside = join(holders, np.where(facts.place[holders] < 0, NOBODY, facts.place[holders]), events[at], place)
    at, place = facts.places.expand(facts.place[holders])
    strictly = place != facts.place[holders][at]
    wider = join(holders[at][strictly], place[strictly], events, facts.place[events])
    nowhere = facts.place < 0
    lost = [
        join(h, np.full(len(h), NOBODY), e, np.full(len(e), NOBODY))
        for h, e in (
            (holders[nowhere[holders]], events[(nowhere | facts.bounded)[events]]),
            (holders[facts.bounded[holders]], events[nowhere[events]]),
        )
    ]
    parts = [inside, wider, *lost]
    capped = [np.zeros(len(inside[0]), dtype=bool), ~facts.along[wider[1]]]
    capped += [np.ones(len(part[0]), dtype=bool) for part in lost]
    left = np.concatenate([part[0] for part in parts])
    right = np.concatenate([part[1] for part in parts])
    return left, right, np.concatenate(capped)
