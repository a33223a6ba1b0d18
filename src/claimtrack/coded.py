"""Columns of claims as small integers: what is equal in them is told by numbers, and each is numbered once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from claimtrack.package import Package
from claimtrack.scopes import NOBODY, Bools, Ints, cells_of, indices, positions

Texts = npt.NDArray[np.object_]


class Coded(NamedTuple):
    """A column of texts as numbers, `NOBODY` where it is blank."""

    code: Ints
    names: Texts
    """What each number stands for; "" at the end, for blank."""

    @classmethod
    def of(cls, column: pd.Series) -> Coded:
        """The numbers of a column, in the order in which its texts come first."""
        code, names = column.array.factorize()
        return cls(code.astype(np.int64, copy=False), np.append(np.asarray(names, dtype=object), ""))

    def of_rows(self, rows: Ints) -> Coded:
        """The same of these rows."""
        return Coded(self.code[rows], self.names)

    def at(self, rows: Ints) -> Texts:
        """The texts of these rows; "" for blank."""
        return self.names[self.code[rows]]

    def is_one_of(self, *names: str) -> Bools:
        """Whether each text is one of these."""
        return np.array([name in names for name in self.names.tolist()], dtype=bool)[self.code]

    def among(self, names: Sequence[str] | pd.Series) -> Ints:
        """The position of each text in a list that has each once; `NOBODY` where it is not there."""
        found = indices(np.asarray(names, dtype=object).tolist(), self.names[:-1].tolist())
        return np.append(found, NOBODY)[self.code]


class Numbers:
    """The claims of a package by numbers."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._columns: dict[str, Coded] = {}

    def __getitem__(self, column: str) -> Coded:
        if column not in self._columns:
            self._columns[column] = Coded.of(self._package.claims[column])
        return self._columns[column]

    @cached_property
    def linked(self) -> tuple[Ints, Ints]:
        """The two claims of every link, as positions; `NOBODY` for what is not there."""
        ids, links = self._package.claims["claim_id"], self._package.links
        if not len(links):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        one, other = np.split(positions(ids, pd.concat([links["claim_id"], links["other_id"]], ignore_index=True)), 2)
        return one, other

    @cached_property
    def incident(self) -> Ints:
        """The row of the incident of each claim."""
        return self["incident_id"].among(self._package.incidents["incident_id"])

    @cached_property
    def meaning(self) -> Ints:
        """The row of the codebook that says what the predicate of each claim means."""
        codebook, kind, predicate = self._package.predicates, self["kind"], self["predicate"]
        row = np.full((len(kind.names), len(predicate.names)), NOBODY, dtype=np.int64)
        of_kind, of_predicate = (
            indices(known.names[:-1].tolist(), cells_of(codebook[column]))
            for known, column in ((kind, "kind"), (predicate, "predicate"))
        )
        used = np.flatnonzero((of_kind >= 0) & (of_predicate >= 0))
        row[of_kind[used], of_predicate[used]] = used
        found: Ints = row[kind.code, predicate.code]
        return found
