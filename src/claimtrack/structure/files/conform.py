"""Descriptor and schemas against the profile, the meta-schema and the schemas that the library computes with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from claimtrack.locate import shipped_root
from claimtrack.problems import Problem
from claimtrack.rulebook import problem
from claimtrack.structure.files.guard import Guarded, Resource, Steps
from claimtrack.structure.files.jsonfile import Document, read_json
from claimtrack.structure.files.opening import RefusedError, read_bytes
from claimtrack.structure.limits import RESOURCES, SCHEMA_BYTES
from claimtrack.structure.telling.nearest import closest
from claimtrack.structure.telling.shown import printable, shown

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_FALLBACK = "; the table is checked against the library's schema"
_VERSION = "claimtrack:schema-version"
_CODES = {
    _VERSION: "schema-version",
    "dialect": "dialect-other",
    "encoding": "dialect-other",
    "schema": "schema-path",
}


@cache
def _shipped_bytes(name: str) -> bytes:
    return (shipped_root() / "schemas" / f"{name}.json").read_bytes()


@cache
def _shipped(name: str) -> Any:
    return json.loads(_shipped_bytes(name))


def _errors(name: str, value: Any) -> Iterable[ValidationError]:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(_shipped(name)).iter_errors(value)


def check_descriptor(document: Document, guarded: Guarded) -> list[Problem]:
    """How the descriptor departs from the profile, but for what the guard has said of the same place."""
    found = []
    if _crowded(document.value):
        line, column = document.place(("resources", RESOURCES))
        message = f"there are more than {RESOURCES} resources; nothing else in the descriptor was checked"
        return [problem("descriptor-invalid", message, path=document.path, line=line, column=column)]
    for error in _errors("profile", document.value):
        code, message, steps = _described(error, document.value)
        inline = message.startswith("path is missing") and (*steps, "data") in guarded.blamed
        if steps not in guarded.blamed and not inline:
            line, column = document.place(steps)
            fix = _of_later_version(document.value) if code == "schema-version" else None
            found.append(problem(code, message, path=document.path, line=line, column=column, fix=fix))
    return found


def check_version(document: Document, guarded: Guarded) -> list[Problem]:
    """What is wrong with the version of the schemas that the package says it follows."""
    return [each for each in check_descriptor(document, guarded) if each.code == "schema-version"]


def _of_later_version(descriptor: Mapping[str, Any]) -> str | None:
    """What to do with a package of a later version: to write another number into it would change what its cells say."""
    given, ours = descriptor.get(_VERSION), _shipped("profile")["properties"][_VERSION]["const"]
    if not (isinstance(given, str) and re.fullmatch("[1-9][0-9]{0,3}", given) and int(given) > int(ours)):
        return None
    return f"Install the claimtrack that knows version {given}; this one knows version {ours}."


def _crowded(descriptor: Any) -> bool:
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    return isinstance(resources, list) and len(resources) > RESOURCES


def _described(error: ValidationError, descriptor: Any) -> tuple[str, str, Steps]:
    """A breach of the profile: its code, its message and where it is."""
    steps: Steps = tuple(error.absolute_path)
    match error.validator:
        case "contains":
            return "resource-missing", f"there is no table {_table(error)}", steps
        case "maxContains":
            name = _table(error)
            second = [at for at, entry in enumerate(descriptor["resources"]) if _named(entry, name)][1]
            return "resource-repeated", f"{name} is described a second time", (*steps, second, "name")
        case "required":
            key = re.findall("'([^']*)'", error.message)[-1]
            return _CODES.get(key, "descriptor-invalid"), f"{key} is missing", steps
    last = steps[-1] if steps else "the descriptor"
    key = f"entry {last + 1}" if isinstance(last, int) else last
    message = f"{key} is {_short(error.instance)}, expected {_expected(error)}"
    return _CODES.get(key, "descriptor-invalid"), message, steps


def _table(error: ValidationError) -> str:
    return str(cast(Mapping[str, Any], error.schema)["contains"]["properties"]["name"]["const"])


def _named(entry: Any, name: str) -> bool:
    return isinstance(entry, Mapping) and entry.get("name") == name


def _short(value: Any) -> str:
    return printable(json.dumps(value, ensure_ascii=False))


def _expected(error: ValidationError) -> str:
    match error.validator:
        case "const":
            return _short(error.validator_value)
        case "type":
            return f"of type {error.validator_value}"
        case "enum":
            return f"one of {_short(error.validator_value)}"
    return f"{error.validator} {_short(error.validator_value)}"


def check_schema(root: Path, resource: Resource) -> list[Problem]:
    """How the schema file of a table departs from JSON, from the meta-schema or from the library's own schema."""
    if not isinstance(resource.schema, str):
        return []
    path = resource.schema
    try:
        data = read_bytes(root, path, SCHEMA_BYTES)
    except RefusedError as error:
        return [problem(error.code, error.message + _FALLBACK, path=path, resource=resource.name)]
    if data == _shipped_bytes(resource.name):
        return []
    document, found = read_json(path, data)
    if document is None or document.value == _shipped(resource.name):
        return found

    def wrong(code: str, message: str, steps: Steps) -> Problem:
        line, column = document.place(steps)
        return problem(code, message + _FALLBACK, path=path, line=line, column=column, resource=resource.name)

    invalid = [wrong("schema-invalid", _misspelt(error), _blame(error)) for error in _causes(document.value)]
    if invalid:
        return found + invalid
    first = next(_differences((), document.value, _shipped(resource.name)), None)
    if first is None:
        return found
    steps, message = first
    return [*found, wrong("schema-differs", message, steps)]


def _causes(schema: Any) -> Iterator[ValidationError]:
    """The breaches of the meta-schema: for every field, and for the rest, the one that the others follow from."""

    def place(error: ValidationError) -> list[str]:
        return [str(step) for step in error.absolute_path][:2]

    for _, errors in groupby(sorted(_errors("meta", schema), key=place), place):
        yield min(errors, key=_rank)


def _rank(error: ValidationError) -> int:
    """A misspelt key comes first; what a condition forbids mostly follows from something else."""
    known = ("additionalProperties", "type", "enum", "const", "required", "pattern")
    return known.index(error.validator) if error.validator in known else len(known) + (error.validator is None)


def _misspelt(error: ValidationError) -> str:
    """What a schema says that it may not, with what was probably meant."""
    where = printable("/".join(map(str, error.absolute_path)) or "the schema")
    unknown = _unknown_keys(error)
    if unknown:
        known = _known_keys(error)
        guesses = ("".join(f" (is {near} meant?)" for near in closest(key, known, 1)) for key in unknown)
        keys = ", ".join(shown(key) + guess for key, guess in zip(unknown, guesses, strict=True))
        return f"{where}: no such key: {keys}"
    return f"{where}: {printable(error.message)}"


def _known_keys(error: ValidationError) -> list[str]:
    return list(cast(Mapping[str, Any], error.schema)["properties"])


def _unknown_keys(error: ValidationError) -> list[str]:
    """The keys that an object of a schema may not have."""
    if error.validator != "additionalProperties":
        return []
    return [key for key in cast(Mapping[str, Any], error.instance) if key not in _known_keys(error)]


def _blame(error: ValidationError) -> Steps:
    return (*error.absolute_path, *_unknown_keys(error)[:1])


_WORDING = frozenset({"title", "description", "example", "label"})
"""What may be put better from one release to the next and means the same: docs/schema-versions.md."""


def _differences(steps: Steps, given: Any, ours: Any) -> Iterator[tuple[Steps, str]]:
    """Where two schemas differ in more than their wording, in the order of the given one, and how."""
    if isinstance(given, dict) and isinstance(ours, dict):
        for key in given:
            if key in _WORDING and key in ours:
                continue
            if key not in ours:
                yield (*steps, key), f"{shown(key)} stands here and not in the library's schema"
            else:
                yield from _differences((*steps, key), given[key], ours[key])
        for key in ours:
            if key not in given:
                yield steps, f"{key} is missing here"
    elif isinstance(given, list) and isinstance(ours, list):
        for at, (left, right) in enumerate(zip(given, ours, strict=False)):
            yield from _differences((*steps, at), left, right)
        if len(given) != len(ours):
            yield steps, f"{len(given)} entries, {len(ours)} in the library's schema"
    elif given != ours or type(given) is not type(ours):
        where = printable("/".join(map(str, steps)))
        yield steps, f"{where} is {_short(given)} here, {_short(ours)} in the library's schema"
