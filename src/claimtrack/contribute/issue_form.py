"""The issue form for people who only want to report a claim, made from the schema, and what comes back from it.

`python -m claimtrack.contribute.issue_form > .github/ISSUE_TEMPLATE/claim.yml` writes the form.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from claimtrack.contribute.canonical import tidy
from claimtrack.contribute.inbox import Entries, entry, existing, place_of
from claimtrack.contribute.naming import LABELS, names
from claimtrack.contribute.questions import (
    STATEMENT,
    TOPICS,
    allowed,
    claims,
    options,
    reference,
    with_meaning,
)
from claimtrack.contribute.statements import with_statements
from claimtrack.errors import UsageError
from claimtrack.package import Package, load
from claimtrack.schema import Field
from claimtrack.structure.files.opening import RefusedError, read_bytes

LIMIT = 2**20
"""Bytes of an issue: GitHub allows 65,536 characters."""

_NO_ANSWER = {"_No response_", "None"}
_INTRODUCTION = (
    "Report one claim: what one person, institution or outlet said, and where you read it. One claim is one statement "
    "that can be right or wrong by itself; use the form again for the next. Leave blank what the source does not say "
    "and what you do not know: four answers are needed, and somebody else does the rest. As the source give the title "
    "or the address of the page; for people and places type the name. They will be matched to the tables."
)
CODED = "For those who code claims; leave blank otherwise"
"""The heading of all questions that nobody can answer who does not know the tables. It comes last."""

NEEDED = ("source_id", "locator", "text", "claimant_id")
"""Without these there is nothing to code; all else can be found in the source."""

_READ = (*NEEDED, "quote", "count_text", "time_text", "place_id", "actor_id", "target_id", "note")
"""What whoever has read the source can say."""


def _asked() -> Iterator[tuple[str, Field]]:
    """The heading and the column of every question of the form: first what everybody can answer."""
    asked = [(topic, column) for topic, columns in TOPICS.items() for column in columns if column != STATEMENT]
    yield from ((topic, claims().field(column)) for topic, column in asked if column in _READ)
    yield from ((CODED, claims().field(column)) for _, column in asked if column not in _READ)


def as_yaml() -> str:
    """The form, as GitHub wants it."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Made by `python -m claimtrack.contribute.issue_form`; a test fails when this file is stale."
    yield "name: Report a claim"
    yield "description: Report what somebody said, without touching any file."
    yield 'title: "Claim: "'
    yield "labels: [claim]"
    yield "body:"
    yield from _element("markdown", None, {"value": _INTRODUCTION})
    before = ""
    for topic, field in _asked():
        if topic != before:
            yield from _element("markdown", None, {"value": f"## {topic}"})
            before = topic
        yield from _question(field, field.name in NEEDED)


def _question(field: Field, required: bool) -> Iterator[str]:
    offered = [with_meaning(field, value) for value in options(field)]
    attributes: dict[str, Any] = {"label": field.title, "description": field.description}
    if offered:
        attributes["options"] = offered
    else:
        hint = "" if reference(field.name) or allowed(field) == "text" else f" Allowed: {allowed(field)}."
        attributes |= {"description": field.description + hint, "placeholder": field.example}
    yield from _element("dropdown" if offered else "input", field.name, attributes)
    yield "    validations:"
    yield f"      required: {str(required).lower()}"


def _element(kind: str, name: str | None, attributes: Mapping[str, Any]) -> Iterator[str]:
    yield f"  - type: {kind}"
    if name:
        yield f"    id: {name}"
    yield "    attributes:"
    for key, value in attributes.items():
        if isinstance(value, list):
            yield f"      {key}:"
            yield from (f"        - {json.dumps(option, ensure_ascii=False)}" for option in value)
        else:
            yield f"      {key}: {json.dumps(value, ensure_ascii=False)}"


def read_issue(descriptor: Path, path: Path) -> Entries:
    """The claims in filled forms: an issue, a list of them or a webhook's event, as GitHub's JSON.

    Each has an id and the name of a statement. What is typed for people, places, sources and incidents may be a name.
    Raises `UsageError` where the file holds no filled form, `DataError` where the package cannot be loaded.
    """
    try:
        given = json.loads(read_bytes(path.parent, path.name, LIMIT))
    except RefusedError as error:
        raise UsageError(f"{path.parent}: {error.message}") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is no JSON: {error}") from None
    package = load(descriptor)
    shown = place_of(descriptor.parent, path)
    bodies = list(_bodies(given))
    if not bodies:
        raise UsageError(f"{path} holds no issue that was made with the form for claims")
    rows = [entry(_row(cells, package), shown) for cells in bodies]
    return Entries(with_statements(existing(descriptor), rows))


def _bodies(given: Any) -> Iterator[dict[str, str]]:
    for issue in given if isinstance(given, list) else [given]:
        inner = issue.get("issue", issue) if isinstance(issue, dict) else None
        body = inner.get("body") if isinstance(inner, dict) else None
        cells = _answers(body) if isinstance(body, str) else {}
        if cells:
            yield cells


def _answers(body: str) -> dict[str, str]:
    """The cells by column. A heading that is no question of the form, or comes again, is part of the answer before."""
    columns = {f"### {field.title}": field.name for _, field in _asked()}
    lines = body.replace("\r\n", "\n").split("\n")
    found = _sections(lines, columns, in_order=True)
    if len(found) < len(columns):  # not as the form is now
        found = _sections(lines, columns, in_order=False)
    return {column: _answer(column, "\n".join(answer)) for column, answer in found.items()}


def _sections(lines: Iterable[str], columns: Mapping[str, str], *, in_order: bool) -> dict[str, list[str]]:
    """The lines of each answer; with `in_order` a question only begins where the one before it in the form has."""
    order, found = list(columns.values()), dict[str, list[str]]()
    column = ""
    for line in lines:
        heading = columns.get(line.strip())
        if heading and heading not in found and (not in_order or heading == order[len(found)]):
            column = heading
            found[column] = []
        elif column:
            found[column].append(line)
    return found


def _answer(column: str, text: str) -> str:
    cell = tidy(text)
    if cell in _NO_ANSWER:
        return ""
    value = cell.split(": ")[0]
    return value if value in claims().field(column).enum else cell


def _row(cells: Mapping[str, str], package: Package) -> dict[str, str]:
    """The whole row, with ids for the names that are known."""
    row = dict(cells)
    for column, cell in cells.items():
        key = reference(column)
        if cell and key and key.resource in LABELS:
            row[column] = names(package, key.resource).meant(cell) or cell
    return row


if __name__ == "__main__":
    sys.stdout.write(as_yaml())
