"""References that lead nowhere: which of them are faults of their own, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from claimtrack.schema import ForeignKey
from claimtrack.structure.limits import SUGGESTIONS
from claimtrack.structure.nearest import closest, in_words
from claimtrack.structure.raw import JOINT, RawTable, key_values
from claimtrack.structure.reporter import Reporter
from claimtrack.structure.shown import shown


def report_unknown(table: RawTable, key: ForeignKey, target: RawTable, rows: Iterable[int], report: Reporter) -> None:
    """Report rows whose foreign key leads nowhere, unless that follows from a fault of the row that is meant.

    That is taken to be so where the value is much like a key that is at fault, and where there are as many rows whose
    keys cannot be read as there are values that lead nowhere.
    """
    judge = _Judge(key, target)
    values = key_values(table, key.fields)
    unknown: dict[int, str] = {}
    for row in rows:
        value = values[row].as_py()
        at_fault = any((int(table.lines[row]), field) in table.blamed for field in key.fields)
        if not at_fault and not judge.follows(value):
            unknown[row] = value
    if len(set(unknown.values())) <= judge.unreadable:
        return
    for row, value in unknown.items():
        message, fix = judge.words(value)
        field = key.fields[-1]
        report("reference-unknown", message, *table.place(row, field), field=field, key=table.key(row), fix=fix)


class _Judge:
    """What to say of unknown values of one foreign key."""

    def __init__(self, key: ForeignKey, target: RawTable) -> None:
        self.key = key
        self.target = target
        known = key_values(target, key.reference_fields)
        self._known = set(known.unique().to_pylist()) - {None}
        lines = [line for line, field in target.blamed if field in key.reference_fields]
        rows = np.flatnonzero(np.isin(target.lines, lines)).tolist()
        found = [*target.lost_keys(key.reference_fields), *(known[row].as_py() for row in rows)]
        self._broken = {value: value.casefold() for value in found if value}
        self.unreadable = found.count(None)
        self._asked: dict[str, list[str]] = {}
        self._followed: dict[str, bool] = {}

    def follows(self, value: str) -> bool:
        """Whether the row that is meant is there, and only its own fault keeps it from being found."""
        if value not in self._followed:
            near = len(self._followed) < SUGGESTIONS and closest(value.casefold(), self._broken.values(), 1, alike=0.8)
            self._followed[value] = value in self._broken or bool(near)
        return self._followed[value]

    def words(self, value: str) -> tuple[str, str | None]:
        """The message, and the fix where a near miss is found."""
        parts = value.split(JOINT)
        named = " with ".join(f"{field} {shown(part)}" for field, part in zip(self.key.fields, parts, strict=True))
        message = f"{named} is not in {self.target.path} ({', '.join(self.key.reference_fields)})"
        near = self._near(value)
        return message, f"Did you mean {in_words(near)}?" if near else None

    def _near(self, value: str) -> list[str]:
        """The closest known keys; of a composite key the last part, where the parts before are the same."""
        if value not in self._asked:
            if len(self._asked) >= SUGGESTIONS:
                return []
            before, joint, last = value.rpartition(JOINT)
            same = before + joint
            candidates = [known.removeprefix(same) for known in self._known if known.startswith(same)]
            self._asked[value] = closest(last, candidates)
        return self._asked[value]
