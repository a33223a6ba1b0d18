"""What people declared in links.csv, looked up for pairs of claims."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.keys import among, distinct
from claimtrack.scopes import Bools, Ints

DISAGREE = frozenset({"contradicts", "in_tension", "denies"})
"""Relations that say what a computed discrepancy says too."""
COMPATIBLE = frozenset({"compatible"})


def links(facts: Facts, relations: Collection[str]) -> tuple[Ints, Ints]:
    """The declared links of these relations as positions of claims: from, to."""
    chosen = facts.package.links["relation"].isin(relations).to_numpy(dtype=bool)
    source, target = facts.linked
    return source[chosen], target[chosen]


def is_linked(facts: Facts, left: Ints, right: Ints, relations: Collection[str]) -> Bools:
    """For each pair: is one of these relations declared between the two, either way round?"""
    source, target = links(facts, relations)
    declared = distinct(np.minimum(source, target) * len(facts) + np.maximum(source, target))
    asked = np.minimum(left, right) * len(facts) + np.maximum(left, right)
    return among(asked, declared)
