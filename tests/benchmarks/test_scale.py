"""Small versions of what the benchmarks measure at size: both ways come to one answer. For pandas see `test_naive`."""

from __future__ import annotations

from pathlib import Path

import pytest
from incremental import difference, two_versions
from measuring import package, run

from claimtrack.discrepancy.versions import told_around


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package(tmp_path_factory.mktemp("scale"), 2_000, 1)


def test_what_is_near_a_change_tells_the_difference_of_two_whole_runs(folder: Path) -> None:
    versions, ids = two_versions(folder, 40)
    found, whole = (
        difference([each.findings for each in told_around(versions, ids, anywhere=anywhere)])
        for anywhere in (False, True)
    )
    assert found["come"] > 0
    assert found == whole


def test_two_whole_commands_tell_the_same_difference(folder: Path) -> None:
    near, commands = run("changed", folder, "near"), run("changed_commands", folder)
    assert not commands.failure
    assert near.result["come"] > 0
    assert commands.result == near.result


def test_questions_about_one_claim_are_answered(folder: Path) -> None:
    found = run("one_claim", folder, 20)
    assert not found.failure
    assert found.result["findings"] > 0


def test_a_whole_command_tells_the_rows_of_the_library(folder: Path) -> None:
    command, library = (run(task, folder) for task in ("whole_command", "condensed"))
    assert not command.failure
    assert command.result["rows"] == library.result["rows"] > 0
    assert command.peak > 0
