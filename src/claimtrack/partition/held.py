"""A package in memory, cut into slices."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from claimtrack.clocks import Clocks
from claimtrack.discrepancy import check_asked, moment
from claimtrack.discrepancy.near.surroundings import Surroundings
from claimtrack.discrepancy.reported import Reported, reported
from claimtrack.package import Package
from claimtrack.partition.assign import partitions
from claimtrack.partition.guests import Part, guests, repeats
from claimtrack.partition.slices import part_of, slices
from claimtrack.scopes import Bools, Ints, one_of

MOST = 1_000_000
"""Claims of a slice where nothing else is asked: some 4 GB."""


@dataclass(frozen=True)
class Cut:
    """How the claims of a package are cut: all of what is asked for lies in the slices, the rest has nothing to add."""

    package: Package
    """The package as it stood, without the claims that do not count, and without those that meet none asked for."""
    clocks: Clocks
    slice: npt.NDArray[np.signedinteger]
    """For each claim its slice, −1 where nothing that is asked for can be about it."""
    guest: Bools
    """Claims that are in every slice."""
    compared: int
    """How many claims count, of these and of those left out."""
    repeats: tuple[Ints, Ints]
    """The claims that take over the zone of another one, and those others."""

    @property
    def number(self) -> int:
        """How many slices there are, without the one of the guests."""
        return int(self.slice.max(initial=-1)) + 1

    @property
    def undivided(self) -> bool:
        """Whether one slice is all of the package."""
        return self.number == 1 and not self.slice.any()

    def of(self, number: int) -> tuple[Ints, Part]:
        """The claims of a slice, as positions, and what they are in it."""
        own = self.slice == number
        rows = np.flatnonzero(own | self._with_zones(self.guest))
        return rows, Part(own[rows], self.guest[rows])

    def last(self, met: Ints) -> tuple[Ints, Part]:
        """The same of the slice of the guests, after they have met these claims."""
        together = self.guest.copy()
        together[met] = True
        rows = np.flatnonzero(self._with_zones(together))
        return rows, Part(np.ones(len(rows), dtype=bool), self.guest[rows], last=True)

    def _with_zones(self, chosen: Bools) -> Bools:
        """The chosen claims, and those whose zones they take over."""
        taking, given = self.repeats
        both = chosen.copy()
        both[given[chosen[taking]]] = True
        return both


def cut(
    package: Package,
    *,
    as_of: datetime | str | None = None,
    retracted: bool = False,
    selection: Mapping[str, tuple[str, ...]] | None = None,
    most: int = MOST,
) -> Cut:
    """Cut a package; of the columns of claims those are enough from which clocks, partitions and what is near are told.

    Where claims or incidents are asked for, what cannot meet them is left out before.
    """
    asked = selection or {}
    around = asked.get("claim") or _of_incidents(package, asked.get("incident", ()))
    return cut_reported(reported(package, moment(as_of), retracted), asked, most, around=around)


def _of_incidents(package: Package, incidents: Collection[str]) -> Collection[str]:
    """The claims of these incidents."""
    claims = package.claims
    return set(claims["claim_id"][one_of(claims["incident_id"], incidents)]) if incidents else ()


def cut_reported(
    known: Reported,
    asked: Mapping[str, tuple[str, ...]],
    most: int,
    *,
    even: bool = False,
    around: Collection[str] = (),
) -> Cut:
    """The same where it is known which claims count, from columns without those of the clocks.

    `even`: a slice may have as many claims as the largest partition, which has to be borne anyway. `around`: leave out
    what cannot meet one of these claims.
    """
    package, clock, counts = known
    check_asked(package, **asked)
    compared = int(counts.sum())
    if around:
        near = Surroundings(package).of(around)
        rows = near[counts[near]]
        package, clock, counts = part_of(package, rows), clock.of(rows), counts[rows]
    partition, everywhere = partitions(package, counts), guests(package) & counts
    wanted = counts.copy()
    for column, name in (("incident_id", "incident"), ("claim_id", "claim")):
        if asked.get(name):
            named = counts & package.claims[column].isin(asked[name]).to_numpy(dtype=bool)
            if not (named & everywhere).any():
                wanted &= np.isin(partition, partition[named])
    number = np.full(len(partition), -1, dtype=np.int8)
    if wanted.any():
        of_wanted = pd.factorize(partition[wanted], sort=True)[0]
        found = slices(of_wanted, max(most, int(np.bincount(of_wanted).max())) if even else most)
        number = number.astype(np.min_scalar_type(-1 - int(found.max())))
        number[wanted] = found
    return Cut(package, clock, number, everywhere, compared, repeats(package))


class Held:
    """The slices of a package whose frames are in memory."""

    def __init__(self, whole: Cut) -> None:
        self.cut = whole

    def package_of(self, claims: Collection[str]) -> Package:
        """The whole package."""
        return self.cut.package

    def take(self, number: int) -> Package:
        """The package of a slice."""
        return self.cut.package if self.cut.undivided else self.rows(self.cut.of(number)[0])

    def clocks(self, rows: Ints) -> Clocks:
        """The clocks of some claims."""
        return self.cut.clocks.of(rows)

    def rows(self, rows: Ints) -> Package:
        """The package of some claims."""
        return part_of(self.cut.package, rows)
