"""What somebody who wrote a wrong name or value probably meant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches

from claimtrack.structure.limits import CANDIDATES, NAME_CHARACTERS


def closest(value: str, candidates: Collection[str], most: int = 3, alike: float = 0.6) -> list[str]:
    """Up to `most` of the candidates that are spelled much like the value (`alike`: 1 is the same), the closest first.

    Among very many candidates only those are looked at that begin or end like the value.
    """
    if len(value) > NAME_CHARACTERS:
        return []
    looked_at = candidates if len(candidates) <= CANDIDATES else _similar(value, candidates, 6)
    return get_close_matches(value, looked_at, n=most, cutoff=alike)


def _similar(value: str, candidates: Collection[str], characters: int) -> list[str]:
    """Those that begin or end with as many characters of the value; with more of them where these are too many."""
    head, tail = value[:characters], value[-characters:]
    similar = [known for known in candidates if known.startswith(head) or known.endswith(tail)]
    if len(similar) <= CANDIDATES or characters >= len(value):
        return similar[:CANDIDATES]
    return _similar(value, similar, 2 * characters) or similar[:CANDIDATES]


def in_words(names: Sequence[str]) -> str:
    """The names as a phrase: "a", "a or b", "a, b or c"."""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def did_you_mean(value: str, candidates: Collection[str]) -> str | None:
    """A sentence that names the closest candidates, or None."""
    close = closest(value, candidates)
    return f"Did you mean {in_words(close)}?" if close else None
