"""The claims of statements: what is claimed of which place, time, actors and figures. All as arrays of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np

from synthetic import figures, periods
from synthetic.draws import BLANK, Bools, Ints, chance, pick
from synthetic.incidents import QUESTION, TRUCE
from synthetic.menus import (
    ALONG,
    ANSWER_WEIGHTS,
    ANTICIPATED,
    ASSERTS,
    ATTRIBUTION,
    BASIS_WEIGHTS,
    CANNOT_CONFIRM,
    CEASEFIRE,
    CERTAINTY_WEIGHTS,
    COUNT,
    DENIES,
    DIPLOMACY,
    HOSTILITIES,
    IN,
    KINDS,
    MENUS,
    OTHER,
    RELATION_WEIGHTS,
    STATED,
)
from synthetic.periods import Periods
from synthetic.statements import BLAME, FIGHTING, TALK, TOLL, TRUCES, Statements
from synthetic.wall import DAY, HOUR, MINUTE, MISSING, Moments
from synthetic.world import World

ENTRIES = tuple(chain.from_iterable(MENUS.values()))
"""All predicates, kind by kind: claims hold positions in this list."""
STARTS = np.cumsum([0, *(len(menu) for menu in MENUS.values())])
PREDICATES = np.array([entry.predicate for entry in ENTRIES], dtype=object)
PERIOD_SORTS = np.array([entry.period for entry in ENTRIES], dtype=object)

KIND_OF_THEME = {TOLL: COUNT, FIGHTING: HOSTILITIES, TRUCES: CEASEFIRE, BLAME: ATTRIBUTION, TALK: DIPLOMACY}
DENIED_SHARE = {HOSTILITIES: 0.03, ATTRIBUTION: 0.05, DIPLOMACY: 0.01, OTHER: 0.02, CEASEFIRE: 0.05}
NAMED_SHARE = {ATTRIBUTION: 1.0, DIPLOMACY: 0.9, COUNT: 0.0}
"""How often somebody is said to act; 0.45 otherwise."""
HELD, HELD_SHARE = ("in_force", "observed", "pause", "no_fighting"), 0.03
"""How often it is said of one side alone that it holds its fire or keeps a ceasefire."""
SPLIT_SHARE, INCREMENT_SHARE, REVISED_SHARE = 0.15, 0.12, 0.05
NOWHERE = 0.0005
"""How often a claim without an incident gives no place either, so that nobody can say where it is."""


@dataclass(frozen=True)
class Claims:
    """One entry a claim in every array; ids are positions, `BLANK` where the cell is."""

    statement: Ints
    kind: Ints
    entry: Ints
    """What is claimed: a position in `ENTRIES`."""
    polarity: Ints
    certainty: Ints
    basis: Ints
    place: Ints
    relation: Ints
    incident: Ints
    actor: Ints
    target: Ints
    answer: Ints
    periods: Periods
    tolls: figures.Tolls
    counts: Bools
    """Carries a figure."""
    increment: Bools
    part_of: Ints
    """The claim of which this one is a declared part."""


@dataclass(frozen=True)
class Batch:
    """The claims so far, one entry each. In `split` statements the first claim is a total and the others its parts."""

    world: World
    rng: np.random.Generator
    said: Statements
    statement: Ints
    position: Ints
    """In its statement, from 0."""
    first: Ints
    """The first claim of its statement."""
    incident: Ints
    split: Bools
    kind: Ints

    def __len__(self) -> int:
        return len(self.statement)

    def chance(self, share: float) -> Bools:
        """Which claims are among the share."""
        return chance(self.rng, share, len(self))

    def of_incident(self, values: Ints, blank: int) -> Ints:
        """What each claim's incident has, `blank` where it has none."""
        return np.where(self.incident == BLANK, blank, values[self.incident])


def draw(world: World, rng: np.random.Generator, said: Statements) -> Claims:
    """The claims of all statements, statement by statement."""
    batch = _batch(world, rng, said)
    kind, size = batch.kind, len(batch)
    entry = _entries(batch)
    predicate = PREDICATES[entry]
    polarity = _polarities(batch, predicate)
    place, relation = _places(batch)
    actor, target = _parties(batch, polarity, np.isin(predicate, HELD))
    counts = (kind == COUNT) & (predicate != "will_rise")
    increment = counts & batch.chance(INCREMENT_SHARE) & ~batch.split
    when = _periods(batch, entry, place, increment)
    tolls, part_of = _tolls(batch, target, increment)
    strange = _of_other_days(batch, entry, when)
    incident = np.where(strange, BLANK, batch.incident)
    scene = np.where(place == BLANK, batch.of_incident(world.incidents.place, BLANK), place)
    place, relation = np.where(strange, scene, place), np.where(strange & (relation == BLANK), IN, relation)
    asks = (batch.of_incident(world.incidents.sort, BLANK) == QUESTION) & (kind == OTHER) & (incident != BLANK)
    answer = np.where(asks & batch.chance(0.4), pick(rng, ANSWER_WEIGHTS, size), BLANK)
    certainty = np.where(batch.split, STATED, pick(rng, CERTAINTY_WEIGHTS, size))
    certainty = _future(certainty, when, said.reported_to.utc[batch.statement])
    basis = pick(rng, BASIS_WEIGHTS, size)
    return Claims(
        *(batch.statement, kind, entry, polarity, certainty, basis, place, relation, incident, actor, target),
        *(answer, when, tolls, counts, increment, part_of),
    )


def _batch(world: World, rng: np.random.Generator, said: Statements) -> Batch:
    statement = np.repeat(np.arange(len(said.claims)), said.claims)
    first = np.searchsorted(statement, statement)
    position = np.arange(len(statement)) - first
    split = (said.theme == TOLL) & (said.claims >= 3) & chance(rng, SPLIT_SHARE, len(said.claims)) & ~said.hot
    split &= world.ground.has_spots(world.incidents.place[said.incident], 8)
    theme = said.theme[statement]
    kind = np.select([theme == one for one in KIND_OF_THEME], list(KIND_OF_THEME.values()), OTHER)
    # A quarter of the further claims of a statement stray from its theme.
    stray = (position > 0) & ~split[statement] & chance(rng, 0.25, len(statement))
    kind = np.where(stray, np.where(chance(rng, 0.6, len(statement)), HOSTILITIES, OTHER), kind).astype(np.int64)
    return Batch(world, rng, said, statement, position, first, said.incident[statement], split[statement], kind)


def _entries(batch: Batch) -> Ints:
    """What is claimed; no two claims of a statement claim the same, but for a total and its parts."""
    entry = np.zeros(len(batch), dtype=np.int64)
    for number, name in enumerate(KINDS):
        weights = [one.weight for one in MENUS[name]]
        first = pick(batch.rng, weights, len(batch.said.claims))[batch.statement]
        rows = np.flatnonzero(batch.kind == number)
        entry[rows] = STARTS[number] + (first + batch.position)[rows] % len(weights)
    return np.where(batch.split, STARTS[COUNT], entry)


def _polarities(batch: Batch, predicate: np.ndarray) -> Ints:
    share = np.select([batch.kind == one for one in DENIED_SHARE], list(DENIED_SHARE.values()), 0.0)
    share = np.where(predicate == "observed", 0.2, share)
    share = np.where(predicate == "confirmed", 0.5, share)
    polarity = np.where(batch.rng.random(len(batch)) < share, DENIES, ASSERTS)
    return np.where((predicate == "confirmed") & batch.chance(0.2), CANNOT_CONFIRM, polarity)


def _places(batch: Batch) -> tuple[Ints, Ints]:
    """The place of each claim and how it lies to it."""
    world, rng, kind, size = batch.world, batch.rng, batch.kind, len(batch)
    theatre = batch.said.theatre[batch.statement]
    around = batch.of_incident(world.incidents.place, BLANK)
    around = np.where(around == BLANK, world.areas[theatre], around)
    spot = world.ground.spot_in(rng, around)
    form = pick(rng, (0.6, 0.12, 0.28), size)
    place = np.select([form == 0, form == 1], [spot, around], BLANK)
    border = np.isin(kind, (HOSTILITIES, CEASEFIRE)) & batch.chance(0.03) & ~batch.split
    place = np.where(border, world.border[theatre], place)
    place = np.where(np.isin(kind, (ATTRIBUTION, DIPLOMACY)) & batch.chance(0.8), BLANK, place)
    place = np.where((kind == COUNT) & batch.chance(0.6), BLANK, place)
    place = np.where((batch.incident == BLANK) & (place == BLANK) & ~batch.chance(NOWHERE), spot, place)
    part = world.ground.nth_spot_in(around, batch.position + theatre)
    place = np.where(batch.split, np.where(batch.position > 0, part, around), place)
    place = np.where(batch.said.hot[batch.statement], world.ground.spots[0], place)
    relation = np.where(border, ALONG, pick(rng, RELATION_WEIGHTS, size))
    return place, np.where(place == BLANK, BLANK, relation)


def _parties(batch: Batch, polarity: Ints, held: Bools) -> tuple[Ints, Ints]:
    """Who acts, and against whom or whose losses: most speak of the other side's acts and of their own losses."""
    rng, cast, kind, size = batch.rng, batch.world.cast, batch.kind, len(batch)
    theatre, claimant = batch.said.theatre[batch.statement], batch.said.claimant[batch.statement]
    side = batch.said.side[batch.statement]
    side = np.where(side == BLANK, rng.integers(0, 2, size), side)
    accused = np.where(batch.chance(0.85) ^ (polarity == DENIES), 1 - side, side)
    force = cast.forces[theatre, accused, rng.integers(0, cast.forces.shape[2], size)]
    acting = np.where(batch.chance(0.6), cast.states[theatre, accused], force)
    actor = np.where(kind == DIPLOMACY, claimant, acting)
    named = np.select([kind == one for one in NAMED_SHARE], list(NAMED_SHARE.values()), 0.45)
    named = np.where(held, HELD_SHARE, named)
    actor = np.where(rng.random(size) < named, actor, BLANK)
    # Whose losses they are is the same in all claims of a statement.
    own = np.where(batch.chance(0.7), side, 1 - side)[batch.first]
    losses = cast.populations[theatre, own, pick(rng, (0.66, 0.06, 0.28), size)[batch.first]]
    losses = np.where(batch.chance(0.05)[batch.first] & ~batch.split, BLANK, losses)
    against = np.where(batch.chance(0.4), cast.states[theatre, 1 - accused], BLANK)
    return actor, np.where(kind == COUNT, losses, against)


def _periods(batch: Batch, entry: Ints, place: Ints, increment: Bools) -> Periods:
    """When it is said to have been, on the clock of the place or of the publisher."""
    world, rng, size = batch.world, batch.rng, len(batch)
    scene = np.where(place == BLANK, batch.of_incident(world.incidents.place, BLANK), place)
    local, publisher = world.ground.zone[scene], batch.said.publisher
    by_publisher = (scene == BLANK) | (local == BLANK) | batch.chance(0.35)
    zone = np.where(by_publisher, world.cast.zone[publisher][batch.statement], local)
    reported = world.zones.read(batch.said.wall, world.cast.zone[publisher]).utc[batch.statement]
    said = world.zones.wall(reported, zone)
    begun = world.zones.wall(batch.of_incident(world.incidents.starts.utc, MISSING), zone)
    truce = (batch.of_incident(world.incidents.sort, BLANK) == TRUCE) & (batch.kind == CEASEFIRE)
    slip = np.where(batch.chance(0.7), 0, rng.integers(-4, 5, size) * (HOUR // 2))
    start = np.where(truce & (begun != MISSING), begun + slip, MISSING)
    mode = periods.draw_modes(rng, PERIOD_SORTS[entry])
    state = periods.states(rng, world.zones, mode, said, zone, start, begun != MISSING)
    count = periods.windows(rng, world.zones, increment, said, zone, begun)
    # A total and its parts are of one window.
    count = periods.at(count, np.where(batch.split, batch.first, np.arange(size)))
    return periods.either(batch.kind == COUNT, count, state)


def _of_other_days(batch: Batch, entry: Ints, when: Periods) -> Bools:
    """Which claims say of fighting or its absence that it was on days before or after those of their incident."""
    incidents = batch.world.incidents
    starts = batch.of_incident(_midnight(incidents.starts, 0), MISSING)
    ends = batch.of_incident(_midnight(incidents.ends, DAY - 1), MISSING)
    before = (starts != MISSING) & (when.valid_to.utc != MISSING) & (when.valid_to.utc < starts)
    after = (ends != MISSING) & (when.valid_from.utc != MISSING) & (when.valid_from.utc > ends)
    return np.isin(PERIOD_SORTS[entry], ("presence", "absence", "takes effect")) & (before | after)


def _midnight(moments: Moments, above: int) -> Ints:
    """The midnight before each moment, or with `above` (of a day less a second) the one after it, where it was."""
    local = moments.utc + moments.offset * MINUTE
    return np.where(moments.utc == MISSING, MISSING, (local + above) // DAY * DAY - moments.offset * MINUTE)


def _tolls(batch: Batch, target: Ints, increment: Bools) -> tuple[figures.Tolls, Ints]:
    world = batch.world
    wall, begun = batch.said.wall[batch.statement], batch.of_incident(world.incidents.starts.utc, MISSING)
    days = np.maximum(np.where(begun == MISSING, 0, wall - begun), 0) / DAY
    scale = np.where(batch.incident == BLANK, 20.0, world.incidents.scale[batch.incident])
    share = np.where(increment, 0.1, 1.0) / (1 + target % 3)
    toll = figures.tolls(scale, days, batch.said.claimant[batch.statement], share)
    toll = np.where(
        batch.chance(REVISED_SHARE), (toll * batch.rng.uniform(0.5, 1.2, len(batch))).astype(np.int64), toll
    )
    toll, part_of = figures.parts_of(batch.rng, batch.position, toll, batch.split)
    return figures.stated(batch.rng, toll, increment, batch.split), part_of


def _future(certainty: Ints, when: Periods, reported: Ints) -> Ints:
    """What begins after the report is anticipated; what is over by then is not."""
    dated = reported != MISSING
    later = dated & (when.valid_from.utc != MISSING) & (when.valid_from.utc > reported)
    over = (when.valid_to.utc != MISSING) & (~dated | (when.valid_to.utc <= reported))
    return np.select([later, (certainty == ANTICIPATED) & over], [ANTICIPATED, STATED], certainty).astype(np.int64)
