"""Files with claims that lie beside the tables, where nothing reads them: whoever put them there meant the inbox."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from claimtrack.contribute.elsewhere import FEWEST, HEAD_OF_TABLE, labels_in, table_of
from claimtrack.contribute.offset import OFFSET
from claimtrack.contribute.questions import claims
from claimtrack.contribute.workbook import read_workbook
from claimtrack.errors import DataError, UsageError
from claimtrack.problems import Problem
from claimtrack.rulebook import problem
from claimtrack.structure.files.guard import unsafe
from claimtrack.structure.files.jsonfile import read_descriptor
from claimtrack.structure.files.opening import RefusedError, opened
from claimtrack.structure.limits import RESOURCES
from claimtrack.structure.rows.container import ARCHIVE
from claimtrack.structure.rows.header import plain

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
    """Those of the paths that may be such a file: no table, nor the same in another format."""
    tables = {posixpath.splitext(path)[0] for path in named}
    return sorted(
        path for path in paths
        if path.lower().endswith(_ENDINGS)
        and posixpath.splitext(path)[0] not in tables
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
            labels = labels_in(head)
            known = {plain(label) for label in labels} & {*claims().columns, OFFSET}
            below = head.partition(b"\n")[2].strip(b",;\t\r\n ")
            return bool(below) and len(known) >= max(FEWEST, len(labels) / 2) and table_of(labels) is None
        with suppress(DataError, UsageError):
            return bool(read_workbook(claims(), head + file.read(), path).rows)
    return False
