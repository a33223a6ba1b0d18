"""Keys as numbers, so that those of very many rows fit into memory. Equal keys have equal numbers; the rest is luck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.schema import TableSchema
from claimtrack.structure.cells.values import distinct
from claimtrack.structure.tables.raw import RawTable

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FACTOR = np.int64(1_000_003)
"""Joins the numbers of several cells; beyond 64 bits they wrap around."""


_AT_ONCE = 2**16
"""Of how many values Python has objects at a time."""


def hashes(values: pa.Array | pa.ChunkedArray) -> Ints:
    """A number for each value; nobody can choose values with the same number, as Python draws its hashes anew."""
    some = (values.slice(start, _AT_ONCE).to_pylist() for start in range(0, len(values), _AT_ONCE))
    return np.fromiter((hash(value) for each in some for value in each), np.int64, len(values))


def hashed(table: RawTable, columns: Sequence[str]) -> tuple[Ints, Flags]:
    """The numbers of the cells of some columns together, and in which rows all of them are filled."""
    return stacked(together(table.schema, columns, cells) for cells in table.store.values(columns))


def numbered(table: RawTable, columns: Sequence[str]) -> Ints:
    """The numbers of the cells of some columns together, blank where blank or at fault."""
    return stacked(together(table.schema, columns, cells) for cells in table.sound_parts(columns))[0]


def together(schema: TableSchema, columns: Sequence[str], cells: pa.Table) -> tuple[Ints, Flags]:
    """A number for each row of some cells, of one column that of its value; and in which rows all are filled."""
    total, filled = np.zeros(cells.num_rows, np.int64), np.ones(cells.num_rows, bool)
    for column in columns:
        different, rows = distinct(schema.field(column), cells)
        total = total * FACTOR + hashes(different)[rows]
        filled &= pc.not_equal(different, "").to_numpy(zero_copy_only=False)[rows]
    return total, filled


def stacked(parts: Iterable[tuple[Ints, Flags]]) -> tuple[Ints, Flags]:
    """What was found for some rows after the other as that of all rows."""
    numbers, filled = [np.zeros(0, np.int64)], [np.zeros(0, bool)]
    for found, flags in parts:
        numbers.append(found)
        filled.append(flags)
    return np.concatenate(numbers), np.concatenate(filled)


def repeated(numbers: Ints) -> Ints:
    """The numbers that are there more than once, sorted."""
    ordered = np.sort(numbers)
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


def among(numbers: Ints, others: Ints) -> Flags:
    """Which of the numbers are among some others."""
    return pd.Index(numbers, copy=False).isin(others)
