"""Statements: who says something on a day, in which source, when it was reported and said, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from synthetic.draws import BLANK, Bools, Ints, chance, pick
from synthetic.incidents import BATTLE, QUESTION, TRUCE
from synthetic.shape import FIRST_DAY
from synthetic.wall import DAY, HOUR, MINUTE, MISSING, Moments
from synthetic.world import World

TOLL, FIGHTING, TRUCES, BLAME, TALK, OTHER = range(6)
THEME_WEIGHTS = (0.16, 0.33, 0.08, 0.08, 0.22, 0.13)
CLAIM_NUMBERS = (0.52, 0.24, 0.13, 0.07, 0.04)
"""How many statements make one claim, two, and so on."""

COUNTED_SHARE = 0.7
"""How many of the tolls are given by those who count, whoever speaks of them otherwise."""

LIVE, OWN, ARTICLE = range(3)
SOURCE_KINDS = ("live", "statement", "article")
EXACT, DATE_ONLY, UNDATED = range(3)
REPORT_WEIGHTS = (0.887, 0.11, 0.003)
HOURS = (2, 1, 1, 1, 1, 2, 4, 6, 8, 10, 11, 12, 12, 12, 11, 10, 10, 10, 10, 9, 8, 7, 5, 3)
"""How busy each hour of the day is."""


@dataclass(frozen=True)
class Statements:
    """One entry a statement in every array; `claims` is how many claims it makes."""

    claims: Ints
    day: Ints
    """Days since the first day of the package."""
    theatre: Ints
    hot: Bools
    """Whether everything is said of the one place that a hostile package has half of its claims for."""
    theme: Ints
    incident: Ints
    claimant: Ints
    """The number of an actor; from `len(world.actor_ids)` on, of the unnamed ones of these statements."""
    unnamed: Bools
    side: Ints
    publisher: Ints
    source_kind: Ints
    source_number: Ints
    report: Ints
    """Whether the report has a time, only a date, or neither."""
    wall: Ints
    """The time of the report on the publisher's clock; it stays known where the report is undated."""
    reported_from: Moments
    reported_to: Moments
    asserted_from: Moments
    asserted_to: Moments


def draw(world: World, rng: np.random.Generator, days: range) -> Statements:
    """All statements that are reported on the days."""
    claims, day = _sizes(rng, world.shape.per_day, days)
    size = len(claims)
    hot = chance(rng, 0.5, size) & world.shape.hostile
    theatre = np.where(hot, 0, world.theatre_of_day.draw(rng, day))
    theme = pick(rng, THEME_WEIGHTS, size)
    incident, theme = _incidents(world, rng, theatre, theme, day)
    counts = (theme == TOLL) & chance(rng, COUNTED_SHARE, size)
    claimant = np.where(counts, world.cast.counters.draw(rng, theatre), world.cast.claimants.draw(rng, theatre))
    unnamed = chance(rng, world.unnamed_share, size)
    side = np.where(unnamed, BLANK, world.cast.side[claimant])
    publisher = world.cast.publishers.draw(rng, theatre)
    source_kind = pick(rng, (0.72, 0.14, 0.14), size)
    source_kind = np.where(unnamed & (source_kind == OWN), LIVE, source_kind)
    own = source_kind == OWN
    publisher = np.where(own, claimant, publisher)
    report = pick(rng, REPORT_WEIGHTS, size)
    seconds = pick(rng, HOURS, size) * HOUR + rng.integers(0, 60, size) * MINUTE
    first = int(np.datetime64(FIRST_DAY, "D").astype(np.int64))
    midnight = (first + day) * DAY
    wall = midnight + seconds
    zone = world.cast.zone[publisher]
    dated = report != UNDATED
    reported_from = world.zones.read(np.where(report == DATE_ONLY, midnight, wall), zone).where(dated)
    reported_to = world.zones.read(np.where(report == DATE_ONLY, midnight + DAY, wall), zone).where(dated)
    said_from, said_to = _asserted(world, rng, claimant, reported_to)
    return Statements(
        claims,
        day,
        theatre,
        hot,
        theme,
        incident,
        np.where(unnamed, len(world.actor_ids) + np.cumsum(unnamed) - 1, claimant),
        unnamed,
        side,
        publisher,
        source_kind,
        np.where(source_kind == ARTICLE, rng.integers(1, 5, size), 0),
        report,
        np.where(report == DATE_ONLY, midnight + DAY, wall),
        reported_from,
        reported_to,
        said_from,
        said_to,
    )


def _sizes(rng: np.random.Generator, per_day: Ints, days: range) -> tuple[Ints, Ints]:
    """How many claims each statement makes, exactly as many a day as there should be; and its day."""
    sizes = []
    for day in days:
        wanted = int(per_day[day])
        drawn = pick(rng, CLAIM_NUMBERS, wanted) + 1
        total = np.cumsum(drawn)
        needed = int(np.searchsorted(total, wanted)) + 1 if wanted else 0
        drawn = drawn[:needed]
        if needed:
            drawn[-1] -= total[needed - 1] - wanted
        sizes.append(drawn)
    return np.concatenate(sizes), np.repeat(np.array(days), [len(one) for one in sizes]).astype(np.int64)


def _incidents(world: World, rng: np.random.Generator, theatre: Ints, theme: Ints, day: Ints) -> tuple[Ints, Ints]:
    """The incident of each statement; who speaks of a truce where there is none speaks of the fighting instead."""
    sort = np.select([theme == TRUCES, theme == OTHER], [TRUCE, QUESTION], BATTLE)
    sort = np.where((theme == TALK) & chance(rng, 0.3, len(theme)), TRUCE, sort)
    incident = world.incidents.draw(rng, sort, theatre, day)
    none = incident == BLANK
    battle = world.incidents.draw(rng, np.full(len(theme), BATTLE), theatre, day)
    theme = np.where(none & (theme == TRUCES), FIGHTING, theme)
    incident = np.where(none, battle, incident)
    loose = np.isin(theme, (FIGHTING, TALK, OTHER)) & chance(rng, 0.12, len(theme))
    return np.where(loose, BLANK, incident), theme


def _asserted(world: World, rng: np.random.Generator, claimant: Ints, reported: Moments) -> tuple[Moments, Moments]:
    """Where it is known when something was said: some hours before the report, on the claimant's clock."""
    size = len(claimant)
    known: Bools = chance(rng, 0.22, size) & (reported.utc != MISSING)
    zone = world.cast.zone[claimant]
    latest = world.zones.wall(reported.utc, zone)
    said = latest - rng.exponential(3 * HOUR, size).astype(np.int64)
    until = np.where(known, said // MINUTE * MINUTE - HOUR, MISSING)
    spread = np.where(chance(rng, 0.5, size), 0, rng.integers(1, 7, size) * HOUR)
    since = np.where(known, until - spread, MISSING)
    return world.zones.read(since, zone), world.zones.read(until, zone)
