"""Rows of an answer that wait on disk until all slices have answered, and the one order of them all."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from pathlib import Path

import pyarrow as pa

from claimtrack.discrepancy.telling.present import Json
from claimtrack.partition.answer import RANK, ROWS, Ranked, batches_of
from claimtrack.temporary import writing_temporarily

FANOUT = 100
"""Runs that are read at once."""
PACKED = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)


class Spill:
    """Runs of rows in a folder, each in order, that are merged as they become many.

    A run is a stream: nothing is known of batches before they come, so that memory does not grow with their number.
    """

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
        return (pickle.loads(row) for _, row in _merged(self._runs))

    def _spilled(self, rows: Iterable[Ranked]) -> Path:
        path = self._folder / f"rows-{self._written}.arrows"
        self._written += 1
        with (
            writing_temporarily(),
            pa.OSFile(str(path), "wb") as file,
            pa.ipc.new_stream(file, ROWS, options=PACKED) as writer,
        ):
            for batch in batches_of(rows):
                writer.write_batch(batch)
        return path


def _merged(runs: Sequence[Path]) -> Iterator[Ranked]:
    """The rows of all runs in the one order of the whole answer."""
    return merge(*map(_read_back, runs), key=lambda ranked: ranked[0])


def _read_back(path: Path) -> Iterator[Ranked]:
    with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as batches:
        for batch in batches:
            columns = [batch.column(name).to_pylist() for name in (*RANK, "row")]
            for *key, row in zip(*columns, strict=True):
                yield tuple(key), row
