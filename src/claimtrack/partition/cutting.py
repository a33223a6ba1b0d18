"""How packages whose claims wait on disk are cut, from a few columns at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from claimtrack.discrepancy import moment
from claimtrack.discrepancy.reported import Reported, reported
from claimtrack.package import Package
from claimtrack.partition.assign import COLUMNS
from claimtrack.partition.held import Cut, cut_reported
from claimtrack.partition.linked import ENDS, Links, by_number, with_links
from claimtrack.partition.memory import give_back
from claimtrack.partition.thin import ROW, TIMED, held_columns
from claimtrack.partition.waiting import Waiting
from claimtrack.scopes import Ints, positions

Count = Callable[[Package], Reported]
"""Says which claims of a package count."""


class Waits(NamedTuple):
    """How claims that wait are cut."""

    cut: Cut
    """Its package has neither claims nor links."""
    rows: npt.NDArray[np.uint32]
    """Where each claim of the cut waits."""
    links: Links
    """Those of the package."""
    linked: tuple[Ints, Ints]
    """For each of them the two claims that it joins, −1 for one that is not in the cut."""


def cut_waiting(
    waiting: Waiting,
    folder: Path,
    *,
    as_of: datetime | None,
    retracted: bool,
    selection: Mapping[str, tuple[str, ...]],
    most: int,
    check: Callable[[Package], None],
) -> Waits:
    """Cut packages whose claims wait; no more outlines can be made after. Links are written to the folder.

    `check` is given a package in which all that is selected should be.
    """
    at = moment(as_of)
    sides = waiting.sides()
    links = Links.written(sides.links, folder)
    if selection.get("claim"):
        package = waiting.outline(sides, held_columns(selection), named=True)
        check(package)
        known = reported(package, at, retracted)
    else:
        check(sides)
        sides = with_links(sides, by_number(sides.links))
        known = _known(waiting, sides, lambda package: reported(package, at, retracted))
    whole = cut_reported(known, selection, most, even=True, around=selection.get("claim", ()))
    claims = whole.package.claims
    source, target = (positions(claims["claim_id"], sides.links[end]) for end in ENDS)
    rows = claims[ROW].to_numpy(np.uint32)
    return Waits(replace(whole, package=waiting.forget(sides)), rows, links, (source, target))


def _known(waiting: Waiting, sides: Package, count: Count) -> Reported:
    """Which claims count, and what the cut is made from: columns of clocks are let go before those are read."""
    counted = count(waiting.outline(sides, TIMED))
    sides, counted = with_links(sides, counted.package.links), counted._replace(package=sides)
    give_back()
    return counted._replace(package=waiting.outline(sides, COLUMNS))
