"""The descriptor: valid under both versions of the standard, and a claimtrack package by its own profile."""

from __future__ import annotations

import copy
import importlib.util
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import pytest
import yaml
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

from claimtrack.schema import OPTIONAL, TABLES

ROOT = Path(__file__).parents[1]
DESCRIPTOR: dict[str, Any] = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
PROFILE = json.loads((ROOT / "schemas" / "profile.json").read_text(encoding="utf-8"))
Change = Callable[[dict[str, Any]], object]


def standard(version: str, name: str) -> Any:
    """An official profile, from the files of dplib (which fetches them when it is asked in the ordinary way)."""
    spec = importlib.util.find_spec("dplib")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    folder = Path(spec.submodule_search_locations[0])
    return json.loads((folder / "profiles" / version / f"{name}.json").read_text(encoding="utf-8"))


def with_schemas() -> dict[str, Any]:
    """The descriptor with every schema in place of its path."""
    descriptor = copy.deepcopy(DESCRIPTOR)
    for resource in descriptor["resources"]:
        resource["schema"] = json.loads((ROOT / resource["schema"]).read_text(encoding="utf-8"))
    return descriptor


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("descriptor", [DESCRIPTOR, with_schemas()], ids=["paths", "inline"])
def test_descriptor_satisfies_the_standard(version: str, descriptor: dict[str, Any]) -> None:
    profile = standard(version, "datapackage")
    assert [error.message for error in validator_for(profile)(profile).iter_errors(descriptor)] == []


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("resource", with_schemas()["resources"], ids=lambda resource: resource["name"])
def test_schemas_and_dialects_satisfy_the_standard(version: str, resource: dict[str, Any]) -> None:
    for part, name in (("schema", "tableschema"), ("dialect", "tabledialect")):
        profile = standard(version, name)
        assert [error.message for error in validator_for(profile)(profile).iter_errors(resource[part])] == []


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_the_standard_is_not_a_formality(version: str) -> None:
    profile = standard(version, "datapackage")
    assert not validator_for(profile)(profile).is_valid({**DESCRIPTOR, "resources": []})


def test_frictionless_accepts_the_metadata() -> None:
    assert frictionless.Package.validate_descriptor(str(ROOT / "datapackage.json")).valid


def test_descriptor_is_a_claimtrack_package() -> None:
    Draft202012Validator.check_schema(PROFILE)
    assert [error.message for error in Draft202012Validator(PROFILE).iter_errors(DESCRIPTOR)] == []


def resource(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(entry for entry in descriptor["resources"] if entry["name"] == name)
    return found


# Changes that make another sort of package of it, or a package that a reader would read differently.
REFUSED: dict[str, Change] = {
    "no version of the schemas": lambda d: d.pop("claimtrack:schema-version"),
    "a version to come": lambda d: d.update({"claimtrack:schema-version": "2"}),
    "a version that is a number": lambda d: d.update({"claimtrack:schema-version": 1}),
    "no resources": lambda d: d.pop("resources"),
    "a table twice": lambda d: d["resources"].append(copy.deepcopy(resource(d, "links"))),
    "corrections twice": lambda d: d["resources"].append(copy.deepcopy(resource(d, "corrections"))),
    "a table under another name": lambda d: resource(d, "links").update(name="connections"),
    "the schema of another table": lambda d: resource(d, "links").update(schema="schemas/relays.json"),
    "a schema of one's own": lambda d: resource(d, "links").update(schema={"fields": []}),
    "no encoding": lambda d: resource(d, "links").pop("encoding"),
    "another encoding": lambda d: resource(d, "links").update(encoding="cp1252"),
    "another delimiter": lambda d: resource(d, "links")["dialect"].update(delimiter=";"),
    "no dialect": lambda d: resource(d, "links").pop("dialect"),
    "no header": lambda d: resource(d, "links")["dialect"].update(header=False),
    "no type": lambda d: resource(d, "links").pop("type"),
    "no profile": lambda d: resource(d, "links").pop("profile"),
    "rows in the descriptor": lambda d: resource(d, "links").update(data=resource(d, "links").pop("path")),
    "several files": lambda d: resource(d, "links").update(path=["data/a.csv", "data/b.csv"]),
    "an absolute path": lambda d: resource(d, "links").update(path="/data/links.csv"),
    "a path above the package": lambda d: resource(d, "links").update(path="../links.csv"),
    "an address": lambda d: resource(d, "links").update(path="https://example.org/links.csv"),
    "a compressed file": lambda d: resource(d, "links").update(path="data/links.csv.gz"),
    **{
        f"no {name}": lambda d, name=name: d["resources"].remove(resource(d, name))
        for name in TABLES
        if name not in OPTIONAL
    },
}

ACCEPTED: dict[str, Change] = {
    "another resource": lambda d: d["resources"].append({"name": "photos", "path": "photos.csv"}),
    "another property": lambda d: d.update({"funding": "none"}),
    "another order": lambda d: d["resources"].reverse(),
    "another folder": lambda d: resource(d, "links").update(path="tables/of/links.csv"),
    "a description": lambda d: resource(d, "links").update(description="Ours."),
    "no corrections": lambda d: d["resources"].remove(resource(d, "corrections")),
    "no title": lambda d: d.pop("title"),
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_profile_refuses(change: Change) -> None:
    descriptor = copy.deepcopy(DESCRIPTOR)
    change(descriptor)
    assert not Draft202012Validator(PROFILE).is_valid(descriptor)


@pytest.mark.parametrize("change", ACCEPTED.values(), ids=ACCEPTED)
def test_profile_accepts(change: Change) -> None:
    descriptor = copy.deepcopy(DESCRIPTOR)
    change(descriptor)
    assert Draft202012Validator(PROFILE).is_valid(descriptor)


def test_titles_and_descriptions_are_those_of_the_schemas() -> None:
    for entry in with_schemas()["resources"]:
        assert (entry["title"], entry["description"]) == (entry["schema"]["title"], entry["schema"]["description"])


def test_nothing_that_two_changes_would_both_touch() -> None:
    """Row counts, sizes and hashes belong to a released build."""
    for entry in DESCRIPTOR["resources"]:
        assert not entry.keys() & {"bytes", "hash", "rows", "fields", "stats"}


def test_the_citation_has_the_licence_of_the_data() -> None:
    """And none beside it: several in a list are a choice, and Zenodo takes no list."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["type"], [citation["license"]]) == ("dataset", [entry["name"] for entry in DESCRIPTOR["licenses"]])


def test_one_version_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert DESCRIPTOR["version"] == project["version"] == citation["version"]
    assert f"## {DESCRIPTOR['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
