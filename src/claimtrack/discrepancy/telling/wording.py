"""Times, periods and amounts in words, and the sentences of claims that a reader can check by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import Facts, Texts
from claimtrack.discrepancy.joins.keys import distinct
from claimtrack.discrepancy.pairs import Floats
from claimtrack.moments import MISSING, SECOND, first_given, micros
from claimtrack.scopes import Ints

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
NOTES = np.array(
    [["", ", zone assumed"], [", hours from the codebook", ", hours from the codebook, zone assumed"]], object
)
"""What is added to a time: by whether its hours are from the codebook, and whether its zone is assumed."""


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
    size = 0 if minutes == MISSING else abs(minutes)
    return f"{'-' if minutes < 0 < size else '+'}{size // 60:02}:{size % 60:02}"


@lru_cache(SECONDS)
def _spoken_day(day: int) -> str:
    at = EPOCH + timedelta(days=day)
    return f"{at.day} {at:%b} "


@lru_cache(SECONDS)
def _spoken_clock(second: int) -> str:
    return _iso_clock(second)[:5]


def _moments(facts: Facts, rows: Ints, *columns: str) -> list[list[str]]:
    """Some times of each claim as recorded, in their own offsets: "13 Sep 12:34"; nothing where it is blank."""
    claims, offsets = facts.package.claims, facts.package.offsets["claims"]
    at = np.concatenate([micros(claims[column].iloc[rows]) for column in columns])
    minutes = np.concatenate(
        [offsets[column].iloc[rows].to_numpy(dtype=np.int64, na_value=MISSING) for column in columns]
    )
    known = np.flatnonzero(at != MISSING)
    days, seconds = _clock(at[known], minutes[known])
    told = np.full(len(at), "", dtype=object)
    told[known] = each_once(_spoken_day, days) + each_once(_spoken_clock, seconds)
    return [words.tolist() for words in np.split(told, len(columns))]


def said(facts: Facts, claims: Ints) -> dict[int, str]:
    """The sentence of each of these claims with its time, for use inside another one."""
    rows = distinct(claims)
    texts = facts.package.claims["text"].iloc[rows].to_numpy(dtype=object).tolist()
    told = zip(rows.tolist(), texts, _periods(facts, rows), strict=True)
    return {claim: f"{str(text).rstrip('.')} ({period})" for claim, text, period in told}


def _periods(facts: Facts, rows: Ints) -> list[str]:
    """What each claim says of its time: "from 13 Sep 09:00, zone assumed; reported 13 Sep 12:34"."""
    begins, ends, reports = _moments(facts, rows, "valid_from", "valid_to", "reported_to")
    notes = NOTES[facts.from_codebook[rows].astype(np.int64), facts.zone_assumed[rows].astype(np.int64)].tolist()
    modes, is_count = facts.mode.at(rows).tolist(), (facts.kind.at(rows) == "count").tolist()
    return [
        f"{_time(mode, counts, begin, end)}{note}; {f'reported {report}' if report else 'report undated'}"
        for mode, counts, begin, end, note, report in zip(modes, is_count, begins, ends, notes, reports, strict=True)
    ]


def _time(mode: str, is_count: bool, begin: str, end: str) -> str:
    if mode:
        return SPOKEN[mode].format(begin, end)
    if is_count and (begin or end):
        return " ".join(part for part in (f"from {begin}" if begin else "", f"as of {end}" if end else "") if part)
    return "no time given"


def amount(value: float, unit: str) -> str:
    """A figure with its unit: "3 h 34 min", "11 persons", "1.5 times"."""
    if unit == "hours":
        minutes = round(value * 60)
        hours, rest = divmod(abs(minutes), 60)
        sign = "-" if minutes < 0 else ""
        return sign + (f"{hours} h {rest} min" if hours and rest else f"{rest} min" if rest else f"{hours} h")
    number = f"{value:.0f}" if float(value).is_integer() else f"{value:.2f}"
    if unit == "ratio":
        return f"{number} times"
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


def joined(claims: Sequence[str], verdict: str, figures: Sequence[str]) -> str:
    """The sentence of a finding, from those of its claims."""
    told = f"{'; '.join(claims)}: {verdict}"
    return f"{told} ({'; '.join(figures)})." if figures else f"{told}."
