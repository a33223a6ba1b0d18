"""The actors: two states in each theatre with institutions, forces, people and outlets; and the rest of the world."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from synthetic.draws import BLANK, Ints, Pools
from synthetic.names import Names, titled
from synthetic.places import Places
from synthetic.shape import Shape
from synthetic.wall import ZONES

Row = dict[str, str]

MINISTRIES = ("foreign-ministry", "defence-ministry", "interior-ministry", "emergency-service")
COUNTING = ("defence-ministry", "emergency-service")
NEUTRAL_STATES, WIRES = 6, 3


@dataclass
class Actors:
    """All actors by number; a claimant belongs to a side (0, 1) of a theatre, or to none (`BLANK`)."""

    rows: list[Row] = field(default_factory=list)
    zone: list[int] = field(default_factory=list)
    side: list[int] = field(default_factory=list)
    states: list[list[int]] = field(default_factory=list)
    """By theatre and side, and so the next two."""
    forces: list[list[list[int]]] = field(default_factory=list)
    populations: list[list[list[int]]] = field(default_factory=list)
    wires: list[int] = field(default_factory=list)
    organisations: list[int] = field(default_factory=list)
    claimants: list[tuple[int, int, float]] = field(default_factory=list)
    """Theatre, actor, weight; and so the next two. Counters are those who give most of the figures."""
    counters: list[tuple[int, int, float]] = field(default_factory=list)
    publishers: list[tuple[int, int, float]] = field(default_factory=list)

    def add(self, actor_id: str, kind: str, zone: int, side: int = BLANK, **cells: str) -> int:
        """A new actor; returns its number."""
        self.rows.append({"actor_id": actor_id, "kind": kind, "name": titled(actor_id), **cells})
        self.zone.append(zone)
        self.side.append(side)
        return len(self.rows) - 1

    def id(self, actor: int) -> str:
        """The id of an actor."""
        return self.rows[actor]["actor_id"]

    def freeze(self, theatres: int) -> Cast:
        """The actors as arrays."""
        return Cast(
            np.array(self.zone, dtype=np.int64),
            np.array(self.side, dtype=np.int64),
            np.array(self.states, dtype=np.int64),
            np.array(self.forces, dtype=np.int64),
            np.array(self.populations, dtype=np.int64),
            np.array(self.wires, dtype=np.int64),
            np.array(self.organisations, dtype=np.int64),
            _pools(self.claimants, theatres),
            _pools(self.counters, theatres),
            _pools(self.publishers, theatres),
        )


@dataclass(frozen=True)
class Cast:
    """The actors as arrays, see `Actors`; `states`, `forces` and `populations` by theatre, side (and number)."""

    zone: Ints
    side: Ints
    states: Ints
    forces: Ints
    populations: Ints
    wires: Ints
    organisations: Ints
    claimants: Pools
    counters: Pools
    publishers: Pools


def _pools(rows: Iterable[tuple[int, int, float]], theatres: int) -> Pools:
    theatre, actor, weight = zip(*rows, strict=True)
    group, member = np.array(theatre, dtype=np.int64), np.array(actor, dtype=np.int64)
    return Pools.of(group, member, np.array(weight), theatres)


def build(shape: Shape, places: Places) -> Actors:
    """The actors of all theatres."""
    rng = shape.rng(3)
    names, actors = Names(rng), Actors()
    neutral = [_neutral(names, actors, int(zone)) for zone in rng.permutation(len(ZONES))[:NEUTRAL_STATES]]
    for number in range(WIRES):
        home = neutral[number]
        wire = actors.add(f"wire-{names.new(2)[0]}", "outlet", actors.zone[home], based_in=actors.id(home))
        actors.wires.append(wire)
    for theatre in range(shape.theatres):
        actors.forces.append([])
        actors.populations.append([])
        actors.states.append([])
        for side, country in enumerate(places.countries[theatre]):
            _state(rng, names, actors, theatre, side, places, country)
        for home in neutral:
            outlet = actors.add(f"{names.new(2)[0]}-news", "outlet", actors.zone[home], based_in=actors.id(home))
            actors.publishers.append((theatre, outlet, float(rng.pareto(1.2) + 0.3)))
            actors.claimants.append((theatre, outlet, 1.0))
        actors.publishers += [(theatre, wire, 2.0) for wire in actors.wires]
        actors.claimants += [(theatre, organisation, 0.6) for organisation in actors.organisations]
    return actors


def _neutral(names: Names, actors: Actors, zone: int) -> int:
    """A state that takes no part, and an organisation with two missions in it."""
    plain, _ = names.new(2)
    state = actors.add(f"{plain}-republic", "state", zone, time_zone=ZONES[zone])
    head = actors.add(f"{plain}-organisation", "organisation", zone, time_zone=ZONES[zone])
    actors.organisations.append(head)
    for mission in ("monitoring-mission", "aid-mission"):
        actors.organisations.append(
            actors.add(f"{plain}-{mission}", "organisation", zone, member_of=actors.id(head), time_zone=ZONES[zone])
        )
    return state


def _state(
    rng: np.random.Generator, names: Names, actors: Actors, theatre: int, side: int, places: Places, country: int
) -> None:
    zone, plain = places.zone[country], places.id(country)
    state = actors.add(plain, "state", zone, side, time_zone=ZONES[zone], aliases=f"{plain.title()}ia")
    actors.states[-1].append(state)

    def claimant(actor_id: str, kind: str, member_of: int, weight: float) -> int:
        actor = actors.add(actor_id, kind, zone, side, member_of=actors.id(member_of))
        actors.claimants.append((theatre, actor, weight))
        return actor

    for weight, ministry in zip((6.0, 12.0, 3.0, 4.0), MINISTRIES, strict=True):
        office = claimant(f"{plain}-{ministry}", "institution", state, weight)
        claimant(f"{plain}-{ministry}-spokesperson-{names.new(2)[0]}", "person", office, weight / 3)
        if ministry in COUNTING:
            actors.counters.append((theatre, office, weight))
    claimant(f"{plain}-president-{names.new(2)[0]}", "person", state, 3.0)
    for number in range(1, 9):
        administration = claimant(f"{plain}-administration-{number}", "institution", state, 0.8)
        claimant(f"{plain}-mayor-{names.new(2)[0]}-{number}", "person", administration, 0.4)
    army = claimant(f"{plain}-armed-forces", "armed_force", state, 3.0)
    forces = [army]
    for number in range(1, 4):
        corps = claimant(f"{plain}-corps-{number}", "armed_force", army, 0.5)
        forces += [corps, claimant(f"{plain}-brigade-{number}", "armed_force", corps, 0.3)]
    actors.forces[-1].append(forces)
    members = actors.add(f"{plain}-service-members", "population", zone, side, member_of=plain)
    conscripts = actors.add(f"{plain}-conscripts", "population", zone, side, member_of=actors.id(members))
    civilians = actors.add(f"{plain}-civilians", "population", zone, side, member_of=plain)
    actors.populations[-1].append([members, conscripts, civilians])
    group = actors.add(f"{plain}-media-group", "organisation", zone, side, based_in=plain)
    for number in range(1, 7):
        own = {"member_of": actors.id(group)} if number < 3 else {}
        outlet = actors.add(f"{plain}-outlet-{number}", "outlet", zone, side, based_in=plain, **own)
        actors.claimants.append((theatre, outlet, 2.0 / number))
        actors.publishers.append((theatre, outlet, float(rng.pareto(1.2) + 0.3)))
