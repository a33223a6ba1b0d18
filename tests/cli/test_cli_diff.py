"""`claimtrack diff` on packages and revisions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from disputed import ADDED, EDITS
from mutations import build, valid
from new_claims import TALKS, TALKS_ID, as_csv
from repository import Repository

Run = Callable[..., Result]
SAME = "changes no rows; no discrepancies introduced or resolved; no problems\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository.made(tmp_path / "repository", monkeypatch)
    valid(made.folder)
    made.commit("first")
    return made


@pytest.fixture
def changed(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """In its folder, with claims added that are not committed."""
    build(repository.folder, EDITS)
    monkeypatch.chdir(repository.folder)
    return repository


def test_the_working_tree_against_a_revision(run: Run, changed: Repository) -> None:
    shown = run("diff", "HEAD").stdout
    assert shown.startswith(
        "adds 9 claims, 1 relay and 4 links; changes 1 claim; introduces 4 discrepancies, changes 2;"
    )
    assert json.loads(run("diff", "HEAD", "--format", "json").stdout)["base"]["commit"] == changed.git(
        "rev-parse", "HEAD"
    )


def test_two_revisions(run: Run, changed: Repository) -> None:
    changed.commit("second")
    assert run("diff", "HEAD").stdout == SAME
    assert run("diff", "HEAD~1", "HEAD").stdout.startswith("adds 9 claims")
    assert run("diff", "HEAD", "HEAD~1").stdout.startswith("removes 9 claims")


def test_since_a_branch_left(run: Run, changed: Repository) -> None:
    changed.git("switch", "--quiet", "-c", "branch")
    changed.commit("ours")
    changed.git("switch", "--quiet", "main")
    (changed.folder / "data" / "relays.csv").write_text("claim_id,hop,relayer_id\n", encoding="utf-8")
    changed.commit("theirs")
    changed.git("switch", "--quiet", "branch")
    assert "adds 9 claims, 4 relays" in run("diff", "main").stdout
    assert "adds 9 claims, 1 relay and" in run("diff", "main...").stdout
    changed.git("switch", "--quiet", "main")
    assert "adds 9 claims, 1 relay and" in run("diff", "main...", "branch").stdout


def test_two_packages(run: Run, sound: Path, package: Path) -> None:
    assert run("diff", sound, package).stdout.startswith("adds 9 claims")
    assert run("diff", package, sound / "datapackage.json").stdout.startswith("removes 9 claims")


def test_a_package_against_a_revision(run: Run, repository: Repository, package: Path) -> None:
    assert run("diff", "HEAD", "--package", repository.folder).stdout == SAME
    assert run("diff", package, "HEAD", "--package", repository.folder).stdout.startswith("removes 9 claims")
    assert run("diff", "HEAD", repository.folder).stdout == SAME


@pytest.mark.parametrize("form", ["text", "json", "markdown", "github"])
def test_a_side_that_cannot_be_loaded_is_no_failure(run: Run, sound: Path, faulty: Path, form: str) -> None:
    shown = run("diff", sound, faulty, "--format", form).stdout
    assert "discrepancies not compared" in shown
    assert "new problems (" in shown


@pytest.mark.parametrize(
    "args", [("nowhere",), ("HEAD", "nowhere"), ("nowhere", "HEAD"), ("HEAD~1",), ("--package", "nowhere", "HEAD")]
)
def test_what_there_is_not_ends_with_2(run: Run, changed: Repository, args: tuple[str, ...]) -> None:
    result = run("diff", *args, expect=2)
    assert result.stdout == ""
    assert result.stderr.startswith("Error: there is no ")


def test_without_a_package_it_ends_with_2(run: Run) -> None:
    assert "there is no datapackage.json" in run("diff", "HEAD", expect=2).stderr


def test_the_report_is_markdown_and_comes_along(run: Run, sound: Path, package: Path, tmp_path: Path) -> None:
    shown = run("diff", sound, package, "--format", "github", "--report", tmp_path / "comment.md").stdout
    written = (tmp_path / "comment.md").read_text(encoding="utf-8")
    assert written == run("diff", sound, package, "--format", "markdown").stdout
    assert written.startswith("**adds 9 claims")
    assert shown.splitlines()[-1] == written.splitlines()[0].strip("*")
    assert ADDED[0]["claim_id"] in written


def test_a_report_that_cannot_be_written_is_refused_before_anything_is_compared(
    run: Run, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    def refused(report: str | Path) -> str:
        return run("diff", "no base", "no head", "--report", report, expect=2).stderr

    assert f"'--report': there is no folder {tmp_path / 'no'}" in refused(tmp_path / "no" / "b.md")
    assert f"File '{tmp_path}' is a directory" in refused(tmp_path)
    assert "names no file" in refused("")
    request.getfixturevalue("read_only")
    assert f"'--report': the folder {tmp_path} may not be written to" in refused(tmp_path / "b.md")


def test_a_report_takes_the_place_of_no_file_that_is_compared(run: Run, changed: Repository, package: Path) -> None:
    for sides in (["HEAD"], [package], [package, changed.folder], ["HEAD", "--package", changed.folder]):
        refused = run("diff", *sides, "--report", "data/claims.csv", expect=2).stderr
        assert "data/claims.csv is a file of the package that is read; name another with --report" in refused
    run("diff", "HEAD", "--report", "comment.md")


def test_corrections_are_not_asked_for_where_they_cannot_be_written(
    run: Run, corrected: Repository, monkeypatch: pytest.MonkeyPatch, read_only: None
) -> None:
    monkeypatch.setattr("claimtrack.cli.diff.on_terminal", lambda: True)
    refused = run("diff", "HEAD", "--write-corrections", expect=2).stderr
    assert refused == f"Error: the folder {corrected.folder / 'data'} may not be written to\n"


TOLL = "20200906-ministry-northland-7wgktoa5"


@pytest.fixture
def corrected(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """In its folder, with a claim put otherwise and not committed."""
    build(repository.folder, [{"file": "data/claims.csv", "key": TOLL, "set": {"count_text": "12 dead"}}])
    monkeypatch.chdir(repository.folder)
    return repository


def written(repository: Repository) -> list[str]:
    lines = (repository.folder / "data" / "corrections.csv").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith(TOLL)]


def test_corrections_are_asked_for_and_written(run: Run, corrected: Repository) -> None:
    assert "asks for 1 correction;" in run("diff", "HEAD").stdout.replace("\n", " ")
    assert json.loads(run("diff", "HEAD", "--format", "json").stdout)["uncorrected"][0]["column"] == "count_text"
    (warning,) = [
        line for line in run("diff", "HEAD", "--format", "github").stdout.splitlines() if line.startswith("::warning")
    ]
    assert f"file=data/claims.csv,line=2::count_text of {TOLL}." in warning
    shown = run("diff", "HEAD", "--write-corrections", "--reason", "Misread.")
    assert shown.stdout.startswith("adds 1 correction; changes 1 claim;")
    assert "asks for" not in shown.stdout
    (row,) = written(corrected)
    assert row.startswith(f"{TOLL},count_text,12,12 dead,")
    assert row.endswith(",Misread.")
    assert "Added to the corrections" not in run("diff", "HEAD", "--write-corrections", "--reason", "Again.").stderr


def test_the_reason_is_asked_for_at_a_terminal(
    run: Run, corrected: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimtrack.cli.diff.on_terminal", lambda: True)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("\x04")
        assert run("diff", "HEAD", "--write-corrections", expect=130).stderr == "Stopped. Nothing was written.\n"
        keys.send_text("\rMisread.\r")
        run("diff", "HEAD", "--write-corrections")
    assert written(corrected)[0].endswith(",Misread.")


@pytest.mark.parametrize(
    "args", [("--write-corrections",), ("--reason", "x"), ("HEAD", "--write-corrections", "--reason", "x"),
             ("--write-corrections", "--reason", " ")]
)  # fmt: skip
def test_corrections_that_cannot_be_written(run: Run, corrected: Repository, args: tuple[str, ...]) -> None:
    assert "--reason" in run("diff", "HEAD", *args, expect=2).stderr
    assert written(corrected) == []


def test_the_inbox_is_read_as_if_it_were_folded(run: Run, repository: Repository, tmp_path: Path) -> None:
    """On disk and in a commit; what cannot be read there is a problem, and once folded there is no difference."""
    inbox = repository.folder / "inbox"
    inbox.mkdir()
    (inbox / "new.csv").write_text(as_csv([TALKS]), encoding="utf-8")
    shown = run("diff", "HEAD", repository.folder).stdout
    assert shown.startswith("adds 1 claim;")
    assert f"{TALKS_ID}  inbox/new.csv:2" in shown
    repository.commit("uploaded")
    assert run("diff", "HEAD~1", "HEAD", "--package", repository.folder).stdout == shown
    run("fold", "--package", repository.folder)
    assert run("diff", "HEAD", repository.folder).stdout == SAME
    (inbox / "other.csv").write_text(as_csv([TALKS | {"kind": "talk", "locator": "elsewhere"}]), encoding="utf-8")
    assert "error enum-unknown  inbox/other.csv:2" in run("diff", "HEAD", repository.folder).stdout
