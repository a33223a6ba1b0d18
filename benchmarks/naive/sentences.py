"""The sentence of a pair: what both claims say, the verdict of its code, and its figures in words."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from claimtrack.package import Package
from claimtrack.rulebook import rules
from naive.tables import Tables

CLOCKS = ["valid_from", "valid_to", "reported_to"]
SPOKEN = ["kind", "valid_mode", "bounds_basis", "zone_basis", "text"]
TIMES = {
    "at": "at {0}",
    "around": "around {0}",
    "within": "within {0} to {1}",
    "throughout": "throughout {0} to {1}",
    "since": "from {0} on",
    "until": "until {1}",
}
FIGURES = {
    "overlap": "{} of it inside",
    "since_start": "{} after the start",
    "stale": "{} later",
    "ratio": "{} as high",
    "first": "{} as high at first",
    "last": "{} at last",
    "smallest": "{} at the least",
    "largest": "{} at the most",
    "parties": "{} named",
    "gap": "{} apart",
    "excess": "{} above the whole",
    "fall": "{} fewer",
    "difference": "{} off",
    "implied": "at least {} in all, by the clear figures",
}
UNITS = {
    **dict.fromkeys(("overlap", "since_start", "stale"), "hours"),
    **dict.fromkeys(("ratio", "first", "last", "smallest", "largest"), "ratio"),
    "parties": "parties",
}
"""Of other figures it is hours for a start, else what is counted."""
VAGUELY = {"overlap": "at most ", "since_start": "at least "}
"""Before hours of a claim that does not say how it fills its period."""
FILLED = ["at", "throughout", "since"]


def sentences(tables: Tables, family: str, pairs: pd.DataFrame) -> pd.Series:
    """One sentence a pair."""
    claims = pd.concat([pairs["left"], pairs["right"]]).unique()
    said = _said(tables.package, claims)
    verdict = pairs["code"].astype(str).map({code: rule.verdict for code, rule in rules().items()})
    perhaps = pairs["code"].astype(str).map({code: rule.perhaps for code, rule in rules().items()})
    verdict = verdict.where(pairs["strength"] != "possible", perhaps)
    told = pairs["left"].map(said) + "; " + pairs["right"].map(said) + ": " + verdict
    words = _figures(tables, family, pairs)
    return told + (" (" + words + ")").where(words != "", "") + "."


def _said(package: Package, rows: np.ndarray) -> pd.Series:
    """By claim its sentence and what it says of its time."""
    claims, offsets = package.claims.loc[rows, [*CLOCKS, *SPOKEN]], package.offsets["claims"].loc[rows, CLOCKS]
    begin, end, report = (_moments(claims[name], offsets[name]) for name in CLOCKS)
    time = pd.Series("no time given", index=claims.index, dtype=object)
    counted = (claims["kind"] == "count") & (begin + end != "")
    both = ("from " + begin).where(begin != "", "") + (" as of " + end).where(end != "", "")
    time[counted] = both[counted].str.strip()
    for mode, words in TIMES.items():
        spoken = (claims["valid_mode"] == mode).fillna(False)
        bounds = zip(begin[spoken], end[spoken], strict=True)
        time[spoken] = [words.format(*each) for each in bounds]
    nothing = pd.Series("", index=claims.index, dtype=object)
    book = nothing.mask((claims["bounds_basis"] == "codebook").fillna(False), ", hours from the codebook")
    zone = nothing.mask((claims["zone_basis"] == "assumed").fillna(False), ", zone assumed")
    reported = ("reported " + report).where(report != "", "report undated")
    return claims["text"].str.rstrip(".").astype(object) + " (" + time + book + zone + "; " + reported + ")"


def _moments(times: pd.Series, minutes: pd.Series) -> pd.Series:
    """Times on the clock with which they are recorded: "13 Sep 12:34"; nothing where there is none."""
    local = times.dt.tz_localize(None) + pd.to_timedelta(minutes.fillna(0).astype(int), unit="m")
    return local.dt.strftime("%-d %b %H:%M").astype(object).fillna("")


def _figures(tables: Tables, family: str, pairs: pd.DataFrame) -> pd.Series:
    """The figures of each pair in words."""
    words = pd.Series("", index=pairs.index, dtype=object)
    filled = tables.claims["valid_mode"].loc[pairs["right"]].isin(FILLED).to_numpy()
    counted = np.array([*tables.terms.units, ""], dtype=object)[tables.claims["term"].loc[pairs["left"]]]
    counted = np.full(len(pairs), "hours") if family == "start" else counted
    for name, form in FIGURES.items():
        if name not in pairs:
            continue
        bounds = pairs[[name, f"{name}_low", f"{name}_high"]]
        shown = (np.isfinite(bounds[name]) | np.isfinite(bounds[f"{name}_low"])) & (bounds[name] != 0)
        units = [UNITS[name]] * int(shown.sum()) if name in UNITS else counted[shown]
        vaguely = np.where(filled[shown], "", VAGUELY.get(name, ""))
        rows = zip(vaguely, units, bounds[shown].to_numpy().tolist(), strict=True)
        told = pd.Series(
            [_figure(name, form, vague, unit, *values) for vague, unit, values in rows],
            index=words.index[shown],
            dtype=object,
        )
        between = pd.Series(np.where(words[shown] != "", "; ", ""), index=words.index[shown])
        words[shown] = words[shown] + between + told
    return words


def _figure(name: str, form: str, vaguely: str, unit: str, value: float, low: float, high: float) -> str:
    if not math.isfinite(value):
        return f"{form.format(_amount(low, unit))} under another reading"
    words = vaguely + form.format(_amount(value, unit))
    if name == "implied" or low == high == value:
        return words
    if not math.isfinite(low) or not math.isfinite(high):
        return f"{words}, or {'less' if math.isfinite(high) else 'more'}"
    return f"{words}, {_amount(low, unit)} to {_amount(high, unit)} over all readings"


def _amount(value: float, unit: str) -> str:
    """ "3 h 34 min", "11 persons", "1.5 times"."""
    if unit == "hours":
        hours, minutes = divmod(abs(round(value * 60)), 60)
        parts = [f"{hours} h"] * (hours > 0 or not minutes) + [f"{minutes} min"] * (minutes > 0)
        return ("-" if round(value * 60) < 0 else "") + " ".join(parts)
    number = f"{value:.0f}" if value.is_integer() else f"{value:.2f}"
    if unit == "ratio":
        return f"{number} times"
    return f"{number} {unit}" if unit == "parties" or abs(value) == 1 else f"{number} {unit}s"
