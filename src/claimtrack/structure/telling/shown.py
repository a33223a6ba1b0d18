"""How a stranger's text is shown in a message: short, on one line, with nothing in it that cannot be seen."""

from __future__ import annotations

LONGEST = 80


def shown(text: str) -> str:
    """The text in quotation marks; what does not print is escaped, and what is too long is cut."""
    return repr(cut(text, LONGEST))


def printable(text: str, longest: int = 2 * LONGEST) -> str:
    """The text as it is, but for what does not print, which is escaped, and for what is too long."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in cut(text, longest))


def cut(text: str, longest: int) -> str:
    """The text; of one that is too long the beginning, with an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
