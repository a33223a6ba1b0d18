"""A package in memory: its tables as typed frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from claimtrack.errors import DataError
from claimtrack.locate import descriptor_at, shipped_root
from claimtrack.package.typed import typed
from claimtrack.schema import TABLES, table_schema
from claimtrack.structure import Raw, no_rows, read

__all__ = ["Package", "check_package", "from_raw", "load"]


@dataclass(frozen=True, eq=False)
class Package:
    """The tables of a package. `path` is its descriptor and `root` the folder of that.

    `frames` holds one typed frame per table, rows in the order of the file: strings with `pd.NA`, Int64, Float64,
    boolean, dates as datetime64, datetimes as datetime64[us, UTC]. `offsets` holds, for the same rows, the UTC offset
    in minutes that every datetime was recorded with. What is missing is `pd.NA` or `NaT`.
    """

    path: Path
    descriptor: Mapping[str, Any]
    frames: Mapping[str, pd.DataFrame]
    offsets: Mapping[str, pd.DataFrame]

    def __repr__(self) -> str:
        number = len(self.frames.get("claims", ()))
        return f"Package({str(self.path)!r}, {number:,} claim{'' if number == 1 else 's'})"

    @property
    def root(self) -> Path:
        """The folder of the package."""
        return self.path.parent

    @property
    def claims(self) -> pd.DataFrame:
        """One row is one proposition that one claimant put forward, read in one source."""
        return self.frames["claims"]

    @property
    def actors(self) -> pd.DataFrame:
        """One row is one actor: claimants, publishers, those who act and those who are counted."""
        return self.frames["actors"]

    @property
    def places(self) -> pd.DataFrame:
        """One row is one place."""
        return self.frames["places"]

    @property
    def incidents(self) -> pd.DataFrame:
        """One row is one event, instrument or question at issue."""
        return self.frames["incidents"]

    @property
    def sources(self) -> pd.DataFrame:
        """One row is one document in which claims were read."""
        return self.frames["sources"]

    @property
    def predicates(self) -> pd.DataFrame:
        """One row is one thing that can be claimed: the codebook."""
        return self.frames["predicates"]

    @property
    def relays(self) -> pd.DataFrame:
        """One row is one intermediary between a claimant and the publisher."""
        return self.frames["relays"]

    @property
    def links(self) -> pd.DataFrame:
        """One row is one relation between two claims that a person declared."""
        return self.frames["links"]

    @property
    def corrections(self) -> pd.DataFrame:
        """One row is one cell of a claim that the recorder had wrong and has put right."""
        return self.frames["corrections"]


def check_package(given: object) -> None:
    """Raise `TypeError` for what is no `Package`."""
    if not isinstance(given, Package):
        raise TypeError(f"expected a Package, as claimtrack.load returns it, not {type(given).__name__}")


def from_raw(raw: Raw, path: Path) -> Package:
    """The package that was read, whatever its problems.

    A cell that is at fault is missing, unless it is part of the key, and so is a table that could not be read. Of rows
    whose cells cannot be told apart only the keys are there, as far as they can be made out, after all others.
    """
    frames: dict[str, pd.DataFrame] = {}
    offsets: dict[str, pd.DataFrame] = {}
    for name in TABLES:
        schema = table_schema(name)
        table = raw.tables.get(name)
        cells = no_rows(schema) if table is None else table.as_far_as_sound()
        frames[name], offsets[name] = typed(schema, cells)
    return Package(path, raw.descriptor, frames, offsets)


def load(path: str | Path | None = None) -> Package:
    """The package at `path` (a descriptor or its folder), or the one that ships with the library.

    Raises `UsageError` where there is no package, `DataError` where its files cannot be read as one.
    """
    descriptor = descriptor_at(shipped_root() if path is None else path)
    raw = read(descriptor)
    errors = [problem for problem in raw.problems if problem.severity == "error"]
    if errors:
        raise DataError(errors)
    return from_raw(raw, descriptor)
