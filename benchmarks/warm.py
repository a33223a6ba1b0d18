"""Family state, condensed, on a warm Spark: how many events speak against each claim, by our kernel and by Spark SQL.

All ways read the same two Parquet files (see `states`). The kernel runs where Spark runs: every task has all holders,
which are few, and some of the events, whose numbers add up. Spark SQL joins and groups, or counts in one window over
the moments of both sides. A second of a period is told from the next by twice its number: an end comes before a start.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from states import EVENTS, HOLDERS, LINE

RUNS = 24
"""The first half warms up, and does not count: until about the twelfth run Java compiles more of what is run often."""
TIMES = ("start", "stop")


def kernel(spark: Any, folder: Path) -> int:
    """The library's count in every task, added up. Key and time travel as one number: two columns in place of three."""
    from claimtrack.discrepancy.joins.meet import Met

    table = pq.read_table(folder / HOLDERS)
    ours = {name: table[name].to_numpy() for name in table.column_names}
    lines = spark.sparkContext.broadcast([ours["claim"], *(ours["key"] * LINE + ours[name] for name in TIMES)])

    def counted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        given = list(batches)
        if given:
            events = pa.Table.from_batches(given)
            claim, *period = lines.value
            sides = period, [events[name].to_numpy() for name in TIMES]
            numbers = Met(*((np.zeros(len(start), dtype=np.int64), start, end) for start, end in sides)).numbers()
            met = numbers > 0
            yield pa.RecordBatch.from_arrays([pa.array(claim[met]), pa.array(numbers[met])], ["claim", "number"])

    events = spark.read.parquet(str(folder / EVENTS)).selectExpr(*(f"key * {LINE} + {one} AS {one}" for one in TIMES))
    parts = events.mapInArrow(counted, "claim bigint, number bigint")
    return _total(parts.groupBy("claim").sum("number").withColumnRenamed("sum(number)", "number"))


def joined(spark: Any, folder: Path) -> int:
    """All pairs, then grouped."""
    _views(spark, folder)
    return _total(
        spark.sql("""
        SELECT h.claim, count(*) AS number FROM holders h JOIN events e
        ON h.key = e.key AND h.start < e.stop AND e.start < h.stop GROUP BY h.claim
    """)
    )


def windowed(spark: Any, folder: Path) -> int:
    """Events that start before a period ends, less those that end by its start, as running sums over all moments."""
    _views(spark, folder)
    return _total(
        spark.sql("""
        WITH moments AS (
            SELECT key, 2 * start + 1 AS at, 1 AS begun, 0 AS over, NULL AS claim, 0 AS sign FROM events
            UNION ALL SELECT key, 2 * stop, 0, 1, NULL, 0 FROM events
            UNION ALL SELECT key, 2 * stop, 0, 0, claim, 1 FROM holders
            UNION ALL SELECT key, 2 * start, 0, 0, claim, -1 FROM holders
        ), run AS (
            SELECT claim, sign, sum(begun) OVER w AS begun, sum(over) OVER w AS over FROM moments
            WINDOW w AS (PARTITION BY key ORDER BY at RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
        )
        SELECT claim, sum(CASE WHEN sign > 0 THEN begun ELSE -over END) AS number
        FROM run WHERE claim IS NOT NULL GROUP BY claim
    """)
    )


def _views(spark: Any, folder: Path) -> None:
    for name, file in (("holders", HOLDERS), ("events", EVENTS)):
        spark.read.parquet(str(folder / file)).createOrReplaceTempView(name)


def _total(numbers: Any) -> int:
    """The numbers of all claims are computed and added up where they are."""
    return int(numbers.selectExpr("sum(number) AS total", "count(claim) AS claims").collect()[0].total)


ENGINES: dict[str, Callable[[Any, Path], int]] = {
    "kernel inside Spark": kernel,
    "Spark SQL, join": joined,
    "Spark SQL, window": windowed,
}


def best(engine: str, folder: Path) -> dict[str, Any]:
    """The best run of an engine in a session of its own, after some that warm it up."""
    from claimtrack.spark import session

    with session("local[*]") as spark:
        spark.conf.set("spark.sql.shuffle.partitions", spark.sparkContext.defaultParallelism)
        times = []
        for _ in range(RUNS):
            begun = time.perf_counter()
            pairs = ENGINES[engine](spark, folder)
            times.append(time.perf_counter() - begun)
    return {"seconds": min(times[RUNS // 2 :]), "cpu": float("nan"), "result": {"pairs": pairs}}
