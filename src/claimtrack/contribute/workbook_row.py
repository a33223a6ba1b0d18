"""One row of a workbook as text. What the spreadsheet has rewritten is read only where it is plain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from claimtrack.contribute.offset import OFFSET, no_offset, offset_in, with_offset
from claimtrack.contribute.sheets import filled
from claimtrack.problems import Problem
from claimtrack.rulebook import problem
from claimtrack.schema import TableSchema
from claimtrack.structure.telling.shown import shown

_AS_IT_IS = ("General", "@", "0")
"""The forms of a number in which a spreadsheet shows all of its digits and nothing else."""

_TYPE_AGAIN = "Format the cell as text and type again what the source prints."


@dataclass(frozen=True)
class Cells:
    """The rows of a workbook: cells by column, the row's number in the sheet, and what was read out of date cells.

    `absent` are columns of the schema that the sheet lacks; in the rows they are blank. A row for which somebody gave
    an offset from UTC has that, too.
    """

    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


class Row:
    """One row of the sheet on its way to text."""

    def __init__(self, found: Cells, schema: TableSchema, path: str, number: int) -> None:
        self.found, self.schema, self.path, self.number = found, schema, path, number

    def take(self, header: Sequence[str | None], row: Sequence[Any]) -> None:
        """Add its cells to what was found, by the columns that the first row names, and what is to be told of them."""
        given = {name: cell for name, cell in zip(header, row, strict=False) if name}
        surplus = [cell for name, cell in zip((*header, *[None] * len(row)), row, strict=False) if name is None]
        self._strays([cell for cell in surplus if filled([cell])])
        beside = given.pop(OFFSET, None)
        offset = self._offset(beside)
        cells = dict.fromkeys(self.schema.columns, "")
        if offset is not None and beside is not None:
            cells[OFFSET] = str(beside.value)
        for name, cell in given.items():
            cells[name] = self._text(name, cell, offset)
        first = next((cell for cell in given.values() if filled([cell])), None)
        if first is not None and first.font and first.font.strike:
            told = "the row is struck through, and read all the same; delete it if it is not meant"
            self.found.notices.append(f"{self.path}:{self.number}: {told}")
        self.found.rows.append(cells)
        self.found.lines.append(self.number)

    def _strays(self, cells: Sequence[Any]) -> None:
        """Tell of cells below no name of a column."""
        if cells:
            found = ", ".join(f"{cell.coordinate} ({shown(str(cell.value))})" for cell in cells[:3])
            more = f" and {len(cells) - 3} more" if len(cells) > 3 else ""
            fix = "Delete what stands there, or put the name of its column into the first row."
            self._wrong("row-long", f"the row has cells in columns without a name: {found}{more}", None, fix)

    def _offset(self, cell: Any) -> str | None:
        """The offset of the row; None where it gives none, "" where what it gives is none, which is reported."""
        if cell is None or cell.value in (None, ""):
            return None
        offset = offset_in(cell.value) if isinstance(cell.value, str) else None
        if offset is None:
            self.found.problems.append(no_offset(str(cell.value), self.path, self.number, self.schema.name))
        return offset or ""

    def _text(self, name: str, cell: Any, offset: str | None) -> str:
        if cell.data_type == "f":
            return self._formula(name, cell)
        match cell.value:
            case None:
                return ""
            case bool(value):
                return str(value).lower()
            case (int() | float()) as value if self._printed(name) and cell.number_format not in _AS_IT_IS:
                message = f"the spreadsheet holds the number {value} and shows it in a form of its own"
                return self._wrong("spreadsheet-number", message, name, _TYPE_AGAIN)
            case float(value) if value.is_integer():
                return str(int(value))
            case date() | time() | timedelta() as value:
                return self._moment(name, value, str(cell.number_format), offset)
            case str(value) if self.schema.field(name).type == "datetime":
                return with_offset(value, offset)
        return str(cell.value)

    def _printed(self, name: str) -> bool:
        """Whether a column holds text as the source prints it, so that 25 % and 0.25 are two things."""
        field = self.schema.field(name)
        return field.type == "string" and not field.enum and field.pattern is None

    def _formula(self, name: str, cell: Any) -> str:
        """The formula itself, which is told where it stands: what it shows is not relied on."""
        formula = str(getattr(cell.value, "text", cell.value))
        fix = "Copy the column and paste it as values, so that the cell holds what the formula shows."
        if cell.row != self.number:  # of merged cells, of which the first row told it
            return ""
        self._wrong("formula-cell", f"{cell.coordinate} holds the formula {shown(formula)}", name, fix)
        return formula

    def _moment(self, name: str, value: date | time | timedelta, shown_as: str, offset: str | None) -> str:
        """A date of the spreadsheet's own kind as a datetime; "" and a problem where that would be a guess."""
        if self.schema.field(name).type != "datetime":
            message = f"the spreadsheet has turned this cell into a date of its own: {value}"
            return self._wrong("spreadsheet-date", message, name, _TYPE_AGAIN)
        if not isinstance(value, datetime) or "h" not in shown_as.lower():
            message = f"the spreadsheet has a date without a time in this cell, or a time without a date: {value}"
            fix = "Type both as text, like 2022-09-13T12:34:00+04:00."
            return self._wrong("datetime-invalid", message, name, fix)
        moment = (value + timedelta(milliseconds=5)).replace(microsecond=0)
        if abs(value - moment) > timedelta(milliseconds=10):
            return self._wrong("datetime-invalid", f"{value} has parts of a second", name)
        if offset is None:
            message = f"{value} is a date of the spreadsheet, which does not say how far its clock was from UTC"
            fix = f"Put an offset such as +04:00 into {OFFSET} of this row, or type the cell as text."
            return self._wrong("datetime-no-offset", message, name, fix)
        if not offset:
            return ""
        text = f"{moment:%Y-%m-%dT%H:%M:%S}{offset}"
        self.found.notices.append(f"{self.path}:{self.number}: the date cell in {name} was read as {text}")
        return text

    def _wrong(self, code: str, message: str, name: str | None, fix: str | None = None) -> str:
        told = f"{message} ({name})" if name else message
        self.found.problems.append(
            problem(code, told, path=self.path, line=self.number, resource=self.schema.name, field=name, fix=fix)
        )
        return ""
