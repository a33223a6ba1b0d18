"""Frictionless as the referee: the same cells and keys, judged by somebody else, one cell at a time and slowly.

It gets what the strict pass over the text has left: the file itself where that has no fault, else the mended rows. What
a schema cannot say of a cell's spelling is checked here in plain Python, a second time and in another way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from claimtrack.locate import shipped_root
from claimtrack.problems import Problem
from claimtrack.rulebook import rule
from claimtrack.schema import Field
from claimtrack.structure.cells.spelling import (
    Fault,
    left_blank,
    or_blank,
    out_of_bounds,
    wrong_choice,
    wrong_pattern,
    wrong_type,
)
from claimtrack.structure.keys.dangling import Dangling, unknown_references
from claimtrack.structure.keys.strings import key_values
from claimtrack.structure.tables.raw import RawTable
from claimtrack.structure.telling.reporter import Reporter
from claimtrack.structure.telling.shown import shown

if TYPE_CHECKING:
    from frictionless import Resource

    from claimtrack.structure import Raw

_TEXT = {
    "blank-row": "row-blank",
    "missing-cell": "row-short",
    "extra-cell": "row-long",
    "blank-label": "header-extra",
    "extra-label": "header-extra",
    "missing-label": "header-missing",
    "duplicate-label": "header-repeated",
    "incorrect-label": "header-misspelt",
}
_INTEGER = re.compile("-?(?:0|[1-9][0-9]*)", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}", re.ASCII)


def judged(raw: Raw) -> list[Problem]:
    """The problems of a package, those of cells and keys as frictionless finds them."""
    kept = [problem for problem in raw.problems if rule(problem.code).topic != "cells"]
    errors = _errors(raw, faulty={problem.resource for problem in kept})
    found: list[Problem] = []
    tables: dict[str, RawTable] = {}
    for name, table in raw.tables.items():
        report = Reporter(name, table.path)
        closed = {(problem.line, problem.field) for problem in kept if problem.code == "formula-cell"}
        judge = _Cells(table, frozenset(place for place in table.blamed if place in closed), report)
        judge.judge(errors[name])
        tables[name] = replace(table, blamed=frozenset(judge.blamed))
        found += report.problems
    dangling: list[Dangling] = []
    for name, table in tables.items():
        report = Reporter(name, table.path)
        dangling += _judge_keys(table, errors[name], report)
        found += report.problems
    return [*kept, *found, *unknown_references(dangling, tables)]


def _errors(raw: Raw, faulty: set[str | None]) -> dict[str, list[Any]]:
    """What frictionless says, by table."""
    from frictionless import Package, system

    resources = [_resource(raw, table, faulty) for table in raw.tables.values()]
    with system.use_context(trusted=False):
        report = Package(resources=resources, basepath=str(raw.root)).validate(limit_errors=0)
    return {task.name: list(task.errors) for task in report.tasks}


def _resource(raw: Raw, table: RawTable, faulty: set[str | None]) -> Resource:
    """A table for frictionless: the file, or where that is at fault the mended rows of the columns that it has."""
    from frictionless import Resource, Schema

    descriptor = json.loads((shipped_root() / "schemas" / f"{table.name}.json").read_text(encoding="utf-8"))
    present = [column for column in table.schema.columns if column not in table.absent]
    descriptor["fields"] = [field for field in descriptor["fields"] if field["name"] in present]
    if not set(descriptor["primaryKey"]) <= set(present):
        del descriptor["primaryKey"]
    descriptor["foreignKeys"] = [
        key for key in descriptor.get("foreignKeys", ()) if _is_whole(key, table, raw.tables, present)
    ]
    schema = Schema.from_descriptor(descriptor)
    if table.name not in faulty and table.counts == "line":
        return Resource(name=table.name, path=table.path, schema=schema, encoding="utf-8")
    columns = [table.arrow.column(column).to_pylist() for column in present]
    return Resource(name=table.name, data=[present, *map(list, zip(*columns, strict=True))], schema=schema)


def _is_whole(key: Any, table: RawTable, tables: Mapping[str, RawTable], present: list[str]) -> bool:
    """Whether both ends of a foreign key are there."""
    target = tables.get(key["reference"]["resource"] or table.name)
    if target is None or not set(key["fields"]) <= set(present):
        return False
    return all(target.header.at(column) is not None for column in key["reference"]["fields"])


class _Cells:
    """Turns what frictionless says of cells into our codes, and adds what it lets pass."""

    def __init__(self, table: RawTable, closed: frozenset[tuple[int, str]], report: Reporter) -> None:
        self.table = table
        self.closed = closed
        self.blamed = set(closed)
        self.report = report

    def judge(self, errors: list[Any]) -> None:
        badly_spelled = set()
        for row, field, value in self._values():
            if value and not spelled(field, value):
                badly_spelled.add((row, field.name))
                self._say(row, field, or_blank(field, value, wrong_type(field, value)))
        for error in errors:
            if error.type in ("type-error", "constraint-error"):
                row, field = error.row_number - 2, self.table.schema.field(error.field_name)
                if (row, field.name) not in badly_spelled:
                    self._say(row, field, or_blank(field, error.cell, _fault(error, field)))
            elif error.type not in ("unique-error", "primary-key", "foreign-key"):
                line = getattr(error, "row_number", 1)
                self.report(_TEXT.get(error.type, "not-csv"), f"frictionless says: {error.message}", line)

    def _values(self) -> Iterator[tuple[int, Field, str]]:
        for field in self.table.schema.fields:
            for row, value in enumerate(self.table.arrow.column(field.name).to_pylist()):
                yield row, field, value

    def _say(self, row: int, field: Field, fault: Fault) -> None:
        line, column = self.table.place(row, field.name)
        if (line, field.name) not in self.closed:
            self.blamed.add((line, field.name))
            key = self.table.key(row)
            self.report(fault.code, fault.message, line, column, field=field.name, key=key, fix=fault.fix)


def _fault(error: Any, field: Field) -> Fault:
    """An error of frictionless at one cell, in our words."""
    constraint = error.note.split('"')[1]
    match error.type, constraint:
        case "type-error", _:
            return wrong_type(field, error.cell)
        case _, "required":
            return left_blank(field)
        case _, "enum":
            return wrong_choice(field, error.cell)
        case _, "pattern":
            return wrong_pattern(field, error.cell)
    return out_of_bounds(field, error.cell, above=constraint == "maximum")


def spelled(field: Field, value: str) -> bool:
    """Whether a value has the one spelling of its type: what frictionless accepts and more is demanded of."""
    match field.type:
        case "integer":
            return _INTEGER.fullmatch(value) is not None and len(value.lstrip("-")) <= 18
        case "number":
            whole, _, fraction = value.lstrip("-").partition(".")
            return _NUMBER.fullmatch(value) is not None and len(whole) <= 18 and len(fraction) <= 17
        case "boolean":
            return value in ("true", "false")
        case "date":
            return _DAY.fullmatch(value) is not None and _reads(date.fromisoformat, value)
        case "datetime":
            return _MOMENT.fullmatch(value) is not None and value[19:] != "-00:00" and _reads(_moment, value)
    return field.format != "uri" or _is_web(value)


def _reads(reader: Callable[[str], object], value: str) -> bool:
    try:
        reader(value)
    except (ValueError, OverflowError):
        return False
    return True


def _moment(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


def _is_web(value: str) -> bool:
    scheme, _, rest = value.partition("://")
    sound = not any(one.isspace() or one in '<>"{}|\\^`' for one in rest)
    return scheme in ("http", "https") and sound and (rest[:1] == "[" or (rest[:1].isascii() and rest[:1].isalnum()))


def _judge_keys(table: RawTable, errors: list[Any], report: Reporter) -> list[Dangling]:
    """What frictionless says of keys, but for keys with blank parts; references that lead nowhere are returned."""
    key = table.schema.primary_key
    spelled = key_values(table, key).to_pylist()
    dangling: dict[tuple[str, ...], list[int]] = {}
    for error in errors:
        if error.type == "primary-key":
            row = error.row_number - 2
            if spelled[row] is not None and spelled[row] in spelled[:row]:
                message = f"the same {', '.join(key)} as in an earlier line: {shown(table.key(row))}"
                report("key-repeated", message, *table.place(row, key[0]), field=key[0], key=table.key(row))
        elif error.type == "foreign-key" and all(error.field_cells):
            dangling.setdefault(tuple(error.field_names), []).append(error.row_number - 2)
    keys = [key for key in table.schema.foreign_keys if key.fields in dangling]
    return [Dangling(table, key, dangling[key.fields]) for key in keys]
