"""Where a problem is, for a reader who stands in the working folder."""

from __future__ import annotations

import os
from pathlib import Path

from claimtrack.problems import Problem


def path_from_here(problem: Problem, root: Path) -> str | None:
    """The problem's file relative to the working folder, POSIX; absolute if no relative path leads there."""
    if problem.path is None:
        return None
    full = root / problem.path
    try:
        return Path(os.path.relpath(full)).as_posix()
    except ValueError:  # on another drive
        return full.as_posix()
