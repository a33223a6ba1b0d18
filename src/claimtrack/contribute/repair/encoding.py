"""From the bytes of a file to its text, where they need not be UTF-8."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from claimtrack.structure.cells.characters import likely_encoding
from claimtrack.structure.rows.container import HEAD, utf16

ONE_BYTE = ("windows-1252", "windows-1251", "mac-roman", "cp850")
"""What Windows writes in the west of Europe and for Cyrillic, what an old Mac writes, and what MS-DOS wrote."""

KEPT = "surrogateescape"
"""How bytes stand in a text that are none of its characters."""


@dataclass(frozen=True)
class Text:
    """A text, the encoding that it was read in, and whether that is certain."""

    text: str
    encoding: str
    certain: bool

    @property
    def utf8(self) -> bytes:
        """The text in UTF-8."""
        return self.text.encode("utf-8", KEPT)

    @property
    def legacy(self) -> str:
        """The encoding, if it has one byte for a letter; else ""."""
        return self.encoding if self.encoding in ONE_BYTE else ""


def decoded(data: bytes, old_letters: Collection[str]) -> Text:
    """The text of a file. `old_letters` are those beyond ASCII that the old rows have.

    Of encodings with one byte for a letter it takes the one in which most of its letters are old ones. Where that
    decides nothing it takes the one that the bytes look like most, and says that this is not certain. Bytes that only
    begin like UTF-16 are kept as they are.
    """
    if data.isascii():
        return Text(data.decode("ascii"), "utf-8", certain=True)
    utf8 = _in("utf-8", data)
    if utf8 and (not old_letters or _known(utf8.text, old_letters) > -1):
        return utf8
    wide = None if utf8 else utf16(data[:HEAD])
    if wide:
        return _in(wide, data) or Text(data.decode("utf-8", KEPT), "utf-8", certain=False)
    likely = likely_encoding(data)
    order = sorted(ONE_BYTE, key=lambda encoding: encoding != likely)
    texts = [text for encoding in order if (text := _in(encoding, data))]
    known = {text.encoding: _known(text.text, old_letters) for text in texts}
    best = max(texts, key=lambda text: known[text.encoding])
    if utf8 and known[best.encoding] < 1:
        return utf8
    rivals = {text.text for text in texts if known[text.encoding] == known[best.encoding]}
    return Text(best.text, best.encoding, certain=known[best.encoding] > 0 and len(rivals) == 1)


def _in(encoding: str, data: bytes) -> Text | None:
    try:
        return Text(data.decode(encoding).removeprefix("\ufeff"), encoding, certain=True)
    except UnicodeDecodeError:
        return None


def _known(text: str, old_letters: Collection[str]) -> float:
    """From -1 to 1: are the letters beyond ASCII all new, or all old ones?"""
    counted = Counter(letter for letter in text if letter > "\x7f")
    old = sum(number for letter, number in counted.items() if letter in old_letters)
    return 2 * old / counted.total() - 1 if counted else 1
