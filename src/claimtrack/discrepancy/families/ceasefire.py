"""Family `ceasefire`: one says that a ceasefire holds; another denies it, or that a party has confirmed it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.families import where
from claimtrack.discrepancy.families.spans import measured, refutes, since_start
from claimtrack.discrepancy.families.where import Meetings
from claimtrack.discrepancy.joins.meet import same
from claimtrack.discrepancy.pairs import UNCONFIRMED, slices, table
from claimtrack.discrepancy.verdicts import Doubt, Judged, doubted, unless_same_statement, verdicts
from claimtrack.moments import INSTANT
from claimtrack.scopes import NOBODY, Bools, Ints

STANDING = ("in_force", "observed")
BROKEN = ("violated", "ended")
"""Who cannot confirm one of these has not failed to confirm the ceasefire itself."""


def judge_denied(facts: Facts, holder: Ints, denial: Ints) -> Judged:
    """1 where the denial's period falls in the span of the ceasefire."""
    claimed, denied = facts.readings.at(holder), facts.readings.at(denial)
    surely, perhaps = refutes(denied, claimed)
    figures = measured(facts, holder, denial, {"since_start": since_start(claimed, denied)})
    return Judged(perhaps.astype(np.int64), surely, figures)


def judge_unconfirmed(facts: Facts, holder: Ints, silence: Ints) -> Judged:
    """Always 1: silence is no denial, whenever it was noted. There are hours where it is known when that was."""
    everywhere = np.ones(len(holder), dtype=np.int64)
    claimed, noted = facts.readings.at(holder), facts.readings.at(silence)
    when = facts.gives_time[facts.readings.claim[silence]] | (noted.possible_end - noted.possible_start == INSTANT)
    when &= facts.gives_time[facts.readings.claim[holder]]
    hours = np.where(when, since_start(claimed, noted), np.nan)
    return Judged(everywhere, everywhere.astype(bool), {"since_start": hours})


def find(facts: Facts) -> Iterator[pd.DataFrame]:
    """All pairs of the family, in slices: the pairs of one claim at issue are in one of them."""
    speaks = facts.compared & facts.of_ceasefire
    name = facts.predicate
    standing = name.is_one_of(*STANDING)
    holds = speaks & facts.asserts & facts.at_issue
    holders = np.flatnonzero(holds & standing)
    if not len(holders):
        return
    broken = name.is_one_of(*BROKEN)
    denials = np.flatnonzero(speaks & ((facts.asserts & broken) | (facts.denies & standing)))
    denied = _same_incident_or_none(facts, holders, denials)
    in_force = holds & name.is_one_of("in_force")
    unconfirming = (facts.denies & name.is_one_of("confirmed")) | (facts.cannot_confirm & ~broken)
    silent = np.flatnonzero(speaks & unconfirming & (facts.incident != NOBODY))
    silences = np.bincount(facts.incident[silent] + 1, minlength=int(facts.incident.max(initial=0)) + 2)
    numbers = sum((met.numbers() for met in denied), np.zeros(len(facts), dtype=np.int64))
    numbers[in_force] += silences[facts.incident[in_force] + 1]
    for wanted in slices(numbers, *denied[0].order):
        parts = [_denied(facts, *met.pairs(wanted)) for met in denied]
        parts.append(_unconfirmed(facts, wanted[in_force[wanted]], silent))
        yield pd.concat(parts, ignore_index=True)


def _same_incident_or_none(facts: Facts, holders: Ints, denials: Ints) -> list[Meetings]:
    """Each pair of claims of one incident, or of which one has none, can meet in one of these."""
    ours, theirs = facts.incident[holders] != NOBODY, facts.incident[denials] != NOBODY
    anything = np.zeros(len(facts), dtype=np.int64)
    return [
        Meetings(facts, holders[ours], denials[theirs], facts.incident),
        Meetings(facts, holders[ours], denials[~theirs], anything),
        Meetings(facts, holders[~ours], denials, anything),
    ]


def _unconfirmed(facts: Facts, in_force: Ints, silent: Ints) -> pd.DataFrame:
    left, right = same(facts.incident[in_force], facts.incident[silent])
    nowhere = np.zeros(len(left), dtype=bool)
    codes = ("ceasefire-unconfirmed",)
    found = verdicts(facts, in_force[left], silent[right], nowhere, judge_unconfirmed, codes)
    return table(*found._replace(strength=np.full_like(found.strength, UNCONFIRMED)))


def _denied(facts: Facts, left: Ints, right: Ints, capped: Bools) -> pd.DataFrame:
    capped = capped | doubted(_of_some_ceasefire(facts, left, right), len(left))
    found = verdicts(facts, left, right, capped, judge_denied, ("ceasefire-denied",))
    return table(*unless_same_statement(facts, found))


def doubts(facts: Facts, holder: Ints, denial: Ints) -> Iterator[Doubt]:
    """Why pairs are at most possible: for their places and sides, or since they may be of two ceasefires."""
    yield from where.doubts(facts, holder, denial)
    yield from _of_some_ceasefire(facts, holder, denial)


def _of_some_ceasefire(facts: Facts, holder: Ints, denial: Ints) -> Iterator[Doubt]:
    """A claim that does not say of which ceasefire it speaks may be of another one than the other claim."""
    for claims in (holder, denial):
        yield Doubt("incident_id", claims, facts.incident[claims] == NOBODY)
