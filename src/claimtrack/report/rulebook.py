"""Rules and findings explained, one or all of them: `python -m claimtrack.report.rulebook [FOLDER]` writes rules.md."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from textwrap import fill

from claimtrack.rulebook import Rule, rules

COMMAND = "python -m claimtrack.report.rulebook"
_INTRO = f"""\
# Rules and findings

Written by `{COMMAND}` from `src/claimtrack/rulebook/*.toml`: change that, run the command, and commit both.

`claimtrack validate` reports what breaks a rule. An **error** has to be mended before a package can be used. A
**warning** is likely a slip and may be right after all. A **finding** is reported by `claimtrack discrepancies` and is
no fault: two claims do not fit together, and that is what this package is made to show.

Each rule has an example: what breaks it (*before*), what that becomes when it is mended (*after*), and often something
that looks like a break and is *allowed*. More of them, which the tests try, stand in the files named above."""

WIDTH = 100
_MARKUP = re.compile(r"`[^`]*`|[<*|\\]|(?<!\w)_|_(?!\w)")


def _prose(text: str) -> str:
    """Our own prose as Markdown: nothing in it is meant as a tag, as emphasis or as the end of a table cell."""
    return _MARKUP.sub(lambda found: found[0] if found[0].startswith("`") else f"\\{found[0]}", text)


def _kind(rule: Rule) -> str:
    about: list[str] = [rule.severity]
    if rule.family:
        about.append(f"family {rule.family}")
    if rule.strengths:
        about.append(f"strength {' or '.join(rule.strengths)}")
    return ", ".join(about)


def _says(rule: Rule) -> Iterator[tuple[str, str]]:
    """What is said below the title of a rule: a word at its head, and the text."""
    yield from {"Example": rule.example, "What to do": rule.fix, "Before": rule.before, "After": rule.after}.items()
    yield "Allowed", rule.spares[0].why if rule.spares else ""


def as_text(rule: Rule, width: int | None = None) -> str:
    """A rule for a terminal: what, why, what to do, and an example."""
    says = [f"{rule.code} ({_kind(rule)})", rule.title + ".", f"Why: {rule.reason}"]
    says += [f"{head}: {text}" for head, text in _says(rule) if text]
    wrapped = (
        fill(line, min(width or WIDTH, WIDTH), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        for line in says
    )
    return "\n".join(wrapped)


def as_markdown(rule: Rule) -> str:
    """A rule as a section of the reference."""
    parts = [f"### {rule.code}", f"**{_prose(rule.title)}** ({_kind(rule)})", _prose(rule.reason)]
    parts += [f"*{head}:* {_prose(text)}" for head, text in _says(rule) if text]
    return "\n\n".join(parts)


def reference(listed: Iterable[Rule]) -> str:
    """All rules by topic, with a table of contents; findings come last."""
    topics = [
        (topic, list(group))
        for topic, group in groupby(
            sorted(listed, key=lambda rule: rule.severity == "finding"), key=lambda rule: rule.topic
        )
    ]
    return "\n\n".join([_INTRO, "\n".join(_contents(topics)), *_sections(topics)]) + "\n"


def _contents(topics: Iterable[tuple[str, list[Rule]]]) -> Iterator[str]:
    yield from ("| topic | code | severity | what it says |", "| --- | --- | --- | --- |")
    for topic, group in topics:
        for rule in group:
            yield f"| {topic} | [{rule.code}](#{rule.code}) | {rule.severity} | {_prose(rule.title)} |"


def _sections(topics: Iterable[tuple[str, list[Rule]]]) -> Iterator[str]:
    for topic, group in topics:
        yield f"## {topic[0].upper()}{topic[1:]}"
        yield from map(as_markdown, group)


def document() -> str:
    """The text of docs/rules.md."""
    return reference(rules().values())


def main(folder: str = "docs") -> None:
    """Write rules.md into a folder that exists."""
    Path(folder, "rules.md").write_text(document(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
