"""A table as its file is spelled: every cell a string, every row with its physical line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.schema import TableSchema
from claimtrack.structure.cells.values import as_held
from claimtrack.structure.rows.header import Header
from claimtrack.structure.rows.parquet import PARQUET
from claimtrack.structure.tables.store import Store

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class RawTable:
    """One table. `path` is POSIX and relative to the package; `lines` has the physical line of every row, from 1.

    `store` holds the cells of all columns of the schema, a blank as "" (so are all cells of a column that the file
    lacks); those of Parquet are typed, and there a line is a row. A cell whose characters or spacing are at fault is
    there as it would read if mended. Rows whose cells cannot be told apart are not there; `lost` has what can be made
    out of them, in the order of the header. `blamed` has the physical line and column name of cells of which nothing
    more is to be said. `numbers` has a number for the primary key of every row, and whether all of the key is filled:
    see `keys.hashes`.
    """

    name: str
    path: str
    schema: TableSchema
    header: Header
    store: Store
    lines: Ints
    blamed: frozenset[tuple[int, str]]
    lost: Sequence[Sequence[str]]
    numbers: tuple[Ints, Flags]

    @cached_property
    def arrow(self) -> pa.Table:
        """All cells at once."""
        return self.store.whole()

    @cached_property
    def cells(self) -> pd.DataFrame:
        """All columns of the schema as strings, "" where blank; the index counts rows from 0."""
        frame: pd.DataFrame = self.arrow.to_pandas(types_mapper={pa.string(): pd.StringDtype("pyarrow")}.get)
        return frame

    @property
    def counts(self) -> str:
        """What `lines` counts: "line", or "row" of Parquet."""
        return "row" if self.path.endswith(PARQUET) else "line"

    @property
    def absent(self) -> list[str]:
        """The columns of the schema that the file lacks."""
        return [column for column in self.schema.columns if self.header.at(column) is None]

    def key(self, row: int) -> str:
        """The primary key of a row as spelled, its parts joined by "/"."""
        return "/".join(self.store.cell(row, column) for column in self.schema.primary_key)

    def place(self, row: int, field: str | None) -> tuple[int, int]:
        """Physical line and code-point column, both from 1, at which the cell starts (without a field: the row)."""
        line = int(self.lines[row])
        at = None if field is None else self.header.at(field)
        if at is None:
            return line, 1
        return self.store.place(line, at, self.header.delimiter)

    def as_far_as_sound(self) -> pa.Table:
        """The cells, blank where one is at fault and no part of the key; after them the keys of the rows in `lost`."""
        lost = [self.lost_rows()] if self.lost else []
        return pa.concat_tables([*self.sound_parts(), *lost])

    def sound_parts(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The cells of all columns or some, part by part, blank where one is at fault and no part of the key."""
        asked = columns or self.schema.columns
        faulty = ({field for _, field in self.blamed} - {*self.schema.primary_key}).intersection(asked)
        at_fault = {field: [line for line, name in self.blamed if name == field] for field in faulty}
        start = 0
        for cells in self.store.values(asked):
            lines = self.lines[start : start + cells.num_rows]
            start += cells.num_rows
            for column, faults in at_fault.items():
                given, at = cells.column(column).combine_chunks(), cells.column_names.index(column)
                blank = pa.scalar("" if pa.types.is_string(given.type) else None, given.type)
                sound = pc.if_else(pa.array(np.isin(lines, faults)), blank, given)
                cells = cells.set_column(at, column, sound)
            yield cells

    def lost_rows(self) -> pa.Table:
        """The rows in `lost`, of which only the keys are filled, as far as they can be made out."""
        places = {column: self.header.at(column) for column in self.schema.primary_key}
        keys = {
            column: ["" if at is None or at >= len(cells) else cells[at] for cells in self.lost]
            for column, at in places.items()
        }
        blank = [""] * len(self.lost)
        return pa.table({field.name: as_held(field, keys.get(field.name, blank)) for field in self.schema.fields})
