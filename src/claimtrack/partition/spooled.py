"""Slices of packages whose claims wait on disk."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from claimtrack.clocks import Clocks
from claimtrack.package import Package
from claimtrack.package.arrow import arrow_schema
from claimtrack.package.typed import typed
from claimtrack.partition.cutting import Waits
from claimtrack.partition.linked import with_links
from claimtrack.partition.memory import give_back
from claimtrack.partition.slices import filled, with_typed
from claimtrack.partition.thin import NUMBERED, ROW
from claimtrack.partition.waiting import TOLD_OF, Waiting, among_rows
from claimtrack.schema import Field
from claimtrack.scopes import Bools, Ints, rows_of
from claimtrack.structure.cells.values import OFFSET
from claimtrack.temporary import writing_temporarily

SCHEMA = arrow_schema(TOLD_OF)
PACKED = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)


class Spooled:
    """The slices of packages whose claims wait on disk."""

    def __init__(self, waits: Waits, waiting: Waiting, folder: Path) -> None:
        """Slices lie in the folder."""
        whole, rows, self._links, self._linked = waits
        with writing_temporarily():
            for name, values in {**vars(whole.clocks), ROW: rows}.items():
                (folder / name).write_bytes(np.ascontiguousarray(values).data)
        nothing = np.zeros(0, np.int64)
        self.cut = replace(whole, clocks=Clocks(nothing, nothing, nothing))
        self._waiting = waiting
        self._folder = folder
        self._parts: list[Path] = []

    def package_of(self, claims: Collection[str]) -> Package:
        """A package of these claims."""
        return self._waiting.package_of(self._with_links(), claims)

    def take(self, number: int) -> Package:
        """The package of a slice."""
        self._parts = self._parts or self._distributed()
        frames, offsets = zip(*(_typed(self._parts[number], field) for field in TOLD_OF.fields), strict=True)
        package = with_typed(self._with_those_in(number), pd.concat(frames, axis=1), pd.concat(offsets, axis=1))
        give_back()
        return package

    def clocks(self, rows: Ints) -> Clocks:
        """The clocks of some claims."""
        return Clocks(*(self._kept(one.name, np.int64)[rows] for one in fields(Clocks)))

    def rows(self, rows: Ints) -> Package:
        """The package of some claims."""
        return filled(self._with_links(), self._waiting.taken(self._kept(ROW, np.uint32)[rows]))

    def _kept(self, name: str, dtype: type[np.integer]) -> np.ndarray:
        """One value a claim of the cut, from where it lies."""
        return np.memmap(self._folder / name, dtype, "r")

    def _with_links(self, chosen: Bools | None = None) -> Package:
        """The tables that do not grow, and the links; `chosen`: which of them."""
        links = self._links.read()
        return with_links(self.cut.package, links if chosen is None else rows_of(links, chosen))

    def _with_those_in(self, number: int) -> Package:
        """The same with the links between claims of a slice."""
        there = np.zeros(len(self.cut.slice) + 1, dtype=bool)
        there[self.cut.of(number)[0]] = True
        source, target = self._linked
        return self._with_links(there[source] & there[target])

    def _distributed(self) -> list[Path]:
        """The files of the slices, written in one pass over all claims."""
        numbers = range(self.cut.number)
        paths = [self._folder / f"claims-{number}.arrow" for number in numbers]
        with ExitStack() as stack:
            stack.enter_context(writing_temporarily())
            files = [stack.enter_context(pa.OSFile(str(path), "wb")) for path in paths]
            writers = [stack.enter_context(pa.ipc.new_file(file, SCHEMA, options=PACKED)) for file in files]
            kept = self._kept(ROW, np.uint32)
            wanted = [kept[self.cut.of(number)[0]] for number in numbers]
            for start, cells in self._waiting.parts():
                for writer, rows in zip(writers, wanted, strict=True):
                    here = among_rows(cells, start, rows)
                    if len(here):
                        writer.write_table(here)
        give_back()
        return paths


def _typed(path: Path, field: Field) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One column of a slice: read by itself, so that not all of them are there twice."""
    beside = [at for at, name in enumerate(SCHEMA.names) if name.removesuffix(OFFSET) == field.name]
    chosen = pa.ipc.IpcReadOptions(included_fields=beside, use_threads=False)
    with pa.OSFile(str(path)) as file, pa.ipc.open_file(file, options=chosen) as written:
        cells = written.read_all()
    if field.name in NUMBERED:
        cells = pa.table({field.name: cells.column(0).dictionary_encode()})
    return typed(TOLD_OF, cells, categories=True)
