"""Family `count`, one figure of a scope against another: mismatch, a toll that falls."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts.corrected import updates
from claimtrack.discrepancy.counts.figures import Figures, ranks
from claimtrack.discrepancy.counts.nearest import next_later
from claimtrack.discrepancy.counts.windows import in_turn, surely_fell, surely_one
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.greater import greater
from claimtrack.discrepancy.joins.keys import combined, distinct_pairs
from claimtrack.discrepancy.pairs import DEFINITE, POSSIBLE, sides, table
from claimtrack.discrepancy.verdicts import under_all_readings
from claimtrack.moments import DAY
from claimtrack.scopes import Floats, Ints


def mismatch(facts: Facts, figures: Figures) -> pd.DataFrame:
    """`count-mismatch`: one scope, ranges that do not meet, neither claim updates the other. The lower first.

    A correction of a correction updates the first figure, too. Within a window as stated it is definite; of two that
    are stated as of times after the end of the incident the later one may know more, and the lower one may count the
    doing of one actor only; those of one series come one after the other. At different as-ofs a figure may have grown,
    so only one above the next later figure of another series, a day away at most, is a possible mismatch.
    """
    found = [_of_one_window(facts, figures), _before_the_next(figures)]
    both = pd.concat(found, ignore_index=True).drop_duplicates(["left", "right"], ignore_index=True)
    left, right = sides(both)
    updated = updates(facts, figures, left, right) | updates(facts, figures, right, left)
    return both.loc[~updated].reset_index(drop=True)


def _of_one_window(facts: Facts, figures: Figures) -> pd.DataFrame:
    """Two figures that cannot both hold of one window."""
    reading, claim = figures.rows(figures.counted)
    window = combined(figures.scope[claim], figures.baseline[reading], figures.as_of[reading])
    high, low = ranks(figures.high[claim], figures.low[claim])
    lower, higher = greater((window, high), (window, low))
    at_once = ~in_turn(figures, reading[lower], reading[higher])
    left, right = _distinct(claim[lower[at_once]], claim[higher[at_once]])
    apart = figures.high_against(left, right) < figures.low[right]
    left, right = left[apart], right[apart]
    one_window = under_all_readings(facts, left, right, lambda a, b: surely_one(figures, a, b))
    strength = np.where(one_window & ~figures.capped[left] & ~figures.capped[right], DEFINITE, POSSIBLE)
    return table(left, right, "count-mismatch", strength, _distance(figures, left, right))


def _before_the_next(figures: Figures) -> pd.DataFrame:
    """A figure above the next later one of another series, a day away at most."""
    everything = np.ones(len(figures.claim), dtype=bool)
    earlier, later = (figures.claim[rows] for rows in next_later(figures, everything, own=False, within=DAY))
    fell = figures.high_against(later, earlier) < figures.low[earlier]
    left, right = _distinct(later[fell], earlier[fell])
    return table(left, right, "count-mismatch", POSSIBLE, _distance(figures, left, right))


def fell(facts: Facts, figures: Figures) -> pd.DataFrame:
    """`count-fell`: the next cumulative figure of one series is lower. The earlier figure first.

    The series is put in order as recorded, by the as-of as it is stated; definite where the two keep their order under
    every reading, whoever was found or freed meanwhile: the figure fell. One without an as-of may be of another time
    than that of its report: of two that state theirs it is not the one between. Nor is, of two that count the doing of
    one actor (or of all) since one time, one that counts that of another, or since another time. `figures`: without
    those that their claimant has corrected.
    """
    found = [
        next_later(figures, chosen, own=True, alike=alike)
        for chosen in (figures.recorded, figures.recorded & figures.given)
        for alike in (False, True)
    ]
    left, right = _distinct(*(figures.claim[np.concatenate(rows)] for rows in zip(*found, strict=True)))
    lower = figures.high[right] < figures.low[left]
    left, right = left[lower], right[lower]
    surely = under_all_readings(facts, left, right, lambda a, b: surely_fell(figures, a, b))
    surely = surely & ~figures.capped[left] & ~figures.capped[right]
    strength = np.where(surely, DEFINITE, POSSIBLE)
    least, most = figures.low[left] - figures.high[right], figures.high[left] - figures.low[right]
    return table(left, right, "count-fell", strength, {"fall": (least, least, most)})


def _distinct(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """The pairs of two claims, each once."""
    two = left != right
    return distinct_pairs(left[two], right[two])


def _distance(figures: Figures, lower: Ints, higher: Ints) -> dict[str, tuple[Floats, Floats, Floats]]:
    """How far apart two ranges are: the least gap and ratio, up to the greatest that the bounds allow.

    What is confirmed has no upper one for others.
    """
    highest = figures.high_against(higher, lower)
    least, most = figures.low[higher] - figures.high[lower], highest - figures.low[lower]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.round(figures.low[higher] / figures.high[lower], 4)
        most_ratio = np.round(highest / figures.low[lower], 4)
    most_ratio = np.where(figures.low[lower] > 0, most_ratio, np.inf)
    ratio = np.where(figures.high[lower] > 0, ratio, np.nan)
    return {"gap": (least, least, most), "ratio": (ratio, ratio, most_ratio)}
