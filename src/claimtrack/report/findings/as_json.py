"""Findings as JSON: one document, written as it is computed, or one object a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claimtrack.package import Package
from claimtrack.report.escape import as_json
from claimtrack.report.findings.order import Finding, ordered_by


def rows(findings: Iterable[Finding], package: Package) -> Iterator[str]:
    """Each finding as an object, on one line."""
    return (as_json(finding) for finding in findings)


def to_order(findings: Iterable[Finding], package: Package) -> Iterator[dict[str, Any]]:
    """Each `row` of a finding with what it is ordered by."""
    return ({"row": as_json(finding), **ordered_by(finding)} for finding in findings)


def document(name: str, rows: Iterable[str], stats: Mapping[str, Any]) -> Iterator[str]:
    """The lines of `{name: [...], "stats": {...}}`, one finding a line, so that any number of them fits in memory."""
    yield f'{{"{name}": ['
    waiting: str | None = None
    for row in rows:
        if waiting is not None:
            yield waiting + ","
        waiting = row
    if waiting is not None:
        yield waiting
    yield f'], "stats": {as_json(stats)}}}'
