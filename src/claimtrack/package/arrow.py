"""Typed frames as Arrow tables, in the types that Parquet tables have: what travels to disk and to other machines."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from claimtrack.schema import TableSchema
from claimtrack.structure.cells.values import OFFSET
from claimtrack.structure.rows.parquet import columns_of


def arrow_schema(schema: TableSchema) -> pa.Schema:
    """The columns of a table; beside every datetime its offset from UTC in minutes."""
    return pa.schema(list(columns_of(schema).items()))


def as_arrow(schema: TableSchema, frame: pd.DataFrame, offsets: pd.DataFrame) -> pa.Table:
    """A typed frame and its offsets as one table; `typed` reads it back."""
    wanted = arrow_schema(schema)
    arrays = []
    for column in wanted:
        moment = column.name.removesuffix(OFFSET)
        given = offsets[moment] if moment != column.name else frame[column.name]
        array = pa.array(given, from_pandas=True)
        arrays.append(array.cast(column.type))
    return pa.table(arrays, schema=wanted)
