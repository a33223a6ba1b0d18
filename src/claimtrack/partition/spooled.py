"""Slices of packages whose claims wait on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from claimtrack.package import Package
from claimtrack.package.arrow import arrow_schema
from claimtrack.package.typed import typed
from claimtrack.partition.held import Cut
from claimtrack.partition.memory import give_back
from claimtrack.partition.slices import filled, with_typed
from claimtrack.partition.waiting import TOLD_OF, Waiting, among_rows
from claimtrack.readings import Clocks
from claimtrack.scopes import Ints
from claimtrack.structure.values import CODED, OFFSET, held

NUMBERED = [field.name for field in TOLD_OF.fields if held(field) == CODED and field.type == "string"]
"""Columns of which a slice holds the different values, and a number a claim."""


class Spooled:
    """The slices of packages whose claims wait on disk."""

    def __init__(self, whole: Cut, waiting: Waiting, rows: Ints, folder: Path) -> None:
        """`rows`: where each claim of the cut waits; its package has the other tables. Slices lie in the folder."""
        for name, times in vars(whole.clocks).items():
            times.tofile(folder / name)
        nothing = np.zeros(0, np.int64)
        self.cut = replace(whole, clocks=Clocks(nothing, nothing, nothing))
        self._waiting = waiting
        self._rows = rows
        self._folder = folder
        self._parts: list[Path] = []

    def package_of(self, claims: Collection[str]) -> Package:
        """A package of these claims."""
        return self._waiting.package_of(self.cut.package, claims)

    def take(self, number: int) -> Package:
        """The package of a slice."""
        self._parts = self._parts or list(self._distributed())
        with pq.ParquetFile(self._parts[number], read_dictionary=NUMBERED) as file:
            frames, offsets = zip(*(_typed(file, field.name) for field in TOLD_OF.fields), strict=True)
        package = with_typed(self.cut.package, pd.concat(frames, axis=1), pd.concat(offsets, axis=1))
        give_back()
        return package

    def clocks(self, rows: Ints) -> Clocks:
        """The clocks of some claims."""
        return Clocks(*(np.fromfile(self._folder / one.name, np.int64)[rows] for one in fields(Clocks)))

    def rows(self, rows: Ints) -> Package:
        """The package of some claims."""
        return filled(self.cut.package, self._waiting.taken(self._rows[rows]))

    def _distributed(self) -> Iterator[Path]:
        """The files of the slices, written in one pass over all claims."""
        schema, numbers = arrow_schema(TOLD_OF), range(self.cut.number)
        with ExitStack() as stack:
            paths = [self._folder / f"claims-{number}.parquet" for number in numbers]
            writers = [stack.enter_context(pq.ParquetWriter(path, schema, compression="zstd")) for path in paths]
            wanted = [self._rows[self.cut.of(number)[0]] for number in numbers]
            for start, cells in self._waiting.parts():
                for writer, rows in zip(writers, wanted, strict=True):
                    here = among_rows(cells, start, rows)
                    if len(here):
                        writer.write_table(here)
        give_back()
        return iter(paths)


def _typed(file: pq.ParquetFile, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One column of a slice: read by itself, so that not all of them are there twice."""
    beside = [one for one in file.schema_arrow.names if one.removesuffix(OFFSET) == name]
    return typed(TOLD_OF, file.read(columns=beside, use_threads=False), categories=True)
