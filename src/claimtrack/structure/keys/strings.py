"""Keys as strings: the parts of each as one, of rows that were read and of those that were lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.structure.cells.values import only
from claimtrack.structure.tables.raw import RawTable

JOINT = "\x1f"
"""Joins the parts of a key: no cell has it in it, being a control character."""


def key_values(table: RawTable, columns: Sequence[str]) -> pa.ChunkedArray:
    """Per row the parts of a key as one string, null where a part is blank or not in the file."""
    return pa.chunked_array(key_parts(table, columns), pa.string())


def key_parts(table: RawTable, columns: Sequence[str]) -> Iterator[pa.Array]:
    """The same part by part."""
    present = all(table.header.at(column) is not None for column in columns)
    for cells in table.store.parts(columns):
        yield joined(cells, columns) if present else pa.nulls(cells.num_rows, pa.string())


def joined(cells: pa.Table, columns: Sequence[str]) -> pa.Array:
    """Per row the cells of some columns as one string, null where one is blank."""
    found = [cells.column(column).combine_chunks() for column in columns]
    parts = [only(pc.not_equal(part, ""), part) for part in found]
    return parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, JOINT)


def lost_keys(table: RawTable, columns: Sequence[str]) -> list[str | None]:
    """The keys of the rows in `lost`, None where they cannot be made out."""
    places = [table.header.at(column) for column in columns]
    return [
        JOINT.join(cells[at] for at in places if at is not None)
        if all(at is not None and at < len(cells) for at in places)
        else None
        for cells in table.lost
    ]
