"""A package for a question about some claims: of all claims some columns are held, whole ones are read by their ids.

So most claims are never typed, and of a table in Parquet most columns are never read, nor checked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Set
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from claimtrack.clocks import Clocks
from claimtrack.package import Package
from claimtrack.package.arrow import arrow_schema
from claimtrack.partition.held import Cut
from claimtrack.partition.slices import filled
from claimtrack.partition.thin import CLAIMS, NEAR, NUMBERED, THIN, sound, thin
from claimtrack.scopes import Ints, one_of
from claimtrack.structure import PARQUET, Raw, described, is_sound, read
from claimtrack.structure.cells.values import OFFSET
from claimtrack.structure.files.opening import RefusedError, opened
from claimtrack.structure.limits import CSV_BYTES, THRIFT_BYTES

COLUMNS = (*THIN, *NEAR)
Fetch = Callable[[Collection[str]], pa.Table]
"""The cells of the claims of these ids, in the order of the package."""


class Fetched:
    """The slices of a package whose claims are read when they are needed."""

    def __init__(self, package: Package, whole: Cut, fetch: Fetch) -> None:
        self.package = package
        self.cut = whole
        self._fetch = fetch
        self._ids: Set[str] = frozenset()
        self._cells: pa.Table | None = None

    def take(self, number: int) -> Package:
        """The package of a slice."""
        return self.rows(self.cut.of(number)[0])

    def clocks(self, rows: Ints) -> Clocks:
        """The clocks of some claims."""
        return self.cut.clocks.of(rows)

    def rows(self, rows: Ints) -> Package:
        """The package of some claims."""
        return self.package_of(set(self.cut.package.claims["claim_id"].iloc[rows]))

    def package_of(self, claims: Collection[str]) -> Package:
        """A package of these claims."""
        wanted = frozenset(claims)
        if self._cells is None or not wanted <= self._ids:
            self._ids, self._cells = wanted, self._fetch(wanted)
        return filled(self.package, _among(self._cells, wanted))


def to_fetch_from(descriptor: Path) -> tuple[Package, Fetch]:
    """The package, of whose claims `COLUMNS` are there, and what reads whole claims.

    What is wrong with a table raises `DataError` and `UsageError` as `load` does. Claims that lie in Parquet, in the
    types of the schema, are the exception: of them only those that are read have to be sound.
    """
    claims = described(descriptor).get(CLAIMS.name)
    if claims is not None and claims.path.endswith(PARQUET):
        path = claims.path
        raw = read(descriptor, without=(CLAIMS.name,))
        columns = None if _faulty(raw) else _scanned(raw.root, path, COLUMNS, numbered=NUMBERED)
        if columns is not None and not columns["claim_id"].null_count:
            package = thin(raw, descriptor, COLUMNS, claims=columns)
            return package, lambda ids: _found(raw, path, package.claims["claim_id"], descriptor, ids)
    raw = sound(descriptor)
    return thin(raw, descriptor, COLUMNS), lambda ids: _chosen(raw, ids)


def _faulty(raw: Raw) -> bool:
    return any(problem.severity == "error" for problem in raw.problems)


def _scanned(
    root: Path, path: str, columns: Collection[str], rows: Ints | None = None, numbered: Collection[str] = ()
) -> pa.Table | None:
    """These columns of claims in Parquet, of all or of some; None where they are not what the schema says."""
    wanted = [one for one in arrow_schema(CLAIMS) if one.name.removesuffix(OFFSET) in columns]
    names = [one.name for one in wanted]
    limits = {"thrift_string_size_limit": THRIFT_BYTES, "thrift_container_size_limit": THRIFT_BYTES}
    try:
        with opened(root, path, CSV_BYTES) as source:
            given = pq.read_schema(source)
            if any(one.name not in given.names or given.field(one.name).type != one.type for one in wanted):
                return None
            file = pq.ParquetFile(source, read_dictionary=list(numbered), **limits)
            cells = file.read(names) if rows is None else _rows_of(file, names, rows)
            cells.validate(full=True)
            return cells
    except (RefusedError, pa.ArrowException, OSError):
        return None


def _rows_of(file: pq.ParquetFile, names: list[str], rows: Ints) -> pa.Table:
    """Some rows, which ascend: only the row groups in which they lie are read, one after the other."""
    sizes = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
    begins = np.cumsum([0, *sizes])
    bounds = np.searchsorted(rows, begins)
    parts = [file.read_row_groups([], names)]
    for group in np.flatnonzero(np.diff(bounds)).tolist():
        own = rows[bounds[group] : bounds[group + 1]] - begins[group]
        parts.append(file.read_row_group(group, names).take(pa.array(own)))
    return pa.concat_tables(parts)


def _found(raw: Raw, path: str, known: pd.Series, descriptor: Path, ids: Collection[str]) -> pa.Table:
    """Claims of a Parquet table, whose ids are `known`.

    Where one of them is not sound, the table is read and what is wrong is raised.
    """
    rows = np.flatnonzero(one_of(known, ids))
    cells = _scanned(raw.root, path, CLAIMS.columns, rows) if len(rows) == len(set(ids)) else None
    if cells is None or not is_sound(CLAIMS, cells.combine_chunks()) or not _lead_somewhere(raw, cells):
        return _chosen(sound(descriptor), ids)
    return cells


def _lead_somewhere(raw: Raw, cells: pa.Table) -> bool:
    """Whether the rows that claims name are there."""
    for key in CLAIMS.foreign_keys:
        if key.resource in raw.tables:
            named = cells.select(list(key.fields)).drop_null().group_by(list(key.fields)).aggregate([])
            target = raw.tables[key.resource].arrow.select(list(key.reference_fields))
            if len(named.join(target, list(key.fields), list(key.reference_fields), join_type="left anti")):
                return False
    return True


def _chosen(raw: Raw, ids: Collection[str]) -> pa.Table:
    """Claims of a package that has been read."""
    return pa.concat_tables(_among(part, ids) for part in raw.tables[CLAIMS.name].sound_parts())


def _among(cells: pa.Table, ids: Collection[str]) -> pa.Table:
    return cells.filter(pc.is_in(cells.column("claim_id"), pa.array(sorted(ids), pa.string())))
