"""Family `count`, several figures together: an increment against two totals, declared parts against their total."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.moments import MISSING
from claimtrack.scopes import Hierarchy
from naive.figures import Figures, beside, high_against, holds_surely, over_readings, takes_in
from naive.mismatch import instead, standing
from naive.tables import Tables
from naive.verdicts import definite, of_figures


def delta(tables: Tables, figures: Figures) -> pd.DataFrame:
    """`count-delta`: an increment that is not the difference of its claimant's totals at the ends of its window.

    Two pairs a finding: the increment with the later total, and with the earlier one.
    """
    windows = standing(tables, figures)
    columns = ["subject", "series", "claim", "rank", "low", "high", "capped", "readings"]
    columns += ["baseline", "since", "as_of", "stated"]
    increments = windows.loc[~windows["cumulative"] & (windows["baseline"] < windows["as_of"]), columns]
    totals = windows.loc[windows["cumulative"], columns]
    owner = {"subject_first": "subject", "series_first": "series", "stated_first": "since"}
    first = totals.add_suffix("_first").rename(columns=owner)
    owner = {"subject_last": "subject", "series_last": "series", "stated_last": "stated"}
    last = totals.add_suffix("_last").rename(columns=owner)
    rows = increments.merge(first, on=["subject", "series", "since"]).merge(last, on=["subject", "series", "stated"])
    rows = rows[(rows["since_first"] == rows["since_last"]) & (rows["claim_first"] != rows["claim_last"])]
    three = ["claim", "claim_first", "claim_last"]
    times = rows.groupby(three)["claim"].transform("size")
    always = times == rows["readings"] * rows["readings_first"] * rows["readings_last"]
    actor = tables.claims["actor"]
    for total in ("claim_first", "claim_last"):
        always &= actor.loc[rows["claim"]].to_numpy() == actor.loc[rows[total]].to_numpy()
    rows = rows.assign(sure=always & ~rows["capped"] & ~rows["capped_first"] & ~rows["capped_last"])
    rows["least"] = rows["low"] - (rows["high_last"] - rows["low_first"])
    rows["most"] = rows["high"] - (rows["low_last"] - rows["high_first"])
    rows = rows[(rows["least"] > 0) | (rows["most"] < 0)].drop_duplicates(three)
    rows = rows.sort_values(["rank", "rank_first", "rank_last"], ignore_index=True).rename(columns={"claim": "left"})
    value = rows["least"].where(rows["least"] > 0, rows["most"])
    parts = [
        of_figures(
            rows.rename(columns={f"claim_{other}": "right"}),
            "count-delta",
            definite(rows["sure"]),
            pd.Series(rows.index),
            difference=(value, rows["least"], rows["most"]),
        ).assign(beside=rows[f"claim_{third}"].astype(float))
        for other, third in (("last", "first"), ("first", "last"))
    ]
    return pd.concat(parts, ignore_index=True)


def parts_sum(tables: Tables, figures: Figures) -> pd.DataFrame:
    """`count-sum`: declared parts, disjoint in scope, that exceed their whole or fall short of it.

    One pair for each part, the whole first. Where they fall short, some parts may be missing. Additions may be
    disjoint under some readings of their windows only.
    """
    recorded = figures.windows[figures.windows["recorded"]].drop(columns="since")
    declared, unsaid = _standing_parts(tables, figures, recorded)
    rows = beside(declared, recorded, recorded)
    overlapping, wavering = _overlapping(tables, figures, rows)
    rows = rows[~rows["left"].isin(overlapping)].reset_index(drop=True)
    _, in_time = over_readings(figures, rows, holds_surely)
    rows = rows.assign(
        in_time=in_time & takes_in(tables, figures, rows, "left", "right"),
        ceiling=high_against(rows, "left"),
        most=high_against(rows, "right"),
    )
    whole = rows.groupby("left")
    above = whole["low_right"].transform("sum") - whole["ceiling"].transform("max")
    below = whole["most"].transform("sum") - rows["low_left"]
    # Of how many a part is that was corrected in words nobody knows; an addition can be negative, too.
    below = below.mask(rows["left"].isin(unsaid["left"]), np.inf)
    above = above.mask(rows["left"].isin(unsaid.loc[~unsaid["cumulative"], "left"]), -np.inf)
    recounted = ~rows["cumulative_left"] | ~rows["cumulative_right"]
    doubt = recounted | rows["capped_left"] | rows["capped_right"] | ~rows["in_time"] | rows["left"].isin(wavering)
    sure = (above > 0) & ~doubt.groupby(rows["left"]).transform("any")
    value = above.where(above > 0, below)
    found = of_figures(rows, "count-sum", definite(sure), rows["left"], difference=(value, above, below))
    parts = rows.sort_values("rank_right").groupby("left")["right"].agg(list)
    found = found.assign(summed=rows["left"].map(parts).astype(object))
    return found[(above > 0) | (below < 0)]


def _standing_parts(tables: Tables, figures: Figures, recorded: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Wholes (`left`) and declared parts (`right`), what was corrected replaced by the correction; and what has none.

    It is not replaced where a figure of its scope, of additions and window, is declared a part of the same whole.
    """
    columns = ["claim", "scope", "incident", "cumulative", "baseline", "stated"]
    links = tables.links.loc[tables.links["relation"] == "part_of", ["left", "right"]]
    rows = beside(links.set_axis(["right", "left"], axis=1), recorded[columns], recorded[columns])
    stands = standing(tables, figures)["claim"]
    new = instead(tables, figures)
    rows["stays"] = rows["right"].isin(stands) | (rows["incident_left"] != rows["incident_right"])
    rows["declared"] = rows["stays"] & rows["left"].isin(stands)
    wholes = rows.drop(columns="left").assign(claim=rows["left"]).merge(new, on="claim")
    rows = pd.concat([rows[rows["left"].isin(stands)], wholes.rename(columns={"instead": "left"})], ignore_index=True)
    window = {
        bound: rows[bound].mask(rows["cumulative_right"], MISSING) for bound in ("baseline_right", "stated_right")
    }
    rows["room"] = rows.assign(**window).groupby(["left", "scope_right", *window]).ngroup()
    parts = rows.assign(claim=rows["right"]).drop(columns="right")
    stay = parts[parts["stays"]]
    stay = stay.assign(right=stay["claim"])
    replaced = parts[~parts["stays"]].merge(new, on="claim").rename(columns={"instead": "right"})
    found = pd.concat([stay, replaced], ignore_index=True)
    found = found[found["declared"] | ~found["room"].isin(found.loc[found["declared"], "room"])]
    found = found[found["left"] != found["right"]]
    unsaid = rows[~rows["room"].isin(found["room"])].rename(columns={"cumulative_right": "cumulative"})
    return found[["left", "right"]].drop_duplicates(), unsaid[["left", "cumulative"]]


def _overlapping(tables: Tables, figures: Figures, rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The wholes of which two parts may count the same people: under all readings of their windows, and under some."""
    parts = rows[["left", *(name for name in rows if name.endswith("_right")), "right"]]
    parts = parts.rename(columns=lambda name: name.removesuffix("_right"))
    two = parts.merge(parts, on="left", suffixes=("_left", "_right"))
    two = two[two["right_left"] < two["right_right"]]
    sometimes, always = disjoint(tables, figures, two, ("right_left", "right_right"))
    return two.loc[~sometimes, "left"], two.loc[~always, "left"]


def disjoint(
    tables: Tables, figures: Figures, rows: pd.DataFrame, claims: tuple[str, str] = ("claim_left", "claim_right")
) -> tuple[pd.Series, pd.Series]:
    """Whether two figures cannot count the same people, under some readings of their windows and under all.

    Populations, places, outcomes or, of two additions, windows lie apart. `claims`: the columns of the two.
    """
    apart = of_others(tables, rows)
    outcomes = tables.terms.outcomes
    shared = np.array([[bool(one & other) for other in outcomes] for one in outcomes]).reshape(len(outcomes), -1)
    apart |= ~shared[rows["term_left"], rows["term_right"]]
    additions = ~apart & ~rows["cumulative_left"] & ~rows["cumulative_right"]
    two = rows.loc[additions, list(claims)].set_axis(["left", "right"], axis=1)
    found = [apart.copy(), apart]
    for told, separate in zip(found, over_readings(figures, two, _windows_apart), strict=True):
        told[additions] = separate.to_numpy()
    return found[0], found[1]


def of_others(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """Whether the populations or the places of two figures lie apart."""
    apart = pd.Series(False, index=rows.index)
    for column, hierarchy in (("target", tables.actors), ("place", tables.places)):
        ours, theirs = rows[f"{column}_left"], rows[f"{column}_right"]
        apart |= (ours >= 0) & (theirs >= 0) & ~_share(hierarchy, ours, theirs)
    return apart


def _share(hierarchy: Hierarchy, ours: pd.Series, theirs: pd.Series) -> np.ndarray:
    """Whether something lies in both of each pair, or one in the other."""
    inside = pd.DataFrame({"node": hierarchy.inside, "container": hierarchy.container})
    asked = pd.DataFrame({"ours": ours.to_numpy(), "theirs": theirs.to_numpy()}).drop_duplicates()
    first = asked.merge(inside, left_on="ours", right_on="container")
    both = first.merge(inside, left_on=["theirs", "node"], right_on=["container", "node"])
    shared = pd.MultiIndex.from_frame(both[["ours", "theirs"]])
    return pd.MultiIndex.from_arrays([ours, theirs]).isin(shared)


def _windows_apart(rows: pd.DataFrame) -> pd.Series:
    return (rows["as_of_left"] <= rows["baseline_right"]) | (rows["as_of_right"] <= rows["baseline_left"])
