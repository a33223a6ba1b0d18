"""What cleaning did to a package, for a person, as a diff and for a machine."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from claimtrack.contribute.changes import Cleaned
from claimtrack.report.escape import as_json, terminal
from claimtrack.report.words import numbered


def text_lines(tables: Sequence[Cleaned], root: Path, *, written: bool) -> Iterator[str]:
    """For every table that changes, or holds a doubt: what was done to the file, then cell by cell before and after."""
    for table in tables:
        if table.changed or table.doubts:
            yield f"{terminal(str(root / table.path))}: {_summary(table, written)}"
            for change in table.changes:
                place = f"  {terminal(change.key)} · {change.column}: "
                yield f"{place}{_quoted(change.before)} → {_quoted(change.after)} ({terminal(change.why)})"
            for doubt in table.doubts:
                place = f"  {terminal(doubt.key)} · {doubt.column} (line {doubt.line}): "
                yield f"{place}{_quoted(doubt.value)} is in doubt: {terminal(doubt.why)}"
    yield _sentence(tables, written)


def _summary(table: Cleaned, written: bool) -> str:
    if not table.changed:
        return "left as it is"
    cells = numbered(len(table.changes), "cell")
    told = [*table.notes, *([f"{cells} changed"] if table.changes else [])] or ["quoted only where needed"]
    return f"{'changed' if written else 'would change'}: {terminal('; '.join(told))}"


def _sentence(tables: Sequence[Cleaned], written: bool) -> str:
    changed = sum(table.changed for table in tables)
    unread = sum(bool(table.problems) for table in tables)
    doubts = sum(len(table.doubts) for table in tables)
    if not changed and not unread and not doubts:
        return f"{numbered(len(tables), 'file')} in canonical form already."
    parts = [
        f"{numbered(changed, 'file')} {'changed' if written else 'would change'}",
        f"{numbered(unread, 'file')} not readable as a table, left alone" if unread else "",
        f"{numbered(doubts, 'cell')} in doubt: change them by hand" if doubts else "",
    ]
    return f"{'; '.join(filter(None, parts))}."


def _quoted(cell: str) -> str:
    return f'"{terminal(cell)}"'


def diff_lines(tables: Sequence[Cleaned]) -> Iterator[str]:
    """A unified diff of the files that change; what does not print is spelt out."""
    for table in tables:
        if table.changed:
            old, new = _lines(table.before), _lines(table.after)
            for line in difflib.unified_diff(old, new, f"a/{table.path}", f"b/{table.path}", n=1):
                yield terminal(line.removesuffix("\n"))
                if not line.endswith("\n"):
                    yield "\\ No newline at end of file"


def _lines(data: bytes) -> list[str]:
    *ended, last = data.decode("utf-8", "backslashreplace").split("\n")
    return [*(f"{line}\n" for line in ended), *([last] if last else [])]


def document(tables: Sequence[Cleaned]) -> str:
    """`{"files": […], "stats": {…}}`, paths relative to the package."""
    stats = {
        "files": len(tables),
        "changed": sum(table.changed for table in tables),
        "cells": sum(len(table.changes) for table in tables),
        "doubts": sum(len(table.doubts) for table in tables),
        "problems": sum(len(table.problems) for table in tables),
    }
    return as_json({"files": [table.as_dict() for table in tables], "stats": stats}, indent=2)
