"""Moments as integers: microseconds since 1970 (UTC)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from claimtrack.scopes import Ints

SECOND = 1_000_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR
INSTANT = 1
FAR_PAST = -(2**62)
FAR_FUTURE = 2**62
MISSING = np.iinfo(np.int64).min


def micros(column: pd.Series) -> Ints:
    """Microseconds since 1970 of an aware datetime column; `MISSING` where blank. They are those of the column."""
    times: Any = column.array if isinstance(column.dtype, pd.DatetimeTZDtype) else pd.DatetimeIndex(column)
    found: Ints = (times if times.unit == "us" else times.as_unit("us")).asi8
    return found


def first_given(*columns: Ints) -> Ints:
    """Row by row the first value that is not `MISSING`."""
    result = columns[0].copy()
    for column in columns[1:]:
        np.copyto(result, column, where=result == MISSING)
    return result


def hours(duration: Ints) -> npt.NDArray[np.float64]:
    """Microseconds as hours, rounded to the second; infinite where a bound is open."""
    found: npt.NDArray[np.float64] = np.round(duration / HOUR, 4)
    found[np.abs(duration) > FAR_FUTURE // 2] = np.inf
    return found
