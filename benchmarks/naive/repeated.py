"""Family `count`: a figure repeated after its claimant had overtaken it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.moments import FAR_PAST, MISSING
from naive.figures import Figures
from naive.periods import hours
from naive.tables import Tables
from naive.verdicts import STRENGTH, constant, of_figures


def outdated(tables: Tables, figures: Figures) -> pd.DataFrame:
    """`count-outdated`: a figure reported again after its claimant's own later one, or after `will_rise`.

    The repeated figure first, then the first that overtook it. Totals are of one baseline, additions of one window;
    both count since one stated time what one actor did, or all.
    """
    windows = figures.windows
    dated = windows[windows["recorded"] & (windows["reported"] != MISSING)]
    # Of additions without an as-of one is no repeat of another.
    dated = dated[dated["cumulative"] | (dated["valid_to"] != MISSING)]
    dated = dated.assign(ends=dated["valid_to"].mask(dated["cumulative"], MISSING), reported=_last_moment(dated))
    owner = ["claimant", "scope", "actor", "baseline", "since", "ends"]
    columns = [*owner, "incident", "target", "place", "claim", "rank", "low", "high", "series", "confirmed"]
    columns += ["valid_to", "reported", "reported_from"]
    both = dated[columns].merge(dated[columns], on=owner, suffixes=("", "_other"))
    alike = (both["low"] == both["low_other"]) & (both["high"] == both["high_other"])
    blank = (both["valid_to"] == MISSING) | (both["valid_to_other"] == MISSING)
    same = both[alike & (blank | (both["valid_to"] == both["valid_to_other"]))]
    first = same.groupby("claim")["reported_other"].min()
    both["said"] = both["claim"].map(first)
    of_others = both["series"] != both["series_other"]
    high = both["high"].mask(both["confirmed"] & of_others, np.inf)
    high_other = both["high_other"].mask(both["confirmed_other"] & of_others, np.inf)
    apart = (both["low_other"] > high) | (high_other < both["low"])
    own = both[apart & (both["said"] < both["reported_from_other"]) & (both["reported_other"] < both["reported_from"])]
    own = own[(own["valid_to_other"] == MISSING) | (own["valid_to_other"] >= own["valid_to"])]
    claims = tables.claims
    rises = claims[claims["asserts"] & (claims["kind"] == "count") & (claims["predicate"] == "will_rise")]
    rises = rises.assign(reported=_last_moment(rises))
    again = dated[columns].assign(said=dated["claim"].map(first))
    about = ["claimant", "incident", "target", "place"]
    rising = again[again["said"] < again["reported_from"]].merge(
        rises[[*about, "claim", "rank", "reported", "reported_from"]], on=about, suffixes=("", "_other")
    )
    # Of figures of its own statement, where there are any, it is these that will rise.
    told = pd.concat([figures.clear, figures.vague])[[*about, "statement", "scope"]]
    meant = rises[[*about, "statement", "claim"]].merge(told, on=[*about, "statement"])
    meant = meant[["claim", "scope"]].drop_duplicates().rename(columns={"claim": "claim_other"})
    of_statement = rising.merge(meant, on=["claim_other", "scope"], how="left", indicator="meant")["meant"] == "both"
    rising = rising[of_statement.to_numpy() | ~rising["claim_other"].isin(meant["claim_other"])]
    rising = rising[rising["said"] <= rising["reported_from_other"]]
    rising = rising[rising["reported_other"] < rising["reported_from"]]
    rows = pd.concat([own, rising], ignore_index=True).sort_values(["reported_other", "rank_other"])
    rows = rows.drop_duplicates("claim").rename(columns={"claim": "left", "claim_other": "right"})
    least = hours(rows["reported_from"] - rows["reported_other"])
    most = hours(rows["reported"] - rows["reported_from_other"])
    return of_figures(rows, "count-outdated", constant(rows, STRENGTH, "tension"), stale=(least, least, most))


def _last_moment(claims: pd.DataFrame) -> pd.Series:
    """Of each claim the last moment at which it can have been reported: a day ends before the next one begins."""
    dated = claims["reported_from"] > FAR_PAST
    return claims["reported"] - (dated & (claims["reported_from"] < claims["reported"]))
