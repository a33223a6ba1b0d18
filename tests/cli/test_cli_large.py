"""`claimtrack discrepancies` on large packages: several, within a limit, to files that are whole or not there."""

from __future__ import annotations

import csv
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import Result

import prepared
from claimtrack import load
from claimtrack.partition.limits import BASE
from mutations import build

Run = Callable[..., Result]
LIMIT = ("--memory-limit", "2 GB")


@pytest.mark.parametrize(
    ("form", "which"),
    [
        *((form, ()) for form in ("text", "json", "jsonl", "csv", "markdown")),
        *((form, ("--pairs",)) for form in ("text", "jsonl", "csv")),
        *((form, ("--pairs", "--sort", "time")) for form in ("json", "markdown")),
    ],
    ids=str,
)
def test_within_a_limit_the_same_is_printed(run: Run, package: Path, form: str, which: tuple[str, ...]) -> None:
    asked = ("discrepancies", package, "--format", form, *which)
    assert run(*asked, *LIMIT).stdout == run(*asked).stdout


def test_a_limit_that_cannot_be_kept(run: Run, package: Path) -> None:
    refused = run("discrepancies", package, "--memory-limit", f"{BASE}B", expect=2)
    assert "the memory limit cannot be kept" in refused.stderr
    assert "is not a size such as 500MB" in run("discrepancies", "--memory-limit", "much", expect=2).stderr


def test_several_packages(run: Run, package: Path, sound: Path, tmp_path: Path) -> None:
    other = build(
        tmp_path / "other", [{"file": "data/actors.csv", "key": "gazette", "set": {"name": "Gazette"}}]
    ).parent
    alone = run("discrepancies", sound, "--format", "json").stdout
    assert run("discrepancies", sound, sound / "datapackage.json", "--format", "json").stdout == alone
    refused = run("discrepancies", sound, other, expect=1).stderr
    assert f"gazette: name is 'Example Gazette' in {sound}/data/actors.csv, 'Gazette' in {other}" in refused
    assert run("discrepancies", sound, sound, "--format", "json", *LIMIT).stdout == alone


def test_a_file_has_what_would_be_printed(run: Run, package: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    printed = run("discrepancies", package, "--pairs", "--format", "csv").stdout
    assert run("discrepancies", package, "--pairs", "--format", "csv", "--output", target).stdout == ""
    assert target.read_text(encoding="utf-8") == printed
    table = tmp_path / "out.parquet"
    run("discrepancies", package, "--pairs", "--format", "parquet", "--output", table)
    rows = list(csv.DictReader(printed.splitlines(keepends=True)))
    assert [row["id"] for row in rows] == pq.read_table(table)["id"].to_pylist()
    assert str(pq.read_schema(table).field("value").type) == "double"
    run("discrepancies", package, "--unlinked", "--format", "json", "--output", target)
    assert set(json.loads(target.read_text(encoding="utf-8"))) == {"not_declared", "not_computed"}


def test_a_file_that_cannot_be_written_to_is_refused_before_anything_is_read(
    run: Run, faulty: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    missing = run("discrepancies", faulty, "--output", tmp_path / "no" / "out.csv", expect=2)
    assert f"there is no folder {tmp_path / 'no'}" in missing.stderr
    assert "names no file" in run("discrepancies", faulty, "--output", "", expect=2).stderr
    request.getfixturevalue("read_only")
    closed = run("discrepancies", faulty, "--output", tmp_path / "out.csv", expect=2)
    assert f"the folder {tmp_path} may not be written to" in closed.stderr


@pytest.mark.parametrize("which", ["datapackage.json", "data/claims.csv", "link"])
def test_a_file_of_the_package_is_not_written_to(run: Run, sound: Path, tmp_path: Path, which: str) -> None:
    root = shutil.copytree(sound, tmp_path / "package")
    (root / "link").symlink_to("data/sources.csv")
    before = (root / which).read_bytes()
    refused = run("discrepancies", sound, root, "--format", "csv", "--output", root / which, expect=2)
    assert f"{which} is a file of the package that is read" in refused.stderr
    assert (root / which).read_bytes() == before
    run("discrepancies", root, "--format", "csv", "--output", root / "found.csv")


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_run_that_fails_leaves_the_old_file(
    run: Run, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    target = tmp_path / "out"
    target.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("claimtrack.report.findings.as_json.as_json", fail)
    monkeypatch.setattr("claimtrack.report.findings.table.phrases", fail)
    run("discrepancies", package, "--pairs", "--format", form, "--output", target, expect=130)
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out"]


KILLED = [
    ("csv", signal.SIGKILL, None),
    ("parquet", signal.SIGKILL, "old"),
    ("json", signal.SIGINT, "old"),
    ("parquet", signal.SIGINT, None),
    ("csv", signal.SIGTERM, "old"),
    ("jsonl", signal.SIGHUP, "old"),
]
"""Form, what stops the run when two of its pairs have been written, and what was there before.

Every form and every signal: whatever the form, the file is put in its place by the same few lines.
"""

HALF_WAY = """
import os, signal, sys
for number in signal.SIGTERM, signal.SIGHUP:  # whoever runs the tests may ignore them
    signal.signal(number, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
from claimtrack.cli import findings, main

def counted(rows, of, to_terminal):
    yield from (row for row, _ in zip(rows, range(2)))
    sys.stdout.flush()
    os.kill(os.getpid(), int(os.environ["SIGNAL"]))
    yield from rows

findings.counted = counted
main(sys.argv[1:])
"""


def test_a_run_that_is_stopped_half_way_leaves_no_file_and_an_older_one_as_it_was(
    package: Path, tmp_path: Path
) -> None:
    running = []
    for number, (form, how, older) in enumerate(KILLED):
        folder, waiting = tmp_path / f"{number}", tmp_path / f"{number}-waiting"
        folder.mkdir()
        waiting.mkdir()
        if older is not None:
            (folder / "out").write_text(older, encoding="utf-8")
        options = ["--pairs", "--format", form, "--output", str(folder / "out"), "--memory-limit", "2GB"]
        environment = {**os.environ, "SIGNAL": str(int(how)), "TMPDIR": str(waiting)}
        command = prepared.python(HALF_WAY, "discrepancies", package, *options)
        running.append(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))
    for number, (process, (form, how, older)) in enumerate(zip(running, KILLED, strict=True)):
        assert process.wait() == (-how if how == signal.SIGKILL else 128 + how), form
        folder = tmp_path / f"{number}"
        there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("[!.]*")}
        assert there == ({} if older is None else {"out": older}), form
        if how != signal.SIGKILL:
            assert [*folder.glob(".*"), *(tmp_path / f"{number}-waiting").iterdir()] == [], form


@pytest.mark.parametrize(
    ("which", "part", "ends"),
    [("--not-comparable", "not_comparable", ("claims",)), ("--unlinked", "not_computed", ("claim_id", "other_id"))],
)
def test_what_is_told_apart_is_about_what_is_asked_for(
    run: Run, live: Path, which: str, part: str, ends: tuple[str, ...]
) -> None:
    def told(*options: str) -> list[tuple[str, ...]]:
        rows = json.loads(run("discrepancies", live, which, "--format", "json", *options).stdout)[part]
        return [tuple(row[ends[0]]) if len(ends) == 1 else tuple(row[end] for end in ends) for row in rows]

    every = told()
    claim, other = every[0]
    incidents = load(live).claims.set_index("claim_id")["incident_id"].dropna()
    assert told("--claim", claim) == [pair for pair in every if claim in pair]
    for incident in sorted(set(incidents))[::6]:
        of_incident = [pair for pair in every if any(incidents.get(one) == incident for one in pair)]
        assert told("--incident", incident) == of_incident
    assert told("--claim", claim, "--claim", other) == [pair for pair in every if {claim, other} & {*pair}]


AT_ODDS = [
    (("--format", "parquet"), "--format parquet needs a file"),
    (("--unlinked", *LIMIT), "look at the whole package at once"),
    (("--not-comparable", "--engine", "spark"), "look at the whole package at once"),
    (("--unlinked", "--not-comparable"), "exclude each other"),
    (("--unlinked", "--pairs"), "exclude each other"),
    (("--unlinked", "--format", "csv"), "is for findings"),
    (("--not-comparable", "--code", "denied"), "has neither"),
    (("--not-comparable", "--strength", "definite"), "has neither"),
    (("--master", "local[2]"), "--master is for --engine spark"),
    (("--engine", "spark", *LIMIT), "--memory-limit is for the laptop"),
]


@pytest.mark.parametrize(("options", "words"), AT_ODDS)
def test_options_at_odds(run: Run, package: Path, options: tuple[str, ...], words: str) -> None:
    assert words in run("discrepancies", package, *options, expect=2).stderr


def test_without_pyspark_it_says_how_to_get_it(run: Run, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    for name in ("pyspark.errors", "py4j", "py4j.protocol"):
        monkeypatch.setitem(sys.modules, name, None)
    refused = run("discrepancies", package, "--engine", "spark", expect=2).stderr
    assert "pip install 'claimtrack[spark]'" in refused


@pytest.mark.parametrize("which", [(), ("--pairs",)], ids=" ".join)
def test_a_bar_on_a_terminal(run: Run, package: Path, tmp_path: Path, which: tuple[str, ...]) -> None:
    """It leaves what is printed alone."""
    master, slave = pty.openpty()
    arguments = ["discrepancies", str(package), "--format", "jsonl", *which]
    program = "import sys; from claimtrack.cli import main, waiting; waiting.SOME = 2; main(sys.argv[1:])"
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    command = prepared.python(program, *arguments)
    output = tmp_path / "output"
    with output.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=slave, env=environment) as running:
        os.close(slave)
        shown = _all_of(master)
    assert running.returncode == 0
    assert "Comparing the claims" in shown
    assert ("Writing" in shown) == bool(which)
    assert output.read_text("utf-8") == run(*arguments).stdout


def _all_of(terminal: int) -> str:
    """What is written to a terminal until nobody has it open any more."""
    parts = []
    with suppress(OSError):
        while part := os.read(terminal, 100_000):
            parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()
