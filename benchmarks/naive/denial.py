"""Family `denial`: one says that something happened, another that it did not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from naive.meetings import with_readings
from naive.periods import meet, surely_falls
from naive.tables import Tables
from naive.verdicts import not_of_one_statement, verdicts

SPAN = ("hold_start_right", "hold_end_right")
SIDES = ("left", "right")
SAME = ["kind", "predicate", "incident"]


def denial(tables: Tables) -> pd.DataFrame:
    """All pairs of the family: the assertion at issue, then the denial.

    Their periods meet, or one of them has none under any reading.
    """
    spoken = tables.spoken
    speaks = spoken[spoken["compared"] & (spoken["incident"] >= 0) & (spoken["kind"] != "ceasefire")]
    left, right = (
        side[SAME].assign(**{name: side.index})
        for side, name in ((speaks[speaks["asserts"]], "reading_left"), (speaks[speaks["denies"]], "reading_right"))
    )
    rows = with_readings(tables, left.merge(right, on=SAME).drop(columns=SAME))
    ours, theirs = (tables.claims["answer"].loc[rows[side]].astype("string").array for side in ("left", "right"))
    agree = pd.Series((ours == theirs).fillna(True).to_numpy(dtype=bool), index=rows.index)
    capped = pd.Series(False, index=rows.index)
    absent = pd.Series(tables.claims["absent"].loc[rows["left"]].to_numpy(dtype=bool), index=rows.index)
    for column, hierarchy in (("actor", tables.actors), ("target", tables.actors), ("place", tables.places)):
        asserted, denied = rows[f"{column}_left"], rows[f"{column}_right"]
        # Who denies that there was none says that there was some, inside of where there was none.
        inner, outer = asserted.mask(absent, denied), denied.mask(absent, asserted)
        # None, nobody says where, may be none elsewhere.
        unplaced = absent & (outer < 0) & (inner >= 0) & (column == "place")
        covered = ((outer < 0) & ~unplaced) | hierarchy.contains(outer, inner)
        agree &= covered | unplaced | (inner < 0) | hierarchy.contains(inner, outer)
        capped |= ~covered
    covered, met = _figures(tables, rows)
    rows = rows.assign(capped=capped | ~covered)[agree & met]
    some = (rows["certain_start_left"] < rows["certain_end_left"]) & (
        (rows["possible_start_right"] >= rows["hold_start_left"])
        & (rows["possible_end_right"] <= rows["hold_end_left"])
        & (rows["possible_start_right"] < rows["possible_end_right"])
    )
    rows = rows.assign(order=0, sure=some.where(absent[rows.index], surely_falls(rows, "left", SPAN)))
    timed = (spoken["possible_start"] < spoken["possible_end"]).groupby(spoken["claim"]).any()
    both_timed = timed.loc[rows["left"]].to_numpy() & timed.loc[rows["right"]].to_numpy()
    rows = rows[~both_timed | meet(rows, ("possible_start_left", "possible_end_left"), SPAN)]
    return not_of_one_statement(verdicts(rows, ["denied"]), tables.claims["statement"])


def _figures(tables: Tables, rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Whether the denial covers all numbers that are asserted, and whether any; both where one gives no figure."""
    least, most = ({side: tables.claims[name].loc[rows[side]].to_numpy() for side in SIDES} for name in ("low", "high"))
    none = pd.Series(False, index=rows.index)
    for side in SIDES:
        none |= ~np.isfinite(least[side]) & ~np.isfinite(most[side])
    covers = (least["right"] <= least["left"]) & (most["left"] <= most["right"])
    meets = (least["right"] <= most["left"]) & (least["left"] <= most["right"])
    adds = (tables.claims["count_mode"] == "increment").fillna(False)
    one_mode = adds.loc[rows["left"]].to_numpy(dtype=bool) == adds.loc[rows["right"]].to_numpy(dtype=bool)
    return none | covers, none | (meets & one_mode)
