"""Damaged packages end in problems or in a documented error, never in anything else, and never late."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from mutants import Workshop, changed_bytes, changed_files, changed_json, edited_tables, original
from outcomes import examine

from claimtrack.schema import TABLES
from examples import tried

QUICK = settings(
    tried(6),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking takes minutes where an example takes a second
)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("fuzzed"))


@QUICK
@given(table=st.sampled_from(TABLES), data=st.data())
def test_damaged_bytes_of_a_table(workshop: Workshop, table: str, data: st.DataObject) -> None:
    file = f"data/{table}.csv"
    examine(workshop.with_files({file: data.draw(changed_bytes(original(file)))}))


@QUICK
@given(data=changed_bytes(original("datapackage.json")))
def test_damaged_bytes_of_the_descriptor(workshop: Workshop, data: bytes) -> None:
    examine(workshop.with_files({"datapackage.json": data}))


@QUICK
@given(data=changed_json("datapackage.json"))
def test_another_descriptor(workshop: Workshop, data: bytes) -> None:
    examine(workshop.with_files({"datapackage.json": data}))


@QUICK
@given(table=st.sampled_from(TABLES), data=st.data())
def test_another_schema(workshop: Workshop, table: str, data: st.DataObject) -> None:
    file = f"schemas/{table}.json"
    examine(workshop.with_files({file: data.draw(changed_json(file))}))


@QUICK
@given(files=edited_tables())
def test_other_cells_and_rows(workshop: Workshop, files: dict[str, bytes]) -> None:
    examine(workshop.with_files(files))


@QUICK
@given(files=changed_files())
def test_several_damaged_files(workshop: Workshop, files: dict[str, bytes]) -> None:
    examine(workshop.with_files(files))
