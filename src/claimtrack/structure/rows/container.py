"""Files that are no CSV at all, whatever they are called."""

from __future__ import annotations

import re

HEAD = 4096
"""How many bytes are needed to tell."""

ARCHIVE = b"PK\x03\x04"
"""How a zip archive begins, such as a workbook."""

_MAGIC = (
    (ARCHIVE, "a spreadsheet or another zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a spreadsheet of an old Excel"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "a word processor's file"),
    (b"version https://git-lfs", "a pointer to a file in Git LFS that was not fetched"),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml|head|body)", re.IGNORECASE)
_JSON = re.compile(rb"\s*[\[{]\s*[\"\[{\]}]")


def other_format(head: bytes) -> str | None:
    """What a file that begins like this is, if it is plainly no CSV."""
    for magic, words in _MAGIC:
        if head.startswith(magic):
            return words
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "a web page or XML"
    return "JSON" if _JSON.match(head) else None


def utf16(head: bytes) -> str | None:
    """The encoding of text with two bytes a character, which has a mark or a zero in every other byte."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if len(head) > 4 and head[1::2].count(0) * 10 > len(head) * 4:
        return "utf-16-le"
    if len(head) > 4 and head[::2].count(0) * 10 > len(head) * 4:
        return "utf-16-be"
    return None
