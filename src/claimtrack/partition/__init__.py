"""Discrepancies slice by slice: memory follows the largest partition, and the answer is that of the whole package.

`assign` says which claims can meet, `slices` puts partitions together, `answer` is what one slice says. `held` are
slices of a package in memory, `waiting`, `cutting` and `spooled` those of packages on disk; `spill` puts what they say
into one order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from claimtrack.clocks import Clocks
from claimtrack.discrepancy import Findings, Tally, find_in
from claimtrack.discrepancy.telling.present import Json
from claimtrack.package import Package
from claimtrack.partition.answer import Asked, Shape, added, plain, runs_of
from claimtrack.partition.guests import Part
from claimtrack.partition.held import Cut, Held, cut
from claimtrack.partition.memory import give_back
from claimtrack.partition.spill import Spill
from claimtrack.scopes import Ints
from claimtrack.temporary import temporary_folder

__all__ = ["Asked", "Cut", "Held", "Shape", "Sliced", "Tick", "cut", "plain", "silent"]

Tick = Callable[[int, int], None]
"""Called with the number of slices that have answered, and of all."""


class Slices(Protocol):
    """Where slices come from."""

    cut: Cut

    def take(self, number: int) -> Package:
        """The package of a slice."""

    def rows(self, rows: Ints) -> Package:
        """The package of some claims."""

    def clocks(self, rows: Ints) -> Clocks:
        """The clocks of some claims."""

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
        return list(self.each(shape))

    def each(self, shape: Shape = plain) -> Iterator[Json]:
        """The same, one object after the other. All slices have answered before."""
        return self._answer(Asked(False, self.selection, shape))

    def pairs(self, shape: Shape = plain) -> Iterator[Json]:
        """One object a pair of claims; strongest first, then by code and ids. All slices have answered before."""
        return self._answer(Asked(True, self.selection, shape))

    def package_of(self, claims: Collection[str]) -> Package:
        """A package in which at least these claims are, and all that they name."""
        return self.slices.package_of(claims)

    def close(self) -> None:
        """Remove what was written to disk."""
        self.opened.close()

    def _answer(self, asked: Asked) -> Iterator[Json]:
        whole = self.slices.cut
        if whole.undivided:
            self._only = self._only or self._found(self.slices.clocks(whole.of(0)[0]), self.slices.take(0))
            self.tick(1, 1)
            if not asked.pairs:
                self.stats = added([self._only[0].stats], whole.compared)
                return asked.shape(self._only[0].each(), self._only[1])
        spill = Spill(self.opened.enter_context(temporary_folder()))
        if self._only is not None:
            self.stats = added([_told(*self._only, asked, spill)], whole.compared)
        else:
            self.stats = added(self._stats(whole, asked, spill), whole.compared)
        give_back()
        return spill.rows()

    def _stats(self, whole: Cut, asked: Asked, spill: Spill) -> Iterator[Json]:
        """Let all slices tell their rows, one after the other; the stats of each."""
        met = [np.zeros(0, np.int64)]
        for number in range(whole.number):
            rows, part = whole.of(number)
            yield _told(*self._found(self.slices.clocks(rows), self.slices.take(number), part), asked, spill)
            give_back()
            met.append(rows[part.met])
            self.tick(number + 1, whole.number)
        if whole.guest.any():
            rows, part = whole.last(np.concatenate(met))
            yield _told(*self._found(self.slices.clocks(rows), self.slices.rows(rows), part), asked, spill)

    def _found(self, clocks: Clocks, package: Package, part: Part | None = None) -> tuple[Findings, Package]:
        """What is found in a slice, and its package."""
        found = find_in(package, clocks, self.selection, None if part is None else part.keeps)
        give_back()
        return found, package


def _told(found: Findings, package: Package, asked: Asked, spill: Spill) -> Json:
    """Let a slice tell its rows; its stats."""
    tally = Tally()
    for run in runs_of(found, package, asked, tally):
        spill.add(run)
    return found.of_tally(tally)
