"""Which changes of recorded claims lack a row in corrections.csv that says so, and the rows that would."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from claimtrack.contribute.canonical import canonical_bytes
from claimtrack.contribute.diff.names import Ids, named_anew
from claimtrack.contribute.diff.rows import Changed
from claimtrack.contribute.diff.sides import Side
from claimtrack.contribute.fmt import files
from claimtrack.contribute.sheet import Row, read_sheet
from claimtrack.errors import UsageError
from claimtrack.package.write import write_whole
from claimtrack.schema import correctable, table_schema

TABLE = "corrections"
Cell = tuple[str, str]
"""The id of a claim, and a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncorrected:
    """One cell of a claim that was there before and reads otherwise now, and no correction says why.

    `path` and `line` are where the claim stands now. `begun` is true where corrections of the cell were added or
    changed, but do not lead from what it was to what it is.
    """

    claim_id: str
    column: str
    old: str
    new: str
    path: str
    line: int
    begun: bool


def uncorrected(changed: Sequence[Changed], base: Side, head: Side, ids: Ids) -> list[Uncorrected]:
    """The changed cells of claims that ask for a correction, in the order of the rows.

    One that names the same as before by another id, of `ids`, asks for none.
    """
    claims = {row.after.key for row in changed}
    before, after = _by_cell(base, claims), _by_cell(head, claims)
    found = []
    for row in changed:
        for column, (was, now) in row.cells.items():
            cell = row.after.key, column
            if column not in correctable() or named_anew(column, was, now, ids):
                continue
            if not _told(before[cell], after[cell], was, now):
                found.append(
                    Uncorrected(
                        claim_id=row.after.key,
                        column=column,
                        old=was,
                        new=now,
                        path=row.after.path,
                        line=row.after.line,
                        begun=before[cell] != after[cell],
                    )
                )
    return found


def _told(before: Sequence[Row], after: Sequence[Row], was: str, now: str) -> bool:
    """Whether the corrections of a cell lead from what it first was to what it is.

    They may also have been taken back altogether, with the cell what it was before the first.
    """
    first = before[0]["old"] if before else was
    if before == after:
        return False
    return (after[0]["old"], after[-1]["new"]) == (first, now) if after else now == first


def _by_cell(side: Side, claims: Collection[str]) -> Mapping[Cell, list[Row]]:
    """The corrections of these claims by cell, each in the order of their days."""
    found: dict[Cell, list[Row]] = defaultdict(list)
    table = side.raw.tables.get(TABLE)
    rows = [] if table is None or not claims else table.arrow.to_pylist()
    for row in sorted(rows, key=lambda row: str(row["corrected_on"])):
        if row["claim_id"] in claims:
            found[row["claim_id"], row["column"]].append(row)
    return found


def write_corrections(descriptor: Path, reasons: Sequence[tuple[Uncorrected, str]], day: date) -> None:
    """Add a correction for each cell, with its reason. The cells must not be those of which one is `begun`.

    A cell that was corrected on the same day already keeps that row, which then ends with what the cell is now. Raises
    `UsageError` where the package has no table of corrections, `DataError` where it cannot be read, OSError where it
    cannot be written.
    """
    file = next((file for file in files(descriptor) if file.schema.name == TABLE), None)
    if file is None:
        raise UsageError("this package has no table of corrections; docs/schema-versions.md says how it gets one")
    rows = {_key(row): row for row in read_sheet(file.schema, file.data, file.path).rows}
    for one, reason in reasons:
        cells = {"claim_id": one.claim_id, "column": one.column, "old": one.old, "new": one.new}
        row = {**cells, "corrected_on": day.isoformat(), "reason": reason}
        known = rows.pop(_key(row), None)
        row["old"] = known["old"] if known else row["old"]
        if row["old"] != row["new"]:
            rows[_key(row)] = row
    write_whole(file.root / file.path, canonical_bytes(file.schema, rows.values()))


def _key(row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in table_schema(TABLE).primary_key)
