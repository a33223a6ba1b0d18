"""What people declare about claims: links between them, and the intermediaries through which they came."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from synthetic.claims import Claims
from synthetic.draws import BLANK, Bools, Ints, chance, pick
from synthetic.menus import ASSERTS
from synthetic.rows import Columns, People, named
from synthetic.statements import OWN, UNDATED, Statements
from synthetic.wall import MISSING
from synthetic.world import World

RELATIONS = (
    *("part_of", "updates", "repeats", "retracts"),
    *("contradicts", "in_tension", "compatible", "corroborates", "denies", "responds_to"),
)
PART_OF, UPDATES, REPEATS, RETRACTS = range(4)
SYMMETRIC = np.array([name in ("contradicts", "in_tension", "compatible", "corroborates") for name in RELATIONS])
UPDATED, REPEATED, RETRACTED, RELATED = 0.6, 0.4, 0.1, 0.12
RELATED_WEIGHTS = (0.15, 0.2, 0.2, 0.15, 0.1, 0.2)
BASES = ("editor", "claimant")
NOTE = 'A "first" figure, overtaken by the next.'
RELAYED, TWICE = 0.06, 0.25


def links(rng: np.random.Generator, said: Statements, claims: Claims, ids: pa.Array) -> Columns:
    """The links of a run of claims, each claim in one of them at most, but for totals; undated claims in none."""
    free = said.report[claims.statement] != UNDATED
    found = []
    for relation, one, other in _found(rng, said, claims, free):
        relations = np.broadcast_to(relation, one.shape)
        found.append((relations, one, other))
    relation, one, other = (np.concatenate(parts) for parts in zip(*found, strict=True))
    rank = np.empty(len(ids), dtype=np.int64)
    rank[pa.compute.sort_indices(ids).to_numpy()] = np.arange(len(ids))
    swap = SYMMETRIC[relation] & (rank[one] > rank[other])
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    order = np.lexsort((rank[other], rank[one]))
    relation, one, other = relation[order], one[order], other[order]
    return {
        "claim_id": ids.take(pa.array(one)),
        "relation": named(RELATIONS, relation),
        "other_id": ids.take(pa.array(other)),
        "basis": named(BASES, np.isin(relation, (PART_OF, UPDATES)).astype(np.int64)),
        "note": pa.array([NOTE] * len(one), pa.string(), mask=~chance(rng, 0.2, len(one))),
    }


def _found(
    rng: np.random.Generator, said: Statements, claims: Claims, free: Bools
) -> Iterator[tuple[Ints | int, Ints, Ints]]:
    """Relation, claim and other claim; `free` claims are in no link yet."""
    part = np.flatnonzero((claims.part_of != BLANK) & free)
    yield PART_OF, part, claims.part_of[part]
    free[part] = free[claims.part_of[part]] = False

    claimant = said.claimant[claims.statement]
    subject = (claims.incident, claims.entry, claims.target, claims.place)
    later, earlier = _neighbours(said, claims, free & claims.counts, (claimant, *subject))
    kept = chance(rng, UPDATED, len(later))
    withdrawn = chance(rng, RETRACTED, len(later))[kept]
    yield np.where(withdrawn, RETRACTS, UPDATES), later[kept], earlier[kept]
    free[later[kept]] = free[earlier[kept]] = False

    same = (claims.incident, claims.entry, claims.polarity, claims.place)
    later, earlier = _neighbours(said, claims, free & ~claims.counts, same)
    kept = chance(rng, REPEATED, len(later)) & claims.periods.assumed[later] & ~claims.periods.assumed[earlier]
    yield REPEATS, later[kept], earlier[kept]
    free[later[kept]] = free[earlier[kept]] = False

    later, earlier = _neighbours(said, claims, free & (claims.polarity == ASSERTS), (claims.incident, claims.kind))
    kept = chance(rng, RELATED, len(later))
    relation = RETRACTS + 1 + pick(rng, RELATED_WEIGHTS, int(kept.sum()))
    yield relation, later[kept], earlier[kept]


def _neighbours(said: Statements, claims: Claims, free: Bools, same: tuple[Ints, ...]) -> tuple[Ints, Ints]:
    """Pairs of claims that agree in everything in `same`, reported one after the other; no claim is in two pairs."""
    rows = np.flatnonzero(free & (claims.incident != BLANK))
    statement = claims.statement[rows]
    moment = said.reported_from.utc[statement]
    keys = [column[rows] for column in same]
    order = np.lexsort((moment, *keys))
    rows, statement = rows[order], statement[order]
    alike = np.ones(max(len(rows) - 1, 0), dtype=bool)
    for key in keys:
        alike &= np.diff(key[order]) == 0
    # The first and second, the third and fourth, and so on of each run of claims that are alike.
    start = np.concatenate([[0], np.flatnonzero(~alike) + 1]).astype(np.int64)
    place = np.arange(len(rows)) - start[np.searchsorted(start, np.arange(len(rows)), side="right") - 1]
    first = np.flatnonzero((place[:-1] % 2 == 0) & alike) if len(rows) else start[:0]
    one, other = statement[first + 1], statement[first]
    ordered = said.reported_from.utc[other] <= said.reported_to.utc[one]
    both = (said.asserted_to.utc[one] != MISSING) & (said.asserted_from.utc[other] != MISSING)
    ordered &= ~both | (said.asserted_from.utc[other] <= said.asserted_to.utc[one])
    return rows[first + 1][ordered], rows[first][ordered]


def relays(
    world: World, rng: np.random.Generator, said: Statements, claims: Claims, ids: pa.Array, who: People
) -> Columns:
    """Who passed claims on: an organisation or a wire, and in some cases a wire after the organisation."""
    size = len(said.day)
    relayed = chance(rng, RELAYED, size) & (said.source_kind != OWN) & (said.report != UNDATED)
    first = world.cast.organisations[rng.integers(0, len(world.cast.organisations), size)]
    wire = world.cast.wires[rng.integers(0, len(world.cast.wires), size)]
    twice = chance(rng, TWICE, size)
    first = np.where(twice | chance(rng, 0.5, size), first, wire)
    for relayer in (first, wire):
        relayed &= (relayer != said.publisher) & (relayer != said.claimant)
    one = np.flatnonzero(relayed[claims.statement])
    two = np.flatnonzero((relayed & twice)[claims.statement])
    claim = np.concatenate([one, two])
    hop = np.repeat([1, 2], [len(one), len(two)])
    relayer = np.concatenate([first[claims.statement[one]], wire[claims.statement[two]]])
    rank = np.empty(len(ids), dtype=np.int64)
    rank[pa.compute.sort_indices(ids).to_numpy()] = np.arange(len(ids))
    order = np.lexsort((hop, rank[claim]))
    return {
        "claim_id": ids.take(pa.array(claim[order])),
        "hop": pa.array(hop[order]),
        "relayer_id": named(who.ids, relayer[order]),
    }
