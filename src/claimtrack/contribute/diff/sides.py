"""The two versions that are compared, each a folder or a commit, read as if their inbox had been folded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from claimtrack.contribute import git
from claimtrack.contribute.diff.revision import fetch
from claimtrack.contribute.doubles import near_doubles
from claimtrack.contribute.inbox import existing, fresh, inbox_files, merged, others, place_of, read_entries
from claimtrack.contribute.overlay import Addition, moved, overlaid, placed
from claimtrack.contribute.statements import with_statements
from claimtrack.contribute.strays import strays
from claimtrack.errors import DataError, UsageError
from claimtrack.locate import descriptor_at
from claimtrack.package import Package, from_raw
from claimtrack.problems import Problem
from claimtrack.structure import Raw, read
from claimtrack.temporary import temporary_folder, writing_temporarily
from claimtrack.validation import problems_of

_NAMED = 3
"""Claims that a note names."""

_PLACED = re.compile(r"(.+?):([0-9]+): .+", re.DOTALL)


@dataclass(frozen=True)
class Note:
    """What somebody should know of a file of the inbox that is no mistake in it: a sentence, and where that stands."""

    text: str
    path: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class Side:
    """One version. `name` is what the user calls it, `commit` its commit if it is one.

    `root` is the folder of the package, for a commit that of the working tree. `package` is None if its files cannot be
    read as one. `raw` and `package` have the claims of the inbox too: `waiting` says which of their lines these are.
    `notes` are of the inbox: what was read with care, and what could not be looked at.
    """

    name: str
    commit: str | None
    root: Path
    raw: Raw
    problems: list[Problem]
    package: Package | None
    waiting: Mapping[tuple[str, int], Addition] = field(default_factory=dict)
    notes: Sequence[Note] = ()

    def place(self, path: str, line: int) -> tuple[str, int]:
        """Where somebody wrote the row that `raw` has at a line of a file."""
        row = self.waiting.get((path, line))
        return (path, line) if row is None else (row.path or path, row.line or 1)


def from_folder(descriptor: Path, name: str) -> Side:
    """The package as it is on disk. Raises `UsageError` where the descriptor cannot be opened."""
    return _side(descriptor, descriptor, name, None)


def from_commit(descriptor: Path, commit: str, name: str) -> Side:
    """The package of that descriptor as it was in a commit of the repository around it.

    Raises `UsageError` where there was none.
    """
    with temporary_folder() as folder:
        with writing_temporarily():
            fetched = fetch(descriptor, commit, folder)
        if fetched is None:
            raise UsageError(f"the revision {name} has no package: there is no {descriptor.name} in that folder")
        return _side(fetched, descriptor, name, commit)


def named(given: str, around: Path, *, since: str | None = None) -> Side:
    """The side that the user means: a package on disk, or else a revision of the package whose descriptor is `around`.

    With `since` a revision may be written `main...`: the commit at which `since` left it. Raises `UsageError` where it
    is neither.
    """
    if given and is_package(given):
        return from_folder(descriptor_at(given), given)
    folder = around.parent.resolve()
    revision, dots, rest = given.partition("...")
    commit = git.commit(folder, revision or given)
    if commit is not None and dots and since is not None and not rest:
        commit = git.carried_out(folder, "merge-base", commit, since) or None
    elif dots:
        commit = None
    if commit is None:
        raise UsageError(f"there is no git revision {given!r} around {around.parent}, and no package at that path")
    return from_commit(around, commit, given)


def is_package(given: str) -> bool:
    """Whether that is the path of a package."""
    try:
        descriptor_at(given)
    except UsageError:
        return False
    return True


def _side(descriptor: Path, shown: Path, name: str, commit: str | None) -> Side:
    paths = inbox_files(descriptor.parent)
    entries = read_entries(descriptor.parent, paths)
    notes = [*map(_note, entries.notices)]
    old: Sequence[Mapping[str, str]] = ()
    rows: list[Addition] = []
    waiting: dict[tuple[str, int], Addition] = {}
    if entries.rows:
        # Where the tables themselves cannot take rows, their problems are told, and the inbox is left out.
        try:
            old = existing(descriptor)
            given = with_statements(old, entries.rows)
            rows = fresh(old, given)
            notes += _known(others(given, rows))
            waiting = placed(descriptor, rows)
        except DataError as error:
            mended = error.problems[0].path or descriptor.name
            files = [place_of(descriptor.parent, path) for path in paths]
            notes = [Note(f"{file} is looked at once {mended} is mended", file) for file in files]
    with overlaid(descriptor, rows) if waiting else nullcontext(descriptor) as at:
        raw = read(at)
        package = from_raw(raw, descriptor)
        found = problems_of(raw, descriptor, package)
    found = [*moved(found, waiting, descriptor), *near_doubles(old, rows)]
    problems = merged([*entries.problems, *strays(descriptor)], found)
    broken = any(problem.severity == "error" for problem in raw.problems)
    return Side(name, commit, shown.parent, raw, problems, None if broken else package, waiting, notes)


def _known(rows: Sequence[Addition]) -> Iterator[Note]:
    """For each file how many of its claims are in the package already, and which are the first."""
    for path, own in groupby(rows, key=lambda row: row.path or ""):
        found = list(own)
        ids = ", ".join(row.cells["claim_id"] for row in found[:_NAMED])
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        words = "1 claim is" if len(found) == 1 else f"{len(found)} claims are"
        text = f"{path}: {words} in the package already, cell for cell, and not added again: {ids}{more}"
        yield Note(text, path, found[0].line)


def _note(notice: str) -> Note:
    """What was read with care, as `read_entries` says it, with the place that it begins with."""
    at = _PLACED.fullmatch(notice)
    return Note(notice, at[1], int(at[2])) if at else Note(notice)
