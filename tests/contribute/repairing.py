"""One table repaired inside the valid package, with the bytes that it had before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from claimtrack.contribute import git
from claimtrack.contribute.changes import Cleaned
from claimtrack.contribute.repair import Base, repaired
from claimtrack.package.write import csv_text
from claimtrack.schema import table_schema
from frozen import frozen


@contextmanager
def package_with(table: str, data: bytes) -> Iterator[Path]:
    """The descriptor of a package in which one table is that file."""
    with TemporaryDirectory() as folder:
        descriptor = frozen("valid", Path(folder))
        (descriptor.parent / "data" / f"{table}.csv").write_bytes(data)
        yield descriptor


def repaired_table(table: str, data: bytes, base: bytes | None) -> Cleaned:
    """The repaired table of a package, with `base` as what it was before."""

    def content(folder: Path, revision: str, path: str) -> bytes | None:
        return base if path == f"data/{table}.csv" else None

    with package_with(table, data) as descriptor, patch.object(git, "content", content):
        [found] = [one for one in repaired(descriptor, Base("HEAD", "0")) if one.name == table]
    return found


def table_bytes(table: str, rows: Sequence[Mapping[str, str]]) -> bytes:
    """A file of rows, in which what is not named is blank."""
    return csv_text(table_schema(table), rows).encode()


def repaired_rows(
    table: str, rows: Sequence[Mapping[str, str]], old: Sequence[Mapping[str, str]] | None = ()
) -> Cleaned:
    """The same, of rows and the old ones; None for no older revision at all."""
    return repaired_table(table, table_bytes(table, rows), None if old is None else table_bytes(table, old))
