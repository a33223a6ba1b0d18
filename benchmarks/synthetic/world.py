"""Everything that is there before the first claim: places, actors, incidents, zones, the codebook."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from synthetic import actors, incidents, places
from synthetic.draws import Ints, Pools
from synthetic.shape import Shape
from synthetic.wall import Zones

CODEBOOK = Path(__file__).parent / "codebook.csv"

Row = Mapping[str, str]


@dataclass(frozen=True)
class World:
    """The things that claims are about, as arrays, and their names."""

    shape: Shape
    zones: Zones
    ground: places.Ground
    cast: actors.Cast
    incidents: incidents.Incidents
    theatre_of_day: Pools
    place_rows: Sequence[Row]
    actor_rows: Sequence[Row]
    areas: Ints
    """The outermost place of each theatre, and its border."""
    border: Ints
    place_ids: pa.Array
    place_names: pa.Array
    actor_ids: pa.Array
    actor_names: pa.Array
    unnamed_share: float = 0.004
    """How many statements are by somebody whom the source does not name; each gets an actor of its own."""


def build(shape: Shape) -> World:
    """The world of a package."""
    zones = Zones.known()
    ground = places.build(shape)
    cast = actors.build(shape, ground)
    return World(
        shape,
        zones,
        ground.freeze(),
        cast.freeze(shape.theatres),
        incidents.build(shape, ground, zones),
        _busy(shape),
        ground.rows,
        cast.rows,
        np.array(ground.area, dtype=np.int64),
        np.array(ground.border, dtype=np.int64),
        pa.array([row["place_id"] for row in ground.rows]),
        pa.array([row["name"] for row in ground.rows]),
        pa.array([row["actor_id"] for row in cast.rows]),
        pa.array([row["name"] for row in cast.rows]),
    )


def _busy(shape: Shape) -> Pools:
    """How much each theatre is spoken of on each day."""
    rng = shape.rng(5)
    weights = np.tile(shape.theatre_weights, (shape.days, 1)) * rng.lognormal(0, 0.5, (shape.days, shape.theatres))
    day, theatre = (axis.ravel() for axis in np.indices(weights.shape))
    return Pools.of(day.astype(np.int64), theatre.astype(np.int64), weights.ravel(), shape.days)


def codebook() -> list[dict[str, str]]:
    """The rows of the codebook."""
    with CODEBOOK.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
