"""The condensed rows of families that are about incidents: an incident can go on in the next slice of pairs.

Of an incident that may go on only those pairs are held that can still be chosen, and how many more there were. Which
pair is chosen for a row is decided by what the pair itself says, so that the best of all is the best of those that were
the best of each part; and of equal statements, origins and actors one stands for all.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import CODE_ORDER, CODES, numbers
from claimtrack.discrepancy.telling.groups import Groups
from claimtrack.discrepancy.telling.rows import Rows
from claimtrack.scopes import NOBODY, Ints

BY_INCIDENT = ("attribution", "answer")
"""The families of which slices can cut an incident."""


class Incidents:
    """The rows of one family, from slices in which incidents ascend: all pairs of an incident follow each other."""

    def __init__(self, computed: Computed, family: str) -> None:
        self._computed, self._family = computed, family
        self._pairs = computed.none
        self._incident = NOBODY
        self._more = np.zeros(len(CODES[family]), dtype=np.int64)

    def ended_in(self, pairs: pd.DataFrame) -> Rows:
        """The rows of all incidents that cannot go on after this slice: of all but the last."""
        groups = Groups.of(self._computed, self._family, pd.concat([self._pairs, pairs], ignore_index=True))
        rows = self._rows(groups)
        last = len(groups) - 1
        self._pairs, found = groups.pairs.iloc[_standing(groups, last)], rows.columns["codes"][last]
        self._incident = int(self._computed.facts.incident[groups.left[groups.strongest[last]]])
        codes = numbers(self._pairs["code"]) - CODE_ORDER[CODES[self._family][0]]
        self._more = found - np.bincount(codes, minlength=len(found))
        return rows.take(np.arange(last))

    def rest(self) -> Iterator[Rows]:
        """The row of the last incident, if there was any."""
        if len(self._pairs):
            yield self._rows(Groups.of(self._computed, self._family, self._pairs))

    def _rows(self, groups: Groups) -> Rows:
        incident = self._computed.facts.incident[groups.left[groups.strongest]]
        return Rows.of(groups, more=np.where((incident == self._incident)[:, None], self._more, 0))


def _standing(groups: Groups, group: int) -> Ints:
    """The pairs of a group that can be chosen for its row, or of which something is counted once."""
    facts = groups.computed.facts
    own = np.flatnonzero(groups.group == group)
    left, right = groups.left[own], groups.right[own]
    origin = groups.computed.origins.of_actor[facts.claimant]
    counted = [values[claims] for claims in (left, right) for values in (facts.statement, origin, facts.actor)]
    once = [own[np.unique(values, return_index=True)[1]] for values in counted]
    best = [groups.strongest, groups.earliest]
    dated = [voice[group] % len(groups.group) for voice in (groups.first_dated, groups.last_dated) if voice[group] >= 0]
    return np.unique(np.concatenate([*once, [pair[group] for pair in best], dated]).astype(np.int64))
