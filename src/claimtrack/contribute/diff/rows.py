"""Rows of two versions of a table, matched by key; where they stand in the files does not matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.contribute.diff.sides import Side
from claimtrack.schema import TABLES, TableSchema, table_schema
from claimtrack.structure import RawTable
from claimtrack.structure.keys.strings import JOINT, lost_keys

Key = tuple[str, ...]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it is spelled: the cells that are not blank. `line` is the physical line in the file at `path`."""

    key: str
    path: str
    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One row with other cells under the same key: column → what it was and what it is, "" where blank."""

    before: Row
    after: Row
    cells: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class TableDiff:
    """One table. `notes` are sentences about what could not be compared."""

    name: str
    removed: list[Row] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    added: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Whether every row could be compared and none differs."""
        return not (self.removed or self.changed or self.added or self.notes)


def compare_tables(base: Side, head: Side) -> dict[str, TableDiff]:
    """Every table of the schema, in its order."""
    return {name: _compare(table_schema(name), base, head) for name in TABLES}


def _compare(schema: TableSchema, base: Side, head: Side) -> TableDiff:
    diff = TableDiff(schema.name)
    for side in (base, head):
        if not _readable(schema, side):
            diff.notes.append(f"{schema.name} cannot be read in {side.name}; its rows are not compared")
    if diff.notes:
        return diff
    was, now = base.raw.tables.get(schema.name), head.raw.tables.get(schema.name)
    columns = [column for column in schema.columns if _present(column, was) and _present(column, now)]
    for side, table in ((base, was), (head, now)):
        if table is not None and table.absent:
            diff.notes.append(f"{schema.name} has no {', '.join(table.absent)} in {side.name}; that is not compared")
    less, more = _apart(was, now, columns)
    gone, come = _rows(base, was, less, columns), _rows(head, now, more, columns)
    for key in sorted(gone.keys() | come.keys()):
        _pair(diff, gone.get(key, []), come.get(key, []), columns)
    _leave_out_lost(diff, schema, (base, was, diff.added), (head, now, diff.removed))
    return diff


def _readable(schema: TableSchema, side: Side) -> bool:
    """Whether the keys can be told. A table that the descriptor does not name is one without rows."""
    table = side.raw.tables.get(schema.name)
    if table is not None:
        return not set(table.absent) & set(schema.primary_key)
    entries = side.raw.descriptor.get("resources")
    if not isinstance(entries, list):
        return False
    return all(not isinstance(entry, Mapping) or entry.get("name") != schema.name for entry in entries)


def _present(column: str, table: RawTable | None) -> bool:
    return table is None or column not in table.absent


def _rows(side: Side, table: RawTable | None, rows: Ints, columns: Sequence[str]) -> dict[Key, list[Row]]:
    """Some rows of a table by key; of one key in the order of their cells."""
    found: dict[Key, list[Row]] = defaultdict(list)
    if table is None:
        return found
    cells = table.arrow.select(list(columns)).take(pa.array(rows)).to_pylist()
    for at, row in sorted(zip(rows.tolist(), cells, strict=True), key=lambda pair: list(pair[1].values())):
        key = tuple(row[column] for column in table.schema.primary_key)
        told = {column: cell for column, cell in row.items() if cell}
        path, line = side.place(table.path, int(table.lines[at]))
        found[key].append(Row(key="/".join(key), path=path, line=line, cells=told))
    return found


def _apart(was: RawTable | None, now: RawTable | None, columns: Sequence[str]) -> tuple[Ints, Ints]:
    """The rows of each table that the other does not hold just so; what one holds more often is over."""
    rows = [np.arange(0 if table is None else table.arrow.num_rows) for table in (was, now)]
    if was is not None and now is not None:
        alike = _alike(was.arrow, now.arrow, was.schema.primary_key, columns)
        rows = [np.setdiff1d(every, taken, assume_unique=True) for every, taken in zip(rows, alike, strict=True)]
    texts = [_texts(table, columns, left) for table, left in zip((was, now), rows, strict=True)]
    encoded = pa.chunked_array(texts).combine_chunks().dictionary_encode()
    numbers = encoded.indices.to_numpy().astype(np.int64)
    before, after = numbers[: len(texts[0])], numbers[len(texts[0]) :]
    return rows[0][_over(before, after)], rows[1][_over(after, before)]


def _alike(was: pa.Table, now: pa.Table, key: Sequence[str], columns: Sequence[str]) -> tuple[Ints, Ints]:
    """Rows of one key with the same cells, nearly all of most tables. None are looked for where a key comes twice."""
    ours, theirs = (_joined(table, key) for table in (was, now))
    if any(len(keys.unique()) < len(keys) for keys in (ours, theirs)):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    found = pc.index_in(theirs, value_set=ours)
    there = np.flatnonzero(found.is_valid())
    here = found.drop_null().to_numpy().astype(np.int64)
    same = np.ones(len(here), dtype=bool)
    for column in columns:
        cells = (table[column].combine_chunks().take(pa.array(at)) for table, at in ((was, here), (now, there)))
        same &= pc.equal(*cells).to_numpy(zero_copy_only=False)
    return here[same], there[same]


def _over(ours: Ints, theirs: Ints) -> Ints:
    """The positions of ours that are left when each number of theirs has taken one away, the first ones first."""
    held = np.bincount(theirs, minlength=int(ours.max(initial=-1)) + 1)
    order = np.argsort(ours, kind="stable")
    nth = np.empty(len(ours), dtype=np.int64)
    nth[order] = np.arange(len(ours)) - np.searchsorted(ours[order], ours[order])
    return np.flatnonzero(nth >= held[ours])


def _texts(table: RawTable | None, columns: Sequence[str], rows: Ints) -> pa.Array:
    """Some rows, each as one string."""
    if table is None:
        return pa.array([], pa.string())
    return _joined(table.arrow.take(pa.array(rows)), columns)


def _joined(table: pa.Table, columns: Sequence[str]) -> pa.Array:
    """These cells of every row as one string."""
    cells = table.select(list(columns)).combine_chunks().columns
    return pc.binary_join_element_wise(*cells, JOINT).combine_chunks()


def _pair(diff: TableDiff, gone: Sequence[Row], come: Sequence[Row], columns: Sequence[str]) -> None:
    """Rows of one key: a key that stands twice in a file is paired as far as there are pairs."""
    for before, after in zip_longest(gone, come):
        if before is None:
            diff.added.append(after)
        elif after is None:
            diff.removed.append(before)
        else:
            pairs = {column: (before.cells.get(column, ""), after.cells.get(column, "")) for column in columns}
            cells = {column: pair for column, pair in pairs.items() if pair[0] != pair[1]}
            diff.changed.append(Changed(before=before, after=after, cells=cells))


def _leave_out_lost(diff: TableDiff, schema: TableSchema, *sides: tuple[Side, RawTable | None, list[Row]]) -> None:
    """A row that cannot be told apart into cells on one side is neither added to the other nor removed from it."""
    for side, table, listed in sides:
        if table is None or not table.lost:
            continue
        keys = {key.replace(JOINT, "/") for key in lost_keys(table, schema.primary_key) if key is not None}
        listed[:] = [row for row in listed if row.key not in keys]
        number = len(table.lost)
        told = "1 row" if number == 1 else f"{number:,} rows"
        diff.notes.append(f"{told} of {schema.name} cannot be read in {side.name}; what can is compared")
