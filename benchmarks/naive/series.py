"""Family `series`: two series of one scope that run beside each other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.moments import DAY
from naive.figures import Figures
from naive.verdicts import STRENGTH, constant, of_figures

SWAPPED = {
    f"{name}_{side}": f"{name}_{other}"
    for name in ("claim", "rank", "series", "point")
    for side, other in (("left", "right"), ("right", "left"))
}


def gap(figures: Figures) -> pd.DataFrame:
    """`count-gap`: two series of one scope with two shared as-ofs or more: one row a pair of series.

    Each as-of of one is set beside the same or the nearest earlier one of the other, a day away at most, as recorded.
    """
    windows = figures.windows[figures.windows["cumulative"] & figures.windows["recorded"]]
    low = windows["low"].where(np.isfinite(windows["low"]), windows["high"])
    high = windows["high"].where(np.isfinite(windows["high"]), low)
    running = windows[["claim", "rank", "scope", "baseline", "series", "as_of"]].assign(point=(low + high) / 2)
    rows = running.merge(running, on=["scope", "baseline"], suffixes=("_left", "_right"))
    wait = rows["as_of_left"] - rows["as_of_right"]
    rows = rows[(rows["series_left"] != rows["series_right"]) & (wait >= 0) & (wait <= DAY)]
    nearest = rows.groupby(["claim_left", "series_right"])["as_of_right"].transform("max")
    rows = rows[rows["as_of_right"] == nearest].assign(at=rows["as_of_left"])
    ahead = rows["series_left"] < rows["series_right"]
    rows = pd.concat([rows[ahead], rows[~ahead].rename(columns=SWAPPED)])
    higher = rows[["point_left", "point_right"]].max(axis=1)
    lower = rows[["point_left", "point_right"]].min(axis=1)
    rows["ratio"], rows["apart"] = (higher / lower).round(4).where(lower > 0), higher > lower
    track = ["scope", "series_left", "series_right"]
    rows = rows.sort_values(["at", "rank_left", "rank_right"]).drop_duplicates([*track, "at"])
    ratios = rows.groupby(track)["ratio"]
    rows = rows.assign(
        points=ratios.transform("size"), smallest=ratios.transform("min"), largest=ratios.transform("max")
    )
    rows = rows[rows.groupby(track)["apart"].transform("any")]
    first = rows.drop_duplicates(track)[[*track, "ratio"]].rename(columns={"ratio": "first"})
    last = rows[rows["points"] >= 2].drop_duplicates(track, keep="last").merge(first, on=track)
    last = last.rename(columns={"claim_left": "left", "claim_right": "right", "ratio": "last"})
    figure = {name: (last[name],) * 3 for name in ("first", "last", "smallest", "largest")}
    found = of_figures(last, "count-gap", constant(last, STRENGTH, "tension"), **figure)
    return found.assign(running=_running(rows, last, track))


def _running(rows: pd.DataFrame, last: pd.DataFrame, track: list[str]) -> list[list[int]]:
    """For each pair of series the claims of its first, smallest and largest ratio, but for the two of its last."""
    by_rank = dict(zip(rows["claim_left"], rows["rank_left"], strict=True))
    by_rank |= dict(zip(rows["claim_right"], rows["rank_right"], strict=True))
    found = []
    points = dict(iter(rows.groupby(track)))
    for *key, left, right in last[[*track, "left", "right"]].itertuples(index=False):
        shared = points[tuple(key)]
        ratio = shared["ratio"].astype(float)
        chosen = [shared.index[0], *(([ratio.idxmin(), ratio.idxmax()]) if ratio.notna().any() else [])]
        claims = set(shared.loc[chosen, ["claim_left", "claim_right"]].to_numpy().ravel()) - {left, right}
        found.append(sorted(claims, key=by_rank.__getitem__))
    return found
