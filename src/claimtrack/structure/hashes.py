"""Keys as numbers, so that those of very many rows fit into memory. Equal keys have equal numbers; the rest is luck."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.structure.raw import JOINT, RawTable, joined

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def hashes(values: pa.Array) -> Ints:
    """A number for each value; nobody can choose values with the same number, as Python draws its hashes anew."""
    return np.fromiter(map(hash, values.to_pylist()), np.int64, len(values))


def hashed(table: RawTable, columns: Sequence[str]) -> tuple[Ints, Flags]:
    """The numbers of the cells of some columns together, and in which rows all of them are filled."""
    numbers, filled = [np.zeros(0, np.int64)], [np.zeros(0, bool)]
    present = all(table.header.at(column) is not None for column in columns)
    for cells in table.store.parts(columns):
        values = joined(cells, columns) if present else pa.nulls(cells.num_rows, pa.string())
        numbers.append(hashes(values))
        filled.append(values.is_valid().to_numpy(zero_copy_only=False))
    return np.concatenate(numbers), np.concatenate(filled)


def numbered(table: RawTable, columns: Sequence[str]) -> Ints:
    """The numbers of the cells of some columns together, blank where blank or at fault."""
    numbers = [np.zeros(0, np.int64)]
    for cells in table.sound_parts(columns):
        parts = [cells.column(column).combine_chunks() for column in columns]
        numbers.append(hashes(pc.binary_join_element_wise(*parts, JOINT)))
    return np.concatenate(numbers)


def repeated(numbers: Ints) -> Ints:
    """The numbers that are there more than once, sorted."""
    ordered = np.sort(numbers)
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


def among(numbers: Ints, ordered: Ints) -> Flags:
    """Which of the numbers are among some that are sorted."""
    if not len(ordered):
        return np.zeros(len(numbers), dtype=bool)
    at = np.searchsorted(ordered, numbers)
    flags: Flags = ordered[np.minimum(at, len(ordered) - 1)] == numbers
    return flags
