"""The reference of the tables and of the codebook, as Markdown: `python -m claimtrack.report.reference [FOLDER]`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from claimtrack.locate import shipped_root
from claimtrack.report.escape import markdown
from claimtrack.schema import TABLES, Field, ForeignKey, TableSchema, table_schema

COMMAND = "python -m claimtrack.report.reference"
_WRITTEN = f"Written by `{COMMAND}` from {{source}}: change that, run the command, and commit both."

# How the patterns of the schemas are put in words; any other pattern is shown as it stands.
_FORMS = {
    "[a-z0-9]+(?:-[a-z0-9]+)*": "slug",
    "[a-z0-9]+(?:-[a-z0-9]+)*(?:\\|[a-z0-9]+(?:-[a-z0-9]+)*)*": "slugs",
    "[a-z0-9]+(?:_[a-z0-9]+)*": "term",
    "[a-z0-9]+(?:_[a-z0-9]+)*(?:\\|[a-z0-9]+(?:_[a-z0-9]+)*)*": "terms",
}
_FORMATS = {"uri": "address", "%Y-%m-%dT%H:%M:%S%z": "with offset"}

_TABLES_INTRO = """\
A cell that is blank means "not stated", never zero. In the column *form*: a **slug** is made of lower-case letters and
digits, with single hyphens between them (`oc-media`); a **term** the same with underscores (`in_force`); **slugs** and
**terms** are several of them, separated by `|`. A datetime is `YYYY-MM-DDThh:mm:ss±hh:mm`, a date `YYYY-MM-DD`, a
boolean `true` or `false`. "One of" is followed by a list below the table."""

_CODEBOOK_INTRO = """\
What can be claimed, by kind of claim. Predicates are positive: a negation is expressed by the claim's `polarity`. The
column *treated as* says what the computations read from the row, besides its name."""


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _code(*names: str) -> str:
    """Names as code; a `|` in them must not end the table cell."""
    return ", ".join("`" + name.replace("|", "\\|") + "`" for name in names)


def _form(field: Field) -> str:
    """What a cell of the column looks like, in a few words."""
    says = [field.type]
    if field.format != "default":
        says.append(_FORMATS[field.format])
    if field.enum:
        says = ["one of"]
    elif field.pattern:
        says = [_FORMS.get(field.pattern, f"string like {_code(field.pattern)}")]
    if field.minimum is not None:
        says.append(f"from {field.minimum:g}")
    if field.maximum is not None:
        says.append(f"to {field.maximum:g}")
    if field.unique:
        says.append("unique")
    return ", ".join([*says, "**required**"] if field.required else says)


def _leads_to(key: ForeignKey) -> str:
    return f"{_code(*key.fields)} → [{key.resource}](#{key.resource}) ({_code(*key.reference_fields)})"


def _kinds(schema: TableSchema) -> str:
    rows = [
        [_code(kind), *(_code(*uses[use]) for use in ("requires", "allows"))] for kind, uses in schema.kinds.items()
    ]
    return "\n\n".join(
        [
            "### Columns by kind",
            "A row must and may fill what `every` says and what its own kind says. All else stays blank.",
            _table(["kind", "must fill", "may fill"], rows),
        ]
    )


def _section(schema: TableSchema) -> str:
    columns = [
        [_code(field.name), _form(field), markdown(field.description), _code(field.example)] for field in schema.fields
    ]
    parts = [f"## {schema.name}", schema.description, f"Primary key: {_code(*schema.primary_key)}."]
    if schema.foreign_keys:
        parts.append(f"Foreign keys: {'; '.join(map(_leads_to, schema.foreign_keys))}.")
    parts.append(_table(["column", "form", "meaning", "example"], columns))
    for field in schema.fields:
        if field.enum:
            values = [[_code(value), markdown(meaning)] for value, meaning in field.meanings.items()]
            parts += [f"### {schema.name}: {field.name}", _table(["value", "meaning"], values)]
    if schema.kinds:
        parts.append(_kinds(schema))
    return "\n\n".join(parts)


def tables(schemas: Iterable[TableSchema]) -> str:
    """One section a table: its keys, its columns and the meaning of every value of an enumeration."""
    parts = ["# Tables", _WRITTEN.format(source="`schemas/*.json`"), _TABLES_INTRO]
    return "\n\n".join([*parts, *map(_section, schemas)]) + "\n"


def _treated(row: Mapping[str, str]) -> str:
    """What the computations read from a row of the codebook, in words."""
    says = []
    if row["state"]:
        says.append(f"state {_code(row['state'])} is {_code(row['value'])}")
    if row["marks_start"] == "true":
        says.append("dates the beginning of the incident")
    if row["blame"] == "true":
        says.append("says who is at fault")
    if row["exclusive"] == "true":
        says.append("true of one actor only")
    if row["unit"]:
        says.append(f"counts {_code(row['outcomes'])}, unit {_code(row['unit'])}")
    if row["narrower_of"]:
        says.append(f"part of {_code(row['narrower_of'])}")
    if row["vague"] == "true":
        says.append("vague, compared with nothing else")
    return "; ".join(says)


def codebook(rows: Iterable[Mapping[str, str]]) -> str:
    """One section a kind, one line a predicate, in the order of the rows (those of predicates.csv, as strings)."""
    listed = list(rows)
    parts = ["# Codebook", _WRITTEN.format(source="`data/predicates.csv`"), _CODEBOOK_INTRO]
    for kind, meaning in table_schema("predicates").field("kind").meanings.items():
        lines = [
            [_code(row["predicate"]), markdown(row["definition"]), _treated(row)]
            for row in listed
            if row["kind"] == kind
        ]
        if lines:
            parts += [f"## {kind}", f"{meaning[0].upper()}{meaning[1:]}."]
            parts.append(_table(["predicate", "what is claimed", "treated as"], lines))
    return "\n\n".join(parts) + "\n"


def documents() -> dict[str, str]:
    """Name of the file → its text, for the package that ships with this library."""
    with (shipped_root() / "data" / "predicates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    in_order = sorted(TABLES, key=lambda name: name != "claims")
    return {"tables.md": tables(map(table_schema, in_order)), "codebook.md": codebook(rows)}


def main(folder: str = "docs") -> None:
    """Write the documents into a folder that exists."""
    for name, text in documents().items():
        Path(folder, name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
