"""Every family's rule said slowly, for comparison: nothing here is shared with the library but the package itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from oracle_counts import count, series
from oracle_states import Found, answer, attribution, ceasefire, denial, start, state
from oracle_world import World

from claimtrack.package import Package

FAMILIES: dict[str, Callable[[World], Iterator[Found]]] = {
    "state": state,
    "ceasefire": ceasefire,
    "count": count,
    "series": series,
    "attribution": attribution,
    "denial": denial,
    "start": start,
    "answer": answer,
}


def discrepancies(package: Package) -> dict[str, list[Found]]:
    """Every discrepancy of the package by family, and under `suppressed` what people declared compatible."""
    world = World(package)
    by_id = {claim.id: claim for claim in world}
    found: dict[str, list[Found]] = {"suppressed": []}
    for family, rule in FAMILIES.items():
        found[family] = []
        for pair in rule(world):
            hidden = world.linked(by_id[pair.left], by_id[pair.right], "compatible")
            found["suppressed" if hidden else family].append(pair)
    return {family: sorted(pairs, key=repr) for family, pairs in found.items()}
