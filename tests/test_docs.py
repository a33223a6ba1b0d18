"""The documents that are written from the schemas and the codebook are up to date, and say what they should."""

from __future__ import annotations

import csv
import re
import runpy
from pathlib import Path

import pytest

from claimtrack.report import reference
from claimtrack.schema import TABLES, parse, table_schema

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


@pytest.mark.parametrize("page", ["commands.md", "tables.md"])
def test_the_claims_that_examples_name_exist(page: str) -> None:
    """A reader who types an example after us gets an answer: ids are minted once and stay."""
    with (DOCS.parent / "data" / "claims.csv").open(encoding="utf-8", newline="") as file:
        known = {row["claim_id"] for row in csv.DictReader(file)}
    named = set(re.findall(r"\b(?:[0-9]{8}|undated)-[a-z-]+-[a-z2-7]{8}\b", (DOCS / page).read_text(encoding="utf-8")))
    assert named
    assert named <= known


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
