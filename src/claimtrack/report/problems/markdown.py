"""Problems as Markdown, for a step summary or a comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from claimtrack.problems import Problem
from claimtrack.report.escape import markdown
from claimtrack.report.problems.places import path_from_here
from claimtrack.report.problems.summary import by_file, described, position, sentence
from claimtrack.report.rows import markdown_row


def lines(problems: Sequence[Problem], root: Path) -> Iterator[str]:
    """The numbers, then a table for each file."""
    yield f"**{sentence(problems)}**"
    for path, listed, more in by_file(problems):
        place = path_from_here(listed[0], root)
        yield from ("", f"### {markdown(place) if path and place else 'The package as a whole'}", "")
        yield from ("| line:column | severity | rule | what is wrong | what to do |", "| --- | --- | --- | --- | --- |")
        for problem in listed:
            cells = (position(problem), problem.severity, problem.code, described(problem), problem.fix or "")
            yield markdown_row(*cells)
        for code, number in more.items():
            yield from ("", f"… and {number:,} more {markdown(code)}: they are listed once the first are mended")
