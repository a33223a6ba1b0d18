"""Which rows may look wrong because of a fault in a row that they point to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.schema import ForeignKey
from claimtrack.structure.keys.strings import key_parts, key_values, lost_keys
from claimtrack.structure.tables.raw import RawTable

Flags = npt.NDArray[np.bool_]


def broken_rows(table: RawTable) -> Flags:
    """Per row: is one of its cells at fault in a way that leaves open what it says?"""
    return np.isin(table.lines, [line for line, _ in table.blamed])


def affected_rows(tables: Mapping[str, RawTable]) -> dict[str, Flags]:
    """Per table and row: is the row broken, or does it point to one that is, over however many steps?

    Of a table that lacks a column all rows count as broken.
    """
    affected = {name: broken_rows(table) | bool(table.absent) for name, table in tables.items()}
    for name, table in tables.items():
        for key in table.schema.foreign_keys:
            affected[name] |= _points_to_affected(table, key, tables.get(key.resource), affected)
        _spread(table, affected[name])
    return affected


def _points_to_affected(
    table: RawTable, key: ForeignKey, target: RawTable | None, affected: Mapping[str, Flags]
) -> Flags:
    if target is None:
        return _flags(pc.is_valid(part) for part in key_parts(table, key.fields))
    bad = [value for value in lost_keys(target, key.reference_fields) if value]
    if affected[target.name].any():
        bad += key_values(target, key.reference_fields).filter(pa.array(affected[target.name])).to_pylist()
    if not bad:
        return np.zeros(table.store.rows, dtype=bool)
    values = pa.array(bad, pa.string())
    return _flags(pc.is_in(part, value_set=values, skip_nulls=True) for part in key_parts(table, key.fields))


def _spread(table: RawTable, affected: Flags) -> None:
    """Mark the rows that point, within their own table, to one that is marked; a chain may be as long as the table."""
    own = [key for key in table.schema.foreign_keys if key.resource == table.name]
    waiting = np.flatnonzero(affected).tolist() if own else []
    if not waiting:
        return
    named, pointing = [], []
    for key in own:
        named.append(key_values(table, key.reference_fields).to_pylist())
        rows: dict[str, list[int]] = {}
        for row, value in enumerate(key_values(table, key.fields).to_pylist()):
            rows.setdefault(value, []).append(row)
        pointing.append(rows)
    while waiting:
        at = waiting.pop()
        for names, rows in zip(named, pointing, strict=True):
            found = [row for row in rows.pop(names[at], ()) if names[at] is not None and not affected[row]]
            affected[found] = True
            waiting += found


def _flags(verdicts: Iterable[pa.Array]) -> Flags:
    return np.concatenate([np.zeros(0, bool), *(part.to_numpy(zero_copy_only=False) for part in verdicts)])
