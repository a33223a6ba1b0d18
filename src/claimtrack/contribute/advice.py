"""What is said of a wrong cell in a new row, to somebody who has a spreadsheet or a form and no shell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from claimtrack.contribute.fmt import files
from claimtrack.contribute.meant import FIGURES, above, figure, several
from claimtrack.contribute.naming import LABELS, Names, names_in
from claimtrack.contribute.offset import OFFSET
from claimtrack.contribute.questions import MINTED, STATEMENT, claims, kinds, options, required_by
from claimtrack.contribute.repair.moments import Wall, moments
from claimtrack.contribute.sheet import read_sheet
from claimtrack.errors import DataError
from claimtrack.problems import Problem
from claimtrack.rulebook import rule
from claimtrack.schema import Field, TableSchema, table_schema
from claimtrack.structure.cells.spelling import WHOLE_MOMENT, WHOSE_OFFSET
from claimtrack.structure.telling.nearest import in_words
from claimtrack.structure.telling.shown import shown
from claimtrack.structure.telling.unstated import BLANK, says_nothing

Known = Callable[[str], tuple[str, Names]]
"""Gives for the name of a table that is pointed to its path, and what its rows are called."""

_OFFSETS = "+04:00 or -05:00"
_NO_ID = ("pattern-mismatch", "reference-unknown")
_NO_DATE = ("spreadsheet-date", "datetime-invalid", "datetime-no-offset")
_UNREAD = (WHOLE_MOMENT, *WHOSE_OFFSET.values())
"""What to do with a time that is not well written, said without reading it."""
_ADDED = "to which the offset of its row could be added"

MADE = "Leave it blank: it is made for you."
_REQUIRED = {
    ("claims", "claimant_id"): (
        "Write who says it. For somebody whom the source does not name add a row of the kind anonymous to actors.csv."
    ),
    ("claims", "basis"): "Write unstated where the source does not say on what it rests.",
    ("claims", "kind"): "Write other where no other kind fits.",
}
"""What to write into a column that has to be filled where the source says nothing, by table and column."""


def known_in(descriptor: Path) -> Known:
    """The tables of a package, each read when it is first asked for."""
    opened = cache(lambda: {file.schema.name: file for file in files(descriptor)})

    @cache
    def known(table: str) -> tuple[str, Names]:
        file = opened()[table]
        try:
            return file.path, names_in(table, read_sheet(file.schema, file.data, file.path).rows)
        except DataError:  # told by itself, as a problem of that table
            return file.path, Names({}, {})

    return known


def advised(problem: Problem, cells: Mapping[str, str], known: Known, *, clocked: bool = False) -> Problem:
    """The problem of a row, its column named, and with a way out that says what to write where that can be told.

    In a row that is `clocked` a time needs no offset, if only it is written so that one can be added to it.
    """
    if problem.field is None or problem.resource is None:
        return problem
    cell, schema = cells.get(problem.field, ""), table_schema(problem.resource)
    key = schema.reference(problem.field)
    instead = _instead(problem, schema, cells)
    if problem.code in _NO_ID and key and key.resource in LABELS:
        path, called = known(key.resource)
        message = f"{problem.field} {shown(cell)} is not in {path} ({key.reference_fields[0]})"
        return replace(problem, message=message, fix=instead or _which_id(cell, path, key.reference_fields[0], called))
    fix = problem.fix
    match schema.field(problem.field).type:
        case "datetime" if problem.code in _NO_DATE and clocked and (local := which_moment(cell, clocked=True)):
            message = f"{shown(cell)} is not written like 2022-09-13T12:34:00, {_ADDED}"
            problem, fix = replace(problem, code="datetime-invalid", message=message), local
        case "datetime" if problem.code in _NO_DATE and fix in (rule(problem.code).fix, *_UNREAD):
            fix = which_moment(cell) or fix
        case "integer" if problem.code == "odd-space" and (digits := "".join(cell.split())).isdecimal():
            fix = f"Write {digits}."
    return replace(_named(problem, schema), fix=instead or fix)


def _named(problem: Problem, schema: TableSchema) -> Problem:
    """The problem, with the name of its column in the message."""
    if problem.field in schema.primary_key or re.search(rf"\b{problem.field}\b", problem.message):
        return problem
    return replace(problem, message=f"{problem.message} ({problem.field})")


def _instead(problem: Problem, schema: TableSchema, cells: Mapping[str, str]) -> str | None:
    """What to do with a cell that nobody has to fill, that says "not stated" or a figure in words, or that stands for
    the one above; None for all others.
    """
    name = problem.field or ""
    cell, of_claims = cells.get(name, ""), schema.name == claims().name
    if not cell or (rule(problem.code).topic not in ("bytes", "cells") and problem.code != "statement-unnamed"):
        return None
    if of_claims and name in (MINTED, STATEMENT):
        return MADE
    if not says_nothing(cell):
        return above(cell) or (figure(cell) if name in FIGURES and problem.code == "integer-invalid" else None)
    field = schema.field(name)
    kind = cells.get("kind", "")
    if field.required or (of_claims and kind in kinds() and name in required_by(kind)):
        return f"{name} cannot be blank. {_REQUIRED.get((schema.name, name)) or _expected(field, schema)}"
    return BLANK


def _expected(field: Field, schema: TableSchema) -> str:
    """What stands in a column that has to be filled."""
    key = schema.reference(field.name)
    if key:
        return f"Write one out of {key.resource}.csv."
    if options(field):
        return f"Write {in_words(options(field))}."
    return f"It says: {field.description}"


def repeated(problem: Problem, key: str, other: str | None, *, made: bool) -> Problem:
    """The problem of a row whose key is there before: at `other` among the new rows, or else in the table.

    A key that was `made` out of the cells is the same because they are.
    """
    if other:
        message = f"the row says the same as {other}" if made else f"{key} is in {other}, too"
        fix = "Delete one of them."
    elif made:
        message = f"the claim is in {problem.path} already, as {key}"
        fix = "Delete the row; to correct the claim, change it there."
    else:
        message = f"{key} is in {problem.path} already"
        fix = "To correct that row, change it there and delete this one."
    return replace(problem, message=message, fix=f"{fix} {_APART if made else _OTHER_KEY}")


_APART = "If the source says two things, enter what tells them apart: actor, target, place, time, figure or locator."
_OTHER_KEY = "If another one is meant, give it another id; a new claim needs none."


def _which_id(cell: str, path: str, column: str, called: Names) -> str:
    meant = called.meant(cell)
    if meant == cell:
        return f"Mend the id in {path}, and write the same here."
    if meant:
        return f"Write {meant}."
    if more := several(cell, called):
        return more
    close = called.close(cell)
    first = f"Did you mean {in_words(close)}?" if close else f"Write an id out of its column {column}."
    return f"{first} What is not there yet is added to {path} first."


def which_moment(cell: str, *, clocked: bool = False) -> str | None:
    """How to write a date and time that is written in another form; None where it cannot be read.

    With `clocked` the offset stands beside it: None also where the cell has one of its own.
    """
    walls = moments(cell).values()
    choice = " or ".join(dict.fromkeys(written for wall in walls if (written := _written(wall))))
    if not choice:
        return None
    if clocked:
        return None if any(wall.offset for wall in walls) else f"Write {choice}; {OFFSET} of the row says the rest."
    if all(wall.offset for wall in walls):
        return f"Write {choice}."
    return f"Write {choice} and, right after it, how far the clock was from UTC on that day, as in {_OFFSETS}."


def _written(wall: Wall) -> str:
    """The moment as the column wants it, without an offset where none is said; "" where it lacks the year."""
    if wall.year is None:
        return ""
    local = wall.local()
    moment = local.isoformat() if local else f"{wall.year:04}-{wall.month:02}-{wall.day:02}THH:MM:SS"
    return moment + (wall.offset or "")
