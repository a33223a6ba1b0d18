"""Cells of a known spelling as typed columns. A cell that is no value of its type becomes missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.schema import Field, TableSchema
from claimtrack.structure.cells.clock import days, instants
from claimtrack.structure.cells.spelling import BOOLEAN, INTEGER, NUMBER
from claimtrack.structure.cells.values import OFFSET, coded, only

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Values = pd.api.extensions.ExtensionArray | npt.NDArray[np.datetime64]
"""A column to be, without the index that all columns of a frame share."""

MOMENTS = pd.DatetimeTZDtype("us", "UTC")
TYPES: Mapping[str, Any] = {
    "integer": pd.Int64Dtype(),
    "number": pd.Float64Dtype(),
    "boolean": pd.BooleanDtype(),
    "string": pd.StringDtype(),
}


def _matching(cells: pa.Array, pattern: str) -> pa.Array:
    """The cells, null where they are not spelled like that."""
    return only(pc.match_substring_regex(cells, f"^(?:{pattern})$"), cells)


def _pieces(cells: pa.ChunkedArray) -> list[pa.Array]:
    """The arrays of a column; where it has none, as after a filter that leaves no rows, an empty one."""
    return cells.chunks or [pa.array([], cells.type)]


def _instants(cells: pa.ChunkedArray) -> tuple[Values, Values]:
    """The moments in UTC, and the offsets in minutes that they were recorded with."""
    parts = [_instants_of(chunk) for chunk in _pieces(cells)]
    micros, offsets, missing = (np.concatenate(each) for each in zip(*parts, strict=True))
    moments = micros.astype("datetime64[us]")
    moments[missing] = np.datetime64("NaT")
    return pd.array(moments, dtype=MOMENTS, copy=False), pd.arrays.IntegerArray(offsets, missing)


def _instants_of(cells: pa.Array) -> tuple[Ints, Ints, Flags]:
    """Microseconds since 1970, offsets, and which cells are no moments."""
    different, rows = coded(cells)
    read = instants(different)
    return read.micros[rows], read.offset[rows], ~read.valid[rows]


def _days(cells: pa.Array) -> pa.Array:
    read = days(cells)
    return pa.array(read.days.astype(np.int32), pa.int32(), mask=~read.valid).cast(pa.date32())


def _values(field: Field, cells: pa.Array) -> pa.Array:
    """Text as values of its column's type, null where it is none."""
    match field.type:
        case "integer":
            return _matching(cells, INTEGER).cast(pa.int64())
        case "number":
            return _matching(cells, NUMBER).cast(pa.float64())
        case "boolean":
            return pc.equal(_matching(cells, BOOLEAN), "true")
        case "date":
            return _days(cells)
    return only(pc.not_equal(cells, ""), cells)


def _whole(parts: list[pa.Array]) -> pa.ChunkedArray:
    """The values of all parts in one piece, or in few where they are too many for one.

    Whoever takes some rows of a column in pieces has all of it put together first, each time.
    """
    return pa.table([pa.chunked_array(parts)], ["values"]).combine_chunks().column(0)


def _column(field: Field, cells: pa.ChunkedArray) -> Values:
    values = _whole([_values_of(field, chunk) for chunk in _pieces(cells)])
    if field.type == "date":
        return np.array(values.cast(pa.timestamp("us")).to_numpy())
    return _pandas(values, TYPES[field.type])


def _pandas(values: pa.ChunkedArray, dtype: Any) -> Values:
    column: Values = dtype.__from_arrow__(values)
    return column


def _values_of(field: Field, cells: pa.Array) -> pa.Array:
    """Cells as values of their column's type; of text each different one is looked at once."""
    if pa.types.is_dictionary(cells.type):
        different, rows = coded(cells)
        return _values(field, different).take(pa.array(rows))
    return _values(field, cells) if pa.types.is_string(cells.type) else cells


def _categories(cells: pa.ChunkedArray) -> Values:
    """Text as categories."""
    different, rows = coded(cells.combine_chunks())
    filled = pc.not_equal(different, "")
    number = np.cumsum(filled.to_numpy(zero_copy_only=False)) - 1
    number[pc.indices_nonzero(pc.invert(filled)).to_numpy()] = -1
    known = pd.Index(different.filter(filled).to_pandas(types_mapper={pa.string(): pd.StringDtype()}.get))
    return pd.Categorical.from_codes(number[rows], dtype=pd.CategoricalDtype(known), validate=False)


def typed(schema: TableSchema, cells: pa.Table, *, categories: bool = False) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Typed columns, and the UTC offset in minutes of every datetime, with a row for each row of `cells`.

    Columns of cells are as `claimtrack.structure.cells.values` has them; some may be left out. With `categories`,
    columns of text that are held as their different values stay so, and offsets are held in two bytes.
    """
    columns: dict[str, Values] = {}
    offsets: dict[str, Values] = {}
    for field in schema.fields:
        if field.name not in cells.column_names:
            continue
        column = cells.column(field.name)
        if pa.types.is_timestamp(column.type):
            columns[field.name] = pd.array(column.to_numpy(), dtype=MOMENTS)
            small = (pa.int16(), pd.Int16Dtype()) if categories else (pa.int64(), pd.Int64Dtype())
            offsets[field.name] = _pandas(cells.column(field.name + OFFSET).cast(small[0]), small[1])
        elif field.type == "datetime":
            columns[field.name], offsets[field.name] = _instants(column)
        elif categories and field.type == "string" and pa.types.is_dictionary(column.type):
            columns[field.name] = _categories(column)
        else:
            columns[field.name] = _column(field, column)
    index = pd.RangeIndex(cells.num_rows)
    return pd.DataFrame(columns, index=index, copy=False), pd.DataFrame(offsets, index=index, copy=False)
