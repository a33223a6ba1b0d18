"""Family `answer`: different answers to a question that has one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import NOBODY, Facts
from claimtrack.discrepancy.meet import same
from claimtrack.discrepancy.pairs import DEFINITE, POSSIBLE, table, whole_slices
from claimtrack.scopes import Ints


def find(facts: Facts) -> Iterator[pd.DataFrame]:
    """All pairs of the family in slices of whole incidents, the claim that was said earlier first."""
    incidents = facts.package.incidents
    single = facts.package.claims["incident_id"].isin(incidents.loc[incidents["single_answer"], "incident_id"])
    rows = np.flatnonzero(
        facts.asserts & facts.compared & (facts.answer != "") & (facts.incident != NOBODY) & single.to_numpy(dtype=bool)
    )
    order = rows[np.lexsort((facts.rank[rows], facts.clocks.asserted_by[rows]))]
    incident = facts.incident[order]
    for chosen in whole_slices(np.bincount(incident)[incident], incident):
        yield _conflicts(facts, order[chosen])


def _conflicts(facts: Facts, rows: Ints) -> pd.DataFrame:
    """The pairs among these claims, which are in the order in which they were said."""
    left, right = same(facts.incident[rows], facts.incident[rows])
    earlier = left < right
    left, right = rows[left[earlier]], rows[right[earlier]]
    differ = facts.answer[left] != facts.answer[right]
    left, right = left[differ], right[differ]
    doubtful = facts.doubtful[left] | facts.doubtful[right]
    return table(left, right, "answer-conflict", np.where(doubtful, POSSIBLE, DEFINITE), {})
