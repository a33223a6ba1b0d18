"""Claims that may meet claims of every partition, and how that comes out as in the whole package.

A claim of a state or a ceasefire without any place is a guest in every slice. What it is itself at issue in is found in
all slices together, and so it is left to one more slice: of the guests and all that they met.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from claimtrack.coded import Numbers
from claimtrack.discrepancy.telling.groups import BY_CLAIM
from claimtrack.package import Package
from claimtrack.partition.assign import whereabouts
from claimtrack.scopes import Bools, Ints, place_hierarchy, positions


def guests(package: Package) -> Bools:
    """Which claims are of a state or a ceasefire, and have no place, nor an incident with one."""
    placeless = whereabouts(package, place_hierarchy(package.places))[0] < 0
    spoken = np.append(package.predicates["state"].notna().to_numpy(dtype=bool), False)[Numbers(package).meaning]
    found: Bools = placeless & (spoken | (package.claims["kind"] == "ceasefire").to_numpy(dtype=bool))
    return found


def repeats(package: Package) -> tuple[Ints, Ints]:
    """The claims that take over the zone of another one, and those others, without which they would read otherwise."""
    links = package.links[package.links["relation"] == "repeats"]
    taking, given = (positions(package.claims["claim_id"], links[column]) for column in ("claim_id", "other_id"))
    there = (taking >= 0) & (given >= 0)
    return taking[there], given[there]


@dataclass(frozen=True)
class Share:
    """One of several equal shares in what a slice has to tell: whole condensed rows, dealt out one by one.

    A row is about one claim at issue, or else lies inside one incident; `incident` has a number for that of each claim.
    """

    number: int
    of: int
    incident: Ints

    def has(self, left: Ints, by_claim: Bools) -> Bools:
        """Which pairs fall to this share, given their claims at issue."""
        return self._falls(np.where(by_claim, left, self.incident[left]))

    @property
    def claims(self) -> Bools:
        """Which claims are at issue in this share."""
        return self._falls(np.arange(len(self.incident)))

    def _falls(self, numbers: Ints) -> Bools:
        mine: Bools = numbers % self.of == self.number
        return mine


@dataclass(frozen=True)
class Part:
    """What each claim is in a slice: a claim of its own or not, a guest or not. `last` is the slice of the guests."""

    own: Bools
    guest: Bools
    last: bool = False
    share: Share | None = None
    _met: list[Ints] = field(default_factory=list, repr=False, compare=False)

    def keeps(self, pairs: pd.DataFrame) -> Bools:
        """Which pairs this slice has to tell of; every pair is told of by one slice. Whom guests meet is noted."""
        left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
        by_claim = pairs["family"].isin(BY_CLAIM).to_numpy(dtype=bool)
        if self.last:
            return np.asarray(by_claim & self.guest[left])
        self._met.append(np.unique(right[by_claim & self.guest[left]]))
        kept: Bools = self.own[left] & np.where(by_claim, ~self.guest[left], self.own[right])
        return kept if self.share is None else kept & self.share.has(left, by_claim)

    @property
    def at_issue(self) -> Bools | None:
        """The claims of which a share asks what speaks against their state or ceasefire, and all guests; None: all."""
        return None if self.share is None else self.share.claims | self.guest

    @property
    def met(self) -> Ints:
        """The claims that speak against a guest, in all pairs that were looked at so far."""
        return np.unique(np.concatenate([*self._met, np.zeros(0, np.int64)]))
