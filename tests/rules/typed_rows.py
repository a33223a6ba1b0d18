"""Typed packages made of the rows of the valid fixture, without the reader of the library."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from claimtrack.package import Package
from claimtrack.schema import TABLES, Field, table_schema

VALID = Path(__file__).parents[1] / "fixtures" / "valid"
Rows = dict[str, list[dict[str, str]]]
DTYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[us]"}
VALUES: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "boolean": lambda cell: cell == "true",
    "date": pd.Timestamp,
    "datetime": pd.Timestamp,
}


def valid_rows() -> Rows:
    """The cells of the valid package: for each table its rows, a blank as ""."""
    rows: Rows = {}
    for name in TABLES:
        with (VALID / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows[name] = list(csv.DictReader(file))
    return rows


def _typed(field: Field, cells: list[str]) -> pd.Series:
    values = [VALUES.get(field.type, str)(cell) if cell else None for cell in cells]
    if field.type == "datetime":
        moments = [value and value.tz_convert(None) for value in values]
        return pd.Series(moments, dtype="datetime64[us]").dt.tz_localize("UTC")
    return pd.Series(values, dtype=DTYPES[field.type])


def _offset(cell: str) -> int | None:
    offset = datetime.fromisoformat(cell).utcoffset() if cell else None
    return None if offset is None else int(offset.total_seconds()) // 60


def package_of(rows: Rows) -> Package:
    frames, offsets = {}, {}
    for name in TABLES:
        columns = [(field, [row[field.name] for row in rows[name]]) for field in table_schema(name).fields]
        frames[name] = pd.DataFrame({field.name: _typed(field, cells) for field, cells in columns})
        offsets[name] = pd.DataFrame(
            {
                field.name: pd.Series([_offset(cell) for cell in cells], dtype="Int64")
                for field, cells in columns
                if field.type == "datetime"
            }
        )
    return Package(VALID / "datapackage.json", {}, frames, offsets)


def key_of(table: str, row: Mapping[str, str]) -> str:
    return "/".join(row[column] for column in table_schema(table).primary_key)
