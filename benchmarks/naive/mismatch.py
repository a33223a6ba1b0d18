"""Family `count`, one figure of a scope against another: a mismatch, and a total that falls."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.moments import DAY
from naive.figures import Figures, comes_after, high_against, over_readings, takes_in
from naive.tables import Tables
from naive.verdicts import STRENGTH, constant, definite, of_figures

COLUMNS = [
    *("claim", "scope", "series", "low", "high", "confirmed", "capped", "cumulative"),
    *("baseline", "as_of", "stated", "as_of_stated", "readings", "recorded"),
]
CLAIMS = {"claim_left": "left", "claim_right": "right"}


def mismatch(tables: Tables, figures: Figures) -> pd.DataFrame:
    """`count-mismatch`: two figures of one scope that do not meet, of which neither updates the other; the lower first.

    Those of one window, and one above the next later figure of another series, a day away at most.
    """
    windows = figures.windows[COLUMNS]
    found = pd.concat([_of_one_window(tables, figures), _above_the_next(windows)], ignore_index=True)
    alike = _alike(figures)
    updates = _updates(tables, figures)
    both = pd.concat([updates, updates.rename(columns={"left": "right", "right": "left"})]).drop_duplicates()
    both = both.rename(columns={"left": "alike_left", "right": "alike_right"})
    told = found.drop_duplicates(["left", "right"])
    told = told.assign(alike_left=told["left"].map(alike), alike_right=told["right"].map(alike))
    told = told.merge(both, on=["alike_left", "alike_right"], how="left", indicator=True)
    return told[told["_merge"] == "left_only"].drop(columns=["_merge", "alike_left", "alike_right"])


def _alike(figures: Figures) -> pd.Series:
    """For each claim a number of what it says: a claimant's figure of a scope and window, as recorded."""
    recorded = figures.windows[figures.windows["recorded"]]
    same = ["claimant", "scope", "baseline", "stated", "low", "high"]
    return recorded.groupby(same).ngroup().set_axis(recorded["claim"])


def standing(tables: Tables, figures: Figures) -> pd.DataFrame:
    """The windows of the figures without those that their claimant has corrected: updated by another of that window.

    That may be in words, or a denial. What repeats one of them has gone as well, unless it takes back the correction.
    """
    windows, links, alike = figures.windows, _corrections(tables, figures), _alike(figures)
    links = links[links["right"].isin(alike.index)]
    again = alike.index[alike.isin(alike.loc[links["right"]]) & ~alike.index.isin(links["left"])]
    return windows[~windows["claim"].isin(links["right"]) & ~windows["claim"].isin(again)]


def instead(tables: Tables, figures: Figures) -> pd.DataFrame:
    """What stands in the place of figures that were corrected: `claim`, and the standing correction `instead`.

    Corrections of corrections are followed, those in words too.
    """
    links, alike = _corrections(tables, figures), _said(figures)
    of_claim = alike.rename("said").rename_axis("claim").reset_index()
    links = links.assign(said=links["right"].map(alike))[["said", "left"]]
    stands = set(standing(tables, figures)["claim"])
    gone = of_claim[of_claim["claim"].isin(set(figures.windows["claim"]) - stands)]
    reached = gone.merge(links, on="said")[["claim", "left"]].drop_duplicates()
    while True:
        on = reached[~reached["left"].isin(stands)]
        on = on.assign(said=on["left"].map(alike)).drop(columns="left").merge(links, on="said")[["claim", "left"]]
        known, reached = reached, pd.concat([reached, on]).drop_duplicates()
        if len(reached) == len(known):
            # What is merged with nothing is of no type.
            found = reached[reached["left"].isin(stands)].astype("int64")
            return found.rename(columns={"left": "instead"})


def _corrections(tables: Tables, figures: Figures) -> pd.DataFrame:
    """The updates of what a claimant says of one scope and window, be it in words, by something else."""
    spoken = tables.spoken[tables.spoken["recorded"]][["claim", "baseline", "stated", "compared"]]
    told = figures.told[["claim", "claimant", "scope"]].merge(spoken, on="claim")
    told = told.merge(figures.clear[["claim", "low", "high"]], on="claim", how="left")
    links = tables.links.loc[tables.links["relation"] == "updates", ["left", "right"]]
    rows = links.merge(told[told["compared"]].rename(columns={"claim": "left"}), on="left")
    same = ["claimant", "scope", "baseline", "stated"]
    rows = rows.merge(told.rename(columns={"claim": "right"}), on=["right", *same], suffixes=("", "_old"))
    # What gives no figure has none that is the same.
    return rows.loc[(rows["low"] != rows["low_old"]) | (rows["high"] != rows["high_old"]), ["left", "right"]]


def _said(figures: Figures) -> pd.Series:
    """The same numbers, and for each claim in words one of its own."""
    alike = _alike(figures)
    words = figures.told["claim"][~figures.told["claim"].isin(alike.index)]
    return pd.concat([alike, pd.Series(-1 - words.to_numpy(), index=words)])


def _updates(tables: Tables, figures: Figures) -> pd.DataFrame:
    """What updates another figure of its scope, through other updates too, be they in words; by what claims say."""
    scope = figures.told.set_index("claim")["scope"]
    alike = _said(figures)
    links = tables.links.loc[tables.links["relation"] == "updates", ["left", "right"]]
    links = links[links["left"].map(scope) == links["right"].map(scope)]
    links = links.assign(left=links["left"].map(alike), right=links["right"].map(alike)).drop_duplicates()
    while True:
        more = links.merge(links, left_on="right", right_on="left")[["left_x", "right_y"]].set_axis(
            ["left", "right"], axis=1
        )
        known, links = links, pd.concat([links, more]).drop_duplicates()
        if len(links) == len(known):
            return links


def _of_one_window(tables: Tables, figures: Figures) -> pd.DataFrame:
    """Two figures of one window. Totals of one series that are stated as of two times come one after the other."""
    windows, same = figures.windows[COLUMNS], ["scope", "baseline", "as_of"]
    rows = windows.merge(windows, on=same, suffixes=("_left", "_right")).rename(columns=CLAIMS)
    rows = rows[high_against(rows, "left") < rows["low_right"]]
    in_turn = rows["cumulative_left"] & (rows["series_left"] == rows["series_right"])
    in_turn &= rows["as_of_stated_left"] & rows["as_of_stated_right"] & (rows["stated_left"] != rows["stated_right"])
    rows = rows[~in_turn]
    times = rows.groupby(["left", "right"])["left"].transform("size")
    always = times == rows["readings_left"] * rows["readings_right"]
    always &= (rows["stated_left"] == rows["stated_right"]).groupby([rows["left"], rows["right"]]).transform("all")
    rows = rows.assign(sure=always & ~rows["capped_left"] & ~rows["capped_right"])
    rows = rows.drop_duplicates(["left", "right"], ignore_index=True)
    rows["sure"] &= takes_in(tables, figures, rows, "left", "right")
    return of_figures(rows, "count-mismatch", definite(rows["sure"]), **_distance(rows))


def _above_the_next(windows: pd.DataFrame) -> pd.DataFrame:
    """A figure that is above the nearest later one of another series, under some reading of all."""
    running = windows[windows["cumulative"]]
    rows = running.merge(running, on=["scope", "baseline"], suffixes=("_left", "_right")).rename(columns=CLAIMS)
    wait = rows["as_of_left"] - rows["as_of_right"]
    rows = rows[(rows["series_left"] != rows["series_right"]) & (wait > 0) & (wait <= DAY)]
    rows = rows[high_against(rows, "left") < rows["low_right"]].reset_index(names="row")
    own = running[["scope", "baseline", "series", "claim", "as_of", "readings"]]
    between = rows.rename(columns={"series_left": "series"}).merge(own, on=["scope", "baseline", "series"])
    between = between[between["claim"] != between["left"]]
    between = between[(between["as_of_right"] < between["as_of"]) & (between["as_of"] < between["as_of_left"])]
    times = between.groupby(["row", "claim"])["readings"].agg(["size", "first"])
    passed = times.index[times["size"] == times["first"]].get_level_values("row")
    rows = rows[~rows["row"].isin(passed)].drop_duplicates(["left", "right"])
    return of_figures(rows, "count-mismatch", constant(rows, STRENGTH, "possible"), **_distance(rows))


def _distance(rows: pd.DataFrame) -> dict[str, tuple[pd.Series, ...]]:
    """How far the right figure is above the left one: the least gap and ratio, up to the greatest."""
    highest = high_against(rows, "right")
    least, most = rows["low_right"] - rows["high_left"], highest - rows["low_left"]
    ratio = (rows["low_right"] / rows["high_left"]).round(4).where(rows["high_left"] > 0)
    most_ratio = (highest / rows["low_left"]).round(4).where(rows["low_left"] > 0, np.inf)
    return {"gap": (least, least, most), "ratio": (ratio, ratio, most_ratio)}


def fell(tables: Tables, figures: Figures) -> pd.DataFrame:
    """`count-fell`: the next cumulative figure of one series, as recorded, is lower. The earlier one first.

    The order is that of the as-ofs as they are stated. What has none stands between no two that have one, and what
    counts since another time, or what another actor did, between no two that count alike.
    """
    windows = standing(tables, figures)[[*COLUMNS, "actor", "since"]]
    recorded = windows[windows["cumulative"] & windows["recorded"]]
    orders = [
        _next(among, ["scope", "series", "baseline", *more])
        for among in (recorded, recorded[recorded["as_of_stated"]])
        for more in ([], ["actor", "since"])
    ]
    rows = pd.concat(orders, ignore_index=True).drop_duplicates(["left", "right"])
    rows = rows[rows["high_right"] < rows["low_left"]].reset_index(drop=True)
    _, in_order = over_readings(figures, rows, comes_after)
    least, most = rows["low_left"] - rows["high_right"], rows["high_left"] - rows["low_right"]
    in_order &= takes_in(tables, figures, rows, "right", "left")
    sure = in_order & ~rows["capped_left"] & ~rows["capped_right"]
    return of_figures(rows, "count-fell", definite(sure), fall=(least, least, most))


def _next(recorded: pd.DataFrame, same: list[str]) -> pd.DataFrame:
    """Each figure with the next one of those that have this in common."""
    rows = recorded.merge(recorded, on=same, suffixes=("_left", "_right")).rename(columns=CLAIMS)
    rows = rows[rows["stated_left"] < rows["stated_right"]]
    return rows[rows["stated_right"] == rows.groupby("left")["stated_right"].transform("min")]
