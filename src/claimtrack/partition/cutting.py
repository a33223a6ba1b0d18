"""How packages whose claims wait on disk are cut, from a few columns at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import numpy as np

from claimtrack.discrepancy import moment
from claimtrack.discrepancy.reported import Reported, reported
from claimtrack.package import Package
from claimtrack.partition.assign import COLUMNS
from claimtrack.partition.held import Cut, cut_reported
from claimtrack.partition.memory import give_back
from claimtrack.partition.thin import ROW, TIMED, held_columns
from claimtrack.partition.waiting import Waiting, by_number
from claimtrack.scopes import Ints, positions

Count = Callable[[Package], Reported]
"""Says which claims of a package count."""


class Waits(NamedTuple):
    """How claims that wait are cut."""

    cut: Cut
    """Its package has no claims."""
    rows: Ints
    """Where each claim of the cut waits."""
    linked: tuple[Ints, Ints]
    """For each link of the package the two claims that it joins, −1 for one that is not in the cut."""


def cut_waiting(
    waiting: Waiting,
    *,
    as_of: datetime | None,
    retracted: bool,
    selection: Mapping[str, tuple[str, ...]],
    most: int,
    check: Callable[[Package], None],
) -> Waits:
    """Cut packages whose claims wait; no more outlines can be made after.

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
    whole = cut_reported(known, selection, most, even=True)
    claims, links = whole.package.claims, sides.links if selection.get("claim") else by_number(sides.links)
    source, target = (positions(claims["claim_id"], links[end]) for end in ("claim_id", "other_id"))
    rows = claims[ROW].to_numpy(np.int64)
    return Waits(replace(whole, package=waiting.forget(sides)), rows, (source, target))


def _known(waiting: Waiting, sides: Package, count: Count) -> Reported:
    """Which claims count, and what the cut is made from: columns of clocks are let go before those are read."""
    counted = count(waiting.outline(sides, TIMED))
    links, counted = counted.package.links, counted._replace(package=sides)
    give_back()
    return counted._replace(package=waiting.outline(sides, COLUMNS, links=links))
