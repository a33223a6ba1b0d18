"""Tables as canonical CSV and as Parquet, written run by run."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from claimtrack.schema import TableSchema, table_schema
from synthetic.rows import Columns
from synthetic.wall import MISSING, Moments, iso

ARROW_TYPES = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}


class TableWriter:
    """Writes one table of a package: `data/NAME.csv` and, if wanted, `parquet/NAME.parquet` with typed columns.

    In Parquet every datetime column is a timestamp in UTC, with a column `…_offset` beside it: the UTC offset, in
    minutes, that it is recorded with.
    """

    def __init__(self, folder: Path, name: str, *, parquet: bool) -> None:
        self._schema = table_schema(name)
        path = folder / "data" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        self._csv: BinaryIO = path.open("wb")
        self._csv.write((",".join(self._schema.columns) + "\n").encode())
        self._parquet: Any = None
        if parquet:
            typed = folder / "parquet" / f"{name}.parquet"
            typed.parent.mkdir(exist_ok=True)
            self._parquet = pq.ParquetWriter(typed, arrow_schema(self._schema), compression="zstd")
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._csv.close()
        if self._parquet is not None:
            self._parquet.close()

    def write(self, columns: Columns) -> None:
        """Add rows; columns that are left out are blank."""
        rows = len(next(value.utc if isinstance(value, Moments) else value for value in columns.values()))
        if not rows:
            return
        self._csv.write(_csv(self._schema, columns, rows))
        if self._parquet is not None:
            self._parquet.write_table(_typed(self._schema, columns, rows))
        self.rows += rows


def arrow_schema(schema: TableSchema) -> pa.Schema:
    """The types of a table in Parquet."""
    fields = []
    for field in schema.fields:
        if field.type == "datetime":
            fields += [(field.name, pa.timestamp("us", "UTC")), (f"{field.name}_offset", pa.int16())]
        else:
            fields.append((field.name, ARROW_TYPES.get(field.type, pa.string())))
    return pa.schema(fields)


def _typed(schema: TableSchema, columns: Columns, rows: int) -> pa.Table:
    arrays: dict[str, pa.Array] = {}
    for name, value in columns.items():
        if isinstance(value, Moments):
            blank = value.utc == MISSING
            micros = np.where(blank, 0, value.utc) * 1_000_000
            arrays[name] = pa.array(micros, mask=blank).cast(pa.timestamp("us", "UTC"))
            arrays[f"{name}_offset"] = pa.array(value.offset.astype(np.int16), mask=blank)
        else:
            arrays[name] = value
    wanted = arrow_schema(schema)
    return pa.table(
        [
            arrays[field.name].cast(field.type) if field.name in arrays else pa.nulls(rows, field.type)
            for field in wanted
        ],
        schema=wanted,
    )


def _csv(schema: TableSchema, columns: Columns, rows: int) -> memoryview:
    """The rows as bytes: cells joined by commas, quoted where they must be, lines ended by a newline."""
    blank = pa.array([""]).take(pa.array(np.zeros(rows, dtype=np.int64)))
    cells = [_cells(columns[name]) if name in columns else blank for name in schema.columns]
    lines = pc.binary_join_element_wise(pc.binary_join_element_wise(*cells, ","), "\n", "")
    _, offsets, data = lines.buffers()
    ends = np.frombuffer(offsets, dtype=np.int32)
    return memoryview(data)[ends[lines.offset] : ends[lines.offset + rows]]


def _cells(value: pa.Array | Moments) -> pa.Array:
    text = iso(value) if isinstance(value, Moments) else value
    if pa.types.is_boolean(text.type):
        text = pc.if_else(text, "true", "false")
    elif not pa.types.is_string(text.type):
        text = text.cast(pa.string())
    text = text.fill_null("")
    special = pc.match_substring_regex(text, '[,"\n]')
    if not pc.any(special).as_py():
        return text
    quoted = pc.binary_join_element_wise('"', pc.replace_substring(text, '"', '""'), '"', "")
    return pc.if_else(special, quoted, text)
