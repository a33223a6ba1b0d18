"""On what the strength or the figure of a finding depends: an assumed zone, a hedge, a wide place, a missing as-of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.discrepancy import ceasefire, denial, start, state, windows
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.figures import Figures
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import CODE_ORDER, POSSIBLE, Judge, Judged, numbers
from claimtrack.discrepancy.wording import amount
from claimtrack.scopes import Bools, Ints, spans

AT_MOST_POSSIBLE = "possible at most"
NARROWER = "narrower than what is asserted"
Entry = dict[str, str]
"""The claim, the field of it, how it is read, and the effect of that."""


def depends_on(computed: Computed, pairs: pd.DataFrame) -> list[list[Entry]]:
    """What each pair depends on: first on zones, then, if it is but possible, on what the claims leave open."""
    return entries(computed, pairs, np.arange(len(pairs), dtype=np.int64), len(pairs))


def entries(computed: Computed, pairs: pd.DataFrame, row: Ints, size: int) -> list[list[Entry]]:
    """The same for `size` rows, each of which has the entries of all its pairs, in their order and each once.

    `row`: the row of each pair.
    """
    found = [*_zones(computed, pairs), *_left_open(computed, pairs)]
    at = np.concatenate([np.zeros(0, dtype=np.int64), *(part.pair for part in found)])
    told: list[Entry] = []
    for part in found:
        told += [
            {"claim": claim, "field": part.field, "reading": reading, "effect": effect}
            for claim, reading, effect in zip(computed.facts.ids(part.claim), part.reading, part.effect, strict=False)
        ]
    of_row: list[list[Entry]] = [[] for _ in range(size)]
    order = np.lexsort((at, row[at]))
    for entry, its_row in zip(order.tolist(), row[at[order]].tolist(), strict=True):
        if told[entry] not in of_row[its_row]:
            of_row[its_row].append(told[entry])
    return of_row


class _Causes(NamedTuple):
    """What some pairs depend on in one field of a claim: one entry a pair, for which the claim is named."""

    pair: Ints
    claim: Ints
    field: str
    reading: Iterable[str]
    effect: Iterable[str]


def _left_open(computed: Computed, pairs: pd.DataFrame) -> Iterator[_Causes]:
    """What keeps pairs that are possible from being definite, but for their zones."""
    facts = computed.facts
    possible = (pairs["strength"] == POSSIBLE).to_numpy()
    left, right = (pairs[side].to_numpy(np.int64) for side in ("left", "right"))
    for side in (left, right):
        for field, applies, reading in _open(facts, side):
            rows = np.flatnonzero(applies & possible)
            yield _at_most_possible(rows, side, field, reading(side[rows]))
    wide = possible & pairs["family"].isin(("state", "ceasefire")).to_numpy(dtype=bool)
    wide &= ~facts.along[right] & ~facts.places.contains(facts.place[left], facts.place[right])
    yield _at_most_possible(np.flatnonzero(wide), right, "place_id", repeat("wider, or not stated"))
    denied = possible & (pairs["family"] == "denial").to_numpy(dtype=bool)
    for field, is_so in denial.narrower(facts, left, right):
        yield _at_most_possible(np.flatnonzero(denied & is_so), right, field, repeat(NARROWER))


def _at_most_possible(rows: Ints, claims: Ints, field: str, reading: Iterable[str]) -> _Causes:
    return _Causes(rows, claims[rows], field, reading, repeat(AT_MOST_POSSIBLE))


def _open(facts: Facts, claims: Ints) -> Iterator[tuple[str, Bools, Callable[[Ints], Iterable[str]]]]:
    """What can make a claim possible at most: the field, whether it does so for each of `claims`, and how it reads."""
    table = facts.package.claims
    is_count = facts.kind[claims] == "count"
    yield "certainty", facts.doubtful[claims], lambda rows: table["certainty"].iloc[rows].to_list()
    about = table["count_approx"].iloc[claims].fillna(False).to_numpy(dtype=bool)
    yield "count_approx", is_count & about, lambda _: repeat("true")
    blank = table["valid_to"].iloc[claims].isna().to_numpy(dtype=bool)
    yield "valid_to", is_count & blank, lambda _: repeat("not stated: the report's time is taken")
    yield "valid_mode", ~is_count & (facts.mode[claims] == ""), lambda _: repeat("no time given")


def _zones(computed: Computed, pairs: pd.DataFrame) -> Iterator[_Causes]:
    """The effect of reading one claim's times in another zone, the other claim as recorded."""
    facts = computed.facts
    first = facts.readings.first
    sides = [pairs[side].to_numpy(np.int64) for side in ("left", "right")]
    others = [facts.readings.number(side) - 1 for side in sides]
    zoned = np.flatnonzero((others[0] > 0) | (others[1] > 0))
    codes = numbers(pairs["code"])
    for judge, own in judges(computed.figures):
        rows = zoned[np.isin(codes[zoned], [CODE_ORDER[code] for code in own])]
        if not len(rows):
            continue
        recorded = [first[side[rows]] for side in sides]
        base = judge(facts, *recorded)
        for side in (0, 1):
            size = others[side][rows]
            at = np.repeat(np.arange(len(rows)), size)
            other = [reading[at] for reading in recorded]
            other[side] = spans(recorded[side] + 1, size)
            effects = np.array(_effects(base, at, judge(facts, *other), pairs.iloc[rows[at]]), dtype=object)
            changed = np.flatnonzero(effects != "")
            pair, labels = rows[at[changed]], [facts.readings.label[reading] for reading in other[side][changed]]
            yield _Causes(pair, sides[side][pair], "zone_basis", labels, effects[changed].tolist())


def _effects(base: Judged, at: Ints, other: Judged, pairs: pd.DataFrame) -> list[str]:
    """What changes from `base`, at the positions `at`, to `other`; blank where nothing does."""
    changes: list[list[str]] = [[] for _ in range(len(at))]
    none, new = other.code == 0, base.code[at] == 0
    apart = (other.code != base.code[at]) | (other.sure != base.sure[at])
    for rows, words in (
        (none, "no discrepancy"),
        (~none & new, "a discrepancy"),
        (~none & ~new & apart, "another strength or code"),
    ):
        for row in np.flatnonzero(rows).tolist():
            changes[row].append(words)
    for name, values in other.figures.items():
        if name not in pairs:
            continue
        shown = ~none & pairs[f"{name}_low"].notna().to_numpy() & ~np.isnan(values)
        shown &= values != base.figures[name][at]
        rows = np.flatnonzero(shown)
        for row, value in zip(rows.tolist(), values[rows].tolist(), strict=True):
            changes[row].append(f"{name} {amount(value, 'hours')}")
    return [", ".join(words) for words in changes]


def judges(figures: Figures) -> list[tuple[Judge, tuple[str, ...]]]:
    """The rules by which codes of zoned times are judged. For other codes a zone changes nothing."""
    return [
        (state.judge, (*state.CEASEFIRE_CODES, state.OTHER_CODE)),
        (ceasefire.judge_denied, ("ceasefire-denied",)),
        (ceasefire.judge_unconfirmed, ("ceasefire-unconfirmed",)),
        (denial.judge, ("denied",)),
        (start.judge, ("start-mismatch",)),
        *((judge, (code,)) for code, judge in windows.judges(figures).items()),
    ]
