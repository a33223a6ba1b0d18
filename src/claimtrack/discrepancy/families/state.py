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
from claimtrack.discrepancy.families.spans import falls, measured, overlap, refutes, since_start
from claimtrack.discrepancy.families.where import Meetings, doubts
from claimtrack.discrepancy.pairs import CODE_ORDER, slices, table
from claimtrack.discrepancy.verdicts import Judged, Verdicts, among, doubted, unless_same_statement, verdicts
from claimtrack.moments import MISSING
from claimtrack.scopes import Bools, Ints

CEASEFIRE_CODES = ("ceasefire-contradicted", "ceasefire-breached", "ceasefire-not-held")
OTHER_CODE = "state-contradicted"


def judge(facts: Facts, holder: Ints, event: Ints) -> Judged:
    """1 contradicted, 2 breached, 3 not held: the first that holds. Of other states than a ceasefire all are 1.

    An absence is said to last. Of what is there since a time, only what is certain is sure.
    """
    claimed, happened = facts.readings.at(holder), facts.readings.at(event)
    contradicted, _ = falls(happened, claimed.certain_start, claimed.certain_end)
    surely, perhaps = refutes(happened, claimed)
    vague = claimed.certain_start >= claimed.certain_end
    surely = contradicted | surely & (vague | facts.absent.take(facts.readings.claim.take(holder)))
    said = facts.clocks.asserted_by.take(facts.readings.claim.take(holder))
    later = (said != MISSING) & (happened.possible_start > said)
    code = np.select([contradicted, surely & later, perhaps], [1, 2, 3], 0).astype(np.int64)
    figures = {"overlap": overlap(claimed, happened), "since_start": since_start(claimed, happened)}
    sure = np.where(code == 3, surely, code > 0).astype(bool)
    truce = facts.of_ceasefire.take(facts.readings.claim.take(holder))
    return Judged(np.where(truce, code, np.minimum(code, 1)), sure, measured(facts, holder, event, figures))


def find(facts: Facts, *, with_runs: bool = False) -> Iterator[tuple[pd.DataFrame, Runs | None]]:
    """All pairs of the family, in slices: the pairs of one claim at issue are in one of them.

    `with_runs`: of the pairs in runs only those that can stand for all, and the runs.
    """
    speaks = facts.asserts & facts.compared & (facts.state >= 0)
    holders = np.flatnonzero(speaks & facts.at_issue & (facts.absent | facts.two_sided))
    events = np.flatnonzero(speaks & ~facts.absent)
    met = Meetings(facts, holders, events, facts.state, with_runs=with_runs)
    for wanted in slices(met.numbers(), *met.order):
        yield _table(facts, *met.pairs(wanted)), met.runs


def code_of_runs(facts: Facts, claims: Ints) -> Ints:
    """The code, in the order of all codes, that all pairs in the runs of these claims have."""
    return np.where(facts.of_ceasefire[claims], CODE_ORDER[CEASEFIRE_CODES[1]], CODE_ORDER[OTHER_CODE])


def _table(facts: Facts, left: Ints, right: Ints, capped: Bools) -> pd.DataFrame:
    differ = np.flatnonzero(facts.value.take(left) != facts.value.take(right))
    found = _once(facts, _found(facts, left.take(differ), right.take(differ), capped.take(differ)))
    truce = facts.of_ceasefire.take(found.left)
    contradicted = found.code == CODE_ORDER[CEASEFIRE_CODES[0]]
    figures = {
        "overlap": found.shown("overlap", ~truce | contradicted),
        "since_start": found.shown("since_start", truce),
    }
    code = np.where(truce, found.code, CODE_ORDER[OTHER_CODE])
    return table(found.left, found.right, code, found.strength, figures)


def _found(facts: Facts, holder: Ints, event: Ints, capped: Bools) -> Verdicts:
    return unless_same_statement(facts, verdicts(facts, holder, event, capped, judge, CEASEFIRE_CODES))


def _once(facts: Facts, found: Verdicts) -> Verdicts:
    """Each pair of claims once, where either can be at issue: the stronger way round, on a tie in the order of ids.

    So each such pair is judged the other way round too, and is told where this way is not the weaker one. Ids stay when
    the time of a report is put right; with the order of reports one finding would go and another one come.
    """
    sided = np.flatnonzero(facts.two_sided.take(found.left))
    if not len(sided):
        return found
    left, right = found.left.take(sided), found.right.take(sided)
    other = _found(facts, right, left, doubted(doubts(facts, right, left), len(left)))
    size = len(facts)
    same = pd.Index(left * size + right).get_indexer(other.right * size + other.left)
    left, right, strength = left.take(same), right.take(same), found.strength.take(sided.take(same))
    later = facts.rank[left] > facts.rank[right]
    weaker = (other.strength < strength) | (other.strength == strength) & later
    kept = np.ones(len(found.left), dtype=bool)
    kept[sided.take(same[weaker])] = False
    return among(found, kept)
