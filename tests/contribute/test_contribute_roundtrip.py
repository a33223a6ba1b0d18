"""Whatever a spreadsheet did to a file: with the old rows to go by, repairing it gives back every byte."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from canonical_rows import rows
from damages import CELLS, File, damaged
from hypothesis import given
from hypothesis import strategies as st
from repairing import repaired_table

from claimtrack.contribute.canonical import canonical_bytes, tidied
from claimtrack.contribute.fmt import files
from claimtrack.contribute.sheet import Row, read_sheet
from claimtrack.schema import TABLES, table_schema
from examples import tried
from frozen import LIVE, frozen

DATES = ("day first", "day first, with seconds", "month first", "year first", "two digits", "month by name", "days")
NUMBERS = ("comma", "point", "thin space", "decimals")
FILES = {
    "byte order mark": File(encoding="utf-8-sig"),
    "CR LF": File(line_end="\r\n"),
    "CR": File(line_end="\r"),
    "semicolons": File(delimiter=";"),
    "tabs": File(delimiter="\t"),
    "cp1252": File(encoding="cp1252"),
    "cp1251": File(encoding="cp1251"),
    "UTF-16": File(encoding="utf-16"),
    "quoted": File(quoting=csv.QUOTE_ALL),
    "empty columns": File(empty_columns=3),
    "empty rows": File(empty_rows=2),
    "shuffled": File(shuffle=1),
    "columns in another order": File(columns_reversed=True),
    "no final line end": File(final_end=False),
}


tables = st.sampled_from(TABLES).flatmap(lambda table: st.tuples(st.just(table), rows(table_schema(table))))


def undone(table: str, made: Sequence[Row], how: File) -> None:
    schema = table_schema(table)
    canonical = canonical_bytes(schema, made)
    found = repaired_table(table, damaged(schema, made, how), canonical)
    assert found.problems == ()
    assert found.after == canonical
    assert found.doubts == ()
    assert all(change.why and change.before != change.after for change in found.changes)


@pytest.fixture(scope="module")
def live() -> dict[str, list[Row]]:
    """The tables of the frozen live blog."""
    with TemporaryDirectory() as folder:
        files_of = files(frozen(LIVE, Path(folder)))
    return {file.schema.name: tidied(read_sheet(file.schema, file.data, ""), "")[0] for file in files_of}


@pytest.mark.parametrize("how", FILES.values(), ids=FILES)
@pytest.mark.parametrize("table", ["claims", "predicates"])
def test_damage_to_a_file_is_undone(live: dict[str, list[Row]], table: str, how: File) -> None:
    undone(table, live[table], how)


@pytest.mark.parametrize("damage", CELLS)
@pytest.mark.parametrize("table", ["claims", "incidents", "places", "sources", "relays"])
def test_damage_to_cells_is_undone(live: dict[str, list[Row]], table: str, damage: str) -> None:
    undone(table, live[table], File(cells=[damage]))


anything = st.builds(
    File,
    delimiter=st.sampled_from(",;\t"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1251"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    empty_columns=st.integers(0, 2),
    empty_rows=st.integers(0, 2),
    shuffle=st.none() | st.integers(0, 99),
    columns_reversed=st.booleans(),
    final_end=st.booleans(),
    cells=st.tuples(
        st.sampled_from(["", *DATES]),
        st.sampled_from(["", *NUMBERS]),
        st.sampled_from(["", "decimal comma"]),
        st.sampled_from(["", "capitals", "german"]),
        st.sampled_from(["", "curled"]),
        st.sampled_from(["", "padded"]),
    ).map(lambda names: [name for name in names if name]),
)


@tried(60)
@given(made=tables, how=anything)
def test_any_damage_together_is_undone(made: tuple[str, list[Row]], how: File) -> None:
    undone(*made, how)
