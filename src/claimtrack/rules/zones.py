"""Offsets that the recorder assumed are offsets that somebody concerned had on that day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from claimtrack.rules.breach import Condition, Mask
from claimtrack.rules.cells import Hints, Positions, as_recorded, filled, is_any, some
from claimtrack.rules.concerned import Concerned, known_zones

if TYPE_CHECKING:
    from claimtrack.package import Package

Moments = npt.NDArray[np.datetime64]
Minutes = npt.NDArray[np.int64]

MINUTE = np.timedelta64(1, "m")
DAY = np.timedelta64(1, "D")
FIRST, LAST = np.datetime64("1970-01-02"), np.datetime64("9999-12-30")
"""Before 1970 the zone database is patchy, and says so; after 9999 there are no Python datetimes."""
_SPAN = 4 * 24 * 60
"""More than there are offsets, in minutes."""


def _known(table: str, package: Package) -> Iterator[Condition]:
    frame = package.frames[table]
    zones, known, hint = frame["time_zone"], sorted(known_zones()), Hints()
    yield Condition(
        code="zone-unknown",
        table=table,
        field="time_zone",
        broken=filled(frame, "time_zone") & ~is_any(frame, "time_zone", *known_zones()),
        message=lambda row: f"there is no time zone {zones.iloc[row]}{hint(zones.iloc[row], known)}",
    )


def offsets_at(moments: Moments, zone: str) -> npt.NDArray[np.float64]:
    """The offset of a zone, in minutes, at each of the moments (UTC); each distinct moment is looked up once."""
    distinct, back = np.unique(moments, return_inverse=True)
    utc = pd.DatetimeIndex(distinct)
    local = utc.tz_localize("UTC").tz_convert(zone).tz_localize(None)
    minutes: npt.NDArray[np.float64] = (local.to_numpy() - distinct) / MINUTE
    return minutes[back]


def _assumed(package: Package) -> Iterator[Condition]:
    concerned = Concerned.of(package)
    for column in ("valid_from", "valid_to"):
        yield _unlikely(package, column, concerned)


def _fitting(concerned: Concerned, groups: Positions, midnight: Moments, offset: Minutes) -> Mask:
    """Which offsets somebody of a group had on the day that began at `midnight` (UTC).

    Groups of whom no zone is known may have had any.
    """
    many = len(concerned.zones)
    began = midnight.astype("datetime64[m]").astype(np.int64)
    # Many claims are of one group, day and offset.
    case, cases = pd.factorize((began * _SPAN + offset + _SPAN // 2) * many + groups)
    group, offset, began = cases % many, cases // many % _SPAN - _SPAN // 2, cases // many // _SPAN
    day, different = pd.factorize(began)
    days: Moments = different.astype("datetime64[m]").astype("datetime64[us]")
    # Where the clocks were changed in the course of the day, both offsets were in force on it.
    moments, ends = np.concatenate([days, days + (DAY - MINUTE)]), len(days)
    fits: Mask = np.array([not zones for zones in concerned.zones], dtype=bool)[group]
    for zone in frozenset[str]().union(*concerned.zones):
        theirs = np.flatnonzero(np.array([zone in zones for zones in concerned.zones], dtype=bool)[group])
        had = offsets_at(moments, zone)
        for then in (had[:ends], had[ends:]):
            fits[theirs] |= np.abs(then[day[theirs]] - offset[theirs]) < 1  # some zones had seconds, once
    return fits[case]


def _unlikely(package: Package, column: str, concerned: Concerned) -> Condition:
    cells = package.claims[column]
    times = cells.dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
    known = np.flatnonzero((times[concerned.rows] >= FIRST) & (times[concerned.rows] < LAST))
    rows, groups = concerned.rows[known], concerned.groups[known]
    offset = package.offsets["claims"][column].iloc[rows].to_numpy(dtype=np.int64)
    midnight = (times[rows] + offset * MINUTE).astype("datetime64[D]").astype("datetime64[us]") - offset * MINUTE
    fits = _fitting(concerned, groups, midnight, offset)
    broken = np.zeros(len(cells), dtype=bool)
    broken[rows[~fits]] = True

    def message(row: int) -> str:
        then = cells.iloc[row].to_pydatetime()
        zones = sorted(concerned.zones[groups[np.searchsorted(rows, row)]])
        had = [f"{then.astimezone(ZoneInfo(zone)).isoformat(timespec='seconds')[19:]} in {zone}" for zone in zones]
        recorded = as_recorded(package, "claims", column, row)
        return f"{column} ({recorded}) has an assumed offset that nobody concerned had then; it was {some(had)}"

    return Condition(code="offset-unlikely", table="claims", field=column, broken=broken, message=message)


CLAIM_RULES = (_assumed,)
RULES = tuple(partial(_known, table) for table in ("actors", "places"))
