"""Problems as annotations of a GitHub Actions step.

GitHub shows ten annotations of a severity a step and drops the rest in silence, so at most ten are given, the most
useful first, and the tenth says what was left out. The whole list follows in the log, folded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from claimtrack.problems import Problem
from claimtrack.report.escape import terminal, workflow_data, workflow_property
from claimtrack.report.problems.places import path_from_here
from claimtrack.report.problems.summary import described, position, sentence

MOST = 10
LOGGED = 1000
"""Lines of the list in the log; a build log is no place for a million."""


def lines(problems: Sequence[Problem], root: Path) -> Iterator[str]:
    """The annotations, then every problem in a folded group of the log, then the numbers."""
    if len(problems) <= MOST:
        annotated, left_out = most_useful(problems), []
    else:
        ranked = most_useful(problems)
        annotated, left_out = ranked[: MOST - 1], ranked[MOST - 1 :]
    for problem in annotated:
        yield _annotation(problem, root)
    if left_out:
        yield _remainder(left_out)
        yield "::group::All problems"
        for problem in problems[:LOGGED]:
            place = ":".join(filter(None, (path_from_here(problem, root), position(problem)))) or "-"
            yield terminal(f"{place}: {problem.severity} {problem.code}: {described(problem)}")
        if len(problems) > LOGGED:
            yield f"… and {len(problems) - LOGGED:,} more: they are listed once the first are mended"
        yield "::endgroup::"
    yield sentence(problems)


def most_useful(problems: Sequence[Problem]) -> list[Problem]:
    """Errors before warnings, and among each one problem of every code before a second of any."""
    rounds: dict[tuple[str, str], int] = defaultdict(int)
    ranked = []
    for problem in sorted(problems, key=Problem.sort_key):
        ranked.append((problem.severity != "error", rounds[problem.severity, problem.code], problem))
        rounds[problem.severity, problem.code] += 1
    return [problem for *_, problem in sorted(ranked, key=lambda entry: entry[:2])]


def _annotation(problem: Problem, root: Path) -> str:
    path = path_from_here(problem, root)
    properties = {"title": problem.code, "file": path, "line": problem.line, "col": problem.column}
    given = ",".join(f"{name}={workflow_property(str(value))}" for name, value in properties.items() if value)
    text = described(problem) if problem.fix is None else f"{described(problem)}\n{problem.fix}"
    return f"::{problem.severity} {given}::{workflow_data(text)}"


def _remainder(left_out: Sequence[Problem]) -> str:
    severity = "error" if any(problem.severity == "error" for problem in left_out) else "warning"
    files = Counter(problem.path or "the package as a whole" for problem in left_out)
    where = ", ".join(f"{path} ({number:,})" for path, number in files.most_common())
    text = f"… and {len(left_out):,} more: {where}. The log of this step lists them under 'All problems'."
    return f"::{severity} title=more problems::{workflow_data(text)}"
