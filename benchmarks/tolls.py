"""Family count, all pairs: figures of one scope and window whose ranges do not meet, on several engines.

Each engine reads the same Parquet file: one row a figure as recorded, with the number of its window and its bounds; an
open bound is a number beyond all others.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from loading import from_parquet

FIGURES = "figures.parquet"
OPEN = 2**40


def prepare(folder: Path) -> None:
    """Write the figures."""
    from claimtrack.discrepancy import compute
    from claimtrack.discrepancy.keys import combined

    if (folder / FIGURES).exists():
        return
    computed = compute(from_parquet(folder)).computed
    figures, recorded = computed.figures, computed.facts.readings.first[:-1]
    claim = np.flatnonzero(figures.counted)
    window = combined(figures.scope[claim], figures.baseline[recorded[claim]], figures.as_of[recorded[claim]])
    low, high = (np.clip(bound[claim], -OPEN, OPEN).astype(np.int64) for bound in (figures.low, figures.high))
    pq.write_table(pa.table({"claim": claim, "window": window, "low": low, "high": high}), folder / FIGURES)


def kernel(folder: Path) -> int:
    from claimtrack.discrepancy.meet import greater

    figures = pd.read_parquet(folder / FIGURES)
    window, low, high, claim = (figures[name].to_numpy() for name in ("window", "low", "high", "claim"))
    left, right = greater(window, high, window, low)
    gap = low[right] - high[left]
    assert len(claim[left]) == len(gap)
    return len(gap)


def naive_pandas(folder: Path) -> int:
    figures = pd.read_parquet(folder / FIGURES)
    both = figures.merge(figures, on="window", suffixes=("", "_r"))
    apart = both[both["high"] < both["low_r"]]
    return len(apart.assign(gap=apart["low_r"] - apart["high"]))


def duckdb(folder: Path) -> int:
    import duckdb

    query = f"""
        SELECT l.claim, r.claim AS other, r.low - l.high AS gap
        FROM read_parquet('{folder / FIGURES}') l JOIN read_parquet('{folder / FIGURES}') r
        ON l."window" = r."window" AND l.high < r.low
    """
    return int(duckdb.connect().sql(query).to_arrow_table().num_rows)


def polars(folder: Path) -> int:
    import polars as pl

    figures = pl.scan_parquet(folder / FIGURES)
    other = figures.rename(lambda name: f"{name}_r")
    met = figures.join_where(other, pl.col("window") == pl.col("window_r"), pl.col("high") < pl.col("low_r"))
    return met.select("claim", "claim_r", gap=pl.col("low_r") - pl.col("high")).collect().height


def floor(folder: Path) -> int:
    """No join: the figures, read and sorted."""
    figures = pd.read_parquet(folder / FIGURES)
    return len(figures.take(np.lexsort((figures["low"].to_numpy(), figures["window"].to_numpy()))))


ENGINES: dict[str, Callable[[Path], int]] = {
    "kernel": kernel,
    "duckdb": duckdb,
    "polars": polars,
    "pandas, merge and filter": naive_pandas,
}
