"""New rows become part of the package: checked together, written whole, and the inbox emptied after that."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from claimtrack.contribute.canonical import canonical_bytes
from claimtrack.contribute.doubles import near_doubles
from claimtrack.contribute.fmt import files
from claimtrack.contribute.inbox import INBOX, Entries, existing, fresh, merged, others
from claimtrack.contribute.overlay import Addition, problems_with
from claimtrack.contribute.sheet import read_sheet
from claimtrack.contribute.statements import with_statements
from claimtrack.errors import DataError, UsageError
from claimtrack.package.write import write_whole
from claimtrack.problems import Problem
from claimtrack.validation import validate


@dataclass(frozen=True)
class Folded:
    """What folding did, or would do: the rows added, those that were there already, and what to look at.

    `problems` are errors that kept everything from being written, else warnings about the new rows.
    """

    added: tuple[Addition, ...]
    known: tuple[Addition, ...]
    notices: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether nothing can be written."""
        return any(problem.severity == "error" for problem in self.problems)


def plan(descriptor: Path, entries: Entries) -> Folded:
    """What adding the rows would do; nothing is written. Raises `DataError` where the tables cannot take rows."""
    old = existing(descriptor)
    given = with_statements(old, entries.rows)
    rows = fresh(old, given)
    known = others(given, rows)
    found = merged(entries.problems, problems_with(descriptor, rows))
    ours = {row.path for row in given} | {problem.path for problem in entries.problems}
    before = set(validate(descriptor)) if any(problem.path not in ours for problem in found) else set()
    caused = [problem for problem in found if problem not in before]
    problems = sorted([*caused, *near_doubles(old, rows)], key=Problem.sort_key)
    return Folded(tuple(rows), tuple(known), tuple(entries.notices), tuple(problems))


def write(descriptor: Path, rows: Sequence[Addition]) -> None:
    """Add the rows to their tables, in canonical form. The claims are written last, each file whole or not at all.

    Raises `DataError` where a table cannot be read, OSError where one cannot be written.
    """
    wanted = {row.table for row in rows}
    contents: dict[Path, bytes] = {}
    for file in sorted(files(descriptor), key=lambda file: file.schema.name == "claims"):
        if file.schema.name in wanted:
            new = [row.cells for row in rows if row.table == file.schema.name]
            old = read_sheet(file.schema, file.data, file.path).rows
            contents[file.root / file.path] = canonical_bytes(file.schema, [*old, *_whole(file.schema.columns, new)])
    for path, content in contents.items():
        write_whole(path, content)


def _whole(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    return [{column: row.get(column, "") for column in columns} for row in rows]


def carry_out(descriptor: Path, planned: Folded, paths: Sequence[Path]) -> None:
    """Write what was planned, and delete those of the files it came from that lie in the inbox.

    A file elsewhere stays. Stopped in between, the rows stand in both, and the next fold only empties the inbox. Raises
    `DataError` where the plan was refused, `UsageError` where the inbox could not be emptied, OSError where a file
    cannot be written.
    """
    if planned.refused:
        raise DataError([problem for problem in planned.problems if problem.severity == "error"])
    inbox = (descriptor.parent / INBOX).resolve()
    taken = [path for path in paths if path.resolve().parent == inbox]
    if taken and not os.access(inbox, os.W_OK | os.X_OK):
        raise UsageError(f"nothing was taken over: the folder {inbox} may not be written to, and not be emptied")
    if planned.added:
        write(descriptor, planned.added)
    for path in taken:
        path.unlink()
