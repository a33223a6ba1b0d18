"""Rows of an answer that wait on disk until all slices have answered, and the one order of them all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from claimtrack.discrepancy.present import Json
from claimtrack.partition.answer import BATCH, RANK, ROWS


def spilled(batches: Iterable[pa.RecordBatch], path: Path) -> Path:
    """Write the rows of one slice to a file."""
    with pq.ParquetWriter(path, ROWS, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
    return path


def in_order(runs: Sequence[Iterable[pa.RecordBatch]]) -> Iterator[Json]:
    """The rows of all runs, each of which is in order, in the one order of the whole answer."""
    for _, row in merge(*map(_ranked, runs), key=lambda ranked: ranked[0]):
        yield json.loads(row)


def read_back(path: Path) -> Iterator[pa.RecordBatch]:
    """The rows that were written to a file."""
    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(BATCH)


def _ranked(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[tuple[object, ...], str]]:
    for batch in batches:
        columns = [batch.column(name).to_pylist() for name in (*RANK, "row")]
        for *key, row in zip(*columns, strict=True):
            yield tuple(key), row
