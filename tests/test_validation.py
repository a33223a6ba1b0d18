"""The whole of validation: many faults at once, hostile packages, and what it may touch."""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import UsageError
from claimtrack.locate import shipped_root
from claimtrack.package.write import csv_line, csv_text
from claimtrack.problems import Problem
from claimtrack.schema import TABLES, table_schema
from claimtrack.validation import ENGINES, validate
from examples import tried
from mutations import VALID, build, valid

LINKS = "claim_id,relation,other_id,basis,note\n"


def places(problems: list[Problem]) -> list[tuple[str, str | None, int | None]]:
    return [(one.code, one.path, one.line) for one in problems]


@pytest.mark.parametrize("engine", ENGINES)
def test_faults_of_all_sorts_are_found_together(engine: str, tmp_path: Path) -> None:
    descriptor = build(
        tmp_path,
        [
            {"file": "datapackage.json", "patch": {"/claimtrack:schema-version": "9"}},
            {"file": "schemas/places.json", "patch": {"/name": "spots"}},
            {"file": "data/relays.csv", "delete": True},
            {"file": "data/links.csv", "more": "\n"},
            {"file": "data/actors.csv", "key": "gazette", "set": {"kind": "paper"}},
            {"file": "data/claims.csv", "key": "20200906-ministry-northland-zsmcri5e", "set": {"count_max": "4"}},
        ],
    )
    assert places(validate(descriptor, engine=engine)) == [
        ("enum-unknown", "data/actors.csv", 11),
        ("count-reversed", "data/claims.csv", 3),
        ("row-blank", "data/links.csv", 7),
        ("schema-version", "datapackage.json", 8),
        ("file-missing", "datapackage.json", 137),
        ("schema-differs", "schemas/places.json", 3),
    ]


def test_a_broken_row_is_not_judged_by_the_rules_but_its_neighbours_are(tmp_path: Path) -> None:
    def counts(key: str, **cells: str) -> dict[str, Any]:
        return {"file": "data/claims.csv", "key": f"20200906-ministry-northland-{key}", "set": cells}

    edits = [counts("7wgktoa5", count_min="13", count_approx="perhaps"), counts("zsmcri5e", count_max="4")]
    assert places(validate(build(tmp_path, edits))) == [
        ("boolean-invalid", "data/claims.csv", 2),
        ("count-reversed", "data/claims.csv", 3),
    ]


def test_rules_do_not_judge_a_table_that_lacks_a_column(tmp_path: Path) -> None:
    edits = [{"file": "data/claims.csv", "replace": ",count_mode,", "by": ",weather,"}]
    assert places(validate(build(tmp_path, edits))) == [
        ("header-missing", "data/claims.csv", 1),
        ("header-extra", "data/claims.csv", 1),
    ]


@pytest.mark.parametrize("name", TABLES)
def test_without_one_table_the_others_are_clean(name: str, tmp_path: Path) -> None:
    edits = [{"file": f"data/{name}.csv", "delete": True}]
    assert [one.code for one in validate(build(tmp_path, edits))] == ["file-missing"]


def rows_of(name: str) -> int:
    return (VALID / "data" / f"{name}.csv").read_text(encoding="utf-8").count("\n") - 1


@tried(15)
@given(broken=st.sampled_from([(name, row) for name in TABLES for row in range(rows_of(name))]), short=st.booleans())
def test_a_row_of_another_width_is_one_problem(
    broken: tuple[str, int], short: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    name, row = broken
    descriptor = valid(tmp_path_factory.mktemp("broken"))
    path = descriptor.parent / "data" / f"{name}.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    rows[row + 1] = rows[row + 1][:-1] if short else [*rows[row + 1], "x"]
    path.write_text("".join(map(csv_line, rows)), encoding="utf-8")
    found = validate(descriptor)
    assert places(found) == [("row-short" if short else "row-long", f"data/{name}.csv", row + 2)], "\n".join(
        map(str, found)
    )


def broken_cells() -> list[tuple[str, int, str, str]]:
    """Every cell that can have a value of the wrong type or none of its choices, with such a value."""
    wrong = {"integer": "x", "number": "x", "boolean": "x", "date": "x", "datetime": "x"}
    return [
        (name, row, field.name, wrong.get(field.type, "x x"))
        for name in TABLES
        for row in range(rows_of(name))
        for field in table_schema(name).fields
        if field.type in wrong or field.enum or field.pattern
    ]


@tried(30)
@given(broken=st.sampled_from(broken_cells()))
def test_a_broken_cell_is_one_problem(
    broken: tuple[str, int, str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    name, row, column, value = broken
    descriptor = valid(tmp_path_factory.mktemp("broken"))
    path = descriptor.parent / "data" / f"{name}.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    rows[row][column] = value
    path.write_text(csv_text(table_schema(name), rows), encoding="utf-8")
    found = validate(descriptor)
    assert [(one.path, one.line, one.field) for one in found] == [(f"data/{name}.csv", row + 2, column)]


def test_an_id_that_cannot_be_seen_is_escaped_in_what_is_said(tmp_path: Path) -> None:
    hop = {"claim_id": "\ue000", "hop": "2", "relayer_id": "gazette"}
    problems = validate(build(tmp_path, [{"file": "data/relays.csv", "append": hop}]))
    assert "of claim \\ue000 comes where" in {one.code: one.message for one in problems}["relay-gap"]
    assert all(one.message.isprintable() for one in problems)


def test_no_number_of_problems_is_too_large(tmp_path: Path) -> None:
    row = "20200906-gazette-pzd3tgpk,x,nobody,,=1\n"
    found = validate(
        build(
            tmp_path,
            [{"file": "data/links.csv", "text": LINKS}, {"file": "data/links.csv", "more": row, "times": 2000}],
        )
    )
    assert len(found) == 2000 * 4 + 1999
    assert found == sorted(found, key=Problem.sort_key)


def test_the_shipped_package_is_validated_without_a_path() -> None:
    assert validate() == validate(shipped_root())


def test_an_unknown_engine_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are fast and frictionless"):
        validate(valid(tmp_path), engine="slow")


def test_the_default_engine_does_not_import_frictionless(tmp_path: Path) -> None:
    code = (
        f"import sys, claimtrack as ct; ct.validate({str(valid(tmp_path))!r}); sys.exit('frictionless' in sys.modules)"
    )
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0
