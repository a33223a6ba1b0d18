"""What is declared to be a part of a total, with what was corrected in the place of what it corrects."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from claimtrack.discrepancy.counts.corrected import corrected, corrections
from claimtrack.discrepancy.counts.figures import Figures
from claimtrack.discrepancy.declared import links
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.keys import among, combined, distinct, distinct_pairs
from claimtrack.moments import MISSING
from claimtrack.scopes import Bools, Ints


class Parts(NamedTuple):
    """The declared parts that are figures and stand, and their wholes: one entry a part, by the whole."""

    whole: Ints
    part: Ints
    in_words: Ints
    """The wholes of which a further total is a part that its claimant has corrected, and gives no figure for now."""
    changed: Ints
    """Those of which a further addition is one, which may have become negative."""


def standing_parts(facts: Facts, figures: Figures) -> Parts:
    """The declared parts, each part or whole that its claimant has corrected replaced by what corrects it.

    It is not where a figure of its scope (of additions, and window) is declared a part of the standing whole. A part of
    another incident than its whole stays as it was declared.
    """
    part, whole = links(facts, {"part_of"})
    figured = figures.counted[part] & figures.counted[whole]
    part, whole = part[figured], whole[figured]
    gone = corrected(facts, figures)
    old_part = gone[part] & (facts.incident[part] == facts.incident[whole])
    declared = ~old_part & ~gone[whole]
    row, whole = _in_place(facts, figures, gone, whole, gone[whole])
    part, old_part, declared = part[row], old_part[row], declared[row]
    first = facts.readings.first[part]
    window = (np.where(figures.cumulative[part], MISSING, bound[first]) for bound in (figures.baseline, figures.stated))
    room = combined(whole, figures.scope[part], *window)
    row, standing = _in_place(facts, figures, gone, part, old_part)
    kept = (declared[row] | ~among(room[row], distinct(room[declared]))) & (standing != whole[row])
    row, standing = row[kept], standing[kept]
    empty = ~among(room, distinct(room[row]))
    totals = figures.cumulative[part]
    wholes, parts = distinct_pairs(whole[row], standing)
    return Parts(wholes, parts, distinct(whole[empty & totals]), distinct(whole[empty & ~totals]))


def _in_place(facts: Facts, figures: Figures, gone: Bools, claims: Ints, old: Bools) -> tuple[Ints, Ints]:
    """Row and claim of each of these claims, of the `old` ones of what corrects them."""
    rows = np.flatnonzero(old)
    if not len(rows):
        return np.arange(len(claims)), claims
    which, standing = corrections(facts, figures, gone, claims[rows])
    stays = np.flatnonzero(~old)
    return np.concatenate([stays, rows[which]]), np.concatenate([claims[stays], standing])
