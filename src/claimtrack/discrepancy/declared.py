"""What people declared in links.csv, looked up for pairs of claims."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.keys import among, distinct
from claimtrack.scopes import Bools, Ints

DISAGREE = frozenset({"contradicts", "in_tension", "denies"})
"""Relations that say what a computed discrepancy says too."""
COMPATIBLE = frozenset({"compatible"})


def links(facts: Facts, relations: Collection[str]) -> tuple[Ints, Ints]:
    """The declared links of these relations as positions of claims: from, to."""
    chosen = facts.relation.is_one_of(*relations)
    source, target = facts.linked
    return source[chosen], target[chosen]


@dataclass(frozen=True)
class Declared:
    """Links of some relations, either way round."""

    named: Bools
    """Whether each claim has such a link."""
    both: Ints
    """The two claims of each link as one integer, sorted."""

    @classmethod
    def of(cls, facts: Facts, relations: Collection[str]) -> Declared:
        """The links of these relations."""
        source, target = links(facts, relations)
        named = np.zeros(len(facts), dtype=bool)
        named[source] = named[target] = True
        return cls(named, distinct(_as_one(source, target, len(facts))))

    def between(self, left: Ints, right: Ints) -> Bools:
        """Whether there is one between the two claims of each pair."""
        found: Bools = self.named[left] & self.named[right]
        asked = np.flatnonzero(found)
        found[asked] = among(_as_one(left[asked], right[asked], len(self.named)), self.both)
        return found


def _as_one(one: Ints, other: Ints, size: int) -> Ints:
    """Two claims of `size` as one integer, the same either way round."""
    return np.minimum(one, other) * size + np.maximum(one, other)
