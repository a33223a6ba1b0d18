"""The workflow that folds the inbox after a merge, run as GitHub runs it, against a real remote."""

from __future__ import annotations

import base64
import csv
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from runner import ROOT, documents

import prepared
from claimtrack.contribute.canonical import canonical_bytes
from claimtrack.contribute.fmt import formatted, save
from claimtrack.contribute.sheet import read_sheet
from claimtrack.schema import table_schema
from mutations import valid
from new_claims import TALKS, TALKS_ID, as_csv
from repository import Repository

Done = subprocess.CompletedProcess[str]
STUB = """#!/bin/sh
env > '{folder}/seen by {name}'
{then}
"""
PARENTS = """
pid=$$
while [ "$pid" -gt 1 ]; do
  tr '\\0' '\\n' < /proc/$pid/environ >> '{folder}/seen by claimtrack' 2>/dev/null
  pid=$(sed -n 's/^PPid:[^0-9]*//p' /proc/$pid/status)
done
"""
"""The environments that a process and those above it began with: those of one's own can be read by anybody."""
SHIM = """#!/bin/sh
{claimtrack} "$@" || exit $?
{after}
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A checkout of main in which a claim has just arrived in the inbox; `remote` of it takes what is pushed."""
    made = Repository.made(tmp_path / "work", monkeypatch)
    for cleaned in formatted(valid(made.folder)):
        save(cleaned)
    (made.folder / "inbox").mkdir()
    (made.folder / "inbox" / "README.md").write_text("What this is for.\n", encoding="utf-8")
    (made.folder / "inbox" / "new.csv").write_text(as_csv([TALKS]), encoding="utf-8")
    made.commit("merged")
    made.git("clone", "--quiet", "--bare", ".", str(tmp_path / "remote.git"))
    return made


@pytest.fixture
def fold(work: Repository, tmp_path: Path) -> Callable[..., Done]:
    """Run the step; `after` is what a shell does after every fold, before it is pushed.

    Scripts may stand in for claimtrack and other commands.
    """

    def run(after: str = "", **commands: str) -> Done:
        folder = tmp_path / "bin"
        shim = SHIM.format(claimtrack=prepared.words(folder / "claimtrack"), after=after)
        commands = {"claimtrack": shim, **commands}
        folder.mkdir()
        for name, script in commands.items():
            (folder / name).write_text(script)
            (folder / name).chmod(0o755)
        (step,) = [one for one in steps() if one["name"] == "Fold"]
        environment = {
            **os.environ,
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            "REMOTE": str(tmp_path / "remote.git"),
            "BRANCH": "main",
            "TOKEN": "secret",
        }
        assert step["env"].keys() == {"REMOTE", "BRANCH", "TOKEN"}
        script = tmp_path / "step.sh"
        script.write_text(str(step["run"]).replace(".github/", f"{ROOT}/.github/"))
        return subprocess.run(
            ["bash", "-e", script], cwd=work.folder, env=environment, capture_output=True, text=True, check=False
        )

    return run


def steps() -> list[dict[str, object]]:
    found: list[dict[str, object]] = documents(".github/workflows/fold.yml")["jobs"]["fold"]["steps"]
    return [{"name": "", **one} for one in found]


def on_main(tmp_path: Path, path: str) -> str:
    """A file as the remote has it."""
    command = ["git", "--git-dir", str(tmp_path / "remote.git"), "show", f"main:{path}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def log(tmp_path: Path) -> list[str]:
    command = ["git", "--git-dir", str(tmp_path / "remote.git"), "log", "--format=%s", "main"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def claims(tmp_path: Path) -> list[str]:
    return [row["claim_id"] for row in csv.DictReader(on_main(tmp_path, "data/claims.csv").splitlines())]


def test_somebody_pushes_in_the_meantime(work: Repository, fold: Callable[..., Done], tmp_path: Path) -> None:
    """Once, between the fold and the push: another claim, and another file in the inbox."""
    other = tmp_path / "other"
    work.git("clone", "--quiet", str(tmp_path / "remote.git"), str(other))
    table = other / "data" / "sources.csv"
    schema = table_schema("sources")
    rows = read_sheet(schema, table.read_bytes(), "sources.csv").rows
    table.write_bytes(canonical_bytes(schema, [*rows, {**rows[0], "source_id": "one-more"}]))
    (other / "inbox" / "later.csv").write_text(
        as_csv([TALKS | {"locator": "6 Sep 18:40", "statement_id": "s-0906-later"}]), encoding="utf-8"
    )
    Repository(other).commit("in the meantime")
    push = f"cd '{other}' && git push --quiet origin main 2>/dev/null || true"

    done = fold(after=push)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Attempt 1 was refused." in done.stdout
    assert "secret" not in done.stdout + done.stderr
    assert log(tmp_path) == ["Fold the inbox", "in the meantime", "merged"]
    assert TALKS_ID in claims(tmp_path)
    assert len(claims(tmp_path)) == len(set(claims(tmp_path))) == 19
    assert "one-more," in on_main(tmp_path, "data/sources.csv")
    assert on_main(tmp_path, "inbox").split() == ["tree", "main:inbox", "README.md"]
    assert work.git("config", "--get-regexp", ".*") == work.git("config", "--local", "--get-regexp", ".*")


def test_an_inbox_without_claims_makes_no_commit(work: Repository, fold: Callable[..., Done], tmp_path: Path) -> None:
    (work.folder / "inbox" / "new.csv").unlink()
    work.commit("taken back")
    done = fold()
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "There is nothing to fold.")
    assert log(tmp_path) == ["merged"]


def test_claims_that_cannot_be_taken_over_change_nothing(
    work: Repository, fold: Callable[..., Done], tmp_path: Path
) -> None:
    (work.folder / "inbox" / "new.csv").write_text(as_csv([TALKS | {"kind": "talk"}]), encoding="utf-8")
    work.commit("broken")
    done = fold()
    assert done.returncode == 1
    assert done.stderr.startswith("inbox/new.csv\n  2:2  error  enum-unknown")
    assert (log(tmp_path), work.git("status", "--porcelain")) == (["merged"], "")


def test_a_branch_that_takes_no_push_is_given_up(work: Repository, fold: Callable[..., Done], tmp_path: Path) -> None:
    hook = tmp_path / "remote.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    command = tmp_path / "bin" / "claimtrack"
    done = fold(after=f"printf '#!/bin/sh\\nrm -f inbox/new.csv\\n' > '{command}'")
    assert (done.returncode, done.stdout.count("was refused")) == (1, 5)
    assert log(tmp_path) == ["merged"]


def test_only_git_is_given_the_token_and_only_where_it_pushes(
    work: Repository, fold: Callable[..., Done], tmp_path: Path
) -> None:
    git = f'mv "{tmp_path}/seen by git" "{tmp_path}/seen by git $1"; exec {shutil.which("git")} "$@"'
    then = PARENTS.format(folder=tmp_path) + "rm inbox/new.csv"
    done = fold(
        claimtrack=STUB.format(folder=tmp_path, name="claimtrack", then=then),
        git=STUB.format(folder=tmp_path, name="git", then=git),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    header = base64.b64encode(b"x-access-token:secret").decode()
    told = {path.name for path in tmp_path.glob("seen by *") if re.search(f"secret|{header}", path.read_text())}
    assert told == {"seen by git push"}
    assert f"GIT_CONFIG_VALUE_0=Authorization: Basic {header}\n" in (tmp_path / "seen by git push").read_text()


def test_it_runs_where_files_come_into_the_inbox_of_main_and_one_at_a_time() -> None:
    workflow = documents(".github/workflows/fold.yml")
    assert workflow[True] == {"push": {"branches": ["main"], "paths": ["inbox/**"]}}
    assert workflow["concurrency"] == {"group": "fold", "cancel-in-progress": False}
    assert workflow["jobs"]["fold"]["permissions"] == {"contents": "write"}


def test_the_inbox_is_there_for_everybody_who_clones() -> None:
    assert (ROOT / "inbox" / "README.md").is_file()
