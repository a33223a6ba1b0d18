"""Family `answer`: different answers to a question that has one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import NOBODY, Facts
from claimtrack.discrepancy.meet import same
from claimtrack.discrepancy.pairs import DEFINITE, POSSIBLE, table


def find(facts: Facts) -> pd.DataFrame:
    """All pairs of the family, the claim that was said earlier first."""
    incidents = facts.package.incidents
    single = facts.package.claims["incident_id"].isin(incidents.loc[incidents["single_answer"], "incident_id"])
    rows = np.flatnonzero(
        facts.asserts & facts.compared & (facts.answer != "") & (facts.incident != NOBODY) & single.to_numpy(dtype=bool)
    )
    order = rows[np.lexsort((facts.rank[rows], facts.clocks.asserted_by[rows]))]
    left, right = same(facts.incident[order], facts.incident[order])
    earlier = left < right
    left, right = order[left[earlier]], order[right[earlier]]
    differ = facts.answer[left] != facts.answer[right]
    left, right = left[differ], right[differ]
    doubtful = facts.doubtful[left] | facts.doubtful[right]
    return table(left, right, "answer-conflict", np.where(doubtful, POSSIBLE, DEFINITE), {})
