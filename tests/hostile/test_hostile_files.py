"""What is no plain file is never opened, nor waited for."""

from __future__ import annotations

import io
import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.errors import DataError, UsageError
from claimtrack.package import load
from claimtrack.validation import validate
from mutations import valid

CLAIMS = Path("data/claims.csv")


def link(target: str | Path) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.unlink()
        path.symlink_to(target)

    return make


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def listening(path: Path) -> None:
    path.unlink()
    folder = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may have a hundred bytes at most
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)
    os.chdir(folder)


def bomb(path: Path) -> None:
    """A zip archive of a kilobyte that holds a megabyte of zeros."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("claims.csv", bytes(2**20))
    path.write_bytes(archive.getvalue())


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (link("/dev/zero"), "path-symlink"),
        (link("claims.csv"), "path-symlink"),
        (link("/etc/hostname"), "path-symlink"),
        (link("actors.csv"), "path-symlink"),
        (pipe, "path-not-a-file"),
        (listening, "path-not-a-file"),
        (bomb, "not-csv"),
    ],
    ids=["endless device", "loop", "file outside", "file inside", "pipe", "socket", "zip bomb"],
)
def test_a_table_that_is_no_plain_file(tmp_path: Path, make: Callable[[Path], None], code: str) -> None:
    root = valid(tmp_path).parent
    make(root / CLAIMS)
    assert code in {problem.code for problem in validate(root)}
    with pytest.raises(DataError):
        load(root)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/dev/zero", "path-unsafe"),
        ("../../../../dev/zero", "path-unsafe"),
        ("data/../../claims.csv", "path-unsafe"),
        ("file:///etc/passwd", "path-remote"),
        ("http://localhost/claims.csv", "path-remote"),
        ("data/claims.csv.gz", "compression"),
    ],
)
def test_a_path_that_leads_out(tmp_path: Path, path: str, code: str) -> None:
    descriptor = valid(tmp_path)
    text = descriptor.read_text("utf-8")
    assert text.count('"data/claims.csv"') == 1
    descriptor.write_text(text.replace('"data/claims.csv"', f'"{path}"'), encoding="utf-8")
    assert code in {problem.code for problem in validate(descriptor)}


def test_a_folder_that_is_a_loop(tmp_path: Path) -> None:
    root = valid(tmp_path / "package").parent
    (root / "data").rename(tmp_path / "away")
    (root / "data").symlink_to("../package/data")
    assert "path-symlink" in {problem.code for problem in validate(root)}


@pytest.mark.parametrize("make", [pipe, link("/dev/zero"), link("datapackage.json"), link("/etc/hostname")])
def test_a_descriptor_that_is_no_plain_file(tmp_path: Path, make: Callable[[Path], None]) -> None:
    descriptor = valid(tmp_path)
    make(descriptor)
    with pytest.raises(UsageError):
        validate(descriptor)
