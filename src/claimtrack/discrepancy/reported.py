"""Which claims of a package count: what had been reported by a moment, without what had been retracted by then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.clocks import Clocks, clocks
from claimtrack.coded import Numbers
from claimtrack.moments import micros
from claimtrack.package import Package
from claimtrack.scopes import Bools, Ints, one_of


class Reported(NamedTuple):
    """A package with all its claims, their clocks, and which of them count. Links join only claims that count."""

    package: Package
    clocks: Clocks
    counts: Bools


def reported(package: Package, as_of: pd.Timestamp | None, retracted: bool) -> Reported:
    """What counts at `as_of` (None: now), without what has been retracted by then unless asked for.

    What has been retracted still dates the undated entries of its source.
    """
    claims, links, clock = package.claims, package.links, clocks(package)
    counts = np.ones(len(claims), dtype=bool)
    if as_of is not None:
        counts &= clock.reported <= micros(pd.Series([as_of.tz_convert("UTC")]))[0]
    source, target = Numbers(package).linked
    if not retracted:
        withdrawn = package.sources["source_id"].array[one_of(package.sources["standing"], ("retracted",))]
        counts &= ~claims["source_id"].isin(withdrawn).to_numpy(dtype=bool)
        retracts = one_of(links["relation"], ("retracts",))
        retracts &= (target >= 0) & np.append(counts, False)[source]
        counts &= ~taken_back(source[retracts], target[retracts], len(claims))
    kept = np.append(counts, False)
    joined = kept[source] & kept[target]
    if not joined.all():
        package = replace(
            package, frames=_with_links(package.frames, joined), offsets=_with_links(package.offsets, joined)
        )
    return Reported(package, clock, counts)


def _with_links(tables: Mapping[str, pd.DataFrame], rows: Bools) -> dict[str, pd.DataFrame]:
    return {**tables, "links": tables["links"][rows].reset_index(drop=True)}


def taken_back(source: Ints, target: Ints, size: int) -> Bools:
    """Which of `size` claims are retracted, where each source retracts its target.

    A retraction that is itself retracted retracts nothing. Claims that retract each other in a circle all are.
    """
    taken = np.zeros(size, dtype=bool)
    while True:
        active = ~taken[source]
        disputed = np.zeros(size, dtype=bool)
        disputed[target[active]] = True
        again = taken.copy()
        again[target[active & ~disputed[source]]] = True
        if (again == taken).all():
            return taken | disputed
        taken = again
