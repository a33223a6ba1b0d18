"""Family `state`: two values of one state that exclude each other at one place and time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.moments import MISSING
from naive.meetings import meetings
from naive.periods import measured, overlap, refutes, since_start, surely_falls
from naive.tables import Tables
from naive.verdicts import not_of_one_statement, verdicts

CODES = ("ceasefire-contradicted", "ceasefire-breached", "ceasefire-not-held")


def state(tables: Tables) -> pd.DataFrame:
    """All pairs of the family. The claim at issue is the absence (a ceasefire, a pause), else either of the two."""
    spoken = tables.spoken
    speaks = spoken[spoken["asserts"] & spoken["compared"] & (spoken["state"] >= 0)]
    rows = meetings(tables, speaks[speaks["absent"] | speaks["two_sided"]], speaks[~speaks["absent"]], "state")
    rows = rows[rows["value_left"] != rows["value_right"]]
    contradicted = surely_falls(rows, "right", ("certain_start_left", "certain_end_left"))
    lasts = tables.claims["absent"].loc[rows["left"]].to_numpy() | (
        rows["certain_start_left"] >= rows["certain_end_left"]
    )
    surely = refutes(rows) & lasts
    said = rows["asserted_by_left"]
    later = (said != MISSING) & (rows["possible_start_right"] > said)
    truce = tables.claims["kind"].loc[rows["left"]].to_numpy() == "ceasefire"
    rows["order"] = np.select([contradicted | ~truce, surely & later], [0, 1], 2)
    rows["sure"] = surely | contradicted
    rows["overlap"], rows["since_start"] = measured(rows, overlap(rows)), measured(rows, since_start(rows))
    found = verdicts(rows, CODES, ["overlap", "since_start"])
    ceasefire = tables.claims["kind"].loc[found["left"]].to_numpy() == "ceasefire"
    found.loc[~ceasefire, "code"] = "state-contradicted"
    found = _once(tables, found)
    other = found["code"] == "state-contradicted"
    without_overlap = ~other & (found["code"] != "ceasefire-contradicted")
    found.loc[without_overlap, ["overlap", "overlap_low", "overlap_high"]] = np.nan
    found.loc[other, ["since_start", "since_start_low", "since_start_high"]] = np.nan
    return not_of_one_statement(found, tables.claims["statement"])


def _once(tables: Tables, found: pd.DataFrame) -> pd.DataFrame:
    """Two claims once: the stronger way round, on a tie with the one whose id comes first at issue."""
    order = found.assign(
        low=found[["left", "right"]].min(axis=1),
        high=found[["left", "right"]].max(axis=1),
        rank=tables.claims["rank"].loc[found["left"]].to_numpy(),
    ).sort_values(["strength", "rank"])
    return found.loc[order.index[~order.duplicated(["low", "high"])]]
