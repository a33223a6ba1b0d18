"""Times, periods and amounts in words, and the sentence of a pair that a reader can check by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, timedelta, timezone

import pandas as pd

from claimtrack.discrepancy.facts import Facts


def moment(facts: Facts, claim: int, column: str) -> str:
    """A time as the claim records it, in its own offset: "13 Sep 12:34"; nothing where it is blank."""
    value = facts.package.claims[column].iloc[claim]
    if pd.isna(value):
        return ""
    local = value.tz_convert(_zone(facts.package.offsets["claims"][column].iloc[claim]))
    return f"{local.day} {local:%b %H:%M}"


def _zone(minutes: int | None) -> timezone:
    return UTC if minutes is None or pd.isna(minutes) else timezone(timedelta(minutes=int(minutes)))


def local_iso(facts: Facts, claims: Sequence[int], at: int) -> str:
    """A moment in ISO 8601, in the first offset with which one of the claims is recorded (UTC if there is none)."""
    offsets = facts.package.offsets["claims"]
    columns = ("valid_from", "valid_to", "reported_from", "asserted_from")
    recorded = (offsets[column].iloc[claim] for claim in claims for column in columns)
    known = next((minutes for minutes in recorded if pd.notna(minutes)), None)
    return str(pd.Timestamp(at, unit="us", tz="UTC").tz_convert(_zone(known)).isoformat(timespec="seconds"))


def period(facts: Facts, claim: int) -> str:
    """What the claim says of its time: "from 13 Sep 09:00, zone assumed"."""
    row = facts.package.claims.iloc[claim]
    begin, end = moment(facts, claim, "valid_from"), moment(facts, claim, "valid_to")
    spoken = {
        "at": f"at {begin}",
        "around": f"around {begin}",
        "within": f"within {begin} to {end}",
        "throughout": f"throughout {begin} to {end}",
        "since": f"from {begin} on",
        "until": f"until {end}",
    }
    if pd.notna(row["valid_mode"]):
        time = spoken[row["valid_mode"]]
    elif row["kind"] == "count" and (begin or end):
        time = " ".join(part for part in (f"from {begin}" if begin else "", f"as of {end}" if end else "") if part)
    else:
        time = "no time given"
    if pd.notna(row["bounds_basis"]) and row["bounds_basis"] == "codebook":
        time += ", hours from the codebook"
    if pd.notna(row["zone_basis"]) and row["zone_basis"] == "assumed":
        time += ", zone assumed"
    reported = moment(facts, claim, "reported_to")
    return f"{time}; reported {reported}" if reported else f"{time}; report undated"


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


def said(facts: Facts, claim: int) -> str:
    """The sentence of a claim with its time, for use inside another one."""
    return f"{str(facts.package.claims['text'].iloc[claim]).rstrip('.')} ({period(facts, claim)})"


def finite(value: float) -> bool:
    """Whether a figure has a number at all."""
    return not (math.isnan(value) or math.isinf(value))
