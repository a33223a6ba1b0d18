"""Files with claims that lie beside the tables, where nothing reads them: whoever put them there meant the inbox."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from claimtrack.contribute.elsewhere import HEAD_OF_TABLE, labels_in
from claimtrack.contribute.offset import OFFSET
from claimtrack.contribute.questions import claims
from claimtrack.contribute.workbook import head_of
from claimtrack.errors import DataError, UsageError
from claimtrack.problems import Problem
from claimtrack.rulebook import problem
from claimtrack.structure.files.guard import unsafe
from claimtrack.structure.files.jsonfile import read_descriptor
from claimtrack.structure.files.opening import RefusedError, opened
from claimtrack.structure.limits import RESOURCES
from claimtrack.structure.rows.container import ARCHIVE
from claimtrack.structure.rows.header import plain
from claimtrack.views.timeline import COLUMNS, ROW

LARGEST = 20 * 2**20
"""Bytes of a file that is looked at."""

_ENDINGS = (".csv", ".xlsx")


def strays(descriptor: Path) -> list[Problem]:
    """The files of claims that no descriptor names and that are not in the inbox, each a problem."""
    document, _ = read_descriptor(descriptor)
    if document is None:
        return []
    named = {*paths_in(document.value)}
    return [
        problem("claims-unread", _TOLD, path=path)
        for folder in sorted(folders_of(named))
        for path in unnamed(_listed(descriptor.parent, folder), named)
        if _has_claims(descriptor.parent, path)
    ]


_TOLD = "the file has the columns of claims, and nothing reads it: it is no table of the package, and not in its inbox"


def paths_in(descriptor: Any) -> Iterator[str]:
    """The plain paths that a descriptor names."""
    entries = descriptor.get("resources") if isinstance(descriptor, Mapping) else None
    for entry in entries[:RESOURCES] if isinstance(entries, list) else ():
        if isinstance(entry, Mapping):
            paths = entry.get("path")
            for path in (*(paths if isinstance(paths, list) else [paths]), entry.get("schema")):
                if isinstance(path, str) and unsafe(path) is None:
                    yield path


def folders_of(named: Iterable[str]) -> set[str]:
    """The folders in which somebody may have put a file: that of the package, "", and those of its tables."""
    return {"", *(posixpath.dirname(path) for path in named if path.lower().endswith((*_ENDINGS, ".parquet")))}


def unnamed(paths: Iterable[str], named: Collection[str]) -> list[str]:
    """Those of the paths that may be such a file: no table, nor the CSV that a table in Parquet was written from."""
    written = {posixpath.splitext(path)[0] + ".csv" for path in named if path.lower().endswith(".parquet")}
    return sorted(
        path for path in paths
        if path.lower().endswith(_ENDINGS)
        and path not in named
        and path not in written
        and not posixpath.basename(path).startswith((".", "~$"))
    )  # fmt: skip


def _listed(root: Path, folder: str) -> list[str]:
    with suppress(OSError):
        return [posixpath.join(folder, file.name) for file in (root / folder).iterdir()]
    return []


def _has_claims(root: Path, path: str) -> bool:
    with suppress(RefusedError), opened(root, path, LARGEST) as file:
        head = file.read(HEAD_OF_TABLE)
        if not head.startswith(ARCHIVE):
            return _of_claims(labels_in(head)) and bool(head.partition(b"\n")[2].strip(b",;\t\r\n "))
        with suppress(DataError, UsageError):
            labels, below = head_of(head + file.read(), path)
            return below and _of_claims(labels)
    return False


_NEEDED = frozenset({"kind", "predicate", "claimant_id", "source_id", "text"})
"""What tells claims from a list of figures or places that has some of their columns."""

_TIMELINE = frozenset(ROW) - frozenset(COLUMNS)
"""What `claimtrack timeline` writes beside the cells of claims."""


def _of_claims(labels: Sequence[str]) -> bool:
    """Whether a first row is that of claims which somebody entered."""
    names = {plain(label) for label in labels}
    known = names & {*claims().columns, OFFSET}
    return names >= _NEEDED and not names >= _TIMELINE and len(known) * 2 >= len(labels)
