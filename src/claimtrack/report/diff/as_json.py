"""A diff as JSON: everything, cell by cell."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from claimtrack.contribute.diff import Diff, Renamed, Side
from claimtrack.contribute.diff.findings import PairsDiff
from claimtrack.report.diff.sections import notes
from claimtrack.report.diff.sentence import sentence
from claimtrack.report.escape import as_json


def document(diff: Diff) -> str:
    """`{"summary", "base", "head", "notes", "rows", "problems", "uncorrected", "renamed", "discrepancies"}`.

    The discrepancies are null if they are not known.
    """
    return as_json(
        {
            "summary": sentence(diff),
            "base": _side(diff.base),
            "head": _side(diff.head),
            "notes": list(notes(diff)),
            "rows": {
                table.name: {
                    "removed": [asdict(row) for row in table.removed],
                    "changed": [
                        {
                            "key": row.after.key,
                            "path": row.after.path,
                            "line": row.after.line,
                            "cells": {column: {"old": was, "new": now} for column, (was, now) in row.cells.items()},
                        }
                        for row in table.changed
                    ],
                    "added": [asdict(row) for row in table.added],
                }
                for table in diff.tables.values()
                if table.removed or table.changed or table.added
            },
            "problems": {
                "new": [problem.as_dict() for problem in diff.new],
                "fixed": [problem.as_dict() for problem in diff.fixed],
            },
            "uncorrected": [asdict(one) for one in diff.uncorrected],
            "renamed": [_renamed(one) for one in diff.renamed],
            "discrepancies": _findings(diff),
        },
        indent=2,
    )


def _renamed(one: Renamed) -> dict[str, Any]:
    return {
        "table": one.table,
        "old": one.before.key,
        "new": one.after.key,
        "path": one.after.path,
        "line": one.after.line,
        "columns": list(one.columns),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        "commit": side.commit,
        "loaded": side.package is not None,
        "problems": len(side.problems),
    }


def _findings(diff: Diff) -> dict[str, Any] | None:
    if diff.findings is None:
        return None
    return {
        "introduced": list(diff.findings.introduced),
        "resolved": list(diff.findings.resolved),
        "changed": [
            {"before": before, "after": after, "pairs": _pairs(diff.findings.pairs.get(after["id"]))}
            for before, after in diff.findings.changed
        ],
    }


def _pairs(pairs: PairsDiff | None) -> dict[str, Any] | None:
    if pairs is None:
        return None
    return {
        "introduced": list(pairs.introduced),
        "resolved": list(pairs.resolved),
        "changed": [{"before": before, "after": after} for before, after in pairs.changed],
    }
