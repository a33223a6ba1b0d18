"""The review of a pull request, run as GitHub runs it, in real repositories."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from runner import Run, reviewed

from claimtrack.contribute.template import xlsx_template
from claimtrack.package import load
from disputed import EDITS, TOLL
from mutations import build
from new_claims import BLAME, TALKS, fill
from repository import Repository

Review = Callable[..., Run]
Edits = Sequence[Mapping[str, Any]]
CLAIMS = "data/claims.csv"
HOSTILE = '::set-output name=a::b ##[error]c <script>d</script> [e](https://f) @g | =HYPERLINK("h")'


def edited(edits: Edits) -> Callable[[Path], object]:
    return lambda folder: build(folder, edits)


def obeyed(log: str) -> set[str]:
    """The commands that the runner would take from the log."""
    return set(re.findall(r"^\s*::([a-z-]+)", log, re.MULTILINE)) | set(re.findall(r"##\[[a-z]+", log))


def test_a_clean_addition(review: Review) -> None:
    run = review(edited(EDITS))
    verdict = (
        "adds 9 claims, 1 relay and 4 links; changes 1 claim; introduces 4 discrepancies, changes 2; "
        "asks for 3 corrections; no problems"
    )
    assert run.code == 0
    assert run.summary == run.comment
    assert run.summary.splitlines()[0] == f"**{verdict}**"
    assert run.annotations("error") == []
    (asked,) = run.annotations("warning")
    assert "title=changed without a correction,file=package/data/claims.csv,line=9::" in asked
    notices = run.annotations("notice")
    assert len(notices) == 6
    assert all("file=package/data/claims.csv,line=" in notice for notice in notices[:4])
    assert not (run.report / "repaired").is_dir()


def test_a_broken_row(review: Review) -> None:
    run = review(edited([{"file": CLAIMS, "key": TOLL, "set": {"count_max": "9"}}]))
    assert run.code == 1
    (error,) = run.annotations("error")
    assert error.startswith("::error title=count-reversed,file=package/data/claims.csv,line=2,col=")
    assert run.summary.startswith("**changes 1 claim; ")
    assert "1 new problem (1 error)**" in run.summary.splitlines()[0]


def test_a_package_that_cannot_be_loaded_is_still_reviewed(review: Review) -> None:
    run = review(edited([{"file": "data/sources.csv", "key": "wire-report", "set": {"kind": "wires"}}]))
    assert run.code == 1
    assert run.summary.startswith("**changes 1 source; discrepancies not compared; 1 new problem (1 error)**")
    assert len(run.annotations("error")) == 1


def test_a_removal(review: Review) -> None:
    run = review(edited([{"file": CLAIMS, "drop": "20200907-ministry-northland-osieuzkn"}]))
    assert run.summary.startswith("**removes 1 claim; ")
    headings = [line for line in run.summary.splitlines() if line.startswith("#")]
    assert headings[:2] == ["### Removed from claims (1)", "### New problems (1)"]


def test_a_hostile_cell(review: Review) -> None:
    edits = [
        {"file": CLAIMS, "key": TOLL, "set": {"text": HOSTILE, "note": HOSTILE}},
        {"file": "data/sources.csv", "key": "wire-report", "set": {"title": HOSTILE}},
        {"file": "data/actors.csv", "append": {"actor_id": HOSTILE, "name": HOSTILE, "kind": HOSTILE}},
    ]
    run = review(edited(edits))
    assert obeyed(run.log) <= {"group", "endgroup", "error", "warning", "notice"}
    for text in (run.comment, run.summary):
        assert "HYPERLINK" in text
        assert not re.search(r"<(?!!-- -->)|@(?!<!-- -->)|(?<!\\)\]\(|://|##\[", text)
        assert not any(line.startswith("=") for line in text.splitlines())


def test_an_upload_from_a_fork(origin: Repository, command: Path, tmp_path: Path) -> None:
    """Somebody's own copy, on a branch of the same name, with a workbook in its inbox."""
    fork = Repository(tmp_path / "fork")
    origin.git("clone", "--quiet", str(origin.folder), str(fork.folder))
    inbox = fork.folder / "package" / "inbox"
    inbox.mkdir()
    (inbox / "my claims.xlsx").write_bytes(xlsx_template(load(fork.folder / "package")))
    fill(inbox / "my claims.xlsx", [TALKS, BLAME | {"count_min": "x"}])
    fork.commit("upload")
    origin.git("fetch", "--quiet", str(fork.folder), "main")
    origin.git("merge", "--quiet", "--no-ff", "FETCH_HEAD")
    run = reviewed(origin.folder, tmp_path, command)
    assert run.code == 1
    assert run.summary.startswith("**adds 2 claims; discrepancies not compared; 1 new problem (1 error)")
    (error,) = run.annotations("error")
    assert error.startswith("::error title=integer-invalid,file=package/inbox/my claims.xlsx,line=3::")


def test_500_problems_at_once(review: Review) -> None:
    bad = "".join(f"extra-{number},gazette,Title,blog,,2020-09-05,en,,,current,\n" for number in range(500))
    run = review(edited([{"file": "data/sources.csv", "more": bad}]))
    assert run.code == 1
    assert len(run.annotations("error")) == 10
    assert "and 491 more" in run.annotations("error")[-1]
    assert "500 new problems (500 errors)**" in run.summary.splitlines()[0]
    assert len(run.comment.encode()) <= 60_000
    # A repair only puts these rows in order, so that as many errors are left: its files are not offered.
    assert (run.report / "repaired" / "package" / "data" / "sources.csv").is_file()
    assert run.comment.startswith("**adds 500 sources; ")


def test_a_change_beside_the_package(review: Review) -> None:
    run = review(lambda folder: (folder.parent / "README.md").write_text("More.\n"))
    assert (run.code, obeyed(run.log)) == (0, {"group", "endgroup"})
    assert run.summary == "**changes no rows; no discrepancies introduced or resolved; no problems**\n"


def saved(folder: Path) -> None:
    """The claims as a spreadsheet may leave them."""
    path = folder / CLAIMS
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))


READY = "**Repaired files are ready: `package/data/claims.csv`.** Choose *Checks* above, then *Review*"


def test_files_that_a_spreadsheet_has_been_at_are_mended_and_offered_first(review: Review) -> None:
    run = review(saved)
    assert run.code == 1
    mended = run.report / "repaired" / "package" / "data" / "claims.csv"
    assert [path.name for path in (run.report / "repaired").rglob("*.csv")] == ["claims.csv"]
    assert mended.read_bytes().startswith(b"claim_id,")
    assert b"\r" not in mended.read_bytes()
    first, blank, verdict = run.comment.splitlines()[:3]
    assert first.startswith(READY)
    assert "`repaired-files`" in first
    assert first.endswith("That is all there is to do: what is said below is about the files as they are now.")
    assert (blank, verdict[:12]) == ("", "**changes no")
    assert run.summary == run.comment


def test_what_no_repair_mends_is_told_as_left(review: Review) -> None:
    def damaged(folder: Path) -> None:
        build(folder, [{"file": CLAIMS, "key": TOLL, "set": {"count_max": "9"}}])
        saved(folder)

    first = review(damaged).comment.splitlines()[0]
    assert first.startswith(READY)
    assert first.endswith("Do this before you mend anything else: what is left is told anew.")


def test_the_first_pull_request_has_nothing_to_compare_with(origin: Repository, command: Path, tmp_path: Path) -> None:
    run = reviewed(origin.folder, tmp_path, command, **{"inputs.base": "HEAD~1"})
    assert run.code == 0
    assert "There is no older version of the package here to compare with." in run.log
    assert run.summary == "**No problems found.**\n"


def test_a_checkout_without_its_parents_is_validated(origin: Repository, command: Path, tmp_path: Path) -> None:
    build(origin.folder / "package", [{"file": CLAIMS, "key": TOLL, "set": {"count_max": "9"}}])
    run = reviewed(origin.folder, tmp_path, command)
    assert run.code == 1
    assert len(run.annotations("error")) == 1
    assert run.summary.startswith("**1 error in 1 file.**")


@pytest.mark.parametrize("package", ["nowhere", "."])
def test_without_a_package_it_fails(origin: Repository, command: Path, tmp_path: Path, package: str) -> None:
    run = reviewed(origin.folder, tmp_path, command, **{"inputs.package": package})
    assert run.code == 2
    assert "there is no data package at" in run.log
    assert run.summary == ""
