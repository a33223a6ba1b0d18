"""Family state, all pairs: every claimed absence with every presence inside its place and period, on several engines.

Each engine reads the same two Parquet files, joins and computes the overlap in seconds. `kernel` is the join that
claimtrack computes its discrepancies with. Periods are half-open; a line is key × 2³³ + seconds, so that one range of
integers holds the key too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sides import Columns, Side, columns, filled, found_pairs, in_all, with_pairs
from synthetic.package import TYPED_DESCRIPTOR

from claimtrack.locate import DESCRIPTOR

HOLDERS, EVENTS = "holders.parquet", "events.parquet"
KEYS = ("key", "start", "stop")
LINE = 2**33
SECOND = 1_000_000


def prepare(folder: Path) -> None:
    """Write the two sides of the join: one row a holder, one row an event and place that contains it; as recorded."""
    from claimtrack.discrepancy.joins.meet import Met

    if (folder / EVENTS).exists():
        return
    sides = by_slices(folder, _sides)
    pairs = int(Met(*map(periods, sides)).numbers().sum())
    for file, side in zip((HOLDERS, EVENTS), sides, strict=True):
        pq.write_table(with_pairs(pa.table(side), pairs), folder / file)


def _slices(folder: Path) -> Iterator[tuple[Any, np.ndarray]]:
    """The facts of the package slice by slice, with where each of its claims stands in the package, −1 for guests."""
    from claimtrack.discrepancy.preparing import prepare
    from claimtrack.partition.waiting import Waiting
    from claimtrack.views.findings import Question, spooled

    typed = folder / TYPED_DESCRIPTOR
    with closing(spooled(Waiting([typed if typed.exists() else folder / DESCRIPTOR]), Question())) as found:
        slices = found.slices
        for number in range(slices.cut.number):
            rows, part = slices.cut.of(number)
            yield prepare(slices.take(number), slices.clocks(rows)), np.where(part.own, rows, -1)


def by_slices(folder: Path, of_slice: Callable[..., tuple[Side, Side]]) -> list[Side]:
    """Both sides, slice by slice: `of_slice` makes them from facts, positions in the package, holders and events."""
    found = [of_slice(facts, position, *_placed(facts, position)) for facts, position in _slices(folder)]
    parts = list(zip(*found, strict=True))
    return [{name: np.concatenate([one[name] for one in side]) for name in side[0]} for side in parts]


def _placed(facts: Any, position: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The claims that something was absent at a place, and those that it was there."""
    speaks = facts.asserts & facts.compared & (facts.state >= 0) & (facts.place >= 0) & ~facts.two_sided
    speaks &= position >= 0
    return np.flatnonzero(speaks & facts.absent), np.flatnonzero(speaks & ~facts.absent)


def _sides(facts: Any, position: np.ndarray, holders: np.ndarray, events: np.ndarray) -> tuple[Side, Side]:
    readings, recorded = facts.readings, facts.readings.first[:-1]
    start, stop = readings.hold_start[recorded[holders]], readings.hold_end[recorded[holders]]
    ours = _side(position[holders], facts.place[holders], start, stop)
    row, container = facts.places.expand(facts.place[events])
    start, stop = readings.possible_start[recorded[events]], readings.possible_end[recorded[events]]
    return ours, _side(position[events[row]], container, start[row], stop[row])


def _side(claim: np.ndarray, key: np.ndarray, start: np.ndarray, end: np.ndarray) -> Side:
    return filled_periods({"claim": claim, "key": key, "start": seconds(start), "stop": seconds(end, up=True)})


def seconds(time: np.ndarray, *, up: bool = False) -> np.ndarray:
    """Whole seconds; what ends within a second ends with it (`up`)."""
    kept = np.clip(time, 0, (LINE - 1) * SECOND)
    return -(-kept // SECOND) if up else kept // SECOND


def filled_periods(side: Side) -> Side:
    """Without empty periods, which meet nothing."""
    kept = side["start"] < side["stop"]
    return {name: values[kept] for name, values in side.items()}


def frames(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    return pd.read_parquet(folder / HOLDERS), pd.read_parquet(folder / EVENTS)


def periods(side: Side) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return side["key"], side["start"], side["stop"]


def _told(side: Side) -> Columns:
    """What is told of each row of a side."""
    return side["claim"], side["start"], side["stop"]


def _overlap(holders: Columns, events: Columns) -> Columns:
    """The two claims of each pair, and its overlap."""
    (holder, since, until), (event, start, stop) = holders, events
    overlap = np.minimum(until, stop, out=until)
    overlap -= np.maximum(since, start, out=since)
    return holder, event, overlap


def kernel(folder: Path) -> int:
    """The result is in pieces, as that of DuckDB and polars is."""
    from claimtrack.discrepancy.joins.meet import Met

    holders, events = columns(folder / HOLDERS), columns(folder / EVENTS)
    met = Met(periods(holders), periods(events), of_left=_told(holders), of_right=_told(events))
    return in_all(met.parts(told=_overlap))


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


def ncls(folder: Path) -> int:
    from ncls import NCLS

    holders, events = columns(folder / HOLDERS), columns(folder / EVENTS)
    lines = [side["key"] * LINE + side[bound] for side in (holders, events) for bound in ("start", "stop")]
    tree = NCLS(lines[2], lines[3], np.arange(len(lines[2])))
    left, right = tree.all_overlaps_both(lines[0], lines[1], np.arange(len(lines[0])))
    told = (tuple(column[rows] for column in _told(side)) for side, rows in ((holders, left), (events, right)))
    return in_all([_overlap(*told)])


def bioframe(folder: Path) -> int:
    import bioframe

    holders, events = (frame.assign(key=frame["key"].astype(str)) for frame in frames(folder))
    met = bioframe.overlap(holders, events, how="inner", cols1=KEYS, cols2=KEYS, suffixes=("", "_e"))
    overlap = np.minimum(met["stop"], met["stop_e"]) - np.maximum(met["start"], met["start_e"])
    return len(met.assign(overlap=overlap))


def pyjanitor(folder: Path) -> int:
    import janitor

    holders, events = frames(folder)
    events = events.rename(columns=lambda name: f"{name}_e")
    conditions = (("key", "key_e", "=="), ("start", "stop_e", "<"), ("stop", "start_e", ">"))
    met = janitor.conditional_join(holders, events, *conditions)
    overlap = np.minimum(met["stop"], met["stop_e"]) - np.maximum(met["start"], met["start_e"])
    return len(met.assign(overlap=overlap))


def floor(folder: Path) -> int:
    """No join: both sides, read and sorted, and a result of as many rows as there are pairs, filled."""
    filled(found_pairs(folder / HOLDERS))
    return floor_condensed(folder)


def floor_condensed(folder: Path, files: tuple[str, str] = (HOLDERS, EVENTS)) -> int:
    """The same without a result of pairs."""
    sides = [columns(folder / file) for file in files]
    for side in sides:
        np.argsort(side["key"] * LINE + side["start"])
    return len(sides[0]["key"])


ENGINES: dict[str, Callable[[Path], int]] = {
    "kernel": kernel,
    "duckdb": duckdb_plain,
    "duckdb, lines": duckdb_lines,
    "polars": polars_plain,
    "polars, lines": polars_lines,
    "ncls": ncls,
    "bioframe": bioframe,
    "pyjanitor": pyjanitor,
    "pandas, merge and filter": naive_pandas,
}
"""All pairs, with their overlap."""


def count_kernel(folder: Path) -> int:
    from claimtrack.discrepancy.joins.meet import Met

    holders, events = columns(folder / HOLDERS), columns(folder / EVENTS)
    numbers = Met(periods(holders), periods(events)).numbers()
    return int(numbers.sum())


def count_asof(folder: Path) -> int:
    """How many start before a period ends, less how many end before it starts, each by an ASOF join on ranks."""
    ranked = " ".join(
        f"{name} AS (SELECT key * {LINE} + {name} AS line, count(*) OVER (ORDER BY key * {LINE} + {name}) AS rank"
        f" FROM read_parquet('{folder / EVENTS}')),"
        for name in ("start", "stop")
    ).rstrip(",")
    query = f"""
        WITH {ranked}, h AS (SELECT claim, key * {LINE} + start AS low, key * {LINE} + stop AS high
                             FROM read_parquet('{folder / HOLDERS}'))
        SELECT h.claim, coalesce(s.rank, 0) - coalesce(e.rank, 0) AS number
        FROM h ASOF LEFT JOIN start s ON h.high > s.line ASOF LEFT JOIN stop e ON h.low >= e.line
    """
    return _summed(query)


def count_grouped(folder: Path) -> int:
    """All pairs, then grouped."""
    line = f"h.key * {LINE} + h.start < e.key * {LINE} + e.stop AND e.key * {LINE} + e.start < h.key * {LINE} + h.stop"
    return _summed(f"""
        SELECT h.claim, count(*) AS number
        FROM read_parquet('{folder / HOLDERS}') h JOIN read_parquet('{folder / EVENTS}') e ON {line} GROUP BY h.claim
    """)


def _summed(query: str) -> int:
    import duckdb
    import pyarrow.compute as pc

    return int(pc.sum(duckdb.connect().sql(query).to_arrow_table()["number"]).as_py())


CONDENSED: dict[str, Callable[[Path], int]] = {
    "kernel": count_kernel,
    "duckdb, ASOF": count_asof,
    "duckdb, pairs then group": count_grouped,
}
"""One row a holder: how many events speak against it."""
