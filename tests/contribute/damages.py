"""What spreadsheets and editors do to tables: to cells, to rows, to files. Every damage takes canonical rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle
from random import Random

from claimtrack.contribute.sheet import Row
from claimtrack.schema import Field, TableSchema

CellDamage = Callable[[Field, str], str]


def dates(form: str, day: str | None = None) -> CellDamage:
    """Times in that form, which knows nothing of offsets; dates likewise, or in a form of their own."""

    def rewritten(column: Field, cell: str) -> str:
        if column.type not in ("date", "datetime") or not cell:
            return cell
        at = datetime.fromisoformat(cell).replace(tzinfo=None)
        shown = at.strftime(form if column.type == "datetime" else day or form.partition(" ")[0])
        return re.sub(r"\b0(?=[0-9]/)", "", shown) if "/" in form else shown

    return rewritten


def serial(column: Field, cell: str) -> str:
    if column.type not in ("date", "datetime") or not cell:
        return cell
    days = (datetime.fromisoformat(cell).replace(tzinfo=None) - datetime(1899, 12, 30)).total_seconds() / 86_400
    return f"{days:.8f}".rstrip("0").rstrip(".").rjust(5, "0")


def curled(column: Field, cell: str) -> str:
    marks = cycle("\u201c\u201d")
    return re.sub('"', lambda _: next(marks), cell.replace("'", "\u2019"))


def thousands(mark: str) -> CellDamage:
    def grouped(column: Field, cell: str) -> str:
        return f"{int(cell):,}".replace(",", mark) if column.type == "integer" and cell else cell

    return grouped


def one_decimal(column: Field, cell: str) -> str:
    return f"{cell}.0" if column.type == "integer" and cell else cell


def decimal_comma(column: Field, cell: str) -> str:
    return cell.replace(".", ",") if column.type == "number" else cell


def truths(true: str, false: str) -> CellDamage:
    def spelled(column: Field, cell: str) -> str:
        return {"true": true, "false": false}.get(cell, cell) if column.type == "boolean" else cell

    return spelled


def padded(column: Field, cell: str) -> str:
    return f" {cell}\u00a0 " if cell else cell


def mangled(encoding: str) -> CellDamage:
    """UTF-8 read in another encoding, where that has a meaning for all of its bytes."""

    def read(column: Field, cell: str) -> str:
        try:
            return cell.encode().decode(encoding)
        except UnicodeDecodeError:
            return cell

    return read


CELLS: dict[str, CellDamage] = {
    "day first": dates("%d/%m/%Y %H:%M"),
    "day first, with seconds": dates("%d.%m.%Y %H:%M:%S"),
    "month first": dates("%m/%d/%Y %I:%M %p"),
    "year first": dates("%Y/%m/%d %H:%M:%S"),
    "two digits": dates("%d/%m/%y %H:%M"),
    "month by name": dates("%d-%b-%y %H:%M", "%d %B %Y"),
    "days": serial,
    "curled": curled,
    "comma": thousands(","),
    "point": thousands("."),
    "thin space": thousands("\u202f"),
    "decimals": one_decimal,
    "decimal comma": decimal_comma,
    "capitals": truths("TRUE", "FALSE"),
    "german": truths("WAHR", "FALSCH"),
    "padded": padded,
    "mangled": mangled("windows-1252"),
}


@dataclass(frozen=True)
class File:
    """How a damaged file is written."""

    delimiter: str = ","
    line_end: str = "\n"
    encoding: str = "utf-8"
    quoting: int = csv.QUOTE_MINIMAL
    empty_columns: int = 0
    empty_rows: int = 0
    shuffle: int | None = None
    columns_reversed: bool = False
    final_end: bool = True
    cells: Sequence[str] = field(default_factory=tuple)


def damaged(schema: TableSchema, rows: Sequence[Row], how: File) -> bytes:
    """The rows as a file that has been through all of that."""
    rewritten = []
    for row in rows:
        current = dict(row)
        for name in how.cells:
            current = {column: CELLS[name](schema.field(column), cell) for column, cell in current.items()}
        rewritten.append(current)
    if how.shuffle is not None:
        Random(how.shuffle).shuffle(rewritten)
    columns = list(schema.columns)[:: -1 if how.columns_reversed else 1]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=how.delimiter, lineterminator=how.line_end, quoting=how.quoting)
    blank = [""] * how.empty_columns
    writer.writerow([*columns, *blank])
    writer.writerows([*(row[column] for column in columns), *blank] for row in rewritten)
    writer.writerows([[""] * (len(columns) + len(blank))] * how.empty_rows)
    text = out.getvalue() if how.final_end else out.getvalue().removesuffix(how.line_end)
    return text.encode(how.encoding, "replace")
