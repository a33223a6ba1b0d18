"""A table as somebody sent it: bytes that can be told apart into rows, or the problems that keep them from it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from claimtrack.errors import DataError
from claimtrack.problems import Problem
from claimtrack.schema import TableSchema
from claimtrack.structure.limits import BROKEN_LINES
from claimtrack.structure.rows.csvfile import TableReader
from claimtrack.structure.rows.header import Header, read_header
from claimtrack.structure.rows.split import split
from claimtrack.structure.rows.widths import parted
from claimtrack.structure.telling.reporter import Reporter

Row = dict[str, str]

_DOUBLE = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f"), '"')

MENDABLE = frozenset(
    {"delimiter-wrong", "header-missing", "header-extra", "header-again", "newline-in-cell", "row-long", "row-short"}
)
"""What a spreadsheet leaves behind. A cell that fits nowhere is still a problem."""

NOT_A_TABLE = MENDABLE | {
    *("not-csv", "file-empty", "encoding-invalid", "line-too-long", "conflict-marker"),
    *("header-absent", "header-misspelt", "header-repeated", "quote-unclosed", "quote-stray"),
}
"""After any of these there is no telling which cell is which, or what it says."""


@dataclass(frozen=True)
class Sheet:
    """The rows of a file: cells by column of the schema, just as they stand there; blank rows left out.

    `lines` has the physical line of each. `absent` are columns of the schema that the file lacks; in the rows they are
    blank. `problems` is all that is wrong with the text of the file, `straightened` the lines in which typographic
    quotation marks were taken for those that enclose cells, `parted` those in which something else than in the first
    line was taken for what separates them.
    """

    schema: TableSchema
    rows: Sequence[Row]
    lines: Sequence[int]
    absent: Sequence[str]
    problems: Sequence[Problem]
    straightened: Sequence[int]
    parted: Sequence[int] = ()

    def found(self, code: str) -> list[Problem]:
        """The problems of that code."""
        return [problem for problem in self.problems if problem.code == code]


def read_sheet(schema: TableSchema, data: bytes, path: str, *, mending: bool = False, old: Iterable[Row] = ()) -> Sheet:
    """Tell the bytes of a file apart into rows. Raises `DataError` where that cannot be done for certain.

    With `mending` it copes with what a spreadsheet may have done to the file as a whole: other delimiters, columns
    without name and cells, newlines in cells, columns left out, typographic marks around cells, a second header. Lines
    that no quotation marks hold together are one row only where `old` has that row.
    """
    report = Reporter(schema.name, path)
    for _ in TableReader(schema, report).parts_of(io.BytesIO(data)):
        pass
    fatal = NOT_A_TABLE - MENDABLE if mending else NOT_A_TABLE
    _stop_at(problem for problem in report.problems if problem.code in fatal)
    first, *lines = lines_of(data)
    header = read_header(first, schema, Reporter(schema.name, path))
    if header is None:
        _stop_at(report.problems)
        raise ValueError(f"{path}: the header was read once and cannot be read again")
    reader = _Reader(header, Reporter(schema.name, path), mending, old)
    rows = {number: row for number, cells in reader.records(first, lines) if (row := reader.row(number, cells))}
    _stop_at(_explained(reader.wrong.problems, _of_labels(report.problems, first, header)))
    absent = [column for column in schema.columns if header.at(column) is None]
    blank = dict.fromkeys(schema.columns, "")
    whole = [{**blank, **row} for row in rows.values()]
    return Sheet(schema, whole, list(rows), absent, report.problems, reader.straightened, reader.parted)


class _Reader:
    """Tells records apart into cells. `straightened` and `parted` are lines as in `Sheet`.

    `old` are rows that tell whether several lines are one row.
    """

    def __init__(self, header: Header, wrong: Reporter, mending: bool, old: Iterable[Row]) -> None:
        self.header = header
        self.wrong = wrong
        self.mending = mending
        self.old = old
        self.straightened: list[int] = []
        self.parted: list[int] = []
        self.labels: Sequence[str] = ()

    def records(self, first: str, lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """The header, and the rows that are not blank, each with the line where it starts.

        A quotation mark that is still open takes in the next line.
        """
        yield 1, self.cells(1, first)
        start, record = 0, ""
        for number, line in enumerate(lines, start=2):
            start, record = (start, f"{record}\n{line}") if start else (number, line)
            if record.count('"') % 2 == 0:
                cells = self.cells(start, record)
                if len(cells) < self.header.width and self._goes_on(record, lines[number - 1 :][:BROKEN_LINES]):
                    continue
                if any(cell.strip() for cell in cells):
                    yield start, cells
                start = 0
        if start:
            self.wrong("quote-unclosed", "a quotation mark is never closed", start, 1)

    @cached_property
    def _known(self) -> set[tuple[str, ...]]:
        """The old rows, spaces aside. Only a row with too few cells asks for them."""
        named = [column for column in self.header.columns if column]
        return {tuple(_bare(row[column]) for column in named) for row in self.old}

    def _goes_on(self, record: str, following: Sequence[str]) -> bool:
        """Whether a record and some of the lines behind it are an old row, which Enter was pressed in."""
        width, columns = self.header.width, self.header.columns
        for line in following if record.strip() and self._known else ():
            record = f"{record}\n{line}"
            cells = self._split(record)
            if len(cells) >= width:
                bare = tuple(_bare(cell) for name, cell in zip(columns, cells, strict=False) if name)
                return len(cells) == width and bare in self._known
        return False

    def cells(self, number: int, record: str) -> list[str]:
        """The cells of a record; if they only fit with other marks around or between them, those."""
        found = self._split(record)
        if self.mending and number > 1 and len(found) < self.header.width:
            other = parted(record, self.header)
            if other:
                self.parted.append(number)
                return [cell.value for cell in split(record, other)]
        if self.mending and len(found) > self.header.width and not record.isascii():
            straight = split(record.translate(_DOUBLE), self.header.delimiter)
            if len(straight) == self.header.width and all(cell.quoting == "sound" for cell in straight):
                self.straightened.append(number)
                return [cell.value for cell in straight]
        return found

    def _split(self, record: str) -> list[str]:
        if '"' not in record:
            return record.split(self.header.delimiter)
        return [cell.value for cell in split(record, self.header.delimiter)]

    def row(self, number: int, cells: Sequence[str]) -> Row | None:
        """The cells by column; None for the header, and where they do not fit it, which is reported."""
        width, columns = self.header.width, self.header.columns
        if number == 1:
            self.labels = cells
        if len(cells) < width:
            self.wrong("row-short", f"the row has {len(cells)} cells, the header {width}", number, 1)
        elif len(cells) > width:
            self.wrong("row-long", f"the row has {len(cells)} cells, the header {width}", number, 1)
        elif any(
            cell.strip() and (number == 1 or not label.strip())
            for cell, column, label in zip(cells, columns, self.labels, strict=True)
            if column is None
        ):
            self.wrong("header-extra", "the row has a cell in a column that the schema does not know", number, 1)
        elif number > 1 and cells != self.labels:
            return {column: cell for column, cell in zip(columns, cells, strict=True) if column}
        return None


def _bare(cell: str) -> str:
    """A cell without its spaces and line ends, which are what Enter changes."""
    return "".join(cell.split())


def _stop_at(problems: Iterable[Problem]) -> None:
    fatal = list(problems)
    if fatal:
        raise DataError(fatal)


def _of_labels(problems: Iterable[Problem], first: str, header: Header) -> Iterator[Problem]:
    """The problems without those of columns that have no name: whether these have cells is told of the rows."""
    labels = {cell.column for cell in split(first, header.delimiter) if cell.value.strip()}
    return (problem for problem in problems if problem.code != "header-extra" or problem.column in labels)


def _explained(ours: Sequence[Problem], theirs: Iterable[Problem]) -> Iterator[Problem]:
    """Our problems, in the better words of the strict reading where that reported the same of the same line.

    Of a row that seems to stand in several lines it reports the first, and nothing of the others.
    """
    known: dict[tuple[str, int | None], list[Problem]] = {}
    for problem in theirs:
        known.setdefault((problem.code, problem.line), []).append(problem)
    broken = -BROKEN_LINES
    for problem in ours:
        line = problem.line or 0
        said = known.get((problem.code, line), [])
        if problem.code == "row-short" and not said:
            if said := known.get(("newline-in-cell", line), []):
                broken = line
            elif line < broken + BROKEN_LINES:
                continue
        yield from said or [problem]


def lines_of(data: bytes) -> list[str]:
    """The lines of a file, as its rows are counted."""
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    return data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
