"""The Table Schemas satisfy the closed meta-schema, and what a meta-schema cannot say."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pytest
from jsonschema import Draft202012Validator

from claimtrack.schema import TABLES, Field, parse, table_schema
from claimtrack.structure.files.jsonfile import read_json

SCHEMAS = Path(__file__).parents[1] / "schemas"
META = json.loads((SCHEMAS / "meta.json").read_text(encoding="utf-8"))
RAW: dict[str, Any] = {name: json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")) for name in TABLES}
FIELDS = [(name, field) for name in TABLES for field in table_schema(name).fields]
IDS = [f"{name}.{field.name}" for name, field in FIELDS]


def refused(schema: Any) -> bool:
    return not Draft202012Validator(META).is_valid(schema)


def test_the_meta_schema_is_a_json_schema() -> None:
    Draft202012Validator.check_schema(META)


def objects(node: Any) -> Iterator[Any]:
    """Every JSON object below `node`, itself included."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from objects(child)


def test_every_object_of_the_meta_schema_is_closed() -> None:
    shapes = [node for node in objects(META) if node.get("type") == "object"]
    assert shapes
    assert all("additionalProperties" in node for node in shapes)


def test_a_schema_file_for_each_table_and_no_other() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == {*TABLES, "meta", "profile"}


@pytest.mark.parametrize("name", TABLES)
def test_schema_satisfies_the_meta_schema(name: str) -> None:
    errors = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(META).iter_errors(RAW[name])]
    assert errors == []
    assert read_json(name, (SCHEMAS / f"{name}.json").read_bytes())[1] == []


@pytest.mark.parametrize("name", TABLES)
def test_a_misspelt_key_cannot_pass(name: str) -> None:
    """Every key of every object of the schema, misspelt once."""
    for index, node in enumerate(objects(RAW[name])):
        for key in node:
            schema = copy.deepcopy(RAW[name])
            found = list(objects(schema))[index]
            if found.keys() <= set(table_schema("claims").kinds):
                continue  # names of kinds, checked against the enumeration below
            found[key[:-1] + key[-1] * 2] = found.pop(key)
            assert refused(schema), f"{key} misspelt in {node}"


# What is done to a field of the claims schema, and why it must not pass.
BAD_FIELDS: list[tuple[str, dict[str, Any], str]] = [
    ("claim_id", {"type": "uuid"}, "a type that no reader knows"),
    ("claim_id", {"contraints": {"required": True}}, "an extra key"),
    ("claim_id", {"constraints": {"minimum": 1}}, "a bound on a text"),
    ("claim_id", {"constraints": {"required": False}}, "what is the default anyway"),
    ("claim_id", {"constraints": {"required": True, "enum": ["a", "b"]}}, "values without meanings"),
    ("kind", {"constraints": {"required": True}}, "meanings without values"),
    ("kind", {"categories": ["count", "other"]}, "values without labels"),
    ("valid_from", {"format": "default"}, "a datetime without an offset would pass"),
    ("valid_from", {"constraints": {"minimum": "2022-01-01T00:00:00+00:00"}}, "frictionless crashes"),
    ("count_min", {"constraints": {"pattern": "[0-9]+"}}, "a pattern on a number"),
    ("count_min", {"format": "uri"}, "a format that the type does not have"),
    ("count_approx", {"trueValues": ["true", "1"]}, "two spellings of one value"),
    ("text", {"trueValues": ["true"], "falseValues": ["false"]}, "spellings of a value that is none"),
    ("text", {"description": ""}, "a blank description"),
    ("text", {"example": 3}, "an example is what stands in the file"),
]


@pytest.mark.parametrize(("name", "change", "why"), BAD_FIELDS, ids=[f"{row[0]}: {row[2]}" for row in BAD_FIELDS])
def test_a_bad_field_cannot_pass(name: str, change: dict[str, Any], why: str) -> None:
    schema = copy.deepcopy(RAW["claims"])
    field = next(field for field in schema["fields"] if field["name"] == name)
    field.update(change)
    assert refused(schema), why


def test_a_boolean_names_its_values() -> None:
    schema = copy.deepcopy(RAW["incidents"])
    field = next(field for field in schema["fields"] if field["type"] == "boolean")
    del field["falseValues"]
    assert refused(schema)


@pytest.mark.parametrize("key", ["name", "type", "title", "description", "example"])
def test_a_field_lacks_nothing(key: str) -> None:
    schema = copy.deepcopy(RAW["links"])
    del schema["fields"][0][key]
    assert refused(schema)


@pytest.mark.parametrize("name", TABLES)
def test_name_of_the_schema_is_its_file(name: str) -> None:
    assert table_schema(name).name == name


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_named_once(name: str) -> None:
    columns = table_schema(name).columns
    assert len(set(columns)) == len(columns)


@pytest.mark.parametrize("name", TABLES)
def test_keys_name_columns_that_exist(name: str) -> None:
    schema = table_schema(name)
    assert set(schema.primary_key) <= set(schema.columns)
    assert all(schema.field(column).required for column in schema.primary_key)
    for key in schema.foreign_keys:
        target = table_schema(key.resource)
        assert set(key.fields) <= set(schema.columns)
        assert key.reference_fields == target.primary_key, "a foreign key leads to a whole primary key"
        for column, referred in zip(key.fields, key.reference_fields, strict=True):
            assert schema.field(column).type == target.field(referred).type


def test_composite_foreign_keys_hold_no_blank() -> None:
    """Frictionless reports a composite key with one blank as a violation (docs/decisions/0005)."""
    schemas = [table_schema(name) for name in TABLES]
    composite = [(schema, key.fields) for schema in schemas for key in schema.foreign_keys if len(key.fields) > 1]
    assert composite
    assert [column for schema, columns in composite for column in columns if not schema.field(column).required] == []


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=IDS)
def test_categories_and_enumeration_agree(name: str, field: Field) -> None:
    assert tuple(field.meanings) == field.enum


def has_bare_alternative(pattern: str) -> bool:
    """Whether `pattern` has a `|` outside every group and character class."""
    depth, in_class, escaped = 0, False, False
    for character in pattern:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
        elif character == "|" and depth == 0:
            return True
        depth += {"(": 1, ")": -1}.get(character, 0) if not in_class else 0
    return False


@pytest.mark.parametrize(
    ("pattern", "bare"),
    [("A|B", True), ("(?:A|B)", False), ("[A|B]", False), (r"A\|B", False), ("(A)|B", True), ("[(]|B", True)],
)
def test_bare_alternatives_are_seen(pattern: str, bare: bool) -> None:
    assert has_bare_alternative(pattern) is bare


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=IDS)
def test_patterns_mean_the_same_to_every_reader(name: str, field: Field) -> None:
    """Frictionless turns `A|B` into `^A|B$`; anchors are the reader's business."""
    pattern = field.pattern or ""
    assert not has_bare_alternative(pattern)
    assert not pattern.startswith("^")
    assert not pattern.endswith("$")


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=IDS)
def test_examples_satisfy_their_own_constraints(name: str, field: Field) -> None:
    raw = next(raw for raw in RAW[name]["fields"] if raw["name"] == field.name)
    _, notes = frictionless.Field.from_descriptor(copy.deepcopy(raw)).read_cell(field.example)
    assert notes is None


@pytest.mark.parametrize("name", TABLES)
def test_frictionless_accepts_the_schema(name: str) -> None:
    assert frictionless.Schema.validate_descriptor(str(SCHEMAS / f"{name}.json")).valid


def test_kinds_name_the_kinds_and_columns_of_claims() -> None:
    claims = table_schema("claims")
    assert list(claims.kinds) == ["every", *claims.field("kind").enum]
    assert claims.field("kind").meanings == table_schema("predicates").field("kind").meanings
    named = {column for uses in claims.kinds.values() for use in uses.values() for column in use}
    assert named == set(claims.columns)
    for kind, uses in claims.kinds.items():
        every = claims.kinds["every"] if kind != "every" else {"requires": (), "allows": ()}
        assert not set(uses["requires"]) & set(uses["allows"])
        assert not set(uses["allows"]) & {*every["requires"], *every["allows"]}, (
            "what every kind allows is not repeated"
        )


def test_every_kind_requires_what_the_columns_require() -> None:
    claims = table_schema("claims")
    assert {field.name for field in claims.fields if field.required} == set(claims.kinds["every"]["requires"])


def test_a_self_reference_is_read_as_the_table_itself() -> None:
    raw = copy.deepcopy(RAW["actors"])
    assert {key.resource for key in parse(raw).foreign_keys} == {"actors"}
