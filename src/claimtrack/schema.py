"""The Table Schemas in `schemas/`, as typed data. Everything that depends on a column reads it from here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from claimtrack.locate import shipped_root

TABLES = ("actors", "places", "incidents", "sources", "predicates", "claims", "relays", "links", "corrections")
"""In this order they are read; every package has all of them but those in `OPTIONAL`."""

OPTIONAL = ("corrections",)
"""A package that does not name them has no rows in them."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its type, its meaning and what a cell must satisfy."""

    name: str
    type: str
    format: str
    title: str
    description: str
    example: str
    required: bool
    unique: bool
    enum: tuple[str, ...]
    meanings: Mapping[str, str]
    pattern: str | None
    minimum: float | None
    maximum: float | None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values must exist in `resource` (the table itself where the schema leaves it empty)."""

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: columns in order, keys, and (claims only) which columns each kind requires and allows."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    missing_values: tuple[str, ...]
    kinds: Mapping[str, Mapping[str, tuple[str, ...]]]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the file."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The column of that name; KeyError if there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def reference(self, column: str) -> ForeignKey | None:
        """The table whose ids a column takes, None where it takes none. Of a key of several columns the last counts."""
        return next((key for key in self.foreign_keys if key.fields[-1] == column), None)


def _field(raw: Mapping[str, Any]) -> Field:
    constraints = raw.get("constraints", {})
    return Field(
        name=raw["name"],
        type=raw["type"],
        format=raw.get("format", "default"),
        title=raw["title"],
        description=raw["description"],
        example=raw.get("example", ""),
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        enum=tuple(constraints.get("enum", ())),
        meanings={category["value"]: category["label"] for category in raw.get("categories", ())},
        pattern=constraints.get("pattern"),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
    )


def parse(raw: Mapping[str, Any]) -> TableSchema:
    """A Table Schema that satisfies `schemas/meta.json`, as typed data."""
    return TableSchema(
        name=raw["name"],
        title=raw["title"],
        description=raw["description"],
        fields=tuple(_field(field) for field in raw["fields"]),
        primary_key=tuple(raw["primaryKey"]),
        foreign_keys=tuple(
            ForeignKey(
                tuple(key["fields"]), key["reference"]["resource"] or raw["name"], tuple(key["reference"]["fields"])
            )
            for key in raw.get("foreignKeys", ())
        ),
        missing_values=tuple(raw["missingValues"]),
        kinds={
            kind: {use: tuple(columns) for use, columns in uses.items()}
            for kind, uses in raw.get("claimtrack:kinds", {}).items()
        },
    )


@cache
def table_schema(name: str) -> TableSchema:
    """The schema of one of `TABLES`, as shipped with this library."""
    return parse(json.loads((shipped_root() / "schemas" / f"{name}.json").read_text(encoding="utf-8")))


_REWORDED = ("text", "note", "locator")
"""Columns of a claim that may be put better at any time: what the claim says does not change with them."""


@cache
def correctable() -> tuple[str, ...]:
    """The columns of a claim of which a change is a correction: all but its id and what may be worded anew."""
    return tuple(column for column in table_schema("claims").columns if column not in ("claim_id", *_REWORDED))
