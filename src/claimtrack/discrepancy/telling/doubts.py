"""What keeps pairs that are possible from being definite, but for their zones: hedges, wide places, what is not stated.

Which doubts there are is said by the families; here they are put into words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

from claimtrack.coded import Texts
from claimtrack.discrepancy.families import attribution, ceasefire, denial, start, state, where
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import POSSIBLE, sides
from claimtrack.discrepancy.telling.causes import AT_MOST_POSSIBLE, TIMED, Causes
from claimtrack.discrepancy.telling.other_times import of_another_time
from claimtrack.discrepancy.verdicts import Doubts, Judge
from claimtrack.moments import FAR_FUTURE, MISSING
from claimtrack.scopes import NOBODY, Bools, Ints

NOT_STATED = "not stated"
NARROWER = "narrower than what is asserted"
WIDER = "wider"
ANOTHER = "another one"
OF_ONE_SIDE = "another one of the same side"
AS_OF_SAID = "not stated: the time at which it was said is taken"
AS_OF_REPORTED = "not stated: the report's time is taken"
NO_INCIDENT = "not stated: it may be another one than that of the other figure"
BASELINE_START = "not stated: the start of its incident is taken"
AS_OF_CUT = "not stated: the end of its incident's window is taken"
UNFILLED = ("around", "within", "until")
"""Modes of claims that are certain of no moment."""

ALWAYS: Mapping[str, Doubts] = {"state": where.doubts, "ceasefire": ceasefire.doubts, "denial": denial.doubts}
"""By family, the doubts that hold in every zone of the times. Which of two beginnings is earlier depends on zones."""
RECORDED: Mapping[str, Doubts] = {**ALWAYS, "start": start.doubts, "attribution": attribution.doubts}
"""By family, the doubts that pairs have as recorded."""
VAGUE: Mapping[str, Judge] = {"state": state.judge, "ceasefire": ceasefire.judge_denied, "denial": denial.judge}
"""By family, the rule that is not sure of an event that may lie outside a span, or inside a part that is not filled."""


def left_open(computed: Computed, pairs: pd.DataFrame) -> Iterator[Causes]:
    """What the pairs that are possible depend on, but for their zones: of one pair first what its claims say alone."""
    possible = (pairs["strength"] == POSSIBLE).to_numpy()
    for family in pairs["family"][possible].unique():
        rows = np.flatnonzero(possible & (pairs["family"] == family).to_numpy())
        left, right = (side[rows] for side in sides(pairs))
        for claims in (left, right):
            yield from _of_claims(computed, family, rows, claims)
        if family == "count":
            yield from of_another_time(computed, pairs, rows)
        if family in VAGUE:
            yield from _vague(computed, family, rows, left, right)
        if family in RECORDED:
            yield from _of_pairs(computed, family, rows, left, right)
        if family == "attribution":
            yield from _named_together(computed, rows, left, right)


def _of_claims(computed: Computed, family: str, rows: Ints, claims: Ints) -> Iterator[Causes]:
    """What claims say or leave out that makes them possible at most, whatever the other claim of their pair."""
    doubts: Mapping[str, Bools] = {"certainty": computed.facts.doubtful}
    if family in TIMED:
        doubts = computed.facts.doubts
    if family == "count":
        doubts = computed.figures.doubts
    for field, doubtful in doubts.items():
        at = np.flatnonzero(doubtful[claims])
        yield Causes.of(rows[at], claims[at], field, OF_CLAIMS[field](computed, claims[at]), AT_MOST_POSSIBLE)


def _certainty(computed: Computed, claims: Ints) -> Texts:
    return computed.facts.package.claims["certainty"].iloc[claims].to_numpy(dtype=object)


def _as_of(computed: Computed, claims: Ints) -> Texts:
    """What is taken where it is not stated."""
    facts = computed.facts
    said = facts.package.claims["asserted_to"].iloc[claims].notna().to_numpy(dtype=bool)
    at, until = facts.clocks.asserted_by[claims], computed.figures.as_of[facts.readings.first[claims]]
    cut = until < np.where(at == MISSING, FAR_FUTURE, at)
    return np.select([cut, said], [AS_OF_CUT, AS_OF_SAID], AS_OF_REPORTED).astype(object)


def _mode(computed: Computed, claims: Ints) -> Texts:
    facts = computed.facts
    when, is_count = facts.gives_time[claims], facts.kind.at(claims) == "count"
    told = ["none of it in the time of its incident", "a figure has no period"]
    return np.select([when, is_count], told, "no time given").astype(object)


OF_CLAIMS: Mapping[str, Callable[[Computed, Ints], Texts | str]] = {
    "certainty": _certainty,
    "count_approx": lambda computed, claims: "true",
    "valid_to": _as_of,
    "valid_from": lambda computed, claims: BASELINE_START,
    "incident_id": lambda computed, claims: NO_INCIDENT,
    "valid_mode": _mode,
}
"""By field, how it is read in claims that have a doubt of their own in it."""


def _of_pairs(computed: Computed, family: str, rows: Ints, left: Ints, right: Ints) -> Iterator[Causes]:
    """What keeps the two claims of a pair from speaking of one and the same, as recorded."""
    facts, apart = computed.facts, np.ones(len(rows), dtype=bool)
    if family == "start":
        # Where the two are half an hour apart in other zones only, it is these that it depends on.
        apart = start.judge(facts, facts.readings.first[left], facts.readings.first[right]).code > 0
    for doubt in RECORDED[family](facts, left, right):
        at = np.flatnonzero(doubt.applies & apart)
        claim = doubt.claim[at]
        other = np.where(claim == left[at], right[at], left[at])
        yield Causes.of(rows[at], claim, doubt.field, _lies(computed, doubt.field, claim, other), AT_MOST_POSSIBLE)


def _lies(computed: Computed, field: str, claim: Ints, other: Ints) -> Texts | str:
    """How what claims say in a field lies to what the other claims of their pairs say."""
    if field == "valid_mode":
        return computed.facts.mode.at(claim)
    if field not in computed.facts.scope:
        return NARROWER if field == "count_min" else NOT_STATED
    hierarchy, column = computed.facts.scope[field]
    own, its = column[claim], column[other]
    blank, wider = own == NOBODY, hierarchy.contains(own, its)
    narrower = (its == NOBODY) | hierarchy.contains(its, own)
    akin = hierarchy.of_one_root(own, its) & (field == "actor_id")
    told = [NOT_STATED, WIDER, NARROWER, OF_ONE_SIDE]
    return np.select([blank, wider, narrower, akin], told, ANOTHER).astype(object)


def _named_together(computed: Computed, rows: Ints, left: Ints, right: Ints) -> Iterator[Causes]:
    """Who else is named in the statement of a claim, where that is the actor of the other one."""
    facts = computed.facts
    for ours, theirs in ((left, right), (right, left)):
        at, fellow = attribution.named_too(facts, ours, theirs)
        both = [f"named together with {facts.actors.names[actor]}" for actor in facts.actor[fellow].tolist()]
        yield Causes.of(rows[at], ours[at], "actor_id", np.array(both, dtype=object), AT_MOST_POSSIBLE)


def _vague(computed: Computed, family: str, rows: Ints, left: Ints, right: Ints) -> Iterator[Causes]:
    """Of pairs that are not sure as their times are recorded: how the claims are said to fill them.

    The right claim is an event that has to fall in the span of the left one. Of a denial the event is what it denies,
    but who denies that there was nothing says that there was something, at some time of what is meant.
    """
    facts = computed.facts
    judged = VAGUE[family](facts, *(facts.readings.first[claims] for claims in (left, right)))
    unsure = (judged.code > 0) & ~judged.sure
    spanned, turned = np.ones(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    if family == "denial":
        spanned = turned = facts.absent[left]
    event = np.where(spanned, right, left)
    span = spanned & (_has_mode(computed, left, *UNFILLED) | _has_mode(computed, left, "since") & ~facts.absent[left])
    filled = _has_mode(computed, event, *UNFILLED, "since") | turned & _has_mode(computed, event, "throughout")
    for claims, vague in ((left, span), (event, filled)):
        at = np.flatnonzero(unsure & vague)
        yield Causes.of(rows[at], claims[at], "valid_mode", facts.mode.at(claims[at]), AT_MOST_POSSIBLE)


def _has_mode(computed: Computed, claims: Ints, *modes: str) -> Bools:
    return computed.facts.mode.of_rows(claims).is_one_of(*modes)
