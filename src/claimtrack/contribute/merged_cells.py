"""Cells of a sheet that somebody has merged: one value is seen in all of them, and only the first holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from claimtrack.contribute.sheet_parts import MOST_AREAS, Area
from claimtrack.problems import Problem
from claimtrack.rulebook import problem
from claimtrack.schema import TableSchema


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
        found = problem("cells-merged", told, path=self._path, line=line, resource=self._schema.name)
        self.problems.append(replace(found, field=name))


class _Nothing:
    """A cell between the last one of a row and one that is merged."""

    value = None
    data_type = "n"


_NOTHING = _Nothing()


def _blank(cells: Sequence[Any], at: int) -> bool:
    return at > len(cells) or cells[at - 1].value in (None, "")
