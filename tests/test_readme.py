"""README.md and CONTRIBUTING.md: what they show is what the commands print, and every block of code in README runs."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SCRIPT = runpy.run_path(str(ROOT / "docs" / "readme.py"))
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return SCRIPT["frozen_package"](tmp_path)


@pytest.mark.parametrize(("page", "make"), SCRIPT["PAGES"].items(), ids=SCRIPT["PAGES"])
def test_outputs_are_what_the_commands_print(page: str, make: Any) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert "<!-- output: claimtrack " in text
    assert SCRIPT["rendered"](text, make) == text, "run: python docs/readme.py"


def test_every_language_has_a_test() -> None:
    assert {name for name, _ in BLOCKS} == {"sh", "bash", "text", "python", "sql", "r"}


def test_quick_start_is_two_single_lines() -> None:
    section = README.split("## Quick start")[1].split("\n## ")[0]
    commands = re.findall(r"^```sh\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    assert [command.count("\n") for command in commands] == [1, 1]
    assert commands[0].rstrip().endswith("claimtrack discrepancies")
    assert commands[1].rstrip().endswith("pytest")
    assert len(blocks("sh")) == len(commands), "a block that .ci/run does not run"


@pytest.mark.parametrize("code", blocks("python"), ids=lambda code: code.split("\n")[0])
def test_python_blocks_run(code: str, package: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=package, capture_output=True, text=True, check=False
    )
    assert (finished.returncode, finished.stderr) == (0, "")


def test_bash_block_writes_what_it_names(package: Path) -> None:
    (line,) = blocks("bash")
    _, *arguments = shlex.split(line)
    subprocess.run([sys.executable, "-m", "claimtrack", *arguments], cwd=package, check=True)
    (pairs,) = duckdb.sql(f"SELECT count(*) FROM '{package}/pairs.parquet'").fetchall()
    assert pairs[0] > 0


def test_sql_block_runs(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(package)
    rows = [duckdb.sql(query).fetchall() for query in blocks("sql")]
    assert [len(found) for found in rows] == [_counts(package)]
    figures = {type(figure) for found in rows for _, _, *bounds in found for figure in bounds}
    assert figures == {int, type(None)}, "'8' is more than '42' as text"


def _counts(package: Path) -> int:
    lines = (package / "data" / "claims.csv").read_text(encoding="utf-8").splitlines()
    return sum(",count," in line for line in lines)


@pytest.mark.parametrize("rscript", [found for found in [shutil.which("Rscript")] if found])
def test_r_block_runs(rscript: str, package: Path) -> None:
    for code in blocks("r"):
        script = f"{code}\ncat(nrow(claims), class(claims$valid_from)[1])"
        finished = subprocess.run([rscript, "-e", script], cwd=package, capture_output=True, text=True, check=True)
        lines = (package / "data" / "claims.csv").read_text(encoding="utf-8").splitlines()
        assert finished.stdout.split()[-2:] == [str(len(lines) - 1), "POSIXct"]
