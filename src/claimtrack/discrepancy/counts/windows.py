"""How the windows (baseline and as-of) of two figures lie to each other, reading by reading.

Every function takes positions of readings, row by row, and says of each pair whether it is so.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from claimtrack.discrepancy.counts.figures import Figures
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.verdicts import Judge, Judged
from claimtrack.moments import DAY, FAR_PAST, MISSING
from claimtrack.scopes import Bools, Ints


def same_window(figures: Figures, left: Ints, right: Ints) -> Bools:
    """Both speak of one window."""
    one: Bools = (figures.baseline[left] == figures.baseline[right]) & (figures.as_of[left] == figures.as_of[right])
    return one


def of_one_time(figures: Figures, left: Ints, right: Ints) -> Bools:
    """The same, and neither was given of a later time after the end of their incident, when more may be known."""
    one: Bools = same_window(figures, left, right) & (figures.stated[left] == figures.stated[right])
    return one


def in_turn(facts: Facts, figures: Figures, left: Ints, right: Ints) -> Bools:
    """Totals of one series that are stated as of two times: which of them is the higher is for `count-fell` to say."""
    stated, ours, theirs = facts.readings.valid_to, figures.claim[left], figures.claim[right]
    apart = (stated[left] != MISSING) & (stated[right] != MISSING) & (stated[left] != stated[right])
    found: Bools = apart & figures.cumulative[ours] & (figures.series[ours] == figures.series[theirs])
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
    return is_part(figures, whole, part) & begun(figures, whole, part) & still_counted(figures, whole, part)


def surely_held(figures: Figures, whole: Ints, part: Ints) -> Bools:
    """The window of the first takes in that of the second, and all of that still counts at its end."""
    return window_holds(figures, whole, part) & begun(figures, whole, part) & still_counted(figures, whole, part)


def follows(figures: Figures, earlier: Ints, later: Ints) -> Bools:
    """They have one baseline, and the second the later as-of."""
    one_baseline = figures.baseline[earlier] == figures.baseline[later]
    after: Bools = one_baseline & (figures.as_of[earlier] < figures.as_of[later])
    return after


def comes_after(figures: Figures, earlier: Ints, later: Ints) -> Bools:
    """They have one baseline, and the second is stated as of the later time, be it after the end of the incident."""
    one_baseline = figures.baseline[earlier] == figures.baseline[later]
    after: Bools = one_baseline & (figures.stated[earlier] < figures.stated[later])
    return after


def follows_within_a_day(figures: Figures, earlier: Ints, later: Ints) -> Bools:
    """They follow each other, a day apart at most."""
    near: Bools = follows(figures, earlier, later) & (figures.as_of[later] - figures.as_of[earlier] <= DAY)
    return near


def as_of_start(figures: Figures, increment: Ints, total: Ints) -> Bools:
    """The second is a total as of the start of the first's window."""
    fits: Bools = figures.stated[total] == figures.baseline[increment]
    return fits


def as_of_end(figures: Figures, increment: Ints, total: Ints) -> Bools:
    """The second is a total as of the end of the first's window."""
    fits: Bools = figures.stated[total] == figures.stated[increment]
    return fits


def not_before(figures: Figures, part: Ints, whole: Ints) -> Bools:
    """The first does not count since an earlier time than the second, as far as is known."""
    base, since = figures.baseline[part], figures.baseline[whole]
    known: Bools = (base >= since) | ((base == FAR_PAST) & (figures.as_of[part] > since))
    return known


def may_be_one(facts: Facts, figures: Figures, left: Ints, right: Ints) -> Bools:
    """Their windows are not known to differ: a baseline may be unknown, and an as-of not stated.

    See `may_end_together`.
    """
    stated = facts.readings.valid_to
    base = figures.baseline[left] == figures.baseline[right]
    for one, other in ((left, right), (right, left)):
        ended = (stated[one] != MISSING) & (figures.as_of[one] <= figures.baseline[other])
        base |= (figures.baseline[one] == FAR_PAST) & ~ended
    alike: Bools = base & may_end_together(facts, figures, left, right)
    return alike


def may_end_together(facts: Facts, figures: Figures, left: Ints, right: Ints) -> Bools:
    """Their as-ofs are not known to differ. One that is not stated is no later than when the figure was given."""
    stated, latest = facts.readings.valid_to, figures.as_of
    ours, theirs = stated[left] == MISSING, stated[right] == MISSING
    at: Bools = (ours & theirs) | (latest[left] == latest[right])
    at |= (ours & (latest[left] > latest[right])) | (theirs & (latest[right] > latest[left]))
    return at


def adds_up(facts: Facts, figures: Figures, part: Ints, whole: Ints) -> Bools:
    """What the first counts is in a total of the second's time: it may be of that time, or is of the killed before it.

    It does not count since an earlier time, as far as is known.
    """
    before = figures.lasting[figures.claim[part]] & (figures.as_of[part] <= figures.as_of[whole])
    found: Bools = not_before(figures, part, whole) & (before | may_end_together(facts, figures, part, whole))
    return found


def counted_together(figures: Figures, left: Ints, right: Ints) -> Bools:
    """Nobody in one may have passed into the other: they are of one time, or the earlier is of the killed."""
    ours, theirs = figures.as_of[left], figures.as_of[right]
    lasting = np.where(ours < theirs, figures.lasting[figures.claim[left]], figures.lasting[figures.claim[right]])
    found: Bools = (ours == theirs) | lasting
    return found


SURE: dict[str, Callable[[Figures, Ints, Ints], Bools]] = {
    "count-mismatch": of_one_time,
    "count-exceeds-whole": surely_part,
    "count-fell": comes_after,
    "count-sum": surely_held,
}
"""By code, how the windows of its two figures have to lie for it to be sure. `count-delta`: see `judge_total`."""


def judge_total(figures: Figures, *, at_start: bool) -> Judge:
    """The rule of `count-delta` for totals that are taken for those of the start, or of the end, of its window."""
    holds = as_of_start if at_start else as_of_end

    def judged(facts: Facts, increment: Ints, total: Ints) -> Judged:
        fits = holds(figures, increment, total)
        return Judged(fits.astype(np.int64), fits, {})

    return judged


def judge_parts(figures: Figures) -> Judge:
    """The rule of `count-sum` for two of its parts, which may not count the same."""

    def judged(facts: Facts, one: Ints, other: Ints) -> Judged:
        apart = windows_apart(figures, one, other)
        return Judged(apart.astype(np.int64), apart, {})

    return judged


def judges(figures: Figures) -> dict[str, Judge]:
    """By code, the rule by which the windows of two figures are judged: 1 where it is sure, 2 where it may hold."""

    def judge(code: str) -> Judge:
        def judged(facts: Facts, left: Ints, right: Ints) -> Judged:
            surely = SURE[code](figures, left, right)
            # A figure above the other's next one and parts of another time are less sure, and a discrepancy still.
            holds, perhaps = surely, np.full(len(left), code == "count-sum")
            if code == "count-exceeds-whole":
                perhaps = is_part(figures, left, right)
            if code == "count-mismatch":
                holds = same_window(figures, left, right) & ~in_turn(facts, figures, left, right)
                perhaps = follows_within_a_day(figures, right, left)
            return Judged(np.select([holds, perhaps], [1, 2], 0).astype(np.int64), surely, {})

        return judged

    def unclear(facts: Facts, left: Ints, right: Ints) -> Judged:
        alike = may_be_one(facts, figures, left, right)
        return Judged(alike.astype(np.int64), alike, {})

    return {**{code: judge(code) for code in SURE}, "count-term-unclear": unclear}
