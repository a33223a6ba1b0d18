"""From files that a stranger may have written to cells and problems. Nothing here trusts what it reads.

`read` leads a table through the rooms, in this order:

- `files`: whether what the descriptor names may be opened, and whether descriptor and schemas are as they must be.
- `rows`: the bytes are taken apart into rows, part by part; each knows its physical line.
- `cells`: what may stand in a cell. `tables` tests the cells of each part by it, and keeps the rows.
- `keys`: once all tables are there, rows that are named twice and references that lead nowhere are looked for.

A fault does not end the way: `telling` reports it, and odd text goes on as it would read if mended. `limits` has how
much is read at all. `referee` judges the same cells and keys a second time, by frictionless.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from claimtrack.errors import UsageError
from claimtrack.problems import Problem
from claimtrack.schema import TABLES, TableSchema, table_schema
from claimtrack.structure.cells.values import no_rows
from claimtrack.structure.files.conform import check_descriptor, check_schema
from claimtrack.structure.files.guard import Resource, guard
from claimtrack.structure.files.integrity import check_integrity
from claimtrack.structure.files.jsonfile import Document, read_descriptor
from claimtrack.structure.files.opening import Again, RefusedError, opened
from claimtrack.structure.keys.check import check_keys
from claimtrack.structure.keys.fallout import affected_rows, broken_rows
from claimtrack.structure.keys.hashes import Flags, Ints, stacked, together
from claimtrack.structure.limits import CSV_BYTES, LARGE_ROWS
from claimtrack.structure.rows.csvfile import Part, TableReader
from claimtrack.structure.rows.lines import Inspector
from claimtrack.structure.rows.parquet import PARQUET, ParquetReader
from claimtrack.structure.tables.checker import CellChecker
from claimtrack.structure.tables.raw import RawTable
from claimtrack.structure.tables.store import Store
from claimtrack.structure.telling.reporter import Reporter

__all__ = ["PARQUET", "Raw", "RawTable", "affected_rows", "broken_rows", "described", "is_sound", "no_rows", "read"]


@dataclass(frozen=True)
class Raw:
    """A package that has been read. `found` is what is wrong with its files and their cells."""

    root: Path
    descriptor: Mapping[str, Any]
    tables: Mapping[str, RawTable]
    found: Sequence[Problem]

    @property
    def is_large(self) -> bool:
        """Whether there are so many rows that less is held at once, although it takes longer."""
        return any(table.store.rows > LARGE_ROWS for table in self.tables.values())

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with its files, sorted; keys are only looked at when this is asked."""
        return sorted([*self.found, *check_keys(self.tables)], key=Problem.sort_key)


def read(descriptor: Path, without: Collection[str] = ()) -> Raw:
    """Read the package of that descriptor. What is wrong with it is collected in `problems`, not raised.

    Tables of which no cell can be told from another are not in `tables`, nor are those `without` which it is read.
    Raises `UsageError` where the descriptor cannot be opened.
    """
    root = descriptor.parent
    document, problems = read_descriptor(descriptor)
    if document is None:
        return Raw(root, {}, {}, problems)
    guarded = guard(root, document)
    problems += guarded.problems + check_descriptor(document, guarded)
    tables: dict[str, RawTable] = {}
    for name in TABLES:
        if name in guarded.resources and name not in without:
            resource = guarded.resources[name]
            problems += check_schema(root, resource)
            table, found = _read_table(root, resource, document)
            problems += found
            if table is not None:
                tables[name] = table
    value = document.value if isinstance(document.value, dict) else {}
    return Raw(root, value, tables, problems)


def described(descriptor: Path) -> Mapping[str, Resource]:
    """The tables that a descriptor leads to, by name; none where it cannot be read. No table is opened."""
    try:
        document, _ = read_descriptor(descriptor)
    except UsageError:
        return {}
    return {} if document is None else guard(descriptor.parent, document).resources


def is_sound(schema: TableSchema, cells: pa.Table) -> bool:
    """Whether nothing is wrong with any cell of some rows of a table in Parquet."""
    report = Reporter(schema.name, "")
    for part in ParquetReader(schema, report).parts_in(cells):
        CellChecker(schema, part.inspector, report).check(part)
    return not report.problems


def _read_table(root: Path, resource: Resource, document: Document) -> tuple[RawTable | None, list[Problem]]:
    """One table and what is wrong with its text and its cells."""
    schema = table_schema(resource.name)
    report = Reporter(resource.name, resource.path)
    lines: list[Ints] = []
    keys: list[tuple[Ints, Flags]] = []
    inspector: Inspector | None = None
    try:
        check_integrity(root, resource, document, Reporter(resource.name, document.path, report.problems))
        store = Store(schema, Again(root, resource.path, CSV_BYTES))
        for part in _parts(root, resource.path, schema, report):
            if inspector is None:
                inspector = part.inspector
                checker = CellChecker(schema, inspector, report)
            checker.check(part)
            store.append(part.values, part.block)
            lines.append(part.lines)
            keys.append(together(schema, schema.primary_key, part.values))
    except RefusedError as error:
        report(error.code, error.message)
    if inspector is None:
        return None, report.problems
    blamed = frozenset(inspector.blamed)
    rows, lost = np.concatenate(lines), inspector.lost
    table = RawTable(resource.name, resource.path, schema, inspector.header, store, rows, blamed, lost, stacked(keys))
    return table, report.problems


def _parts(root: Path, path: str, schema: TableSchema, report: Reporter) -> Iterator[Part]:
    """The parts of one table in order; none where there is no telling which cell is which. Raises `RefusedError`."""
    if path.endswith(PARQUET):
        with opened(root, path, CSV_BYTES) as file:
            yield from ParquetReader(schema, report).parts_of(file)
    else:
        yield from TableReader(schema, report).parts(root, path)
