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

import pyarrow as pa

from claimtrack.discrepancy.present import Json
from claimtrack.package import Package
from claimtrack.partition.answer import Asked, Shape, added, answered, plain
from claimtrack.partition.held import Cut, Held, Slice, cut
from claimtrack.partition.spill import in_order, read_back, spilled

__all__ = ["Asked", "Cut", "Held", "Shape", "Sliced", "Tick", "cut", "plain", "silent"]

Runs = Sequence[Iterable[pa.RecordBatch]]
Tick = Callable[[int, int], None]
"""Called with the number of slices that have answered, and of all."""


class Slices(Protocol):
    """Where slices come from."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Slice]: ...

    def package_of(self, claims: Collection[str]) -> Package:
        """A package in which at least these claims are."""


def silent(done: int, of: int) -> None:
    """Tell nobody."""


@dataclass
class Sliced:
    """The discrepancies of a package in the forms of `Findings`, computed slice by slice. Close it after use."""

    slices: Slices
    claims: int
    """How many claims are compared."""
    selection: Mapping[str, tuple[str, ...]]
    tick: Tick = silent
    stats: Json = field(default_factory=dict)
    """Those of the last answer; see `Findings.stats`."""
    opened: ExitStack = field(default_factory=ExitStack)

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
        for number, (package, clock) in enumerate(self.slices):
            self.tick(number, len(self.slices))
            one, batches = answered(package, clock, asked)
            stats.append(one)
            if len(self.slices) > 1:
                folder = folder or Path(self.opened.enter_context(TemporaryDirectory(prefix="claimtrack-")))
                batches = read_back(spilled(batches, folder / f"{number}.parquet"))
            runs.append(batches)
        self.tick(len(self.slices), len(self.slices))
        self.stats = added(stats, self.claims)
        return runs
