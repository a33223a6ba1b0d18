"""Claims about other days than those of their incident: wholly, and under every reading of the zone.

What lies outside of the window on its first or last day is no slip of the day: there was shelling at seven, and the
ceasefire that is at issue began at nine. Nor is what lies some hours beyond a window that begins or ends at midnight:
in the night from the 12th to the 13th, some of it was on the 12th.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from claimtrack.rules.breach import Condition, Mask, mask
from claimtrack.rules.cells import Positions, as_recorded, filled, found, is_any
from claimtrack.rules.concerned import Concerned
from claimtrack.rules.zones import DAY, FIRST, LAST, MINUTE, Moments, offsets_at

if TYPE_CHECKING:
    from claimtrack.package import Package

AROUND = 30 * MINUTE
"""Half an hour either way is what `around` means."""
NIGHT = 6 * 60 * MINUTE
"""What is allowed on the other side of a midnight at which a window begins or ends."""


def _moments(cells: pd.Series[Any]) -> Moments:
    moments: Moments = cells.dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
    return moments


def _compared(package: Package, *, starts: bool) -> Mask:
    """The claims of fighting or of its absence, which are compared by their times; with `starts` those of its start.

    A start that somebody puts before the window is a claim about the window itself.
    """
    claims, predicates = package.claims, package.predicates
    wanted = filled(predicates, "state") & (starts | ~mask(predicates["marks_start"]))
    told = np.zeros(len(claims), dtype=bool)
    for kind, names in predicates["predicate"][wanted].groupby(predicates["kind"][wanted], observed=True):
        told |= is_any(claims, "kind", str(kind)) & is_any(claims, "predicate", *names)
    return told & ~is_any(claims, "certainty", "anticipated")


def _limits(package: Package, limit: str, at: Positions) -> Moments:
    """When the first day of each window began, or the last one ended, on the clock of the incident; NaT for none.

    Where the window itself begins or ends at that midnight, it is the evening before, or the morning after.
    """
    moments = _moments(package.incidents[limit])
    offset = package.offsets["incidents"][limit].fillna(0).to_numpy(dtype=np.int64) * MINUTE
    local = moments + offset
    midnight = local.astype("datetime64[D]").astype(local.dtype)
    beyond = (midnight - NIGHT, midnight) if limit == "starts_at" else (midnight + NIGHT, midnight + DAY)
    reached: Moments = np.where(local == midnight, *beyond)
    limits: Moments = np.append(reached - offset, np.datetime64("NaT"))[at]
    return limits


def _apart(package: Package, column: str, rows: Positions, limits: Moments) -> Mask:
    """Which of these claims are apart from their limits, whatever zone of somebody concerned an assumed one stands for.

    `valid_to` has to be before the limit, `valid_from` after it. Of zones that cannot be told nothing is said.
    """
    claims = package.claims.iloc[rows].reset_index(drop=True)
    moments, around = _moments(claims[column]), is_any(claims, "valid_mode", "around") * AROUND
    before = column == "valid_to"
    recorded = package.offsets["claims"][column].iloc[rows].to_numpy(dtype=np.int64)
    concerned = Concerned.of(replace(package, frames={**package.frames, "claims": claims}))
    told = ~is_any(claims, "zone_basis", "assumed")
    told[concerned.rows] = True
    had = recorded.copy()
    for zone in frozenset[str]().union(*concerned.zones):
        groups = np.array([zone in zones for zones in concerned.zones], dtype=bool)
        theirs = concerned.rows[groups[concerned.groups]]
        for then in (moments[theirs] - DAY, moments[theirs] + DAY):  # the clocks may be changed in between
            offset = offsets_at(np.clip(then, FIRST, LAST), zone).astype(np.int64)
            had[theirs] = (np.minimum if before else np.maximum)(had[theirs], offset)
    shifted = moments + (recorded - had) * MINUTE
    apart: npt.NDArray[np.bool_] = shifted + around < limits if before else shifted - around > limits
    return told & apart


def _outside(package: Package) -> Iterator[Condition]:
    claims, incidents = package.claims, package.incidents
    at = found(claims["incident_id"], incidents["incident_id"])
    start, end = _moments(claims["valid_from"]), _moments(claims["valid_to"])
    in_order = ~(start > end) & filled(claims, "valid_mode")
    for column, limit, words in (("valid_to", "starts_at", "before"), ("valid_from", "ends_at", "after")):
        limits = _limits(package, limit, at)
        beyond = end < limits if words == "before" else start > limits
        open_mode = "since" if words == "before" else "until"
        rows = np.flatnonzero(
            beyond & in_order & ~is_any(claims, "valid_mode", open_mode) & _compared(package, starts=words == "after")
        )
        broken = np.zeros(len(claims), dtype=bool)
        broken[rows] = len(rows) > 0 and _apart(package, column, rows, limits[rows])

        def message(row: int, column: str = column, limit: str = limit, words: str = words) -> str:
            return (
                f"{column} ({as_recorded(package, 'claims', column, row)}) is {words} the window of incident "
                f"{claims['incident_id'].iloc[row]} ({limit} {as_recorded(package, 'incidents', limit, int(at[row]))})"
            )

        yield Condition(code="valid-outside-incident", table="claims", field=column, broken=broken, message=message)


CLAIM_RULES = (_outside,)
