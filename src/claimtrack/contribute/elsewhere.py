"""Files of the inbox that hold rows of another table: the inbox takes claims, and all else is edited in its place."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.contribute.questions import claims
from claimtrack.problems import Problem
from claimtrack.rulebook import problem
from claimtrack.schema import TABLES, table_schema
from claimtrack.structure.rows.header import plain
from claimtrack.structure.rows.split import DELIMITERS, split


def table_of(labels: Sequence[str]) -> str | None:
    """The other table that a first row is the header of; None where it may be that of claims, or is none."""
    names = {plain(label) for label in labels if label.strip()}
    known = {name: len(names & set(table_schema(name).columns)) for name in TABLES}
    best = max(known, key=lambda name: known[name])
    if known[best] * 4 < len(names) * 3 or known[best] < FEWEST or known[best] <= known[claims().name]:
        return None
    return best


_OF_CLAIMS = ("links", "relays")
_NEW_ID = "A claim that is still in the inbox is named by the id that the review gives it. "
FEWEST = 3
"""Columns that a header has to name: every table has more."""


def labels_in(data: bytes) -> list[str]:
    """What stands in the first line of a CSV, whatever it is separated by."""
    first = data[:HEAD_OF_TABLE].decode("utf-8-sig", "replace").partition("\n")[0].rstrip("\r")
    return max(([cell.value for cell in split(first, delimiter)] for delimiter in (",", *DELIMITERS)), key=len)


HEAD_OF_TABLE = 10_000
"""Bytes in which a header has room."""


def misplaced(table: str, what: str, path: str) -> Problem:
    """The problem of a file that holds rows of another table. `what` is the file, or the sheet of it."""
    file = f"data/{table}.csv"
    message = f"the {what} has the columns of {file}, and the inbox takes claims only"
    fix = (
        f"Open {file} on your branch, press the pencil, add the new rows at its end, one a line, their cells in the "
        f"order of its first line, and save it to that branch. {_NEW_ID if table in _OF_CLAIMS else ''}"
        f"Then delete this {what.partition(' ')[0]}."
    )
    return problem("header-absent", message, path=path, line=1, resource=claims().name, fix=fix)
