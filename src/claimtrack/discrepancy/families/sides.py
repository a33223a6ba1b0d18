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
    """Sure events in lists, one for each key and side that is asked for; in a list they are in their order.

    An event is in the list of everybody, and in those of its actor and of all that this one is part of.
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
        of_holder, first, stop = ours
        side = np.where(facts.one_sided, facts.actor, NOBODY)[holder]
        sure = np.flatnonzero(~facts.unsure[event])
        sided = sure[np.isin(key[sure], of_holder[side != NOBODY])]
        at, actor = facts.actors.expand(facts.actor[event[sided]])
        found = np.append(sure, sided[at])
        of_found = np.concatenate([np.full(len(sure), NOBODY), actor])
        number = combined(np.append(of_holder, key[found]), np.append(side, of_found))
        own, number = number[: len(holder)], number[len(holder) :]
        asked = np.isin(number, own)
        size = len(event) + 1
        line = in_order(number[asked] * size + found[asked])[1]
        begin, end = (np.searchsorted(line, own * size + bound).astype(np.int64) for bound in (first, stop))
        return cls(line // size, line % size, begin, np.where(facts.unsure[holder], begin, end))
