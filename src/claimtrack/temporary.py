"""Temporary files: rows that are too many for memory, and copies of packages. Where there is no room, it is said where.

A full disk has no name in what the system says of it, and what is written here is no file that the user knows of.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimtrack.errors import NoRoomError

FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""A disk is full, or what one may have on it, or what one file may have."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is removed after the block. Raises `NoRoomError` where it cannot be made for want of room."""
    with writing_temporarily():
        made = tempfile.TemporaryDirectory(prefix="claimtrack-")
    with made as folder:
        yield Path(folder)


@contextmanager
def writing_temporarily() -> Iterator[None]:
    """Raise `NoRoomError` where what is written in the block finds no room; all of it has to be temporary files."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise NoRoomError(
            f"there is no room for temporary files in {tempfile.gettempdir()} ({os.strerror(error.errno)});"
            " free some space there, or set TMPDIR to a folder that has more"
        ) from error
