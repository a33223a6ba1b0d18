"""The documents that are written from the schemas and the codebook are up to date, and say what they should."""

from __future__ import annotations

import csv
import dataclasses
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import claimtrack as ct
from claimtrack.contribute.init import create
from claimtrack.discrepancy.telling.present import FIGURE_UNITS, PAIR
from claimtrack.discrepancy.telling.summary import CONDENSED
from claimtrack.problems import Problem
from claimtrack.report import reference
from claimtrack.report.findings.table import COLUMNS
from claimtrack.schema import TABLES, parse, table_schema
from disputed import disputed

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("name", reference.documents())
def test_the_document_is_up_to_date(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == reference.documents()[name], (
        f"docs/{name} is stale: run `{reference.COMMAND}` and commit the result"
    )


def test_the_command_writes_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["reference", str(tmp_path)])
    runpy.run_path(reference.__file__, run_name="__main__")
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == reference.documents()


@pytest.mark.parametrize("name", TABLES)
def test_every_column_and_every_value_has_its_line(name: str) -> None:
    schema = table_schema(name)
    page = reference.tables([schema])
    for field in schema.fields:
        assert f"\n| `{field.name}` | " in page
        for value in field.meanings:
            assert f"\n| `{value}` | " in page


@pytest.mark.parametrize("page", ["commands.md", "tables.md", "results.md"])
def test_the_claims_that_examples_name_exist(page: str) -> None:
    """A reader who types an example after us gets an answer: ids are minted once and stay."""
    with (DOCS.parent / "data" / "claims.csv").open(encoding="utf-8", newline="") as file:
        known = {row["claim_id"] for row in csv.DictReader(file)}
    named = set(re.findall(r"\b(?:[0-9]{8}|undated)-[a-z-]+-[a-z2-7]{8}\b", (DOCS / page).read_text(encoding="utf-8")))
    assert named
    assert named <= known


def test_every_decision_is_in_the_index() -> None:
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    records = sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert re.findall(r"\]\((\d+-.*?\.md)\)", index) == records, "each record has its line in docs/decisions/README.md"


RESULTS = (DOCS / "results.md").read_text(encoding="utf-8")


def named_in(table: str) -> list[str]:
    """What the first column of a table of results.md names, the table being known by what stands before it."""
    rows = RESULTS.split(table)[1].split("\n\n")[1].splitlines()[2:]
    return [name for row in rows for name in re.findall("`([^`]+)`", row.split("|")[1])]


# Words before a table of results.md, and the names that belong into it.
NAMED = [
    ("## A problem\n\n", {field.name for field in dataclasses.fields(Problem)}),
    ("is one of them:", set(CONDENSED)),
    ("each pair of claims is one:", {*PAIR, "mutual"}),
    ("are joined by `|`:", set(COLUMNS)),
    ("### Figures", set(FIGURE_UNITS)),
]


@pytest.mark.parametrize(("table", "names"), NAMED, ids=[table.strip() for table, _ in NAMED])
def test_every_key_of_a_result_is_described(table: str, names: set[str]) -> None:
    described = named_in(table)
    assert len(described) == len(set(described))
    assert set(described) == names


@pytest.mark.parametrize("pairs", [False, True])
def test_keys_are_those_of_results(tmp_path: Path, pairs: bool) -> None:
    found = ct.discrepancies(ct.load(disputed(tmp_path)), pairs=pairs)
    none = ct.discrepancies(ct.load(create(tmp_path / "empty")), pairs=pairs)
    assert list(found.columns) == list(none.columns) == ([*PAIR, "mutual"] if pairs else [*CONDENSED])
    assert len(found) > len(none) == 0


def test_the_code_in_results_runs() -> None:
    (code,) = re.findall("^```python\n(.*?)^```", RESULTS, re.DOTALL | re.MULTILINE)
    command = [sys.executable, "-W", "error", "-c", code]
    finished = subprocess.run(command, cwd=DOCS.parent, capture_output=True, text=True, check=False)
    assert (finished.returncode, finished.stderr) == (0, "")


TINY = {
    "name": "tiny",
    "title": "Tiny",
    "description": "One row is nothing.",
    "fields": [
        {
            "name": "share",
            "type": "number",
            "title": "Share",
            "description": "A part | of <all>.",
            "example": "a|b",
            "constraints": {"required": True, "unique": True, "minimum": 0, "maximum": 1.5},
        },
        {
            "name": "code",
            "type": "string",
            "title": "Code",
            "description": "A code.",
            "example": "x1",
            "constraints": {"pattern": "(?:x|y)[0-9]"},
        },
    ],
    "primaryKey": ["share"],
    "missingValues": [""],
}


def test_a_column_in_words() -> None:
    page = reference.tables([parse(TINY)])
    assert "| `share` | number, from 0, to 1.5, unique, **required** | A part \\| of &lt;all&gt;. | `a\\|b` |" in page
    assert "| `code` | string like `(?:x\\|y)[0-9]` | A code. | `x1` |" in page
    assert "Foreign keys" not in page
    assert "Columns by kind" not in page


def test_keys_and_kinds_in_words() -> None:
    page = reference.tables([table_schema("claims")])
    assert "`kind`, `predicate` → [predicates](#predicates) (`kind`, `predicate`)" in page
    assert "| `attribution` | `incident_id` | `valid_mode`, `answer` |" in page


PLAIN = dict.fromkeys(table_schema("predicates").columns, "") | dict.fromkeys(
    ["exclusive", "blame", "marks_start", "vague"], "false"
)

# What a row of the codebook says beyond the plain one, and how that is put.
TREATED = [
    ({}, ""),
    ({"state": "hostilities", "value": "absent"}, "state `hostilities` is `absent`"),
    ({"marks_start": "true"}, "dates the beginning of the incident"),
    ({"blame": "true", "exclusive": "true"}, "says who is at fault; true of one actor only"),
    ({"unit": "person", "outcomes": "killed|missing"}, "counts `killed\\|missing`, unit `person`"),
    ({"narrower_of": "wounded"}, "part of `wounded`"),
    ({"vague": "true"}, "vague, compared with nothing else"),
]


@pytest.mark.parametrize(("cells", "words"), TREATED)
def test_a_predicate_in_words(cells: dict[str, str], words: str) -> None:
    row = {**PLAIN, "kind": "other", "predicate": "p", "definition": "It *is* so.", **cells}
    assert f"| `p` | It \\*is\\* so. | {words} |" in reference.codebook([row])


def test_kinds_without_predicates_are_left_out() -> None:
    page = reference.codebook([{**PLAIN, "kind": "other", "predicate": "p", "definition": "So."}])
    assert [line for line in page.splitlines() if line.startswith("## ")] == ["## other"]
