"""Family state, condensed and three-valued: how many events speak against each claim, and how many of them for sure.

As recorded, without what only people can tell (certainty, the words of a statement). An event is perhaps against a
claim that something was absent if their periods meet. It is so for sure if its certain part meets the span of the
claim or all of it lies inside; against a claim that is certain of no moment, only if it is certain throughout its span.
Periods are half-open; see `states` for lines.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import states
from sides import Side, columns
from states import LINE, by_slices, filled_periods, periods, seconds

HOLDERS, EVENTS = "holders-certainty.parquet", "events-certainty.parquet"


def prepare(folder: Path) -> None:
    """Write the two sides: holders with whether they are certain of no moment, events with their certain part."""
    if (folder / EVENTS).exists():
        return
    for file, side in zip((HOLDERS, EVENTS), by_slices(folder, _sides), strict=True):
        pq.write_table(pa.table(side), folder / file)


def _sides(facts: Any, position: np.ndarray, holders: np.ndarray, events: np.ndarray) -> tuple[Side, Side]:
    r, recorded = facts.readings, facts.readings.first[:-1]
    ours, (row, container) = recorded[holders], facts.places.expand(facts.place[events])
    theirs = recorded[events[row]]
    held = {
        "claim": position[holders],
        "key": facts.place[holders],
        "start": seconds(r.hold_start[ours]),
        "stop": seconds(r.hold_end[ours], up=True),
        "vague": r.certain_start[ours] >= r.certain_end[ours],
    }
    certain = r.certain_start[theirs] < r.certain_end[theirs]
    seen = {
        "key": container,
        "start": seconds(r.possible_start[theirs]),
        "stop": seconds(r.possible_end[theirs], up=True),
        "certain_start": np.where(certain, seconds(r.certain_start[theirs]), 0),
        "certain_stop": np.where(certain, seconds(r.certain_end[theirs], up=True), 0),
    }
    return filled_periods(held), filled_periods(seen)


def kernel(folder: Path) -> list[int]:
    return [int(found.sum()) for found in numbers(columns(folder / HOLDERS), columns(folder / EVENTS))]


Periods = tuple[np.ndarray, ...]
"""Key, start and end, row by row."""


def numbers(holders: Side, events: Side) -> tuple[np.ndarray, np.ndarray]:
    """For each holder how many events are against it perhaps, and how many for sure, without listing them.

    A certain part lies in the possible one, so that of the events inside a span those with a certain part meet it with
    that, too: surely are #{certain part meets the span} + #{inside, without a certain part}.
    """
    from claimtrack.discrepancy.joins.meet import Met

    span, possible = periods(holders), periods(events)
    vague, certain = holders["vague"], events["certain_start"] < events["certain_stop"]
    firm = tuple(column[certain] for column in (events["key"], events["certain_start"], events["certain_stop"]))
    surely = Met(span, firm).numbers()
    surely += contained(span, tuple(column[~certain] for column in possible))
    surely[vague] = containing(tuple(column[vague] for column in span), firm)
    return Met(span, possible).numbers(), surely


def contained(spans: Periods, periods: Periods) -> np.ndarray:
    """For each span [a, b) how many of the periods of its key lie inside.

    #contained = #{a < end ≤ b} − #{start < a < end ≤ b}: only those that straddle the start of a span are looked at.
    """
    from claimtrack.discrepancy.joins.threads import each, shares

    key, start, end = periods
    begins, stops = (spans[0] * LINE + bound for bound in spans[1:])

    def of_share(rows: slice) -> np.ndarray:
        ends = np.sort(key[rows] * LINE + end[rows])
        return np.searchsorted(ends, stops, side="right") - np.searchsorted(ends, begins, side="right")

    inside = sum(each(of_share, shares(len(key)), len(key)), np.zeros(len(begins), dtype=np.int64))
    return inside - _around(spans, (key, start + 1, end), np.less_equal)


def containing(spans: Periods, periods: Periods) -> np.ndarray:
    """For each span how many of the periods of its key hold throughout it."""
    return _around(spans, periods, np.greater_equal)


def _around(spans: Periods, periods: Periods, compare: np.ufunc) -> np.ndarray:
    """For each span how many periods are around its start whose end compares so with its own."""
    from claimtrack.discrepancy.joins.meet import Met

    key, start, end = spans
    met = Met((key, start, start + 1), periods, of_left=(np.arange(len(key)), end), of_right=(periods[2],))
    found = met.parts(told=lambda ours, theirs: ours[0][compare(theirs[0], ours[1])])
    return sum((np.bincount(rows, minlength=len(key)) for rows in found), np.zeros(len(key), dtype=np.int64))


def grouped(folder: Path) -> list[int]:
    """All pairs, then grouped."""
    import duckdb

    query = f"""
        SELECT count(*) AS perhaps, count(*) FILTER (CASE
            WHEN h.vague THEN e.certain_start <= h.start AND e.certain_stop >= h.stop
            ELSE (e.certain_start < e.certain_stop AND e.certain_start < h.stop AND h.start < e.certain_stop)
                OR (h.start <= e.start AND e.stop <= h.stop) END) AS surely
        FROM read_parquet('{folder / HOLDERS}') h JOIN read_parquet('{folder / EVENTS}') e
            ON h.key * {LINE} + h.start < e.key * {LINE} + e.stop AND e.key * {LINE} + e.start < h.key * {LINE} + h.stop
        GROUP BY h.claim
    """
    found = duckdb.connect().sql(query).to_arrow_table()
    return [int(found[name].to_numpy().sum()) for name in ("perhaps", "surely")]


def floor_condensed(folder: Path) -> int:
    """No join: both sides, read and sorted."""
    return states.floor_condensed(folder, (HOLDERS, EVENTS))


CONDENSED: dict[str, Callable[[Path], list[int]]] = {"kernel": kernel, "duckdb, pairs then group": grouped}
"""One row a holder: how many events speak against it perhaps, and how many for sure."""
