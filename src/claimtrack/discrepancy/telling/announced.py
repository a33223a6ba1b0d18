"""Whether a ceasefire had been announced when it did not hold, as far as the clocks of its claim tell."""

from __future__ import annotations

import numpy as np

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.verdicts import under_all_readings
from claimtrack.moments import INSTANT, MISSING
from claimtrack.scopes import Bools, Ints

CODE = "ceasefire-not-held"
"""The only code of which that is to be told: others depend on it."""
NOT_KNOWN = "whether it had been announced by then is not known"
"""How the verdict of that code ends where nothing tells."""
GOES_ON = "the violence goes on after the first was said"
SAID_LATER = "the first was said after that"
KNOWN = (GOES_ON, SAID_LATER)
"""How it ends otherwise."""


def as_known(verdict: str, explanation: str) -> str:
    """The verdict of a code as it is told in the explanation of a pair: all of it, since claims have words, too."""
    told = (verdict.replace(NOT_KNOWN, ending) for ending in KNOWN)
    return next((one for one in told if one in explanation), verdict)


def announced(facts: Facts, holder: Ints, event: Ints) -> tuple[tuple[str, Bools], ...]:
    """What is known of these pairs, which are surely of that code: the ending, and for which of them it holds.

    Violence that is certain of a time after the claim was said goes on after it, since all of it would be a breach. One
    that was over before the claimant spoke came before; when a report only carries what was said is no such moment.
    """
    said = facts.clocks

    def goes_on(ours: Ints, theirs: Ints) -> Bools:
        claimed, happened = facts.readings.at(ours), facts.readings.at(theirs)
        by = said.asserted_by[facts.readings.claim[ours]]
        start = np.maximum(np.maximum(happened.certain_start, claimed.hold_start), by + INSTANT)
        after: Bools = (by != MISSING) & (start < np.minimum(happened.certain_end, claimed.hold_end))
        return after

    def was_over(ours: Ints, theirs: Ints) -> Bools:
        claimed, happened = facts.readings.at(ours), facts.readings.at(theirs)
        before: Bools = (
            np.minimum(happened.possible_end, claimed.hold_end) <= said.asserted_from[facts.readings.claim[ours]]
        )
        return before

    return (
        (GOES_ON, under_all_readings(facts, holder, event, goes_on)),
        (SAID_LATER, under_all_readings(facts, holder, event, was_over)),
    )
