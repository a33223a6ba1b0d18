"""A package with more rows than its files hold: checked and computed as if they had been written, nothing written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile
from typing import Any

from claimtrack.contribute.advice import advised, known_in, repeated
from claimtrack.contribute.canonical import key_of
from claimtrack.contribute.fmt import File, files
from claimtrack.errors import DataError
from claimtrack.package.write import csv_line
from claimtrack.problems import Problem
from claimtrack.rulebook import problem, rule
from claimtrack.schema import table_schema
from claimtrack.structure.rows.header import read_header
from claimtrack.structure.rows.split import split
from claimtrack.structure.telling.reporter import Reporter
from claimtrack.temporary import temporary_folder, writing_temporarily
from claimtrack.validation import validate


@dataclass(frozen=True)
class Addition:
    """A new row of a table: its cells, and where somebody wrote them. `source` is that line of a CSV, if it is one.

    `path` is None for a row that stands in no file; `header` is the first line of the CSV. `minted` says that the key
    was made from the other cells, so that what is wrong with it is wrong with them; `clocked` that an offset from UTC
    stands beside them, for times that have none.
    """

    table: str
    cells: dict[str, str]
    path: str | None = None
    line: int | None = None
    header: str | None = None
    source: str | None = None
    minted: bool = False
    clocked: bool = False


@contextmanager
def overlaid(descriptor: Path, additions: Sequence[Addition]) -> Iterator[Path]:
    """The descriptor of a copy of the package with the rows at the end of its tables, while the block runs.

    Raises `DataError` where a table is not spelled so that rows could be added.
    """
    with temporary_folder() as root:
        contents = {file.path: file.data + _lines(file, additions).encode() for file in files(descriptor)}
        with writing_temporarily():
            for path in _named(descriptor):
                copy = root / path
                copy.parent.mkdir(parents=True, exist_ok=True)
                if path in contents:
                    copy.write_bytes(contents[path])
                else:
                    copyfile(descriptor.parent / path, copy)
        yield root / descriptor.name


def _named(descriptor: Path) -> Iterator[str]:
    """The descriptor and every file that it names. They were looked at when the tables were opened: see `files`."""
    yield descriptor.name
    for entry in json.loads(descriptor.read_bytes())["resources"]:
        if not isinstance(entry, dict):
            continue
        for named in (entry.get("path"), entry.get("schema")):
            path = named[0] if isinstance(named, list) else named
            if isinstance(path, str):
                yield path


def _lines(file: File, additions: Sequence[Addition]) -> str:
    own = [row for row in additions if row.table == file.schema.name]
    if own:
        _appendable(file)
    return "".join(csv_line([row.cells.get(column, "") for column in file.schema.columns]) for row in own)


def _appendable(file: File) -> None:
    header = csv_line(file.schema.columns).encode()
    if not file.data.startswith(header) or not file.data.endswith(b"\n") or file.data.endswith(b"\r\n"):
        message = "the file is not in canonical form, so that no row can be added to it"
        raise DataError(
            [
                problem(
                    "header-misspelt" if not file.data.startswith(header) else "line-end",
                    message,
                    path=file.path,
                    line=1,
                    column=1,
                    resource=file.schema.name,
                    fix="Run claimtrack fmt first.",
                )
            ]
        )


def problems_with(descriptor: Path, additions: Sequence[Addition], engine: str = "fast") -> list[Problem]:
    """All problems of the package as if it had the rows; what is wrong with these has the place they were written at.

    Raises `DataError` where rows cannot be added.
    """
    places = placed(descriptor, additions)
    with overlaid(descriptor, additions) as copy:
        found = validate(copy, engine)
    return sorted(moved(found, places, descriptor), key=Problem.sort_key)


def placed(descriptor: Path, additions: Sequence[Addition]) -> dict[tuple[str, int], Addition]:
    """File and physical line in the copy → the row that stands there. Raises `DataError` where rows cannot be added."""
    places: dict[tuple[str, int], Addition] = {}
    for file in files(descriptor):
        line = file.data.count(b"\n")
        for row in additions:
            if row.table == file.schema.name:
                _appendable(file)
                for _ in range(csv_line([row.cells.get(column, "") for column in file.schema.columns]).count("\n")):
                    line += 1
                    places[file.path, line] = row
    return places


def moved(found: Iterable[Problem], places: Mapping[tuple[str, int], Addition], descriptor: Path) -> Iterator[Problem]:
    """The problems of the copy of a package, in the words and at the place at which somebody wrote the row."""
    known = known_in(descriptor)
    first: dict[tuple[str, str], Addition] = {}
    for row in places.values():
        first.setdefault((row.table, _key(row)), row)
    found = list(found)
    misspelt = {(each.path, each.line) for each in found if _of_key(each, "pattern-mismatch")}
    for each in found:
        at = places.get((each.path or "", each.line or 0))
        if at is None:
            yield each
        elif each.code == "key-repeated":
            if (each.path, each.line) in misspelt:
                continue  # it is no key at all, which is told
            other = first[at.table, _key(at)]
            told = repeated(each, _key(at), None if other is at else _whereabouts(other), made=at.minted)
            yield replace(told, **_place(at, each.field))
        elif not _of_made_key(each, at):
            yield replace(advised(each, at.cells, known, clocked=at.clocked), **_place(at, each.field))


def _of_key(problem: Problem, code: str) -> bool:
    """Whether a problem of that code is about a key that is one column."""
    return problem.code == code and (problem.field,) == table_schema(problem.resource or "claims").primary_key


def _of_made_key(problem: Problem, row: Addition) -> bool:
    """Whether it is about how a key is spelled that was made out of other cells: these have the same fault."""
    in_key = problem.field in table_schema(row.table).primary_key
    return row.minted and in_key and rule(problem.code).topic in ("bytes", "cells")


def _place(row: Addition, field: str | None) -> dict[str, Any]:
    return {"path": row.path, "line": row.line, "column": _column(row, field)}


def _key(row: Addition) -> str:
    return key_of(table_schema(row.table), row.cells)


def _whereabouts(row: Addition) -> str:
    """Where somebody finds a row that is not in the tables."""
    return f"line {row.line} of {row.path}" if row.line else f"another row of {row.path or row.table}"


def _column(row: Addition, field: str | None) -> int | None:
    """The code point at which the cell starts in the line that somebody wrote; None in a workbook or a form."""
    if row.header is None or row.source is None:
        return None
    schema = table_schema(row.table)
    header = read_header(row.header, schema, Reporter(schema.name, row.path or ""))
    at = None if header is None or field is None else header.at(field)
    if header is None or at is None:
        return 1
    cells = split(row.source, header.delimiter)
    return cells[min(at, len(cells) - 1)].column
