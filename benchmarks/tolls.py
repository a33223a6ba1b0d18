"""Family count: figures of one scope and window whose ranges do not meet, all pairs and condensed, on several engines.

Each engine reads the same Parquet file: one row a figure as recorded, with the number of its window and its bounds; an
open bound is a number beyond all others. They are drawn as those of a long conflict, in which many speak of one window:
in generated packages so few do that reading would be all that is measured.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sides import Columns, columns, filled, found_pairs, in_all, with_pairs

FIGURES = "figures.parquet"
OPEN = 2**30
LINE = 2**33
CLAIMANTS = 200
A_WINDOW = 4
"""Figures of one window, on average; those of a bad day at a place of which all speak are some hundred."""
FORMS = (0.6, 0.22, 0.13, 0.05)
"""How often a figure is exact, "at least", a range, "at most"."""
BIASES = np.array([0.5, 0.8, 0.9, 1.0, 1.0, 1.0, 1.1, 1.2, 2.0])


def draw(folder: Path, size: int, seed: int) -> None:
    """Write figures of a long conflict: a window is a place and a day, and every claimant counts in his own way.

    Places and days are spoken of unevenly, claimants too.
    """
    if (folder / FIGURES).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    places = days = max(1, round((size / A_WINDOW) ** 0.5))
    weights = rng.lognormal(0, 0.6, days), np.arange(1, places + 1) ** -0.6
    day, place = (rng.choice(len(weight), size, p=weight / weight.sum()) for weight in weights)
    claimant = rng.zipf(1.3, size) % CLAIMANTS
    toll = rng.lognormal(3, 1.1, places)[place] * (1 + day / days) * BIASES[claimant % len(BIASES)]
    figure, form = np.floor(toll).astype(np.int64), rng.choice(len(FORMS), size, p=FORMS)
    low = np.where(form == 3, -OPEN, figure)
    high = np.select([form == 1, form == 2], [OPEN, figure + np.maximum(figure // 5, 1)], figure)
    _write(folder, np.arange(size), place * days + day, low, high)


def _write(folder: Path, claim: np.ndarray, window: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
    from claimtrack.discrepancy.joins.greater import greater

    table = pa.table({"claim": claim, "window": window, "low": low, "high": high})
    pq.write_table(with_pairs(table, len(greater((window, high), (window, low))[0])), folder / FIGURES)


def kernel(folder: Path) -> int:
    """The result is in pieces, as that of DuckDB and polars is."""
    from claimtrack.discrepancy.joins.greater import greater_parts

    figures = columns(folder / FIGURES)
    window, low, high, claim = (figures[name] for name in ("window", "low", "high", "claim"))
    return in_all(greater_parts((window, high), (window, low), (claim, high), (claim, low), told=_gap))


def _gap(lower: Columns, higher: Columns) -> Columns:
    """The two claims of each pair, and how far they are apart."""
    (one, most), (other, gap) = lower, higher
    gap -= most
    return one, other, gap


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
    """No join: the figures, read and sorted, and a result of as many rows as there are pairs, filled."""
    filled(found_pairs(folder / FIGURES))
    return _read_and_sorted(folder)


def floor_condensed(folder: Path) -> int:
    """The same without a result of pairs."""
    return _read_and_sorted(folder)


def _read_and_sorted(folder: Path) -> int:
    figures = columns(folder / FIGURES)
    np.argsort(figures["window"] * LINE + figures["low"])
    return len(figures["claim"])


ENGINES: dict[str, Callable[[Path], int]] = {
    "kernel": kernel,
    "duckdb": duckdb,
    "polars": polars,
    "pandas, merge and filter": naive_pandas,
}
"""All pairs, with their gap."""


def condensed_kernel(folder: Path) -> int:
    from claimtrack.discrepancy.joins.greater import extremes
    from claimtrack.discrepancy.joins.threads import each

    figures = columns(folder / FIGURES)
    window, low, high, claim = (figures[name] for name in ("window", "low", "high", "claim"))
    least, greatest = extremes((window, high), (window, low))
    apart = least < greatest

    def who_said(side: Columns) -> np.ndarray:
        bound, extreme = side
        rows = np.flatnonzero(bound == extreme.take(window))
        one = np.zeros(len(extreme), dtype=np.int64)
        one[window[rows]] = claim[rows]
        return one[apart]

    each(who_said, ((high, least), (low, greatest)), len(window))
    return len((greatest - least)[apart])


def condensed_duckdb(folder: Path) -> int:
    import duckdb

    query = f"""
        SELECT "window", max(low) - min(high) AS gap, arg_min(claim, high) AS lowest, arg_max(claim, low) AS highest
        FROM read_parquet('{folder / FIGURES}') GROUP BY "window" HAVING max(low) > min(high)
    """
    return int(duckdb.connect().sql(query).to_arrow_table().num_rows)


def condensed_polars(folder: Path) -> int:
    import polars as pl

    low, high, claim = pl.col("low"), pl.col("high"), pl.col("claim")
    grouped = pl.scan_parquet(folder / FIGURES).group_by("window")
    found = grouped.agg(gap=low.max() - high.min(), lowest=claim.get(high.arg_min()), highest=claim.get(low.arg_max()))
    return found.filter(pl.col("gap") > 0).collect().height


def condensed_pandas(folder: Path) -> int:
    figures = pd.read_parquet(folder / FIGURES)
    grouped = figures.groupby("window")
    found = pd.DataFrame({"lowest": grouped["high"].idxmin(), "highest": grouped["low"].idxmax()})
    found["gap"] = figures["low"].to_numpy()[found["highest"]] - figures["high"].to_numpy()[found["lowest"]]
    return int((found["gap"] > 0).sum())


CONDENSED: dict[str, Callable[[Path], int]] = {
    "kernel": condensed_kernel,
    "duckdb": condensed_duckdb,
    "polars": condensed_polars,
    "pandas, grouped": condensed_pandas,
}
"""One row a window in which figures lie apart: the lowest and the highest claim, and the gap between them."""
