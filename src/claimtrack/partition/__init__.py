"""Discrepancies slice by slice: memory follows the largest partition, and the answer is that of the whole package.

`assign` says which claims can meet, `slices` puts partitions together, `answer` is what one slice says, `held` and
`spooled` are packages cut into slices in memory and on disk, `spill` puts the answers into one order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np
import pyarrow as pa

from claimtrack.discrepancy import Findings, find_in
from claimtrack.discrepancy.present import Json
from claimtrack.package import Package
from claimtrack.partition.answer import Asked, Shape, added, plain, rows_of
from claimtrack.partition.held import Cut, Held, cut
from claimtrack.partition.spill import in_order, read_back, spilled
from claimtrack.scopes import Ints

__all__ = ["Asked", "Cut", "Held", "Shape", "Sliced", "Tick", "cut", "plain", "silent"]

Runs = Sequence[Iterable[pa.RecordBatch]]
Tick = Callable[[int, int], None]
"""Called with the number of slices that have answered, and of all."""


class Slices(Protocol):
    """Where slices come from."""

    cut: Cut

    def take(self, number: int) -> Package:
        """The package of a slice."""

    def rows(self, rows: Ints) -> Package:
        """The package of some claims."""

    def package_of(self, claims: Collection[str]) -> Package:
        """A package in which at least these claims are."""


def silent(done: int, of: int) -> None:
    """Tell nobody."""


@dataclass
class Sliced:
    """The discrepancies of a package in the forms of `Findings`, computed slice by slice. Close it after use."""

    slices: Slices
    selection: Mapping[str, tuple[str, ...]]
    tick: Tick = silent
    stats: Json = field(default_factory=dict)
    """Those of the last answer; see `Findings.stats`."""
    opened: ExitStack = field(default_factory=ExitStack)
    _only: tuple[Findings, Package] | None = None

    def condensed(self, shape: Shape = plain) -> list[Json]:
        """One object a contradicted claim, scope of counts, or incident; strongest first."""
        return list(in_order(self._runs(Asked(False, self.selection, shape))))

    def pairs(self, shape: Shape = plain) -> Iterator[Json]:
        """One object a pair of claims; strongest first, then by code and ids. All slices have answered before."""
        return in_order(self._runs(Asked(True, self.selection, shape)))

    def package_of(self, claims: Collection[str]) -> Package:
        """A package in which at least these claims are, and all that they name."""
        return self.slices.package_of(claims)

    def close(self) -> None:
        """Remove what was written to disk."""
        self.opened.close()

    def _runs(self, asked: Asked) -> Runs:
        stats: list[Json] = []
        runs: list[Iterable[pa.RecordBatch]] = []
        folder: Path | None = None
        number = self.slices.cut.number
        for done, (found, package) in enumerate(self._slices()):
            stats.append(found.stats)
            batches: Iterable[pa.RecordBatch] = rows_of(found, package, asked)
            if self._only is None:
                folder = folder or Path(self.opened.enter_context(TemporaryDirectory(prefix="claimtrack-")))
                batches = read_back(spilled(batches, folder / f"{done}.parquet"))
            runs.append(batches)
            self.tick(min(done + 1, number), number)
        self.stats = added(stats, self.slices.cut.compared)
        return runs

    def _slices(self) -> Iterator[tuple[Findings, Package]]:
        """What is found in every slice, and its package; the slice that is the whole package is kept."""
        whole = self.slices.cut
        if self._only is not None:
            yield self._only
            return
        met: list[Ints] = []
        for number in range(whole.number):
            rows, part = whole.of(number)
            package = self.slices.take(number)
            if part is None:
                self._only = find_in(package, whole.clocks, self.selection), package
                yield self._only
                return
            found = find_in(package, whole.clocks.of(rows), self.selection, part.keeps)
            if whole.guest.any():
                met.append(rows[part.met(found.computed)])
            yield found, package
        if whole.guest.any():
            rows, part = whole.last(np.concatenate([*met, np.zeros(0, np.int64)]))
            package = self.slices.rows(rows)
            yield find_in(package, whole.clocks.of(rows), self.selection, part.keeps), package
