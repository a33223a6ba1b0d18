"""`claimtrack template` as a user meets it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from claimtrack.schema import table_schema
from new_claims import ALL

Run = Callable[..., Result]


def test_csv_goes_to_the_standard_output(run: Run) -> None:
    assert run("template", "csv").stdout == ",".join(table_schema("claims").columns) + "\n"
    assert "valid_mode" not in run("template", "csv", "--kind", "count").stdout


def test_csv_into_a_file(run: Run) -> None:
    shown = run("template", "csv", "--output", "new.csv").stdout
    assert Path("new.csv").read_text() == ",".join(table_schema("claims").columns) + "\n"
    assert "claimtrack fold new.csv" in shown


def test_a_workbook_of_the_package(run: Run, sound: Path) -> None:
    run("template", "xlsx", "--package", sound)
    book = openpyxl.load_workbook("new-claims.xlsx")
    assert [cell.value for cell in book["claims"][1]] == list(ALL)
    assert "gazette-live" in {cell.value for row in book["ids"] for cell in row}
    assert "exists" not in run("template", "xlsx", "--package", sound, "--kind", "count", "--output", "b.xlsx").output
    assert "is a file new-claims.xlsx already" in run("template", "xlsx", "--package", sound, expect=2).stderr


@pytest.mark.parametrize("options", [(), ("--output", "b.xlsx")], ids=" ".join)
def test_a_workbook_that_cannot_be_written_is_refused_before_the_package_is_read(
    run: Run, faulty: Path, read_only: None, options: tuple[str, ...]
) -> None:
    assert "may not be written to" in run("template", "xlsx", "--package", faulty, *options, expect=2).stderr


def test_wrong_calls(run: Run, sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "there is no kind 'x'" in run("template", "csv", "--kind", "x", expect=2).stderr
    run("template", "pdf", expect=2)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert "claimtrack[xlsx]" in run("template", "xlsx", "--package", sound, expect=2).stderr
    assert not Path("new-claims.xlsx").exists()
