"""The only way to a package's files: below its folder, regular, of bearable size, through no symbolic link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class RefusedError(Exception):
    """A file that is not opened: the code of the rule, and why in words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def inspect(root: Path, relative: str, limit: int) -> None:
    """Look at a file without opening it. Raises `RefusedError`. `relative` must be plain already: see `guard`."""
    at = root
    for part in relative.split("/"):
        at = at / part
        try:
            mode = at.lstat()
        except FileNotFoundError:
            raise RefusedError("file-missing", f"there is no file {relative}") from None
        except OSError as error:
            raise RefusedError("file-unreadable", f"{relative} cannot be read: {error.strerror}") from None
        if stat.S_ISLNK(mode.st_mode):
            raise RefusedError("path-symlink", f"{at.relative_to(root).as_posix()} is a symbolic link")
    _regular(relative, mode, limit)


def _regular(relative: str, mode: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(mode.st_mode):
        kind = "a folder" if stat.S_ISDIR(mode.st_mode) else "a device, pipe or socket"
        raise RefusedError("path-not-a-file", f"{relative} is {kind}, not a file")
    if mode.st_size > limit:
        raise RefusedError("file-too-large", f"{relative} has {mode.st_size:,} bytes; at most {limit:,} are read")


@contextmanager
def opened(root: Path, relative: str, limit: int) -> Iterator[BufferedReader]:
    """The file, open for reading bytes. Raises `RefusedError`, and never waits for a pipe."""
    inspect(root, relative, limit)
    try:
        handle = os.open(root / relative, _FLAGS)
    except OSError as error:
        raise RefusedError("file-unreadable", f"{relative} cannot be read: {error.strerror}") from None
    with os.fdopen(handle, "rb") as file:
        _regular(relative, os.fstat(handle), limit)
        yield file


class Again:
    """A file that is read, of which some is looked at again as long as it is the same file."""

    def __init__(self, root: Path, relative: str, limit: int) -> None:
        """Look at the file before it is read. Raises `RefusedError`."""
        self._asked = root, relative, limit
        with opened(*self._asked) as file:
            self._state = _state(file)

    def __call__(self, start: int, length: int) -> bytes | None:
        """So many bytes from there on; None where the file has been changed since, or is gone."""
        try:
            with opened(*self._asked) as file:
                file.seek(start)
                data = file.read(length)
                return data if _state(file) == self._state else None
        except RefusedError:
            return None


def _state(file: BufferedReader) -> tuple[int, ...]:
    known = os.fstat(file.fileno())
    return known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns


def read_bytes(root: Path, relative: str, limit: int) -> bytes:
    """The whole file. Raises `RefusedError`."""
    with opened(root, relative, limit) as file:
        return file.read(limit)
