"""The step from readings to one verdict a pair: which code holds, how surely, and with which figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.pairs import CODE_ORDER, DEFINITE, POSSIBLE, Figure
from claimtrack.scopes import Bools, Floats, Ints


@dataclass(frozen=True)
class Judged:
    """What a rule says of pairs of readings: which code holds (0 none, else 1, 2, …), whether surely, and figures."""

    code: Ints
    sure: Bools
    figures: Mapping[str, Floats]


Judge = Callable[[Facts, Ints, Ints], Judged]
"""From positions of readings, left and right, to what holds between them."""


class Doubt(NamedTuple):
    """What keeps pairs of claims from being definite: a field, which claim of each pair has it, and of which pairs."""

    field: str
    claim: Ints
    applies: Bools


Doubts = Callable[[Facts, Ints, Ints], Iterator[Doubt]]
"""From the left claims and the right ones to all that keeps their pairs from being definite under every reading."""


def doubted(doubts: Iterator[Doubt], size: int) -> Bools:
    """Which of so many pairs have a doubt."""
    found = np.zeros(size, dtype=bool)
    for doubt in doubts:
        found |= doubt.applies
    return found


class Verdicts(NamedTuple):
    """Pairs between which a code holds, one entry a pair, as `table` takes them."""

    left: Ints
    right: Ints
    code: Ints
    strength: Ints
    figures: dict[str, Figure]

    def shown(self, name: str, where: Bools) -> Figure:
        """A figure of the pairs that have it."""
        value, low, high = self.figures[name]
        return np.where(where, value, np.nan), np.where(where, low, np.nan), np.where(where, high, np.nan)


def verdicts(facts: Facts, left: Ints, right: Ints, capped: Bools, judge: Judge, codes: Sequence[str]) -> Verdicts:
    """The pairs for which a code holds under some reading: the first such code, definite if it is sure under all.

    Figures are taken as recorded, with the lowest and highest over all combinations of readings. `capped` pairs, and
    those with a claim that is hedged or implied or gives no time, are at most possible.
    """
    (_, *recorded), *more = combinations(facts, left, right)
    judged = judge(facts, *recorded)
    code, sure = _ranked(judged, codes), judged.sure.copy()
    figures = {name: (value, value.copy(), value.copy()) for name, value in judged.figures.items()}
    for pairs, ours, theirs in more:
        judged = judge(facts, ours, theirs)
        first, other = code.take(pairs), _ranked(judged, codes)
        sure[pairs] &= judged.sure & (first == other)
        code[pairs] = np.minimum(first, other)
        for name, value in judged.figures.items():
            _, low, high = figures[name]
            low[pairs], high[pairs] = np.fmin(low.take(pairs), value), np.fmax(high.take(pairs), value)
    doubt = capped | facts.unsure.take(left) | facts.unsure.take(right) | ~sure
    found = among(Verdicts(left, right, code, np.where(doubt, POSSIBLE, DEFINITE), figures), code <= len(codes))
    own = np.array([CODE_ORDER[name] for name in codes], dtype=np.int64)
    return found._replace(code=own.take(found.code - 1))


def _ranked(judged: Judged, codes: Sequence[str]) -> Ints:
    """Which code holds; where none does, one more than there are."""
    return np.where(judged.code == 0, len(codes) + 1, judged.code)


def among(found: Verdicts, wanted: Bools) -> Verdicts:
    """Some of the pairs."""
    if wanted.all():
        return found
    pairs = np.flatnonzero(wanted)
    left, right, code, strength = (column.take(pairs) for column in found[:4])
    figures = {
        name: (value.take(pairs), low.take(pairs), high.take(pairs))
        for name, (value, low, high) in found.figures.items()
    }
    return Verdicts(left, right, code, strength, figures)


def unless_same_statement(facts: Facts, found: Verdicts) -> Verdicts:
    """Without pairs of one statement that are not definite: nobody is taken to contradict himself in one breath."""
    apart = facts.statement.take(found.left) != facts.statement.take(found.right)
    apart |= found.strength == DEFINITE
    return among(found, apart)


def combinations(facts: Facts, left: Ints, right: Ints) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Every combination of readings, one of each pair at a time: pairs, and the readings of their two claims.

    First come all pairs as recorded, then those that have a second combination, a third one, and so on.
    """
    r = facts.readings
    of_right, ours, theirs = r.number(right), r.first.take(left), r.first.take(right)
    size = r.number(left) * of_right
    yield np.arange(len(left)), ours, theirs
    for number in range(1, int(size.max(initial=1))):
        more = np.flatnonzero(size > number)
        of_left, other = np.divmod(number, of_right.take(more))
        yield more, ours.take(more) + of_left, theirs.take(more) + other


Holds = Callable[[Ints, Ints], Bools]
"""Whether something holds between readings, row by row."""


def under_all_readings(facts: Facts, left: Ints, right: Ints, holds: Holds) -> Bools:
    """Whether it holds between two claims, row by row, in every combination of their readings."""
    found = np.ones(len(left), dtype=bool)
    for pairs, ours, theirs in combinations(facts, left, right):
        found[pairs] &= holds(ours, theirs)
    return found


def under_some_reading(facts: Facts, left: Ints, right: Ints, holds: Holds) -> Bools:
    """Whether it holds between two claims, row by row, in some combination of their readings."""
    return ~under_all_readings(facts, left, right, lambda ours, theirs: ~holds(ours, theirs))
