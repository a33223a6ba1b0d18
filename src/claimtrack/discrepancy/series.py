"""Families `count` and `series`: a figure repeated after it was overtaken; two series that run beside each other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.figures import Figures
from claimtrack.discrepancy.keys import combined
from claimtrack.discrepancy.nearest import same_or_earlier
from claimtrack.discrepancy.pairs import TENSION, Floats, hours, table
from claimtrack.readings import DAY, FAR_FUTURE, MISSING


def outdated(facts: Facts, figures: Figures) -> pd.DataFrame:
    """`count-outdated`: a claimant's figure reported again after the claimant's own later one, or after `will_rise`.

    The repeated figure first, then what overtook it. `stale` is the time between the two reports, in hours.
    """
    claims = facts.package.claims
    rows = np.flatnonzero(figures.counted & (facts.clocks.reported != MISSING))
    frame = pd.DataFrame(
        {
            "claim": rows,
            "owner": combined(facts.claimant[rows], figures.scope[rows]),
            "topic": combined(facts.claimant, facts.incident, facts.target)[rows],
            "low": figures.low[rows],
            "high": figures.high[rows],
            "as_of": facts.readings.valid_to[facts.readings.first[:-1]][rows],
            "reported": facts.clocks.reported[rows],
        }
    ).sort_values(["owner", "reported", "claim"], ignore_index=True)
    figure = ["owner", "low", "high"]
    any_as_of = frame.groupby(figure)["reported"].transform("min")
    same_as_of = frame.groupby([*figure, "as_of"])["reported"].transform("min")
    blank_first = (
        frame["reported"].where(frame["as_of"] == MISSING).groupby([frame[c] for c in figure]).transform("min")
    )
    frame["said"] = any_as_of.where(frame["as_of"] == MISSING, same_as_of)
    frame["said"] = frame["said"].where(blank_first.isna(), np.minimum(frame["said"], blank_first.fillna(FAR_FUTURE)))
    again = frame[frame["said"] < frame["reported"]].astype({"said": np.int64})
    overtaken = pd.concat([_own_later(frame, again), _will_rise(facts, again)], ignore_index=True)
    overtaken["id"] = facts.rank[overtaken["by"].to_numpy(np.int64)]
    first = overtaken.sort_values(["claim", "at", "id"]).drop_duplicates("claim")
    left, right = first["claim"].to_numpy(np.int64), first["by"].to_numpy(np.int64)
    stale = hours((first["reported"] - first["at"]).to_numpy(np.int64))
    return (
        table(left, right, "count-outdated", TENSION, {"stale": stale})
        if len(claims)
        else table(left, right, "", 0, {})
    )


def _own_later(frame: pd.DataFrame, again: pd.DataFrame) -> pd.DataFrame:
    """For each repeated figure the claimant's different ones reported after it was first given, before the repeat.

    A figure that is stated to be as of an earlier time than the repeated one does not overtake it.
    """
    columns = {"claim": "by", "reported": "at", "low": "by_low", "high": "by_high", "as_of": "by_as_of"}
    met = again.merge(frame[["owner", *columns]].rename(columns=columns), on="owner")
    different = (met["low"] != met["by_low"]) | (met["high"] != met["by_high"])
    older = (met["by_as_of"] != MISSING) & (met["by_as_of"] < met["as_of"])
    between = (met["said"] < met["at"]) & (met["at"] < met["reported"])
    return met[different & ~older & between][["claim", "by", "at", "reported"]]


def _will_rise(facts: Facts, again: pd.DataFrame) -> pd.DataFrame:
    rises = np.flatnonzero((facts.kind == "count") & (facts.predicate == "will_rise") & facts.asserts)
    topic = combined(facts.claimant, facts.incident, facts.target)[rises]
    met = again.merge(pd.DataFrame({"topic": topic, "by": rises, "at": facts.clocks.reported[rises]}), on="topic")
    return met[(met["said"] <= met["at"]) & (met["at"] < met["reported"])][["claim", "by", "at", "reported"]]


def gap(facts: Facts, figures: Figures) -> pd.DataFrame:
    """`count-gap`: two series of one scope with two shared as-ofs or more. One row a pair, never a contradiction.

    Each as-of of one series is set beside the same or the nearest earlier one of the other, a day away at most, all
    as recorded. The pair of claims is the last that is shared. Ratios are the higher figure by the lower, none where
    the lower is 0.
    """
    left, right = same_or_earlier(figures, figures.recorded, within=DAY)
    ours, theirs = figures.claim[left], figures.claim[right]
    swap = figures.series[ours] > figures.series[theirs]
    at = np.maximum(figures.as_of[left], figures.as_of[right])
    a, b = np.where(swap, theirs, ours), np.where(swap, ours, theirs)
    point = _points(figures)
    higher, lower = np.maximum(point[a], point[b]), np.minimum(point[a], point[b])
    ratio = np.divide(higher, lower, out=np.full(len(a), np.nan), where=lower > 0).round(4)
    shared = pd.DataFrame({"a": a, "b": b, "at": at, "ratio": ratio})
    shared["track"] = combined(figures.scope[a], figures.series[a], figures.series[b])
    shared["rank_a"], shared["rank_b"] = facts.rank[a], facts.rank[b]
    shared = shared.sort_values(["track", "at", "rank_a", "rank_b"]).drop_duplicates(["track", "at"])
    grouped = shared.groupby("track")
    shared = shared[grouped["at"].transform("size") >= 2]
    last = shared.groupby("track").tail(1)
    ratios = shared.groupby("track")["ratio"]
    figure = {
        "first": shared.groupby("track").head(1)["ratio"].to_numpy(),
        "last": last["ratio"].to_numpy(),
        "smallest": ratios.min().to_numpy(),
        "largest": ratios.max().to_numpy(),
    }
    return table(last["a"].to_numpy(np.int64), last["b"].to_numpy(np.int64), "count-gap", TENSION, figure)


def _points(figures: Figures) -> Floats:
    """One number for each figure: the middle of its range, or the bound that is given."""
    low = np.where(np.isfinite(figures.low), figures.low, figures.high)
    high = np.where(np.isfinite(figures.high), figures.high, low)
    return (low + high) / 2
