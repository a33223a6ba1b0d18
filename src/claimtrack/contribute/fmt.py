"""The tables of a package in canonical form, or mended first where a spreadsheet has been at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claimtrack.contribute.canonical import canonical_bytes, notes, tidied
from claimtrack.contribute.changes import Cleaned
from claimtrack.contribute.sheet import read_sheet
from claimtrack.errors import DataError
from claimtrack.package.write import write_whole
from claimtrack.rulebook import problem
from claimtrack.schema import TableSchema, table_schema
from claimtrack.structure.files.conform import check_version
from claimtrack.structure.files.guard import guard
from claimtrack.structure.files.jsonfile import read_descriptor
from claimtrack.structure.files.opening import RefusedError, read_bytes
from claimtrack.structure.limits import CSV_BYTES


@dataclass(frozen=True)
class File:
    """The file of one table as it is. `path` is POSIX and relative to the package at `root`."""

    schema: TableSchema
    root: Path
    path: str
    data: bytes


def files(descriptor: Path) -> list[File]:
    """The tables that a descriptor names.

    Raises `DataError` where one of them must not or cannot be opened, and where they follow another version of the
    schemas: what their cells mean is not known then.
    """
    return list(_files(descriptor))


def _files(descriptor: Path) -> Iterator[File]:
    root = descriptor.parent
    document, problems = read_descriptor(descriptor)
    if document is None:
        raise DataError(problems)
    guarded = guard(root, document)
    problems = guarded.problems + check_version(document, guarded)
    if problems:
        raise DataError(problems)
    for name, resource in guarded.resources.items():
        try:
            yield File(table_schema(name), root, resource.path, read_bytes(root, resource.path, CSV_BYTES))
        except RefusedError as error:
            raise DataError([problem(error.code, error.message, path=resource.path, resource=name)]) from None


def formatted(descriptor: Path) -> list[Cleaned]:
    """Every table of the package in canonical form; nothing is written.

    A file that cannot be told apart into rows is left as it is, with the problems that say why.
    """
    return [_formatted(file) for file in files(descriptor)]


def _formatted(file: File) -> Cleaned:
    try:
        sheet = read_sheet(file.schema, file.data, file.path)
    except DataError as error:
        return unreadable(file, error)
    rows, changes = tidied(sheet, file.path)
    return Cleaned(
        name=file.schema.name,
        path=file.path,
        file=file.root / file.path,
        before=file.data,
        after=canonical_bytes(file.schema, rows),
        notes=tuple(notes(sheet, rows)),
        changes=tuple(changes),
    )


def unreadable(file: File, error: DataError) -> Cleaned:
    """The table, left as it is."""
    return Cleaned(
        name=file.schema.name,
        path=file.path,
        file=file.root / file.path,
        before=file.data,
        after=file.data,
        problems=tuple(error.problems),
    )


def save(cleaned: Cleaned) -> None:
    """Write a table that has changed, whole or not at all. Raises OSError where it cannot be written."""
    if cleaned.changed:
        write_whole(cleaned.file, cleaned.after)
