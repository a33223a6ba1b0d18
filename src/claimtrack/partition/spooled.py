"""A package whose claims wait on disk: a few of their columns are held, and whole claims only slice by slice.

What is held of all claims is what partitions, clocks and references are made from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from claimtrack.errors import DataError, UsageError
from claimtrack.package import Package, from_raw
from claimtrack.package.arrow import arrow_schema, as_arrow
from claimtrack.package.together import together
from claimtrack.package.typed import typed
from claimtrack.partition.assign import COLUMNS
from claimtrack.partition.held import Cut
from claimtrack.partition.slices import filled
from claimtrack.schema import table_schema
from claimtrack.scopes import Ints
from claimtrack.structure import Raw, read
from claimtrack.structure.limits import BATCH_ROWS

CLAIMS = table_schema("claims")
Keep = Callable[[pa.Table], None]
MOMENTS = ("reported_to", "asserted_from", "asserted_to")
THIN = (*COLUMNS, "source_id", *MOMENTS)
"""The columns of claims that are held."""
NEAR = ("polarity", "valid_mode", "valid_from", "valid_to", "zone_basis")
"""Those that are held too where a few claims are asked for: by them it is told what can meet these."""
ROW = "row"
"""The column of held claims that says where each waits."""

BASE = 400 * 10**6
"""Bytes that Python and its libraries need, whatever the package."""
HELD = 600
"""Bytes that are held of each claim of a package."""
WORKING = 6_000
"""Bytes that each claim of a slice needs while the slice answers."""


def held_columns(selection: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The columns of claims that have to be held for what is asked."""
    return (*THIN, *NEAR) if selection.get("claim") else THIN


def sound(descriptor: Path) -> Raw:
    """The tables of a package in which no error is found; raises `DataError` and `UsageError` as `load` does."""
    raw = read(descriptor)
    errors = [problem for problem in raw.problems if problem.severity == "error"]
    if errors:
        raise DataError(errors)
    return raw


def thin(
    raw: Raw,
    descriptor: Path,
    columns: Sequence[str] = THIN,
    *,
    claims: Iterable[pa.Table] | None = None,
    keep: Keep | None = None,
) -> Package:
    """The package that was read, of whose claims these columns are there; `keep` gets whole claims, part by part.

    Claims may come from elsewhere than from what was read.
    """
    held = []
    for cells in claims or raw.tables["claims"].sound_parts(None if keep else columns):
        frame, offsets = typed(CLAIMS, cells)
        if keep is not None:
            keep(as_arrow(CLAIMS, frame, offsets))
        held.append((frame[list(columns)], offsets[[name for name in offsets if name in columns]]))
    frame, offsets = (pd.concat(parts, ignore_index=True) for parts in zip(*held, strict=True))
    tables = {name: table for name, table in raw.tables.items() if name != "claims"}
    package = from_raw(replace(raw, tables=tables), descriptor)
    return replace(package, frames={**package.frames, "claims": frame}, offsets={**package.offsets, "claims": offsets})


def spool(descriptors: Sequence[Path], path: Path, columns: Sequence[str] = THIN) -> Package:
    """Read packages as one, their claims to a file; of claims these columns are there, and their `ROW`.

    Raises `DataError` and `ConflictError` as `load` and `together` do, and `UsageError` where they share claims.
    """
    with pq.ParquetWriter(path, arrow_schema(CLAIMS), compression="zstd") as written:
        packages = [thin(sound(each), each, columns, keep=written.write_table) for each in descriptors]
    whole = together(packages)
    claims = whole.claims
    if len(claims) != sum(len(package.claims) for package in packages):
        raise UsageError("with a memory limit no claim may be in several packages")
    rows = claims.assign(**{ROW: np.arange(len(claims), dtype=np.int64)})
    return replace(whole, frames={**whole.frames, "claims": rows})


def within(limit: int, claims: int) -> int:
    """How many claims of a slice fit into `limit` bytes, of a package of so many."""
    return max((limit - BASE - HELD * claims) // WORKING, 0)


def check_fits(whole: Cut, limit: int, claims: int) -> None:
    """Raise `UsageError`, with the least limit that would do, where a slice does not fit."""
    largest = int(np.bincount(whole.slice[whole.slice >= 0], minlength=1).max() + whole.guest.sum())
    if largest > within(limit, claims):
        least = BASE + HELD * claims + WORKING * largest
        raise UsageError(
            f"the memory limit cannot be kept: {largest:,} of {claims:,} claims may meet and have to be looked at"
            f" together, which takes about {least / 10**6:,.0f} MB"
        )


class Spooled:
    """The slices of a package whose claims wait in a file."""

    def __init__(self, whole: Cut, path: Path) -> None:
        self.cut = whole
        self.path = path
        self._parts: list[Path] = []

    def package_of(self, claims: Collection[str]) -> Package:
        """A package of these claims."""
        return filled(self.cut.package, pq.read_table(self.path, filters=pc.field("claim_id").isin(sorted(claims))))

    def take(self, number: int) -> Package:
        """The package of a slice."""
        return filled(self.cut.package, pq.read_table(self._distributed()[number]))

    def rows(self, rows: Ints) -> Package:
        """The package of some claims."""
        return self.package_of(set(self.cut.package.claims["claim_id"].iloc[rows]))

    def _distributed(self) -> list[Path]:
        """The files of the slices, written at first."""
        if not self._parts:
            self._parts = [self.path.with_name(f"claims-{number}.parquet") for number in range(self.cut.number)]
            writers = [pq.ParquetWriter(part, arrow_schema(CLAIMS), compression="zstd") for part in self._parts]
            kept = self.cut.package.claims[ROW].to_numpy(np.int64)
            wanted = [kept[self.cut.of(number)[0]] for number in range(self.cut.number)]
            first = 0
            with pq.ParquetFile(self.path) as file:
                for batch in file.iter_batches(BATCH_ROWS):
                    last = first + batch.num_rows
                    for writer, rows in zip(writers, wanted, strict=True):
                        here = rows[np.searchsorted(rows, first) : np.searchsorted(rows, last)] - first
                        if len(here):
                            writer.write_batch(batch.take(pa.array(here)))
                    first = last
            for writer in writers:
                writer.close()
        return self._parts
