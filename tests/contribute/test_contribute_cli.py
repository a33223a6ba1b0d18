"""`claimtrack fmt`, `merge` and `git` as one meets them: what stands where, and how they end."""

from __future__ import annotations

import errno
import json
import os
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from repairing import table_bytes

from claimtrack.cli import program
from claimtrack.contribute.fmt import formatted, save
from frozen import frozen

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a package in canonical form, which is the current folder."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    descriptor = frozen("valid", tmp_path)
    for cleaned in formatted(descriptor):
        save(cleaned)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return tmp_path


def run(*args: str | Path, expect: int = 0) -> Result:
    result = CliRunner().invoke(program, [str(arg) for arg in args], prog_name="claimtrack")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == expect, result.output
    return result


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data").iterdir()}


def spoil(package: Path, table: str, old: bytes, new: bytes) -> None:
    path = package / "data" / f"{table}.csv"
    data = path.read_bytes()
    assert data.count(old) == 1
    path.write_bytes(data.replace(old, new))


def test_canonical_files_are_left_alone(package: Path) -> None:
    before = content(package)
    for options in ((), ("--check",), ("--repair",), ("--check", "--diff")):
        assert run("fmt", *options).output.endswith("9 files in canonical form already.\n")
    assert run("fmt", "--diff").stdout == ""
    assert content(package) == before


def test_what_changes_is_said_and_done(package: Path) -> None:
    before = content(package)
    spoil(package, "sources", b"Losses at the border", b" Losses  at\x1b the border ")
    spoiled = content(package)
    line = '  wire-report · title: " Losses  at\\x1b the border " → "Losses  at\\x1b the border" (space around it)\n'
    shown = run("fmt", "--check", expect=1).stdout
    assert shown == f"data/sources.csv: would change: 1 cell changed\n{line}1 file would change.\n"
    assert content(package) == spoiled
    shown = run("fmt").stdout
    assert shown == f"data/sources.csv: changed: 1 cell changed\n{line}1 file changed.\n"
    assert content(package)["sources.csv"] == before["sources.csv"].replace(b"Losses ", b"Losses  ").replace(
        b" the border,", b"\x1b the border,"
    ).replace(b"Losses  at", b"Losses  at")


def test_a_diff_says_it_all_and_writes_nothing(package: Path) -> None:
    spoil(package, "relays", b"47uwq4ei,1,", b"47uwq4ei,1 ,")
    spoil(package, "links", b"relation", b'"relation"')
    path = package / "data" / "relays.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    before = content(package)
    result = run("fmt", "--diff", expect=1)
    assert content(package) == before
    assert result.stdout.splitlines() == [
        "--- a/data/relays.csv",
        "+++ b/data/relays.csv",
        "@@ -2,3 +2,3 @@",
        " 20200906-army-southland-7xfej4ki,1,wire-service",
        "-20200906-observer-mission-47uwq4ei,1 ,wire-service",
        "-20200906-observer-mission-47uwq4ei,2,resident-1",
        "\\ No newline at end of file",
        "+20200906-observer-mission-47uwq4ei,1,wire-service",
        "+20200906-observer-mission-47uwq4ei,2,resident-1",
        "--- a/data/links.csv",
        "+++ b/data/links.csv",
        "@@ -1,2 +1,2 @@",
        '-claim_id,"relation",other_id,basis,note',
        "+claim_id,relation,other_id,basis,note",
        f" {before['links.csv'].decode().splitlines()[1]}",
    ]
    assert "data/links.csv: would change: quoted only where needed\n" in result.stderr
    assert "data/relays.csv: would change: last line ended; 1 cell changed\n" in result.stderr


def test_a_file_that_cannot_be_read_is_left_alone_and_said_on_stderr(package: Path) -> None:
    spoil(package, "sources", b"wire-report,", b'wire-report,"')
    spoil(package, "links", b"basis,note\n", b"basis,note\r\n")
    before = content(package)
    result = run("fmt", package, expect=1)
    assert "quote-unclosed" in result.stderr
    assert "data/sources.csv" in result.stderr
    assert "claimtrack fmt --repair" not in result.stderr
    assert result.stdout.endswith("1 file changed; 1 file not readable as a table, left alone.\n")
    after = content(package)
    assert after.pop("sources.csv") == before.pop("sources.csv")
    assert after["links.csv"] == before["links.csv"].replace(b"\r", b"")


def test_where_a_spreadsheet_was_at_work_repair_is_named(package: Path) -> None:
    path = package / "data" / "links.csv"
    path.write_bytes(path.read_bytes().replace(b",", b";"))
    assert "claimtrack fmt --repair" in run("fmt", expect=1).stderr
    result = run("fmt", "--repair")
    assert result.stderr == "There is no older revision to go by.\n"
    assert "data/links.csv: changed: cells separated by commas\n" in result.stdout


def test_doubts_are_named_and_end_with_1(package: Path) -> None:
    spoil(package, "sources", b"2020-09-06", b"06/09/2020")
    before = content(package)
    shown = run("fmt", "--repair", expect=1).stdout
    assert shown.splitlines() == [
        "data/sources.csv: left as it is",
        '  ministry-statement · published_on (line 3): "06/09/2020" is in doubt: '
        "it may be 2020-06-09 or 2020-09-06, and no old row shows which",
        "0 files changed; 1 cell in doubt: change them by hand.",
    ]
    assert content(package) == before


def test_json(package: Path) -> None:
    spoil(package, "sources", b"2020-09-06", b"06/09/2020")
    spoil(package, "links", b"basis,note\n", b"basis,note\r\n")
    spoil(package, "relays", b"claim_id,", b"claim_di,")
    read = json.loads(run("fmt", "--repair", "--check", "--format", "json", expect=1).stdout)
    assert read["stats"] == {"files": 9, "changed": 1, "cells": 0, "doubts": 1, "problems": 1}
    files = {file["path"]: file for file in read["files"]}
    assert set(files["data/links.csv"]) == {"path", "changed", "notes", "warnings", "changes", "doubts", "problems"}
    assert files["data/links.csv"]["notes"] == ["lines end in LF"]
    assert files["data/sources.csv"]["doubts"][0]["column"] == "published_on"
    assert files["data/relays.csv"]["problems"][0]["code"] == "header-misspelt"
    spoil(package, "actors", b"resident-1,", b" resident-1,")
    read = json.loads(run("fmt", "--format", "json", expect=1).stdout)
    [change] = [change for file in read["files"] for change in file["changes"]]
    assert change == {
        "path": "data/actors.csv", "line": change["line"], "key": "resident-1", "column": "actor_id",
        "before": " resident-1", "after": "resident-1", "why": "space around it",
    }  # fmt: skip


@pytest.mark.parametrize("reason", ["No space left on device", ""])
def test_what_was_written_before_the_disk_was_full_is_said(
    package: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    for table in ("claims", "links"):
        spoil(package, table, b"note\n", b"note\r\n")
    before = content(package)
    replacing = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == "links.csv":
            raise OSError(errno.ENOSPC, reason) if reason else OSError("odd")
        replacing(source, target)

    monkeypatch.setattr(os, "replace", replace)
    result = run("fmt", expect=1)
    assert result.stdout == "data/claims.csv: changed: lines end in LF\n1 file changed.\n"
    assert result.stderr == f"Error: data/links.csv could not be written and is as it was: {reason or 'odd'}\n"
    assert content(package)["links.csv"] == before["links.csv"]
    assert set(content(package)) == set(before)


def test_calls_that_make_no_sense(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--base says with what to --repair" in run("fmt", "--base", "HEAD", expect=2).stderr
    assert "there is no revision HEAD" in run("fmt", "--repair", "--base", "HEAD", expect=2).stderr
    assert "no data package" in run("fmt", package / "data", expect=2).stderr
    monkeypatch.chdir(package.parent)
    assert "there is no datapackage.json" in run("fmt", expect=2).stderr
    spoil(package, "links", b"basis,note\n", b"basis,note\r\n")
    assert str(package / "data" / "links.csv") not in run("fmt", package, "--check", expect=1).stdout
    assert f"{package.name}/data/links.csv: would change" in run("fmt", package, "--check", expect=1).stdout
    monkeypatch.chdir("/")
    monkeypatch.chdir(package / "schemas")
    assert f"{package}/data/links.csv: would change" in run("fmt", "--check", expect=1).stdout


A = {"source_id": "a", "title": "A"}


def written(folder: Path, **titles: str) -> list[Path]:
    paths = [folder / name for name in ("base", "ours", "theirs")]
    for path in paths:
        path.write_bytes(table_bytes("sources", [{**A, "title": titles.get(path.name, "A")}]))
    return paths


def test_merge_is_silent_where_nothing_is_to_be_said(tmp_path: Path) -> None:
    paths = written(tmp_path, theirs="B")
    assert run("merge", *paths).output == ""
    assert paths[1].read_bytes() == paths[2].read_bytes()


def test_merge_names_conflicts(tmp_path: Path) -> None:
    paths = written(tmp_path, ours="B", theirs="::error::C")
    result = run("merge", *paths, "--path", "data/sources.csv", expect=1)
    assert result.stdout == ""
    assert result.stderr == (
        'data/sources.csv: conflict in row a, column title: base "A", ours "B", theirs ":\\x3aerror:\\x3aC"\n'
    )


def test_merge_says_what_is_no_table(tmp_path: Path) -> None:
    paths = written(tmp_path)
    paths[2].write_bytes(b"x\0\n")
    result = run("merge", *paths, expect=1)
    assert "Nothing was merged: look at" in result.stderr
    assert "header-absent" in result.stderr


def test_merge_of_what_is_not_there_or_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = written(tmp_path, theirs="B")
    assert "cannot be read: No such file" in run("merge", paths[0], paths[1], tmp_path / "no", expect=2).stderr

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "replace", refuse)
    before = paths[1].read_bytes()
    told = run("merge", *paths, "--path", "data/sources.csv", expect=1).stderr
    assert told == "Error: data/sources.csv could not be written and is as it was: Read-only file system\n"
    assert paths[1].read_bytes() == before


def test_git_outside_of_a_repository(package: Path) -> None:
    assert "is not in the working tree of a git repository" in run("git", "install", expect=2).stderr
    assert "is not one of 'install', 'uninstall'" in run("git", "commit", expect=2).stderr


@pytest.mark.parametrize(
    "hook", yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")), ids=lambda hook: hook["id"]
)
def test_the_hooks_run_and_take_no_files(package: Path, hook: dict[str, object]) -> None:
    command, *args = shlex.split(str(hook["entry"]))
    assert command == "claimtrack"
    assert run(*args).exit_code == 0
    assert (hook["language"], hook["pass_filenames"]) == ("python", False)
    assert set(hook) == {"id", "name", "description", "entry", "language", "pass_filenames", "files"}
