"""Family `ceasefire`: one says that a ceasefire holds; another denies it, or that a party has confirmed it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import NOBODY, Facts
from claimtrack.discrepancy.meet import same
from claimtrack.discrepancy.pairs import (
    UNCONFIRMED,
    Judged,
    aggregate,
    refutes,
    since_start,
    unless_same_statement,
)
from claimtrack.discrepancy.where import meetings
from claimtrack.scopes import Ints

FAMILY = "ceasefire"
BROKEN = ("violated", "ended")
"""Who cannot confirm one of these has not failed to confirm the ceasefire itself."""


def judge_denied(facts: Facts, holder: Ints, denial: Ints) -> Judged:
    """1 where the denial's period falls in the span of the ceasefire."""
    surely, perhaps = refutes(facts, denial, holder)
    return Judged(perhaps.astype(np.int64), surely, {"since_start": since_start(facts, holder, denial)})


def judge_unconfirmed(facts: Facts, holder: Ints, silence: Ints) -> Judged:
    """Always 1: silence is no denial, whenever it was noted."""
    everywhere = np.ones(len(holder), dtype=np.int64)
    return Judged(everywhere, everywhere.astype(bool), {"since_start": since_start(facts, holder, silence)})


def find(facts: Facts) -> pd.DataFrame:
    """All pairs of the family."""
    speaks = facts.compared & (facts.kind == "ceasefire")
    name = facts.predicate
    denied = _denied(facts, speaks)
    in_force = np.flatnonzero(speaks & facts.asserts & (name == "in_force"))
    broken = np.isin(name, BROKEN)
    unconfirming = (facts.denies & (name == "confirmed")) | (facts.cannot_confirm & ~broken)
    silent = np.flatnonzero(speaks & unconfirming & (facts.incident != NOBODY))
    left, right = same(facts.incident[in_force], facts.incident[silent])
    nowhere = np.zeros(len(left), dtype=bool)
    unconfirmed = aggregate(
        facts, in_force[left], silent[right], nowhere, judge_unconfirmed, ("ceasefire-unconfirmed",)
    )
    unconfirmed["strength"] = UNCONFIRMED
    return pd.concat([denied, unconfirmed], ignore_index=True)


def _denied(facts: Facts, speaks: np.ndarray) -> pd.DataFrame:
    name = facts.predicate
    standing = np.isin(name, ("in_force", "observed"))
    holders = np.flatnonzero(speaks & facts.asserts & standing)
    broken = facts.asserts & np.isin(name, BROKEN)
    denials = np.flatnonzero(speaks & (broken | (facts.denies & standing)))
    left, right, capped = meetings(facts, holders, denials, np.zeros(len(facts), dtype=np.int64))
    ours, theirs = facts.incident[left], facts.incident[right]
    one = (ours == theirs) | (ours == NOBODY) | (theirs == NOBODY)
    found = aggregate(facts, left[one], right[one], capped[one], judge_denied, ("ceasefire-denied",))
    return unless_same_statement(facts, found)
