"""Of which side something is said: what one side keeps, that side alone surely breaks."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.keys import combined, in_order
from claimtrack.scopes import NOBODY, Bools, Ints


def by_others(facts: Facts, holder: Ints, event: Ints) -> Bools:
    """Whether the holder says that somebody held their fire, and the event may be the doing of others.

    It is not where its actor is the one of the holder, or part of it.
    """
    found = facts.one_sided.take(holder)
    asked = np.flatnonzero(found)
    ours, theirs = facts.actor.take(holder.take(asked)), facts.actor.take(event.take(asked))
    found[asked] = ~facts.actors.contains(ours, theirs)
    return found


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
