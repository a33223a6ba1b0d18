"""The issue form: it is up to date, GitHub would take it, and what comes back becomes rows."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimtrack.contribute import issue_form
from claimtrack.contribute.fold import plan
from claimtrack.contribute.issue_form import CODED, as_yaml, read_issue
from claimtrack.contribute.questions import ORDER, claims
from claimtrack.errors import UsageError
from mutations import valid
from new_claims import COUNT, TALKS

FORM = Path(__file__).parents[2] / ".github" / "ISSUE_TEMPLATE" / "claim.yml"


@pytest.fixture(scope="module")
def descriptor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return valid(tmp_path_factory.mktemp("valid"))


def test_the_form_is_up_to_date() -> None:
    assert FORM.read_text("utf-8") == as_yaml(), (
        "the form is stale: run `python -m claimtrack.contribute.issue_form > .github/ISSUE_TEMPLATE/claim.yml`"
    )


def test_the_command_writes_the_form(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(issue_form.__file__, run_name="__main__")
    assert capsys.readouterr().out == as_yaml()


def test_github_would_take_it() -> None:
    form = yaml.safe_load(as_yaml())
    assert {"name", "description", "body"} <= set(form)
    fields = [element for element in form["body"] if element["type"] != "markdown"]
    assert {element["id"] for element in fields} == {*ORDER} - {"statement_id"}
    labels = [element["attributes"]["label"] for element in fields]
    assert len(set(labels)) == len(labels)
    required = {element["id"] for element in fields if element["validations"]["required"]}
    assert required < {field.name for field in claims().fields if field.required}
    for element in fields:
        options = element["attributes"].get("options")
        assert (options is None) == (element["type"] == "input")
        if options is not None:
            assert len(set(options)) == len(options)
            assert all(isinstance(option, str) and option != "None" for option in options)


def test_what_only_coders_can_answer_comes_last_and_is_not_required() -> None:
    body = yaml.safe_load(as_yaml())["body"]
    headings = [element["attributes"].get("value") for element in body]
    at = headings.index(f"## {CODED}")
    asked, coded = body[:at], body[at:]
    assert {"source_id", "text", "claimant_id"} < {element.get("id") for element in asked}
    assert {"kind", "valid_mode", "certainty"} < {element.get("id") for element in coded}
    assert [element["type"] for element in coded].count("markdown") == 1
    assert not any(element["validations"]["required"] for element in coded[1:])


@pytest.mark.parametrize("path", sorted(FORM.parent.glob("*.yml")), ids=lambda path: path.stem)
def test_every_form_is_one(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    assert {"name", "description", "body"} <= set(form)
    assert any(element["type"] != "markdown" for element in form["body"])
    assert all(set(element) <= {"type", "id", "attributes", "validations"} for element in form["body"])


def filled(cells: dict[str, str], blank: str = "_No response_") -> str:
    """What GitHub makes of a filled form."""
    form = yaml.safe_load(as_yaml())
    parts = []
    for element in form["body"]:
        if element["type"] == "markdown":
            continue
        value = cells.get(element["id"], "")
        options = element["attributes"].get("options", [])
        chosen = next((option for option in options if option.split(": ")[0] == value), value)
        parts.append(f"### {element['attributes']['label']}\n\n{chosen or ('None' if options else blank)}")
    return "\n\n".join(parts)


def written(tmp_path: Path, document: Any) -> Path:
    path = tmp_path / "issue.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return path


# The file around a filled form.
AROUND = [
    lambda body: {"body": body},
    lambda body: {"action": "opened", "issue": {"number": 1, "body": body}},
    lambda body: [{"body": body.replace("\n", "\r\n")}, {"body": "Another issue."}, 3],
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("cells", [TALKS, COUNT], ids=["talks", "count"])
def test_a_filled_form_is_a_row(descriptor: Path, tmp_path: Path, cells: dict[str, str], around: Any) -> None:
    entries = read_issue(descriptor, written(tmp_path, around(filled(cells))))
    (row,) = entries.rows
    made = {column: cell for column, cell in row.cells.items() if cell and column != "claim_id"}
    assert made == cells | {"statement_id": "s20200906-1831-ministry-northland"}
    assert row.path == (tmp_path / "issue.json").as_posix()
    assert plan(descriptor, entries).problems == ()


# What is typed for an id, and what it is taken for.
NAMED = [
    ("claimant_id", "Ministry of Northland", "ministry-northland"),
    ("claimant_id", "the minister", "minister-northland"),
    ("source_id", "Live: border clashes", "gazette-live"),
    ("place_id", "Willage A", "village-a"),
    ("claimant_id", "Ministry of Farland", "Ministry of Farland"),
    ("kind", "diplomacy: but not as offered", "diplomacy"),
    ("kind", "gossip: heard", "gossip: heard"),
]


@pytest.mark.parametrize(("column", "typed", "taken"), NAMED)
def test_names_become_ids(descriptor: Path, tmp_path: Path, column: str, typed: str, taken: str) -> None:
    (row,) = read_issue(descriptor, written(tmp_path, {"body": filled(TALKS | {column: typed})})).rows
    assert row.cells[column] == taken


def test_headings_inside_an_answer_open_no_new_one(descriptor: Path, tmp_path: Path) -> None:
    body = filled(TALKS).replace(TALKS["text"], f"{TALKS['text']}\n### Kind\n\ncount\n### Else\nmore")
    entries = read_issue(descriptor, written(tmp_path, {"body": body}))
    assert entries.rows[0].cells["kind"] == "diplomacy"
    assert "newline-in-cell" in {problem.code for problem in plan(descriptor, entries).problems}


def test_an_undated_report(descriptor: Path, tmp_path: Path) -> None:
    cells = TALKS | {"reported_from": "", "reported_to": ""}
    (row,) = read_issue(descriptor, written(tmp_path, {"body": filled(cells)})).rows
    assert row.cells["statement_id"] == "s-undated-ministry-northland"
    assert row.cells["claim_id"].startswith("undated-")


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("x" * (issue_form.LIMIT + 1), "at most"),
        ({"body": "Hello."}, "holds no issue"),
        ({"body": None}, "holds no issue"),
        ("7", "holds no issue"),
    ],
)
def test_what_is_no_filled_form_is_refused(descriptor: Path, tmp_path: Path, document: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_issue(descriptor, written(tmp_path, document))
