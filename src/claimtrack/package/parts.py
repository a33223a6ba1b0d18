"""A package in parts, of which each has some of the claims, so that their number does not matter to the rules.

Most rules on claims look at one claim and what it points to. Some compare claims: those that may be alike are few, and
are judged together. Rules on links and relays look at the claims that these point to, some links or relays at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from claimtrack.package import Package, from_raw
from claimtrack.package.arrow import as_arrow
from claimtrack.package.lookup import Lookup, lookup, some
from claimtrack.package.typed import typed
from claimtrack.schema import table_schema
from claimtrack.structure import Raw, RawTable
from claimtrack.structure.cells.values import plain
from claimtrack.structure.keys.hashes import FACTOR, Flags, Ints, among, hashed, numbered, repeated

PART_ROWS = 160_000
"""How many rows the rules look at in one go, and of a large package half of that: as many claims take some 60 MB."""

_CLAIMS = table_schema("claims")
_POINTERS = {"relays": ("claim_id",), "links": ("claim_id", "other_id")}
_CORRECTED = {"corrections": ("claim_id",)}
_LOOKED_UP = {"sources": ("publisher_id", "published_on"), "incidents": ("place_id", "starts_at", "ends_at")}
"""What rules on a claim or on pointers look up in tables that grow with the claims."""
_LOOKED_AT = {"relays": ("claim_id", "hop", "relayer_id"), "links": ("claim_id", "relation", "other_id")}
"""What rules look at in tables of pointers."""
_SEEN_FROM_POINTERS = (
    "kind", "predicate", "polarity", "claimant_id", "source_id", "incident_id", "asserted_from", "asserted_to",
    "reported_from", "reported_to",
)  # fmt: skip
_SEEN = replace(_CLAIMS, fields=tuple(_CLAIMS.field(name) for name in _SEEN_FROM_POINTERS))

Frames = Mapping[str, tuple[pd.DataFrame, pd.DataFrame]]


@dataclass(frozen=True)
class Part:
    """Some of a package. `rows` has, for each table that is cut, the position in the file's table of each row.

    `about` says which rules can be asked: "all", or some of them (see `claimtrack.rules.check`).
    """

    package: Package
    about: str
    rows: Mapping[str, Ints]


def parts(raw: Raw, path: Path, package: Package | None = None) -> Iterator[Part]:
    """All of a package: at once where it has few claims, and then as `package` if it has been typed already."""
    claims = raw.tables.get("claims")
    if claims is None or claims.store.rows <= PART_ROWS:
        yield Part(package or from_raw(raw, path), "all", {})
        return
    large = ("claims", "sources", *_POINTERS)
    small = {name: table for name, table in raw.tables.items() if name not in large}
    rest = from_raw(Raw(raw.root, raw.descriptor, small, ()), path)
    yield Part(_with(rest, _pointing(raw)), "tables", {})
    lookups = {name: lookup(table_schema(name), raw.tables.get(name), of) for name, of in _LOOKED_UP.items()}
    pointed, alike = _pointed_to(raw, claims, _POINTERS), _maybe_alike(claims)
    alike |= _pointed_to(raw, claims, _CORRECTED)
    kept: list[pa.Table] = []
    seen: list[pa.Table] = []
    for rows, cells in _regrouped(claims.sound_parts(), PART_ROWS // 2 if raw.is_large else PART_ROWS):
        kept.append(plain(cells.filter(pa.array(alike[rows]))))
        of_part = typed(_CLAIMS, cells, categories=True)
        seen.append(_seen(*of_part, pointed[rows]))
        yield Part(_with(rest, _looked_up(lookups, of_part)), "claim", {"claims": rows})
    del cells, of_part
    yield _compared(rest, claims, alike, kept)
    yield from _pointers(raw, rest, Lookup(_SEEN, claims.numbers[0][pointed], seen), lookups)


def _pointing(raw: Raw) -> Frames:
    """Of links and relays what rules look at."""
    return {
        name: typed(table_schema(name), pa.concat_tables(some(raw.tables[name], columns)))
        for name, columns in _LOOKED_AT.items()
        if name in raw.tables
    }


def _compared(rest: Package, claims: RawTable, alike: Flags, kept: list[pa.Table]) -> Part:
    """Claims that may be alike."""
    lost = [plain(claims.lost_rows())] if claims.lost else []
    rows = np.append(np.flatnonzero(alike), len(alike) + np.arange(len(claims.lost)))
    whole = typed(_CLAIMS, pa.concat_tables([*kept, *lost]))
    return Part(_with(rest, {"claims": whole}), "comparing", {"claims": rows})


def _with(rest: Package, tables: Frames) -> Package:
    """The package with these tables in place of its own."""
    frames, offsets = {**rest.frames}, {**rest.offsets}
    for name, (frame, offset) in tables.items():
        frames[name], offsets[name] = frame, offset
    return Package(rest.path, rest.descriptor, frames, offsets)


def _looked_up(lookups: Mapping[str, Lookup], claims: tuple[pd.DataFrame, pd.DataFrame]) -> Frames:
    """Claims, and what rules look up of them in other tables."""
    found = {}
    for name, table in lookups.items():
        cells = claims[0][table_schema(name).primary_key[0]]
        ids = cells.cat.categories if isinstance(cells.dtype, pd.CategoricalDtype) else cells.dropna().unique()
        found[name] = table.rows(pa.array(ids, pa.string()))
    return {**found, "claims": claims}


def _seen(frame: pd.DataFrame, offsets: pd.DataFrame, pointed: Flags) -> pa.Table:
    """What rules on pointers look at in claims that are pointed to; texts as their different values."""
    table = as_arrow(_SEEN, frame[pointed], offsets[pointed])
    texts = [column.dictionary_encode() if pa.types.is_string(column.type) else column for column in table.columns]
    return pa.table(texts, names=table.column_names)


def _pointed_to(raw: Raw, claims: RawTable, pointers: Mapping[str, tuple[str, ...]]) -> Flags:
    """Which claims these columns of other tables point to."""
    numbers = [
        hashed(raw.tables[name], [column])[0]
        for name, columns in pointers.items()
        if name in raw.tables
        for column in columns
    ]
    return among(claims.numbers[0], np.concatenate([np.zeros(0, np.int64), *numbers]))


def _maybe_alike(claims: RawTable) -> Flags:
    """Which claims may be entered twice, or have a statement that is torn apart."""
    sources, near = numbered(claims, ["source_id"]), numbered(claims, ["locator", "predicate"])
    near *= FACTOR
    near += sources
    chosen = among(near, repeated(near))
    del near
    statements, filled = hashed(claims, ["statement_id"])
    sources += statements * FACTOR
    again = pd.Series(sources, copy=False).duplicated().to_numpy()
    torn = repeated(statements[filled & ~again])
    return chosen | (filled & among(statements, torn))


def _regrouped(cells: Iterator[pa.Table], about: int) -> Iterator[tuple[Ints, pa.Table]]:
    """The same rows in tables of about so many, and their positions."""
    waiting: list[pa.Table] = []
    start = 0
    for table in chain(cells, [None]):
        waiting += [table] if table is not None else []
        many = sum(one.num_rows for one in waiting)
        if many >= about or (table is None and waiting):
            yield np.arange(start, start + many), pa.concat_tables(waiting)
            start += many
            waiting = []


def _cut(parts: Iterator[tuple[Ints, pa.Table]]) -> Iterator[tuple[Ints, pa.Table]]:
    """The same rows in tables of few rows, as each row of pointers may stand for two claims."""
    for rows, cells in parts:
        text = plain(cells)
        for start in range(0, len(rows), PART_ROWS // 8):
            yield rows[start : start + PART_ROWS // 8], text.slice(start, PART_ROWS // 8)


def _pointers(raw: Raw, rest: Package, seen: Lookup, lookups: Mapping[str, Lookup]) -> Iterator[Part]:
    """Links and relays, some at a time, with the claims that these point to, as far as their rules look at them."""
    for name, columns in _POINTERS.items():
        if name in raw.tables:
            for rows, cells in _cut(_regrouped(some(raw.tables[name], _LOOKED_AT[name]), PART_ROWS)):
                frame, offsets = typed(table_schema(name), cells)
                ids = pd.concat([frame[column] for column in columns]).dropna().unique()
                claims = _looked_up(lookups, seen.rows(pa.array(ids, pa.string())))
                yield Part(_with(rest, {**claims, name: (frame, offsets)}), "pointers", {name: rows})
