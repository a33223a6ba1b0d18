"""A diff as Markdown, for the summary of a build step and for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claimtrack.contribute.diff import Diff
from claimtrack.report.diff.readers import PAGE
from claimtrack.report.diff.sections import Section, left_out, listed_notes, sections
from claimtrack.report.diff.sentence import sentence
from claimtrack.report.escape import markdown

LARGEST = 60_000
"""Bytes. GitHub refuses a comment above 65,536 characters, and loses a step summary above 1 MiB without a word."""

_CUT = "… and more, which does not fit here."


def lines(diff: Diff) -> Iterator[str]:
    """The sentence in bold, what could not be compared, then a list for everything that differs; never too large."""
    return _fitting(_lines(diff), LARGEST - len(_CUT.encode()) - 2)


def _lines(diff: Diff) -> Iterator[str]:
    yield f"**{sentence(diff)}**"
    for note in listed_notes(diff, PAGE):
        yield from ("", markdown(f"Note: {note}."))
    for section in sections(diff, PAGE):
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield from ("", f"### {section.title}", "")
    for entry in section.entries:
        yield f"- **{markdown(entry.name)}** {markdown(entry.place)}"
        for line in entry.lines:
            yield f"  - {markdown(line)}"
    if section.more:
        yield f"- {markdown(left_out(section, PAGE))}"


def _fitting(lines: Iterable[str], room: int) -> Iterator[str]:
    for line in lines:
        room -= len(line.encode()) + 1
        if room < 0:
            yield from ("", _CUT)
            return
        yield line
