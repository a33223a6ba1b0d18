"""What every workflow and the action keep to, so that a pull request from a stranger can do no harm."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from runner import ROOT, documents, step

WORKFLOWS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / ".github" / "workflows").glob("*.yml"))
FILES = [*WORKFLOWS, "action.yml"]
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40}")


def steps(path: str) -> Iterator[dict[str, Any]]:
    document = documents(path)
    for job in document.get("jobs", {"action": document.get("runs", {})}).values():
        yield from job["steps"]


def triggers(path: str) -> dict[str, Any]:
    document = documents(path)
    found: dict[str, Any] = document[True]  # YAML 1.1 reads the key `on` as a boolean
    return found


@pytest.mark.parametrize("path", FILES)
def test_actions_are_pinned_by_commit_with_their_version_beside(path: str) -> None:
    used = [one["uses"] for one in steps(path) if "uses" in one and one["uses"] != "./"]
    assert all(PINNED.fullmatch(action) for action in used)
    text = (ROOT / path).read_text(encoding="utf-8")
    for action in used:
        assert re.search(rf"uses: {re.escape(action)} # v\d+\.\d+\.\d+\n", text)


@pytest.mark.parametrize("path", FILES)
def test_what_is_installed_by_its_name_has_a_version(path: str) -> None:
    lines = [line for one in steps(path) for line in one.get("run", "").splitlines() if "pip install" in line]
    installed = [shlex.split(line)[-1] for line in lines]
    assert all(re.fullmatch(r"(?:\.|\$CLAIMTRACK)\[\w+\]|[\w-]+==[\d.]+", name) for name in installed), installed


@pytest.mark.parametrize("path", FILES)
def test_no_expression_is_pasted_into_a_script(path: str) -> None:
    assert not any("${{" in one.get("run", "") for one in steps(path))


@pytest.mark.parametrize("path", WORKFLOWS)
def test_nobody_else_s_code_runs_with_rights(path: str) -> None:
    assert "pull_request_target" not in triggers(path)
    document = documents(path)
    granted = {right for job in document["jobs"].values() for right in job.get("permissions", {}).values()}
    if "pull_request" in triggers(path):
        assert document["permissions"] == {"contents": "read"}
        assert "write" not in granted
    else:
        assert document["permissions"] == {}


@pytest.mark.parametrize("path", WORKFLOWS)
def test_every_checkout_forgets_its_token(path: str) -> None:
    checkouts = [one["with"] for one in steps(path) if one.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(options["persist-credentials"] is False and "ref" not in options for options in checkouts)


def test_the_review_has_the_commit_that_is_merged_into() -> None:
    (checkout, action) = steps(".github/workflows/review.yml")
    assert checkout["with"]["fetch-depth"] == 2
    assert action["uses"] == "./"


def test_the_comment_belongs_to_the_review() -> None:
    review, comment = documents(".github/workflows/review.yml"), documents(".github/workflows/comment.yml")
    assert triggers(".github/workflows/comment.yml")["workflow_run"]["workflows"] == [review["name"]]
    assert comment["jobs"]["comment"]["permissions"] == {
        "actions": "read",
        "contents": "read",
        "pull-requests": "write",
    }
    artifact = step("Keep the text of the comment")["with"]["name"]
    assert f'ARTIFACT = "{artifact}"' in (ROOT / ".github" / "comment.py").read_text(encoding="utf-8")


def test_what_is_kept_is_where_the_review_writes_it() -> None:
    report = step("Review")["env"]["REPORT"]
    kept = {step(name)["with"]["path"] for name in ("Keep the text of the comment", "Keep the repaired files")}
    assert kept == {f"{report}/comment", f"{report}/repaired"}
    assert all(step(name)["if"] == "always()" for name in ("Keep the text of the comment", "Keep the repaired files"))


def test_a_pull_request_passes_what_a_developer_runs() -> None:
    tests = documents(".github/workflows/tests.yml")
    assert tests[True]["pull_request"] == {"paths": ["**", "!inbox/**", "inbox/README.md"]}
    assert tests["jobs"]["all"]["steps"][-1]["run"] == ".ci/run"
    oldest, newest = (leg["python"] for leg in tests["jobs"]["versions"]["strategy"]["matrix"]["include"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = [name.split(" :: ")[-1] for name in project["classifiers"] if re.search(r":: 3\.\d+$", name)]
    assert (versions[0], versions[-1], project["requires-python"]) == (oldest, newest, f">={oldest}")


def test_zizmor_has_nothing_to_say() -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [zizmor, "--offline", "--quiet", "--no-progress", *FILES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
