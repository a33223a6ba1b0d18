"""A package that is looked at in parts has the problems that it has as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from claimtrack import structure
from claimtrack.package import parts
from claimtrack.rulebook import rules
from claimtrack.schema import table_schema
from claimtrack.structure import read
from claimtrack.structure.rows import blocks, parquet
from claimtrack.structure.tables import store
from claimtrack.validation import problems_of, validate
from mutations import as_parquet, build, valid

TOGETHER = (
    (
        "claim-twice", "statement-sources", "link-forwards", "link-other-claimant", "relay-claimant", "relay-publisher",
        "offset-unlikely", "count-reversed", "reported-before-source", "correction-stale", "correction-chain",
    ),
    ("count-text-differs", "valid-outside-incident"),
)  # fmt: skip
"""Rules that compare claims, that look up claims from other tables, and that look up other tables from claims: breaks
that leave each other be."""

ALONE = (
    "key-repeated", "reference-unknown", "row-short", "quote-unclosed", "required-missing", "line-end",
    "encoding-invalid",
)  # fmt: skip
"""Faults that keep rules from being looked at, and files of which the text is not kept as it is."""


def breaks(codes: Sequence[str]) -> list[Mapping[str, Any]]:
    """The first break of each rule."""
    return [edit for code in codes for edit in rules()[code].breaks[0].edits]


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From then on files are read some lines at a time, kept outside of memory, and judged some rows at a time."""

    def begin() -> None:
        monkeypatch.setattr(blocks, "BLOCK_BYTES", 2_000)
        monkeypatch.setattr(parquet, "BATCH_ROWS", 3)
        monkeypatch.setattr(store, "KEPT_BYTES", 1_000)
        monkeypatch.setattr(parts, "PART_ROWS", 8)
        monkeypatch.setattr(structure, "LARGE_ROWS", 2)

    return begin


@pytest.mark.parametrize("codes", [*TOGETHER, *((code,) for code in ALONE)], ids=lambda codes: codes[0])
def test_parts_have_the_same_problems_as_the_whole(
    codes: Sequence[str], tmp_path: Path, in_parts: Callable[[], None]
) -> None:
    descriptor = build(tmp_path, breaks(codes))
    whole = validate(descriptor)
    in_parts()
    assert validate(descriptor) == whole
    assert {problem.code for problem in whole} == set(codes)


def test_claims_to_which_nothing_points(tmp_path: Path, in_parts: Callable[[], None]) -> None:
    tables = ("links", "relays", "corrections")
    empty = [{"file": f"data/{name}.csv", "text": ",".join(table_schema(name).columns) + "\n"} for name in tables]
    descriptor = build(tmp_path, [*empty, *breaks(["count-reversed"])])
    whole = validate(descriptor)
    in_parts()
    assert validate(descriptor) == whole
    assert {problem.code for problem in whole} == {"count-reversed"}


@pytest.mark.parametrize(
    "codes", [("offset-unlikely", "relay-publisher", "statement-sources"), ("valid-outside-incident",)], ids=" ".join
)
def test_parts_of_parquet_have_the_same_problems(
    codes: Sequence[str], tmp_path: Path, in_parts: Callable[[], None]
) -> None:
    descriptor = build(tmp_path, breaks(codes))
    for path in sorted((tmp_path / "data").glob("*.csv")):
        as_parquet(path)
    whole = validate(descriptor)
    in_parts()
    assert validate(descriptor) == whole
    assert sorted(problem.code for problem in whole) == sorted(codes)


def test_a_fault_in_what_claims_look_up_is_no_other_fault(tmp_path: Path, in_parts: Callable[[], None]) -> None:
    edit = {"file": "data/sources.csv", "key": "wire-report", "set": {"published_on": "2022-13-40"}}
    descriptor = build(tmp_path, [edit])
    in_parts()
    assert [problem.code for problem in validate(descriptor)] == ["date-invalid"]


def test_a_valid_package_is_valid_in_parts(tmp_path: Path, in_parts: Callable[[], None]) -> None:
    in_parts()
    assert validate(valid(tmp_path)) == []


@pytest.mark.parametrize("change", ["another", "shorter", "gone"])
def test_of_a_file_that_changes_while_it_is_judged_the_columns_are_not_told(
    change: str, tmp_path: Path, in_parts: Callable[[], None]
) -> None:
    descriptor = build(tmp_path, rules()["offset-unlikely"].breaks[0].edits)
    whole = validate(descriptor)
    in_parts()
    raw = read(descriptor)
    claims = tmp_path / "data" / "claims.csv"
    match change:
        case "another":
            claims.write_bytes(claims.read_bytes().replace(b"\n", b",\n\n"))
        case "shorter":
            claims.write_bytes(b"\n")
        case "gone":
            claims.unlink()
    (problem,) = problems_of(raw, descriptor)
    assert problem == replace(whole[0], column=1)
    assert whole[0].column != 1
