"""The command reference, made from the commands themselves: `python -m claimtrack.cli.reference > docs/commands.md`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

import click

from claimtrack.cli.arguments import Argument
from claimtrack.cli.program import WELCOME, program

WIDTH = 100


def as_markdown() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield "<!-- Made by `python -m claimtrack.cli.reference`; a test fails when this page is stale. -->"
    yield from ("", "```text", *WELCOME.splitlines(), "```")
    for name, command in program.commands.items():
        yield from ("", f"## claimtrack {name}", "")
        yield from _command(command, name)


def _command(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=f"claimtrack {name}", max_content_width=WIDTH, terminal_width=WIDTH)
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        if paragraph.startswith("\b\n"):
            _, *examples = paragraph.removeprefix("\b\n").split("\n")
            yield from ("```bash", *(line.strip() for line in examples), "```", "")
        else:
            yield from (" ".join(paragraph.split("\n")), "")
    yield from ("```text", " ".join(command.get_usage(context).split()), "```", "")
    yield from ("| argument or option | meaning |", "| --- | --- |")
    for parameter in command.params:
        name, meaning = _described(parameter, context)
        yield f"| `{_cell(name)}` | {_cell(meaning)} |"


def _described(parameter: click.Parameter, context: click.Context) -> tuple[str, str]:
    """What is typed, and what it means."""
    if isinstance(parameter, Argument):
        return " ".join(parameter.get_usage_pieces(context)), parameter.meaning
    record = parameter.get_help_record(context)
    assert record is not None, f"{parameter} has no help"
    return record


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
