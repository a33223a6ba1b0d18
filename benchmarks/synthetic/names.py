"""Invented names. Any likeness to a real place or person is chance."""

from __future__ import annotations

import numpy as np

_ONSETS = ("b", "d", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "kr", "tal", "sol", "mar", "ver")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ei")
_CODAS = ("", "", "n", "r", "l", "sk", "t", "m")
_MARKED = str.maketrans({"a": "á", "e": "ë", "o": "ö", "u": "ü", "s": "š", "z": "ž"})
_PLAIN_SHARE = 0.8


class Names:
    """New names, each with an id. One in five has letters beyond ASCII."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._used: dict[str, int] = {}

    def new(self, syllables: int) -> tuple[str, str]:
        """An id that is not used yet, and the name that it is made of."""
        parts = [
            list_[int(self._rng.integers(len(list_)))] for _ in range(syllables) for list_ in (_ONSETS, _VOWELS, _CODAS)
        ]
        plain = "".join(parts)
        times = self._used[plain] = self._used.get(plain, 0) + 1
        name = plain if self._rng.random() < _PLAIN_SHARE else plain.translate(_MARKED)
        return (plain if times == 1 else f"{plain}-{times}"), name.capitalize()


def titled(word: str) -> str:
    """An id as a name: `defence-ministry` → Defence ministry."""
    return word.replace("-", " ").capitalize()
