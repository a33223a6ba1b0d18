"""A diff for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from claimtrack.contribute.diff import Diff
from claimtrack.report.console import indented, shown
from claimtrack.report.diff.sections import left_out, listed_notes, sections
from claimtrack.report.diff.sentence import sentence


def blocks(diff: Diff) -> Iterator[RenderableType]:
    """The sentence, what could not be compared, then a section for everything that differs."""
    yield Text(sentence(diff), "bold")
    for note in listed_notes(diff):
        yield shown(f"note: {note}", "yellow")
    for section in sections(diff):
        yield ""
        yield Text(section.title, "bold underline")
        for entry in section.entries:
            head = shown(entry.name, "bold").append("  ").append_text(shown(entry.place, "dim"))
            yield indented(head, 2)
            for line in entry.lines:
                yield indented(shown(line), 4)
        if section.more:
            yield indented(shown(left_out(section), "dim"), 2)
