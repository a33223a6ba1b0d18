"""The table of pairs that every family returns, and the step from readings to one verdict a pair.

One row of the table is one pair of claims: `left` (the claim at issue) and `right` as positions in the package's
claims, `code`, `strength` (an index into `STRENGTHS`), `finding` (shared by the pairs of one finding within a family,
−1 where a pair is a finding of its own) and, for each figure, `<name>`, `<name>_low` and `<name>_high` (NaN: none;
infinite: unbounded).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.keys import begins_in
from claimtrack.moments import FAR_FUTURE, FAR_PAST, HOUR, INSTANT
from claimtrack.readings import Periods
from claimtrack.rulebook import rules
from claimtrack.scopes import Bools, Ints, spans

Row = dict[str, Any]
"""One row of a table of pairs, by column."""
Floats = npt.NDArray[np.float64]
Figure = tuple[Floats, Floats, Floats]
"""A figure of some pairs: as recorded, and the lowest and the highest of all readings."""

STRENGTHS = ("definite", "possible", "tension", "unconfirmed")
CODES = {
    family: tuple(rule.code for rule in group)
    for family, group in groupby((rule for rule in rules().values() if rule.family), key=lambda rule: rule.family)
}
"""The codes of each family, in the order in which they are tried."""
FAMILIES = tuple(CODES)
CODE_NAMES = tuple(code for codes in CODES.values() for code in codes)
CODE_ORDER = {code: position for position, code in enumerate(CODE_NAMES)}

DEFINITE, POSSIBLE, TENSION, UNCONFIRMED = range(4)


@dataclass(frozen=True)
class Judged:
    """What a rule says of pairs of readings: which code holds (0 none, else 1, 2, …), whether surely, and figures."""

    code: Ints
    sure: Bools
    figures: Mapping[str, Floats]


Judge = Callable[[Facts, Ints, Ints], Judged]
"""From positions of readings, left and right, to what holds between them."""


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
    those with a hedged or implied claim, are at most possible.
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
    doubt = capped | facts.doubtful.take(left) | facts.doubtful.take(right) | ~sure
    own = np.array([CODE_ORDER[name] for name in (*codes, codes[0])], dtype=np.int64)
    found = Verdicts(left, right, own.take(code - 1), np.where(doubt, POSSIBLE, DEFINITE), figures)
    return among(found, code <= len(codes))


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


SLICE = 100_000
"""About how many pairs are held at once."""


def slices(numbers: Ints, together: Bools, place: Ints) -> Iterator[Ints]:
    """The claims that have pairs in runs of about `SLICE` pairs, by the number of each; `together` are in one run.

    A run has the positions of its claims, which ascend. Claims of one place follow each other.
    """
    claims = np.flatnonzero(numbers)
    claims = claims[np.argsort(place[claims], kind="stable")]
    run = np.cumsum(np.where(together[claims], 0, numbers[claims])) // SLICE
    run[together[claims]] = -1
    return by_group(claims, run)


def whole_slices(numbers: Ints, group: Ints) -> Iterator[Ints]:
    """The same of rows where all of a group (from 0 on) have to be in one run."""
    of_group = np.bincount(group, weights=numbers).astype(np.int64)
    rows, size = np.argsort(group, kind="stable"), np.bincount(group)
    first = np.cumsum(size) - size
    for chosen in slices(of_group, np.zeros(len(of_group), dtype=bool), np.arange(len(of_group))):
        yield np.sort(rows[spans(first[chosen], size[chosen])])


def by_group(values: Ints, group: Ints) -> Iterator[Ints]:
    """The values of each group, sorted; the groups in their order."""
    order = np.lexsort((values, group))
    bounds = np.flatnonzero(begins_in(group[order])).tolist()
    return (values[order[first:stop]] for first, stop in pairwise([*bounds, len(order)]))


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


def table(
    left: Ints,
    right: Ints,
    code: Ints | str,
    strength: Ints | int,
    figures: Mapping[str, Figure | Floats],
    finding: Ints | int = -1,
) -> pd.DataFrame:
    """The table of pairs from its parts: `code` in the order of all codes, or the one of all pairs.

    A figure is (value, low, high), or one array where they are equal.
    """
    size = len(left)
    columns: dict[str, object] = {
        "left": np.asarray(left, dtype=np.int64),
        "right": np.asarray(right, dtype=np.int64),
        "code": named(CODE_ORDER.get(code, 0) if isinstance(code, str) else code, size, CODE_NAMES),
        "strength": np.broadcast_to(np.asarray(strength, dtype=np.int64), size),
        "finding": np.broadcast_to(np.asarray(finding, dtype=np.int64), size),
    }
    for name, figure in figures.items():
        value, low, high = figure if isinstance(figure, tuple) else (figure, figure, figure)
        columns |= {name: value, f"{name}_low": low, f"{name}_high": high}
    return pd.DataFrame(columns, copy=False)


def named(number: Ints | int, size: int, names: tuple[str, ...]) -> pd.Series:
    """A column of `size` names, by their numbers."""
    codes: Ints = np.broadcast_to(np.asarray(number, dtype=np.int64), size)
    return pd.Series(pd.Categorical.from_codes(codes, dtype=_type_of(names)))


@cache
def _type_of(names: tuple[str, ...]) -> pd.CategoricalDtype:
    """The type of a column of these names: one object, so that nobody compares names to see that types are equal."""
    return pd.CategoricalDtype(list(names))


def numbers(column: pd.Series) -> Ints:
    """The numbers of a column of names."""
    codes: Ints = column.cat.codes.to_numpy().astype(np.int64)
    return codes


def hours(duration: Ints) -> Floats:
    """Microseconds as hours, rounded to the second; infinite where a bound is open."""
    found: Floats = np.round(duration / HOUR, 4)
    found[np.abs(duration) > FAR_FUTURE // 2] = np.inf
    return found


def falls(event: Periods, start: Ints, end: Ints) -> tuple[Bools, Bools]:
    """Whether the period of `event` falls in the spans [start, end): surely, and perhaps.

    Surely: its certain part meets the span, or its possible part lies inside it.
    """
    certain = np.maximum(event.certain_start, start) < np.minimum(event.certain_end, end)
    perhaps = np.maximum(event.possible_start, start) < np.minimum(event.possible_end, end)
    inside = (event.possible_start >= start) & (event.possible_end <= end)
    inside &= event.possible_start < event.possible_end
    return certain & (event.certain_start < event.certain_end) | inside, perhaps


def refutes(event: Periods, holder: Periods) -> tuple[Bools, Bools]:
    """Whether `event` falls in the span of `holder` and so is at odds with it: surely, and perhaps.

    A claim that is certain of no moment ("no shots for 40 minutes, some time in the morning") is surely refuted only by
    what is certain throughout its span.
    """
    start, end = holder.hold_start, holder.hold_end
    surely, perhaps = falls(event, start, end)
    vague = holder.certain_start >= holder.certain_end
    throughout = perhaps & (event.certain_start <= start) & (event.certain_end >= end)
    return np.where(vague, throughout, surely), perhaps


def since_start(holder: Periods, event: Periods) -> Floats:
    """Hours from the start of the holder's span to the earliest moment inside it at which the event can have been."""
    start, at = holder.hold_start, np.maximum(event.possible_start, holder.hold_start)
    known = (start > FAR_PAST) & (at < np.minimum(event.possible_end, holder.hold_end))
    return np.where(known, hours(at - start), np.nan)


def overlap(holder: Periods, event: Periods) -> Floats:
    """Hours of the event's period that lie inside the holder's span; an instant has none."""
    start = np.maximum(event.possible_start, holder.hold_start)
    end = np.minimum(event.possible_end, holder.hold_end)
    length = np.where(end - start <= INSTANT, 0, end - start)
    return np.where(start < end, hours(length), np.nan)


def unless_same_statement(facts: Facts, found: Verdicts) -> Verdicts:
    """Without pairs of one statement that are not definite: nobody is taken to contradict himself in one breath."""
    apart = facts.statement.take(found.left) != facts.statement.take(found.right)
    apart |= found.strength == DEFINITE
    return among(found, apart)
