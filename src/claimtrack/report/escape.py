"""Cell text made harmless for the place where it is shown.

The cells of a package may come from a stranger. Whatever they hold, they must not move a terminal's cursor, give a
command to a build runner, open a tag, end a table row or become a formula.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any


class _Translation(dict[int, str]):
    """For `str.translate`: what is printable stays, all else is spelt out; each code point is looked at once."""

    def __init__(self, spell: Callable[[str], str]) -> None:
        super().__init__()
        self._spell = spell

    def __missing__(self, code: int) -> str:
        character = chr(code)
        shown = character if character.isprintable() else self._spell(character)
        self[code] = shown
        return shown


def _json_escape(character: str) -> str:
    return json.dumps(character)[1:-1] if ord(character) > 0xFFFF else f"\\u{ord(character):04x}"


_VISIBLE = _Translation(lambda character: character.encode("unicode_escape").decode("ascii"))
_JSON = _Translation(lambda character: character if character == "\n" else _json_escape(character))

# A GitHub runner takes a line as a command if it begins with '::' after any indentation, or holds '##[' anywhere.
# Wrapping can put any part of a cell at the beginning of a line, so both are broken up wherever they stand.
_COMMANDS = (("::", r":\x3a"), ("##[", r"##\x5b"))

_MARKUP = re.compile(r"[\\`*_\[\]|~#$]|^[-+=](?=\s|[-=]|$)|^\d+(?=[.)](?:\s|$))|://")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def terminal(text: str) -> str:
    """One line of printable text: control, bidirectional, zero-width and unassigned characters are spelt out."""
    shown = text if text.isprintable() else text.translate(_VISIBLE)
    for command, broken in _COMMANDS:
        shown = shown.replace(command, broken)
    return shown


def workflow_data(text: str) -> str:
    """The message of a workflow command; lines that are our own stay lines."""
    lines = "\n".join(terminal(line) for line in text.split("\n"))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """A property of a workflow command, such as its file."""
    return workflow_data(text).replace(":", "%3A").replace(",", "%2C")


def markdown(text: str) -> str:
    """Text inside a Markdown paragraph or table cell: no markup, tag, link, mention or row may begin in it."""
    shown = terminal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(_broken_up, shown).replace("@", "@<!-- -->")


def _broken_up(match: re.Match[str]) -> str:
    found = match[0]
    if found == "://":
        return ":&#47;/"
    return found + "\\" if found.isdigit() else "\\" + found


def csv_cell(text: str) -> str:
    """A cell that a spreadsheet shows and does not run."""
    shown = terminal(text)
    return "'" + shown if _FORMULA.match(shown) else shown


def as_json(value: Any, *, indent: int | None = None) -> str:
    """JSON that a person can read, and that no terminal or build runner obeys."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    shown = text if text.isprintable() else text.translate(_JSON)
    return shown.replace("##[", "##\\u005b")
