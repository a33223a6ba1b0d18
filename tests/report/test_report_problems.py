"""The same problems in every format."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

from claimtrack.problems import Problem
from claimtrack.report.console import print_blocks
from claimtrack.report.problems import as_json, github, junit, markdown, sarif, summary, text
from claimtrack.report.problems.places import path_from_here

CLAIMS = "data/claims.csv"
HOSTILE = "::error::a\x1b[2J ##[group]|<b>\nsecond\x00"


def problem(code: str = "crossed-bounds", line: int | None = 5, **fields: Any) -> Problem:
    given = {"path": CLAIMS, "column": 7, "message": "count_min (9) is above count_max (4)", "fix": "Swap the two."}
    return Problem(code=code, line=line, **{**given, **fields})


MIXED = [
    problem(resource="claims", field="count_min", key="20200906-ministry-northland-7wgktoa5"),
    problem(line=9),
    problem("list-unknown", 3, path="data/places.csv", column=None, message="no place is called nowhere", fix=None),
    problem("wordy-text", 2, severity="warning", message="the text has two sentences", fix="Make it one."),
    problem("descriptor-missing", None, path=None, column=None, message="the package has no descriptor", fix=None),
    problem("ill-formed", 4, message=HOSTILE, key="a\u202eb", fix="Mint it\nanew."),
]
MANY = [problem(line=line) for line in range(2, 32)] + [problem("other-rule", 40)]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package in the folder `package` below the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path / "package"


def as_text(problems: list[Problem], root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    import sys

    print_blocks(text.blocks(problems, root), sys.stdout)
    return capsys.readouterr().out


def joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def test_text(here: Path, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture) -> None:
    file_regression.check(as_text(MIXED, here, capsys))


def test_text_folds_long_lists(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = as_text(MANY, here, capsys)
    assert shown.count("count_min (9)") == summary.LISTED + 1
    assert "… and 10 more crossed-bounds (use --format json for all)" in shown
    assert shown.count("fix:") == 2, "the same fix is said once for a code in a file"
    assert "31 errors in 1 file." in shown


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"message": "'a' is not spelled like 'b'", "field": "place_id"}, "'a' is not spelled like 'b' (place_id)"),
        ({"message": "place_id is blank", "field": "place_id"}, "place_id is blank"),
        ({"message": "place_id is blank", "field": "place"}, "place_id is blank (place)"),
        ({"message": "the row is there already", "field": None}, "the row is there already"),
        (
            {"message": "it says the same as line 2", "field": "claim_id", "code": "key-repeated"},
            "it says the same as line 2",
        ),
    ],
)
def test_the_column_is_named(
    here: Path, capsys: pytest.CaptureFixture[str], fields: dict[str, Any], expected: str
) -> None:
    found = [problem(**{"fix": None, **fields})]
    assert summary.described(found[0]) == expected
    assert expected in joined(markdown.lines(found, here)).replace("\\", "")
    for shown in (
        as_text(found, here, capsys),
        joined(github.lines(found, here)),
        junit.document(found, here),
        sarif.document(found, here, version="1"),
    ):
        assert expected in shown
    assert json.loads(as_json.document(found))["problems"][0]["message"] == fields["message"]


def test_text_without_problems(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_text([], here, capsys) == "No problems found.\n"


def test_json() -> None:
    read = json.loads(as_json.document(MIXED))
    assert read["problems"] == [one.as_dict() for one in MIXED]
    assert read["stats"] == {
        "errors": 5,
        "warnings": 1,
        "by_code": {
            "crossed-bounds": 2,
            "list-unknown": 1,
            "wordy-text": 1,
            "descriptor-missing": 1,
            "ill-formed": 1,
        },
        "by_path": {CLAIMS: 4, "data/places.csv": 1, "": 1},
    }
    assert [json.loads(line) for line in as_json.lines(MIXED)] == read["problems"]


@pytest.mark.parametrize(
    ("problems", "words"),
    [
        ([], "No problems found."),
        ([MIXED[0]], "1 error in 1 file."),
        (MIXED, "5 errors and 1 warning in 2 files."),
        ([MIXED[3]], "1 warning in 1 file."),
        ([MIXED[4]], "1 error."),
    ],
)
def test_sentence(problems: list[Problem], words: str) -> None:
    assert summary.sentence(problems) == words


def test_markdown(here: Path, file_regression: FileRegressionFixture) -> None:
    file_regression.check(joined(markdown.lines(MIXED, here)), extension=".md")


def test_markdown_folds_long_lists(here: Path) -> None:
    lines = list(markdown.lines(MANY, here))
    assert sum(line.startswith("| ") and "crossed-bounds" in line for line in lines) == summary.LISTED
    assert lines[-1] == "… and 10 more crossed-bounds: they are listed once the first are mended"


def test_github(here: Path, file_regression: FileRegressionFixture) -> None:
    file_regression.check(joined(github.lines(MIXED, here)))


def annotations(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line.startswith(("::error ", "::warning "))]


def test_github_gives_ten_annotations_and_says_what_is_left_out(here: Path) -> None:
    problems = [problem("wordy-text", line, severity="warning") for line in range(2, 6)] + MANY
    lines = list(github.lines(problems, here))
    given = annotations(lines)
    assert len(given) == github.MOST
    assert [("title=other-rule" in line, "title=crossed-bounds" in line) for line in given[:3]] == [
        (False, True),
        (True, False),
        (False, True),
    ], "each code once before any twice"
    assert all(line.startswith("::error ") for line in given), "warnings come after all errors"
    assert given[-1] == (
        "::error title=more problems::… and 26 more: data/claims.csv (26). "
        "The log of this step lists them under 'All problems'."
    )
    logged = lines[lines.index("::group::All problems") + 1 : lines.index("::endgroup::")]
    assert len(logged) == len(problems)
    assert logged[0] == "package/data/claims.csv:2:7: warning wordy-text: count_min (9) is above count_max (4)"


def test_github_needs_no_remainder_for_ten(here: Path) -> None:
    lines = list(github.lines(MANY[:10], here))
    assert len(annotations(lines)) == 10
    assert not any("more problems" in line for line in lines)


def test_github_remainder_of_warnings_is_a_warning(here: Path) -> None:
    given = annotations(github.lines([problem(line=line, severity="warning") for line in range(2, 20)], here))
    assert given[-1].startswith("::warning title=more problems::… and 9 more:")


def test_github_log_is_bounded(here: Path) -> None:
    lines = list(github.lines([problem(line=line) for line in range(github.LOGGED + 5)], here))
    assert "… and 5 more: they are listed once the first are mended" in lines
    assert len(lines) == github.MOST + github.LOGGED + 4


SEVERITIES = st.sampled_from(["error", "warning"])
PROBLEMS = st.lists(
    st.builds(problem, st.sampled_from(["a", "b", "c"]), st.integers(1, 50), severity=SEVERITIES), max_size=40
)


@given(PROBLEMS)
def test_github_order(problems: list[Problem]) -> None:
    ranked = github.most_useful(problems)
    assert sorted(map(repr, ranked)) == sorted(map(repr, problems))
    severities = [one.severity for one in ranked]
    assert severities == sorted(severities), "errors first"
    errors = [one.code for one in ranked if one.severity == "error"]
    kinds = set(errors)
    assert set(errors[: len(kinds)]) == kinds, "every code once before any twice"


@given(st.text(), st.text(), st.text())
def test_github_lines_are_commands_of_ours_only(message: str, fix: str, path: str) -> None:
    lines = list(github.lines([problem(message=message, fix=fix, path=path)] * 11, Path("package")))
    for line in lines:
        assert len(line.splitlines()) == 1
        assert "##[" not in line
        command = line.lstrip().startswith("::")
        assert not command or line.startswith(("::error ", "::group::All problems", "::endgroup::"))


def test_sarif(here: Path, file_regression: FileRegressionFixture) -> None:
    file_regression.check(sarif.document(MIXED, here, version="1.2.3") + "\n", extension=".sarif")


PUBLISHED = json.loads((Path(__file__).parent / "published" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(PUBLISHED)


@given(st.lists(st.sampled_from(MIXED), max_size=4))
def test_sarif_is_valid_under_its_published_schema(problems: list[Problem]) -> None:
    VALIDATOR.validate(json.loads(sarif.document(problems, Path("package"), version="1.2.3")))


def test_the_published_schema_is_one_that_can_fail() -> None:
    document = json.loads(sarif.document(MIXED, Path("package"), version="1.2.3"))
    document["runs"][0]["results"][0]["level"] = "dire"
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(document)


def test_sarif_describes_the_rules_that_it_knows(here: Path) -> None:
    (run,) = json.loads(sarif.document([problem("count-reversed"), problem("not-a-rule")], here, version="1"))["runs"]
    described = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert set(described["not-a-rule"]) == {"id"}
    assert described["count-reversed"]["defaultConfiguration"] == {"level": "error"}
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_of_a_file_as_a_whole_names_no_line(here: Path) -> None:
    document = json.loads(sarif.document([problem(line=None, column=None)], here, version="1"))
    (place,) = document["runs"][0]["results"][0]["locations"]
    assert place == {"physicalLocation": {"artifactLocation": {"uri": "package/data/claims.csv"}}}
    VALIDATOR.validate(document)


def test_sarif_fingerprints_survive_a_move(here: Path) -> None:
    def prints(*problems: Problem) -> list[str]:
        results = json.loads(sarif.document(problems, here, version="1"))["runs"][0]["results"]
        return [result["partialFingerprints"]["claimtrack/v1"] for result in results]

    one, moved, other = prints(problem(key="k"), problem(line=99, key="k"), problem(key="l"))
    assert one == moved != other


def test_junit(here: Path, file_regression: FileRegressionFixture) -> None:
    file_regression.check(junit.document(MIXED, here) + "\n", extension=".xml")


@pytest.mark.parametrize(("strict", "failures"), [(False, 5), (True, 6)])
def test_junit_failures(here: Path, strict: bool, failures: int) -> None:
    report = ET.fromstring(junit.document(MIXED, here, strict=strict))
    assert report.attrib["failures"] == str(failures)
    assert len(report.findall(".//failure")) == failures
    assert sum(int(suite.attrib["tests"]) for suite in report) == len(MIXED) == len(report.findall(".//testcase"))


def test_junit_without_problems_is_one_case_that_passes(here: Path) -> None:
    report = ET.fromstring(junit.document([], here))
    assert report.attrib == {"name": "claimtrack", "tests": "1", "failures": "0"}
    assert [case.attrib["name"] for case in report.findall(".//testcase")] == ["no problems"]


@given(st.text(), st.text())
def test_junit_is_well_formed_whatever_the_cells_hold(message: str, key: str) -> None:
    report = ET.fromstring(junit.document([problem(message=message, key=key)], Path("package")))
    assert len(report.findall(".//failure")) == 1


def test_paths_are_seen_from_the_working_folder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert path_from_here(MIXED[0], here) == "package/data/claims.csv"
    assert path_from_here(MIXED[4], here) is None
    monkeypatch.chdir(here.parent.parent)
    assert path_from_here(MIXED[0], here) == f"{here.parent.name}/package/data/claims.csv"


def test_a_path_on_another_drive_is_absolute(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(path: object) -> str:
        raise ValueError("path is on another drive")

    monkeypatch.setattr("os.path.relpath", elsewhere)
    assert path_from_here(MIXED[0], here) == (here / CLAIMS).as_posix()
