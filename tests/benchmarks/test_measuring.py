"""What the benchmarks print: slopes, tables, verdicts, and runs in a process of their own."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from measuring import machine, package, run, shown, slope, table, verdict


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_slope_is_the_power_by_which_a_thing_grows(power: float) -> None:
    sizes = [1e3, 1e4, 1e6]
    assert slope(sizes, [3 * size**power for size in sizes]) == pytest.approx(power)


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [(1234, 0.12345), ("x", math.nan)]) == "| a | b |\n|---|---|\n| 1,234 | 0.123 |\n| x | – |"


@pytest.mark.parametrize(("cell", "text"), [(1234.5, "1,234"), (12.345, "12.3"), (10, "10"), ("text", "text")])
def test_numbers_show_the_digits_that_count(cell: object, text: str) -> None:
    assert shown(cell) == text


@pytest.mark.parametrize(
    ("measured", "at_least", "word"),
    [
        (16.0, True, "met"),
        (14.0, True, "**missed**"),
        (14.0, False, "met"),
        (16.0, False, "**missed**"),
        (math.nan, True, "open"),
    ],
)
def test_a_verdict_says_whether_the_target_is_met(measured: float, at_least: bool, word: str) -> None:
    assert verdict("name", measured, 15, at_least=at_least)[-1] == word


def test_the_machine_is_described_by_kind_and_versions_alone() -> None:
    words = machine(["claimtrack", "no-such-library"])
    assert "cores" in words
    assert "no-such-library absent" in words
    assert "/" not in words


def test_a_task_runs_in_a_process_of_its_own(tmp_path: Path) -> None:
    folder = package(tmp_path, 1_000, 1)
    assert package(tmp_path, 1_000, 1) == folder
    done = run("parse_pyarrow", folder)
    assert done.failure == ""
    assert done.result["rows"] > 1_000
    assert done.seconds > 0
    assert done.peak > 10


def test_a_run_that_fails_or_takes_too_long_says_so(tmp_path: Path) -> None:
    assert "No such file" in run("parse_pyarrow", tmp_path).failure
    assert run("parse_pyarrow", tmp_path, limit=0.001).failure == "stopped after 0 s"
