"""Family `count`: a vague total that is no larger than one clear outcome inside it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.declared import links
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.figures import Figures
from claimtrack.discrepancy.meet import combined, same
from claimtrack.discrepancy.pairs import TENSION, table, under_some_reading
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
    parts = links(facts, {"part_of"})
    of_claim = {claim: implied_total(facts, figures, claim, parts) for claim in np.unique(left)}
    implied = np.array([of_claim[claim] for claim in left], dtype=np.float64)
    open_above = np.full(len(left), np.inf)
    return table(left, right, "count-term-unclear", TENSION, {"implied": (implied, implied, open_above)})


def implied_total(facts: Facts, figures: Figures, vague: int, parts: tuple[Ints, Ints]) -> float:
    """The least that a vague total can be: clear figures inside its scope, largest first, all disjoint.

    A figure declared a part of another one among them is left to that one.
    """
    clear = np.flatnonzero(figures.counted & np.isfinite(figures.low) & (facts.incident == facts.incident[vague]))
    whole = np.full(len(clear), vague, dtype=np.int64)
    for hierarchy, column in ((facts.actors, facts.target), (facts.places, facts.place)):
        same_value = column[clear] == column[whole]
        inside = hierarchy.contains(column[whole], column[clear]) | same_value
        clear, whole = clear[inside], whole[inside]
    by_then = facts.clocks.reported[vague]
    known = (facts.clocks.reported[clear] <= by_then) | (by_then == MISSING)
    clear = clear[known & facts.terms.within[figures.term[clear], figures.term[vague]]]
    part, whole = parts
    clear = clear[~np.isin(clear, part[np.isin(whole, clear)])]
    chosen: list[int] = []
    for claim in clear[np.lexsort((facts.rank[clear], -figures.low[clear]))]:
        taken: Ints = np.array(chosen, dtype=np.int64)
        if disjoint(facts, figures, np.full(len(taken), claim, dtype=np.int64), taken).all():
            chosen.append(int(claim))
    return float(figures.low[chosen].sum())
