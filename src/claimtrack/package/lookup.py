"""Rows of a table by their ids. Of the ids only numbers are held, so that very many rows fit into memory."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from claimtrack.package.typed import typed
from claimtrack.schema import TableSchema
from claimtrack.structure import RawTable, no_rows
from claimtrack.structure.hashes import Ints, hashes


class Lookup:
    """Some columns of a table, of which those rows are typed that have certain ids."""

    def __init__(self, schema: TableSchema, numbers: Ints, cells: pa.Table) -> None:
        """`cells` has a row for each number, which is that of its id."""
        self._schema = schema
        self._order = np.argsort(numbers, kind="stable")
        self._numbers = numbers[self._order]
        self._cells = cells.unify_dictionaries().combine_chunks()

    def rows(self, ids: pa.Array) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The rows with those ids (the first of several), and the offsets of their datetimes."""
        at = np.minimum(np.searchsorted(self._numbers, hashes(ids)), len(self._numbers) - 1)
        known = self._numbers[at] == hashes(ids) if len(self._numbers) else np.zeros(len(ids), bool)
        frame, offsets = typed(self._schema, self._cells.take(pa.array(self._order[at[known]])))
        key = pd.Series(ids.filter(pa.array(known)).to_pandas(types_mapper={pa.string(): pd.StringDtype()}.get))
        frame.insert(0, self._schema.primary_key[0], key)
        return frame, offsets


def lookup(schema: TableSchema, table: RawTable | None, columns: Sequence[str]) -> Lookup:
    """Some columns of a table that was read, as far as they are sound; of no table, that of one without rows."""
    if table is None:
        return Lookup(schema, np.zeros(0, np.int64), no_rows(schema).select(list(columns)))
    lost = table.lost_rows()
    numbers = np.concatenate([table.numbers[0], hashes(lost.column(schema.primary_key[0]))])
    return Lookup(schema, numbers, some(table, columns))


def some(table: RawTable, columns: Sequence[str]) -> pa.Table:
    """The cells of some columns as far as they are sound, with the rows that were lost."""
    lost = [table.lost_rows().select(list(columns))] if table.lost else []
    return pa.concat_tables([*table.sound_parts(columns), *lost])
