"""Actors, places, incidents and sources under another id, and the rows that name them so: nothing else has changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from claimtrack.contribute.diff.renamed import Renamed
from claimtrack.contribute.diff.rows import Changed, Row, TableDiff
from claimtrack.package import Package
from claimtrack.schema import TableSchema, table_schema

NAMES = ("actors", "places", "incidents", "sources")
"""The tables of what others name by an id, in the order in which they name each other."""

ROUNDS = 3
"""How often rows of a table are looked at again that name each other: a place, its district, its region."""

_LISTS = ("also_within",)
"""Columns that name several rows of their own table, separated by '|'."""

Ids = Mapping[str, Mapping[str, str]]
"""By table what the old ids are now."""


def renamed_names(tables: Mapping[str, TableDiff]) -> list[Renamed]:
    """The rows that were removed and added again under another id, with all other cells the same.

    What they name may have another id, too. Rows that are alike but for their ids are left out.
    """
    found: list[Renamed] = []
    for name in NAMES:
        own: list[Renamed] = []
        for _ in range(ROUNDS):
            more = [*_again(tables[name], own, ids_of([*found, *own]))]
            own += more
            if not more:
                break
        found += own
    return found


def ids_of(renamed: Sequence[Renamed]) -> Ids:
    """What the old ids of these rows are now."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in renamed:
        found[one.table][one.before.key] = one.after.key
    return found


def _again(diff: TableDiff, known: Sequence[Renamed], ids: Ids) -> Iterator[Renamed]:
    schema = table_schema(diff.name)
    taken = {one.before.key for one in known}, {one.after.key for one in known}
    gone = _by_cells([row for row in diff.removed if row.key not in taken[0]], schema, ids)
    come = _by_cells([row for row in diff.added if row.key not in taken[1]], schema, {})
    for cells, rows in gone.items():
        others = come.get(cells, [])
        if len(rows) == len(others) == 1:
            yield Renamed(before=rows[0], after=others[0], columns=(), table=diff.name)


def _by_cells(rows: Sequence[Row], schema: TableSchema, ids: Ids) -> Mapping[tuple[str, ...], list[Row]]:
    """Rows by what stands in them beside their id."""
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    columns = [column for column in schema.columns if column not in schema.primary_key]
    for row in rows:
        found[tuple(_now(schema, column, row.cells.get(column, ""), ids) for column in columns)].append(row)
    return found


def _now(schema: TableSchema, column: str, cell: str, ids: Ids) -> str:
    """A cell with the ids as they are now."""
    known = _known(schema, column, ids)
    return "|".join(known.get(one, one) for one in cell.split("|")) if known else cell


def _known(schema: TableSchema, column: str, ids: Ids) -> Mapping[str, str]:
    """What the ids that a column holds are now."""
    key = schema.reference(column)
    own = column in _LISTS or (column,) == schema.primary_key
    return ids.get(schema.name if own else key.resource if key else "", {})


def apart(table: TableDiff, ids: Ids) -> TableDiff:
    """What differs in more than these ids: no row that only has another one, or only names what has."""
    if not ids:
        return table
    own = ids.get(table.name, {})
    known = {*own.values()}
    return TableDiff(
        table.name,
        [row for row in table.removed if row.key not in own],
        [row for row in table.changed if not follows(table.name, row, ids)],
        [row for row in table.added if row.key not in known],
        table.notes,
    )


def with_new_ids(package: Package, ids: Ids) -> Package:
    """The package as it would be if the new ids had always been there."""
    if not ids:
        return package
    return replace(package, frames={name: _with_new(name, frame, ids) for name, frame in package.frames.items()})


def _with_new(table: str, frame: pd.DataFrame, ids: Ids) -> pd.DataFrame:
    schema = table_schema(table)
    columns = {}
    for column in schema.columns:
        if _known(schema, column, ids):
            cells = frame[column]
            new = {cell: _now(schema, column, cell, ids) for cell in cells.dropna().unique()}
            columns[column] = cells.map(new).astype(cells.dtype)
    return frame.assign(**columns)


def follows(table: str, changed: Changed, ids: Ids) -> bool:
    """Whether nothing has changed in a row but how it names what has another id."""
    schema = table_schema(table)
    if table == "corrections" and changed.cells.keys() <= {"old", "new"}:
        column = changed.after.cells["column"]
        return all(named_anew(column, was, now, ids) or was == now for was, now in changed.cells.values())
    return all(_now(schema, column, was, ids) == now for column, (was, now) in changed.cells.items())


def named_anew(column: str, was: str, now: str, ids: Ids) -> bool:
    """Whether a cell of a claim names the same as before, which has another id."""
    key = table_schema("claims").reference(column)
    return key is not None and ids.get(key.resource, {}).get(was) == now


def followers(tables: Mapping[str, TableDiff], ids: Ids) -> Mapping[tuple[str, str], Counter[str]]:
    """By table and new id in how many rows of each table nothing has changed but that they name it by that id."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for table in tables.values() if ids else ():
        schema = table_schema(table.name)
        for row in table.changed:
            if table.name == "corrections" or not follows(table.name, row, ids):
                continue
            named = {one for column, (was, now) in row.cells.items() for one in _named(schema, column, was, now)}
            for one in named:
                found[one][table.name] += 1
    return found


def _named(schema: TableSchema, column: str, was: str, now: str) -> Iterator[tuple[str, str]]:
    """Table and id of what a cell names, and has not named so before."""
    key = schema.reference(column)
    if column in _LISTS:
        yield from ((schema.name, one) for one in set(now.split("|")) - set(was.split("|")))
    elif key:
        yield key.resource, now
