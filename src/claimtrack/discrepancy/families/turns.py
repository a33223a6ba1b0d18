"""Claims about one incident, in the order in which they were said: each with all that were said after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.keys import begins_in
from claimtrack.discrepancy.pairs import slices
from claimtrack.scopes import Ints, spans

Conflicts = Callable[[Facts, Ints, Ints], pd.DataFrame]
"""The table of those pairs (the claim that was said earlier, the later one) between which a rule holds."""


def in_turn(facts: Facts, rows: Ints, conflicts: Conflicts) -> Iterator[pd.DataFrame]:
    """The pairs of these claims, all of which are about an incident, in slices; the earlier one first.

    The pairs of one incident are in one slice, or in several that follow each other.
    """
    order = rows[np.lexsort((facts.rank[rows], facts.clocks.asserted_by[rows], facts.incident[rows]))]
    incident = np.cumsum(begins_in(facts.incident[order])) - 1
    later = np.cumsum(np.bincount(incident))[incident] - np.arange(len(order)) - 1
    for some in slices(later, incident):
        yield conflicts(facts, np.repeat(order[some], later[some]), order[spans(some + 1, later[some])])
