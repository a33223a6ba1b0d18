"""Rows of the tables that we write, with every cell made safe."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from claimtrack.report.escape import csv_cell, markdown


def csv_row(cells: Iterable[Any]) -> str:
    """One line of CSV: blank for None, true and false for booleans, no formula."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow(_plain(cell) for cell in cells)
    return stream.getvalue()


def markdown_row(*cells: str) -> str:
    """One line of a Markdown table."""
    return "| " + " | ".join(markdown(cell) for cell in cells) + " |"


def _plain(cell: Any) -> Any:
    match cell:
        case bool():
            return str(cell).lower()
        case str():
            return csv_cell(cell)
    return cell
