"""A few columns of all claims: what partitions, clocks and references are made from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa

from claimtrack.errors import DataError
from claimtrack.package import Package, from_raw
from claimtrack.package.lookup import in_one_piece
from claimtrack.package.typed import typed
from claimtrack.partition.assign import COLUMNS
from claimtrack.schema import table_schema
from claimtrack.structure import Raw, read
from claimtrack.structure.cells.values import CODED, held

CLAIMS = table_schema("claims")
TIMED = ("source_id", "reported_to", "asserted_from", "asserted_to")
"""The columns of claims that clocks are told from."""
THIN = (*COLUMNS, *TIMED)
"""The columns of claims that are held."""
NEAR = ("polarity", "valid_mode", "valid_from", "valid_to", "zone_basis")
"""Those that are held too where some claims or incidents are asked for: by them it is told what can meet these."""
NUMBERED = [field.name for field in CLAIMS.fields if held(field) == CODED and field.type == "string"]
"""Those of text with few different values: these are read and held once, and a number a claim."""
ROW = "row"
"""The column of held claims that says where each waits."""


def held_columns(selection: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The columns of claims that have to be held for what is asked."""
    return (*THIN, *NEAR) if selection.get("claim") or selection.get("incident") else THIN


def sound(descriptor: Path) -> Raw:
    """The tables of a package in which no error is found; raises `DataError` and `UsageError` as `load` does."""
    raw = read(descriptor)
    errors = [problem for problem in raw.problems if problem.severity == "error"]
    if errors:
        raise DataError(errors)
    return raw


def thin(raw: Raw, descriptor: Path, columns: Sequence[str] = THIN, claims: pa.Table | None = None) -> Package:
    """The package that was read, of whose claims these columns are there.

    Claims may come from elsewhere than from what was read.
    """
    if claims is None:
        parts = [typed(CLAIMS, cells) for cells in raw.tables["claims"].sound_parts(columns)]
        frame, offsets = (pd.concat(each, ignore_index=True) for each in zip(*parts, strict=True))
    else:
        frame, offsets = typed(CLAIMS, claims, categories=True)
    tables = {name: table for name, table in raw.tables.items() if name != "claims"}
    package = from_raw(replace(raw, tables=tables), descriptor)
    return replace(package, frames={**package.frames, "claims": frame}, offsets={**package.offsets, "claims": offsets})


def numbered(cells: Callable[[str], Iterable[pa.Table]], columns: Iterable[str]) -> dict[str, pd.Series]:
    """Columns of all claims in a tenth of the memory: texts as their different values. They are read one by one."""
    return {name: _whole(name, list(map(_piece, cells(name)))) for name in columns}


def _piece(cells: pa.Table) -> pa.Table:
    """One column of some claims: text as its different values, moments as such."""
    [name, *_] = cells.column_names
    column = cells.column(name)
    if CLAIMS.field(name).type == "datetime":
        column = pa.chunked_array([pa.array(typed(CLAIMS, cells)[0][name])])
    elif not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    return pa.table({name: column})


def _whole(name: str, pieces: list[pa.Table]) -> pd.Series:
    """One column of all claims."""
    cells = in_one_piece(pieces)
    if CLAIMS.field(name).type == "datetime":
        moments: pd.Series = cells.column(name).to_pandas()
        return moments
    return typed(CLAIMS, cells, categories=True)[0][name]
