"""The merge of three files of one table, as git asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimtrack.contribute import git
from claimtrack.contribute.canonical import key_of, tidied
from claimtrack.contribute.merge import Conflict, merged
from claimtrack.contribute.sheet import Row, read_sheet
from claimtrack.errors import DataError, UsageError
from claimtrack.package.write import write_whole
from claimtrack.problems import Problem
from claimtrack.rulebook import problem
from claimtrack.schema import TABLES, TableSchema, table_schema
from claimtrack.structure.rows.split import split

_OPEN, _CLOSE = b"<<<<<<<", b">>>>>>>"
_MARKERS = (_OPEN, b"|||||||", b"=======", _CLOSE)


@dataclass(frozen=True)
class FileMerge:
    """How the merge went: the conflicts; or, where a version is no table, the problems with it.

    Then the files were merged as text, which `as_text` says, or not at all.
    """

    conflicts: Sequence[Conflict] = ()
    problems: Sequence[Problem] = ()
    as_text: bool = False

    @property
    def clean(self) -> bool:
        """Whether nobody has to look at it."""
        return not self.conflicts and not self.problems


def merge_files(base: Path, ours: Path, theirs: Path, name: str) -> FileMerge:
    """Merge three versions of a table and write the result to `ours`, whole or not at all.

    `name` is what the file is called in messages. Raises `UsageError` for a file that cannot be opened, `OSError` where
    `ours` cannot be written.
    """
    try:
        was, our, their = (path.read_bytes() for path in (base, ours, theirs))
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read: {error.strerror}") from None
    was, open_rows = _without_markers(was)
    try:
        schema = _schema([our, their, was], name)
        old, mine, its, unsettled = (
            _rows(schema, data, f"{name} ({side})")
            for side, data in (("base", was), ("ours", our), ("theirs", their), ("base", open_rows))
        )
    except DataError as error:
        return _merge_as_text(base, ours, theirs, error)
    result = merged(schema, old, mine, its, unsettled={key_of(schema, row) for row in unsettled})
    write_whole(ours, result.text)
    return FileMerge(result.conflicts)


def _schema(versions: Iterable[bytes], name: str) -> TableSchema:
    """The schema of the table, known by its columns."""
    for data in versions:
        header, _, _ = data.decode("utf-8-sig", "replace").partition("\n")
        columns = {cell.value.strip() for cell in split(header.rstrip("\r"))}
        for table in TABLES:
            if columns == set(table_schema(table).columns):
                return table_schema(table)
    raise DataError([problem("header-absent", "no version of the file has the columns of a table of ours", path=name)])


def _rows(schema: TableSchema, data: bytes, name: str) -> list[Row]:
    return tidied(read_sheet(schema, data, name), name)[0] if data.strip() else []


def _without_markers(data: bytes) -> tuple[bytes, bytes]:
    """The base without the markers of conflicts; and with nothing but the rows between them, below the header.

    Git itself makes a base with conflicts where two branches have merged each other before.
    """
    header, *lines = data.splitlines(keepends=True) or [b""]
    kept, unsettled, inside = [header], [header], False
    for line in lines:
        if line.startswith(_MARKERS):
            inside = line.startswith(_OPEN) or (inside and not line.startswith(_CLOSE))
        else:
            kept.append(line)
            unsettled += [line] if inside else []
    return b"".join(kept), b"".join(unsettled)


def _merge_as_text(base: Path, ours: Path, theirs: Path, error: DataError) -> FileMerge:
    """What git does without us, so that both versions are in the file; it still counts as a conflict."""
    labels = [part for label in ("ours", "base", "theirs") for part in ("-L", label)]
    paths = [str(path.resolve()) for path in (ours, base, theirs)]
    done = git.git(ours.resolve().parent, "merge-file", "-p", *labels, *paths)
    as_text = 0 <= done.returncode < 128
    if as_text:
        write_whole(ours, done.stdout)
    return FileMerge(problems=error.problems, as_text=as_text)
