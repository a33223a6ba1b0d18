"""Family `start`: the beginning of one incident is dated differently."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.moments import FAR_FUTURE, INSTANT
from claimtrack.readings import AROUND
from naive.meetings import by_others, with_readings
from naive.periods import hours
from naive.tables import Tables
from naive.verdicts import verdicts


def start(tables: Tables) -> pd.DataFrame:
    """All pairs of the family, more than half an hour apart; the start that is earlier as recorded comes first."""
    spoken = tables.spoken
    placed = spoken["possible_start"] < spoken["possible_end"]
    marks = spoken["asserts"] & spoken["compared"] & spoken["marks_start"] & (spoken["incident"] >= 0)
    recorded = spoken[spoken["recorded"]].assign(start=spoken["possible_start"].where(placed, FAR_FUTURE))
    recorded = recorded.sort_values(["start", "rank"])
    turn = pd.Series(np.arange(len(recorded)), index=recorded["claim"])
    marked = spoken.loc[marks & placed, ["incident", "kind", "claim"]]
    marked = pd.DataFrame(
        {
            "incident": marked["incident"],
            "kind": marked["kind"],
            "turn": turn.loc[marked["claim"]].to_numpy(),
            "reading": marked.index,
        }
    )
    rows = marked.merge(marked, on=["incident", "kind"], suffixes=("_left", "_right"))
    rows = rows[rows["turn_left"] < rows["turn_right"]].drop(columns=["incident", "kind", "turn_left", "turn_right"])
    rows = with_readings(tables, rows.reset_index(drop=True))
    last = {side: _last(rows, side) for side in ("left", "right")}
    gap = np.maximum(rows["possible_start_right"] - last["left"], rows["possible_start_left"] - last["right"])
    sure = _one_place(tables, rows, rows["possible_start_right"] - last["left"] > AROUND)
    rows = rows.assign(order=0, sure=sure, capped=False, gap=hours(gap))[gap > AROUND]
    return verdicts(rows, ["start-mismatch"], ["gap"])


def _one_place(tables: Tables, rows: pd.DataFrame, in_order: pd.Series) -> pd.Series:
    """Whether what began sooner did so in the place where it is said to have begun later, and on its side.

    Who says, nobody knows where, that it began later says of all of it that it had not begun.
    """
    known = tables.claims[["place", "along", "absent", "valid_mode"]]
    sides = [known.loc[rows[side]].set_axis(rows.index) for side in ("left", "right")]
    sooner, later = (one.where(in_order, other) for one, other in (sides, sides[::-1]))
    first, second = (each["place"].astype(int) for each in (sooner, later))
    inside = (second < 0) | tables.places.contains(second.to_numpy(), first.to_numpy())
    around = ((first < 0) & (second < 0)) | tables.places.contains(first.to_numpy(), second.to_numpy())
    one_place = around.where(sooner["absent"].astype(bool), inside | around & sooner["along"].astype(bool))
    of_others = by_others(
        tables, rows["left"].where(in_order, rows["right"]), rows["right"].where(in_order, rows["left"])
    )
    # What was in force throughout an hour may have been so before.
    before = later["absent"].astype(bool) & (later["valid_mode"] == "throughout").astype(bool)
    return one_place & ~of_others & ~before


def _last(rows: pd.DataFrame, side: str) -> pd.Series:
    """The latest moment at which a claim lets the incident begin."""
    exact = rows[f"valid_mode_{side}"].isin(["at", "since", "throughout"])
    return rows[f"possible_start_{side}"].where(exact, rows[f"possible_end_{side}"] - INSTANT)
