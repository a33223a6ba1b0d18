"""The git command line. Nothing else in the library calls it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from claimtrack.errors import UsageError

_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")
"""Hooks set these for the repository that they run in, relative to a folder that need not be ours."""


def present() -> bool:
    """Whether there is a git to call."""
    return shutil.which("git") is not None


def git(folder: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, whatever its exit code. Raises `UsageError` where there is no git."""
    environment = {name: value for name, value in os.environ.items() if name not in _REPOSITORY}
    try:
        return subprocess.run(["git", *args], cwd=folder, env=environment, capture_output=True, check=False)
    except FileNotFoundError:
        raise UsageError("this needs git, and there is no command of that name here") from None


def carried_out(folder: Path, *args: str) -> str:
    """What git answers, without the final newline. Raises `UsageError`, with git's words, if it refuses."""
    done = git(folder, *args)
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip()
        raise UsageError(re.sub("^(?:error|fatal): ", "", told) or f"git {args[0]} failed")
    return done.stdout.decode(errors="replace").rstrip("\n")


def commit(folder: Path, revision: str) -> str | None:
    """The commit that a revision names in the repository around a folder; None if there is none."""
    if revision.startswith("-"):
        return None
    done = git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    return None if done.returncode else done.stdout.decode().strip()


def content(folder: Path, revision: str, path: str) -> bytes | None:
    """A file as it was in a commit; None if it was not there. `path` is relative to the folder."""
    done = git(folder, "cat-file", "blob", f"{revision}:./{path}")
    return None if done.returncode else done.stdout
