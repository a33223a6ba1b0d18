"""A package whose tables are Parquet is the package that it is in CSV, and its faults are found at their rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from claimtrack import DataError, load, validate
from claimtrack.schema import TABLES
from claimtrack.structure import limits
from claimtrack.structure.rows import parquet
from frozen import LIVE, frozen
from mutations import as_parquet, build, valid

TOLL = "20200906-ministry-northland-7wgktoa5"


def in_parquet(descriptor: Path) -> Path:
    for path in sorted((descriptor.parent / "data").glob("*.csv")):
        as_parquet(path)
    return descriptor


def rewritten(descriptor: Path, name: str, **columns: Any) -> Path:
    """The package with columns of a table, all in Parquet, replaced: a list of values, an array, or None for none."""
    path = in_parquet(descriptor).parent / "data" / f"{name}.parquet"
    table = pq.read_table(path)
    for column, values in columns.items():
        at = table.column_names.index(column) if column in table.column_names else table.num_columns
        if at < table.num_columns:
            kind = table.field(column).type
            table = table.remove_column(at)
        if values is not None:
            typed = values if isinstance(values, pa.Array) else pa.array(values, kind)
            table = table.add_column(at, column, typed)
    pq.write_table(table, path)
    return descriptor


def found(descriptor: Path) -> list[tuple[str, int | None, int | None, str | None]]:
    return [(one.code, one.line, one.column, one.field) for one in validate(descriptor)]


@pytest.mark.parametrize("name", [LIVE, "valid"])
def test_it_loads_as_the_same_frames(tmp_path: Path, name: str) -> None:
    csv, typed = load(frozen(name, tmp_path / "csv")), load(in_parquet(frozen(name, tmp_path / "parquet")))
    for table in TABLES:
        pd.testing.assert_frame_equal(typed.frames[table], csv.frames[table])
        pd.testing.assert_frame_equal(typed.offsets[table], csv.offsets[table])


def test_a_valid_one_has_no_problems(tmp_path: Path) -> None:
    assert validate(in_parquet(valid(tmp_path))) == []
    assert validate(tmp_path, engine="frictionless") == []


EDITS: list[Mapping[str, Any]] = [
    {"file": "data/claims.csv", "key": TOLL, "set": {"count_max": "9"}},
    {"file": "data/claims.csv", "key": TOLL, "set": {"kind": "counts"}},
    {"file": "data/claims.csv", "key": TOLL, "set": {"place_id": "nowhere-at-all"}},
    {"file": "data/claims.csv", "key": TOLL, "set": {"text": ""}},
    {"file": "data/claims.csv", "key": TOLL, "set": {"text": "\u200bUnseen."}},
    {"file": "data/claims.csv", "key": TOLL, "set": {"note": "=1+1"}},
    {"file": "data/actors.csv", "append": {"actor_id": "northland", "name": "Again", "kind": "state"}},
    {"file": "data/places.csv", "append": {"place_id": "far", "name": "Far", "kind": "area", "latitude": "91"}},
    {"file": "data/sources.csv", "key": "wire-report", "set": {"kind": "wires"}},
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: str(edit.get("set", edit.get("append"))))
def test_a_fault_is_found_as_in_csv_one_row_up(tmp_path: Path, edit: Mapping[str, Any]) -> None:
    csv = validate(build(tmp_path / "csv", [edit]))
    typed = validate(in_parquet(build(tmp_path / "parquet", [edit])))
    assert csv
    assert [(one.code, one.resource, one.field, one.key) for one in typed] == [
        (one.code, one.resource, one.field, one.key) for one in csv
    ]
    assert [one.line for one in typed] == [one.line and one.line - 1 for one in csv]
    assert {Path(one.path or "").suffix for one in typed} == {".parquet"}


def test_a_datetime_needs_its_offset_and_whole_seconds(tmp_path: Path) -> None:
    blank = [None] * 3
    moments = pa.array([0, 1_500_000, -(2**62)], pa.int64()).cast(pa.timestamp("us", "UTC"))
    descriptor = rewritten(
        valid(tmp_path),
        "incidents",
        ends_at=moments,
        ends_at_offset=[None, 0, 0],
        starts_at=blank,
        starts_at_offset=blank,
    )
    place = {code: (line, field) for code, line, _, field in found(descriptor)}
    assert place["datetime-no-offset"] == (1, "ends_at")
    assert [line for code, line, _, _ in found(descriptor) if code == "datetime-invalid"] == [2, 3]


def test_columns_that_the_file_lacks_or_the_schema_does_not_know(tmp_path: Path) -> None:
    descriptor = rewritten(valid(tmp_path / "a"), "sources", language=None, colour=pa.array(["red"] * 3))
    assert {code for code, *_ in found(descriptor)} == {"header-missing", "header-extra"}
    descriptor = rewritten(valid(tmp_path / "b"), "incidents", starts_at_offset=None)
    assert ("header-missing", None, None, "starts_at") in found(descriptor)


def test_a_file_that_is_cut_off_is_no_package(tmp_path: Path) -> None:
    path = in_parquet(valid(tmp_path)).parent / "data" / "claims.parquet"
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(DataError, match=r"data/claims\.parquet: error parquet-unreadable"):
        load(tmp_path)


def test_a_small_file_cannot_expand_without_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = in_parquet(valid(tmp_path)).parent / "data" / "actors.parquet"
    table = pq.read_table(path)
    long = pa.array(["x" * limits.LINE_BYTES + "x"]).take(pa.array([0] * table.num_rows))
    pq.write_table(table.set_column(table.column_names.index("note"), "note", long), path)
    assert ("parquet-unreadable", 1, None, None) in found(tmp_path / "datapackage.json")
    monkeypatch.setattr(parquet, "BATCH_BYTES", 1000)
    assert ("parquet-unreadable", 1, None, None) in found(in_parquet(valid(tmp_path / "b")))


def test_columns_of_other_types_are_named(tmp_path: Path) -> None:
    descriptor = rewritten(valid(tmp_path / "a"), "sources", title=pa.array([["a"], ["b"], None]))
    [problem] = validate(descriptor)
    assert (problem.code, problem.field) == ("column-type", "title")
    assert problem.message.endswith("and has to be string")
    bad = pa.array([b"\xff", b"good", b"ed\x1b"]).view(pa.string())
    [problem] = validate(rewritten(valid(tmp_path / "b"), "sources", title=bad))
    assert (problem.code, "title holds text that is not UTF-8" in problem.message) == ("parquet-unreadable", True)


def test_a_table_without_rows_is_one(tmp_path: Path) -> None:
    path = in_parquet(valid(tmp_path)).parent / "data" / "links.parquet"
    pq.write_table(pq.read_table(path).slice(0, 0), path)
    assert len(load(tmp_path).links) == 0


@pytest.mark.parametrize(
    ("name", "blank"),
    [
        ("actors", ("note",)),
        ("places", ("latitude", "longitude")),
        ("claims", ("asserted_from", "asserted_from_offset", "asserted_to", "asserted_to_offset")),
        ("claims", ("asserted_from", "asserted_from_offset", "count_approx")),
    ],
)
def test_a_column_of_which_nothing_says_what_it_holds_is_blank(
    tmp_path: Path, name: str, blank: tuple[str, ...]
) -> None:
    typed, bare = (in_parquet(valid(tmp_path / side)) for side in ("typed", "bare"))
    for descriptor in (typed, bare):
        path = descriptor.parent / "data" / f"{name}.parquet"
        table = pq.read_table(path)
        for column in blank:
            at = table.column_names.index(column)
            kind = table.field(column).type if descriptor == typed else pa.null()
            table = table.set_column(at, column, pa.nulls(len(table), kind))
        pq.write_table(table, path)
    assert found(bare) == found(typed)
    pd.testing.assert_frame_equal(load(bare).frames[name], load(typed).frames[name])
    pd.testing.assert_frame_equal(load(bare).offsets[name], load(typed).offsets[name])


def test_a_required_column_of_which_nothing_says_what_it_holds_is_missing(tmp_path: Path) -> None:
    descriptor = rewritten(valid(tmp_path), "sources", title=pa.nulls(3))
    assert {one.code for one in validate(descriptor) if one.field == "title"} == {"required-missing"}
