"""The codes of all rules and findings, by topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import fill

from claimtrack.rulebook import Rule

_NARROWEST = 20
"""The characters in which a title is set, however narrow the terminal."""


def text_lines(rules: Iterable[Rule], width: int | None = None) -> Iterator[str]:
    """A heading for each topic, a line for each code, and what to type next.

    With a width, titles that are too long go on below themselves.
    """
    listed = list(rules)
    longest = max((len(rule.code) for rule in listed), default=0)
    for topic, group in groupby(listed, key=lambda rule: rule.topic):
        yield topic
        for rule in group:
            before = f"  {rule.code:<{longest}}  {rule.severity:<7}  "
            room = len(before) + len(rule.title) if width is None else max(width, len(before) + _NARROWEST)
            indent = " " * len(before)
            yield fill(rule.title, room, initial_indent=before, subsequent_indent=indent, break_on_hyphens=False)
        yield ""
    yield "claimtrack rule CODE says why it exists and what to do."


def markdown_lines(rules: Iterable[Rule]) -> Iterator[str]:
    """One table."""
    yield from ("| code | severity | what it says |", "| --- | --- | --- |")
    for rule in rules:
        yield f"| `{rule.code}` | {rule.severity} | {rule.title} |"
