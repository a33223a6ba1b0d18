"""Family `start`: the beginning of one incident is dated differently.

A ceasefire and the fighting that it ends may be of one incident: only claims of one kind date one beginning. What began
in one place may have begun in another one at another time, and so may the ceasefire of one side and that of another.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.families.sides import side_doubts
from claimtrack.discrepancy.joins.greater import greater
from claimtrack.discrepancy.joins.keys import combined, distinct_pairs
from claimtrack.discrepancy.pairs import table, whole_slices
from claimtrack.discrepancy.verdicts import Doubt, Judged, doubted, verdicts
from claimtrack.moments import FAR_FUTURE, INSTANT, hours
from claimtrack.readings import AROUND
from claimtrack.scopes import NOBODY, Bools, Ints

TOLERANCE = AROUND
"""Starts that may lie within half an hour of each other are no mismatch."""


def start_range(facts: Facts, rows: Ints) -> tuple[Ints, Ints, Bools]:
    """For each of these readings the earliest and the latest moment at which the incident can have begun.

    Both are included. The third array says whether the reading has a period at all.
    """
    r = facts.readings
    start, end = r.possible_start[rows], r.possible_end[rows]
    exact = np.isin(facts.mode.at(r.claim[rows]), ("at", "since", "throughout"))
    return start, np.where(exact, start, end - INSTANT), start < end


def judge(facts: Facts, earlier: Ints, later: Ints) -> Judged:
    """1 where the two ranges of the start lie more than half an hour apart; sure if of one place and side."""
    (low, high, placed), (later_low, later_high, later_placed) = (start_range(facts, rows) for rows in (earlier, later))
    gap = np.maximum(later_low - high, low - later_high)
    apart = (gap > TOLERANCE) & placed & later_placed
    ours, theirs = facts.readings.claim[earlier], facts.readings.claim[later]
    in_order = later_low - high >= low - later_high
    sooner, later_on = np.where(in_order, ours, theirs), np.where(in_order, theirs, ours)
    sure = apart & ~doubted(doubts(facts, sooner, later_on), len(apart))
    return Judged(apart.astype(np.int64), sure, {"gap": np.where(apart, hours(gap), np.nan)})


def doubts(facts: Facts, earlier: Ints, later: Ints) -> Iterator[Doubt]:
    """Why what began sooner by one claim need not have begun, where the other says that it began later.

    It had if the place of the first is part of that of the other, or fighting began along all of it. An absence holds
    in all of its place, so that there the place of the other has to be part of that of the first. Who says that it
    began later, and not where, says of all of the incident that it had not begun. An absence that began sooner, nobody
    says where, may have begun elsewhere; one that is said to have filled a time may have held before.
    """
    first, second = facts.place[earlier], facts.place[later]
    inside = (second == NOBODY) | facts.places.contains(second, first)
    around = facts.places.contains(first, second) | (first == NOBODY) & (second == NOBODY)
    of_one_place = np.where(facts.absent[earlier], around, inside | around & facts.along[earlier])
    yield Doubt("place_id", np.where(around | (first == NOBODY), earlier, later), ~of_one_place)
    yield from side_doubts(facts, earlier, later)
    before = facts.absent[later]
    asked = np.flatnonzero(before)
    before[asked] = facts.mode.at(later[asked]) == "throughout"
    yield Doubt("valid_mode", later, before)


def find(facts: Facts) -> Iterator[pd.DataFrame]:
    """All pairs of the family, the start that is earlier as recorded first: in slices of whole incidents."""
    r = facts.readings
    placed = r.possible_start < r.possible_end
    marks = facts.asserts & facts.compared & facts.marks_start & (facts.incident != NOBODY)
    rows = np.flatnonzero(marks[r.claim] & placed)
    recorded = np.where(placed, r.possible_start, FAR_FUTURE)[r.first[:-1]]
    order = np.lexsort((facts.rank, recorded)).astype(np.int64)
    rank = np.argsort(order)
    incident = combined(facts.incident[r.claim[rows]])
    for whole in whole_slices(np.bincount(incident)[incident], incident):
        yield _table(facts, rows[whole], order, rank)


def _table(facts: Facts, rows: Ints, order: Ints, rank: Ints) -> pd.DataFrame:
    """The pairs among some readings; `order` and `rank`: all claims by their start as recorded."""
    low, high, _ = start_range(facts, rows)
    claim = facts.readings.claim[rows]
    beginning = combined(facts.incident[claim], facts.kind.code[claim])
    left, right = greater((beginning, high + TOLERANCE), (beginning, low))
    ours, theirs = rank[claim[left]], rank[claim[right]]
    two = ours != theirs
    first, second = distinct_pairs(np.minimum(ours, theirs)[two], np.maximum(ours, theirs)[two])
    left, right = order[first], order[second]
    return table(*verdicts(facts, left, right, np.zeros(len(left), dtype=bool), judge, ("start-mismatch",)))
