"""A package in parts, of which each has some of the claims, so that their number does not matter to the rules.

Most rules on claims look at one claim and what it points to. Some compare claims: those that may be alike are few, and
are judged together. Rules on links and relays look at the claims that these point to, some links or relays at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.package import Package, from_raw
from claimtrack.package.typed import typed
from claimtrack.schema import table_schema
from claimtrack.structure import Raw, RawTable, no_rows
from claimtrack.structure.hashes import Flags, Ints, among, hashed, numbered, repeated

PART_ROWS = 125_000
"""How many rows the rules look at in one go: as many typed claims take some 150 MB."""

_POINTERS = {"relays": ("claim_id",), "links": ("claim_id", "other_id")}
_CORRECTED = {"corrections": ("claim_id",)}
_LOOKED_UP = (("sources", "source_id"), ("incidents", "incident_id"))
_SEEN_FROM_POINTERS = (
    "claim_id", "kind", "predicate", "polarity", "claimant_id", "source_id", "incident_id", "asserted_from",
    "asserted_to", "reported_from", "reported_to",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Some of a package. `rows` has, for each table that is cut, the position in the file's table of each row.

    `about` says which rules can be asked: "all", those on one "claim", those on "pointers" to claims, or the "rest".
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
    others = {name: table for name, table in raw.tables.items() if name != "claims"}
    rest = from_raw(Raw(raw.root, raw.descriptor, others, ()), path)
    pointed, alike = _pointed_to(raw, claims, _POINTERS), _maybe_alike(claims)
    alike |= _pointed_to(raw, claims, _CORRECTED)
    kept: list[pa.Table] = []
    seen: list[pa.Table] = []
    start = 0
    for cells in _regrouped(claims.sound_parts()):
        rows = np.arange(start, start + cells.num_rows)
        kept.append(cells.filter(pa.array(alike[rows])))
        seen.append(cells.select(list(_SEEN_FROM_POINTERS)).filter(pa.array(pointed[rows])))
        yield Part(_beside(_with_claims(rest, cells, categories=True)), "claim", {"claims": rows})
        start += cells.num_rows
    rows = np.append(np.flatnonzero(alike), start + np.arange(len(claims.lost)))
    yield Part(_with_claims(rest, pa.concat_tables([*kept, claims.lost_rows()])), "rest", {"claims": rows})
    yield from _pointers(rest, pa.concat_tables(seen))


def _pointed_to(raw: Raw, claims: RawTable, pointers: Mapping[str, tuple[str, ...]]) -> Flags:
    """Which claims these columns of other tables point to."""
    numbers = [
        hashed(raw.tables[name], [column])[0]
        for name, columns in pointers.items()
        if name in raw.tables
        for column in columns
    ]
    return among(numbered(claims, ["claim_id"]), np.unique(np.concatenate([np.zeros(0, np.int64), *numbers])))


def _maybe_alike(claims: RawTable) -> Flags:
    """Which claims may be entered twice, or have a statement that is torn apart."""
    near = numbered(claims, ["locator", "source_id", "predicate"])
    chosen = among(near, repeated(near))
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


def _with_claims(rest: Package, cells: pa.Table, *, categories: bool = False) -> Package:
    """The package with these claims."""
    frame, offsets = typed(table_schema("claims"), cells, categories=categories)
    return Package(rest.path, rest.descriptor, {**rest.frames, "claims": frame}, {**rest.offsets, "claims": offsets})


def _beside(package: Package) -> Package:
    """The package without links and relays, and of sources and incidents only those that its claims are about."""
    frames, offsets = {**package.frames}, {**package.offsets}
    for name in _POINTERS:
        frames[name], offsets[name] = typed(table_schema(name), no_rows(table_schema(name)))
    for name, key in _LOOKED_UP:
        used = frames[name][key].isin(frames["claims"][key].dropna().unique()).to_numpy(dtype=bool)
        frames[name] = frames[name][used].reset_index(drop=True)
        offsets[name] = offsets[name][used].reset_index(drop=True)
    return Package(package.path, package.descriptor, frames, offsets)


def _pointers(rest: Package, seen: pa.Table) -> Iterator[Part]:
    """Links and relays, some at a time, with the claims that these point to, as far as their rules look at them."""
    schema = table_schema("claims")
    for name, columns in _POINTERS.items():
        whole = rest.frames[name]
        for start in range(0, len(whole), PART_ROWS):
            some = whole.iloc[start : start + PART_ROWS].reset_index(drop=True)
            ids = pd.concat([some[column] for column in columns]).dropna().unique()
            used = seen.filter(pc.is_in(seen.column("claim_id"), value_set=pa.array(ids, pa.string())))
            blank = pa.repeat(pa.scalar(""), used.num_rows)
            cells = [used.column(each) if each in _SEEN_FROM_POINTERS else blank for each in schema.columns]
            package = _with_claims(rest, pa.table(cells, names=list(schema.columns)))
            frames = {**package.frames, **{each: rest.frames[each].iloc[:0] for each in _POINTERS}, name: some}
            rows = {name: np.arange(start, start + len(some))}
            yield Part(Package(rest.path, rest.descriptor, frames, package.offsets), "pointers", rows)
