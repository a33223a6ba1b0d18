"""A package in parts, of which each has some of the claims, so that their number does not matter to the rules.

Nearly all rules on claims look at one claim and at what it points to. The others need the claims that may be alike, and
the rules on links and relays those that these point to: all of them together are few, and are the last part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from claimtrack.package import Package, from_raw
from claimtrack.package.typed import typed
from claimtrack.schema import table_schema
from claimtrack.structure import Raw, RawTable, no_rows
from claimtrack.structure.hashes import Flags, Ints, among, hashed, numbered, repeated

PART_ROWS = 125_000
"""How many claims the rules look at in one go: their typed cells take some 150 MB."""

_POINTED_TO = (("relays", "claim_id"), ("links", "claim_id"), ("links", "other_id"))
_LOOKED_UP = (("sources", "source_id"), ("incidents", "incident_id"))


@dataclass(frozen=True)
class Part:
    """Some of a package. `rows` has for each of its claims the position in the table, from 0.

    `claims` is whether the rules on one claim are to be asked, `others` whether all other rules.
    """

    package: Package
    rows: Ints
    claims: bool
    others: bool


def parts(raw: Raw, path: Path) -> Iterator[Part]:
    """All of a package: at once where it has few claims."""
    claims = raw.tables.get("claims")
    if claims is None or claims.store.rows <= PART_ROWS:
        count = 0 if claims is None else claims.store.rows + len(claims.lost)
        yield Part(from_raw(raw, path), np.arange(count), claims=True, others=True)
        return
    others = {name: table for name, table in raw.tables.items() if name != "claims"}
    rest = from_raw(Raw(raw.root, raw.descriptor, others, ()), path)
    chosen = _looked_for(raw, claims)
    kept: list[pa.Table] = []
    start = 0
    for cells in _regrouped(claims.sound_parts()):
        rows = np.arange(start, start + cells.num_rows)
        kept.append(cells.filter(pa.array(chosen[rows])))
        yield Part(_with_claims(rest, cells, alone=True), rows, claims=True, others=False)
        start += cells.num_rows
    lost = start + np.arange(len(claims.lost))
    last = pa.concat_tables([*kept, claims.lost_rows()])
    yield Part(
        _with_claims(rest, last, alone=False), np.append(np.flatnonzero(chosen), lost), claims=False, others=True
    )


def _looked_for(raw: Raw, claims: RawTable) -> Flags:
    """Which claims links and relays point to, which may be entered twice, and which statements may be torn apart."""
    pointed = [hashed(raw.tables[name], [column])[0] for name, column in _POINTED_TO if name in raw.tables]
    chosen = among(numbered(claims, ["claim_id"]), np.unique(np.concatenate([np.zeros(0, np.int64), *pointed])))
    near = numbered(claims, ["locator", "source_id", "predicate"])
    chosen |= among(near, repeated(near))
    del near
    statements, filled = hashed(claims, ["statement_id"])
    _, first = np.unique(numbered(claims, ["statement_id", "source_id"]), return_index=True)
    torn = repeated(statements[first][filled[first]])
    return chosen | (filled & among(statements, torn))


def _regrouped(cells: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The same rows, in tables of about `PART_ROWS`."""
    waiting: list[pa.Table] = []
    for table in cells:
        waiting.append(table)
        if sum(one.num_rows for one in waiting) >= PART_ROWS:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def _with_claims(rest: Package, cells: pa.Table, *, alone: bool) -> Package:
    """The package with these claims; `alone` leaves out the rows of other tables that have to do with others only."""
    schema = table_schema("claims")
    frame, offsets = typed(schema, cells)
    frames, all_offsets = {**rest.frames, "claims": frame}, {**rest.offsets, "claims": offsets}
    if alone:
        for name in ("links", "relays"):
            frames[name], all_offsets[name] = typed(table_schema(name), no_rows(table_schema(name)))
        for name, key in _LOOKED_UP:
            used = frames[name][key].isin(frame[key].dropna().unique()).to_numpy(dtype=bool)
            frames[name] = frames[name][used].reset_index(drop=True)
            all_offsets[name] = all_offsets[name][used].reset_index(drop=True)
    return Package(rest.path, rest.descriptor, frames, all_offsets)
