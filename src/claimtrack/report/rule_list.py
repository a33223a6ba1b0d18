"""The codes of all rules and findings, by topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from claimtrack.rulebook import Rule


def text_lines(rules: Iterable[Rule]) -> Iterator[str]:
    """A heading for each topic, a line for each code, and what to type next."""
    listed = list(rules)
    width = max((len(rule.code) for rule in listed), default=0)
    for topic, group in groupby(listed, key=lambda rule: rule.topic):
        yield topic
        for rule in group:
            yield f"  {rule.code:<{width}}  {rule.severity:<7}  {rule.title}"
        yield ""
    yield "claimtrack rule CODE says why it exists and what to do."


def markdown_lines(rules: Iterable[Rule]) -> Iterator[str]:
    """One table."""
    yield from ("| code | severity | what it says |", "| --- | --- | --- |")
    for rule in rules:
        yield f"| `{rule.code}` | {rule.severity} | {rule.title} |"
