"""Family `attribution`: different actors are named as having begun, or being at fault for, one incident."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import NOBODY, Facts
from claimtrack.discrepancy.families.turns import in_turn
from claimtrack.discrepancy.pairs import DEFINITE, POSSIBLE, TENSION, table
from claimtrack.scopes import Bools, Ints

CODE = "attribution-conflict"


def find(facts: Facts) -> Iterator[pd.DataFrame]:
    """All pairs of the family in slices (see `in_turn`), the claim that was said earlier first.

    Actors of whom one is part of the other do not exclude each other, and neither do several that one statement names:
    it names them together.
    """
    rows = np.flatnonzero(
        facts.asserts
        & facts.compared
        & (facts.blame | facts.exclusive)
        & (facts.actor != NOBODY)
        & (facts.incident != NOBODY)
    )
    return in_turn(facts, rows, _conflicts)


def _conflicts(facts: Facts, left: Ints, right: Ints) -> pd.DataFrame:
    ours, theirs = facts.actor[left], facts.actor[right]
    apart = ~facts.actors.contains(ours, theirs) & ~facts.actors.contains(theirs, ours)
    apart &= facts.statement[left] != facts.statement[right]
    kind, predicate = facts.kind.code, facts.predicate.code
    one_word = (kind[left] == kind[right]) & (predicate[left] == predicate[right])
    exclusive = one_word & facts.exclusive[left]
    both_blame = facts.blame[left] & facts.blame[right]
    kept = apart & (exclusive | both_blame)
    left, right, exclusive = left[kept], right[kept], exclusive[kept]
    doubtful = facts.doubtful[left] | facts.doubtful[right]
    strength = np.where(exclusive, np.where(doubtful, POSSIBLE, DEFINITE), TENSION)
    return table(left, right, CODE, strength, {"parties": np.full(len(left), 2.0)})


def mutual(facts: Facts, left: Ints, right: Ints) -> Bools:
    """Whether the claimant of each claim belongs to the actor that the other one names."""
    contains = facts.actors.contains
    return contains(facts.actor[left], facts.claimant[right]) & contains(facts.actor[right], facts.claimant[left])
