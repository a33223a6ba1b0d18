"""Of which side something is said: what one side keeps, that side alone surely breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.keys import combined, in_order
from claimtrack.discrepancy.verdicts import Doubt, doubted
from claimtrack.scopes import NOBODY, Bools, Ints


def side_doubts(facts: Facts, holder: Ints, event: Ints) -> Iterator[Doubt]:
    """Where the holder says by whom, or against whom, fire was held: whether the event may be the doing of others, or
    against others.

    It is not where its actor, and its target, are those of the holder, or part of them.
    """
    one_sided = facts.one_sided.take(holder)
    asked = np.flatnonzero(one_sided)
    ours, theirs = holder.take(asked), event.take(asked)
    for field, side in (("actor_id", facts.actor), ("target_id", facts.target)):
        named, found = side.take(ours), np.zeros(len(holder), dtype=bool)
        found[asked] = (named != NOBODY) & ~facts.actors.contains(named, side.take(theirs))
        yield Doubt(field, event, found)


def by_others(facts: Facts, holder: Ints, event: Ints) -> Bools:
    """Which of these pairs have such a doubt."""
    return doubted(side_doubts(facts, holder, event), len(holder))


class OfSides(NamedTuple):
    """Sure events in lists, one for each key, actor and target that is asked for; in a list they are in their order.

    An event is in the lists of everybody, and in those of its actor and of all that this one is part of; so it is with
    its target. It is in the list of a holder where its doing is not `by_others`.
    """

    number: Ints
    """Of the list; lists follow each other."""
    event: Ints
    """The position of the event among those from which the lists were made."""
    first: Ints
    """For each holder where the events of its side that speak against it for certain begin; and where they stop."""
    stop: Ints

    @classmethod
    def of(cls, facts: Facts, holder: Ints, ours: tuple[Ints, Ints, Ints], event: Ints, key: Ints) -> OfSides:
        """The lists of these holders among events sorted by key. `ours`: of each holder the key, from which position
        on, and up to which one.
        """
        own, first, stop = ours
        found = np.flatnonzero(~facts.unsure[event])
        number = key[found]
        for side in (facts.actor, facts.target):
            asked = np.where(facts.one_sided, side, NOBODY)[holder]
            sided = np.flatnonzero(np.isin(number, own[asked != NOBODY]))
            at, named = facts.actors.expand(side[event[found[sided]]])
            of_found = np.concatenate([np.full(len(found), NOBODY), named])
            found, number = np.append(found, found[sided[at]]), np.append(number, number[sided[at]])
            both = combined(np.append(own, number), np.append(asked, of_found))
            own, number = both[: len(holder)], both[len(holder) :]
            # What nobody asks for is left out before targets are looked at: lists stay few and short.
            kept = np.isin(number, own)
            found, number = found[kept], number[kept]
        size = len(event) + 1
        line = in_order(number * size + found)[1]
        begin, end = (np.searchsorted(line, own * size + bound).astype(np.int64) for bound in (first, stop))
        return cls(line // size, line % size, begin, np.where(facts.unsure[holder], begin, end))
