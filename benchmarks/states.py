"""Family state, all pairs: every claimed absence with every presence inside its place and period, on several engines.

Each engine reads the same two Parquet files, joins and computes the overlap in seconds. `kernel` is the join that
claimtrack computes its discrepancies with. Periods are half-open; a line is key × 2³³ + seconds, so that one range of
integers holds the key too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from loading import from_parquet

HOLDERS, EVENTS = "state-holders.parquet", "state-events.parquet"
LINE = 2**33
SECOND = 1_000_000


def prepare(folder: Path) -> None:
    """Write the two sides of the join: one row a holder, one row an event and place that contains it; as recorded."""
    from claimtrack.discrepancy import compute

    if (folder / EVENTS).exists():
        return
    facts = compute(from_parquet(folder)).computed.facts
    readings, recorded = facts.readings, facts.readings.first[:-1]
    speaks = facts.asserts & facts.compared & (facts.state >= 0) & (facts.place >= 0) & ~facts.two_sided
    holders, events = np.flatnonzero(speaks & facts.absent), np.flatnonzero(speaks & ~facts.absent)
    start, stop = readings.hold_start[recorded[holders]], readings.hold_end[recorded[holders]]
    _write(folder / HOLDERS, holders, facts.place[holders], start, stop)
    row, container = facts.places.expand(facts.place[events])
    start, stop = readings.possible_start[recorded[events]], readings.possible_end[recorded[events]]
    _write(folder / EVENTS, events[row], container, start[row], stop[row])


def _write(path: Path, claim: np.ndarray, key: np.ndarray, start: np.ndarray, end: np.ndarray) -> None:
    """Times as whole seconds; what ends within a second ends with it. Empty periods meet nothing and are left out."""
    kept = start < end
    low, high = (np.clip(time, 0, (LINE - 1) * SECOND) for time in (start, end))
    columns = {"claim": claim, "key": key, "start": low // SECOND, "stop": -(-high // SECOND)}
    pq.write_table(pa.table({name: values[kept] for name, values in columns.items()}), path)


def frames(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    return pd.read_parquet(folder / HOLDERS), pd.read_parquet(folder / EVENTS)


def kernel(folder: Path) -> int:
    from claimtrack.discrepancy.meet import meeting

    holders, events = ({name: column.to_numpy() for name, column in frame.items()} for frame in frames(folder))
    left, right = meeting(*(side[name] for side in (holders, events) for name in ("key", "start", "stop")))
    pairs = holders["claim"][left], events["claim"][right]
    overlap = np.minimum(holders["stop"][left], events["stop"][right]) - np.maximum(
        holders["start"][left], events["start"][right]
    )
    assert len(pairs[0]) == len(overlap)
    return len(overlap)


def naive_pandas(folder: Path) -> int:
    holders, events = frames(folder)
    both = holders.merge(events, on="key", suffixes=("_h", "_e"))
    met = both[(both["start_h"] < both["stop_e"]) & (both["start_e"] < both["stop_h"])]
    overlap = np.minimum(met["stop_h"], met["stop_e"]) - np.maximum(met["start_h"], met["start_e"])
    return len(met.assign(overlap=overlap))


def duckdb_plain(folder: Path) -> int:
    return _duckdb(folder, "h.key = e.key AND h.start < e.stop AND e.start < h.stop")


def duckdb_lines(folder: Path) -> int:
    line = f"h.key * {LINE} + h.start < e.key * {LINE} + e.stop AND e.key * {LINE} + e.start < h.key * {LINE} + h.stop"
    return _duckdb(folder, line)


def _duckdb(folder: Path, condition: str) -> int:
    import duckdb

    query = f"""
        SELECT h.claim AS left_claim, e.claim AS right_claim,
               least(h.stop, e.stop) - greatest(h.start, e.start) AS overlap
        FROM read_parquet('{folder / HOLDERS}') h JOIN read_parquet('{folder / EVENTS}') e ON {condition}
    """
    return int(duckdb.connect().sql(query).to_arrow_table().num_rows)


def polars_plain(folder: Path) -> int:
    import polars as pl

    col = pl.col
    return _polars(folder, [col("key") == col("key_e"), col("start") < col("stop_e"), col("start_e") < col("stop")])


def polars_lines(folder: Path) -> int:
    import polars as pl

    first, second = (
        (pl.col(f"key{end}") * LINE + pl.col(f"start{end}"), pl.col(f"key{end}") * LINE + pl.col(f"stop{end}"))
        for end in ("", "_e")
    )
    return _polars(folder, [first[0] < second[1], second[0] < first[1]])


def _polars(folder: Path, conditions: list[Any]) -> int:
    import polars as pl

    holders = pl.scan_parquet(folder / HOLDERS)
    events = pl.scan_parquet(folder / EVENTS).rename(lambda name: f"{name}_e")
    overlap = pl.min_horizontal("stop", "stop_e") - pl.max_horizontal("start", "start_e")
    return holders.join_where(events, *conditions).select("claim", "claim_e", overlap=overlap).collect().height


ENGINES: dict[str, Callable[[Path], int]] = {
    "kernel": kernel,
    "duckdb": duckdb_plain,
    "duckdb, lines": duckdb_lines,
    "polars": polars_plain,
    "polars, lines": polars_lines,
    "pandas, merge and filter": naive_pandas,
}
