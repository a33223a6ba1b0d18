"""Family `attribution`: different actors are named as having begun, or being at fault for, one incident."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.families.turns import in_turn
from claimtrack.discrepancy.joins.keys import among
from claimtrack.discrepancy.pairs import DEFINITE, POSSIBLE, TENSION, table
from claimtrack.discrepancy.verdicts import Doubt, doubted
from claimtrack.scopes import NOBODY, Bools, Ints, spans

CODE = "attribution-conflict"


def find(facts: Facts) -> Iterator[pd.DataFrame]:
    """All pairs of the family in slices (see `in_turn`), the claim that was said earlier first.

    Actors of whom one is part of the other do not exclude each other, and neither do several that one statement names:
    it names them together. Who names one of these alone does so at most possibly in conflict with it, and so does who
    speaks of another place, or names another part of the same side.
    """
    rows = np.flatnonzero(facts.names_actor & (facts.blame | facts.exclusive))
    return in_turn(facts, rows, _conflicts)


def _conflicts(facts: Facts, left: Ints, right: Ints) -> pd.DataFrame:
    apart = ~_akin(facts, left, right)
    apart &= facts.statement[left] != facts.statement[right]
    kind, predicate = facts.kind.code, facts.predicate.code
    one_word = (kind[left] == kind[right]) & (predicate[left] == predicate[right])
    exclusive = one_word & facts.exclusive[left]
    both_blame = facts.blame[left] & facts.blame[right]
    kept = apart & (exclusive | both_blame)
    left, right, exclusive = left[kept], right[kept], exclusive[kept]
    doubtful = facts.doubtful[left] | facts.doubtful[right] | doubted(doubts(facts, left, right), len(left))
    for ours, theirs in ((left, right), (right, left)):
        doubtful[named_too(facts, ours, theirs)[0]] = True
    strength = np.where(exclusive, np.where(doubtful, POSSIBLE, DEFINITE), TENSION)
    return table(left, right, CODE, strength, {"parties": np.full(len(left), 2.0)})


def named_too(facts: Facts, ours: Ints, theirs: Ints) -> tuple[Ints, Ints]:
    """Where the statement of one claim also names the actor of the other, or one akin: the pair, and the claim for it.

    Only of claims that say so in one exclusive word, where no actor leaves room for another.
    """
    claims, first, size, fellows = facts.together
    pair = np.flatnonzero(among(ours, claims))
    at = np.searchsorted(claims, ours[pair])
    pair, fellow = np.repeat(pair, size[at]), fellows[spans(first[at], size[at])]
    akin = _akin(facts, fellow, theirs[pair])
    return pair[akin], fellow[akin]


def doubts(facts: Facts, left: Ints, right: Ints) -> Iterator[Doubt]:
    """Who speaks of another place, neither of which is part of the other, need not speak of the same beginning.

    Who names another part of the same side (the army of a state, and its ministry) may speak of the same act.
    """
    ours, theirs = facts.place[left], facts.place[right]
    one_place = facts.places.contains(ours, theirs) | facts.places.contains(theirs, ours)
    yield Doubt("place_id", right, (ours != NOBODY) & (theirs != NOBODY) & ~one_place)
    yield Doubt("actor_id", right, facts.actors.of_one_root(facts.actor[left], facts.actor[right]))


def _akin(facts: Facts, left: Ints, right: Ints) -> Bools:
    """Whether one of the actors that two claims name is part of the other, or both are one."""
    ours, theirs = facts.actor[left], facts.actor[right]
    return facts.actors.contains(ours, theirs) | facts.actors.contains(theirs, ours)


def mutual(facts: Facts, left: Ints, right: Ints) -> Bools:
    """Whether the claimant of each claim belongs to the actor that the other one names."""
    contains = facts.actors.contains
    return contains(facts.actor[left], facts.claimant[right]) & contains(facts.actor[right], facts.claimant[left])
