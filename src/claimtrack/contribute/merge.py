"""Three versions of a table into one, row by row and cell by cell, by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claimtrack.contribute.canonical import in_order, key_of, place_in
from claimtrack.contribute.sheet import Row
from claimtrack.package.write import csv_line
from claimtrack.schema import TableSchema

OURS, BETWEEN, THEIRS = "<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What two sides made of one cell, or of a whole row: then `column` is "" and the three say what became of it.

    `base` is None where the row was not there before, or in conflict already.
    """

    key: str
    column: str = ""
    base: str | None
    ours: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """The text of the merged table, in canonical form but for the rows between conflict markers, and the conflicts."""

    text: str
    conflicts: Sequence[Conflict]


Rows = tuple[Row, ...]
_Key = tuple[str, ...]


@dataclass(frozen=True)
class _Outcome:
    """The rows of one key. With conflicts they are those of our side, and `theirs` those of the other."""

    rows: Rows
    theirs: Rows = ()
    conflicts: Sequence[Conflict] = ()

    @property
    def first(self) -> Rows:
        """The row that stands first, if any."""
        return (*self.rows, *self.theirs)[:1]


def merged(
    schema: TableSchema,
    base: Iterable[Row],
    ours: Iterable[Row],
    theirs: Iterable[Row],
    *,
    unsettled: Iterable[str] = (),
) -> Merged:
    """Merge the tidy rows of three versions.

    A row, or a cell of a row that both sides have, follows the side that changed it; if both did, and differently, that
    is a conflict, and so is a row that one side changed and the other deleted. Rows whose key is not complete are the
    same only if all of their cells are. Keys in `unsettled` had a conflict in the base itself: nobody knows what their
    rows were, so the two sides have to agree.
    """
    versions = [_grouped(schema, rows) for rows in (base, ours, theirs)]
    open_keys, place = set(unsettled), place_in(schema)
    outcomes = [
        _outcome(schema, *(version.get(key, ()) for version in versions), unsettled=_joined(schema, key) in open_keys)
        for key in dict.fromkeys(key for version in versions for key in version)
    ]
    kept = sorted((one for one in outcomes if one.first), key=lambda one: place(one.first[0]))
    lines = [csv_line(schema.columns), *(line for outcome in kept for line in _lines(schema, outcome))]
    return Merged("".join(lines), [conflict for outcome in kept for conflict in outcome.conflicts])


def _joined(schema: TableSchema, key: _Key) -> str:
    return "/".join(key[: len(schema.primary_key)])


def _grouped(schema: TableSchema, rows: Iterable[Row]) -> Mapping[_Key, Rows]:
    """The rows by key. Mostly there is one; where the key is repeated they count as a whole."""
    found: dict[_Key, Rows] = {}
    for row in in_order(schema, rows):
        parts = tuple(row[column] for column in schema.primary_key)
        key = parts if all(parts) else (*parts, *(row[column] for column in schema.columns))
        found[key] = (*found.get(key, ()), row)
    return found


def _outcome(schema: TableSchema, base: Rows, ours: Rows, theirs: Rows, *, unsettled: bool) -> _Outcome:
    if ours == theirs:
        return _Outcome(ours)
    if not unsettled and base in (ours, theirs):
        return _Outcome(theirs if base == ours else ours)
    if (unsettled or len(base) <= 1) and len(ours) == len(theirs) == 1:
        return _cells(schema, {} if unsettled or not base else base[0], ours[0], theirs[0])
    key = key_of(schema, (*ours, *theirs)[0])
    told = None if unsettled or not base else f"{len(base)} of that key"
    return _Outcome(ours, theirs, [Conflict(key=key, base=told, ours=_told(ours, base), theirs=_told(theirs, base))])


def _told(rows: Rows, base: Rows) -> str:
    """What a side made of the rows of one key."""
    if not rows:
        return "deleted"
    if len(rows) > 1 or len(base) != 1:
        return f"{len(rows)} of that key"
    changed = [f"{column} {cell!r}" for column, cell in rows[0].items() if cell != base[0][column]]
    return f"changed to {', '.join(changed)}" if changed else "as it was"


def _cells(schema: TableSchema, base: Row, ours: Row, theirs: Row) -> _Outcome:
    """One row that both sides have. Of cells that both changed, each side keeps its own; without a base all are."""
    our, their, conflicts = dict(ours), dict(theirs), []
    for column in schema.columns:
        mine, its, was = ours[column], theirs[column], base.get(column)
        if mine == was:
            our[column] = its
        elif its == was:
            their[column] = mine
        elif mine != its:
            conflicts.append(Conflict(key=key_of(schema, ours), column=column, base=was, ours=mine, theirs=its))
    return _Outcome((our,), (their,) if conflicts else (), conflicts)


def _lines(schema: TableSchema, outcome: _Outcome) -> list[str]:
    ours, theirs = (
        [csv_line([row[column] for column in schema.columns]) for row in rows]
        for rows in (outcome.rows, outcome.theirs)
    )
    return [OURS, *ours, BETWEEN, *theirs, THEIRS] if outcome.conflicts else ours
