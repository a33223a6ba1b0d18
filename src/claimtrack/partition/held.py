"""A package in memory, cut into slices."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

import numpy as np

from claimtrack.discrepancy import check_asked, moment
from claimtrack.discrepancy.facts import reported_by
from claimtrack.package import Package
from claimtrack.partition.assign import partitions
from claimtrack.partition.slices import part_of, slices
from claimtrack.readings import Clocks
from claimtrack.scopes import Ints

MOST = 1_000_000
"""Claims of a slice where nothing else is asked: some 4 GB."""

Slice = tuple[Package, Clocks]


class Cut(NamedTuple):
    """How the claims of a package are cut: all of what is asked for lies in the slices, the rest has nothing to add."""

    package: Package
    """The package as it stood, without the claims that do not count."""
    clocks: Clocks
    partition: Ints
    slice: Ints
    """For each claim its slice, −1 where nothing that is asked for can be about it."""

    @property
    def number(self) -> int:
        """How many slices there are."""
        return int(self.slice.max(initial=-1)) + 1


def cut(
    package: Package,
    *,
    as_of: datetime | str | None = None,
    retracted: bool = False,
    selection: Mapping[str, tuple[str, ...]] | None = None,
    most: int = MOST,
) -> Cut:
    """Cut a package; of the columns of claims those that clocks and partitions are made from are enough."""
    asked = selection or {}
    check_asked(package, **asked)
    kept, clock = reported_by(package, moment(as_of), retracted)
    partition = partitions(kept)
    wanted = np.ones(len(partition), dtype=bool)
    for column, name in (("incident_id", "incident"), ("claim_id", "claim")):
        if asked.get(name):
            named = kept.claims[column].isin(asked[name]).to_numpy(dtype=bool)
            wanted &= np.isin(partition, partition[named])
    number = np.full(len(partition), -1, dtype=np.int64)
    if wanted.any():
        number[wanted] = slices(np.unique(partition[wanted], return_inverse=True)[1], most)
    return Cut(kept, clock, partition, number)


class Held:
    """The slices of a package whose frames are in memory."""

    def __init__(self, whole: Cut) -> None:
        self.cut = whole

    def __len__(self) -> int:
        return self.cut.number

    def package_of(self, claims: Collection[str]) -> Package:
        """The whole package."""
        return self.cut.package

    def __iter__(self) -> Iterator[Slice]:
        everything = self.cut
        for number in range(everything.number):
            mine = everything.slice == number
            if mine.all():
                yield everything.package, everything.clocks
            else:
                yield part_of(everything.package, np.flatnonzero(mine)), everything.clocks.of(mine)
