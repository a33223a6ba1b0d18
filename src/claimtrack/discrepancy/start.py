"""Family `start`: the beginning of one incident is dated differently."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import NOBODY, Facts
from claimtrack.discrepancy.meet import greater
from claimtrack.discrepancy.pairs import Judged, aggregate, hours
from claimtrack.readings import AROUND, FAR_FUTURE, INSTANT
from claimtrack.scopes import Ints

FAMILY = "start"
TOLERANCE = AROUND
"""Starts that may lie within half an hour of each other are no mismatch."""


def start_range(facts: Facts) -> tuple[Ints, Ints]:
    """For each reading the earliest and the latest moment at which the incident can have begun, both included."""
    r = facts.readings
    mode = facts.mode[r.claim]
    exact = np.isin(mode, ("at", "since", "throughout"))
    return r.possible_start, np.where(exact, r.possible_start, r.possible_end - INSTANT)


def judge(facts: Facts, earlier: Ints, later: Ints) -> Judged:
    """1 where the two ranges of the start lie more than half an hour apart."""
    low, high = start_range(facts)
    gap = np.maximum(low[later] - high[earlier], low[earlier] - high[later])
    placed = facts.readings.possible_start < facts.readings.possible_end
    apart = (gap > TOLERANCE) & placed[earlier] & placed[later]
    return Judged(apart.astype(np.int64), apart, {"gap": np.where(apart, hours(gap), np.nan)})


def find(facts: Facts) -> pd.DataFrame:
    """All pairs of the family, the start that is earlier as recorded first."""
    r = facts.readings
    claim = r.claim
    placed = r.possible_start < r.possible_end
    marks = facts.asserts & facts.compared & facts.marks_start & (facts.incident != NOBODY)
    rows = np.flatnonzero(marks[claim] & placed)
    low, high = start_range(facts)
    incident = facts.incident[claim[rows]]
    left, right = greater(incident, high[rows] + TOLERANCE, incident, low[rows])
    recorded = np.where(placed, low, FAR_FUTURE)[r.first[:-1]]
    order = np.lexsort((facts.rank, recorded)).astype(np.int64)
    rank = np.argsort(order)[claim[rows]]
    either_way = np.stack([rank[left], rank[right]], axis=1)
    pairs = np.unique(np.sort(either_way[rank[left] != rank[right]], axis=1), axis=0)
    left, right = order[pairs].T
    return aggregate(facts, left, right, np.zeros(len(left), dtype=bool), judge, ("start-mismatch",))
