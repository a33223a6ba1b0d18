"""Rows of a table by what is in them: by a look at a whole column, or from columns that were put in order."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
import pyarrow as pa

from claimtrack.discrepancy.joins.keys import in_order
from claimtrack.scopes import Bools, Ints, one_of, rows_of, spans
from claimtrack.structure.keys.hashes import hashes


class Finder:
    """The rows of a table. They are told by their positions, each once, which ascend.

    `often`: a column is put in order when it is first asked for; from then on nothing looks at all of its rows.
    """

    def __init__(self, table: pd.DataFrame, *, often: bool = False) -> None:
        self._table, self._often = table, often
        self._orders: dict[str, _Order] = {}
        self._blank: dict[tuple[str, ...], Ints] = {}

    def rows(self, column: str, wanted: Collection[str]) -> Ints:
        """The rows in which a column has one of these texts."""
        if self._often:
            found = self._in_order(column).rows(wanted)
            return found[one_of(self.values(column, found), wanted)]
        return np.flatnonzero(one_of(self._table[column], wanted))

    def blank(self, *columns: str) -> Ints:
        """The rows in which none of these columns has anything."""
        if columns not in self._blank:
            self._blank[columns] = np.flatnonzero(self._table[list(columns)].isna().all(axis=1).to_numpy())
        return self._blank[columns]

    def taken(self, rows: Ints, columns: Collection[str] | None = None) -> pd.DataFrame:
        """These rows, numbered anew, with these columns; None: with all."""
        return rows_of(self._table if columns is None else self._table[list(columns)], self._chosen(rows))

    def values(self, column: str, rows: Ints) -> pd.Series:
        """What these rows have in a column."""
        return pd.Series(self._table[column].array[self._chosen(rows)])

    def _chosen(self, rows: Ints) -> Bools | Ints:
        """These rows, as columns are asked for them.

        Who asks once filters: to take from a column in pieces copies all of it.
        """
        if self._often:
            return rows
        chosen = np.zeros(len(self._table), dtype=bool)
        chosen[rows] = True
        return chosen

    def _in_order(self, column: str) -> _Order:
        if column not in self._orders:
            self._orders[column] = _Order(self._table[column])
        return self._orders[column]


class _Order:
    """The rows of a column by numbers of their texts: those of one text follow each other."""

    def __init__(self, column: pd.Series) -> None:
        self._rows, self._numbers = in_order(hashes(pa.array(column)))

    def rows(self, wanted: Collection[str]) -> Ints:
        """The rows of these texts, and of any that have the number of one of them."""
        numbers = hashes(pa.array(list(set(wanted)), type=pa.string()))
        first = np.searchsorted(self._numbers, numbers, side="left")
        size = np.searchsorted(self._numbers, numbers, side="right") - first
        return np.sort(self._rows[spans(first, size)])
