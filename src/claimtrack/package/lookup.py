"""Rows of a table by their ids. Of the ids only numbers are held, so that very many rows fit into memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from claimtrack.package.typed import typed
from claimtrack.schema import TableSchema
from claimtrack.structure import RawTable, no_rows
from claimtrack.structure.cells.values import plain
from claimtrack.structure.keys.hashes import Ints, hashes


class Lookup:
    """Some columns of a table, of which those rows are typed that have certain ids."""

    def __init__(self, schema: TableSchema, numbers: Ints, cells: list[pa.Table]) -> None:
        """`cells`, which are taken out of their list, have a row for each number, which is that of its id."""
        self._schema = schema
        self._order = np.argsort(numbers, kind="stable")
        self._numbers = numbers[self._order]
        self._cells = in_one_piece(cells)

    def rows(self, ids: pa.Array) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The rows with those ids (the first of several), and the offsets of their datetimes."""
        wanted = hashes(ids)
        at = np.minimum(np.searchsorted(self._numbers, wanted), len(self._numbers) - 1)
        known = self._numbers[at] == wanted if len(self._numbers) else np.zeros(len(ids), bool)
        frame, offsets = typed(self._schema, plain(self._cells.take(pa.array(self._order[at[known]]))))
        key = pd.Series(ids.filter(pa.array(known)).to_pandas(types_mapper={pa.string(): pd.StringDtype()}.get))
        frame.insert(0, self._schema.primary_key[0], key)
        return frame, offsets


def lookup(schema: TableSchema, table: RawTable | None, columns: Sequence[str]) -> Lookup:
    """Some columns of a table that was read, as far as they are sound; of no table, that of one without rows."""
    if table is None:
        return Lookup(schema, np.zeros(0, np.int64), [no_rows(schema).select(list(columns))])
    lost = plain(table.lost_rows()).column(schema.primary_key[0])
    return Lookup(schema, np.concatenate([table.numbers[0], hashes(lost)]), list(some(table, columns)))


def some(table: RawTable, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The cells of some columns as far as they are sound, part by part, and the rows that were lost."""
    yield from table.sound_parts(columns)
    if table.lost:
        yield table.lost_rows().select(list(columns))


def in_one_piece(cells: list[pa.Table]) -> pa.Table:
    """The rows of all tables, which are taken out of their list, in arrays of one piece.

    That is done column by column, so that not all of them are there twice.
    """
    columns: dict[str, pa.Array] = {}
    for name, kind in zip(cells[0].schema.names, cells[0].schema.types, strict=True):
        whole = pa.chunked_array([chunk for table in cells for chunk in table.column(name).chunks], kind)
        columns[name] = whole.unify_dictionaries().combine_chunks()
        cells[:] = [table.drop_columns([name]) for table in cells]
    return pa.table(columns)
