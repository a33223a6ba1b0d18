"""Characters that have no place in a cell, because nobody sees them, or sees something else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_CONTROL = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff"
_BIDI = "\u202a-\u202e\u2066-\u2069"
_JOINERS = "\u200c\u200d"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BYTES = "\udc80-\udcff"
GARBLED = re.compile(
    "\ufffd|[\u00c2\u00c3][\u0080-\u00aa\u00ac-\u00ba\u00bc-\u00bf]"
    "|\u00e2\u20ac[\u0080-\uffff]|(?:[\u00d0\u00d1][\u0080-\u00bf\u0152-\u2122]){2}"
)
"""Finds what is left of a character that was read in a wrong encoding."""

SUSPICIOUS = re.compile(f"[{_CONTROL}{_BIDI}{_JOINERS}{_INVISIBLE}{_SPACES}{_BYTES}]")
"""Finds characters that may have to be reported; of joiners not every one has."""

_KINDS = (
    ("encoding-invalid", re.compile(f"[{_BYTES}]+"), "bytes that are no UTF-8"),
    ("control-character", re.compile(f"[{_CONTROL}]"), "the control character"),
    ("bidi-character", re.compile(f"[{_BIDI}]"), "a character that turns the direction of text,"),
    ("invisible-character", re.compile(f"[{_INVISIBLE}{_JOINERS}]"), "the invisible character"),
    ("odd-space", re.compile(f"[{_SPACES}]"), "a space that is not the common one,"),
    ("text-garbled", GARBLED, "what is left of a character read in a wrong encoding:"),
)
_JOINING_SCRIPTS = (
    "ARABIC", "SYRIAC", "MONGOLIAN", "NKO", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU",
    "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN",
)  # fmt: skip


def _name(found: str) -> str:
    if "\udc80" <= found[0] <= "\udcff":
        return " ".join(f"0x{ord(byte) - 0xDC00:02X}" for byte in found[:8])
    return " ".join(f"U+{ord(one):04X} {unicodedata.name(one, '')}".rstrip() for one in found)


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands between letters of a script that is written with joiners."""
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return len(around) == 2 and all(unicodedata.name(one, "").startswith(_JOINING_SCRIPTS) for one in around)


def odd_characters(text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the characters of a cell: for every kind of fault its code and a message."""
    if text.isascii() and text.isprintable():
        return
    if SUSPICIOUS.search(text) or GARBLED.search(text):
        for code, pattern, words in _KINDS:
            found = [match for match in pattern.finditer(text) if not _is_fine(text, match)]
            if found:
                more = f", and {len(found) - 1} more" if len(found) > 1 else ""
                yield code, f"{words} {_name(found[0][0])} at character {found[0].start() + 1} of the cell{more}"
    if not unicodedata.is_normalized("NFC", text):
        yield "not-nfc", "letters and their accents are stored apart (the text is not in the normal form NFC)"


def _is_fine(text: str, match: re.Match[str]) -> bool:
    return match[0] in _JOINERS and _joins(text, match.start())


WESTERN = "windows-1252"
"""What text is read in that is no UTF-8, where nothing speaks for another encoding."""

_REMOVED = re.compile(f"[{_CONTROL}{_BIDI}{_INVISIBLE}]")
_BLANKS = re.compile(f"[\t\r\n{_SPACES}]")


def mended(text: str, encoding: str = WESTERN) -> str:
    """The cell as it would read without such characters, so that the other checks can go on.

    `encoding`: in which bytes are read that are no UTF-8.
    """
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(f"[{_BYTES}]+", lambda match: _decoded(match[0], encoding), text)
    return unicodedata.normalize("NFC", _REMOVED.sub("", _BLANKS.sub(" ", text)))


def _decoded(found: str, encoding: str) -> str:
    return found.encode("utf-8", "surrogateescape").decode(encoding, "replace")


def likely_encoding(data: bytes) -> str:
    """The encoding that text which is no UTF-8 probably has: of Cyrillic, words stand side by side above 0xBF."""
    odd = re.findall("[\udc80-\udcff]+", data.decode("utf-8", "surrogateescape"))
    cyrillic = sum(len(run) for run in odd if len(run) > 2)
    return "windows-1251" if cyrillic * 2 > sum(map(len, odd)) else WESTERN
