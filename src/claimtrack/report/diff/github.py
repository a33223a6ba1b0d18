"""A diff as annotations of a GitHub Actions step: new problems where they stand, discrepancies as notices.

A discrepancy is no mistake: a notice fails nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from claimtrack.contribute.diff import Diff
from claimtrack.contribute.diff.rows import Row
from claimtrack.problems import Problem
from claimtrack.report.diff.sentence import sentence
from claimtrack.report.escape import workflow_data, workflow_property
from claimtrack.report.problems import github
from claimtrack.report.problems.places import path_from_here


def lines(diff: Diff) -> Iterator[str]:
    """Annotations of what is new, then the sentence."""
    if diff.new:
        yield from github.lines(diff.new, diff.head.root)
    yield from _notices(diff)
    yield sentence(diff)


def _notices(diff: Diff) -> Iterator[str]:
    if diff.findings is None:
        return
    told = [("introduces", finding) for finding in diff.findings.introduced]
    told += [("changes", after) for _, after in diff.findings.changed]
    shown = told if len(told) <= github.MOST else told[: github.MOST - 1]
    claims = diff.tables["claims"]
    rows = {row.key: row for row in (*claims.added, *(row.after for row in claims.changed))}
    for verb, finding in shown:
        row = next((rows[claim] for claim in finding["claims"] if claim in rows), None)
        title = f"{verb} a discrepancy: {', '.join(finding['codes'])} ({finding['strength']})"
        yield _notice(title, finding["explanation"], row, diff.head.root)
    if len(told) > len(shown):
        text = f"… and {len(told) - len(shown):,} more; the summary of this run lists them."
        yield _notice("more discrepancies", text, None, diff.head.root)


def _notice(title: str, text: str, row: Row | None, root: Path) -> str:
    properties = {"title": title}
    if row is not None:
        place = Problem(code="", message="", path=row.path)
        properties |= {"file": path_from_here(place, root) or "", "line": str(row.line)}
    given = ",".join(f"{name}={workflow_property(value)}" for name, value in properties.items())
    return f"::notice {given}::{workflow_data(text)}"
