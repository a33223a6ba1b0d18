"""How the windows (baseline and as-of) of two figures lie to each other, reading by reading.

Every function takes positions of readings, row by row, and says of each pair whether it is so.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from claimtrack.discrepancy.counts.figures import Figures
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.verdicts import Judge, Judged
from claimtrack.moments import DAY, FAR_PAST
from claimtrack.scopes import NOBODY, Bools, Ints


def same_window(figures: Figures, left: Ints, right: Ints) -> Bools:
    """Both speak of one window."""
    one: Bools = (figures.baseline[left] == figures.baseline[right]) & (figures.as_of[left] == figures.as_of[right])
    return one


def of_one_time(figures: Figures, left: Ints, right: Ints) -> Bools:
    """The same, and neither was given of a later time after the end of their incident, when more may be known."""
    one: Bools = same_window(figures, left, right) & (figures.stated[left] == figures.stated[right])
    return one


def counts_doing(figures: Figures, whole: Ints, part: Ints) -> Bools:
    """The first counts the doing of all whom the second means: it names nobody, or one of whom these are part."""
    ours, theirs = (figures.actor[figures.claim[rows]] for rows in (whole, part))
    found: Bools = (ours == NOBODY) | figures.actors.contains(ours, theirs)
    return found


def begun_as_early(figures: Figures, whole: Ints, part: Ints) -> Bools:
    """The first does not count since a later time than the second, by what is stated of the time before the incident.

    An addition does not count since another time at all: what was added before can be less than nothing.
    """
    ours, theirs, total = figures.since[whole], figures.since[part], figures.cumulative[figures.claim[whole]]
    found: Bools = (ours == theirs) | (total & (ours < theirs))
    return found


def takes_in(figures: Figures, whole: Ints, part: Ints) -> Bools:
    """Nothing that the second counts is left out by the first for who did it, or as of before their incident."""
    return counts_doing(figures, whole, part) & begun_as_early(figures, whole, part)


def surely_one(figures: Figures, lower: Ints, higher: Ints) -> Bools:
    """They are of one time, and whatever the higher one counts is to be counted by the lower one."""
    return of_one_time(figures, lower, higher) & takes_in(figures, lower, higher)


def of_one_series(figures: Figures, left: Ints, right: Ints) -> Bools:
    """One claimant gives both, on one basis: of totals that follow each other `count-fell` says which is the higher."""
    one: Bools = figures.series[figures.claim[left]] == figures.series[figures.claim[right]]
    return one


def in_turn(figures: Figures, left: Ints, right: Ints) -> Bools:
    """Totals of one series that are stated as of two times: which of them is the higher is for `count-fell` to say."""
    apart = figures.given[left] & figures.given[right] & (figures.stated[left] != figures.stated[right])
    found: Bools = apart & figures.cumulative[figures.claim[left]] & of_one_series(figures, left, right)
    return found


def window_holds(figures: Figures, whole: Ints, part: Ints) -> Bools:
    """The window of the first takes in that of the second."""
    holds: Bools = (figures.baseline[whole] <= figures.baseline[part]) & (figures.as_of[part] <= figures.as_of[whole])
    return holds


def windows_apart(figures: Figures, left: Ints, right: Ints) -> Bools:
    """The window of one ends before that of the other begins."""
    begins, ends = figures.baseline, figures.as_of
    apart: Bools = (ends[left] <= begins[right]) | (ends[right] <= begins[left])
    return apart


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


def still_counted(figures: Figures, whole: Ints, part: Ints) -> Bools:
    """Whoever the second counts is counted at the time of the first: it is of that time, or of the killed before it."""
    lasts = figures.lasting[figures.claim[part]] & (figures.stated[part] <= figures.stated[whole])
    stays: Bools = lasts | (figures.stated[whole] == figures.stated[part])
    return stays


def begun(figures: Figures, whole: Ints, part: Ints) -> Bools:
    """It is known since when the first counts, or it is not known of the second either."""
    known: Bools = (figures.baseline[whole] != FAR_PAST) | (figures.baseline[part] == FAR_PAST)
    return known


def surely_part(figures: Figures, whole: Ints, part: Ints) -> Bools:
    """The second counts a part of the first's window or scope, and all of it still counts at the end of that."""
    return is_part(figures, whole, part) & surely_held(figures, whole, part)


def surely_held(figures: Figures, whole: Ints, part: Ints) -> Bools:
    """The window of the first takes in that of the second, and all of that still counts at its end, whoever did it."""
    held = window_holds(figures, whole, part) & begun(figures, whole, part) & still_counted(figures, whole, part)
    return held & takes_in(figures, whole, part)


def comes_after(figures: Figures, earlier: Ints, later: Ints) -> Bools:
    """They have one baseline, and the second is stated as of the later time, be it after the end of the incident."""
    one_baseline = figures.baseline[earlier] == figures.baseline[later]
    after: Bools = one_baseline & (figures.stated[earlier] < figures.stated[later])
    return after


def surely_fell(figures: Figures, earlier: Ints, later: Ints) -> Bools:
    """The second comes after the first, and whatever that counts is to be counted by it, too."""
    return comes_after(figures, earlier, later) & takes_in(figures, later, earlier)


def just_before(figures: Figures, later: Ints, earlier: Ints) -> Bools:
    """The second has the same baseline and the earlier as-of, by a day at most."""
    before = figures.as_of[later] - figures.as_of[earlier]
    near: Bools = (figures.baseline[earlier] == figures.baseline[later]) & (before > 0) & (before <= DAY)
    return near


def as_of_start(figures: Figures, increment: Ints, total: Ints) -> Bools:
    """The second is a total as of the start of the first's window."""
    fits: Bools = figures.stated[total] == figures.since[increment]
    return fits


def as_of_end(figures: Figures, increment: Ints, total: Ints) -> Bools:
    """The second is a total as of the end of the first's window."""
    fits: Bools = figures.stated[total] == figures.stated[increment]
    return fits


def of_one_actor(figures: Figures, left: Ints, right: Ints) -> Bools:
    """Both count the doing of the same, or of all."""
    one: Bools = figures.actor[figures.claim[left]] == figures.actor[figures.claim[right]]
    return one


def not_before(figures: Figures, part: Ints, whole: Ints) -> Bools:
    """The first does not count since an earlier time than the second, as far as is known."""
    base, since = figures.baseline[part], figures.baseline[whole]
    known: Bools = (base >= since) | ((base == FAR_PAST) & (figures.as_of[part] > since))
    return known


def may_be_one(figures: Figures, left: Ints, right: Ints) -> Bools:
    """Their windows are not known to differ: a baseline may be unknown, and an as-of not stated.

    See `may_end_together`.
    """
    base = figures.baseline[left] == figures.baseline[right]
    for one, other in ((left, right), (right, left)):
        ended = figures.given[one] & (figures.as_of[one] <= figures.baseline[other])
        base |= (figures.baseline[one] == FAR_PAST) & ~ended
    alike: Bools = base & may_end_together(figures, left, right)
    return alike


def may_end_together(figures: Figures, left: Ints, right: Ints) -> Bools:
    """Their as-ofs are not known to differ. One that is not stated is no later than when the figure was given."""
    latest, ours, theirs = figures.as_of, ~figures.given[left], ~figures.given[right]
    at: Bools = (ours & theirs) | (latest[left] == latest[right])
    at |= (ours & (latest[left] > latest[right])) | (theirs & (latest[right] > latest[left]))
    return at


def adds_up(figures: Figures, part: Ints, whole: Ints) -> Bools:
    """What the first counts is in a total of the second's time: it may be of that time, or is of the killed before it.

    It does not count since an earlier time, as far as is known.
    """
    before = figures.lasting[figures.claim[part]] & (figures.as_of[part] <= figures.as_of[whole])
    found: Bools = not_before(figures, part, whole) & (before | may_end_together(figures, part, whole))
    return found


def counted_together(figures: Figures, left: Ints, right: Ints) -> Bools:
    """Nobody in one may have passed into the other: they are of one time, or the earlier is of the killed."""
    ours, theirs = figures.as_of[left], figures.as_of[right]
    lasting = np.where(ours < theirs, figures.lasting[figures.claim[left]], figures.lasting[figures.claim[right]])
    found: Bools = (ours == theirs) | lasting
    return found


def in_one_window(figures: Figures, left: Ints, right: Ints) -> Bools:
    """Both speak of one window, and neither is the next one of their series."""
    return same_window(figures, left, right) & ~in_turn(figures, left, right)


def before_the_next(figures: Figures, later: Ints, earlier: Ints) -> Bools:
    """The second is of another series, and comes just before the first."""
    return just_before(figures, later, earlier) & ~of_one_series(figures, later, earlier)


def judges(figures: Figures) -> dict[str, Judge]:
    """By code, the rule by which the windows of two figures are judged; `count-delta`: see `judge_total`.

    A figure above the other's next one and parts of another time are less sure, and a discrepancy still.
    """
    return {
        "count-mismatch": _judge(figures, surely_one, holds=in_one_window, perhaps=before_the_next),
        "count-exceeds-whole": _judge(figures, surely_part, perhaps=is_part),
        "count-fell": _judge(figures, surely_fell, holds=comes_after),
        "count-sum": _judge(figures, surely_held, perhaps=lambda _, left, right: np.ones(len(left), dtype=bool)),
        "count-term-unclear": _judge(figures, may_be_one),
    }


def judge_total(figures: Figures, *, at_start: bool) -> Judge:
    """The rule of `count-delta` for totals that are taken for those of the start, or of the end, of its window."""
    fits = as_of_start if at_start else as_of_end
    return _judge(figures, lambda *two: fits(*two) & of_one_actor(*two), holds=fits)


def judge_parts(figures: Figures) -> Judge:
    """The rule of `count-sum` for two of its parts, which may not count the same."""
    return _judge(figures, windows_apart)


Lie = Callable[[Figures, Ints, Ints], Bools]
"""How the windows of two figures may lie to each other, reading by reading."""


def _judge(figures: Figures, sure: Lie, holds: Lie | None = None, perhaps: Lie | None = None) -> Judge:
    """1 where it `holds` (None: where it is sure), 2 where it may hold."""

    def judged(facts: Facts, left: Ints, right: Ints) -> Judged:
        surely = sure(figures, left, right)
        held = holds(figures, left, right) if holds else surely
        other = perhaps(figures, left, right) if perhaps else held
        return Judged(np.select([held, other], [1, 2], 0).astype(np.int64), surely, {})

    return judged
