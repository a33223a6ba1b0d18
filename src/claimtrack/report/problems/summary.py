"""How many problems of which sort, and what all formats say of one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from claimtrack.problems import Problem
from claimtrack.report.words import numbered

LISTED = 20
"""Of one code in one file, so many problems are listed; the rest is counted."""


def stats(problems: Sequence[Problem]) -> dict[str, Any]:
    """Numbers of errors and warnings, and of problems by code and by file (most frequent first)."""
    severities = Counter(problem.severity for problem in problems)
    return {
        "errors": severities["error"],
        "warnings": severities["warning"],
        "by_code": dict(Counter(problem.code for problem in problems).most_common()),
        "by_path": dict(Counter(problem.path or "" for problem in problems).most_common()),
    }


def sentence(problems: Sequence[Problem]) -> str:
    """One line: '2 errors and 1 warning in 2 files'."""
    if not problems:
        return "No problems found."
    numbers = stats(problems)
    parts = [numbered(numbers[f"{word}s"], word) for word in ("error", "warning") if numbers[f"{word}s"]]
    files = len(numbers["by_path"].keys() - {""})
    return " and ".join(parts) + (f" in {numbered(files, 'file')}." if files else ".")


def by_file(problems: Iterable[Problem]) -> list[tuple[str | None, list[Problem], dict[str, int]]]:
    """The problems of each file, at most `LISTED` of one code, and how many more of each code there are."""
    ordered = sorted(problems, key=Problem.sort_key)
    found = []
    for path, group in groupby(ordered, key=lambda problem: problem.path):
        seen: Counter[str] = Counter()
        listed = []
        for problem in group:
            seen[problem.code] += 1
            if seen[problem.code] <= LISTED:
                listed.append(problem)
        found.append((path, listed, {code: number - LISTED for code, number in seen.items() if number > LISTED}))
    return found


def position(problem: Problem) -> str:
    """'5:123', '5' or nothing: line and column as far as they are known."""
    return ":".join(str(part) for part in (problem.line, problem.column) if part is not None)


def described(problem: Problem) -> str:
    """What is wrong, with the name of the column in brackets where the message does not say it."""
    name = problem.field
    if name is None or problem.code in _OF_ROWS or re.search(rf"\b{re.escape(name)}\b", problem.message):
        return problem.message
    return f"{problem.message} ({name})"


_OF_ROWS = frozenset({"key-repeated", "claim-twice"})
"""Codes of whole rows: the column of the key only stands for them."""
