"""Discrepancies on Apache Spark: the function that answers for a slice on a laptop, on the machines of a cluster.

Spark reads, shuffles, schedules and retries; what is computed is `claimtrack.partition.answer`. The driver holds the
side tables and a few columns of claims, from which it says which claims can meet; a task holds one slice.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from claimtrack.clocks import Clocks
from claimtrack.discrepancy import Tally, find_in
from claimtrack.discrepancy.telling.present import Json
from claimtrack.errors import ClaimtrackError, UsageError
from claimtrack.package import Package, load
from claimtrack.package.arrow import arrow_schema, as_arrow
from claimtrack.package.together import together
from claimtrack.package.typed import typed
from claimtrack.partition import Cut, Shape, cut, plain
from claimtrack.partition.answer import RANK, ROWS, Asked, added, batches_of, runs_of
from claimtrack.partition.guests import Part, Share
from claimtrack.partition.slices import filled
from claimtrack.partition.thin import CLAIMS, THIN, held_columns, sound, thin
from claimtrack.scopes import Ints
from claimtrack.structure import PARQUET
from claimtrack.structure.cells.values import OFFSET

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

MOST = 200_000
"""Claims of a slice, some 1 GB of a task. Of a partition that has more, several tasks tell a share each."""
AT_ONCE = 20_000
"""Rows of an answer that are fetched at once, some 20 MB."""
TELLING = (
    *("claim_id", "slice", "position", "clock_reported", "clock_asserted_from", "clock_asserted_by"),
    *("is_own", "is_guest", "share", "shares"),
)
"""What every claim takes along: its task, its place in the package, its clocks, what it is in the slice, the share."""
STATS, MET = -1, -2
"""The strengths of rows that hold the stats of a slice, and the claims that its guests have met."""
Batches = Iterator[pa.RecordBatch]


_LOCAL_MEMORY = "6g"
"""For Spark in local mode, where nobody configured it: it keeps what was fetched, 2.7 GB for a million claims."""
_SETTINGS = {
    "session.timeZone": "UTC",
    "execution.arrow.pyspark.enabled": "true",
    # A task holds a slice whatever the batches in which it comes; in batches of ten thousand it comes half as fast.
    "execution.arrow.maxRecordsPerBatch": "100000",
}
_CONFIGURED = {"PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR"}


def cause(said: str) -> str:
    """Of what Spark says of an error, the part that names the cause."""
    cause = re.search(r"Caused by: .*|Job aborted.*", said)
    words = " ".join((cause[0] if cause else said).split())[:500]
    return f"{words}; give the driver more memory (spark.driver.memory)" if "TaskResultLost" in words else words


@contextmanager
def session(master: str | None) -> Iterator[SparkSession]:
    """A Spark session for the block; `UsageError` where there is no pyspark or no Java."""
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException, PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError("--engine spark needs pyspark: pip install 'claimtrack[spark]'") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder
    for name, value in _SETTINGS.items():
        builder = builder.config(f"spark.sql.{name}", value)
    builder = builder.appName("claimtrack").config("spark.ui.showConsoleProgress", "false")
    if (master or "local").startswith("local") and not _CONFIGURED & os.environ.keys():
        builder = builder.config("spark.driver.memory", _LOCAL_MEMORY)
    try:
        running = builder.master(master or "local[*]").config("spark.log.level", "ERROR").getOrCreate()
    except PySparkRuntimeError as error:
        raise UsageError(f"Spark does not start; it needs Java 17 or 21: {error}") from error
    try:
        yield running
    except (PySparkException, Py4JError) as error:
        raise ClaimtrackError(f"Spark failed: {cause(str(error))}") from error
    finally:
        running.stop()


def on_spark(
    running: SparkSession, descriptors: Sequence[Path], columns: Sequence[str] = THIN
) -> tuple[Package, DataFrame]:
    """Packages as one, and their claims as a frame of Spark: read where Spark runs if Parquet, else sent there.

    Of claims in Parquet the package holds these columns. Raises `DataError` and `ConflictError` as `load` and
    `together` do.
    """
    packages, frames = [], []
    for descriptor in descriptors:
        path = _claims_file(descriptor)
        if path.suffix == PARQUET and set(arrow_schema(CLAIMS).names) <= set(pq.read_schema(path).names):
            packages.append(thin(sound(descriptor), descriptor, columns))
            frames.append(running.read.parquet(path.resolve().as_uri()).select(*arrow_schema(CLAIMS).names))
        else:
            package = load(descriptor)
            packages.append(package)
            frames.append(running.createDataFrame(as_arrow(CLAIMS, package.claims, package.offsets["claims"])))
    claims = reduce(lambda one, other: one.unionByName(other), frames)
    return together(packages), claims if len(frames) == 1 else claims.dropDuplicates(["claim_id"])


def _claims_file(descriptor: Path) -> Path:
    entries = json.loads(descriptor.read_text("utf-8"))["resources"]
    return Path(descriptor.parent, next(entry["path"] for entry in entries if entry["name"] == "claims"))


@dataclass
class Sparked:
    """The discrepancies of a package in the forms of `Findings`, computed on Spark."""

    running: SparkSession
    claims: DataFrame
    """Claims, in the columns of `arrow_schema`."""
    whole: Cut
    selection: Mapping[str, tuple[str, ...]]
    most: int = MOST
    tick: Callable[[int, int], None] = lambda done, of: None
    stats: Json = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        running: SparkSession,
        package: Package,
        claims: DataFrame,
        *,
        as_of: datetime | str | None = None,
        retracted: bool = False,
        selection: Mapping[str, tuple[str, ...]] | None = None,
        most: int = MOST,
    ) -> Sparked:
        """The claims of a frame of Spark, the other tables those of a package.

        The frame has the columns and types that a Parquet table of claims has, and has to satisfy `claimtrack validate`
        together with the package. Raises `UsageError` for what is selected and does not exist.
        """
        columns = held_columns(selection or {})
        names = [name for name in arrow_schema(CLAIMS).names if name.removesuffix(OFFSET) in columns]
        frame, offsets = typed(CLAIMS, claims.select(*names).toArrow())
        package = replace(
            package, frames={**package.frames, "claims": frame}, offsets={**package.offsets, "claims": offsets}
        )
        asked = selection or {}
        whole = cut(package, as_of=as_of, retracted=retracted, selection=asked, most=most)
        return cls(running, claims, whole, asked, most)

    def condensed(self, shape: Shape = plain) -> list[Json]:
        """One object a contradicted claim, scope of counts, or incident; strongest first."""
        return list(self.each(shape))

    def each(self, shape: Shape = plain) -> Iterator[Json]:
        """The same, one object after the other. All slices have answered before."""
        return self._answer(Asked(False, self.selection, shape))

    def pairs(self, shape: Shape = plain) -> Iterator[Json]:
        """One object a pair of claims; strongest first, then by code and ids. All slices have answered before."""
        return self._answer(Asked(True, self.selection, shape))

    def package_of(self, claims: Collection[str]) -> Package:
        """A package of these claims, and all that they name."""
        named = self.running.createDataFrame(pa.table({"claim_id": pa.array(sorted(claims), pa.string())}))
        found = self.claims.join(named, "claim_id", "left_semi").toArrow()
        return _package(self.whole.package, found)

    def _rows(self, asked: Asked, told: pa.Table, last: bool) -> DataFrame:
        """The rows of slices in no order, and of each slice one with its stats and one with what its guests met."""
        from pyspark import StorageLevel

        sides = self.running.sparkContext.broadcast(_without_claims(self.whole.package))
        number = len(pc.unique(told["slice"]))
        cut_up = self.claims.join(self.running.createDataFrame(told), "claim_id").repartition(max(number, 1), "slice")
        told = cut_up.mapInArrow(lambda batches: _answers(batches, sides.value, asked, last), _struct())
        return told.persist(StorageLevel.DISK_ONLY)

    def _tasks(self) -> Iterator[pa.Table]:
        """What claims take along to every task: to one a slice, or to several that have a share in a large one each."""
        yield self._told(0, np.zeros(0, np.int64), Part(np.zeros(0, bool), np.zeros(0, bool)))
        task = 0
        for number in range(self.whole.number):
            rows, part = self.whole.of(number)
            shares = -(-len(rows) // self.most)
            for share in range(shares):
                yield self._told(task, rows, part, share, shares)
                task += 1

    def _told(self, number: int, rows: Ints, part: Part, share: int = 0, shares: int = 1) -> pa.Table:
        """What the claims of a task take along."""
        everything = np.ones(len(rows), dtype=bool)
        clocks = self.whole.clocks.of(rows)
        columns = [
            pa.array(self.whole.package.claims["claim_id"].iloc[rows], pa.string()),
            *map(pa.array, (everything * number, rows, clocks.reported, clocks.asserted_from, clocks.asserted_by)),
            *map(pa.array, (part.own, part.guest)),
            *map(pa.array, (everything * share, everything * shares)),
        ]
        return pa.table(columns, names=list(TELLING))

    def _answer(self, asked: Asked) -> Iterator[Json]:
        whole = self.whole
        self.tick(0, whole.number)
        rows = self._rows(asked, pa.concat_tables(self._tasks()), last=False)
        stats = _noted(rows, STATS)
        if whole.guest.any():
            ids = {claim for one in _noted(rows, MET) for claim in one}
            met = np.flatnonzero(whole.package.claims["claim_id"].isin(ids))
            of_guests = self._rows(asked, self._told(0, *whole.last(met)), last=True)
            stats += _noted(of_guests, STATS)
            rows = rows.unionByName(of_guests)
        self.stats = added(stats, whole.compared)
        self.tick(whole.number, whole.number)
        found = rows.filter(rows.strength >= 0)
        # Part after part is fetched whole; Spark itself would put together what does not fit into the driver.
        parts = found.repartitionByRange(found.count() // AT_ONCE + 1, *RANK).sortWithinPartitions(*RANK)
        return (pickle.loads(one.row) for one in parts.select("row").toLocalIterator())


def _noted(rows: DataFrame, mark: int) -> list[Any]:
    return [pickle.loads(one.row) for one in rows.filter(rows.strength == mark).select("row").collect()]


def _struct() -> str:
    kinds = {pa.int64(): "bigint", pa.string(): "string", pa.binary(): "binary"}
    return ", ".join(f"{column.name} {kinds[column.type]}" for column in ROWS)


def _without_claims(package: Package) -> Package:
    return replace(package, frames={**package.frames, "claims": package.claims.iloc[:0]})


def _package(sides: Package, claims: pa.Table) -> Package:
    wanted = arrow_schema(CLAIMS)
    return filled(sides, claims.select(wanted.names).cast(wanted))


def _share(package: Package, number: int, of: int) -> Share | None:
    incident = pd.factorize(package.claims["incident_id"])[0].astype(np.int64)
    return Share(number, of, incident) if of > 1 else None


def _answers(batches: Iterable[pa.RecordBatch], sides: Package, asked: Asked, last: bool) -> Batches:
    """The rows of all slices, or shares in one, that were given."""
    given = list(batches)
    if not given:
        return
    claims = pa.Table.from_batches(given)
    for number in sorted(pc.unique(claims["slice"]).to_pylist()):
        mine = claims.filter(pc.field("slice") == number).sort_by("position")
        *clocks, own, guest = (mine[name].to_numpy() for name in TELLING[3:-2])
        package = _package(sides, mine)
        part = Part(own, guest, last, _share(package, *(mine[name][0].as_py() for name in TELLING[-2:])))
        found = find_in(package, Clocks(*clocks), asked.selection, part.keeps, part.at_issue)
        tally = Tally()
        yield from batches_of(chain.from_iterable(runs_of(found, package, asked, tally)))
        told = ((STATS, found.of_tally(tally)), (MET, found.computed.facts.claim_id[part.met].tolist()))
        notes = [{"strength": mark, "row": pickle.dumps(note)} for mark, note in told]
        yield pa.RecordBatch.from_pylist(notes, ROWS)
