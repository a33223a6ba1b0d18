"""What a rule says of a table, and how pandera turns that into breaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One row that breaks a rule: `row` is its position in the frame of `resource`, `field` the cell to look at."""

    code: str
    resource: str
    row: int
    field: str
    message: str
    fix: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One test of all rows of a table: where `broken` is true, the row breaks rule `code` at `field`.

    `message` says what is wrong: with any row, or with one, given its position (asked for broken rows only).
    """

    code: str
    table: str
    field: str
    broken: Mask
    message: str | Callable[[int], str]

    def breach(self, row: int) -> Breach:
        """The breach at a broken row."""
        message = self.message if isinstance(self.message, str) else self.message(row)
        return Breach(code=self.code, resource=self.table, row=row, field=self.field, message=message)


def mask(verdict: pd.Series[Any]) -> Mask:
    """A comparison as plain booleans: where a cell is blank there is nothing to compare, so nothing is broken.

    It may be the column itself, and is never to be written to.
    """
    broken: Mask = verdict.array.to_numpy(dtype=bool, na_value=False)
    return broken


def breaches(conditions: Iterable[Condition]) -> Iterator[Breach]:
    """The rows that break a condition: table by table, in the order of the conditions and then of the rows.

    The conditions of a table that some row breaks are the columns of one frame, and each must be false throughout.
    Checks on columns name a row once; checks on the table itself, as pandera runs them, would name it once per column.
    """
    tables: dict[str, list[Condition]] = {}
    for condition in conditions:
        tables.setdefault(condition.table, [])
        if condition.broken.any():
            tables[condition.table].append(condition)
    for tested in filter(None, tables.values()):
        yield from _cases(tested)


def _cases(tested: Sequence[Condition]) -> Iterator[Breach]:
    import pandera.pandas as pa

    schema = pa.DataFrameSchema({number: pa.Column(bool, pa.Check.eq(False)) for number in range(len(tested))})
    try:
        schema.validate(pd.DataFrame({number: one.broken for number, one in enumerate(tested)}), lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        for number, row in zip(cases["column"].tolist(), cases["index"].tolist(), strict=True):
            yield tested[number].breach(row)
