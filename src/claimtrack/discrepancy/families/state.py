"""Family `state`: two values of one state that exclude each other at one place and time.

For hostilities the claim at issue is the absence (a ceasefire, a pause), and presence is what speaks against it. For
other states either claim can be the one that does not hold.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.families.runs import Runs
from claimtrack.discrepancy.families.spans import falls, overlap, refutes, since_start
from claimtrack.discrepancy.families.where import Meetings
from claimtrack.discrepancy.pairs import CODE_ORDER, slices, table
from claimtrack.discrepancy.verdicts import Judged, unless_same_statement, verdicts
from claimtrack.moments import MISSING
from claimtrack.scopes import Bools, Ints

CEASEFIRE_CODES = ("ceasefire-contradicted", "ceasefire-breached", "ceasefire-not-held")
OTHER_CODE = "state-contradicted"


def judge(facts: Facts, holder: Ints, event: Ints) -> Judged:
    """1 contradicted, 2 breached, 3 not held: the first that holds."""
    claimed, happened = facts.readings.at(holder), facts.readings.at(event)
    contradicted, _ = falls(happened, claimed.certain_start, claimed.certain_end)
    surely, perhaps = refutes(happened, claimed)
    said = facts.clocks.asserted_by.take(facts.readings.claim.take(holder))
    later = (said != MISSING) & (happened.possible_start > said)
    code = np.select([contradicted, surely & later, perhaps], [1, 2, 3], 0).astype(np.int64)
    return Judged(
        code,
        np.where(code == 3, surely, code > 0).astype(bool),
        {"overlap": overlap(claimed, happened), "since_start": since_start(claimed, happened)},
    )


def find(facts: Facts, *, with_runs: bool = False) -> Iterator[tuple[pd.DataFrame, Runs | None]]:
    """All pairs of the family, in slices: the pairs of one claim at issue are in one of them.

    Where a state has two sides, either claim of a pair can be the one at issue: those pairs are one slice. `with_runs`:
    of the pairs in runs only those that can stand for all, and the runs.
    """
    speaks = facts.asserts & facts.compared & (facts.state >= 0)
    holders = np.flatnonzero(speaks & (facts.absent & facts.at_issue | facts.two_sided))
    events = np.flatnonzero(speaks & ~facts.absent)
    met = Meetings(facts, holders, events, facts.state, with_runs=with_runs)
    for wanted in slices(met.numbers(), facts.two_sided, facts.place):
        yield _judged(facts, *met.pairs(wanted)), met.runs


def code_of_runs(facts: Facts, claims: Ints) -> Ints:
    """The code, in the order of all codes, that all pairs in the runs of these claims have."""
    return np.where(facts.of_ceasefire[claims], CODE_ORDER[CEASEFIRE_CODES[1]], CODE_ORDER[OTHER_CODE])


def _judged(facts: Facts, left: Ints, right: Ints, capped: Bools) -> pd.DataFrame:
    differ = np.flatnonzero(facts.value.take(left) != facts.value.take(right))
    left, right, capped = left.take(differ), right.take(differ), capped.take(differ)
    found = unless_same_statement(facts, verdicts(facts, left, right, capped, judge, CEASEFIRE_CODES))
    truce = facts.of_ceasefire.take(found.left)
    contradicted = found.code == CODE_ORDER[CEASEFIRE_CODES[0]]
    figures = {
        "overlap": found.shown("overlap", ~truce | contradicted),
        "since_start": found.shown("since_start", truce),
    }
    code = np.where(truce, found.code, CODE_ORDER[OTHER_CODE])
    return _once(facts, table(found.left, found.right, code, found.strength, figures))


def _once(facts: Facts, found: pd.DataFrame) -> pd.DataFrame:
    """Each pair of claims once: the stronger way round, on a tie with the claim that was said earlier at issue."""
    if not facts.two_sided.take(found["left"].to_numpy()).any():
        return found
    both = np.sort(found[["left", "right"]].to_numpy(), axis=1)
    said = facts.clocks.asserted_by[found["left"]]
    order = np.lexsort((facts.rank[found["left"]], said, found["strength"], both[:, 1], both[:, 0]))
    again = pd.DataFrame(both[order]).duplicated().to_numpy()
    once: pd.DataFrame = found.iloc[order[~again]].reset_index(drop=True)
    return once
