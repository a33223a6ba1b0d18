"""The incidents of all theatres: battles, truces, and questions that have one answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic.draws import BLANK, Floats, Ints, Pools, chance, pick
from synthetic.places import Places
from synthetic.shape import FIRST_DAY, Shape
from synthetic.wall import DAY, HOUR, MISSING, Moments, Zones

BATTLE, TRUCE, QUESTION = range(3)
NAMES = ("battle", "truce", "question")
CLAIMS_EACH = (100, 400, 200)
"""One incident of each sort for so many claims."""
PLACED = {
    BATTLE: (0.02, 0.06, 0.17, 0.35, 0.40),
    TRUCE: (0.10, 0.15, 0.30, 0.25, 0.20),
    QUESTION: (0.0, 0.0, 0.0, 0.2, 0.8),
}
"""How often an incident's place is the area, a country, a region, a district, a settlement."""
CAMPAIGN = 30
"""Days of the battle that is always going on in a theatre."""
LONGEST = 40
OPEN_TRUCES = 0.02
WEIGHT_LIMIT = 40.0


@dataclass(frozen=True)
class Incidents:
    """All incidents by number, and which of a sort are spoken of in a theatre on a day."""

    ids: pa.Array
    sort: Ints
    theatre: Ints
    place: Ints
    starts: Moments
    ends: Moments
    scale: Floats
    """About how many are lost in it."""
    spoken_of: Pools
    days: int
    theatres: int

    def draw(self, rng: np.random.Generator, sort: Ints, theatre: Ints, day: Ints) -> Ints:
        """An incident of each sort that is spoken of in the theatre on the day; `BLANK` if there is none."""
        return self.spoken_of.draw(rng, (sort * self.theatres + theatre) * self.days + day)


def build(shape: Shape, places: Places, zones: Zones) -> Incidents:
    """The incidents of all theatres, sorted by their first day."""
    rng = shape.rng(4)
    sort, theatre, begins = _drawn(rng, shape)
    order = np.lexsort((sort, theatre, begins))
    sort, theatre, begins = sort[order], theatre[order], begins[order]
    campaign = order >= len(order) - _campaigns(shape)
    place = _places(rng, places, sort, theatre, campaign)
    lasts = np.clip(rng.lognormal(1.3, 0.9, len(sort)).astype(np.int64) + 1, 1, LONGEST)
    lasts = np.where(campaign, CAMPAIGN, lasts)
    first = int(np.datetime64(FIRST_DAY, "D").astype(np.int64))
    wall = (first + begins) * DAY + rng.integers(0, 96, len(sort)) * (DAY // 96)
    wall = np.where(campaign, (first + begins) * DAY, wall)
    held = np.clip(rng.lognormal(3.2, 1.0, len(sort)), 2, 240).astype(np.int64) * HOUR
    ended = wall + np.where(sort == TRUCE, held, lasts * DAY)
    blank = chance(rng, OPEN_TRUCES, len(sort)) if not shape.hostile else np.ones(len(sort), dtype=bool)
    blank = np.where(sort == TRUCE, blank, chance(rng, 0.4, len(sort)) | shape.hostile)
    zone = np.array(places.zone)[place]
    zone = np.where(zone == BLANK, zones.names.index("UTC"), zone)
    starts = zones.read(np.where(chance(rng, 0.97, len(sort)) | (sort == TRUCE), wall, MISSING), zone)
    ends = zones.read(np.where(blank, MISSING, ended), zone)
    active = np.where(sort == TRUCE, np.minimum(held // DAY, 10) + 2, lasts)
    weight = np.where(campaign, 1.0, np.minimum(rng.pareto(1.1, len(sort)) + 0.2, WEIGHT_LIMIT))
    return Incidents(
        _ids(sort, begins),
        sort,
        theatre,
        place,
        starts,
        ends,
        rng.lognormal(3, 1.1, len(sort)),
        _spoken_of(shape, sort, theatre, begins, active, weight),
        shape.days,
        shape.theatres,
    )


def _campaigns(shape: Shape) -> int:
    return shape.theatres * -(-shape.days // CAMPAIGN)


def _drawn(rng: np.random.Generator, shape: Shape) -> tuple[Ints, Ints, Ints]:
    """Sort, theatre and first day of each incident; the campaigns come last."""
    sorts, theatres, begins = [], [], []
    for sort, each in enumerate(CLAIMS_EACH):
        number = max(2, shape.claims // each)
        sorts.append(np.full(number, sort, dtype=np.int64))
        theatres.append(pick(rng, shape.theatre_weights.tolist(), number))
        begins.append(rng.integers(0, shape.days, number))
    campaigns = _campaigns(shape)
    sorts.append(np.full(campaigns, BATTLE, dtype=np.int64))
    theatres.append(np.repeat(np.arange(shape.theatres), campaigns // shape.theatres))
    begins.append(np.tile(np.arange(0, shape.days, CAMPAIGN), shape.theatres))
    return np.concatenate(sorts), np.concatenate(theatres), np.concatenate(begins)


def _places(
    rng: np.random.Generator, places: Places, sort: Ints, theatre: Ints, campaign: npt.NDArray[np.bool_]
) -> Ints:
    chosen = np.zeros(len(sort), dtype=np.int64)
    for one in range(len(places.area)):
        levels = [[places.area[one]], list(places.countries[one])]
        levels += [places.levels[kind][one] for kind in ("region", "district", "settlement")]
        flat = np.array([place for level in levels for place in level], dtype=np.int64)
        edges = np.cumsum([0, *(len(level) for level in levels)])
        for kind, weights in PLACED.items():
            rows = np.flatnonzero((theatre == one) & (sort == kind))
            level = np.where(campaign[rows], 0, pick(rng, weights, len(rows)))
            offset = (rng.random(len(rows)) ** 2 * (edges[level + 1] - edges[level])).astype(np.int64)
            chosen[rows] = flat[edges[level] + offset]
    return chosen


def _ids(sort: Ints, begins: Ints) -> pa.Array:
    days = (np.datetime64(FIRST_DAY, "D") + np.arange(begins.max() + 1)).astype(str)
    named = zip(sort.tolist(), begins.tolist(), strict=True)
    return pa.array([f"{NAMES[kind]}-{days[day]}-{number}" for number, (kind, day) in enumerate(named)])


def _spoken_of(shape: Shape, sort: Ints, theatre: Ints, begins: Ints, active: Ints, weight: Floats) -> Pools:
    """Claims are made of an incident from its first day on, most of them at first."""
    stop = np.minimum(begins + active, shape.days)
    size = stop - begins
    incident = np.repeat(np.arange(len(sort)), size)
    since = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    group = (sort[incident] * shape.theatres + theatre[incident]) * shape.days + begins[incident] + since
    fading = weight[incident] / (1 + since / 3)
    return Pools.of(group, incident.astype(np.int64), fading, len(NAMES) * shape.theatres * shape.days)
