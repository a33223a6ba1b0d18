"""Claims and sources as columns of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from synthetic import menus
from synthetic.claims import ENTRIES, Claims
from synthetic.draws import BLANK, Bools, Ints, chance, pick
from synthetic.figures import ABOUT, NO_BOUND, WORDS
from synthetic.figures import BASES as COUNT_BASES
from synthetic.ids import scrambled
from synthetic.periods import MODES
from synthetic.shape import FIRST_DAY
from synthetic.statements import ARTICLE, SOURCE_KINDS, UNDATED, Statements
from synthetic.wall import Moments, clock, day_names
from synthetic.world import World

Columns = Mapping[str, pa.Array | Moments]
"""A run of rows: an array a column, `Moments` where it holds datetimes."""

LANGUAGES = ("en", "fr", "es", "ar", "ru", "hi", "tr")
STANDINGS = ("current", "edited", "corrected", "retracted")
STANDING_WEIGHTS = (0.97, 0.015, 0.01, 0.005)
HEADINGS, QUOTED, NOTED = 0.08, 0.12, 0.10


def named(names: pa.Array | Sequence[str], numbers: Ints) -> pa.Array:
    """The names of these numbers, null where `BLANK` (or the name is "")."""
    values = names if isinstance(names, pa.Array) else pa.array([name or None for name in names], pa.string())
    return values.take(pa.array(np.maximum(numbers, 0), mask=numbers == BLANK))


def joined(*parts: pa.Array | str) -> pa.Array:
    """Texts one after another; null where one of them is."""
    return pc.binary_join_element_wise(*parts, "")


def known(values: Ints, missing: Bools) -> pa.Array:
    """Numbers, null where missing."""
    return pa.array(values, pa.int64(), mask=missing)


@dataclass(frozen=True)
class Sources:
    """The sources of a run of statements, the source of each statement, and the rows."""

    of_statement: Ints
    ids: pa.Array
    rows: Columns


@dataclass(frozen=True)
class People:
    """Ids and names of the world's actors and, after them, of the unnamed ones of a run of statements."""

    ids: pa.Array
    names: pa.Array
    unnamed: pa.Array


def first_day() -> int:
    """The first day of the main part of the package, since 1970."""
    return int(np.datetime64(FIRST_DAY, "D").astype(np.int64))


def people(world: World, said: Statements) -> People:
    """The actors that the statements may name."""
    rows = np.flatnonzero(said.unnamed)
    number = rows - np.searchsorted(said.day, said.day)[rows]
    ids = joined("unnamed-", day_names(first_day() + said.day[rows], "basic"), "-", pa.array(number).cast(pa.string()))
    names = pa.array(["An unnamed resident"] * len(rows), pa.string())
    return People(pa.concat_arrays([world.actor_ids, ids]), pa.concat_arrays([world.actor_names, names]), ids)


def sources(world: World, rng: np.random.Generator, said: Statements) -> Sources:
    """One source for each publisher, kind and day; of articles several."""
    actors = len(world.actor_ids)
    key = ((said.day * actors + said.publisher) * len(SOURCE_KINDS) + said.source_kind) * 8 + said.source_number
    found, of_statement = np.unique(key, return_inverse=True)
    number, kind = found % 8, found // 8 % len(SOURCE_KINDS)
    publisher, day = found // 8 // len(SOURCE_KINDS) % actors, found // 8 // len(SOURCE_KINDS) // actors
    published = first_day() + day
    numbers = pa.array([f"-{one}" for one in range(8)]).take(pa.array(number))
    last = pc.if_else(pa.array(kind == ARTICLE), numbers, "")
    by = world.actor_ids.take(pa.array(publisher))
    ids = joined(day_names(published, "iso"), "-", by, "-", named(SOURCE_KINDS, kind), last)
    kinds = pa.array(["live_blog", "statement", "article"]).take(pa.array(kind))
    rows: Columns = {
        "source_id": ids,
        "publisher_id": by,
        "title": joined(named(("Live updates, ", "Statement, ", "Report, "), kind), day_names(published, "spoken")),
        "kind": kinds,
        "url": joined("https://news.example/", ids),
        "published_on": pa.array(published.astype("datetime64[D]"), mask=chance(rng, 0.03, len(found))),
        "language": named(LANGUAGES, publisher % len(LANGUAGES)),
        "standing": named(STANDINGS, pick(rng, STANDING_WEIGHTS, len(found))),
    }
    return Sources(of_statement.astype(np.int64), ids, rows)


def claim_ids(said: Statements, claims: Claims, who: People, serial: int) -> pa.Array:
    """The id of each claim; `serial` is the number of the first."""
    undated = said.report[claims.statement] == UNDATED
    days = pc.if_else(pa.array(undated), "undated", day_names(first_day() + said.day[claims.statement], "basic"))
    claimant = who.ids.take(pa.array(said.claimant[claims.statement]))
    return joined(days, "-", claimant, "-", scrambled(serial + np.arange(len(undated))))


def claim_columns(
    world: World, rng: np.random.Generator, said: Statements, claims: Claims, who: People, where: Sources
) -> dict[str, pa.Array | Moments]:
    """The cells of the claims, without their ids."""
    statement = claims.statement
    when, entry = claims.periods, claims.entry
    untimed = ~when.given
    return {
        "kind": named(menus.KINDS, claims.kind),
        "predicate": named([one.predicate for one in ENTRIES], entry),
        "polarity": named(menus.POLARITIES, claims.polarity),
        "claimant_id": named(who.ids, said.claimant[statement]),
        "certainty": named(menus.CERTAINTIES, claims.certainty),
        "basis": named(menus.BASES, claims.basis),
        "source_id": named(where.ids, where.of_statement[statement]),
        **_entries_of(rng, said, claims),
        **_clocks(said, claims),
        "valid_from": when.valid_from,
        "valid_to": when.valid_to,
        "valid_mode": named(MODES, when.mode),
        "zone_basis": named(("stated", "assumed"), np.where(untimed, BLANK, when.assumed)),
        "bounds_basis": named(("stated", "codebook"), np.where(untimed, BLANK, when.codebook)),
        "time_text": pc.if_else(pa.array(untimed), pa.scalar(None, pa.string()), when.text),
        "place_id": named(world.place_ids, claims.place),
        "place_relation": named(menus.RELATIONS, claims.relation),
        "incident_id": named(world.incidents.ids, claims.incident),
        "actor_id": named(who.ids, claims.actor),
        "target_id": named(who.ids, claims.target),
        **_figures(claims),
        "answer": named(menus.ANSWERS, claims.answer),
        "text": _sentences(world, rng, said, claims, who),
        "quote": named(menus.QUOTES, _some(rng, QUOTED, len(menus.QUOTES), len(entry))),
        "note": named(menus.NOTES, _some(rng, NOTED, len(menus.NOTES), len(entry))),
    }


def _some(rng: np.random.Generator, share: float, choices: int, size: int) -> Ints:
    return np.where(chance(rng, share, size), rng.integers(0, choices, size), BLANK)


def _entries_of(rng: np.random.Generator, said: Statements, claims: Claims) -> dict[str, pa.Array]:
    """Which statement it was, and where it stands in its source: day, time and number of the entry."""
    number = np.arange(len(said.day)) - np.searchsorted(said.day, said.day)
    digits = pa.array(number).cast(pa.string())
    basic = day_names(first_day() + said.day, "basic")
    shown = joined(day_names(first_day() + said.day, "spoken"), " ", clock(said.wall), " (", digits, ")")
    heading = pc.if_else(pa.array(chance(rng, HEADINGS, len(number))), ", heading", "")
    rows = pa.array(claims.statement)
    return {"statement_id": joined("s", basic, "-", digits).take(rows), "locator": joined(shown, heading).take(rows)}


def _clocks(said: Statements, claims: Claims) -> dict[str, Moments]:
    """The report, and the assertion unless the claim is about what came after it."""
    statement, when = claims.statement, claims.periods
    latest = np.maximum(when.valid_from.utc, when.valid_to.utc)
    sound = latest <= said.asserted_from.utc[statement]

    def of_claims(moments: Moments) -> Moments:
        return Moments(moments.utc[statement], moments.offset[statement])

    return {
        "reported_from": of_claims(said.reported_from),
        "reported_to": of_claims(said.reported_to),
        "asserted_from": of_claims(said.asserted_from).where(sound),
        "asserted_to": of_claims(said.asserted_to).where(sound),
    }


def _figures(claims: Claims) -> dict[str, pa.Array]:
    tolls, none = claims.tolls, ~claims.counts
    bounded = (tolls.low != NO_BOUND) | (tolls.high != NO_BOUND)
    return {
        "count_min": known(tolls.low, none | (tolls.low == NO_BOUND)),
        "count_max": known(tolls.high, none | (tolls.high == NO_BOUND)),
        "count_mode": named(("cumulative", "increment"), np.where(none | ~bounded, BLANK, claims.increment)),
        "count_basis": named(COUNT_BASES, np.where(none, BLANK, tolls.basis)),
        "count_approx": pa.array(tolls.form == ABOUT, mask=none | (tolls.form == WORDS)),
        "count_text": pc.if_else(pa.array(none), pa.scalar(None, pa.string()), tolls.text),
    }


def _sentences(world: World, rng: np.random.Generator, said: Statements, claims: Claims, who: People) -> pa.Array:
    """One sentence a claim: "The ministry says that at least 4 of the conscripts were killed near Talsol."."""
    claimant = named(who.names, said.claimant[claims.statement])
    whom = joined(" of ", named(who.names, claims.target).fill_null("those there"), " ")
    counted = joined(" ", claims.tolls.text, whom)
    subject = pc.if_else(pa.array(claims.counts), counted, " ")
    place = joined(" ", named(menus.RELATIONS, claims.relation), " ", named(world.place_names, claims.place))
    verb = named(menus.SAYS, claims.polarity)
    tail = named(menus.TAILS, pick(rng, menus.TAIL_WEIGHTS, len(claims.entry)))
    return joined(
        claimant, " ", verb, subject, named([one.words for one in ENTRIES], claims.entry), place.fill_null(""), tail
    )
