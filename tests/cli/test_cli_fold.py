"""`claimtrack fold` and the inbox in `claimtrack validate`, as a user meets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from mutations import build, valid
from new_claims import BLAME, TALKS, TALKS_ID, as_csv

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A valid package in the current folder, with an inbox that holds one claim."""
    root = valid(tmp_path / "package").parent
    (root / "inbox").mkdir()
    (root / "inbox" / "a.csv").write_text(as_csv([TALKS]))
    monkeypatch.chdir(root)
    return root


def claims(folder: Path) -> str:
    return (folder / "data" / "claims.csv").read_text("utf-8")


def test_fold(run: Run, folder: Path) -> None:
    before = claims(folder)
    shown = run("fold", "--dry-run").stdout
    assert shown == f"inbox/a.csv:2: {TALKS_ID}: {TALKS['text']}\n1 claim would be taken over.\n"
    assert claims(folder) == before
    assert "1 claim taken over." in run("fold").stdout
    assert TALKS_ID in claims(folder)
    assert run("fold").stdout == "There are no new claims.\n"
    assert run("validate").stdout == "No problems found.\n"


def test_what_is_there_already_is_named(run: Run, folder: Path) -> None:
    run("fold")
    (folder / "inbox" / "a.csv").write_text(as_csv([TALKS]))
    shown = run("fold").stdout
    assert shown == f"inbox/a.csv:2: {TALKS_ID} is in the package already\nThere are no new claims.\n"
    assert not (folder / "inbox" / "a.csv").exists()


def test_validate_takes_in_the_inbox(run: Run, folder: Path) -> None:
    run("validate")
    (folder / "inbox" / "a.csv").write_text(as_csv([TALKS | {"source_id": "nowhere"}]))
    (problem,) = json.loads(run("validate", "--format", "json", expect=1).stdout)["problems"]
    assert (problem["path"], problem["line"], problem["field"]) == ("inbox/a.csv", 2, "source_id")
    assert "file=inbox/a.csv,line=2,col=80::" in run("validate", "--format", "github", expect=1).stdout


def test_a_refusal_says_why_and_changes_nothing(run: Run, folder: Path) -> None:
    before = claims(folder)
    (folder / "inbox" / "b.csv").write_text(as_csv([BLAME | {"actor_id": "nobody"}]))
    result = run("fold", expect=1)
    assert result.stdout == "Nothing was taken over.\n"
    assert "reference-unknown" in result.stderr
    assert "inbox/b.csv" in result.stderr
    assert claims(folder) == before
    assert len(list((folder / "inbox").iterdir())) == 2


def test_what_looks_like_a_double_is_no_obstacle(run: Run, folder: Path) -> None:
    (folder / "inbox" / "b.csv").write_text(as_csv([TALKS | {"actor_id": "southland"}]))
    shown = run("fold", "--dry-run")
    assert "warning  claim-near-double" in shown.stderr
    assert shown.stdout.endswith("2 claims would be taken over.\n")


def test_as_json(run: Run, folder: Path) -> None:
    read = json.loads(run("fold", "--dry-run", "--format", "json").stdout)
    assert read == {
        "added": [{"claim_id": TALKS_ID, "path": "inbox/a.csv", "line": 2}],
        "known": [],
        "notices": [],
        "problems": [],
    }
    (folder / "inbox" / "b.csv").write_text(as_csv([BLAME | {"actor_id": "nobody"}]))
    read = json.loads(run("fold", "--format", "json", expect=1).stdout)
    assert (read["added"], [problem["code"] for problem in read["problems"]]) == ([], ["reference-unknown"])


def test_a_form(run: Run, folder: Path, tmp_path: Path) -> None:
    body = "### Source\n\ngazette-live\n\n### Kind\n\ndiplomacy"
    (tmp_path / "issue.json").write_text(json.dumps({"body": body}))
    assert "required-missing" in run("fold", "--issue", tmp_path / "issue.json", expect=1).stderr
    assert (folder / "inbox" / "a.csv").exists()


@pytest.mark.parametrize("args", [("nothing.csv",), ("--issue", "nothing.json"), ("inbox/a.csv", "--issue", "b.json")])
def test_wrong_calls(run: Run, folder: Path, args: tuple[str, ...]) -> None:
    run("fold", *args, expect=2)


def test_without_a_package(run: Run) -> None:
    run("fold", expect=2)


def test_hostile_cells_are_spelt_out(run: Run, folder: Path) -> None:
    (folder / "inbox" / "a.csv").write_text(as_csv([TALKS | {"text": "The Ministry says ::error::x."}]))
    assert "::" not in run("fold", "--dry-run").stdout.split(": ", 2)[2]


def test_a_table_that_cannot_take_rows(run: Run, tmp_path: Path) -> None:
    edits = [{"file": "data/claims.csv", "replace": "claim_id,kind,", "by": "claim id,kind,"}]
    root = build(tmp_path / "other", edits).parent
    (tmp_path / "mine.csv").write_text(as_csv([TALKS]))
    result = run("fold", tmp_path / "mine.csv", "--package", root, expect=1)
    assert "header-misspelt" in result.stderr
