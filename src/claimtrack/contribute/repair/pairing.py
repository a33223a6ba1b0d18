"""Which row of a file is which old row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from claimtrack.contribute.repair.evidence import damage_between
from claimtrack.contribute.repair.figures import figures, written
from claimtrack.contribute.sheet import Row
from claimtrack.schema import Field, TableSchema

_MOST = 250_000
"""How many pairs of rows are looked at to find damaged keys again: it takes about a second."""

Key = tuple[str, ...]


def paired(schema: TableSchema, rows: Sequence[Row], old: Sequence[Row]) -> list[Row | None]:
    """For every row the old one of the same key, None where there is none.

    Old keys that a spreadsheet has rewritten are found again where only one row of either side is left for the other.
    """
    fields = [schema.field(column) for column in schema.primary_key]
    keys = [_key(fields, row) for row in rows]
    old_keys = [_key(fields, row) for row in old]
    counts = Counter(old_keys)
    known = {key: row for key, row in zip(old_keys, old, strict=True) if counts[key] == 1}
    found = [known.get(key) for key in keys]
    strays = [at for at, row in enumerate(found) if row is None and keys[at] not in counts]
    present = set(keys)
    missing = [row for key, row in known.items() if key not in present]
    if len(strays) * len(missing) <= _MOST:
        for at, row in _found_again(fields, {at: rows[at] for at in strays}, missing):
            found[at] = row
    return found


def _key(fields: Sequence[Field], row: Row) -> Key:
    return tuple(_plain(field, row[field.name]) for field in fields)


def _plain(field: Field, cell: str) -> str:
    """The cell; of a whole number its digits, however it is written."""
    values = set(figures(cell).values()) if field.type == "integer" else set()
    return written(values.pop()) if len(values) == 1 else cell


def _found_again(fields: Sequence[Field], strays: dict[int, Row], missing: Sequence[Row]) -> list[tuple[int, Row]]:
    matches = [
        (at, number) for at, row in strays.items() for number, old in enumerate(missing) if _same(fields, old, row)
    ]
    rows, olds = Counter(at for at, _ in matches), Counter(number for _, number in matches)
    return [(at, missing[number]) for at, number in matches if rows[at] == olds[number] == 1]


def _same(fields: Sequence[Field], old: Row, new: Row) -> bool:
    return all(
        old[field.name] == new[field.name] or damage_between(field, old[field.name], new[field.name])
        for field in fields
    )
