"""Claims whose id was edited: a row that is gone and one that has come, of the same cells or nearly the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimtrack.contribute.diff.rows import Row, TableDiff
from claimtrack.schema import table_schema

APART = 2
"""Cells beside the id in which both may differ: of a claim some twenty are filled."""

COMPARED = 200
"""Rows gone, and rows come, up to which such differences are looked for: each is compared with each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """One row of a table under another id. `columns` are those, beside the id, in which it reads otherwise."""

    before: Row
    after: Row
    columns: tuple[str, ...]
    table: str = "claims"


def renamed(claims: TableDiff) -> list[Renamed]:
    """The claims that were removed and added again under another id, in the order of the removed ones."""
    come: dict[tuple[str, ...], list[Row]] = {}
    for row in claims.added:
        come.setdefault(_said(row), []).append(row)
    found: dict[str, Renamed] = {}
    for gone in claims.removed:
        if alike := come.get(_said(gone)):
            found[gone.key] = Renamed(before=gone, after=alike.pop(0), columns=())
    taken = {one.after.key for one in found.values()}
    left = [row for row in claims.removed if row.key not in found]
    fresh = [row for row in claims.added if row.key not in taken]
    if max(len(left), len(fresh)) <= COMPARED:
        found |= {one.before.key: one for one in _nearest(left, fresh)}
    return [found[row.key] for row in claims.removed if row.key in found]


def _nearest(gone: Sequence[Row], come: Sequence[Row]) -> Iterator[Renamed]:
    """Pairs that differ in a few cells, the closest first; each row is in one pair."""
    pairs = [
        Renamed(before=before, after=after, columns=columns)
        for before in gone
        for after in come
        if len(columns := _differing(before, after)) <= APART
    ]
    taken: set[str] = set()
    for pair in sorted(pairs, key=lambda pair: len(pair.columns)):
        if not {pair.before.key, pair.after.key} & taken:
            taken |= {pair.before.key, pair.after.key}
            yield pair


def _said(row: Row) -> tuple[str, ...]:
    return tuple(row.cells.get(column, "") for column in _COLUMNS)


def _differing(one: Row, other: Row) -> tuple[str, ...]:
    return tuple(column for column in _COLUMNS if one.cells.get(column) != other.cells.get(column))


_COLUMNS = tuple(column for column in table_schema("claims").columns if column != "claim_id")
