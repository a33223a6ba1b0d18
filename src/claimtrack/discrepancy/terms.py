"""Family `count`: a vague total that is no larger than one clear outcome inside it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.declared import links
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.figures import Figures
from claimtrack.discrepancy.keys import combined
from claimtrack.discrepancy.meet import same
from claimtrack.discrepancy.pairs import TENSION, Floats, table, under_some_reading
from claimtrack.discrepancy.totals import disjoint
from claimtrack.readings import MISSING
from claimtrack.scopes import Bools, Ints


def term_unclear(facts: Facts, figures: Figures) -> pd.DataFrame:
    """`count-term-unclear`: "49 casualties" beside "49 killed" of one incident, population and place.

    The vague claim comes first. Windows must not be known to differ. `implied` is what the total would be at least: the
    sum of the disjoint clear figures for that population that had been reported by then.
    """
    vague, clear = np.flatnonzero(figures.vague), np.flatnonzero(figures.counted)
    subject = combined(facts.incident, facts.target, facts.place)
    left, right = same(subject[vague], subject[clear])
    left, right = vague[left], clear[right]
    inside = facts.terms.within[figures.term[right], figures.term[left]]
    no_larger = figures.high[left] <= figures.low[right]
    kept = inside & no_larger & (facts.incident[left] >= 0)
    left, right = left[kept], right[kept]

    def alike(one: Ints, other: Ints) -> Bools:
        bounds = (facts.readings.valid_from, facts.readings.valid_to)
        equal = [(b[one] == MISSING) | (b[other] == MISSING) | (b[one] == b[other]) for b in bounds]
        both: Bools = equal[0] & equal[1]
        return both

    kept = under_some_reading(facts, left, right, alike)
    left, right = left[kept], right[kept]
    claims, row = np.unique(left, return_inverse=True)
    implied = implied_totals(facts, figures, claims)[row]
    open_above = np.full(len(left), np.inf)
    return table(left, right, "count-term-unclear", TENSION, {"implied": (implied, implied, open_above)})


def implied_totals(facts: Facts, figures: Figures, vague: Ints) -> Floats:
    """The least that each vague total can be: clear figures inside its scope, largest first, all disjoint.

    A figure declared a part of another one among them is left to that one. In each round every total takes the first
    figure that is left to it, and loses those that may count the same people.
    """
    row, clear = _inside(facts, figures, vague)
    order = np.lexsort((facts.rank[clear], -figures.low[clear], row))
    row, clear = row[order], clear[order]
    total = np.zeros(len(vague))
    while len(row):
        first = np.flatnonzero(np.diff(row, prepend=-1))
        total[row[first]] += figures.low[clear[first]]
        taken = np.repeat(clear[first], np.diff(np.append(first, len(row))))
        left = disjoint(facts, figures, clear, taken)
        left[first] = False
        row, clear = row[left], clear[left]
    return total


def _inside(facts: Facts, figures: Figures, vague: Ints) -> tuple[Ints, Ints]:
    """The clear figures inside each vague total that had been reported by then: position in `vague`, claim."""
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
    row, clear = row[known], clear[known]
    part, whole = links(facts, {"part_of"})
    at, link = same(clear, part)
    of_another = np.isin(row[at] * len(facts) + whole[link], row * len(facts) + clear)
    alone = np.ones(len(row), dtype=bool)
    alone[at[of_another]] = False
    return row[alone], clear[alone]
