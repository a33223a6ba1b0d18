"""A package as it was in a commit is read like any other, and nothing of it leads out of its folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.contribute.diff import compare
from claimtrack.contribute.diff.sides import from_commit, from_folder, is_package, named
from claimtrack.errors import UsageError
from disputed import ADDED
from mutations import build, valid
from repository import Repository

SOURCES = Path("data/sources.csv")


def repository_with(folder: Path, package: str, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository.made(folder / "repository", monkeypatch)
    valid(made.folder / package)
    made.commit("first")
    return made


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    return repository_with(tmp_path, "some folder/package", monkeypatch)


def descriptor(repository: Repository) -> Path:
    (found,) = repository.folder.rglob("datapackage.json")
    return found


@pytest.mark.parametrize("package", ["", "some folder/package"], ids=["at the root", "in a folder"])
def test_it_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    repository = repository_with(tmp_path, package, monkeypatch)
    around = descriptor(repository)
    sound = from_folder(around, "before")
    build(around.parent, [{"file": "data/claims.csv", "append": ADDED[0]}])
    commit = repository.git("rev-parse", "HEAD")
    side = from_commit(around, commit, "HEAD")
    assert (side.name, side.commit, side.root, side.problems) == ("HEAD", commit, around.parent, [])
    assert {name: table.arrow for name, table in side.raw.tables.items()} == {
        name: table.arrow for name, table in sound.raw.tables.items()
    }
    assert [row.key for row in compare(side, from_folder(around, "now")).tables["claims"].added] == [
        ADDED[0]["claim_id"]
    ]


@pytest.mark.parametrize("revision", ["HEAD", "main", "v1", "HEAD~0"])
def test_a_revision_has_many_names(repository: Repository, revision: str) -> None:
    repository.git("tag", "-a", "v1", "-m", "v1")
    assert named(revision, descriptor(repository)).commit == repository.git("rev-parse", "HEAD")


def test_where_a_branch_left_another(repository: Repository) -> None:
    left = repository.git("rev-parse", "HEAD")
    repository.git("switch", "--quiet", "-c", "branch")
    ours = repository.commit("ours")
    repository.git("switch", "--quiet", "main")
    repository.commit("theirs")
    assert named("main...", descriptor(repository), since=ours).commit == left
    assert named("main", descriptor(repository), since=ours).commit == repository.git("rev-parse", "main")


@pytest.mark.parametrize("given", ["nowhere", "-h", "--all", "main...main", "", "...", "HEAD:data", "/nowhere"])
def test_what_is_neither_revision_nor_package(repository: Repository, given: str) -> None:
    with pytest.raises(UsageError, match="there is no git revision"):
        named(given, descriptor(repository), since="HEAD")


def test_branches_without_a_common_beginning(repository: Repository) -> None:
    around = descriptor(repository)
    repository.git("switch", "--quiet", "--orphan", "other")
    valid(around.parent)
    other = repository.commit("other")
    with pytest.raises(UsageError):
        named("main...", around, since=other)


def test_outside_a_repository(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no git revision 'HEAD'"):
        named("HEAD", valid(tmp_path))


def test_a_path_is_taken_for_a_package_where_there_is_one(repository: Repository, tmp_path: Path) -> None:
    other = valid(tmp_path / "other")
    side = named(str(other.parent), descriptor(repository))
    assert (side.commit, side.root) == (None, other.parent)
    assert (is_package(str(other)), is_package(str(tmp_path))) == (True, False)


def test_a_revision_before_there_was_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Repository.made(tmp_path, monkeypatch)
    made.commit("empty")
    with pytest.raises(UsageError, match="the revision HEAD has no package"):
        named("HEAD", valid(tmp_path))


def as_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/passwd")


def as_linked_folder(path: Path) -> None:
    path.parent.rename(path.parents[1] / "elsewhere")
    path.parent.symlink_to("elsewhere")


def as_latin(path: Path) -> None:
    path.write_bytes(path.read_bytes() + "ü".encode("latin-1"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (as_link, "file-missing"),
        (as_linked_folder, "file-missing"),
        (as_latin, "encoding-invalid"),
        (Path.unlink, "file-missing"),
    ],
    ids=["link", "linked folder", "bytes", "gone"],
)
def test_hostile_files_are_not_followed(repository: Repository, change: Callable[[Path], None], code: str) -> None:
    around = descriptor(repository)
    change(around.parent / SOURCES)
    commit = repository.commit("hostile")
    side = from_commit(around, commit, "hostile")
    assert side.package is None
    assert code in {problem.code for problem in side.problems if problem.resource == "sources"}


def patched(around: Path, **changes: object) -> None:
    document = json.loads(around.read_text(encoding="utf-8"))
    document["resources"][0] |= changes
    around.write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize(
    "changes",
    [
        {"path": "../outside.csv"},
        {"path": "/etc/passwd"},
        {"path": ["data/actors.csv", "data/places.csv"]},
        {"path": 1},
        {"path": "https://example.org/actors.csv"},
        {"path": "datapackage.json"},
        {"schema": "../outside.json"},
    ],
    ids=["outside", "absolute", "two", "number", "remote", "itself", "schema"],
)
def test_hostile_descriptors_are_refused_as_on_disk(repository: Repository, changes: dict[str, object]) -> None:
    around = descriptor(repository)
    patched(around, **changes)
    side = from_commit(around, repository.commit("hostile"), "hostile")
    assert [found.code for found in side.problems] == [found.code for found in from_folder(around, "disk").problems]
    assert side.package is None


@pytest.mark.parametrize("text", ["{", "[]", '{"resources": 3}', '{"resources": [4]}'])
def test_a_descriptor_that_is_none(repository: Repository, text: str) -> None:
    around = descriptor(repository)
    around.write_text(text, encoding="utf-8")
    side = from_commit(around, repository.commit("hostile"), "hostile")
    assert [found.code for found in side.problems] == [found.code for found in from_folder(around, "disk").problems]
    assert side.package is None


def test_a_descriptor_without_end_is_refused(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimtrack.contribute.diff.revision.JSON_BYTES", 10)
    side = from_commit(descriptor(repository), repository.git("rev-parse", "HEAD"), "HEAD")
    assert {found.code for found in side.problems} == {"file-missing"}
