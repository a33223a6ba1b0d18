"""Whether a claim had been made when its state did not hold, as far as its clocks tell."""

from __future__ import annotations

import numpy as np

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.verdicts import under_all_readings
from claimtrack.moments import INSTANT, MISSING
from claimtrack.scopes import Bools, Ints

CODE = "ceasefire-not-held"
"""The only code of ceasefires of which that is to be told: others depend on it."""
NOT_KNOWN = "whether it had been announced by then is not known"
"""How the verdict of that code ends where nothing tells."""
GOES_ON = "the violence goes on after the first was said"
SAID_LATER = "the first was said after that"
KNOWN = (GOES_ON, SAID_LATER)
"""How it ends otherwise."""
OUTLASTED = "; it comes after the first was said, and what that says may have been so until then"
"""What is added to the verdict of an absence, no ceasefire, since a time: it is read to last, and may not have."""


def as_known(verdict: str, explanation: str) -> str:
    """The verdict of a code as it is told in the explanation of a pair: all of it, since claims have words, too."""
    told = [verdict + OUTLASTED, *(verdict.replace(NOT_KNOWN, ending) for ending in KNOWN)]
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


def outlasted(facts: Facts, holder: Ints, event: Ints) -> Bools:
    """Which of these pairs set an event after the report of an absence that is said to be since a time, with no end."""

    def comes_after(ours: Ints, theirs: Ints) -> Bools:
        said = facts.clocks.asserted_by[facts.readings.claim[ours]]
        after: Bools = (said != MISSING) & (facts.readings.possible_start[theirs] > said)
        return after

    lasting = facts.absent[holder] & (facts.mode.at(holder) == "since")
    found: Bools = lasting & under_all_readings(facts, holder, event, comes_after)
    return found
