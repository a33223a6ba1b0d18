"""Cells of typed frames as plain Python values, ready for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pandas as pd

from claimtrack.package import Package


def recorded(moment: datetime, offset: int | None) -> str:
    """An instant as ISO 8601, with the UTC offset (minutes) that the file records for it."""
    zone = UTC if offset is None else timezone(timedelta(minutes=offset))
    return moment.astimezone(zone).isoformat()


def rows(package: Package, table: str, positions: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """The rows of a table (those at `positions`) with plain values: None for blank, times as recorded, dates as ISO."""
    wanted = slice(None) if positions is None else list(positions)
    frame = package.frames[table].iloc[wanted]
    columns = {}
    for column in frame.columns:
        cells: list[Any] = [None if pd.isna(cell) else cell for cell in frame[column].astype(object)]
        if column in package.offsets[table]:
            offsets = package.offsets[table][column].iloc[wanted]
            cells = [
                None if cell is None else recorded(cell.to_pydatetime(), None if pd.isna(offset) else int(offset))
                for cell, offset in zip(cells, offsets, strict=True)
            ]
        elif pd.api.types.is_datetime64_dtype(frame[column].dtype):
            cells = [None if cell is None else cell.date().isoformat() for cell in cells]
        columns[column] = cells
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
