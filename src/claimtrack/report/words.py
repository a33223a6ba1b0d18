"""Numbers of things and lists of them in words."""

from __future__ import annotations

from collections.abc import Sequence


def numbered(number: int, word: str) -> str:
    """'1 file', '2 files'."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def listed(words: Sequence[str]) -> str:
    """'1 file, 2 claims and 3 links'."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
