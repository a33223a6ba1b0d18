"""Times, periods and amounts in words, and the sentences of claims that a reader can check by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts.figures import clipped
from claimtrack.discrepancy.facts import Facts, Texts
from claimtrack.discrepancy.joins.keys import distinct
from claimtrack.discrepancy.pairs import Floats
from claimtrack.moments import MISSING, SECOND, first_given, micros
from claimtrack.scopes import Ints, positions
from claimtrack.structure.cells.spelling import offset_spelled

EPOCH = date(1970, 1, 1)
SECONDS = 24 * 3_600
"""The seconds of a day. So many days and times of day are remembered in words."""
SPOKEN = {
    "at": "at {0}",
    "around": "around {0}",
    "within": "within {0} to {1}",
    "throughout": "throughout {0} to {1}",
    "since": "from {0} on",
    "until": "until {1}",
}
FROM_UNTIL = "from {0} until {1}"
"""Until a time, where it is known from when on."""
ADOPTED = 2
NOTES = np.array(
    [
        [f"{hours}{zone}" for zone in ("", ", zone assumed", ", zone of what it repeats")]
        for hours in ("", ", hours from the codebook")
    ],
    object,
)
"""What is added to a time: by whether its hours are from the codebook, and whether its zone is assumed or `ADOPTED`."""


def each_once(word: Callable[[int], str], values: Ints) -> Texts:
    """Every value in words; what comes again is put into words once."""
    code, distinct = pd.factorize(values)
    return np.array([word(value) for value in distinct.tolist()], dtype=object)[code]


def _clock(at: Ints, minutes: Ints) -> tuple[Ints, Ints]:
    """Moments as days since 1970 and seconds of the day, at this offset from UTC (UTC where it is `MISSING`)."""
    local = at // SECOND + np.where(minutes == MISSING, 0, minutes) * 60
    return local // SECONDS, local % SECONDS


def local_isos(facts: Facts, first: Ints, second: Ints, at: Ints) -> list[str]:
    """Moments in ISO 8601, each in the first offset with which one of its two claims is recorded (else in UTC)."""
    minutes = first_given(facts.offset[first], facts.offset[second])
    days, seconds = _clock(at, minutes)
    dates, clocks = each_once(_iso_day, days), each_once(_iso_clock, seconds)
    told: list[str] = (dates + clocks + each_once(_iso_offset, minutes)).tolist()
    return told


@lru_cache(SECONDS)
def _iso_day(day: int) -> str:
    return f"{EPOCH + timedelta(days=day)}T"


@lru_cache(SECONDS)
def _iso_clock(second: int) -> str:
    return f"{second // 3_600:02}:{second // 60 % 60:02}:{second % 60:02}"


@lru_cache(SECONDS)
def _iso_offset(minutes: int) -> str:
    return offset_spelled(0 if minutes == MISSING else minutes)


@lru_cache(SECONDS)
def _spoken_day(day: int) -> str:
    at = EPOCH + timedelta(days=day)
    return f"{at.day} {at:%b} "


@lru_cache(SECONDS)
def _spoken_date(day: int) -> str:
    return f"{_spoken_day(day)}{(EPOCH + timedelta(days=day)).year} "


@lru_cache(SECONDS)
def spoken_offset(minutes: int) -> str:
    """An offset in words: "UTC+4", "UTC−3:30"; "UTC" for one that is `MISSING`."""
    size = 0 if minutes == MISSING else abs(minutes)
    rest = f":{size % 60:02}" if size % 60 else ""
    return f"UTC{'+' if minutes > 0 else '−'}{size // 60}{rest}" if size else "UTC"


@lru_cache(SECONDS)
def _spoken_clock(second: int) -> str:
    return _iso_clock(second) if second % 60 else _iso_clock(second)[:5]


UNTIMED, MIXED = -1, -2
"""The clock of a claim without any time, and of one whose times are in several zones or years."""


class Told:
    """The sentences of some claims with their times, for use inside another one."""

    def __init__(self, facts: Facts, claims: Ints) -> None:
        self._facts, self._rows = facts, distinct(claims)
        self._moments = _Moments.of(facts, self._rows)
        texts = facts.package.claims["text"].iloc[self._rows].to_numpy(dtype=object).tolist()
        self._texts = [str(text).removesuffix(".") for text in texts]
        self._clock = dict(zip(self._rows.tolist(), self._moments.clock().tolist(), strict=True))

    def together(self, claims: Sequence[int]) -> list[str]:
        """The sentences of these claims: with year and zone where those are not the same for all of their times."""
        clocks = {self._clock[claim] for claim in claims} - {UNTIMED}
        told = self._short if len(clocks) < 2 and MIXED not in clocks else self._full
        return [told[claim] for claim in claims]

    @cached_property
    def _short(self) -> dict[int, str]:
        return self._sentences(self._moments.short())

    @cached_property
    def _full(self) -> dict[int, str]:
        return self._sentences(self._moments.full())

    def _sentences(self, moments: list[list[str]]) -> dict[int, str]:
        told = zip(self._rows.tolist(), self._texts, _periods(self._facts, self._rows, moments), strict=True)
        return {claim: f"{text} ({period})" for claim, text, period in told}


@dataclass(frozen=True)
class _Moments:
    """The times of some claims: one row a time, one column a claim. `MISSING`: it is not shown."""

    at: Ints
    days: Ints
    seconds: Ints
    minutes: Ints

    @classmethod
    def of(cls, facts: Facts, rows: Ints) -> _Moments:
        """Those of these claims: valid times as recorded, or in the zone of what they repeat."""
        claims, offsets = facts.package.claims, facts.package.offsets["claims"]
        first = facts.readings.first[rows]
        valid = [facts.readings.valid_from[first], facts.readings.valid_to[first]]
        spoken = [micros(claims[column].iloc[rows]) for column in ("asserted_from", "asserted_to", "reported_to")]
        minutes = [
            offsets[column].iloc[rows].to_numpy(dtype=np.int64, na_value=MISSING)
            for column in ("valid_from", "valid_to", "asserted_from", "asserted_to", "reported_to")
        ]
        adopted = facts.adopted[rows]
        minutes[:2] = [np.where(adopted == MISSING, own, adopted) for own in minutes[:2]]
        cut = _cut(facts, rows, *valid)
        at, offset = np.stack([*valid, *spoken, *cut]), np.stack([*minutes, *minutes[:2]])
        days, seconds = _clock(np.where(at == MISSING, 0, at), offset)
        return cls(at, days, seconds, offset)

    def short(self) -> list[list[str]]:
        """In words without year and zone."""
        return self._worded(_spoken_day)

    def full(self) -> list[list[str]]:
        """In words with both."""
        return self._worded(_spoken_date, " " + each_once(spoken_offset, self.minutes.ravel()).reshape(self.at.shape))

    def _worded(self, day: Callable[[int], str], zone: Texts | str = "") -> list[list[str]]:
        days, clocks = (
            each_once(word, values.ravel()).reshape(self.at.shape)
            for word, values in ((day, self.days), (_spoken_clock, self.seconds))
        )
        told: list[list[str]] = np.where(self.at == MISSING, "", days + clocks + zone).tolist()
        return told

    def clock(self) -> Ints:
        """See `Told`."""
        year = self.days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        own = year * 10_000 + np.where(self.minutes == MISSING, 0, self.minutes) + 5_000
        shown = self.at != MISSING
        low = np.where(shown, own, np.iinfo(np.int64).max).min(axis=0)
        high = np.where(shown, own, UNTIMED).max(axis=0)
        return np.where(high == UNTIMED, UNTIMED, np.where(low == high, low, MIXED))


def _cut(facts: Facts, rows: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The bounds of its incident at which the window of a count is cut; `MISSING` where it is not."""
    incidents = facts.package.incidents
    own = incidents["incident_id"].reset_index(drop=True)
    row = positions(own, facts.package.claims["incident_id"].iloc[rows])
    opens, closes = (np.append(micros(incidents[bound]), MISSING)[row] for bound in ("starts_at", "ends_at"))
    baseline, as_of = clipped(begin, end, facts.clocks.asserted_by[rows], opens, closes)
    is_count = facts.kind.at(rows) == "count"
    late, early = is_count & (begin != MISSING) & (baseline > begin), is_count & (end != MISSING) & (as_of < end)
    return np.where(late, opens, MISSING), np.where(early, closes, MISSING)


def _periods(facts: Facts, rows: Ints, moments: list[list[str]]) -> list[str]:
    """What each claim says of its time: "from 13 Sep 09:00 on, zone assumed; reported 13 Sep 12:34"."""
    book, zone = facts.from_codebook[rows].astype(np.int64), facts.zone_assumed[rows].astype(np.int64)
    notes = NOTES[book, np.where(facts.adopted[rows] == MISSING, zone, ADOPTED)].tolist()
    modes, is_count = facts.mode.at(rows).tolist(), (facts.kind.at(rows) == "count").tolist()
    return [
        "; ".join(filter(None, (f"{_time(mode, counts, begin, end)}{_ends(*cut)}{note}", _said(*spoken), _report(at))))
        for mode, counts, note, begin, end, *spoken, at, opens, closes in zip(
            modes, is_count, notes, *moments, strict=True
        )
        for cut in ((opens, closes),)
    ]


def _ends(opens: str, closes: str) -> str:
    start = f", cut at {opens}, the start of its incident's window" if opens else ""
    return start + (f", cut at {closes}, the end of its incident's window" if closes else "")


def _said(begin: str, end: str) -> str:
    return f"said {begin}" + (f" to {end}" if end != begin else "") if begin and end else ""


def _report(at: str) -> str:
    return f"reported {at}" if at else "report undated"


def _time(mode: str, is_count: bool, begin: str, end: str) -> str:
    if mode == "until" and begin:
        return FROM_UNTIL.format(begin, end)
    if mode:
        return SPOKEN[mode].format(begin, end)
    if is_count and (begin or end):
        return " ".join(part for part in (f"from {begin}" if begin else "", f"as of {end}" if end else "") if part)
    return "no time given"


FILLED = ("at", "throughout")
"""Modes of claims that speak of all of their period. Of `since` only the start is sure."""
NEARLY, NEARLY_MORE = 1.005, "1.01"
"""A ratio below it would be rounded to once as high, which it is not."""


def amount(value: float, unit: str) -> str:
    """A figure with its unit: "3 h 34 min", "30 s", "11 persons", "1.50 times"."""
    if unit == "hours":
        seconds = round(value * 3_600)
        parts = {"h": abs(seconds) // 3_600, "min": abs(seconds) // 60 % 60, "s": abs(seconds) % 60}
        told = " ".join(f"{number} {name}" for name, number in parts.items() if number) or "0 h"
        return f"-{told}" if seconds < 0 else told
    number = f"{value:.0f}" if float(value).is_integer() else f"{value:.2f}"
    if unit == "ratio":
        return f"{number} times" if value >= NEARLY else f"less than {NEARLY_MORE} times"
    noun = unit if unit == "parties" else (unit if abs(value) == 1 else f"{unit}s")
    return f"{number} {noun}"


def numbers_shown(values: Floats) -> Texts:
    """Figures for JSON: whole numbers without a point, nothing for what is unknown or unbounded."""
    known = np.isfinite(values)
    whole = known & (values == np.floor(values))
    found = np.full(len(values), None, dtype=object)
    found[known] = values[known]
    found[whole] = values[whole].astype(np.int64)
    return found


def hour_bounds(name: str, at_issue: str | None, other: str | None) -> tuple[str, str]:
    """How hours are bounded where claims do not say how they fill their periods: they are measured on all of them.

    Also how the start is called from which they are counted. `at_issue` and `other`: the modes of the two claims.
    """
    vague = at_issue not in (*FILLED, "since")
    start = "its earliest start" if vague else "the start"
    if name == "overlap":
        return "at most " if vague or other not in FILLED else "", start
    return "at least " if name == "since_start" and other not in (*FILLED, "since") else "", start


def joined(claims: Sequence[str], verdict: str, figures: Sequence[str]) -> str:
    """The sentence of a finding, from those of its claims."""
    told = f"{'; '.join(claims)}: {verdict}"
    return f"{told} ({'; '.join(figures)})." if figures else f"{told}."
