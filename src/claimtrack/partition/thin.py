"""A few columns of all claims: what partitions, clocks and references are made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
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
from claimtrack.scopes import Ints
from claimtrack.structure import Raw, read
from claimtrack.structure.values import OFFSET

CLAIMS = table_schema("claims")
MOMENTS = ("reported_to", "asserted_from", "asserted_to")
THIN = (*COLUMNS, "source_id", *MOMENTS)
"""The columns of claims that are held."""
NEAR = ("polarity", "valid_mode", "valid_from", "valid_to", "zone_basis")
"""Those that are held too where a few claims are asked for: by them it is told what can meet these."""
ROW = "row"
"""The column of held claims that says where each waits."""


def held_columns(selection: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The columns of claims that have to be held for what is asked."""
    return (*THIN, *NEAR) if selection.get("claim") else THIN


def sound(descriptor: Path) -> Raw:
    """The tables of a package in which no error is found; raises `DataError` and `UsageError` as `load` does."""
    raw = read(descriptor)
    errors = [problem for problem in raw.problems if problem.severity == "error"]
    if errors:
        raise DataError(errors)
    return raw


def thin(
    raw: Raw, descriptor: Path, columns: Sequence[str] = THIN, claims: Iterable[pa.Table] | None = None
) -> Package:
    """The package that was read, of whose claims these columns are there.

    Claims may come from elsewhere than from what was read.
    """
    held = [typed(CLAIMS, cells) for cells in claims or raw.tables["claims"].sound_parts(columns)]
    frame, offsets = (pd.concat(parts, ignore_index=True) for parts in zip(*held, strict=True))
    tables = {name: table for name, table in raw.tables.items() if name != "claims"}
    package = from_raw(replace(raw, tables=tables), descriptor)
    return replace(package, frames={**package.frames, "claims": frame}, offsets={**package.offsets, "claims": offsets})


def numbered(cells: Iterable[pa.Table], ids: pd.Series, rows: Ints) -> pd.DataFrame:
    """Columns of claims in a tenth of the memory: texts as their different values, and ids as they are given.

    `cells`: of all claims; `rows`: the positions of those that are wanted, which are in `ROW`.
    """
    whole = in_one_piece([_piece(each) for each in cells])
    texts = typed(CLAIMS, whole.select(_columns(whole, "string")), categories=True)[0]
    moments = {name: whole.column(name).to_pandas() for name in _columns(whole, "datetime")}
    frame = pd.DataFrame({"claim_id": ids, **texts, **moments}, copy=False)
    frame = frame if len(rows) == len(frame) else frame.iloc[rows].reset_index(drop=True)
    return frame.assign(**{ROW: rows})


def _piece(cells: pa.Table) -> pa.Table:
    """Texts as their different values, moments as such."""
    texts = {name: encoded(cells.column(name)) for name in _columns(cells, "string")}
    moments = typed(CLAIMS, cells.select(_columns(cells, "datetime")))[0]
    return pa.table({**texts, **{str(name): pa.array(moments[name]) for name in moments}})


def _columns(cells: pa.Table, kind: str) -> list[str]:
    """The columns of a type of the schema, with those beside them."""
    return [name for name in cells.column_names if CLAIMS.field(name.removesuffix(OFFSET)).type == kind]


def encoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text as its different values."""
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
