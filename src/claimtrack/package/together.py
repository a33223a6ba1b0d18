"""Several packages as one: their claims meet where they share the ids of incidents, places and actors.

A row that several packages hold, in any table, has one key and has to be the same row in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pandas as pd

from claimtrack.errors import ConflictError
from claimtrack.package import Package
from claimtrack.schema import TABLES, table_schema
from claimtrack.structure.telling.shown import shown

LISTED = 10
"""Cells that differ and are named."""
_OFFSET = "\x1foffset"


def together(packages: Sequence[Package]) -> Package:
    """The packages as one, with the path and the descriptor of the first.

    Each row is there once, at its first place. Raises `ConflictError`, with both files and the cells, where packages
    have rows of one key that are not the same.
    """
    if len(packages) == 1:
        return packages[0]
    frames, offsets, conflicts = {}, {}, []
    for name in TABLES:
        rows = pd.concat([_with_offsets(package, name) for package in packages], ignore_index=True)
        owner = pd.Series([at for at, package in enumerate(packages) for _ in range(len(package.frames[name]))])
        again = rows.duplicated(list(table_schema(name).primary_key))
        if again.any():
            conflicts += list(_conflicts(name, packages, rows, owner, again))
        once = rows[~again].reset_index(drop=True)
        moments = [str(column) for column in packages[0].offsets[name]]
        frames[name] = once[list(packages[0].frames[name])]
        offsets[name] = once[[column + _OFFSET for column in moments]].set_axis(moments, axis=1)
    if conflicts:
        more = f"\n… and {len(conflicts) - LISTED} more cells" if len(conflicts) > LISTED else ""
        told = "\n".join(conflicts[:LISTED])
        raise ConflictError(f"these packages cannot be read together: rows of one key differ\n{told}{more}")
    return replace(packages[0], frames=frames, offsets=offsets)


def _with_offsets(package: Package, name: str) -> pd.DataFrame:
    return pd.concat([package.frames[name], package.offsets[name].add_suffix(_OFFSET)], axis=1)


def _conflicts(
    name: str, packages: Sequence[Package], rows: pd.DataFrame, owner: pd.Series[int], again: pd.Series[bool]
) -> Iterator[str]:
    """The cells in which a row that comes again is not what it was at first, in words."""
    key = list(table_schema(name).primary_key)
    second = rows[again]
    keys = pd.MultiIndex.from_frame(rows[key])
    first_at = pd.Series(range(len(rows)), index=keys)[~again.to_numpy()]
    positions = first_at.reindex(keys[again.to_numpy()]).to_numpy()
    first = rows.iloc[positions]
    for column in packages[0].frames[name].columns:
        moment = column + _OFFSET if column + _OFFSET in rows else column
        differ = _differ(first, second, column) | _differ(first, second, moment)
        for at in differ.nonzero()[0]:
            one, other = int(positions[at]), int(second.index[at])
            files = [_file(packages[owner[row]], name) for row in (one, other)]
            cells = [_cell(rows, row, column) for row in (one, other)]
            named = "/".join(str(rows[part].iloc[one]) for part in key)
            yield f"{named}: {column} is {cells[0]} in {files[0]}, {cells[1]} in {files[1]}"


def _differ(first: pd.DataFrame, second: pd.DataFrame, column: str) -> Any:
    ours, theirs = first[column].reset_index(drop=True), second[column].reset_index(drop=True)
    equal = (ours == theirs).fillna(False).astype(bool) | (ours.isna() & theirs.isna())
    return ~equal.to_numpy(dtype=bool)


def _file(package: Package, name: str) -> Path:
    paths = (entry["path"] for entry in package.descriptor["resources"] if entry["name"] == name)
    return Path(package.root, next(paths))


def _cell(rows: pd.DataFrame, row: int, column: str) -> str:
    """A cell as the file has it, text in quotation marks."""
    value = rows[column].iloc[row]
    if pd.isna(value):
        return "blank"
    offset = rows[column + _OFFSET].iloc[row] if column + _OFFSET in rows else None
    if offset is not None:
        return str(value.tz_convert(timezone(timedelta(minutes=int(offset)))).isoformat())
    if isinstance(value, pd.Timestamp):
        return str(value.date().isoformat())
    return shown(value) if isinstance(value, str) else str(value).lower()
