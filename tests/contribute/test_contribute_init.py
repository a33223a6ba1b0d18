"""An empty package appears whole, or not at all."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from claimtrack.contribute import init
from claimtrack.contribute.inbox import ADD, INBOX, inbox_files
from claimtrack.contribute.init import create
from claimtrack.contribute.template import csv_template
from claimtrack.contribute.workbook import NAMES_FIRST
from claimtrack.errors import UsageError
from claimtrack.locate import shipped_root
from claimtrack.package import load
from claimtrack.schema import TABLES, table_schema
from claimtrack.validation import validate


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_is_valid_and_empty(tmp_path: Path) -> None:
    descriptor = create(tmp_path / "my-claims")
    assert descriptor == tmp_path / "my-claims" / "datapackage.json"
    assert validate(descriptor) == []
    package = load(descriptor)
    sizes = {name: len(frame) for name, frame in package.frames.items()}
    assert sizes.pop("predicates") > 0
    assert set(sizes.values()) == {0}


def test_it_holds_the_codebook_and_the_schemas_of_the_library(tmp_path: Path) -> None:
    create(tmp_path / "new")
    made, shipped = contents(tmp_path / "new"), shipped_root()
    assert made["data/predicates.csv"] == (shipped / "data" / "predicates.csv").read_bytes()
    for table in TABLES:
        assert made[f"schemas/{table}.json"] == (shipped / "schemas" / f"{table}.json").read_bytes()
        assert made[f"data/{table}.csv"].startswith((",".join(table_schema(table).columns) + "\n").encode())
    assert len(made) == 2 * len(TABLES) + 3


def test_it_has_an_inbox_and_the_columns_for_it(tmp_path: Path) -> None:
    descriptor = create(tmp_path / "new")
    assert (descriptor.parent / INBOX / "README.md").read_text("utf-8").startswith("# Inbox\n")
    assert inbox_files(descriptor.parent) == []
    assert (descriptor.parent / init.TEMPLATE).read_text("utf-8") == csv_template()
    assert init.TEMPLATE in ADD
    assert init.TEMPLATE in NAMES_FIRST


def test_its_descriptor_says_nothing_about_the_shipped_data(tmp_path: Path) -> None:
    described = json.loads(create(tmp_path / "new", title="Claims ‘new’", name="other-name").read_text("utf-8"))
    assert (described["name"], described["title"], described["version"]) == ("other-name", "Claims ‘new’", "0.1.0")
    assert not {"description", "keywords", "temporal", "spatial", "contributors", "sources", "licenses"} & set(
        described
    )


@pytest.mark.parametrize(
    ("folder", "name"), [("my-claims", "my-claims"), ("My Claims (2)", "my-claims-2"), ("Ö_x.1", "x-1")]
)
def test_the_name_comes_from_the_folder(tmp_path: Path, folder: str, name: str) -> None:
    described = json.loads(create(tmp_path / folder).read_text("utf-8"))
    assert (described["name"], described["title"]) == (name, name)


@pytest.mark.parametrize("name", ["Ö", "a b", "A", "-a", "../x"])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="is no name for a package"):
        create(tmp_path / "new", name=name)
    assert contents(tmp_path) == {}


def test_a_folder_without_a_usable_name_needs_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="give one with --name"):
        create(tmp_path / "Ö")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert validate(create(tmp_path / "new")) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "note.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    before = contents(tmp_path)
    for taken in ("new", "file"):
        with pytest.raises(UsageError, match="name a folder that does not exist yet"):
            create(tmp_path / taken)
    with pytest.raises(UsageError, match="there is no folder"):
        create(tmp_path / "missing" / "new")
    assert contents(tmp_path) == before


@pytest.mark.parametrize("step", range(1, 23))
@pytest.mark.parametrize(
    "fault", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "stopped"]
)
def test_a_failure_at_any_step_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, fault: BaseException
) -> None:
    """Every file that is written, and the move at the end, fails in turn."""
    steps = 0

    def failing(real):
        def run(*args, **kwargs):
            nonlocal steps
            steps += 1
            if steps == step:
                raise fault
            return real(*args, **kwargs)

        return run

    monkeypatch.setattr(init.shutil, "copyfile", failing(shutil.copyfile))
    monkeypatch.setattr(Path, "write_text", failing(Path.write_text))
    monkeypatch.setattr(Path, "replace", failing(Path.replace))
    (tmp_path / "new").mkdir()
    with pytest.raises(type(fault)):
        create(tmp_path / "new")
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert list((tmp_path / "new").iterdir()) == []


def test_there_are_as_many_steps_as_are_made_to_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = []
    for owner, name in ((init.shutil, "copyfile"), (Path, "write_text"), (Path, "replace")):
        real = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *args, _real=real, **kw: steps.append(1) or _real(*args, **kw))
    create(tmp_path / "new")
    assert len(steps) == 22


def test_killed_at_any_moment_the_folder_is_whole_or_not_there(tmp_path: Path) -> None:
    """No handler runs after SIGKILL: the folder that is asked for must never be seen half written."""
    code = (
        "import sys; from pathlib import Path; from claimtrack.contribute.init import create; create(Path(sys.argv[1]))"
    )
    for number, delay in enumerate((0.0, 0.05, 0.1, 0.15, 0.2, 0.3)):
        folder = tmp_path / f"new-{number}"
        process = subprocess.Popen([sys.executable, "-c", code, str(folder)])
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if folder.exists():
            assert validate(folder) == []


def test_a_folder_that_cannot_be_written_is_an_os_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *args: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PermissionError):
        create(tmp_path / "new")
