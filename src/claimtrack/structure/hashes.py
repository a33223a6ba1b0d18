"""Keys as numbers, so that those of very many rows fit into memory. Equal keys have equal numbers; the rest is luck."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.structure.raw import RawTable

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_FACTOR = np.int64(1_000_003)


def hashes(values: pa.Array) -> Ints:
    """A number for each value; nobody can choose values with the same number, as Python draws its hashes anew."""
    return np.fromiter(map(hash, values.to_pylist()), np.int64, len(values))


def hashed(table: RawTable, columns: Sequence[str]) -> tuple[Ints, Flags]:
    """The numbers of the cells of some columns together, and in which rows all of them are filled."""
    numbers, filled = [np.zeros(0, np.int64)], [np.zeros(0, bool)]
    present = all(table.header.at(column) is not None for column in columns)
    for cells in table.store.parts(columns):
        numbers.append(_together(cells))
        blanks = [pc.equal(column.combine_chunks(), "").to_numpy(zero_copy_only=False) for column in cells.columns]
        filled.append(~np.logical_or.reduce(blanks) & present)
    return np.concatenate(numbers), np.concatenate(filled)


def numbered(table: RawTable, columns: Sequence[str]) -> Ints:
    """The numbers of the cells of some columns together, blank where blank or at fault."""
    return np.concatenate([np.zeros(0, np.int64), *(_together(cells) for cells in table.sound_parts(columns))])


def _together(cells: pa.Table) -> Ints:
    """A number for each row; of one column, that of its value."""
    numbers = [_of_column(column.combine_chunks()) for column in cells.columns]
    total = numbers[0]
    for each in numbers[1:]:
        total = total * _FACTOR + each  # beyond 64 bits it wraps around
    return total


def _of_column(values: pa.Array) -> Ints:
    """The numbers of the values, each different one looked at once."""
    encoded = values.dictionary_encode()
    numbers: Ints = hashes(encoded.dictionary)[encoded.indices.to_numpy()]
    return numbers


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
