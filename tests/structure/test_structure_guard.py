from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimtrack.errors import UsageError
from claimtrack.problems import Problem
from claimtrack.structure import read
from claimtrack.structure.files.guard import unsafe
from claimtrack.structure.files.opening import RefusedError, opened
from claimtrack.structure.limits import JSON_BYTES, RESOURCES


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("data/claims.csv", None),
        ("claims.csv", None),
        ("a/b/c/claims 2.v1_x-y.csv", None),
        ("данные/заявления.csv", None),
        ("", "path-unsafe"),
        ("/claims.csv", "path-unsafe"),
        ("../claims.csv", "path-unsafe"),
        ("data/../../claims.csv", "path-unsafe"),
        ("data/..", "path-unsafe"),
        ("./claims.csv", "path-unsafe"),
        ("data//claims.csv", "path-unsafe"),
        ("data/", "path-unsafe"),
        ("~/claims.csv", "path-unsafe"),
        ("data\\claims.csv", "path-unsafe"),
        (".git/config", "path-unsafe"),
        ("data/claims.csv\0.png", "path-unsafe"),
        ("data/claims\n.csv", "path-unsafe"),
        ("data/*.csv", "path-unsafe"),
        ("data/claims.csv ", "path-unsafe"),
        ("%2e%2e/claims.csv", "path-unsafe"),
        ("$HOME/claims.csv", "path-unsafe"),
        ("C:/claims.csv", "path-unsafe"),
        ("C:\\claims.csv", "path-unsafe"),
        ("\\\\server\\claims.csv", "path-remote"),
        ("//example.org/claims.csv", "path-remote"),
        ("http://example.org/claims.csv", "path-remote"),
        ("HTTPS://example.org/claims.csv", "path-remote"),
        ("file:claims.csv", "path-remote"),
        ("file:///etc/passwd", "path-remote"),
        ("s3://bucket/claims.csv", "path-remote"),
        ("data:text/csv,claim_id", "path-remote"),
        ("www.example.org/claims.csv", "path-remote"),
    ],
)
def test_only_plain_relative_paths_are_safe(path: str, code: str | None) -> None:
    refused = unsafe(path)
    assert (refused and refused[0]) == code


@pytest.fixture
def patched(package: Path) -> Callable[..., list[Problem]]:
    """The problems of the package with its descriptor changed in place."""

    def read_patched(change: Callable[[dict[str, Any]], object]) -> list[Problem]:
        path = package / "datapackage.json"
        descriptor = json.loads(path.read_text())
        change(descriptor)
        path.write_text(json.dumps(descriptor))
        return list(read(path).problems)

    return read_patched


def links_of(descriptor: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = descriptor["resources"][7]
    return found


def test_a_list_of_one_path_is_read_but_no_claimtrack_package(patched: Callable[..., list[Problem]]) -> None:
    found = patched(lambda descriptor: links_of(descriptor).update(path=["data/links.csv"]))
    assert [problem.code for problem in found] == ["descriptor-invalid"]


@pytest.mark.parametrize("name", [None, 7, ["links"], {"links": 1}])
def test_a_name_that_is_none_is_reported(name: object, patched: Callable[..., list[Problem]]) -> None:
    found = patched(lambda descriptor: links_of(descriptor).update(name=name))
    assert "resource-missing" in {problem.code for problem in found}
    assert {problem.path for problem in found} == {"datapackage.json"}


@pytest.mark.parametrize("value", [7, None, {}, "x", [7, None, "x", [], {}]])
def test_resources_of_any_shape_are_survived(value: object, patched: Callable[..., list[Problem]]) -> None:
    found = patched(lambda descriptor: descriptor.update(resources=value))
    assert {problem.code for problem in found} <= {"resource-missing", "descriptor-invalid"}
    assert found


@pytest.mark.parametrize("value", [7, None, [], {}, True, [[]], {"x": 1}])
@pytest.mark.parametrize(
    "key", ["path", "schema", "dialect", "encoding", "profile", "$schema", "compression", "scheme", "bytes", "hash"]
)
def test_values_of_any_shape_are_survived(key: str, value: object, patched: Callable[..., list[Problem]]) -> None:
    found = patched(lambda descriptor: links_of(descriptor).update({key: value}))
    assert all(problem.path == "datapackage.json" for problem in found)


def test_both_of_two_faults_of_a_resource_are_found(patched: Callable[..., list[Problem]]) -> None:
    found = patched(lambda descriptor: links_of(descriptor).update(path="../links.csv", encoding="latin-1"))
    assert sorted(problem.code for problem in found) == ["dialect-other", "path-unsafe"]


def test_inline_rows_with_a_path_are_reported_once(patched: Callable[..., list[Problem]]) -> None:
    found = patched(lambda descriptor: links_of(descriptor).update(data=[]))
    assert [problem.code for problem in found] == ["data-inline"]


def test_too_many_resources_are_not_looked_at(patched: Callable[..., list[Problem]]) -> None:
    found = patched(lambda descriptor: descriptor.update(resources=[{}] * (RESOURCES + 1)))
    assert [problem.code for problem in found] == ["descriptor-invalid"]
    assert "more than 1000 resources" in found[0].message


def test_a_socket_is_no_file(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(package)
    Path("data/links.csv").unlink()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("data/links.csv")
        found = read(package / "datapackage.json").problems
    assert [problem.code for problem in found] == ["path-not-a-file"]


def test_a_descriptor_that_is_a_link_is_refused(package: Path) -> None:
    (package / "datapackage.json").rename(package / "other.json")
    (package / "datapackage.json").symlink_to("other.json")
    with pytest.raises(UsageError, match=r"datapackage\.json is a symbolic link"):
        read(package / "datapackage.json")


def test_a_descriptor_of_absurd_size_is_refused(package: Path) -> None:
    os.truncate(package / "datapackage.json", JSON_BYTES + 1)
    with pytest.raises(UsageError, match=r"has 2,097,153 bytes; at most 2,097,152 are read"):
        read(package / "datapackage.json")


def test_a_package_below_a_link_is_read(package: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(package)
    assert read(tmp_path / "link" / "datapackage.json").problems == []


def test_a_file_that_the_system_withholds_is_reported(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    withheld = package / "data" / "links.csv"
    really_open = os.open

    def refusing(path: Path, flags: int) -> int:
        if Path(path) == withheld:
            raise PermissionError(13, "Permission denied")
        return really_open(path, flags)

    monkeypatch.setattr(os, "open", refusing)
    found = read(package / "datapackage.json").problems
    assert [(problem.code, problem.path) for problem in found] == [("file-unreadable", "data/links.csv")]
    assert found[0].message == "data/links.csv cannot be read: Permission denied"


def test_a_file_that_becomes_a_link_while_it_is_looked_at_is_not_opened(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimtrack.structure.files.opening.inspect", lambda *_: None)
    (package / "data" / "links.csv").unlink()
    (package / "data" / "links.csv").symlink_to("/etc/passwd")
    with pytest.raises(RefusedError) as refused, opened(package, "data/links.csv", 1000):
        pass
    assert refused.value.code == "file-unreadable"


def test_a_schema_that_vanishes_after_the_guard_is_reported(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimtrack.structure.files.guard.inspect", lambda *_: None)
    (package / "schemas" / "links.json").unlink()
    found = read(package / "datapackage.json").problems
    assert [(problem.code, problem.path) for problem in found] == [("file-missing", "schemas/links.json")]
    assert found[0].message.endswith("the table is checked against the library's schema")
