from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from claimtrack.errors import DataError, UsageError
from claimtrack.locate import shipped_root
from claimtrack.package import from_raw, load
from claimtrack.package.typed import typed
from claimtrack.schema import TABLES, table_schema
from claimtrack.structure import no_rows, read
from mutations import build, valid

DTYPES = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[us]",
    "datetime": "datetime64[us, UTC]",
}


def test_a_package_is_found_by_its_folder_or_its_descriptor(tmp_path: Path) -> None:
    descriptor = valid(tmp_path)
    for path in (tmp_path, str(tmp_path), descriptor, str(descriptor)):
        package = load(path)
        assert package.path == descriptor
        assert package.root == tmp_path
        assert package.descriptor["name"] == "claimtrack-fixture"


def test_without_a_path_the_shipped_package_is_loaded() -> None:
    assert load().root == shipped_root()


@pytest.mark.parametrize("name", TABLES)
def test_columns_have_the_types_of_the_schema(name: str, tmp_path: Path) -> None:
    package = load(valid(tmp_path))
    frame, schema = package.frames[name], table_schema(name)
    assert getattr(package, name) is frame
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == {
        field.name: DTYPES[field.type] for field in schema.fields
    }
    clocks = [field.name for field in schema.fields if field.type == "datetime"]
    assert list(package.offsets[name].columns) == clocks
    assert all(str(dtype) == "Int64" for dtype in package.offsets[name].dtypes)
    assert len(package.offsets[name]) == len(frame)
    assert frame.index.equals(pd.RangeIndex(len(frame)))


def test_values_are_read_with_their_offsets(tmp_path: Path) -> None:
    package = load(valid(tmp_path))
    row = package.claims.set_index("claim_id").loc["20200906-ministry-southland-vapyhyyv"]
    assert row["valid_from"] == pd.Timestamp("2020-09-06T08:00:00Z")
    at = int(np.flatnonzero(package.claims["claim_id"] == "20200906-ministry-southland-vapyhyyv")[0])
    assert package.offsets["claims"].loc[at].tolist() == [0, 0, pd.NA, pd.NA, 60, pd.NA]
    assert row["valid_to"] is pd.NaT
    assert row["count_min"] is pd.NA
    assert package.places["latitude"].dropna().tolist() == [38.5]
    assert package.sources["published_on"].tolist() == [pd.Timestamp(f"2020-09-0{day}") for day in (5, 6, 7)]
    assert package.incidents["single_answer"].tolist() == [False, False, True]
    assert package.incidents["ends_at"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize("text", ["NA", "None", "null", "nan", "0", "1.50", "true", "éß€ 😀"])
def test_text_stays_what_it_is(text: str, tmp_path: Path) -> None:
    descriptor = build(tmp_path, [{"file": "data/actors.csv", "key": "gazette", "set": {"name": text}}])
    assert from_raw(read(descriptor), descriptor).actors["name"][9] == text


def test_tables_without_rows_keep_their_types(tmp_path: Path) -> None:
    links = ",".join(table_schema("links").columns) + "\n"
    package = load(build(tmp_path, [{"file": "data/links.csv", "text": links}]))
    assert package.links.shape == (0, 5)
    assert set(package.links.dtypes.map(str)) == {"string"}


def test_what_is_wrong_with_a_package_is_raised(tmp_path: Path) -> None:
    descriptor = build(tmp_path, [{"file": "data/actors.csv", "key": "gazette", "set": {"kind": "paper"}}])
    with pytest.raises(DataError, match="cannot be loaded") as raised:
        load(descriptor)
    assert [problem.code for problem in raised.value.problems] == ["enum-unknown"]


def test_where_there_is_no_package_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no data package"):
        load(tmp_path)
    with pytest.raises(UsageError, match="there is no data package"):
        load("x" * 300)
    (tmp_path / "datapackage.json").mkdir()
    with pytest.raises(UsageError, match="there is no data package"):
        load(tmp_path)


def test_a_pipe_for_a_descriptor_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "datapackage.json")
    with pytest.raises(UsageError):
        load(tmp_path)


def test_of_a_broken_package_everything_else_is_there(tmp_path: Path) -> None:
    descriptor = build(
        tmp_path,
        [
            {"file": "data/links.csv", "delete": True},
            {"file": "data/actors.csv", "replace": "farland,Farland,", "by": "farland,"},
            {"file": "data/claims.csv", "key": "20200906-gazette-cgxprxpo", "set": {"reported_to": "noon"}},
        ],
    )
    package = from_raw(read(descriptor), descriptor)
    assert len(package.links) == 0
    assert package.actors["actor_id"].tolist()[-1] == "farland"
    assert package.actors["name"].isna().tolist()[-1]
    assert len(package.actors) == 13
    row = package.claims.set_index("claim_id").loc["20200906-gazette-cgxprxpo"]
    assert row["reported_to"] is pd.NaT
    assert not pd.isna(row["reported_from"])


def test_columns_without_pieces_are_typed_as_those_without_rows() -> None:
    """As after a filter that leaves no rows: no claim of a large package may be like another."""
    schema = table_schema("claims")
    without = pa.table({column: pa.chunked_array([], pa.string()) for column in schema.columns})
    for ours, theirs in zip(typed(schema, without), typed(schema, no_rows(schema)), strict=True):
        pd.testing.assert_frame_equal(ours, theirs)
