"""The claims that carry a figure, with its scope, and their windows reading by reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from claimtrack.moments import FAR_PAST, MISSING
from naive.tables import Tables


@dataclass(frozen=True)
class Figures:
    """Figures are asserted and not about the future. Those that are vague enter no code but their own."""

    clear: pd.DataFrame
    """One row a figure of a clear term."""
    vague: pd.DataFrame
    told: pd.DataFrame
    """One row a claim that speaks of a number, be it in words or as a denial, with its scope."""
    windows: pd.DataFrame
    """One row a reading of a clear figure: its columns, and the baseline and as-of of the reading."""


def figures(tables: Tables) -> Figures:
    """The figures of a package."""
    claims, terms = tables.claims, tables.terms
    told = claims[claims["term"] >= 0]
    told = told.assign(
        cumulative=(told["count_mode"] != "increment").fillna(True).astype(bool), meaning=terms.equal[told["term"]]
    )
    told["subject"] = told.groupby(["meaning", "target", "place", "incident"]).ngroup()
    told["scope"] = told.groupby(["subject", "cumulative"]).ngroup()
    given = np.isfinite(told["low"]) | np.isfinite(told["high"])
    counts = told[told["asserts"] & told["compared"] & given]
    counts = counts.assign(
        confirmed=(counts["count_basis"] == "confirmed").fillna(False).astype(bool),
        lasting=np.array([outcomes == {"killed"} for outcomes in terms.outcomes], dtype=bool)[counts["term"]],
        series=counts.fillna({"count_basis": ""}).groupby(["claimant", "count_basis"]).ngroup(),
    )
    unbegun = ~counts["cumulative"] & ~counts["baseline_stated"]
    counts["capped"] = counts["doubtful"] | counts["approximate"] | ~counts["as_of_stated"] | unbegun
    counts["capped"] |= counts["incident"] < 0
    vague = terms.vague[counts["term"]]
    of_readings = tables.spoken[["claim", "valid_to", "recorded", "readings", "baseline", "as_of", "stated"]]
    begun = tables.spoken["valid_from"]
    of_readings = of_readings.assign(since=begun.where(begun != MISSING, tables.spoken["baseline"]))
    windows = counts[~vague].merge(of_readings, on="claim")
    return Figures(counts[~vague], counts[vague], told, windows)


def takes_in(tables: Tables, figures: Figures, pairs: pd.DataFrame, whole: str, part: str) -> pd.Series:
    """Whether one figure of each pair leaves out nothing of the other for who did it, or as of before their incident.

    Itself it may name nobody. An addition has to count since the same time: what was added before may be negative.
    """
    ours, theirs = (tables.claims["actor"].loc[pairs[side]].to_numpy() for side in (whole, part))
    of_all = (ours < 0) | tables.actors.contains(ours, theirs)

    def as_early(rows: pd.DataFrame) -> pd.Series:
        since, begun = rows[f"since_{whole}"], rows[f"since_{part}"]
        return (since == begun) | (rows[f"cumulative_{whole}"] & (since < begun))

    return over_readings(figures, pairs, as_early)[1].to_numpy() & of_all


def high_against(rows: pd.DataFrame, side: str) -> pd.Series:
    """The upper bound of one of two figures against the other: a confirmed one has none but for its own series."""
    others = rows["series_left"] != rows["series_right"]
    return rows[f"high_{side}"].mask(rows[f"confirmed_{side}"] & others, np.inf)


def beside(pairs: pd.DataFrame, left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Every row of the left claim of a pair with every row of the right one."""
    ours = left.add_suffix("_left").rename(columns={"claim_left": "left"})
    theirs = right.add_suffix("_right").rename(columns={"claim_right": "right"})
    return pairs[["left", "right"]].merge(ours, on="left").merge(theirs, on="right")


def over_readings(
    figures: Figures, pairs: pd.DataFrame, holds: Callable[[pd.DataFrame], pd.Series]
) -> tuple[pd.Series, pd.Series]:
    """For each pair whether something holds between the windows of two figures: in some reading, and in all."""
    windows = figures.windows[["claim", "scope", "cumulative", "lasting", "baseline", "since", "as_of", "stated"]]
    rows = beside(pairs, windows, windows)
    found = rows.assign(holds=holds(rows)).groupby(["left", "right"])["holds"].agg(["any", "all"])
    of_pair = pairs[["left", "right"]].merge(found, left_on=["left", "right"], right_index=True, how="left")
    return of_pair["any"].astype(bool), of_pair["all"].astype(bool)


def comes_after(rows: pd.DataFrame) -> pd.Series:
    """They have one baseline, and the right one is stated to be the later."""
    return (rows["baseline_left"] == rows["baseline_right"]) & (rows["stated_left"] < rows["stated_right"])


def holds_window(rows: pd.DataFrame) -> pd.Series:
    """The window of the left one takes in that of the right one."""
    return (rows["baseline_left"] <= rows["baseline_right"]) & (rows["as_of_right"] <= rows["as_of_left"])


def holds_surely(rows: pd.DataFrame) -> pd.Series:
    """So it does, and whoever the right one counts still counts at the end: it is of that time, or of the killed.

    It is known since when the left one counts, or not of the right one either.
    """
    whole, part = rows["stated_left"], rows["stated_right"]
    begun = (rows["baseline_left"] != FAR_PAST) | (rows["baseline_right"] == FAR_PAST)
    return holds_window(rows) & begun & ((whole == part) | (rows["lasting_right"] & (part <= whole)))
