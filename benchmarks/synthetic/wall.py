"""Clocks on walls: the offsets of zones, and datetimes as the files spell them.

Local times are seconds since 1970 as the wall shows them; instants are seconds since 1970 in UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from synthetic.draws import Ints

MINUTE, HOUR, DAY = 60, 3_600, 86_400
MISSING = np.iinfo(np.int64).min
FIRST = int(np.datetime64("2014-06-01", "D").astype(np.int64))
LAST = int(np.datetime64("2019-06-01", "D").astype(np.int64))
"""The days for which offsets are at hand; others have those of the nearest of them."""

ZONES = (
    *("America/Los_Angeles", "America/Denver", "America/New_York", "America/Bogota", "America/St_Johns"),
    *("America/Sao_Paulo", "UTC", "Europe/London", "Africa/Lagos", "Europe/Paris", "Europe/Athens", "Asia/Beirut"),
    *("Africa/Nairobi", "Europe/Moscow", "Asia/Tehran", "Asia/Yerevan", "Asia/Karachi", "Asia/Kolkata"),
    *("Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok", "Asia/Tokyo", "Australia/Adelaide", "Pacific/Auckland"),
)
"""From west to east: two that stand beside each other are those of neighbours."""


@dataclass(frozen=True)
class Moments:
    """A column of datetimes: the instant (`MISSING` where blank), and the offset in minutes that it is written with."""

    utc: Ints
    offset: Ints

    def where(self, kept: npt.NDArray[np.bool_]) -> Moments:
        """The same, blank where not kept."""
        return Moments(np.where(kept, self.utc, MISSING), self.offset)


@dataclass(frozen=True)
class Zones:
    """The offset of each zone, in seconds, at noon of each day from `FIRST`."""

    names: Sequence[str]
    offsets: npt.NDArray[np.int64]

    @classmethod
    def known(cls) -> Zones:
        """All of `ZONES`."""
        noon = pd.DatetimeIndex((np.arange(FIRST, LAST) * DAY + DAY // 2).astype("datetime64[s]"))
        rows = [(noon - noon.tz_localize(zone).tz_convert("UTC").tz_localize(None)).total_seconds() for zone in ZONES]
        return cls(ZONES, np.array(rows, dtype=np.int64))

    def _at(self, zone: Ints, seconds: Ints) -> Ints:
        day = np.clip(seconds // DAY - FIRST, 0, LAST - FIRST - 1)
        return self.offsets[zone, day]

    def read(self, wall: Ints, zone: Ints) -> Moments:
        """The moments at which walls in the zones show the local times."""
        given = wall != MISSING
        local = np.where(given, wall, 0)
        offset = self._at(zone, local)
        return Moments(np.where(given, local - offset, MISSING), offset // MINUTE)

    def wall(self, utc: Ints, zone: Ints) -> Ints:
        """What walls in the zones show (within an hour of a change of clocks: nearly)."""
        return np.where(utc == MISSING, MISSING, utc + self._at(zone, np.where(utc == MISSING, 0, utc)))


_TIMES = pa.array([f"T{s // HOUR:02}:{s // MINUTE % 60:02}:{s % 60:02}" for s in range(DAY)])
_OFFSETS = pa.array([f"{'-' if m < 0 else '+'}{abs(m) // 60:02}:{abs(m) % 60:02}" for m in range(-720, 841)])


def day_names(days: Ints, style: str) -> pa.Array:
    """Days since 1970 as text: `iso` 2015-01-31, `basic` 20150131, `spoken` 31 Jan."""
    low, high = (int(days.min()), int(days.max())) if len(days) else (0, 0)
    index = pd.DatetimeIndex(np.arange(low, high + 1).astype("datetime64[D]"))
    form = {"iso": "%Y-%m-%d", "basic": "%Y%m%d", "spoken": "%d %b"}[style]
    return pa.array(index.strftime(form).to_numpy(dtype=object), pa.string()).take(pa.array(days - low))


def iso(moments: Moments) -> pa.Array:
    """The moments as 2015-01-31T12:34:00+04:00; null where blank."""
    given = moments.utc != MISSING
    local = np.where(given, moments.utc + moments.offset * MINUTE, 0)
    missing = ~given
    parts = (
        day_names(local // DAY, "iso"),
        _TIMES.take(pa.array(local % DAY)),
        _OFFSETS.take(pa.array(moments.offset + 720, mask=missing)),
    )
    return pc.binary_join_element_wise(*parts, "")


def clock(local: Ints) -> pa.Array:
    """Local times as 09:05; null where `MISSING`."""
    missing = local == MISSING
    return pc.utf8_slice_codeunits(_TIMES.take(pa.array(np.where(missing, 0, local) % DAY, mask=missing)), 1, 6)
