"""A generated package from its Parquet files, so that the benchmarks of discrepancies need not parse CSV first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from claimtrack.locate import DESCRIPTOR
from claimtrack.package import Package
from claimtrack.schema import TABLES, TableSchema, table_schema

DTYPES: dict[pa.DataType, Any] = {
    pa.string(): pd.StringDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def from_parquet(folder: Path) -> Package:
    """The package, as `claimtrack.load` would give it."""
    frames: dict[str, pd.DataFrame] = {}
    offsets: dict[str, pd.DataFrame] = {}
    for name in TABLES:
        frames[name], offsets[name] = _table(table_schema(name), folder / "parquet" / f"{name}.parquet")
    path = folder / DESCRIPTOR
    return Package(path, json.loads(path.read_text(encoding="utf-8")), frames, offsets)


def _table(schema: TableSchema, path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = pq.read_table(path).combine_chunks()
    columns: dict[str, Any] = {}
    offsets: dict[str, Any] = {}
    for field in schema.fields:
        column = table.column(field.name)
        if field.type == "datetime":
            offsets[field.name] = (
                table.column(f"{field.name}_offset").cast(pa.int64()).to_pandas(types_mapper=DTYPES.get)
            )
        if field.type == "date":
            columns[field.name] = column.cast(pa.timestamp("us")).to_pandas()
        else:
            columns[field.name] = column.to_pandas(types_mapper=DTYPES.get)
    index = pd.RangeIndex(table.num_rows)
    return pd.DataFrame(columns, index=index), pd.DataFrame(offsets, index=index)
