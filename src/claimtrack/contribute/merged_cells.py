"""Cells of a sheet that somebody has merged: one value is seen in all of them, and only the first holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from claimtrack.problems import Problem
from claimtrack.rulebook import problem
from claimtrack.schema import TableSchema

MOST_AREAS = 1_000
"""Merged areas of one sheet that are looked at."""

_UNMERGE = (
    "Undo the merging (Excel: Merge & Center; LibreOffice and Google Sheets: Unmerge), and type into each of the cells "
    "what belongs there."
)
_AREA = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_BLOCK = 2**20
_LONGEST = 200
"""Bytes of one element: those in which a block ends are read again with the next one."""


@dataclass(frozen=True)
class Area:
    """Merged cells as a spreadsheet names them, such as B2:B4, and their first and last column and row, from 1."""

    name: str
    left: int
    top: int
    right: int
    bottom: int


def areas_in(sheet: IO[bytes]) -> list[Area]:
    """The merged areas that the XML of a sheet lists, by their first row: one more than are looked at, at most."""
    found: dict[str, Area] = {}
    rest = b""
    for block in iter(lambda: sheet.read(_BLOCK), b""):
        for match in _AREA.finditer(rest + block):
            left, top, right, bottom = (part.decode() for part in match.groups())
            name = f"{left}{top}:{right}{bottom}"
            found[name] = Area(name, _number(left), int(top), _number(right), int(bottom))
            if len(found) > MOST_AREAS:
                return _from_the_top(found.values())
        rest = block[-_LONGEST:]
    return _from_the_top(found.values())


def _from_the_top(areas: Iterable[Area]) -> list[Area]:
    return sorted(areas, key=lambda area: (area.top, area.left))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class Merged:
    """Goes with the rows of a sheet from the top down. `problems` has one for each area that leaves a cell blank.

    Areas do not overlap: of two that begin in one column the one that began last is gone along with.
    """

    def __init__(self, areas: Sequence[Area], header: Sequence[str | None], schema: TableSchema, path: str) -> None:
        self.problems: list[Problem] = []
        self._areas, self._header, self._schema, self._path = list(reversed(areas)), header, schema, path
        self._open: dict[int, tuple[Area, Any]] = {}
        self._told: set[Area] = set()
        if len(areas) > MOST_AREAS:
            self._tell(f"more than {MOST_AREAS:,} groups of cells are merged", None, None)

    def whole(self, number: int, row: Sequence[Any]) -> Sequence[Any]:
        """The row with the value of each area that reaches down into it, so that nothing else is said of the blank."""
        cells = list(row)
        while self._areas and self._areas[-1].top <= number:
            area = self._areas.pop()
            if area.top == number and area.left <= len(cells) and cells[area.left - 1].value not in (None, ""):
                self._open[area.left] = area, cells[area.left - 1]
        for area, first in list(self._open.values()):
            if area.bottom < number:
                del self._open[area.left]
                continue
            named = range(area.left, min(area.right, len(self._header)) + 1)
            blank = [at for at in named if self._header[at - 1] and _blank(cells, at)]
            if blank:
                self._lost(area, first)
            if area.left in blank:
                cells += [_NOTHING] * (area.left - len(cells))
                cells[area.left - 1] = first
        return cells

    def _lost(self, area: Area, first: Any) -> None:
        if area not in self._told:
            self._told.add(area)
            held = f"{first.coordinate} holds what is shown, the others hold nothing"
            self._tell(f"the cells {area.name} are merged: {held}", area.top, self._header[area.left - 1])

    def _tell(self, message: str, line: int | None, name: str | None) -> None:
        told = f"{message} ({name})" if name else message
        found = problem("row-short", told, path=self._path, line=line, resource=self._schema.name, fix=_UNMERGE)
        self.problems.append(replace(found, field=name))


class _Nothing:
    """A cell between the last one of a row and one that is merged."""

    value = None
    data_type = "n"


_NOTHING = _Nothing()


def _blank(cells: Sequence[Any], at: int) -> bool:
    return at > len(cells) or cells[at - 1].value in (None, "")
