"""What two readings say of each other's time, over columns: those of the claim at issue end in `_left`.

Periods are half-open, and an empty one meets nothing. Times are microseconds.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.moments import FAR_FUTURE, FAR_PAST, HOUR, INSTANT


def meet(rows: pd.DataFrame, one: tuple[str, str], other: tuple[str, str]) -> pd.Series:
    """Whether two periods, each given by the columns of its start and end, have a moment in common."""
    start = np.maximum(rows[one[0]], rows[other[0]])
    return start < np.minimum(rows[one[1]], rows[other[1]])


def surely_falls(rows: pd.DataFrame, side: str, span: tuple[str, str]) -> pd.Series:
    """Whether a claim surely falls in a span: its certain part meets it, or its possible part lies inside it."""
    start, end = rows[f"possible_start_{side}"], rows[f"possible_end_{side}"]
    inside = (start >= rows[span[0]]) & (end <= rows[span[1]]) & (start < end)
    return inside | meet(rows, (f"certain_start_{side}", f"certain_end_{side}"), span)


def refutes(rows: pd.DataFrame) -> pd.Series:
    """Whether the right claim is surely at odds with the span of the left one.

    What is certain of no moment is refuted only by what is certain throughout its span.
    """
    throughout = (rows["certain_start_right"] <= rows["hold_start_left"]) & (
        rows["certain_end_right"] >= rows["hold_end_left"]
    )
    vague = rows["certain_start_left"] >= rows["certain_end_left"]
    return throughout.where(vague, surely_falls(rows, "right", ("hold_start_left", "hold_end_left")))


def measured(rows: pd.DataFrame, figure: pd.Series) -> pd.Series:
    """A figure where both claims say when."""
    return figure.where(rows["valid_mode_left"].notna() & rows["valid_mode_right"].notna())


def since_start(rows: pd.DataFrame) -> pd.Series:
    """Hours from the start of the left claim's span to the earliest moment in it at which the right can have been."""
    start = rows["hold_start_left"]
    at = np.maximum(rows["possible_start_right"], start)
    known = (start > FAR_PAST) & (at < np.minimum(rows["possible_end_right"], rows["hold_end_left"]))
    return hours(at - start).where(known)


def overlap(rows: pd.DataFrame) -> pd.Series:
    """Hours of the right claim's period that lie inside the left one's span; an instant has none."""
    start = np.maximum(rows["possible_start_right"], rows["hold_start_left"])
    end = np.minimum(rows["possible_end_right"], rows["hold_end_left"])
    length = (end - start).where(end - start > INSTANT, 0)
    return hours(length).where(start < end)


def hours(duration: pd.Series) -> pd.Series:
    """Microseconds as hours; infinite where a bound is open."""
    return (duration / HOUR).round(4).mask(duration.abs() > FAR_FUTURE // 2, np.inf)
