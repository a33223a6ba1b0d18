"""A GitHub runner, as far as the steps can tell: variables, files to write to, and a log."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Run:
    """What a step left behind."""

    code: int
    log: str
    summary: str
    report: Path

    @property
    def comment(self) -> str:
        return (self.report / "comment" / "comment.md").read_text(encoding="utf-8")

    def annotations(self, severity: str) -> list[str]:
        return [line for line in self.log.splitlines() if line.startswith(f"::{severity} ")]


def documents(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def step(name: str) -> dict[str, Any]:
    """A step of action.yml."""
    (found,) = [one for one in documents("action.yml")["runs"]["steps"] if one.get("name") == name]
    return found


def filled_in(template: str, context: Mapping[str, str]) -> str:
    """What GitHub makes of `${{ … }}`."""
    return re.sub(r"\$\{\{ *([a-z0-9_.-]+) *\}\}", lambda match: context[match[1]], template)


def reviewed(checkout: Path, tmp_path: Path, command: Path, **more: str) -> Run:
    """Run the step of action.yml, with the variables that it sets."""
    context = {
        "github.action_path": str(ROOT),
        "runner.temp": str(tmp_path / "temp"),
        "inputs.package": "package",
        "inputs.base": "",
        **more,
    }
    review = step("Review")
    summary = tmp_path / "summary.md"
    summary.touch()
    environment = {
        **os.environ,
        **{name: filled_in(value, context) for name, value in review["env"].items()},
        "PATH": f"{command}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", review["run"]],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    report = Path(environment["REPORT"])
    return Run(done.returncode, done.stdout + done.stderr, summary.read_text(encoding="utf-8"), report)
