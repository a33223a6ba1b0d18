"""A diff as annotations of a GitHub Actions step: new problems where they stand, discrepancies as notices.

A discrepancy is no mistake: a notice fails nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from claimtrack.contribute.diff import Diff
from claimtrack.contribute.diff.findings import Finding, PairsDiff
from claimtrack.contribute.diff.rows import Row
from claimtrack.problems import Problem
from claimtrack.report.diff.readers import NOTICE
from claimtrack.report.diff.sections import KEPT, changed_pairs, told_pairs
from claimtrack.report.diff.sentence import sentence
from claimtrack.report.escape import workflow_data, workflow_property
from claimtrack.report.problems import github
from claimtrack.report.problems.places import path_from_here

NOTES = 5
"""Notes that are annotations: only ten notices are shown, and discrepancies are notices, too."""

CELLS = 5
"""Changed cells, or claims, that one annotation names."""


def lines(diff: Diff) -> Iterator[str]:
    """Annotations of what is new, then the sentence."""
    if diff.new:
        yield from github.lines(diff.new, diff.head.root)
    yield from _renamed(diff)
    yield from _asked(diff)
    noted = [*_notes(diff), *_names(diff)]
    yield from noted
    yield from _notices(diff, github.MOST - len(noted))
    yield sentence(diff)


def _notes(diff: Diff) -> Iterator[str]:
    """What is noted of the inbox."""
    shown = diff.notes if len(diff.notes) <= NOTES else diff.notes[: NOTES - 1]
    for note in shown:
        at = (note.path, note.line or 1) if note.path else None
        yield _annotation("notice", "note", note.text, at, diff.head.root)
    if len(diff.notes) > len(shown):
        text = f"… and {len(diff.notes) - len(shown):,} more; the summary of this run lists them."
        yield _annotation("notice", "more notes", text, None, diff.head.root)


def _renamed(diff: Diff) -> Iterator[str]:
    """One annotation for all claims whose id was edited."""
    if diff.claims_renamed:
        first = diff.claims_renamed[0].after
        ids = _first_of([f"{one.before.key} → {one.after.key}" for one in diff.claims_renamed])
        place = (first.path, first.line)
        yield _annotation("warning", "id of a claim edited", f"{ids}.\n{KEPT}", place, diff.head.root)


def _names(diff: Diff) -> Iterator[str]:
    """One annotation for all actors, places, incidents and sources that have another id."""
    if diff.names_renamed:
        first = diff.names_renamed[0].after
        ids = _first_of([f"{one.before.key} → {one.after.key} ({one.table})" for one in diff.names_renamed])
        place = (first.path, first.line)
        yield _annotation("notice", "under another id", f"{ids}.", place, diff.head.root)


def _asked(diff: Diff) -> Iterator[str]:
    """One annotation for all changes that ask for a correction: of warnings, too, only ten are shown."""
    if diff.uncorrected:
        first = diff.uncorrected[0]
        text = f"{_first_of([f'{one.column} of {one.claim_id}' for one in diff.uncorrected])}.\n{NOTICE}"
        yield _annotation("warning", "changed without a correction", text, (first.path, first.line), diff.head.root)


def _first_of(told: Sequence[str]) -> str:
    """As many as an annotation has room for; the rest is counted."""
    more = f" and {len(told) - CELLS:,} more" if len(told) > CELLS else ""
    return ", ".join(told[:CELLS]) + more


def _notices(diff: Diff, most: int) -> Iterator[str]:
    if diff.findings is None:
        return
    told = [("introduces", finding) for finding in diff.findings.introduced]
    told += [("changes", _shown(after, diff.findings.pairs.get(after["id"]))) for _, after in diff.findings.changed]
    shown = told if len(told) <= most else told[: most - 1]
    claims = diff.tables["claims"]
    rows = {row.key: row for row in (*claims.added, *(row.after for row in claims.changed))}
    for verb, finding in shown:
        row = next((rows[claim] for claim in finding["claims"] if claim in rows), None)
        title = f"{verb} a discrepancy: {', '.join(finding['codes'])} ({finding['strength']})"
        yield _notice(title, finding["explanation"], row, diff.head.root)
    if len(told) > len(shown):
        text = f"… and {len(told) - len(shown):,} more; the summary of this run lists them."
        yield _notice("more discrepancies", text, None, diff.head.root)


def _shown(finding: Finding, pairs: PairsDiff | None) -> Finding:
    """A finding that changes, with the claims and the sentence of a pair for which it does, if that is known."""
    if pairs is None:
        return finding
    first = next((pair for _, pair in changed_pairs(pairs)), None)
    if first is None:
        return finding
    return {**finding, "claims": first["claims"], "explanation": next(told_pairs(pairs))}


def _notice(title: str, text: str, row: Row | None, root: Path) -> str:
    return _annotation("notice", title, text, (row.path, row.line) if row else None, root)


def _annotation(severity: str, title: str, text: str, at: tuple[str, int] | None, root: Path) -> str:
    properties = {"title": title}
    if at is not None:
        place = Problem(code="", message="", path=at[0])
        properties |= {"file": path_from_here(place, root) or "", "line": str(at[1])}
    given = ",".join(f"{name}={workflow_property(value)}" for name, value in properties.items())
    return f"::{severity} {given}::{workflow_data(text)}"
