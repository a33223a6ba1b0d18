"""What the parts of a workbook say of a sheet that is read row by row: which cells are merged, and what is hidden."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree
from zipfile import ZipFile

MOST_AREAS = 1_000
"""Merged areas of one sheet that are looked at."""

_BLOCK = 2**20
_LONGEST = 1_000
"""Bytes of one tag: one in which a block ends is read with the next block."""

_TAG = re.compile(rb"<(?:\w+:)?(mergeCell|row|col)\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb'(?<![\w:])(ref|r|min|max|hidden)="([^"<>]*)"')
_AREA = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_NUMBER = re.compile("[0-9]{1,7}")
_TRUE = ("1", "true")


@dataclass(frozen=True)
class Area:
    """Merged cells as a spreadsheet names them, such as B2:B4, and their first and last column and row, from 1."""

    name: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Looks:
    """`areas` are the merged ones by their first row, one more than are looked at, at most.

    `rows` and `columns` say of a number, from 1, whether somebody who looks at the sheet does not see it.
    """

    areas: list[Area]
    rows: frozenset[int]
    columns: Callable[[int], bool]


def part_of(archive: ZipFile, title: str) -> str:
    """Where the sheet of that title lies in the archive. Raises `LookupError` where the archive does not tell."""
    book = _book(archive)
    targets = dict(_related(archive, book))
    for element in ElementTree.fromstring(archive.read(book)).iter():
        if _local(element.tag) == "sheet" and element.get("name") == title:
            name = next((value for label, value in element.items() if _local(label) == "id"), "")
            return targets[name]
    raise LookupError(title)


def _book(archive: ZipFile) -> str:
    """Where the workbook lies, by the kinds that the archive gives its parts: so openpyxl looks for it, too."""
    for element in ElementTree.fromstring(archive.read("[Content_Types].xml")):
        if _local(element.tag) == "Override" and element.get("ContentType", "").endswith(".main+xml"):
            return element.get("PartName", "").lstrip("/")
    return "xl/workbook.xml"


def _related(archive: ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """What a part of the archive refers to: its name there, and its part."""
    folder, file = posixpath.split(part)
    listed = ElementTree.fromstring(archive.read(posixpath.join(folder, "_rels", f"{file}.rels")))
    for element in listed:
        target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
        yield element.get("Id", ""), target


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def looks_of(sheet: IO[bytes], most_rows: int) -> Looks:
    """What the XML of a sheet says of how it looks; hidden rows up to `most_rows`."""
    areas: dict[str, Area] = {}
    rows: set[int] = set()
    columns: list[tuple[int, int]] = []
    number = 0
    for tag, attributes in _tags(sheet):
        hidden = attributes.get("hidden") in _TRUE
        if tag == "mergeCell" and len(areas) <= MOST_AREAS:
            areas |= {area.name: area for area in _area(attributes.get("ref", ""))}
        elif tag == "row":
            given = attributes.get("r", "")
            number = int(given) if _NUMBER.fullmatch(given) else number + 1
            if hidden and number <= most_rows:
                rows.add(number)
        elif tag == "col" and hidden and len(columns) <= MOST_AREAS:
            columns += _span(attributes)
    return Looks(
        _from_the_top(areas.values()),
        frozenset(rows),
        lambda number: any(first <= number <= last for first, last in columns),
    )


def _tags(sheet: IO[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """The tags that are looked at, with those of their attributes that are."""
    rest = b""
    for block in iter(lambda: sheet.read(_BLOCK), b""):
        data = rest + block
        end = data.rfind(b">") + 1
        for match in _TAG.finditer(data, 0, end):
            given = _ATTRIBUTE.findall(match[2])
            yield match[1].decode(), {name.decode(): value.decode("ascii", "replace") for name, value in given}
        begun = data.rfind(b"<", end)
        rest = data[begun:] if begun >= 0 and len(data) - begun <= _LONGEST else b""


def _area(ref: str) -> Iterator[Area]:
    match = _AREA.fullmatch(ref)
    if match:
        left, top, right, bottom = match.groups()
        yield Area(ref, _number(left), int(top), _number(right), int(bottom))


def _span(attributes: dict[str, str]) -> Iterator[tuple[int, int]]:
    first, last = attributes.get("min", ""), attributes.get("max", "")
    if _NUMBER.fullmatch(first) and _NUMBER.fullmatch(last):
        yield int(first), int(last)


def _from_the_top(areas: Iterable[Area]) -> list[Area]:
    return sorted(areas, key=lambda area: (area.top, area.left))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
