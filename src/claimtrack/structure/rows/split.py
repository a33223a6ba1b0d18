"""The cells of a row, with the place where each starts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

DELIMITERS = (";", "\t", "|")
"""What may separate cells in place of the comma, which is what should."""

_NAMED = {"\t": "a tab"}


def named(delimiter: str) -> str:
    """What separates cells, as a message names it."""
    return _NAMED.get(delimiter, repr(delimiter))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the code-point column, from 1, where it starts (with its quote), what it reads, and its quoting.

    `quoting` is "sound", "stray" (a quote where none may be) or "open" (the closing quote is missing). `down` says how
    many lines below the beginning of its row the cell starts.
    """

    column: int
    value: str
    quoting: str
    down: int = 0


_CLOSED = re.compile(r'"((?:[^"]+|"")*+)"')


def split(line: str, delimiter: str = ",") -> list[Cell]:
    """The cells of a line, as a lenient reader of CSV sees them: only a quote at the start of a cell encloses it."""
    cells = []
    at = 0
    while True:
        end, cell = _cell(line, at, delimiter)
        cells.append(cell)
        if end >= len(line):
            return cells
        at = end + 1


def split_over(lines: Sequence[str], delimiter: str = ",") -> list[Cell]:
    """The cells of a row that goes on over several lines, with a space for each line end."""
    if len(lines) == 1:
        return split(lines[0], delimiter)
    starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    placed = []
    for cell in split(" ".join(lines), delimiter):
        down = bisect_right(starts, cell.column - 1) - 1
        placed.append(replace(cell, down=down, column=cell.column - starts[down]))
    return placed


def _cell(line: str, start: int, delimiter: str) -> tuple[int, Cell]:
    """The cell that starts there, and where it ends."""
    closed = _CLOSED.match(line, start)
    if closed is None and line.startswith('"', start):
        return len(line), Cell(start + 1, line[start + 1 :].replace('""', '"'), "open")
    after = start if closed is None else closed.end()
    end = line.find(delimiter, after)
    end = len(line) if end < 0 else end
    rest = line[after:end]
    inner = closed[1].replace('""', '"') if closed else ""
    return end, Cell(start + 1, inner + rest, "stray" if '"' in rest or (closed and rest) else "sound")
