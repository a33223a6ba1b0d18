"""Clocks: when each claim was reported, and when it was asserted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from claimtrack.coded import Coded
from claimtrack.moments import DAY, MISSING, first_given, micros
from claimtrack.package import Package
from claimtrack.scopes import NOBODY, Bools, Ints, inherited, positions
from claimtrack.zoned import localised


@dataclass(frozen=True)
class Clocks:
    """When each claim was reported and asserted, one value a claim; `MISSING` where nothing is known."""

    reported: Ints
    """By when the source had published it; an undated claim counts with its source."""
    asserted_from: Ints
    asserted_by: Ints
    """By when the claimant had said it: `asserted_to`, else `reported`."""

    def of(self, claims: Bools | Ints) -> Clocks:
        """The clocks of some of the claims."""
        return Clocks(self.reported[claims], self.asserted_from[claims], self.asserted_by[claims])


def clocks(package: Package) -> Clocks:
    """The report and assertion clocks of all claims.

    A claim without a report time counts with its source's latest dated entry, or the end of the day on which the source
    was published where that is later.
    """
    claims = package.claims
    reported = _with_undated(package, micros(claims["reported_to"]).copy())
    asserted = micros(claims["asserted_to"])
    return Clocks(reported, micros(claims["asserted_from"]).copy(), first_given(asserted, reported))


def _with_undated(package: Package, reported: Ints) -> Ints:
    """When claims were reported, those without a time by what is known of their source."""
    undated = np.flatnonzero(reported == MISSING)
    if not len(undated):
        return reported
    source, ids = package.claims["source_id"].array.factorize()
    row = positions(package.sources["source_id"], pd.Series(ids))
    latest = np.append(_end_of_publication(package), MISSING)[np.append(row, NOBODY)]
    np.maximum.at(latest, source, reported)
    latest[-1] = MISSING
    reported[undated] = latest[source[undated]]
    return reported


def _end_of_publication(package: Package) -> Ints:
    """When the day ended on which each source was published, where its publisher is; `MISSING` where it is undated."""
    zone = inherited(package.actors, "actor_id", "time_zone", ("member_of", "based_in"))
    published = micros(package.sources["published_on"])
    midnight = np.where(published == MISSING, MISSING, published + DAY)
    publisher = Coded.of(package.sources["publisher_id"])
    zones, number = np.unique([zone.get(name, "UTC") for name in publisher.names], return_inverse=True)
    return localised(midnight, number[publisher.code], zones.tolist())
