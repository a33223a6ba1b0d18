"""Problems as JSON: one document, or one object a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimtrack.problems import Problem
from claimtrack.report.escape import as_json
from claimtrack.report.problems.summary import stats


def document(problems: Sequence[Problem]) -> str:
    """`{"problems": [...], "stats": {...}}`, indented."""
    return as_json({"problems": [problem.as_dict() for problem in problems], "stats": stats(problems)}, indent=2)


def lines(problems: Sequence[Problem]) -> Iterator[str]:
    """One problem a line."""
    return (as_json(problem.as_dict()) for problem in problems)
