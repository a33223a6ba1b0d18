"""How the windows (baseline and as-of) of two figures lie to each other, reading by reading.

Every function takes positions of readings, row by row, and says of each pair whether it is so.
"""

from __future__ import annotations

from claimtrack.discrepancy.figures import Figures
from claimtrack.readings import DAY
from claimtrack.scopes import Bools, Ints


def same_window(figures: Figures, left: Ints, right: Ints) -> Bools:
    """Both speak of one window."""
    one: Bools = (figures.baseline[left] == figures.baseline[right]) & (figures.as_of[left] == figures.as_of[right])
    return one


def window_holds(figures: Figures, whole: Ints, part: Ints) -> Bools:
    """The window of the first takes in that of the second."""
    holds: Bools = (figures.baseline[whole] <= figures.baseline[part]) & (figures.as_of[part] <= figures.as_of[whole])
    return holds


def is_part(figures: Figures, whole: Ints, part: Ints) -> Bools:
    """The second counts a part of the first's window or scope.

    The earlier totals of a scope are no parts of the later ones: that one is higher is for other codes to say.
    """
    one_scope = figures.scope[figures.claim[whole]] == figures.scope[figures.claim[part]]
    one_baseline = figures.baseline[whole] == figures.baseline[part]
    one_as_of = figures.as_of[whole] == figures.as_of[part]
    no_part = one_scope & one_baseline & (one_as_of | figures.cumulative[figures.claim[whole]])
    counts: Bools = window_holds(figures, whole, part) & ~no_part
    return counts


def follows(figures: Figures, earlier: Ints, later: Ints) -> Bools:
    """They have one baseline, and the second the later as-of."""
    one_baseline = figures.baseline[earlier] == figures.baseline[later]
    after: Bools = one_baseline & (figures.as_of[earlier] < figures.as_of[later])
    return after


def follows_within_a_day(figures: Figures, earlier: Ints, later: Ints) -> Bools:
    """The same, a day later at most."""
    near: Bools = follows(figures, earlier, later) & (figures.as_of[later] - figures.as_of[earlier] <= DAY)
    return near


def ends_at(figures: Figures, increment: Ints, total: Ints) -> Bools:
    """The second is a total as of one of the two ends of the first's window."""
    as_of = figures.as_of[total]
    fits: Bools = (as_of == figures.baseline[increment]) | (as_of == figures.as_of[increment])
    return fits
