"""The least that a vague total can be, by the clear figures inside it."""

from __future__ import annotations

import numpy as np

from claimtrack.discrepancy.counts.figures import Figures
from claimtrack.discrepancy.counts.totals import disjoint, of_others
from claimtrack.discrepancy.counts.windows import adds_up, counted_together
from claimtrack.discrepancy.declared import links
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.meet import same
from claimtrack.discrepancy.pairs import slices
from claimtrack.discrepancy.verdicts import under_all_readings, under_some_reading
from claimtrack.moments import MISSING
from claimtrack.scopes import Floats, Ints


def implied_totals(facts: Facts, figures: Figures, vague: Ints) -> Floats:
    """The least that each vague total can be."""
    row, clear = summed(facts, figures, vague)
    total: Floats = np.bincount(row, weights=figures.low[clear], minlength=len(vague)).astype(np.float64)
    return total


def summed(facts: Facts, figures: Figures, vague: Ints) -> tuple[Ints, Ints]:
    """What each vague total is at least the sum of: position in `vague`, and claim; those of one total by their ids.

    They are the clear figures inside its scope, largest first, all disjoint. A figure declared a part of another one
    among them is left to that one. In each round every total takes the first figure that is left to it, and loses those
    that may count the same people: the wounded of noon can be among the killed of the evening.
    """
    incident = facts.incident[vague]
    figures_of = np.bincount(facts.incident[figures.counted] + 1, minlength=len(vague) and int(incident.max()) + 2)
    parts = [(vague[:0], vague[:0])]
    for chosen in slices(figures_of[incident + 1], incident):
        row, clear = _disjoint(facts, figures, vague[chosen])
        parts.append((chosen[row], clear))
    row, clear = (np.concatenate(side) for side in zip(*parts, strict=True))
    order = np.lexsort((facts.rank[clear], row))
    return row[order], clear[order]


def _disjoint(facts: Facts, figures: Figures, vague: Ints) -> tuple[Ints, Ints]:
    """The same in no order, all totals at once."""
    row, clear = _inside(facts, figures, vague)
    order = np.lexsort((facts.rank[clear], -figures.low[clear], row))
    row, clear = row[order], clear[order]
    parts = [(row[:0], clear[:0])]
    while len(row):
        first = np.flatnonzero(np.diff(row, prepend=-1))
        parts.append((row[first], clear[first]))
        taken = np.repeat(clear[first], np.diff(np.append(first, len(row))))
        left = disjoint(facts, figures, clear, taken)
        together = under_all_readings(facts, clear, taken, lambda one, other: counted_together(figures, one, other))
        left &= together | of_others(facts, clear, taken)
        left[first] = False
        row, clear = row[left], clear[left]
    found, taken = (np.concatenate(side) for side in zip(*parts, strict=True))
    return found, taken


def _inside(facts: Facts, figures: Figures, vague: Ints) -> tuple[Ints, Ints]:
    """The clear figures inside each vague total that had been reported by then: position in `vague`, claim.

    They are of its mode, and under some reading they count at its time, not since an earlier one.
    """
    counted = np.flatnonzero(figures.counted & np.isfinite(figures.low))
    row, clear = same(facts.incident[vague], facts.incident[counted])
    clear = counted[clear]
    for hierarchy, column in ((facts.actors, facts.target), (facts.places, facts.place)):
        whole = column[vague[row]]
        inside = hierarchy.contains(whole, column[clear]) | (column[clear] == whole)
        row, clear = row[inside], clear[inside]
    by_then = facts.clocks.reported[vague[row]]
    known = (facts.clocks.reported[clear] <= by_then) | (by_then == MISSING)
    known &= facts.terms.within[figures.term[clear], figures.term[vague[row]]]
    known &= figures.cumulative[clear] == figures.cumulative[vague[row]]
    row, clear = row[known], clear[known]
    counts = under_some_reading(facts, clear, vague[row], lambda part, whole: adds_up(figures, part, whole))
    row, clear = row[counts], clear[counts]
    part, whole = links(facts, {"part_of"})
    at, link = same(clear, part)
    of_another = np.isin(row[at] * len(facts) + whole[link], row * len(facts) + clear)
    alone = np.ones(len(row), dtype=bool)
    alone[at[of_another]] = False
    return row[alone], clear[alone]
