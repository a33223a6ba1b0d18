"""The sentence of a pair: what both claims say, the verdict of its code, and its figures in words."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from claimtrack.moments import MISSING, micros
from claimtrack.rulebook import rules
from naive.tables import PERIODS, Tables

CLOCKS = ["valid_from", "valid_to", "asserted_from", "asserted_to", "reported_from", "reported_to"]
BOUNDS = ["starts_at", "ends_at"]
MOST, MOST_OF_SERIES = 5, 6
"""How many claims a sentence names beside the two of a pair."""
SPOKEN = ["kind", "valid_mode", "bounds_basis", "zone_basis", "text"]
TIMES = {
    "at": "at {0}",
    "around": "around {0}",
    "within": "within {0} to {1}",
    "throughout": "throughout {0} to {1}",
    "since": "from {0} on",
    "until": "until {1}",
}
FROM_UNTIL = "from {0} until {1}"
FIGURES = {
    "overlap": "{} of overlap",
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
    "implied": "clear figures that do not overlap add up to at least {}",
}
UNITS = {
    **dict.fromkeys(("overlap", "since_start", "stale"), "hours"),
    **dict.fromkeys(("ratio", "first", "last", "smallest", "largest"), "ratio"),
    "parties": "parties",
}
"""Of other figures it is hours for a start, else what is counted."""
EQUAL = {"first": "at first", "last": "at last", "smallest": "at the least", "largest": "at the most"}
"""Where a ratio of two series is one."""
FILLED = ["at", "throughout"]
TIMED = ["state", "ceasefire", "denial", "start"]
"""Families in which times are compared."""
NOT_KNOWN = "whether it had been announced by then is not known"
OUTLASTED = "; it comes after the first was said, which may have been so until then"


def sentences(tables: Tables, family: str, pairs: pd.DataFrame) -> pd.Series:
    """One sentence a pair."""
    beside = _beside(tables, pairs)
    claims = pd.concat([pairs["left"], pairs["right"], beside.explode().dropna().astype(int)]).unique()
    plain, windowed = (_said(tables, claims, windowed) for windowed in (False, True))
    cut = _windowed(tables, family, pairs)
    verdict = pairs["code"].astype(str).map({code: rule.verdict for code, rule in rules().items()})
    perhaps = pairs["code"].astype(str).map({code: rule.perhaps for code, rule in rules().items()})
    verdict = verdict.where(pairs["strength"] != "possible", perhaps)
    for is_known, ending in _announced(tables, pairs):
        verdict = verdict.mask(is_known, verdict.str.replace(NOT_KNOWN, ending))
    verdict = verdict.mask(_outlasted(tables, pairs), verdict + OUTLASTED)
    told = []
    most = MOST_OF_SERIES if family == "series" else MOST
    for left, right, others, *ends in zip(pairs["left"], pairs["right"], beside, *cut, strict=True):
        named = list(zip([left, right, *others[:most]], [*ends, *[False] * most], strict=False))
        chosen = [(windowed if end else plain, claim) for claim, end in named]
        clocks = {each for said, claim in chosen for each in said[0][claim]}
        said = [(short if len(clocks) < 2 else full)[claim] for (_, short, full), claim in chosen]
        told.append("; ".join([*said, *([f"and {len(others) - most} more"] if len(others) > most else [])]))
    words = _figures(tables, family, pairs)
    return pd.Series(told, index=pairs.index) + ": " + verdict + (" (" + words + ")").where(words != "", "") + "."


def _announced(tables: Tables, pairs: pd.DataFrame) -> list[tuple[pd.Series, str]]:
    """Of ceasefires that surely did not hold: under every reading the violence goes on after, or ended before it."""
    asked = pairs[(pairs["code"].astype(str) == "ceasefire-not-held") & (pairs["strength"] == "definite")]
    rows = asked[["left", "right"]].reset_index(names="pair")
    asserted_from = pd.Series(micros(tables.package.claims["asserted_from"]), tables.package.claims.index)
    spoken = tables.spoken[["claim", *PERIODS, "asserted_by"]]
    for side in ("left", "right"):
        rows = rows.merge(spoken.add_suffix(f"_{side}"), left_on=side, right_on=f"claim_{side}")
    until = np.minimum(rows["certain_end_right"], rows["hold_end_left"])
    begin = rows[["certain_start_right", "hold_start_left", "asserted_by_left"]].max(axis=1)
    begin = begin + (begin == rows["asserted_by_left"])
    goes_on = (rows["asserted_by_left"] != MISSING) & (begin < until)
    ended = np.minimum(rows["possible_end_right"], rows["hold_end_left"])
    was_over = ended <= asserted_from.loc[rows["left"]].to_numpy()
    endings = ((goes_on, "the violence goes on after the first was said"), (was_over, "the first was said after that"))
    return [
        (holds.groupby(rows["pair"]).all().reindex(pairs.index, fill_value=False).astype(bool), ending)
        for holds, ending in endings
    ]


def _outlasted(tables: Tables, pairs: pd.DataFrame) -> pd.Series:
    """Of absences since a time that are surely at odds with something: which were said before it in every reading."""
    asked = pairs[(pairs["code"].astype(str) == "state-contradicted") & (pairs["strength"] == "definite")]
    rows = asked[["left", "right"]].reset_index(names="pair")
    spoken = tables.spoken[["claim", "possible_start", "asserted_by", "absent", "valid_mode"]]
    for side in ("left", "right"):
        rows = rows.merge(spoken.add_suffix(f"_{side}"), left_on=side, right_on=f"claim_{side}")
    said = rows["asserted_by_left"]
    after = (said != MISSING) & (rows["possible_start_right"] > said)
    holds = after & rows["absent_left"] & (rows["valid_mode_left"] == "since")
    return holds.groupby(rows["pair"]).all().reindex(pairs.index, fill_value=False).astype(bool)


def _beside(tables: Tables, pairs: pd.DataFrame) -> pd.Series:
    """By pair the other total of an addition, the other declared parts of a total, and what a vague one sums up.

    Of two series the figures of their other ratios.
    """
    found = pd.Series([[] for _ in range(len(pairs))], index=pairs.index, dtype=object)
    if "beside" in pairs:
        third = pairs["beside"].dropna().astype(int)
        found[third.index] = pd.Series([[claim] for claim in third], index=third.index, dtype=object)
    sums = pairs[pairs["code"].astype(str).isin(["count-term-unclear", "count-sum"])]
    for at, part in zip(sums.index, sums["right"], strict=True):
        parts = sums.loc[at, "summed"]
        found[at] = [claim for claim in parts if claim != part] if isinstance(parts, list) else []
    if "running" in pairs:
        found = pairs["running"].astype(object)
    return found


def _windowed(tables: Tables, family: str, pairs: pd.DataFrame) -> list[list[bool]]:
    """Which claims of each pair are told with the start or the end that they have from their incident's window.

    Where times are compared: what holds until a time without a start, and an absence since one that the other outlasts.
    """
    recorded = tables.spoken[tables.spoken["recorded"]].set_index("claim")
    found = []
    for side, other in (("left", "right"), ("right", "left")):
        own, beside = (recorded.loc[pairs[each]].reset_index(drop=True) for each in (side, other))
        open_start = (own["valid_mode"] == "until") & (own["valid_from"] == MISSING)
        lasts = (own["valid_mode"] == "since") & own["absent"] & ~own["denies"]
        told = open_start | (lasts & (beside["possible_end"] > own["possible_end"]))
        found.append((told & (family in TIMED)).tolist())
    return found


def _said(tables: Tables, rows: np.ndarray, windowed: bool) -> tuple[pd.Series, pd.Series, pd.Series]:
    """By claim the years and zones of its times, and what it says of them, without and with those.

    `windowed`: with the start or the end that it has from the window of its incident.
    """
    package = tables.package
    claims, offsets = package.claims.loc[rows, [*CLOCKS, *SPOKEN]], package.offsets["claims"].loc[rows, CLOCKS]
    recorded = tables.spoken[tables.spoken["recorded"]].set_index("claim").loc[rows]
    taken = _taken(tables).reindex(rows)
    times = {name: claims[name] for name in CLOCKS}
    minutes = {name: offsets[name] for name in CLOCKS}
    times["reported_from"] = times["reported_from"].where(times["reported_from"] < times["reported_to"])
    incident = package.claims.loc[rows, ["incident_id"]].merge(package.incidents, on="incident_id", how="left")
    for name, bound in zip(CLOCKS, BOUNDS, strict=False):
        known = recorded[name] != MISSING
        times[name] = pd.to_datetime(recorded[name].where(known), unit="us", utc=True)
        minutes[name] = minutes[name].where(taken.isna(), taken)
        limit = incident[bound].set_axis(claims.index)
        used = recorded["baseline" if bound == "starts_at" else "as_of"]
        beyond = recorded[name] < used if bound == "starts_at" else recorded[name] > used
        beyond &= known & (claims["kind"] == "count")
        if windowed and bound == "starts_at":
            beyond |= (claims["valid_mode"] == "until").fillna(False) & ~known
        if windowed and bound == "ends_at":
            beyond |= (claims["valid_mode"] == "since").fillna(False) & (times["valid_from"] < limit)
        times[bound] = limit.where(beyond.astype(bool))
        minutes[bound] = minutes[name]
    minutes["starts_at"] = minutes["valid_from"].fillna(minutes["valid_to"])
    minutes["ends_at"] = minutes["valid_to"].fillna(minutes["valid_from"])
    words = [{name: _moments(times[name], minutes[name], form) for name in times} for form in ("", " %Y")]
    zones = {name: _zone(minutes[name]).where(words[0][name] != "", "") for name in times}
    years = pd.DataFrame({name: [told and told.split(" ")[2] for told in words[1][name]] for name in times})
    clocks = [
        {f"{year}{zone}" for year, zone in zip(*both, strict=True) if zone}
        for both in zip(years.to_numpy().tolist(), pd.DataFrame(zones).to_numpy().tolist(), strict=True)
    ]
    full = {name: words[1][name] + zones[name] for name in times}
    told = (_sentence(claims, taken.notna(), shown) for shown in (words[0], full))
    return pd.Series(clocks, index=claims.index), *told


def _taken(tables: Tables) -> pd.Series:
    """By claim the one offset of all that it repeats and that state theirs, where its own is assumed."""
    basis, offsets = tables.package.claims["zone_basis"], tables.package.offsets["claims"]
    repeats = tables.links.loc[tables.links["relation"] == "repeats", ["left", "right"]].drop_duplicates()
    stated = offsets["valid_from"].fillna(offsets["valid_to"])
    repeats["offset"] = stated.loc[repeats["right"]].to_numpy()
    for side, wanted in (("left", "assumed"), ("right", "stated")):
        repeats = repeats[(basis.loc[repeats[side]] == wanted).fillna(False).to_numpy(dtype=bool)]
    offset = repeats.dropna().groupby("left")["offset"]
    return offset.first()[offset.nunique() == 1].astype("Int64")


def _sentence(claims: pd.DataFrame, taken: pd.Series, shown: dict[str, pd.Series]) -> pd.Series:
    """By claim its sentence and what it says of its time."""
    begin, end, said_from, said_to, earliest, report, opens, closes = (shown[name] for name in (*CLOCKS, *BOUNDS))
    time = pd.Series("no time given", index=claims.index, dtype=object)
    counted = (claims["kind"] == "count") & (begin + end != "")
    both = ("from " + begin).where(begin != "", "") + (" as of " + end).where(end != "", "")
    time[counted] = both[counted].str.strip()
    for mode, words in TIMES.items():
        spoken = (claims["valid_mode"] == mode).fillna(False)
        bounds = zip(begin[spoken], end[spoken], strict=True)
        time[spoken] = [(FROM_UNTIL if mode == "until" and each[0] else words).format(*each) for each in bounds]
    figure = claims["kind"] == "count"
    first, last = pd.Series(", cut at ", index=claims.index), pd.Series(", cut at ", index=claims.index)
    first, last = first.where(figure, ", from "), last.where(figure, ", up to ")
    time += (first + opens + ", the start of its incident's window").where(opens != "", "")
    time += (last + closes + ", the end of its incident's window").where(closes != "", "")
    nothing = pd.Series("", index=claims.index, dtype=object)
    book = nothing.mask((claims["bounds_basis"] == "codebook").fillna(False), ", hours from the codebook")
    zone = nothing.mask((claims["zone_basis"] == "assumed").fillna(False), ", zone assumed")
    zone = zone.mask(taken, ", zone of what it repeats")
    until = (" to " + said_to).where(said_to != said_from, "")
    said = ("; said " + said_from + until).where((said_from != "") & (said_to != ""), "")
    reported = "reported " + (earliest + " to ").where(earliest != "", "") + report
    reported = reported.where(report != "", "report undated")
    text = claims["text"].str.removesuffix(".").astype(object)
    return text + " (" + time + book + zone + said + "; " + reported + ")"


def _moments(times: pd.Series, minutes: pd.Series, year: str) -> pd.Series:
    """Times on the clock with which they are recorded: "13 Sep 12:34"; nothing where there is none."""
    local = times.dt.tz_localize(None) + pd.to_timedelta(minutes.fillna(0).astype(int), unit="m")
    told, exact = (
        local.dt.strftime(f"%-d %b{year} {clock}").astype(object).fillna("") for clock in ("%H:%M", "%H:%M:%S")
    )
    return told.where(local.dt.second.fillna(0) == 0, exact)


def _zone(minutes: pd.Series) -> pd.Series:
    """Offsets in words: " UTC+4", " UTC−3:30"."""
    found = []
    for offset in minutes.fillna(0).astype(int):
        hours, rest = divmod(abs(offset), 60)
        size = f"{'+' if offset > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")
        found.append(f" UTC{size}" if offset else " UTC")
    return pd.Series(found, index=minutes.index, dtype=object)


def _figures(tables: Tables, family: str, pairs: pd.DataFrame) -> pd.Series:
    """The figures of each pair in words."""
    words = pd.Series("", index=pairs.index, dtype=object)
    modes = [tables.claims["valid_mode"].loc[pairs[side]].to_numpy(dtype=object) for side in ("left", "right")]
    vague = ~np.isin(modes[0].astype(str), [*FILLED, "since"])
    before = {
        "overlap": np.where(vague | ~np.isin(modes[1].astype(str), FILLED), "at most ", ""),
        "since_start": np.where(np.isin(modes[1].astype(str), [*FILLED, "since"]), "", "at least "),
    }
    counted = np.array([*tables.terms.units, ""], dtype=object)[tables.claims["term"].loc[pairs["left"]]]
    if family == "start":
        counted = np.full(len(pairs), "hours")
        exact = ~vague & np.isin(modes[1].astype(str), [*FILLED, "since"])
        before["gap"] = np.where(exact, "", "at least ")
    for name, form in FIGURES.items():
        if name not in pairs:
            continue
        bounds = pairs[[name, f"{name}_low", f"{name}_high"]]
        shown = (np.isfinite(bounds[name]) | np.isfinite(bounds[f"{name}_low"])) & (bounds[name] != 0)
        shown &= ~(bounds[name].isna() & (bounds[f"{name}_low"] == 0) & (bounds[f"{name}_high"] == 0))
        units = [UNITS[name]] * int(shown.sum()) if name in UNITS else counted[shown]
        bound = before.get(name, np.full(len(pairs), ""))[shown]
        forms = np.where(vague[shown], form.replace("the start", "its earliest start"), form)
        rows = zip(bound, forms, units, bounds[shown].to_numpy().tolist(), strict=True)
        told = pd.Series(
            [_figure(name, form, bound, unit, *values) for bound, form, unit, values in rows],
            index=words.index[shown],
            dtype=object,
        )
        between = pd.Series(np.where(words[shown] != "", "; ", ""), index=words.index[shown])
        words[shown] = words[shown] + between + told
    return words


def _figure(name: str, form: str, bound: str, unit: str, value: float, low: float, high: float) -> str:
    if not math.isfinite(value):
        reach = _amount(low, unit) + (f" to {_amount(high, unit)}" if low < high < math.inf else "")
        return f"{bound}{form.format(reach)} under another reading"
    if value == 1 and name in EQUAL:
        return f"equal {EQUAL[name]}"
    words = bound + form.format(_amount(value, unit))
    if name == "implied" or low == high == value:
        return words
    if not math.isfinite(low) or not math.isfinite(high):
        return f"{words}, or {'less' if math.isfinite(high) else 'more'}"
    why = "over all readings" if unit == "hours" else "by the bounds that are given"
    why = "by the days of the reports" if name == "stale" else why
    return f"{words}, {bound}{_amount(low, unit)} to {_amount(high, unit)} {why}"


def _amount(value: float, unit: str) -> str:
    """ "3 h 34 min", "11 persons", "1.5 times"."""
    if unit == "hours":
        size = pd.Timedelta(seconds=abs(round(value * 3600))).components
        parts = [(24 * size.days + size.hours, "h"), (size.minutes, "min"), (size.seconds, "s")]
        told = " ".join(f"{number} {name}" for number, name in parts if number)
        return ("-" if told and value < 0 else "") + (told or "0 h")
    number = f"{value:.0f}" if value.is_integer() else f"{value:.2f}"
    if unit == "ratio":
        return f"{number} times" if value >= 1.005 else "less than 1.01 times"
    return f"{number} {unit}" if unit == "parties" or abs(value) == 1 else f"{number} {unit}s"
