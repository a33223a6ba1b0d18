"""The column of new claims, and of no table, that says how far from UTC the clock of a row was."""

from __future__ import annotations

import re
from dataclasses import replace

from claimtrack.problems import Problem
from claimtrack.rulebook import problem
from claimtrack.schema import TableSchema

OFFSET = "utc_offset"
OFFSET_MEANING = (
    "Only where a time has no offset of its own, because it was typed without one or the spreadsheet turned it into "
    "its own kind: how far that clock was from UTC. It is no column of the data."
)

_OFFSET = re.compile(r"[+-](?:0[0-9]|1[0-4]):[0-5][0-9]")
_MEANT = re.compile(r"(?:utc|gmt)? *([+-])([0-9]{1,2})(?:[:.h]?([0-9]{2}))?", re.IGNORECASE)
_SIGNED = "Write it with a sign and two digits each, as text, such as +04:00."
_LOCAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")


def with_offset_column(schema: TableSchema) -> TableSchema:
    """The schema of a file with new rows: that of the table, and the column for the offset."""
    return replace(schema, fields=(*schema.fields, replace(schema.field("note"), name=OFFSET)))


def offset_in(typed: str) -> str | None:
    """The UTC offset that somebody typed, None where it is none."""
    text = typed.strip().replace("−", "-")
    return text if _OFFSET.fullmatch(text) and text != "-00:00" else None


def no_offset(typed: str, path: str, line: int, resource: str) -> Problem:
    """The problem of a cell that holds no UTC offset."""
    message = f"{typed.strip()!r} is no UTC offset such as +04:00 ({OFFSET})"
    meant = _MEANT.fullmatch(typed.strip().replace("−", "-"))
    written = offset_in(f"{meant[1]}{int(meant[2]):02}:{meant[3] or '00'}") if meant else None
    fix = f"Write {written}, as text." if written else _SIGNED
    return problem("datetime-no-offset", message, path=path, line=line, resource=resource, field=OFFSET, fix=fix)


def with_offset(cell: str, offset: str | None) -> str:
    """A time without an offset together with that of its row; any other cell, and all where the row has none, as it is.

    The offset is "" where the one of the row cannot be read, which is told by itself: the time is then left out.
    """
    local = cell.strip()
    if offset is None or not _LOCAL.fullmatch(local):
        return cell
    return local + offset if offset else ""
