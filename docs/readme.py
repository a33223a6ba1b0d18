"""Write the outputs that README.md and CONTRIBUTING.md show, from the frozen copy of the first data set.

The copy is the data as they were when that copy was made. They have grown since, so that a count may differ from that
of the shipped data; in return, these pages do not change with every claim.

Run as `python docs/readme.py`. Between `<!-- output: COMMAND -->` and `<!-- end -->` stands what the command prints,
between `<!-- row: FILE -->` and `<!-- end -->` the first row of a table, one line a cell.
"""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FROZEN = ROOT / "tests" / "fixtures" / "live-2022-09-13"
EXAMPLE = ROOT / "docs" / "example" / "goris.csv"
ADDED = "20220913-civilnet-6yw2qxel"
"""The claim that the example adds: in the frozen package it is there already."""

BLOCK = re.compile(r"(<!-- output: (.+?) -->\n)(?:```text\n.*?```\n)?(<!-- end -->)", re.DOTALL)
ROW = re.compile(r"(<!-- row: (.+?) -->\n)(?:\|[^\n]*\n)*(<!-- end -->)")


def frozen_package(folder: Path) -> Path:
    """A copy of the frozen package, with the repository's schemas, in `folder`."""
    copy = folder / "package"
    shutil.copytree(FROZEN, copy)
    shutil.copytree(ROOT / "schemas", copy / "schemas")
    return copy


def example_package(folder: Path) -> Path:
    """The frozen package without the claim of the example, whose file is in its inbox; `main` beside it lacks both."""
    package = frozen_package(folder)
    for table in ("claims", "links", "relays"):
        path = package / "data" / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if ADDED not in line), encoding="utf-8", newline="\n")
    shutil.copytree(package, folder / "main")
    (package / "inbox").mkdir()
    shutil.copyfile(EXAMPLE, package / "inbox" / EXAMPLE.name)
    return package


def output(command: str, package: Path) -> str:
    """What a command line prints when it is run in the folder of the package."""
    plain = os.environ | {"NO_COLOR": "1", "COLUMNS": "100", "PYTHONUTF8": "1"}
    name, *arguments = shlex.split(command)
    program = [sys.executable, "-m", "claimtrack"] if name == "claimtrack" else [name]
    result = subprocess.run([*program, *arguments], cwd=package, env=plain, capture_output=True, text=True, check=True)
    return result.stdout.strip("\n")


def row(file: str) -> str:
    """The first row of a table as Markdown, one line a cell."""
    with (ROOT / file).open(encoding="utf-8", newline="") as table:
        cells = next(csv.DictReader(table))
    lines = ["| column | what was typed |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{column}` | {cell} |" for column, cell in cells.items())])


def rendered(text: str, make: Callable[[Path], Path] = frozen_package) -> str:
    """The text with every output as it is now, in the package that `make` makes."""
    with tempfile.TemporaryDirectory() as folder:
        package = make(Path(folder))
        text = ROW.sub(lambda found: f"{found[1]}{row(found[2])}\n{found[3]}", text)
        return BLOCK.sub(lambda found: f"{found[1]}```text\n{output(found[2], package)}\n```\n{found[3]}", text)


PAGES = {"README.md": frozen_package, "CONTRIBUTING.md": example_package}

if __name__ == "__main__":
    for name, make in PAGES.items():
        page = ROOT / name
        page.write_text(rendered(page.read_text(encoding="utf-8"), make), encoding="utf-8")
