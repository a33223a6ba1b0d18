"""Problems for a person at a terminal: grouped by file, the fix under the problem, long lists folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from claimtrack.problems import Problem
from claimtrack.report.console import SEVERITY_STYLES, indented, shown
from claimtrack.report.problems.places import path_from_here
from claimtrack.report.problems.summary import by_file, described, position, sentence


def blocks(
    problems: Sequence[Problem], root: Path, of_no_file: str = "the package as a whole"
) -> Iterator[RenderableType]:
    """A heading and a table for each file, then the numbers and what to type next.

    `of_no_file` is the heading of what stands in no file.
    """
    for path, listed, more in by_file(problems):
        place = path_from_here(listed[0], root)
        yield shown(place if path and place else of_no_file, "bold underline")
        yield indented(_table(listed), 2)
        for code, number in more.items():
            yield indented(Text(f"… and {number:,} more {code} (use --format json for all)", "dim"), 2)
        yield ""
    yield Text(sentence(problems), "bold" if problems else "bold green")
    if problems:
        codes = [problem.code for problem in sorted(problems, key=lambda found: found.severity)]
        yield Text(f"claimtrack rule {codes[0]}   says why that rule exists", "dim")


def _table(problems: Sequence[Problem]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    fixes: set[tuple[str, str]] = set()
    for problem in problems:
        body = Text.assemble((problem.code, "bold"), "  ", shown(described(problem)))
        if problem.key is not None:
            body.append("  ").append_text(shown(problem.key, "dim"))
        if problem.fix and (problem.code, problem.fix) not in fixes:
            fixes.add((problem.code, problem.fix))
            body.append("\n").append("fix: ", "green").append_text(shown(problem.fix))
        severity = Text(problem.severity, SEVERITY_STYLES[problem.severity])
        table.add_row(Text(position(problem), "dim"), severity, body)
    return table
