"""Figures that are not of one time, as recorded, which keeps what is found between them from being definite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts import windows
from claimtrack.discrepancy.counts.figures import Figures
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import sides
from claimtrack.discrepancy.telling.causes import AT_MOST_POSSIBLE, Causes
from claimtrack.scopes import NOBODY, Bools, Ints

OUTSIDE = "outside the time of the whole"
HIGHER_BEFORE = "earlier than that of the lower figure"
AFTERWARDS = "after the end of its incident, and later than that of the other figure"
SHORT = "more than its declared parts, of which some may be missing"
RECOUNT = "an addition, of which another part may be negative, a recount"
LATER = "later than that of the whole, after the end of their incident"
UNKNOWN_START = "not stated: since when is not known"
BEFORE = "before the start of its incident, and earlier than that of the other figure"
DOING = "the only one whose doing this figure counts, while the other may count that of others"
EARLIER = "earlier than that of the whole, which may have fallen since"


class _Both(NamedTuple):
    """Some pairs of figures: which of all pairs they are, their claims, and the readings of these as recorded."""

    row: Ints
    left: Ints
    right: Ints
    ours: Ints
    theirs: Ints

    def depend(self, claims: Ints, field: str, reading: str, applies: Bools) -> Causes:
        """That some of them depend on how a field of these claims is read."""
        return Causes.of(self.row, claims, field, reading, AT_MOST_POSSIBLE).among(applies)


def of_another_time(computed: Computed, pairs: pd.DataFrame, rows: Ints) -> Iterator[Causes]:
    """What some of the pairs, which are possible ones of figures, depend on in the times that these count up to."""
    figures = computed.figures

    def both(*codes: str) -> _Both:
        chosen = rows[pairs["code"].iloc[rows].isin(codes).to_numpy(dtype=bool)]
        left, right = (side[chosen] for side in sides(pairs))
        return _Both(chosen, left, right, figures.first[left], figures.first[right])

    yield from _mismatch(figures, both("count-mismatch"))
    sums = both("count-sum")
    outside = ~windows.window_holds(figures, sums.ours, sums.theirs) & figures.given[sums.theirs]
    yield sums.depend(sums.right, "valid_to", OUTSIDE, outside)
    yield from _of_parts(figures, both("count-exceeds-whole", "count-sum"))
    yield from _left_out(figures, both)
    if len(sums.row):
        short = pairs["difference"].to_numpy(dtype=np.float64)[sums.row] < 0
        yield sums.depend(sums.left, "count_min", SHORT, short)


def _left_out(figures: Figures, both: Callable[..., _Both]) -> Iterator[Causes]:
    """What one figure counts and the other need not: the doing of others, and what was before their incident."""
    lower, fell, added = (
        both("count-mismatch", "count-exceeds-whole", "count-sum"),
        both("count-fell"),
        both("count-delta"),
    )
    for pairs, whole, part, own in (
        (lower, lower.ours, lower.theirs, lower.left),
        (fell, fell.theirs, fell.ours, fell.right),
    ):
        yield pairs.depend(own, "actor_id", DOING, ~windows.counts_doing(figures, whole, part))
        sooner = np.where(figures.since[whole] < figures.since[part], whole, part)
        clipped = ~windows.begun_as_early(figures, whole, part) & (figures.since[sooner] < figures.baseline[sooner])
        yield pairs.depend(figures.claim[sooner], "valid_from", BEFORE, clipped)
    named = np.where(figures.actor[added.left] != NOBODY, added.left, added.right)
    yield added.depend(named, "actor_id", DOING, ~windows.of_one_actor(figures, added.ours, added.theirs))


def _mismatch(figures: Figures, both: _Both) -> Iterator[Causes]:
    """Of two figures the later one may know more, and an earlier one that is the higher may have fallen."""
    ours, theirs = both.ours, both.theirs
    apart = ~windows.of_one_time(figures, ours, theirs) & figures.given[theirs]
    afterwards = apart & windows.same_window(figures, ours, theirs) & figures.given[ours]
    later = np.where(figures.stated[ours] > figures.stated[theirs], both.left, both.right)
    yield both.depend(later, "valid_to", AFTERWARDS, afterwards)
    before = apart & windows.just_before(figures, ours, theirs)
    yield both.depend(both.right, "valid_to", HIGHER_BEFORE, before)


def _of_parts(figures: Figures, both: _Both) -> Iterator[Causes]:
    """A part need not be counted any more, may count since an earlier time, or not be all that was added."""
    left, right, ours, theirs = both.left, both.right, both.ours, both.theirs
    fallen = windows.window_holds(figures, ours, theirs) & ~windows.still_counted(figures, ours, theirs)
    fallen &= figures.cumulative[right] & figures.given[theirs]
    whole, part = figures.stated[ours], figures.stated[theirs]
    yield both.depend(right, "valid_to", EARLIER, fallen & (part < whole))
    yield both.depend(right, "valid_to", LATER, fallen & (part > whole) & figures.given[ours])
    yield both.depend(left, "valid_from", UNKNOWN_START, ~windows.begun(figures, ours, theirs))
    adds = ~figures.cumulative
    yield both.depend(np.where(adds[left], left, right), "count_mode", RECOUNT, adds[left] | adds[right])
