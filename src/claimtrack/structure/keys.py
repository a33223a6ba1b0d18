"""Keys: a row is named once, and what it points to is there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.problems import Problem
from claimtrack.schema import ForeignKey
from claimtrack.structure.dangling import Dangling, unknown_references
from claimtrack.structure.nearest import in_words
from claimtrack.structure.raw import RawTable, key_values
from claimtrack.structure.reporter import Reporter
from claimtrack.structure.shown import shown

Ints = npt.NDArray[np.int64]


def _codes(values: pa.ChunkedArray) -> tuple[pa.Array, Ints]:
    """The different values, and per row the position of its value among them, -1 where it has none."""
    encoded = values.combine_chunks().dictionary_encode()
    return encoded.dictionary, encoded.indices.fill_null(-1).to_numpy().astype(np.int64)


def check_primary(table: RawTable, report: Reporter) -> None:
    """Report rows whose key an earlier row has already."""
    key = table.schema.primary_key
    different, codes = _codes(key_values(table, key))
    if len(different) == np.count_nonzero(codes >= 0):
        return
    first = pd.Series(np.arange(len(codes))).groupby(codes).transform("min").to_numpy()
    for row in np.flatnonzero((first != np.arange(len(codes))) & (codes >= 0)).tolist():
        line, column = table.place(row, key[0])
        same = f"{in_words(key)}" if len(key) == 1 else f"{', '.join(key)} together"
        message = f"the same {same} as in line {table.lines[first[row]]}: {shown(table.key(row))}"
        report("key-repeated", message, line, column, field=key[0], key=table.key(row))


def check_keys(tables: Mapping[str, RawTable]) -> list[Problem]:
    """The problems of the keys of all tables: rows that are named twice, and references that lead nowhere."""
    found: list[Problem] = []
    dangling: list[Dangling] = []
    for table in tables.values():
        report = Reporter(table.name, table.path)
        check_primary(table, report)
        found += report.problems
        keys = [key for key in table.schema.foreign_keys if key.resource in tables]
        dangling += [Dangling(table, key, leading_nowhere(table, key, tables[key.resource])) for key in keys]
    return found + unknown_references(dangling, tables)


def leading_nowhere(table: RawTable, key: ForeignKey, target: RawTable) -> list[int]:
    """The rows, from 0, that point to what is not there; none where the target lacks a column of its key."""
    if any(target.header.at(column) is None for column in key.reference_fields):
        return []
    different, codes = _codes(key_values(table, key.fields))
    known = key_values(target, key.reference_fields)
    unknown = np.flatnonzero(~pc.is_in(different, value_set=known.combine_chunks()).to_numpy(zero_copy_only=False))
    return np.flatnonzero(np.isin(codes, unknown)).tolist() if len(unknown) else []
