"""The timeline in every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Literal

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from claimtrack.report.claim_lines import EXPECTED
from claimtrack.report.console import Fitted, indented, shown
from claimtrack.report.escape import as_json
from claimtrack.report.rows import csv_row, markdown_row
from claimtrack.report.times import counted, span, valid
from claimtrack.report.words import numbered

Row = Mapping[str, Any]
Clock = Literal["valid", "reported"]
TIME = 32
"""Characters of a time, at the most."""


def when(row: Row, by: Clock) -> str:
    """The time of a row on the clock, in words; a total says as of when."""
    if not row["dated"]:
        return ""
    if by == "reported":
        return span({"from": row["reported_from"], "to": row["reported_to"]})
    period = {"from": row["valid_from"], "to": row["valid_to"], "mode": row["valid_mode"], "text": None}
    period |= {name: row[name] for name in ("zone_basis", "bounds_basis")}
    if row["kind"] == "count" and row["valid_to"] is not None:
        return counted(period | {"from": None})
    return valid(period)


def blocks(rows: Sequence[Row], by: Clock, left_out: int = 0, *, empty: bool = False) -> Iterator[RenderableType]:
    """A table of time and claim; undated claims at the end under their own heading.

    `left_out`: how many more of these a window leaves out. `empty`: there are no claims yet, whatever was asked for.
    """
    if not rows:
        yield Text("There are no claims yet." if empty else summary(rows, by, left_out), "bold")
        if empty:
            yield "claimtrack add asks for one; claimtrack fold takes over those of files in inbox/."
        return
    dated, undated = [row for row in rows if row["dated"]], [row for row in rows if not row["dated"]]
    if dated:
        yield Fitted(partial(_fitted, dated, by))
    if undated:
        if dated:
            yield ""
        yield Text(_heading(by), "bold underline")
        yield _table(undated, by)
    yield ""
    between = "\n" if left_out else " "
    yield Text(f"{summary(rows, by, left_out)}{between}claimtrack show CLAIM says more of one.", "dim")


def summary(rows: Sequence[Row], by: Clock, left_out: int = 0) -> str:
    """'24 claims; 196 more give no time (--by reported puts these in order of their report).'"""
    listed = numbered(len(rows), "claim") if rows else "No claims match"
    if not left_out:
        return f"{listed}."
    one = left_out == 1
    if by == "reported":
        return f"{listed}; {left_out:,} more {'has' if one else 'have'} no dated report."
    gives, these, their = ("gives", "it", "its") if one else ("give", "these", "their")
    return f"{listed}; {left_out:,} more {gives} no time (--by reported puts {these} in order of {their} report)."


def markdown_lines(rows: Sequence[Row], by: Clock, left_out: int = 0) -> Iterator[str]:
    """One table; claims without a time on this clock come last, and say so. `left_out`: as in `blocks`."""
    yield from ("| time | claim | who | id |", "| --- | --- | --- | --- |")
    for row in rows:
        text = f"({EXPECTED}) {row['text']}" if row["anticipated"] else row["text"]
        cells = (when(row, by) or _heading(by).lower(), text, row["claimant"], row["claim_id"])
        yield markdown_row(*cells)
    if left_out:
        yield from ("", summary(rows, by, left_out))


def csv_lines(rows: Sequence[Row], columns: Sequence[str]) -> Iterator[str]:
    """A header and one row a claim."""
    yield csv_row(columns)
    for row in rows:
        yield csv_row(row[column] for column in columns)


def json_document(rows: Sequence[Row], left_out: int = 0) -> str:
    """`{"claims": [...], "stats": {...}}`. `undated` are those that are listed and those that a window leaves out."""
    stats = {"claims": len(rows), "undated": sum(not row["dated"] for row in rows) + left_out}
    return as_json({"claims": list(rows), "stats": stats}, indent=2)


def _heading(by: Clock) -> str:
    return "No time given" if by == "valid" else "Report not dated"


def _fitted(rows: Sequence[Row], by: Clock, width: int) -> Iterator[RenderableType]:
    """The table; where its ids would be broken in a cell, what is said below its time."""
    if max(len(row["claim_id"]) for row in rows) <= width - TIME - 2:
        yield _table(rows, by)
        return
    for row in rows:
        yield shown(when(row, by))
        yield indented(_said(row), 2)


def _table(rows: Sequence[Row], by: Clock) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(max_width=TIME, overflow="fold")
    table.add_column(overflow="fold")
    for row in rows:
        table.add_row(shown(when(row, by)), _said(row))
    return table


def _said(row: Row) -> Text:
    body = shown(row["text"])
    if row["anticipated"]:
        body = Text(f"[{EXPECTED}] ", "yellow").append_text(body)
    return body.append("\n").append_text(shown(row["claim_id"], "dim"))
