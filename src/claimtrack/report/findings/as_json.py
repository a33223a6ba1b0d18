"""Findings as JSON: one document, written as it is computed, or one object a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claimtrack.report.escape import as_json
from claimtrack.report.findings.order import Finding


def document(name: str, findings: Iterable[Mapping[str, Any]], stats: Mapping[str, Any]) -> Iterator[str]:
    """The lines of `{name: [...], "stats": {...}}`, one finding a line, so that any number of them fits in memory."""
    yield f'{{"{name}": ['
    waiting: str | None = None
    for finding in findings:
        if waiting is not None:
            yield waiting + ","
        waiting = as_json(finding)
    if waiting is not None:
        yield waiting
    yield f'], "stats": {as_json(stats)}}}'


def lines(findings: Iterable[Finding]) -> Iterator[str]:
    """One finding a line."""
    return (as_json(finding) for finding in findings)
