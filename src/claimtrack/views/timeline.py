"""What was claimed, in order: of the times that the claims are about, or of when they were reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
import pandas as pd

from claimtrack.package import Package
from claimtrack.scopes import Bools
from claimtrack.views.cells import rows
from claimtrack.views.names import actors_meant, incident_meant, names, places_meant

COLUMNS = (
    *("claim_id", "kind", "predicate", "polarity", "certainty", "claimant_id", "actor_id", "target_id"),
    *("place_id", "place_relation", "incident_id", "source_id", "locator", "reported_from", "reported_to"),
    *("valid_from", "valid_to", "valid_mode", "zone_basis", "bounds_basis", "time_text", "text"),
)
ROW = (*COLUMNS, "claimant", "place", "dated", "anticipated")
"""The keys of a row, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which claims, and on which clock. A bound without a zone is compared with each time as it is recorded."""

    actor: str | None = None
    place: str | None = None
    incident: str | None = None
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    by: Literal["valid", "reported"] = "valid"


def timeline(package: Package, selection: Selection) -> list[dict[str, Any]]:
    """One row a claim, in order of the chosen clock; claims that it does not date come last, in file order.

    A row has the cells of `COLUMNS` (times as ISO 8601), the names of claimant and place, `dated`, and `anticipated`:
    true for what was only expected to happen. With `since` or `until` undated claims are left out. `UsageError` for an
    actor, place or incident that the package does not know.
    """
    keep = _selected(package, selection)
    at, end = _position(package, selection.by)
    dated = at.notna()
    for bound, beyond in ((selection.since, "before"), (selection.until, "after")):
        if bound is not None:
            keep &= dated.to_numpy() & _reaches(package, selection.by, bound, beyond)
    order = pd.DataFrame({"at": at, "end": end})[keep].sort_values(["at", "end"], kind="stable", na_position="last")
    positions = order.index.to_list()
    actor, place = names(package, "actors"), names(package, "places")
    return [
        {name: row[name] for name in COLUMNS}
        | {"claimant": actor[row["claimant_id"]], "place": place.get(row["place_id"])}
        | {"dated": bool(dated.iloc[position]), "anticipated": row["certainty"] == "anticipated"}
        for position, row in zip(positions, rows(package, "claims", positions), strict=True)
    ]


def left_out(package: Package, selection: Selection) -> int:
    """How many of the claims that are otherwise selected a bound leaves out, since the clock does not date them."""
    if selection.since is selection.until is None:
        return 0
    at, _ = _position(package, selection.by)
    return int((_selected(package, selection) & at.isna().to_numpy()).sum())


def _selected(package: Package, selection: Selection) -> Bools:
    claims = package.claims
    keep = np.ones(len(claims), dtype=bool)
    if selection.actor is not None:
        meant = actors_meant(package, selection.actor)
        keep &= claims[["claimant_id", "actor_id", "target_id"]].isin(meant).any(axis=1).to_numpy(dtype=bool)
    if selection.place is not None:
        keep &= claims["place_id"].isin(places_meant(package, selection.place)).to_numpy(dtype=bool)
    if selection.incident is not None:
        wanted = incident_meant(package, selection.incident)
        keep &= (claims["incident_id"] == wanted).fillna(False).to_numpy(dtype=bool)
    if selection.kinds:
        keep &= claims["kind"].isin(selection.kinds).to_numpy(dtype=bool)
    return keep


def _position(package: Package, clock: str) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Where each claim stands on a clock, and where it ends: a total stands at its as-of, not at its baseline."""
    start, end = package.claims[f"{clock}_from"], package.claims[f"{clock}_to"]
    if clock == "valid":
        start = start.mask((package.claims["kind"] == "count") & end.notna(), end)
    return start.fillna(end), end.fillna(start)


def _reaches(package: Package, clock: str, bound: datetime, beyond: str) -> Bools:
    """Does the period of each claim reach past the bound: its end after `since`, or its start before `until`?"""
    claims = package.claims
    near, far, open_mode = ("to", "from", "since") if beyond == "before" else ("from", "to", "until")
    edge = _comparable(package, f"{clock}_{near}", bound).fillna(_comparable(package, f"{clock}_{far}", bound))
    limit = pd.Timestamp(bound) if bound.tzinfo is None else pd.Timestamp(bound).tz_convert("UTC")
    within = (edge >= limit) if beyond == "before" else (edge < limit)
    if clock == "valid":
        unbounded = (claims["valid_mode"] == open_mode).fillna(False) & claims[f"valid_{near}"].isna()
        within = within | unbounded.astype(bool)
    return within.to_numpy(dtype=bool)


def _comparable(package: Package, column: str, bound: datetime) -> pd.Series[Any]:
    """A column of times: as instants if the bound has a zone, else as the clock on the wall that the file records."""
    instants = package.claims[column]
    if bound.tzinfo is not None:
        return instants
    offsets = package.offsets["claims"][column].fillna(0).astype("int64")
    wall: pd.Series[Any] = instants.dt.tz_localize(None) + pd.to_timedelta(offsets, unit="min")
    return wall
