"""Cells that hold several values, separated by |."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.rules.breach import Condition, Mask
from claimtrack.rules.cells import Hints, some
from claimtrack.rules.remembered import remembered
from claimtrack.structure.telling.shown import shown

if TYPE_CHECKING:
    from claimtrack.package import Package

LISTS = (("actors", "aliases"), ("places", "aliases"), ("places", "also_within"), ("predicates", "outcomes"))


@remembered
def parts_of(frame: pd.DataFrame, column: str) -> pd.Series[Any]:
    """The parts of all lists of a column: one row a part, its index the position of the row that holds the list."""
    lists = pc.split_pattern(pa.array(frame[column]), "|")
    return pd.Series(pc.list_flatten(lists), pc.list_parent_indices(lists).to_numpy(), pd.StringDtype())


def rows_of(parts: pd.Series[Any], frame: pd.DataFrame) -> Mask:
    """The rows of the frame that hold one of the parts."""
    rows = np.zeros(len(frame), dtype=bool)
    rows[parts.index] = True
    return rows


def _parts(table: str, column: str, package: Package) -> Iterator[Condition]:
    frame = package.frames[table]
    parts = parts_of(frame, column)
    numbers, different = pd.factorize(parts)
    repeated = pd.Index(parts.index * len(different) + numbers).duplicated()

    def fault(part: str) -> str:
        if part != part.strip():
            return f"the part {shown(part)} has spaces around it"
        return f"{shown(part)} stands in it more than once" if part else "one part is empty"

    faulty = parts[(parts.str.strip() != parts) | (parts == "") | repeated]
    yield Condition(
        code="list-parts",
        table=table,
        field=column,
        broken=rows_of(faulty, frame),
        message=lambda row: f"{column}: {'; '.join(fault(part) for part in dict.fromkeys(faulty.loc[[row]]))}",
    )


def _also_within(package: Package) -> Iterator[Condition]:
    places = package.places
    parts = parts_of(places, "also_within")
    known = places["place_id"].dropna().tolist()
    unknown = parts[~parts.isin(known)]
    hint = Hints()
    yield Condition(
        code="also-within-unknown",
        table="places",
        field="also_within",
        broken=rows_of(unknown, places),
        message=lambda row: some([f"there is no place {name}{hint(name, known)}" for name in unknown.loc[[row]]], "; "),
    )


RULES = (
    *(partial(_parts, table, column) for table, column in LISTS),
    _also_within,
)
