"""Write the outputs that README.md shows, from the frozen copy of the first data set.

Run as `python docs/readme.py`. Between `<!-- output: COMMAND -->` and `<!-- end -->` stands what the command prints.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FROZEN = ROOT / "tests" / "fixtures" / "live-2022-09-13"
BLOCK = re.compile(r"(<!-- output: (.+?) -->\n)(?:```text\n.*?```\n)?(<!-- end -->)", re.DOTALL)


def frozen_package(folder: Path) -> Path:
    """A copy of the frozen package, with the repository's schemas, in `folder`."""
    copy = folder / "package"
    shutil.copytree(FROZEN, copy)
    shutil.copytree(ROOT / "schemas", copy / "schemas")
    return copy


def output(command: str, package: Path) -> str:
    """What a command line prints when it is run in the folder of the package."""
    plain = os.environ | {"NO_COLOR": "1", "COLUMNS": "100", "PYTHONUTF8": "1"}
    name, *arguments = shlex.split(command)
    program = [sys.executable, "-m", "claimtrack"] if name == "claimtrack" else [name]
    result = subprocess.run([*program, *arguments], cwd=package, env=plain, capture_output=True, text=True, check=True)
    return result.stdout.strip("\n")


def rendered(text: str) -> str:
    """The README with every output as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        package = frozen_package(Path(folder))
        return BLOCK.sub(lambda found: f"{found[1]}```text\n{output(found[2], package)}\n```\n{found[3]}", text)


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(rendered(readme.read_text(encoding="utf-8")), encoding="utf-8")
