"""Times, periods and amounts in words, and the sentences of claims that a reader can check by hand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.readings import MISSING, first_given, micros
from claimtrack.scopes import Ints

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OFFSETS = ("valid_from", "valid_to", "reported_from", "asserted_from")
"""Where the offset of a claim is looked for, in this order."""
SPOKEN = {
    "at": "at {0}",
    "around": "around {0}",
    "within": "within {0} to {1}",
    "throughout": "throughout {0} to {1}",
    "since": "from {0} on",
    "until": "until {1}",
}


@cache
def _zone(minutes: int) -> timezone:
    return UTC if minutes == MISSING else timezone(timedelta(minutes=minutes))


def _local(at: int, minutes: int) -> datetime:
    return (EPOCH + timedelta(microseconds=at)).astimezone(_zone(minutes))


def _minutes(offsets: pd.Series) -> Ints:
    return offsets.to_numpy(dtype=np.int64, na_value=MISSING)


def local_isos(facts: Facts, first: Ints, second: Ints, at: Ints) -> list[str]:
    """Moments in ISO 8601, each in the first offset with which one of its two claims is recorded (else in UTC)."""
    rows, place = np.unique(np.concatenate([first, second]), return_inverse=True)
    offsets = facts.package.offsets["claims"][list(OFFSETS)].iloc[rows]
    recorded = first_given(*(_minutes(offsets[column]) for column in OFFSETS))[place]
    minutes = first_given(*np.split(recorded, [len(first)]))
    moments = zip(at.tolist(), minutes.tolist(), strict=True)
    return [_local(moment, offset).isoformat(timespec="seconds") for moment, offset in moments]


def _moments(facts: Facts, rows: Ints, column: str) -> list[str]:
    """A time of each claim as it is recorded, in its own offset: "13 Sep 12:34"; nothing where it is blank."""
    at = micros(facts.package.claims[column].iloc[rows])
    minutes = _minutes(facts.package.offsets["claims"][column].iloc[rows])
    local = (
        None if moment == MISSING else _local(moment, offset)
        for moment, offset in zip(at.tolist(), minutes.tolist(), strict=True)
    )
    return ["" if moment is None else f"{moment.day} {moment:%b %H:%M}" for moment in local]


def said(facts: Facts, claims: Iterable[int]) -> dict[int, str]:
    """The sentence of each of these claims with its time, for use inside another one."""
    rows = np.unique(np.fromiter(claims, dtype=np.int64))
    texts = facts.package.claims["text"].iloc[rows].to_list()
    told = zip(rows.tolist(), texts, _periods(facts, rows), strict=True)
    return {claim: f"{str(text).rstrip('.')} ({period})" for claim, text, period in told}


def _periods(facts: Facts, rows: Ints) -> list[str]:
    """What each claim says of its time: "from 13 Sep 09:00, zone assumed; reported 13 Sep 12:34"."""
    claims = facts.package.claims
    codebook, assumed = (
        (claims[column].iloc[rows] == value).fillna(False).to_list()
        for column, value in (("bounds_basis", "codebook"), ("zone_basis", "assumed"))
    )
    begins, ends, reports = (_moments(facts, rows, column) for column in ("valid_from", "valid_to", "reported_to"))
    told = []
    for position, claim in enumerate(rows.tolist()):
        time = _time(facts.mode[claim], facts.kind[claim] == "count", begins[position], ends[position])
        time += ", hours from the codebook" if codebook[position] else ""
        time += ", zone assumed" if assumed[position] else ""
        report = reports[position]
        told.append(f"{time}; reported {report}" if report else f"{time}; report undated")
    return told


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


def number(value: float) -> float | int | None:
    """A figure for JSON: whole numbers without a point, nothing for what is unknown or unbounded."""
    if math.isnan(value) or math.isinf(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def joined(claims: Sequence[str], verdict: str, figures: Sequence[str]) -> str:
    """The sentence of a finding, from those of its claims."""
    told = f"{'; '.join(claims)}: {verdict}"
    return f"{told} ({'; '.join(figures)})." if figures else f"{told}."
