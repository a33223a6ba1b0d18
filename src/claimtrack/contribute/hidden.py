"""What of a sheet somebody who looks at it does not see, though it is read: rows, columns, or the sheet itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claimtrack.contribute.sheet_parts import Looks
from claimtrack.structure.telling.shown import shown

MOST = 5
"""Runs of rows, and columns, that are named; the rest is counted."""


def hidden(
    sheet: Any, looks: Looks, header: Sequence[str | None], rows: Mapping[int, Mapping[str, str]], path: str
) -> Iterator[str]:
    """A notice each of the sheet, of rows and of columns that hold something. `rows` are those read, by number."""
    title = f"the sheet {shown(sheet.title)}"
    if rows and not seen(sheet):
        yield f"{path}: {title} is hidden, and read all the same"
    lines = sorted(looks.rows & rows.keys())
    if lines:
        those = f"the rows {_listed([*_runs(lines)])} of {title} are" if len(lines) > 1 else f"the row of {title} is"
        told = f"{those} hidden, by a filter or by hand, and read all the same; delete what is not meant"
        yield f"{path}:{lines[0]}: {told}"
    unseen = [name for at, name in enumerate(header, start=1) if name and looks.columns(at)]
    held = [name for name in unseen if any(row.get(name) for row in rows.values())]
    if held:
        those, be = (f"columns {_listed(held)}", "are") if len(held) > 1 else (f"column {held[0]}", "is")
        yield f"{path}: the {those} of {title} {be} hidden, and read all the same; delete what is not meant"


def seen(sheet: Any) -> bool:
    """Whether the sheet has a tab to be clicked on."""
    return bool(sheet.sheet_state == "visible")


def _runs(lines: Sequence[int]) -> Iterator[str]:
    """'3 to 7' for rows that follow each other."""
    first = last = lines[0]
    for line in (*lines[1:], 0):
        if line == last + 1:
            last = line
            continue
        yield str(first) if first == last else f"{first} to {last}"
        first = last = line


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST:,} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more
