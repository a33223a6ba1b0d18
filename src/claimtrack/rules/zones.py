"""Offsets that the recorder assumed are offsets that somebody concerned had on that day."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
import numpy.typing as npt
import pandas as pd

from claimtrack.rules.breach import Condition
from claimtrack.rules.cells import Hints, Positions, as_recorded, filled, follow, is_any, some
from claimtrack.rules.hierarchies import edges_of

if TYPE_CHECKING:
    from claimtrack.package import Package

MINUTE = np.timedelta64(1, "m")
DAY = np.timedelta64(1, "D")
FIRST, LAST = np.datetime64("1970-01-02"), np.datetime64("9999-12-30")
"""Before 1970 the zone database is patchy, and says so; after 9999 there are no Python datetimes."""


@cache
def known_zones() -> frozenset[str]:
    """The names of the zone database."""
    return frozenset(available_timezones())


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


def _inherited(frame: pd.DataFrame, key: str, up: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The zones of each id of a hierarchy: its own and those of all that contain it.

    Ids below one that does not exist, on a circle or below one are left out: what they inherit cannot be told.
    """
    usable = frame[filled(frame, key)]
    zones = {
        str(name): known_zones() & {zone}
        for name, zone in zip(usable[key], usable["time_zone"].fillna(""), strict=True)
    }
    edges = edges_of(frame, key, up)
    waiting = Counter(edges["child"].tolist())
    below: dict[str, list[str]] = {}
    for child, parent in zip(edges["child"], edges["parent"], strict=True):
        below.setdefault(parent, []).append(child)
    told: dict[str, frozenset[str]] = {}
    ready = deque(name for name in zones if not waiting[name])
    while ready:
        name = ready.popleft()
        told[name] = zones[name]
        for child in below.get(name, ()):
            zones[child] |= zones[name]
            waiting[child] -= 1
            if not waiting[child]:
                ready.append(child)
    return told


@dataclass(frozen=True)
class Concerned:
    """The claims with an assumed zone, and whose zones may be meant: those of the place, the claimant, the publisher.

    `rows` are positions of claims, `groups` the group that each is in, `zones` the zones of each group. Claims of which
    the zones of one of the three cannot be told are left out: they may be the ones that fit.
    """

    rows: Positions
    groups: Positions
    zones: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, package: Package) -> Concerned:
        """Who is concerned by the claims of a package."""
        rows = np.flatnonzero(is_any(package.claims, "zone_basis", "assumed"))
        claims = package.claims[["place_id", "incident_id", "claimant_id", "source_id"]].iloc[rows]
        incident = follow(claims["incident_id"], package.incidents, "incident_id", "place_id")
        parties = pd.DataFrame(
            {
                "place": claims["place_id"].reset_index(drop=True).fillna(incident),
                "claimant": claims["claimant_id"].reset_index(drop=True),
                "publisher": follow(claims["source_id"], package.sources, "source_id", "publisher_id"),
            }
        )
        actors = _inherited(package.actors, "actor_id", ("member_of", "based_in"))
        places = _inherited(package.places, "place_id", ("part_of", "also_within"))
        told = parties["place"].isna() | parties["place"].isin(list(places))
        told &= parties["claimant"].isin(list(actors)) & parties["publisher"].isin(list(actors))
        rows, parties = rows[told.to_numpy(dtype=bool)], parties[told].fillna("")
        numbers: dict[frozenset[str], int] = {}  # thousands of parties share some dozens of sets of zones
        coded = [
            _numbered(parties[party], zones, numbers)
            for party, zones in (("place", places), ("claimant", actors), ("publisher", actors))
        ]
        sets = list(numbers)
        different, groups = np.unique(np.stack(coded), axis=1, return_inverse=True)
        zones = tuple(frozenset().union(*(sets[number] for number in three)) for three in different.T.tolist())
        return cls(rows, groups.reshape(-1).astype(np.intp), zones)


def _numbered(
    parties: pd.Series[Any], zones: Mapping[str, frozenset[str]], numbers: dict[frozenset[str], int]
) -> Positions:
    """For each of the parties the number of its set of zones; sets that have none yet are given one."""
    codes, names = pd.factorize(parties)
    of_names = [numbers.setdefault(zones.get(name, frozenset()), len(numbers)) for name in names]
    return np.array(of_names, dtype=np.intp)[codes]


def offsets_at(moments: npt.NDArray[np.datetime64], zone: str) -> npt.NDArray[np.float64]:
    """The offset of a zone, in minutes, at each of the moments (UTC); each distinct moment is looked up once."""
    distinct, back = np.unique(moments, return_inverse=True)
    utc = pd.DatetimeIndex(distinct)
    local = utc.tz_localize("UTC").tz_convert(zone).tz_localize(None)
    minutes: npt.NDArray[np.float64] = ((local - utc) / pd.Timedelta(minutes=1)).to_numpy(dtype=float)
    return minutes[back]


def _assumed(package: Package) -> Iterator[Condition]:
    concerned = Concerned.of(package)
    for column in ("valid_from", "valid_to"):
        yield _unlikely(package, column, concerned)


def _unlikely(package: Package, column: str, concerned: Concerned) -> Condition:
    cells = package.claims[column]
    times = cells.dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
    known = np.flatnonzero((times[concerned.rows] >= FIRST) & (times[concerned.rows] < LAST))
    rows, groups = concerned.rows[known], concerned.groups[known]
    offset = package.offsets["claims"][column].iloc[rows].to_numpy(dtype=np.int64)
    midnight = (times[rows] + offset * MINUTE).astype("datetime64[D]").astype("datetime64[us]") - offset * MINUTE
    days: npt.NDArray[np.datetime64]
    days, day = np.unique(midnight, return_inverse=True)
    fits = np.array([not zones for zones in concerned.zones], dtype=bool)[groups]
    for zone in frozenset[str]().union(*concerned.zones):
        theirs = np.flatnonzero(np.array([zone in zones for zones in concerned.zones], dtype=bool)[groups])
        # Where the clocks were changed in the course of the day, both offsets were in force on it.
        for moments in (days, days + DAY - MINUTE):
            had = offsets_at(moments, zone)[day[theirs]]
            fits[theirs] |= np.abs(had - offset[theirs]) < 1  # some zones had seconds, once
    broken = np.zeros(len(cells), dtype=bool)
    broken[rows[~fits]] = True

    def message(row: int) -> str:
        then = cells.iloc[row].to_pydatetime()
        zones = sorted(concerned.zones[groups[np.searchsorted(rows, row)]])
        had = [f"{then.astimezone(ZoneInfo(zone)).isoformat(timespec='seconds')[19:]} in {zone}" for zone in zones]
        recorded = as_recorded(package, "claims", column, row)
        return f"{column} ({recorded}) has an assumed offset that nobody concerned had then; it was {some(had)}"

    return Condition(code="offset-unlikely", table="claims", field=column, broken=broken, message=message)


RULES = (*(partial(_known, table) for table in ("actors", "places")), _assumed)
