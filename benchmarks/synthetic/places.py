"""The places of all theatres: area, two countries, their regions and districts, settlements and quarters, a border."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from synthetic.draws import BLANK, Bools, Floats, Ints, between
from synthetic.names import Names
from synthetic.shape import Shape
from synthetic.wall import ZONES

Row = dict[str, str]

REGIONS, DISTRICTS = 4, 4
"""Of each country, and of each region."""
QUARTERS = 5
QUARTERED_SHARE, BORDER_SHARE, LINE_SHARE = 0.05, 0.15, 0.3


@dataclass
class Places:
    """All places by number. A *spot* is a settlement or a quarter; every place covers a run of spots."""

    rows: list[Row] = field(default_factory=list)
    zone: list[int] = field(default_factory=list)
    cover: list[tuple[int, int]] = field(default_factory=list)
    spots: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    area: list[int] = field(default_factory=list)
    """Of each theatre, and so the next three."""
    border: list[int] = field(default_factory=list)
    countries: list[tuple[int, int]] = field(default_factory=list)
    levels: dict[str, list[list[int]]] = field(default_factory=dict)
    """By kind (region, district, settlement): the places of each theatre."""

    def add(self, id_name: tuple[str, str], kind: str, zone: int, **cells: str) -> int:
        """A new place, covering nothing yet; returns its number."""
        place_id, name = id_name
        aliases = f"{name}a|{name}o" if len(self.rows) % 7 == 0 else ""
        self.rows.append({"place_id": place_id, "name": name, "kind": kind, "aliases": aliases, **cells})
        self.zone.append(zone)
        self.cover.append((len(self.spots), len(self.spots)))
        return len(self.rows) - 1

    def close(self, place: int) -> None:
        """Make a place cover all spots that were added since it was."""
        self.cover[place] = (self.cover[place][0], len(self.spots))

    def id(self, place: int) -> str:
        """The id of a place."""
        return self.rows[place]["place_id"]

    def freeze(self) -> Ground:
        """The places as arrays."""
        first, stop = np.array(self.cover, dtype=np.int64).T
        edges = np.concatenate([[0.0], np.cumsum(self.weights)])
        return Ground(np.array(self.spots, dtype=np.int64), edges, first, stop, np.array(self.zone, dtype=np.int64))


@dataclass(frozen=True)
class Ground:
    """The spots, how likely each is (as running sums), which of them each place covers, and the zone of each place."""

    spots: Ints
    edges: Floats
    first: Ints
    stop: Ints
    zone: Ints

    def spot_in(self, rng: np.random.Generator, place: Ints) -> Ints:
        """A spot inside each of the places; `BLANK` where that is blank."""
        known = np.where(place == BLANK, 0, place)
        return np.where(
            place == BLANK, BLANK, self.spots[between(rng, self.edges, self.first[known], self.stop[known])]
        )

    def has_spots(self, place: Ints, least: int) -> Bools:
        """Which of the places cover so many spots at least."""
        known = np.where(place == BLANK, 0, place)
        enough: Bools = (place != BLANK) & (self.stop[known] - self.first[known] >= least)
        return enough

    def nth_spot_in(self, place: Ints, number: Ints) -> Ints:
        """The spot of that number inside each of the places, counted in a circle."""
        size = np.maximum(self.stop[place] - self.first[place], 1)
        spot: Ints = self.spots[np.minimum(self.first[place] + number % size, len(self.spots) - 1)]
        return spot


def build(shape: Shape) -> Places:
    """The places of all theatres."""
    rng = shape.rng(2)
    names, places = Names(rng), Places(levels={"region": [], "district": [], "settlement": []})
    for theatre in range(shape.theatres):
        west = int(rng.integers(len(ZONES) - 1))
        area = places.add(names.new(3), "area", BLANK)
        border = places.add((f"{places.id(area)}-border", "Border"), "line", BLANK, part_of=places.id(area))
        sectors = []
        for number in range(1, 4):
            sector_id = f"{places.id(border)}-sector-{number}"
            places.add((sector_id, f"Sector {number} of the border"), "area", BLANK, part_of=places.id(border))
            sectors.append(sector_id)
        for level in places.levels.values():
            level.append([])
        settlements = int(shape.settlements[theatre])
        pair = [
            _country(rng, names, places, places.id(area), zone, settlements // 2, (places.id(border), *sectors))
            for zone in (west, west + 1)
        ]
        places.close(area)
        places.cover[border] = places.cover[area]
        places.area.append(area)
        places.border.append(border)
        places.countries.append((pair[0], pair[1]))
    return places


def _country(
    rng: np.random.Generator,
    names: Names,
    places: Places,
    area: str,
    zone: int,
    settlements: int,
    line: tuple[str, ...],
) -> int:
    country = places.add(names.new(2), "country", zone, part_of=area, time_zone=ZONES[zone])
    latitude, longitude = rng.uniform(-50, 60), rng.uniform(-120, 150)
    sizes = rng.multinomial(settlements - REGIONS * DISTRICTS, rng.dirichlet(np.full(REGIONS * DISTRICTS, 0.8))) + 1
    for number, size in enumerate(sizes.tolist()):
        if number % DISTRICTS == 0:
            region = places.add(names.new(3), "region", zone, part_of=places.id(country))
            places.levels["region"][-1].append(region)
        district = places.add(names.new(3), "district", zone, part_of=places.id(region))
        places.levels["district"][-1].append(district)
        for rank in range(size):
            cells = {"part_of": places.id(district), "time_zone": ZONES[zone]}
            if rng.random() < BORDER_SHARE:
                sector = line[1 + int(rng.integers(len(line) - 1))]
                cells["also_within"] = f"{line[0]}|{sector}" if rng.random() < LINE_SHARE else sector
            cells["latitude"] = f"{latitude + rng.uniform(-3, 3):.4f}"
            cells["longitude"] = f"{longitude + rng.uniform(-3, 3):.4f}"
            places.levels["settlement"][-1].append(_settlement(rng, names, places, zone, rank, cells))
        places.close(district)
        places.close(region)
    places.close(country)
    return country


def _settlement(rng: np.random.Generator, names: Names, places: Places, zone: int, rank: int, cells: Row) -> int:
    """A settlement, and the quarters of a larger one. The first of a district is spoken of most."""
    settlement = places.add(names.new(2), "settlement", zone, **cells)
    weight = float(rng.pareto(1.3) + 0.2) / (rank + 1) ** 0.8
    places.spots.append(settlement)
    places.weights.append(weight)
    if rng.random() < QUARTERED_SHARE:
        for number in range(1, QUARTERS + 1):
            quarter_id = f"{places.id(settlement)}-quarter-{number}"
            quarter = places.add((quarter_id, f"Quarter {number}"), "area", zone, part_of=places.id(settlement))
            places.spots.append(quarter)
            places.weights.append(weight / 10)
            places.close(quarter)
    places.close(settlement)
    return settlement
