"""Family `count`: a vague total that is no larger than one clear outcome inside it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.moments import FAR_PAST, MISSING
from naive.figures import Figures, beside, high_against, over_readings
from naive.mismatch import standing
from naive.tables import Tables
from naive.totals import disjoint, of_others
from naive.verdicts import STRENGTH, constant, of_figures

SCOPE = ["incident", "target", "place", "cumulative"]
COLUMNS = ["claim", "rank", "claimant", *SCOPE, "term", "low", "high", "series", "confirmed", "reported"]
WINDOW = ["claim", "valid_to", "baseline", "as_of"]


def term_unclear(tables: Tables, figures: Figures) -> pd.DataFrame:
    """`count-term-unclear`: "49 casualties" beside "49 killed"; the vague claim first. Windows may be one.

    `implied` is what the total would be at least.
    """
    vague, clear = (known.loc[known["incident"] >= 0, COLUMNS] for known in (figures.vague, figures.clear))
    rows = vague.merge(clear, on=SCOPE, suffixes=("_left", "_right"))
    no_higher = high_against(rows, "left") <= rows["low_right"]
    rows = rows[tables.terms.within[rows["term_right"], rows["term_left"]] & no_higher & (rows["low_right"] > 0)]
    rows = rows.rename(columns={"claim_left": "left", "claim_right": "right"})
    # What its claimant has corrected is not held against the claimant's own total.
    stands = rows["right"].isin(standing(tables, figures)["claim"])
    rows = rows[stands | (rows["claimant_left"] != rows["claimant_right"])]
    windows = tables.spoken[WINDOW].assign(
        baseline=tables.spoken["baseline"].replace(FAR_PAST, MISSING),
        as_of=tables.spoken["as_of"].mask(tables.spoken["valid_to"] == MISSING, MISSING),
        latest=tables.spoken["as_of"],
    )
    readings = beside(rows, windows, windows)
    alike = _may_be_one(readings, "baseline") & _may_be_one(readings, "as_of")
    for one, other in (("left", "right"), ("right", "left")):
        # One that is not stated is no later than when the figure was given.
        blank = (readings[f"as_of_{one}"] == MISSING) & (readings[f"as_of_{other}"] != MISSING)
        alike &= ~(blank & (readings[f"latest_{one}"] < readings[f"latest_{other}"]))
    for one, other in (("left", "right"), ("right", "left")):
        unknown, since = readings[f"baseline_{one}"] == MISSING, readings[f"baseline_{other}"]
        ended = (readings[f"as_of_{one}"] != MISSING) & (readings[f"as_of_{one}"] <= since)
        alike &= ~(unknown & (since != MISSING) & ended)
    pairs = readings.loc[alike, ["left", "right"]].drop_duplicates()
    summed = _summed(tables, figures, vague[vague["claim"].isin(pairs["left"])])
    implied = pairs["left"].map(summed.groupby("left")["low"].sum()).fillna(0.0)
    parts = summed.sort_values("rank").groupby("left")["claim"].agg(list)
    open_above = pd.Series(np.inf, index=pairs.index)
    strength = constant(pairs, STRENGTH, "tension")
    found = of_figures(pairs, "count-term-unclear", strength, implied=(implied, implied, open_above))
    return found.assign(summed=pairs["left"].map(parts).astype(object))


def _may_be_one(rows: pd.DataFrame, bound: str) -> pd.Series:
    ours, theirs = rows[f"{bound}_left"], rows[f"{bound}_right"]
    return (ours == MISSING) | (theirs == MISSING) | (ours == theirs)


def _summed(tables: Tables, figures: Figures, vague: pd.DataFrame) -> pd.DataFrame:
    """For each vague claim (`left`) the clear figures inside it that had been reported by then, of which none overlap.

    They are of its mode, and under some reading count at its time, not since an earlier one. The largest comes first.
    What is declared a part of another one among them is left to that one.
    """
    recorded = figures.windows[figures.windows["recorded"] & np.isfinite(figures.windows["low"])]
    clear = recorded[[*COLUMNS, "lasting"]]
    rows = vague[COLUMNS].merge(clear, on="incident", suffixes=("_left", "")).rename(columns={"claim_left": "left"})
    for column, hierarchy in (("target", tables.actors), ("place", tables.places)):
        inside = hierarchy.contains(rows[f"{column}_left"], rows[column]) | (rows[column] == rows[f"{column}_left"])
        rows = rows[inside]
    by_then = (rows["reported"] <= rows["reported_left"]) | (rows["reported_left"] == MISSING)
    same_mode = rows["cumulative"] == rows["cumulative_left"]
    rows = rows[by_then & same_mode & tables.terms.within[rows["term"], rows["term_left"]]]
    rows = rows[_adds_up(tables, rows).to_numpy()]
    links = tables.links[tables.links["relation"] == "part_of"].rename(columns={"left": "claim", "right": "whole"})
    known = rows[["left", "claim"]]
    parts = known.merge(links, on="claim").merge(known.rename(columns={"claim": "whole"}), on=["left", "whole"])
    is_part = known.merge(parts[["left", "claim"]].drop_duplicates(), how="left", indicator=True)["_merge"] == "both"
    rows = rows[~is_part.to_numpy()].sort_values(["low", "rank"], ascending=[False, True])
    rows = rows.drop(columns=[name for name in rows if name.endswith("_left")])
    found = []
    while True:
        largest = rows.drop_duplicates("left")
        found.append(largest[["left", "claim", "rank", "low"]])
        if not len(rows):
            return pd.concat(found)
        left = rows.merge(largest, on="left", suffixes=("_left", "_right"))
        _, apart = disjoint(tables, figures, left)
        two = left[["claim_left", "claim_right"]].set_axis(["left", "right"], axis=1)
        _, together = over_readings(figures, two, _counted_together)
        left = left[apart & (together | of_others(tables, left)) & (left["claim_left"] != left["claim_right"])]
        left = left.drop(columns=[name for name in left if name.endswith("_right")])
        rows = left.rename(columns=lambda name: name.removesuffix("_left"))


def _adds_up(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """Whether under some reading a figure counts at the time of its total (`left`), and not since an earlier time."""
    windows = tables.spoken[WINDOW].assign(blank=tables.spoken["valid_to"] == MISSING)
    two = rows[["left", "claim", "lasting"]].reset_index(drop=True).reset_index(names="row")
    whole = windows.add_suffix("_whole").rename(columns={"claim_whole": "left"})
    read = two.merge(windows, on="claim").merge(whole, on="left")
    since = read["baseline"] >= read["baseline_whole"]
    since |= (read["baseline"] == FAR_PAST) & (read["as_of"] > read["baseline_whole"])
    before, after = read["as_of"] < read["as_of_whole"], read["as_of"] > read["as_of_whole"]
    may_be_one = (~before & ~after) | (before & read["blank_whole"]) | (after & read["blank"])
    return (since & (may_be_one | (before & read["lasting"]))).groupby(read["row"]).any()


def _counted_together(rows: pd.DataFrame) -> pd.Series:
    """They are of one time, or the earlier one is of the killed."""
    ours, theirs = rows["as_of_left"], rows["as_of_right"]
    return (ours == theirs) | rows["lasting_left"].where(ours < theirs, rows["lasting_right"])
