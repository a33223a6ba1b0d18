"""Whose time zones an assumed offset may be of: those of the place, the claimant and the publisher of a claim."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from claimtrack.rules.cells import Positions, found, is_any, numbered, pick
from claimtrack.rules.hierarchies import edges_of
from claimtrack.rules.remembered import remembered
from claimtrack.scopes import cells_of

if TYPE_CHECKING:
    from claimtrack.package import Package

Zones = frozenset[str]

UNTOLD, BLANK = -1, -2
"""The numbers of zones that cannot be told, and of those of nobody."""


@cache
def known_zones() -> Zones:
    """The names of the zone database."""
    return frozenset(available_timezones())


@remembered
def inherited(frame: pd.DataFrame, key: str, *up: str) -> dict[str, Zones]:
    """The zones of each id of a hierarchy: its own and those of all that contain it.

    Ids below one that does not exist, on a circle or below one are left out: what they inherit cannot be told.
    """
    zones = {
        name: known_zones() & {zone}
        for name, zone in zip(cells_of(frame[key]), cells_of(frame["time_zone"]), strict=True)
        if name is not None
    }
    edges = edges_of(frame, key, *up)
    waiting = Counter(edge.child for edge in edges)
    below: dict[str, list[str]] = {}
    for edge in edges:
        below.setdefault(edge.parent, []).append(edge.child)
    told: dict[str, Zones] = {}
    ready = deque(name for name in zones if not waiting[name])
    while ready:
        name = ready.popleft()
        told[name] = zones[name]
        for child in below.get(name, ()):
            zones[child] |= zones[name]
            waiting[child] -= 1
            if not waiting[child]:
                ready.append(child)
    return told


class _Sets:
    """Numbers for sets of zones: thousands of places and actors share some dozens of them."""

    def __init__(self) -> None:
        self.numbers: dict[Zones, int] = {frozenset(): 0}

    def of(self, names: pd.Series[Any], zones: Mapping[str, Zones]) -> Positions:
        """The number of each of the names; `UNTOLD` where its zones are not known, `BLANK` where there is no name."""
        found = [
            self.numbers.setdefault(zones[name], len(self.numbers)) if name in zones else UNTOLD if name else BLANK
            for name in pa.array(names).to_pylist()
        ]
        return np.array(found, dtype=np.intp)


@dataclass(frozen=True)
class Concerned:
    """The claims with an assumed zone, and whose zones may be meant.

    `rows` are positions of claims, `groups` the group that each is in, `zones` the zones of each group. Claims of which
    the zones of one of the three cannot be told are left out: they may be the ones that fit.
    """

    rows: Positions
    groups: Positions
    zones: tuple[Zones, ...]

    @classmethod
    def of(cls, package: Package) -> Concerned:
        """Who is concerned by the claims of a package."""
        rows = np.flatnonzero(is_any(package.claims, "zone_basis", "assumed"))
        sets = _Sets()
        place, claimant, publisher = (numbers[rows] for numbers in _parties(package, sets))
        told = (place >= 0) & (claimant >= 0) & (publisher >= 0)
        many = len(sets.numbers)
        together = (place[told] * many + claimant[told]) * many + publisher[told]
        groups, different = pd.factorize(together)
        known = list(sets.numbers)
        three = np.stack([different // many**2, different // many % many, different % many], axis=1)
        zones = tuple(frozenset().union(*(known[number] for number in numbers)) for numbers in three.tolist())
        return cls(rows[told], groups.astype(np.intp), zones)


def _parties(package: Package, sets: _Sets) -> tuple[Positions, Positions, Positions]:
    """For each claim the numbers of the zones of its place, or that of its incident, its claimant and its publisher."""
    claims, incidents, sources = package.claims, package.incidents, package.sources
    actors = inherited(package.actors, "actor_id", "member_of", "based_in")
    places = inherited(package.places, "place_id", "part_of", "also_within")

    coded = {column: numbered(claims[column]) for column in ("place_id", "incident_id", "claimant_id", "source_id")}
    names = {column: different for column, (_, different) in coded.items()}

    def each(column: str, of_names: npt.NDArray[np.intp]) -> Positions:
        return np.append(of_names, BLANK)[coded[column][0]]

    scenes = pick(incidents["place_id"], found(names["incident_id"], incidents["incident_id"]))
    outlets = pick(sources["publisher_id"], found(names["source_id"], sources["source_id"]))
    place, scene = each("place_id", sets.of(names["place_id"], places)), each("incident_id", sets.of(scenes, places))
    place = np.where(place == BLANK, np.where(scene == BLANK, 0, scene), place)
    claimant = each("claimant_id", sets.of(names["claimant_id"], actors))
    return place, claimant, each("source_id", sets.of(outlets, actors))
