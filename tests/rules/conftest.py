"""The rows of the valid package, to be changed and checked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typed_rows import Rows, key_of, package_of, valid_rows

from claimtrack.rules import Breach, check
from claimtrack.schema import table_schema


@pytest.fixture
def rows() -> Rows:
    return valid_rows()


@pytest.fixture
def change(rows: Rows) -> Callable[..., None]:
    """Change cells of the row of a table with that key (of claims, its last part), or append a row (key "")."""

    def changed(table: str, key: str, **cells: str) -> None:
        if not key:
            rows[table].append(dict.fromkeys(table_schema(table).columns, "") | cells)
            return
        keyed = {key_of(table, row): row for row in rows[table]}
        row = keyed.get(key) or next(row for known, row in keyed.items() if known.endswith(f"-{key}"))
        assert set(cells) <= set(row)
        row.update(cells)

    return changed


@pytest.fixture
def found(rows: Rows) -> Callable[[], list[Breach]]:
    return lambda: check(package_of(rows))
