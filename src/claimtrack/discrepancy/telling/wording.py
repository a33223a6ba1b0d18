"""Times and amounts in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd

from claimtrack.coded import Texts
from claimtrack.discrepancy.facts import Facts
from claimtrack.moments import MISSING, SECOND, first_given
from claimtrack.scopes import Floats, Ints
from claimtrack.structure.cells.spelling import offset_spelled

EPOCH = date(1970, 1, 1)
SECONDS = 24 * 3_600
"""The seconds of a day. So many days and times of day are remembered in words."""


def each_once(word: Callable[[int], str], values: Ints) -> Texts:
    """Every value in words; what comes again is put into words once."""
    code, distinct = pd.factorize(values)
    return np.array([word(value) for value in distinct.tolist()], dtype=object)[code]


def on_clocks(at: Ints, minutes: Ints) -> tuple[Ints, Ints]:
    """Moments as days since 1970 and seconds of the day, at this offset from UTC (UTC where it is `MISSING`)."""
    local = at // SECOND + np.where(minutes == MISSING, 0, minutes) * 60
    return local // SECONDS, local % SECONDS


def local_isos(facts: Facts, first: Ints, second: Ints, at: Ints) -> list[str]:
    """Moments in ISO 8601, each in the first offset with which one of its two claims is recorded (else in UTC)."""
    minutes = first_given(facts.offset[first], facts.offset[second])
    days, seconds = on_clocks(at, minutes)
    dates, clocks = each_once(_iso_day, days), each_once(iso_clock, seconds)
    told: list[str] = (dates + clocks + each_once(_iso_offset, minutes)).tolist()
    return told


@lru_cache(SECONDS)
def _iso_day(day: int) -> str:
    return f"{EPOCH + timedelta(days=day)}T"


@lru_cache(SECONDS)
def iso_clock(second: int) -> str:
    """A second of the day as ISO 8601 has it."""
    return f"{second // 3_600:02}:{second // 60 % 60:02}:{second % 60:02}"


@lru_cache(SECONDS)
def _iso_offset(minutes: int) -> str:
    return offset_spelled(0 if minutes == MISSING else minutes)


@lru_cache(SECONDS)
def spoken_offset(minutes: int) -> str:
    """An offset in words: "UTC+4", "UTC−3:30"; "UTC" for one that is `MISSING`."""
    size = 0 if minutes == MISSING else abs(minutes)
    rest = f":{size % 60:02}" if size % 60 else ""
    return f"UTC{'+' if minutes > 0 else '−'}{size // 60}{rest}" if size else "UTC"


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


def hour_bounds(name: str, unit: str, at_issue: str | None, other: str | None) -> tuple[str, str]:
    """How hours are bounded where claims do not say how they fill their periods: they are measured on all of them.

    Also how the start is called from which they are counted. `at_issue` and `other`: the modes of the two claims. The
    gap of two beginnings is the one between the periods within which they are dated.
    """
    vague = at_issue not in (*FILLED, "since")
    if name == "gap" and unit == "hours":
        return "at least " if vague or other not in (*FILLED, "since") else "", ""
    start = "its earliest start" if vague else "the start"
    if name == "overlap":
        return "at most " if vague or other not in FILLED else "", start
    return "at least " if name == "since_start" and other not in (*FILLED, "since") else "", start


def joined(claims: Sequence[str], verdict: str, figures: Sequence[str]) -> str:
    """The sentence of a finding, from those of its claims."""
    told = f"{'; '.join(claims)}: {verdict}"
    return f"{told} ({'; '.join(figures)})." if figures else f"{told}."
