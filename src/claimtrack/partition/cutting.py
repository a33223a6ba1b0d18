"""How packages whose claims wait on disk are cut, from a few columns at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import numpy as np

from claimtrack.discrepancy import moment
from claimtrack.discrepancy.reported import Reported, reported
from claimtrack.package import Package
from claimtrack.partition.assign import COLUMNS
from claimtrack.partition.held import Cut, cut_reported
from claimtrack.partition.memory import give_back
from claimtrack.partition.thin import ROW, TIMED, held_columns
from claimtrack.partition.waiting import Waiting
from claimtrack.scopes import Ints

Count = Callable[[Package], Reported]
"""Says which claims of a package count."""


def cut_waiting(
    waiting: Waiting,
    *,
    as_of: datetime | None,
    retracted: bool,
    selection: Mapping[str, tuple[str, ...]],
    most: int,
    check: Callable[[Package], None],
) -> tuple[Cut, Ints]:
    """The cut, whose package has no claims, and where each of its claims waits; no more outlines can be made after.

    `check` is given a package in which all that is selected should be.
    """
    at = moment(as_of)
    sides = waiting.sides()
    if selection.get("claim"):
        package = waiting.outline(sides, held_columns(selection), named=True)
        check(package)
        known = reported(package, at, retracted)
    else:
        check(sides)
        known = _known(waiting, sides, lambda package: reported(package, at, retracted))
    whole = cut_reported(known, selection, most)
    return replace(whole, package=waiting.forget(sides)), whole.package.claims[ROW].to_numpy(np.int64)


def _known(waiting: Waiting, sides: Package, count: Count) -> Reported:
    """Which claims count, and what the cut is made from: columns of clocks are let go before those are read."""
    counted = count(waiting.outline(sides, TIMED))
    links, counted = counted.package.links, counted._replace(package=sides)
    give_back()
    return counted._replace(package=waiting.outline(sides, COLUMNS, links=links))
