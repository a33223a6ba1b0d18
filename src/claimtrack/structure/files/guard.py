"""What a descriptor may point to. Nothing that it names is opened before this has looked at all of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimtrack.problems import Problem
from claimtrack.rulebook import problem
from claimtrack.schema import TABLES
from claimtrack.structure.files.jsonfile import Document, Step
from claimtrack.structure.files.opening import RefusedError, inspect
from claimtrack.structure.limits import CSV_BYTES, RESOURCES, SCHEMA_BYTES

Steps = tuple[Step, ...]

_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]+:|//|\\\\|www\.)", re.IGNORECASE)
_PLAIN_PART = re.compile(r"[^\W_](?:[\w. -]*\w)?")
_COMPRESSED = re.compile(r"\.(?:gz|zip|bz2|xz|zst|7z|tar|tgz|rar|lz4)$", re.IGNORECASE)
_COMPRESSION_KEYS = ("compression", "innerpath")
_PROFILES = {"data-package", "tabular-data-package", "data-resource", "tabular-data-resource"}
_STANDARD = re.compile(r"https://(?:datapackage\.org|specs\.frictionlessdata\.io)/[A-Za-z0-9./-]*")


@dataclass(frozen=True)
class Resource:
    """One table of the package: where it is, where its schema is (or the schema itself), and its entry."""

    name: str
    path: str
    schema: str | Mapping[str, Any] | None
    entry: Mapping[str, Any]
    steps: Steps


@dataclass(frozen=True)
class Guarded:
    """What may be read: the tables whose paths are safe. `blamed` are the places that a problem was reported at."""

    resources: Mapping[str, Resource]
    problems: list[Problem]
    blamed: frozenset[Steps]


def unsafe(path: str) -> tuple[str, str] | None:
    """Why a path is not a plain relative one, as code and words, or None."""
    if _REMOTE.match(path):
        return "path-remote", f"{path!r} is an address, not a path inside the package"
    if not path or path.startswith(("/", "~")) or "\\" in path or ".." in path.split("/"):
        return "path-unsafe", f"{path!r} leads, or may lead, out of the package"
    if not all(_PLAIN_PART.fullmatch(part) for part in path.split("/")):
        return "path-unsafe", f"{path!r} is not plain: folders and files are named with letters, digits and . _ -"
    return None


class _Guard:
    def __init__(self, root: Path, document: Document) -> None:
        self.root = root
        self.document = document
        self.problems: list[Problem] = []
        self.blamed: set[Steps] = set()

    def report(self, code: str, message: str, steps: Steps, resource: str | None = None) -> None:
        line, column = self.document.place(steps)
        self.blamed.add(steps)
        self.problems.append(
            problem(code, message, path=self.document.path, line=line, column=column, resource=resource)
        )

    def file(self, path: str, limit: int, steps: Steps, resource: str) -> bool:
        """Whether a file that the descriptor names may be opened."""
        refused = unsafe(path)
        if refused is None and _COMPRESSED.search(path):
            refused = "compression", f"{path!r} is a compressed file"
        if refused is None:
            try:
                inspect(self.root, path, limit)
                return True
            except RefusedError as error:
                refused = error.code, error.message
        self.report(*refused, steps, resource)
        return False

    def profile(self, holder: Mapping[str, Any], steps: Steps) -> None:
        """Profiles other than those of the standard would have to be fetched, or read from anywhere."""
        for key, known in (("profile", _PROFILES.__contains__), ("$schema", _STANDARD.fullmatch)):
            given = holder.get(key)
            if given is not None and not (isinstance(given, str) and (known(given) or _STANDARD.fullmatch(given))):
                self.report("profile-custom", f"{key} is {given!r}, which is none of the standard", (*steps, key))

    def resource(self, entry: Mapping[str, Any], steps: Steps) -> Resource | None:
        """The resource, where all that it names may be read."""
        name = entry.get("name")
        label = name if isinstance(name, str) else None
        self.profile(entry, steps)
        if "data" in entry:
            self.report("data-inline", "the rows stand in the descriptor itself", (*steps, "data"), label)
        for key in _COMPRESSION_KEYS:
            if entry.get(key) not in (None, "", "no"):
                self.report("compression", f"{key} is {entry[key]!r}", (*steps, key), label)
        if entry.get("scheme") not in (None, "file"):
            self.report("path-remote", f"scheme is {entry['scheme']!r}", (*steps, "scheme"), label)
        for key in ("extrapaths", "basepath"):
            if entry.get(key):
                self.report("path-not-one", f"{key} is {entry[key]!r}", (*steps, key), label)
        path = self.one_path(entry, steps, label)
        schema = entry.get("schema")
        if isinstance(schema, str) and not self.file(schema, SCHEMA_BYTES, (*steps, "schema"), label or ""):
            schema = None
        if path is None or label not in TABLES:
            return None
        return Resource(label, path, schema if isinstance(schema, str | Mapping) else None, entry, steps)

    def one_path(self, entry: Mapping[str, Any], steps: Steps, label: str | None) -> str | None:
        path = entry.get("path")
        if isinstance(path, list) and len(path) == 1:
            path = path[0]
        if isinstance(path, list):
            self.report("path-not-one", f"the table is said to be in {len(path)} files", (*steps, "path"), label)
        if isinstance(path, str) and self.file(path, CSV_BYTES, (*steps, "path"), label or ""):
            return path
        return None


def guard(root: Path, document: Document) -> Guarded:
    """Look at everything that a descriptor names; nothing is opened. Of two tables of one name the first counts."""
    watch = _Guard(root, document)
    found: dict[str, Resource] = {}
    descriptor = document.value
    if isinstance(descriptor, Mapping):
        watch.profile(descriptor, ())
        entries = descriptor.get("resources")
        for number, entry in enumerate(entries[:RESOURCES] if isinstance(entries, list) else ()):
            if isinstance(entry, Mapping):
                resource = watch.resource(entry, ("resources", number))
                if resource is not None:
                    found.setdefault(resource.name, resource)
    return Guarded(found, watch.problems, frozenset(watch.blamed))
