"""Family `denial`: one says that something happened, another that it did not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.families.spans import falls, lies_inside
from claimtrack.discrepancy.families.where import hull
from claimtrack.discrepancy.joins.keys import combined
from claimtrack.discrepancy.joins.listed import joined
from claimtrack.discrepancy.joins.meet import Met
from claimtrack.discrepancy.pairs import slices, table
from claimtrack.discrepancy.verdicts import Doubt, Judged, unless_same_statement, verdicts
from claimtrack.moments import FAR_FUTURE, FAR_PAST
from claimtrack.scopes import NOBODY, Bools, Ints


def judge(facts: Facts, assertion: Ints, denial: Ints) -> Judged:
    """1 where the assertion's period falls in the denial's; only perhaps where either has none under any reading.

    Who denies that there was no fighting throughout an hour says that there was some, at some time of it: surely at
    odds with what says so of all of that hour.
    """
    r = facts.readings
    asserted, denied = r.at(assertion), r.at(denial)
    surely, perhaps = falls(asserted, denied.hold_start, denied.hold_end)
    absent = facts.absent[r.claim[assertion]]
    of_all = asserted.certain_start < asserted.certain_end
    surely = np.where(absent, of_all & lies_inside(denied, asserted.hold_start, asserted.hold_end), surely)
    timed = facts.timed[r.claim[assertion]] & facts.timed[r.claim[denial]]
    return Judged((perhaps | ~timed).astype(np.int64), surely, {})


def find(facts: Facts) -> Iterator[pd.DataFrame]:
    """All pairs of the family, the assertion at issue, then the denial; in slices, those of one assertion together."""
    speaks = facts.compared & (facts.incident != NOBODY) & ~facts.of_ceasefire
    assertions, denials = np.flatnonzero(speaks & facts.asserts), np.flatnonzero(speaks & facts.denies)
    assertions = assertions[np.isin(facts.incident[assertions], facts.incident[denials])]
    both = np.concatenate([assertions, denials])
    key = combined(facts.kind.code[both], facts.predicate.code[both], facts.incident[both])
    start, end = (times[both] for times in _anytime_where_unknown(facts))
    ours, theirs = slice(len(assertions)), slice(len(assertions), None)
    left, right = ((key[rows], start[rows], end[rows]) for rows in (ours, theirs))
    met = Met(left, right, of_left=(assertions,), of_right=(denials,))
    numbers = np.zeros(len(facts), dtype=np.int64)
    numbers[assertions] = met.numbers()
    for wanted in slices(numbers, facts.incident):
        yield _table(facts, *joined(met.parts(np.searchsorted(assertions, wanted))))


def _table(facts: Facts, left: Ints, right: Ints) -> pd.DataFrame:
    ours, theirs = facts.answer[left], facts.answer[right]
    agree, capped = (ours == theirs) | (ours == NOBODY) | (theirs == NOBODY), np.zeros(len(left), dtype=bool)
    for covered, met in (_figures(facts, left, right), *(_scope(facts, left, right, field) for field in facts.scope)):
        agree &= met
        capped |= ~covered
    found = verdicts(facts, left[agree], right[agree], capped[agree], judge, ("denied",))
    return table(*unless_same_statement(facts, found))


def doubts(facts: Facts, assertion: Ints, denial: Ints) -> Iterator[Doubt]:
    """Why pairs are at most possible: the denial covers less than the assertion, which may then stand for the rest.

    Of an absence that is where the denial is wider: it says that there was something, and that may be outside. It is
    so in the absence if that says nothing of it.
    """
    absent = facts.absent[assertion]
    for field, (_, column) in facts.scope.items():
        blank = absent & (column[assertion] == NOBODY)
        yield Doubt(field, np.where(blank, assertion, denial), ~_scope(facts, assertion, denial, field)[0])
    yield Doubt("count_min", denial, ~_figures(facts, assertion, denial)[0])


def _figures(facts: Facts, assertion: Ints, denial: Ints) -> tuple[Bools, Bools]:
    """Whether a denial covers every number that is asserted, and whether any; both where either gives no figure.

    Of a total and an addition it covers none.
    """
    low, high = facts.bounds
    blank = ~np.isfinite(low) & ~np.isfinite(high)
    none = blank[assertion] | blank[denial]
    covers = (low[denial] <= low[assertion]) & (high[assertion] <= high[denial])
    meets = (low[denial] <= high[assertion]) & (low[assertion] <= high[denial])
    return none | covers, none | (meets & (facts.adds[assertion] == facts.adds[denial]))


def _anytime_where_unknown(facts: Facts) -> tuple[Ints, Ints]:
    start, end = hull(facts)
    unknown = start >= end
    return np.where(unknown, FAR_PAST, start), np.where(unknown, FAR_FUTURE, end)


def _scope(facts: Facts, assertion: Ints, denial: Ints, field: str) -> tuple[Bools, Bools]:
    """Whether a denial covers the assertion in a field (it is as wide or wider, or says nothing), and whether it can.

    "We did not fire at Armenia" denies fire at Goris; "we did not fire at Goris" may leave "fire at Armenia" standing,
    and so may "we did not fire" leave "there was fire". Who denies that there was none says that there was some, so
    that it is the other way round: some at Goris leaves no room for none in Armenia. None, nobody says where, may be
    none elsewhere.
    """
    hierarchy, column = facts.scope[field]
    absent = facts.absent[assertion]
    inner, outer = np.where(absent, denial, assertion), np.where(absent, assertion, denial)
    inside, around = column[inner], column[outer]
    all_of_it = around == NOBODY
    if field == "place_id":
        all_of_it &= ~absent | (inside == NOBODY)
    covers = all_of_it | hierarchy.contains(around, inside)
    return covers, covers | (around == NOBODY) | (inside == NOBODY) | hierarchy.contains(inside, around)
