"""Sizes and hashes that a released descriptor states."""

from __future__ import annotations

import hashlib
from pathlib import Path

from claimtrack.structure.files.guard import Resource
from claimtrack.structure.files.jsonfile import Document
from claimtrack.structure.files.opening import opened
from claimtrack.structure.limits import CSV_BYTES
from claimtrack.structure.telling.reporter import Reporter
from claimtrack.structure.telling.shown import shown

_ALGORITHMS = ("md5", "sha1", "sha256", "sha512")


def check_integrity(root: Path, resource: Resource, document: Document, report: Reporter) -> None:
    """Compare size and hash of a file with what the descriptor says, where it does. Raises `RefusedError`."""
    size, stated = resource.entry.get("bytes"), resource.entry.get("hash")
    if size is None and stated is None:
        return
    algorithm, _, digest = stated.rpartition(":") if isinstance(stated, str) else ("", "", "")
    algorithm = algorithm or "md5"
    with opened(root, resource.path, CSV_BYTES) as file:
        found = hashlib.file_digest(file, algorithm if algorithm in _ALGORITHMS else "md5")
        read = file.tell()
    if size is not None and size != read:
        place = document.place((*resource.steps, "bytes"))
        report("bytes-differ", f"the file has {read:,} bytes, the descriptor says {shown(str(size))}", *place)
    if stated is not None and algorithm not in _ALGORITHMS:
        place = document.place((*resource.steps, "hash"))
        report("hash-differs", f"the descriptor gives a hash of an unknown kind, {shown(algorithm)}", *place)
    elif stated is not None and digest.lower() != found.hexdigest():
        place = document.place((*resource.steps, "hash"))
        stands = shown(digest or str(stated))
        report("hash-differs", f"the file has the {algorithm} {found.hexdigest()}, not {stands}", *place)
