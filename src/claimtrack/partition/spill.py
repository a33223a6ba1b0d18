"""Rows of an answer that wait on disk until all slices have answered, and the one order of them all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from pathlib import Path

import pyarrow.parquet as pq

from claimtrack.discrepancy.present import Json
from claimtrack.partition.answer import BATCH, RANK, ROWS, Ranked, batches_of

FANOUT = 100
"""Runs that are read at once."""


class Spill:
    """Runs of rows in a folder, each in order, that are merged as they become many."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs: list[Path] = []
        self._written = 0

    def add(self, rows: Iterable[Ranked]) -> None:
        """Write a run, which is in order."""
        self._runs.append(self._spilled(rows))
        if len(self._runs) == FANOUT:
            self._runs, merged = [], self._runs
            self._runs = [self._spilled(_merged(merged))]
            for path in merged:
                path.unlink()

    def rows(self) -> Iterator[Json]:
        """All rows in order."""
        return (json.loads(row) for _, row in _merged(self._runs))

    def _spilled(self, rows: Iterable[Ranked]) -> Path:
        path = self._folder / f"rows-{self._written}.parquet"
        self._written += 1
        with pq.ParquetWriter(path, ROWS, compression="zstd") as writer:
            for batch in batches_of(rows):
                writer.write_batch(batch)
        return path


def _merged(runs: Sequence[Path]) -> Iterator[Ranked]:
    """The rows of all runs in the one order of the whole answer."""
    return merge(*map(_read_back, runs), key=lambda ranked: ranked[0])


def _read_back(path: Path) -> Iterator[Ranked]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(BATCH):
            columns = [batch.column(name).to_pylist() for name in (*RANK, "row")]
            for *key, row in zip(*columns, strict=True):
                yield tuple(key), row
