"""Letters that a spreadsheet, a word processor or a wrong encoding replaced by others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from claimtrack.contribute.repair.encoding import ONE_BYTE

CURLED = {"'": "\u2018\u2019\u201a\u201b\u2032\u00b4`", '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"}
"""What becomes of straight marks where quotation marks are made typographic."""

_STRAIGHT = str.maketrans({curl: mark for mark, curls in CURLED.items() for curl in curls})
_SPACES = "\u00a0\u2000-\u200a\u202f\u3000\t\n\r"
_ERRORS = ("#NAME?", "#VALUE!", "#REF!", "#N/A", "#NUM!", "#NULL!", "#DIV/0!")


def straight(text: str) -> str:
    """The text with straight quotation marks and apostrophes."""
    return text.translate(_STRAIGHT)


def is_lost(cell: str) -> bool:
    """Whether the cell only holds a spreadsheet's message that it could not show it."""
    return cell in _ERRORS or re.fullmatch("#{3,}", cell) is not None


def _pattern(old: str, plain: bool) -> str:
    parts = []
    for one in old:
        if one in CURLED:
            parts.append(f"[{one}{CURLED[one]}]")
        elif one == " ":
            parts.append(f"[ {_SPACES}]")
        elif one.isascii():
            parts.append(re.escape(one))
        else:
            base = unicodedata.normalize("NFD", one)[0] if plain else one
            parts.append(f"(?:{one}|{re.escape(base)}|\\?{{1,2}}|\ufffd)")
    return "'?" + "".join(parts) if old[:1] in "=+-@" else "".join(parts)


def replaced(old: str, new: str, *, plain: bool) -> str | None:
    """Why `new` is `old` with letters replaced, in words, or None if it is not.

    With `plain`, letters may also have lost their accents: what Windows does where an encoding lacks a letter.
    """
    if not old or not re.fullmatch(_pattern(old, plain), new):
        return None
    if any(new.count(curl) > old.count(curl) for curls in CURLED.values() for curl in curls):
        return "quotation marks made typographic"
    if new.count("?") > old.count("?") or "\ufffd" in new:
        return "letters lost in another encoding"
    if new == f"'{old}":
        return "an apostrophe put before it"
    if any(ord(one) > 127 and one not in new for one in old):
        return "accents lost in another encoding"
    return "spaces or line breaks of another kind"


def reread(text: str, encoding: str) -> Iterator[tuple[str, str]]:
    """How the text reads if it was in another encoding of one byte for a letter than the one that it was read in."""
    data = _bytes(text, encoding)
    for other in ONE_BYTE:
        if data is not None and not data.isascii() and other != encoding:
            yield other, data.decode(other, "replace")


def ungarbled(text: str) -> Iterator[tuple[str, str]]:
    """How the text reads if its UTF-8 was taken for another encoding, with the name of that."""
    if text.isascii():
        return
    for encoding in ("windows-1252", "windows-1251"):
        data = _bytes(text, encoding)
        if data is not None:
            try:
                yield encoding, data.decode("utf-8")
            except UnicodeDecodeError:
                continue


def _bytes(text: str, encoding: str) -> bytes | None:
    """The bytes of a text; those that Windows leaves without a meaning stand for themselves."""
    data = bytearray()
    for one in text:
        try:
            data += one.encode(encoding)
        except UnicodeEncodeError:
            if not 0x80 <= ord(one) <= 0x9F:
                return None
            data.append(ord(one))
    return bytes(data)
