"""Where a package is: a path, a folder, the current folder or one above it, or the data shipped with the library."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from claimtrack.errors import UsageError

DESCRIPTOR = "datapackage.json"


@cache
def shipped_root() -> Path:
    """The folder of the package that ships with the library: inside the wheel, or the checkout itself."""
    here = Path(__file__).resolve().parent
    wheel = here / "shipped"
    return wheel if wheel.is_dir() else here.parents[1]


def descriptor_at(path: str | Path) -> Path:
    """The descriptor that `path` names: a descriptor itself, or the folder that holds one.

    Raises `UsageError` where there is none.
    """
    given = Path(path)
    try:
        found = given / DESCRIPTOR if given.is_dir() else given
        is_there = found.is_file()
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise UsageError(f"there is no data package to be read at {path}: {error.strerror}") from error
    if not is_there:
        raise UsageError(f"there is no data package at {path}: expected a folder with a {DESCRIPTOR}, or such a file")
    if found.suffix.lower() != ".json":
        raise UsageError(f"{path} is no data package: expected a folder with a {DESCRIPTOR}, or such a file")
    return found


def descriptor_around(folder: Path) -> Path | None:
    """The descriptor in `folder` or the nearest folder above it, or None."""
    for candidate in (folder, *folder.parents):
        if (candidate / DESCRIPTOR).is_file():
            return candidate / DESCRIPTOR
    return None
