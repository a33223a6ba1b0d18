"""Keys: a row is named once, and what it points to is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.problems import Problem
from claimtrack.schema import ForeignKey
from claimtrack.structure.cells.values import distinct
from claimtrack.structure.keys.dangling import Dangling, unknown_references
from claimtrack.structure.keys.hashes import Flags, Ints, among, hashes, repeated
from claimtrack.structure.keys.strings import joined, key_parts
from claimtrack.structure.tables.raw import RawTable
from claimtrack.structure.telling.nearest import in_words
from claimtrack.structure.telling.reporter import Reporter
from claimtrack.structure.telling.shown import shown

_WAITING = 2**18
"""How many keys, of which some are the same, are held before each is kept once."""


def check_keys(tables: Mapping[str, RawTable]) -> list[Problem]:
    """The problems of the keys of all tables: rows that are named twice, and references that lead nowhere."""
    found: list[Problem] = []
    for name, table in tables.items():
        report = Reporter(name, table.path)
        _check_primary(table, *table.numbers, report)
        found += report.problems
    dangling = [
        Dangling(table, key, _leading_nowhere(table, key, tables[key.resource]))
        for table in tables.values()
        for key in table.schema.foreign_keys
        if key.resource in tables
    ]
    return found + unknown_references(dangling, tables)


def _check_primary(table: RawTable, numbers: Ints, filled: Flags, report: Reporter) -> None:
    """Report rows whose key an earlier row has already."""
    key = table.schema.primary_key
    first: dict[str, int] = {}
    for row in np.flatnonzero(filled & among(numbers, repeated(numbers if filled.all() else numbers[filled]))).tolist():
        named = table.key(row)
        earlier = first.setdefault(named, row)
        if earlier != row:
            line, column = table.place(row, key[0])
            same = f"{in_words(key)}" if len(key) == 1 else f"{', '.join(key)} together"
            message = f"the same {same} as in {table.counts} {table.lines[earlier]}: {shown(named)}"
            report("key-repeated", message, line, column, field=key[0], key=named)


def _leading_nowhere(table: RawTable, key: ForeignKey, target: RawTable) -> list[int]:
    """The rows, from 0, that point to what is not there; none where the target lacks a column of its key.

    Of the target's keys only those are looked at that may be meant.
    """
    if any(target.header.at(column) is None for column in key.reference_fields):
        return []
    wanted = _different(table, key.fields)
    if not len(wanted):
        return []
    if len(key.fields) == 1:
        meant = among(target.numbers[0], hashes(wanted))
        known = _different(target, key.reference_fields, meant)
    else:
        known = _different(target, key.reference_fields)
    unknown = wanted.filter(pc.invert(pc.is_in(wanted, value_set=known)))
    return _rows(key_parts(table, key.fields), unknown) if len(unknown) else []


def _different(table: RawTable, columns: Sequence[str], chosen: Flags | None = None) -> pa.Array:
    """The different keys in some columns, of all rows or of those chosen."""
    if any(table.header.at(column) is None for column in columns):
        return pa.array([], pa.string())
    known, waiting = pa.array([], pa.string()), []
    start = many = 0
    for cells in table.store.values(columns):
        flags = None if chosen is None else chosen[start : start + cells.num_rows]
        start += cells.num_rows
        waiting.append(_keys_in(table, columns, cells, flags).drop_null())
        many += len(waiting[-1])
        if many > max(len(known), _WAITING):
            known, waiting, many = pa.chunked_array([known, *waiting]).unique(), [], 0
    return pa.chunked_array([known, *waiting]).unique()


def _keys_in(table: RawTable, columns: Sequence[str], cells: pa.Table, chosen: Flags | None) -> pa.Array:
    """The different keys in those rows of some cells (None: in all), null where a part is blank."""
    found = [distinct(table.schema.field(column), cells) for column in columns]
    if chosen is None and len(found) == 1:
        return joined(pa.table([found[0][0]], names=list(columns)), columns)
    together = np.zeros(cells.num_rows, np.int64)
    for different, rows in found:
        together = together * len(different) + rows
    left = pd.unique(together if chosen is None else together[chosen])
    parts: list[pa.Array] = []
    for different, _ in reversed(found):
        left, at = np.divmod(left, len(different)) if len(left) else (left, left)
        parts.insert(0, different.take(pa.array(at)))
    return joined(pa.table(parts, names=list(columns)), columns)


def _rows(parts: Iterator[pa.Array], values: pa.Array) -> list[int]:
    """The rows that have one of the values."""
    rows: list[int] = []
    start = 0
    for part in parts:
        rows += (np.flatnonzero(pc.is_in(part, value_set=values).to_numpy(zero_copy_only=False)) + start).tolist()
        start += len(part)
    return rows
