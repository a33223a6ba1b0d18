"""Families `count` and `series`: a figure repeated after it was overtaken; two series that run beside each other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts.figures import Figures, ranks
from claimtrack.discrepancy.counts.nearest import same_or_earlier
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.first import Blocks, first_row
from claimtrack.discrepancy.joins.keys import among, combined, distinct, distinct_pairs
from claimtrack.discrepancy.joins.lines import lines
from claimtrack.discrepancy.joins.meet import same
from claimtrack.discrepancy.joins.suffixes import least_after
from claimtrack.discrepancy.pairs import TENSION, no_pairs, table
from claimtrack.moments import DAY, FAR_FUTURE, FAR_PAST, INSTANT, MISSING, hours, micros
from claimtrack.scopes import NOBODY, Bools, Floats, Ints

SHARED = tuple(f"{which}_{side}" for which in ("first", "smallest", "largest") for side in ("left", "right"))
"""The columns of the claims whose ratio is the first, the smallest and the largest of two series; missing elsewhere."""


def outdated(facts: Facts, figures: Figures) -> pd.DataFrame:
    """`count-outdated`: a claimant's figure reported again after the claimant's own later one, or after `will_rise`.

    The repeated figure first, then what overtook it. `stale` is the time between the two reports, in hours; of a report
    of which only the day is known, the least, and up to the most. It surely is the later one. Totals are
    compared where they have one baseline, additions where they have one window, as recorded, and both where they count
    since one stated time, and the doing of one actor, or of all. One more addition without an as-of is no repeat of
    another.
    """
    given = _given(facts, figures)
    again = given[given["said"] < given["begun"]]
    if not len(again):
        return no_pairs()
    overtaken = pd.concat([_own_later(figures, given, again), _will_rise(facts, figures, again)], ignore_index=True)
    overtaken["rank"] = facts.rank[overtaken["by"].to_numpy(np.int64)]
    earliest = overtaken.sort_values(["claim", "at", "rank"]).drop_duplicates("claim")
    left, right = earliest["claim"].to_numpy(np.int64), earliest["by"].to_numpy(np.int64)
    least = hours((earliest["begun"] - earliest["at"]).to_numpy(np.int64))
    most = hours(earliest["reported"].to_numpy(np.int64) - _earliest_report(facts, right))
    return table(left, right, "count-outdated", TENSION, {"stale": (least, least, most)})


def _given(facts: Facts, figures: Figures) -> pd.DataFrame:
    """One row a figure that can be a repeat or be overtaken, by its owner, then by its report.

    `owner`: one number for each combination of claimant, scope, actor and baseline (of additions window). `reported`,
    `begun`: the latest and the earliest moment of its report; `said`: when its owner first gave it, of that as-of if it
    has one.
    """
    stated = figures.given[figures.first[:-1]]
    rows = np.flatnonzero(figures.counted & (facts.clocks.reported != MISSING) & (figures.cumulative | stated))
    first = facts.readings.first[rows]
    as_of = facts.readings.valid_to[first]
    window = figures.baseline[first], figures.since[first], np.where(figures.cumulative[rows], MISSING, as_of)
    given = pd.DataFrame(
        {
            "claim": rows,
            "owner": combined(facts.claimant[rows], figures.scope[rows], figures.actor[rows], *window),
            "low": figures.low[rows],
            "high": figures.high[rows],
            "series": figures.series[rows],
            "as_of": as_of,
            "reported": _latest_report(facts, rows),
            "begun": _earliest_report(facts, rows),
            "rank": facts.rank[rows],
        }
    ).sort_values(["owner", "reported", "rank"], ignore_index=True)
    return given.assign(said=_first_said(given))


def _first_said(given: pd.DataFrame) -> Ints:
    """When each figure was first given: of its own as-of or of none that is stated; one of none, of any."""
    owner, as_of, reported = (given[column].to_numpy(np.int64) for column in ("owner", "as_of", "reported"))
    figure, blank = combined(owner, *ranks(given["low"].to_numpy(), given["high"].to_numpy())), as_of == MISSING
    of_its, of_none = _least(combined(figure, as_of), reported), _least(figure, np.where(blank, reported, FAR_FUTURE))
    return np.where(blank, _least(figure, reported), np.minimum(of_its, of_none))


def _least(group: Ints, values: Ints) -> Ints:
    """For each value the least of its group."""
    found = np.full(int(group.max(initial=0)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(found, group, values)
    return found[group]


def _earliest_report(facts: Facts, claims: Ints) -> Ints:
    """From when on each of these claims can have been reported: that of a bare date on any time of its day.

    One without a date can have been at any time before it counts: it is no later than anything.
    """
    given = micros(facts.package.claims["reported_from"])[claims]
    return np.where(given == MISSING, FAR_PAST, given)


def _latest_report(facts: Facts, claims: Ints) -> Ints:
    """The last moment at which each of these claims can have been reported: a day ends before its midnight."""
    reported = facts.clocks.reported[claims]
    earliest = _earliest_report(facts, claims)
    return reported - INSTANT * ((earliest > FAR_PAST) & (earliest < reported))


def _own_later(figures: Figures, given: pd.DataFrame, again: pd.DataFrame) -> pd.DataFrame:
    """For each repeated figure the claimant's first that excludes it after it was first given, before the repeat.

    A figure that is stated to be as of an earlier time than the repeated one does not overtake it. `given` is sorted by
    owner and report; runs of what leaves room for the repeated figure, or is of an earlier time, are passed over.
    """
    owners = distinct(again["owner"].to_numpy(np.int64))
    own = np.flatnonzero(among(given["owner"].to_numpy(np.int64), owners))
    given, own = given.iloc[own], np.searchsorted(own, again.index.to_numpy(np.int64))
    owner, asker = (rows["owner"].to_numpy(np.int64) for rows in (given, again))
    times = (given["reported"], again["said"], again["begun"])
    line, said, reported = lines((owner, asker, asker), tuple(time.to_numpy(np.int64) for time in times))
    claim, as_of, begun = (given[column].to_numpy(np.int64) for column in ("claim", "as_of", "begun"))
    low, high, first_said = figures.low[claim], figures.high[claim], again["said"].to_numpy(np.int64)
    until = np.where(as_of == MISSING, FAR_FUTURE, as_of)
    blocks = Blocks(until, low, high)

    def may(asked: Ints, level: int, block: Ints) -> Bools:
        ours = own[asked]
        highest, lowest = blocks.extremes(level, block, as_of[ours])
        apart: Bools = (highest > high[ours]) | (lowest < low[ours])
        return apart

    def overtakes(asked: Ints, here: Ints) -> Bools:
        ours = own[asked]
        other, repeated = claim[here], claim[ours]
        apart = figures.low[other] > figures.high_against(repeated, other)
        apart |= figures.high_against(other, repeated) < figures.low[repeated]
        overtaking: Bools = apart & (until[here] >= as_of[ours]) & (begun[here] > first_said[asked])
        return overtaking

    at, stop = np.searchsorted(line, said, side="right"), np.searchsorted(line, reported, side="left")
    found = first_row(at.astype(np.int64), stop.astype(np.int64), blocks.depth, may, overtakes)
    known = found != NOBODY
    overtaking = given.iloc[found[known]]
    by = {"by": overtaking["claim"].to_numpy(), "at": overtaking["reported"].to_numpy()}
    found_by: pd.DataFrame = again.loc[known, ["claim", "reported", "begun"]].assign(**by)
    return found_by


def _will_rise(facts: Facts, figures: Figures, again: pd.DataFrame) -> pd.DataFrame:
    """For each repeated figure what its claimant said of its incident, population and place: that it will rise.

    Such a claim does not say of which outcome. It is about the figures of its statement, if that has any, and else
    about all.
    """
    rises, known = facts.rises, np.flatnonzero(figures.counted | figures.vague)
    repeated = again["claim"].to_numpy(np.int64)
    three = np.concatenate([rises, known, repeated])
    of_topic = combined(facts.claimant[three], facts.incident[three], facts.target[three], facts.place[three])
    topic, told, asked = np.split(of_topic, [len(rises), len(rises) + len(known)])
    both = np.concatenate([topic, told]), facts.statement[np.concatenate([rises, known])]
    breath = combined(*both)
    rise, beside = same(breath[: len(rises)], breath[len(rises) :])
    rise, meant = distinct_pairs(rise, figures.scope[known[beside]])
    every = np.setdiff1d(np.arange(len(rises)), rise)
    # Of each topic what is about all of its figures, and what is about one scope.
    rise, scope = np.append(rise, every), np.append(meant, np.full(len(every), NOBODY))
    own = np.concatenate([np.full(len(again), NOBODY), figures.scope[repeated]])
    keys = combined(np.concatenate([topic[rise], asked, asked]), np.concatenate([scope, own]))
    key, of_asked = keys[: len(rise)], keys[len(rise) :]
    risen, at = _earliest_report(facts, rises[rise]), _latest_report(facts, rises[rise])
    order = np.lexsort((risen, key))
    rise, key, risen, at = rise[order], key[order], risen[order], at[order]
    least = least_after(key, at, facts.rank[rises[rise]], key)
    line, since = lines((key, of_asked), (risen, np.tile(again["said"].to_numpy(np.int64), 2)))
    place = np.searchsorted(line, since, side="left")
    row = np.flatnonzero(place < len(line))
    row = row[key[place[row]] == of_asked[row]]
    soonest = least[place[row]]
    met = again.iloc[row % max(len(again), 1)].assign(by=rises[rise[soonest]], at=at[soonest])
    found: pd.DataFrame = met.loc[met["at"] < met["begun"], ["claim", "by", "at", "reported", "begun"]]
    return found


def gap(facts: Facts, figures: Figures) -> pd.DataFrame:
    """`count-gap`: two series of one scope with two shared as-ofs or more. One row a pair, never a contradiction.

    Each as-of of one series is set beside the same or the nearest earlier one of the other, a day away at most, all as
    recorded. The pair of claims is the last that is shared; `SHARED` holds those of the other ratios. Ratios are the
    higher figure by the lower, none where the lower is 0. Series that have the same figure at every as-of that they
    share do not stand apart.
    """
    left, right = same_or_earlier(figures, figures.recorded, within=DAY)
    if not len(left):
        return no_pairs()
    ours, theirs = figures.claim[left], figures.claim[right]
    swap = figures.series[ours] > figures.series[theirs]
    at = np.maximum(figures.as_of[left], figures.as_of[right])
    a, b = np.where(swap, theirs, ours), np.where(swap, ours, theirs)
    points = _points(figures, a), _points(figures, b)
    higher, lower = np.maximum(*points), np.minimum(*points)
    ratio = np.divide(higher, lower, out=np.full(len(a), np.nan), where=lower > 0).round(4)
    shared = pd.DataFrame({"a": a, "b": b, "at": at, "ratio": ratio, "apart": higher > lower})
    shared["track"] = combined(figures.scope[a], figures.series[a], figures.series[b])
    shared["rank_a"], shared["rank_b"] = facts.rank[a], facts.rank[b]
    shared = shared.sort_values(["track", "at", "rank_a", "rank_b"]).drop_duplicates(["track", "at"])
    grouped = shared.groupby("track")
    shared = shared[(grouped["at"].transform("size") >= 2) & grouped["apart"].transform("any")]
    chosen = {
        "first": shared.drop_duplicates("track"),
        "last": shared.drop_duplicates("track", keep="last"),
        "smallest": shared.sort_values(["track", "ratio", "at"]).drop_duplicates("track"),
        "largest": shared.sort_values(["track", "ratio", "at"], ascending=[True, False, True]).drop_duplicates("track"),
    }
    figure = {name: rows["ratio"].to_numpy() for name, rows in chosen.items()}
    last = chosen.pop("last")
    pairs = table(last["a"].to_numpy(np.int64), last["b"].to_numpy(np.int64), "count-gap", TENSION, figure)
    others = [rows[side].to_numpy(np.float64) for rows in chosen.values() for side in ("a", "b")]
    return pairs.assign(**dict(zip(SHARED, others, strict=True)))


def _points(figures: Figures, claims: Ints) -> Floats:
    """One number for each of these figures: the middle of its range, or the bound that is given."""
    low, high = figures.low[claims], figures.high[claims]
    low = np.where(np.isfinite(low), low, high)
    return (low + np.where(np.isfinite(high), high, low)) / 2
