"""Packages that have been read as one, and whose claims wait on disk, where reading has put them.

Each claim is taken where it first comes; where it comes again it has to be the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.package import Package, from_raw
from claimtrack.package.arrow import arrow_schema, as_arrow
from claimtrack.package.together import together
from claimtrack.package.typed import typed
from claimtrack.partition.limits import Extent
from claimtrack.partition.memory import give_back
from claimtrack.partition.slices import with_claims
from claimtrack.partition.thin import CLAIMS, ROW, numbered, sound
from claimtrack.schema import table_schema
from claimtrack.scopes import Ints
from claimtrack.structure import Raw, no_rows
from claimtrack.structure.cells.values import spelled
from claimtrack.structure.keys.hashes import among, repeated

UNTOLD = frozenset(("basis", "locator", "time_text", "count_text", "quote", "note"))
TOLD = tuple(column for column in CLAIMS.columns if column not in UNTOLD)
"""The columns of claims from which findings are told."""
CLOCKED = ("source_id", "publisher_id", "published_on", "standing")
"""What clocks and retractions are told from."""
GROWING = ("sources", "relays")
"""Tables that grow with the claims, and of which no more is needed while claims are compared."""
TOLD_OF = replace(CLAIMS, fields=tuple(CLAIMS.field(column) for column in TOLD))
KEY = CLAIMS.primary_key[0]
Typed = tuple[pd.DataFrame, pd.DataFrame]


class Waiting:
    """The claims of packages. Positions count the claims of all packages, one after the other."""

    def __init__(self, descriptors: Sequence[Path]) -> None:
        """Raises `DataError` and `UsageError` as `load` does."""
        self.descriptors = descriptors
        self._raws = [_without_lines(sound(each)) for each in descriptors]
        self._numbers = [raw.tables["claims"].numbers[0] for raw in self._raws]
        give_back()
        stores = [raw.tables["claims"].store for raw in self._raws]
        self.extent = Extent(
            [store.rows for store in stores],
            sum(store.size for store in stores),
            max(store.at_once for store in stores),
        )

    @property
    def _ids(self) -> Ints:
        return self._numbers[0] if len(self._numbers) == 1 else np.concatenate(self._numbers)

    def package(self) -> Package:
        """The packages as one, in memory. Raises `ConflictError` as `together` does."""
        return together([from_raw(raw, path) for raw, path in zip(self._raws, self.descriptors, strict=True)])

    def outline(self, sides: Package, columns: Sequence[str], *, named: bool = False) -> Package:
        """The packages as one: the tables of `sides`, these columns of claims, and their positions in `ROW`.

        Texts are held as their different values. Unless claims are to be `named`, their ids are numbers, as they should
        be in the links of `sides`.
        """
        ids = pd.Series(self._ids, copy=False)
        rows = np.arange(len(ids), dtype=np.uint32)
        rows = rows[~ids.duplicated().to_numpy()] if len(self._raws) > 1 else rows
        if named:
            ids = pd.concat([typed(CLAIMS, cells)[0][KEY] for cells in self._cells("claims", [KEY])], ignore_index=True)
        held = numbered(lambda name: self._cells("claims", [name]), [name for name in columns if name != KEY])
        claims = pd.DataFrame({KEY: ids, **held}, copy=False)
        claims = claims if len(rows) == len(claims) else claims.iloc[rows].reset_index(drop=True)
        claims[ROW] = rows
        give_back()
        frames = {**sides.frames, "claims": claims}
        return replace(sides, frames=frames, offsets={**sides.offsets, "claims": pd.DataFrame(index=claims.index)})

    def sides(self) -> Package:
        """The packages as one, without claims; of tables that grow with them only what clocks are told from.

        Raises `ConflictError` as `together` does.
        """
        if len(self._raws) == 1:
            package = self._without(0, ("claims", *GROWING))
        else:
            again = repeated(self._ids)
            package = together([self._with_shared(number, again) for number in range(len(self._raws))])
        frames, offsets = {**package.frames}, {**package.offsets}
        frames["sources"], offsets["sources"] = self._typed("sources", self._cells("sources", CLOCKED))
        frames["relays"], offsets["relays"] = self._typed("relays", ())
        frames["claims"], offsets["claims"] = self._typed("claims", ())
        give_back()
        return replace(package, frames=frames, offsets=offsets)

    def forget(self, sides: Package) -> Package:
        """Let go of what is needed for outlines only; these sides without what grows with the claims."""
        self._numbers = []
        names = {"claims", *GROWING}
        nothing = np.zeros(0, np.int64), np.zeros(0, bool)
        for number, raw in enumerate(self._raws):
            tables = {name: replace(raw.tables[name], numbers=nothing) for name in names}
            self._raws[number] = replace(raw, tables=tables)
        frames = {**sides.frames, "sources": sides.sources.iloc[:0], "links": sides.links.iloc[:0]}
        return replace(sides, frames=frames, offsets={**sides.offsets, "sources": sides.offsets["sources"].iloc[:0]})

    def parts(self) -> Iterator[tuple[int, pa.Table]]:
        """All claims in the columns `TOLD`, part by part in the types of Parquet, and the position of the first."""
        start = 0
        for cells in self._cells("claims", TOLD):
            yield start, _in_arrow(cells)
            start += cells.num_rows

    def taken(self, rows: npt.NDArray[np.uint32]) -> pa.Table:
        """The claims at these positions, which ascend, in the same columns."""
        found = [among_rows(cells, start, rows) for start, cells in self.parts()]
        return pa.concat_tables([arrow_schema(TOLD_OF).empty_table(), *found])

    def package_of(self, sides: Package, claims: Collection[str]) -> Package:
        """A package of these claims, all columns, and all that they name; `sides` has the tables that do not grow."""
        frames, offsets = dict(sides.frames), dict(sides.offsets)
        frames["claims"], offsets["claims"] = self._chosen("claims", KEY, claims)
        named = {"sources": ("source_id", frames["claims"]["source_id"]), "relays": (KEY, claims)}
        for name, (column, ids) in named.items():
            frames[name], offsets[name] = self._chosen(name, column, ids)
        return with_claims(replace(sides, frames=frames, offsets=offsets))

    def _cells(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Some columns of a table of all packages, part by part."""
        return (cells for raw in self._raws for cells in raw.tables[name].sound_parts(columns))

    def _chosen(self, name: str, column: str, ids: Collection[str]) -> Typed:
        """The rows of a table that have one of these ids in a column."""
        wanted, field = pa.array(sorted(set(ids)), pa.string()), table_schema(name).field(column)
        cells = (part.filter(pc.is_in(spelled(field, part), wanted)) for part in self._cells(name))
        return self._typed(name, cells)

    def _typed(self, name: str, cells: Iterable[pa.Table]) -> Typed:
        """Rows of a table, each once."""
        schema = table_schema(name)
        parts = [typed(schema, part) for part in cells] or [typed(schema, no_rows(schema))]
        frame, offsets = (pd.concat(each, ignore_index=True) for each in zip(*parts, strict=True))
        if len(self._raws) == 1:
            return frame, offsets
        once = ~frame.duplicated(list(schema.primary_key)).to_numpy()
        return frame[once].reset_index(drop=True), offsets[once].reset_index(drop=True)

    def _without(self, number: int, names: Collection[str]) -> Package:
        """One of the packages without the rows of some tables."""
        raw = self._raws[number]
        tables = {name: table for name, table in raw.tables.items() if name not in names}
        return from_raw(replace(raw, tables=tables), self.descriptors[number])

    def _with_shared(self, number: int, ids: Ints) -> Package:
        """One of the packages, of whose claims those of these numbers are there."""
        package, shared, start = self._without(number, ("claims",)), among(self._numbers[number], ids), 0
        found = [typed(CLAIMS, no_rows(CLAIMS))]
        for cells in self._raws[number].tables["claims"].sound_parts():
            found.append(typed(CLAIMS, cells.filter(pa.array(shared[start : start + cells.num_rows]))))
            start += cells.num_rows
        frame, offsets = (pd.concat(each, ignore_index=True) for each in zip(*found, strict=True))
        return replace(
            package, frames={**package.frames, "claims": frame}, offsets={**package.offsets, "claims": offsets}
        )


def _without_lines(raw: Raw) -> Raw:
    """What has been read, without what says where a problem is: there is none."""
    nowhere = np.zeros(0, np.int64)
    return replace(raw, tables={name: replace(table, lines=nowhere) for name, table in raw.tables.items()})


def among_rows(cells: pa.Table, start: int, rows: npt.NDArray[np.uint32]) -> pa.Table:
    """Those of the cells, of which the first is at position `start`, that are at these positions, which ascend."""
    first, last = np.searchsorted(rows, (start, start + cells.num_rows))
    return cells.take(pa.array(rows[first:last] - start))


def _in_arrow(cells: pa.Table) -> pa.Table:
    """Claims in the types of Parquet."""
    return as_arrow(TOLD_OF, *typed(TOLD_OF, cells, categories=True))
