"""The tables that engines join, as files of columns that say how many pairs there are to find."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

PAIRS = b"pairs"
Side = dict[str, np.ndarray]
Columns = tuple[np.ndarray, ...]
"""Some rows of a result: the claims of each pair, and its figure."""


def with_pairs(table: pa.Table, pairs: int) -> pa.Table:
    """The table with a note of how many pairs there are to find."""
    return table.replace_schema_metadata({PAIRS: str(pairs)})


def found_pairs(path: Path) -> int:
    """How many pairs there are to find."""
    return int(pq.read_schema(path).metadata[PAIRS])


def columns(path: Path) -> Side:
    """The columns of a file as arrays."""
    table = pq.read_table(path)
    return {name: table[name].to_numpy() for name in table.column_names}


def filled(rows: int) -> list[np.ndarray]:
    """A result of this size: two claims and a figure."""
    return [np.full(rows, number) for number in range(3)]


def in_all(parts: list[Columns]) -> int:
    """How many rows a result has that is in pieces."""
    return sum(len(column) for column, *_ in parts)
