"""On what the strength or the figure of a finding depends: an assumed zone, a hedge, a wide place, a missing as-of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts import windows
from claimtrack.discrepancy.counts.figures import Figures
from claimtrack.discrepancy.facts import Facts, Texts
from claimtrack.discrepancy.families import ceasefire, denial, start, state
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import CODE_ORDER, POSSIBLE, numbers
from claimtrack.discrepancy.telling.wording import amount
from claimtrack.discrepancy.verdicts import Judge, Judged
from claimtrack.moments import MISSING
from claimtrack.scopes import NOBODY, Bools, Ints, spans

AT_MOST_POSSIBLE = "possible at most"
NARROWER = "narrower than what is asserted"
Entry = dict[str, str]
"""The claim, the field of it, how it is read, and the effect of that."""


def depends_on(computed: Computed, pairs: pd.DataFrame) -> Iterator[list[Entry]]:
    """What each pair depends on: first on zones, then, if it is but possible, on what the claims leave open."""
    return entries(computed, pairs, np.arange(len(pairs), dtype=np.int64), len(pairs))


def entries(computed: Computed, pairs: pd.DataFrame, row: Ints, size: int) -> Iterator[list[Entry]]:
    """The same for `size` rows, each of which has the entries of all its pairs, in their order and each once.

    `row`: the row of each pair.
    """
    none = _Causes(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), *[np.zeros(0, dtype=object)] * 3)
    parts = [none, *_zones(computed, pairs), *_left_open(computed, pairs)]
    pair, claim, *texts = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((pair, row[pair]))
    causes = zip(computed.facts.ids(claim[order]), *(column[order].tolist() for column in texts), strict=True)
    for number in np.bincount(row[pair], minlength=size).tolist():
        of_row: list[Entry] = []
        for its_claim, field, reading, effect in islice(causes, number):
            entry = {"claim": its_claim, "field": field, "reading": reading, "effect": effect}
            if entry not in of_row:
                of_row.append(entry)
        yield of_row


class _Causes(NamedTuple):
    """What some pairs depend on in fields of claims: one entry a pair, for which the claim is named."""

    pair: Ints
    claim: Ints
    field: Texts
    reading: Texts
    effect: Texts

    @classmethod
    def of(cls, pair: Ints, claim: Ints, field: str, reading: Texts | str, effect: Texts | str) -> _Causes:
        """Those in one field; a reading or an effect may be that of all of them."""
        texts = (np.broadcast_to(np.asarray(text, dtype=object), len(pair)) for text in (field, reading, effect))
        return cls(pair, claim, *texts)

    def among(self, applies: Bools) -> _Causes:
        """Those that apply."""
        pair, claim, *texts = self
        return _Causes(pair[applies], claim[applies], *(text[applies] for text in texts))


def _left_open(computed: Computed, pairs: pd.DataFrame) -> Iterator[_Causes]:
    """What keeps pairs that are possible from being definite, but for their zones."""
    facts = computed.facts
    possible = np.flatnonzero((pairs["strength"] == POSSIBLE).to_numpy())
    left, right = (pairs[side].to_numpy(np.int64)[possible] for side in ("left", "right"))
    family = pairs["family"].iloc[possible]
    for claims in (left, right):
        for field, applies, reading in _open(facts, claims):
            yield _Causes.of(possible, claims, field, reading, AT_MOST_POSSIBLE).among(applies)
    inside = facts.along[right] | facts.places.contains(facts.place[left], facts.place[right])
    wide = family.isin(("state", "ceasefire")).to_numpy(dtype=bool) & ~inside
    yield _Causes.of(possible, right, "place_id", "wider, or not stated", AT_MOST_POSSIBLE).among(wide)
    denied = np.flatnonzero((family == "denial").to_numpy(dtype=bool))
    left, right = left[denied], right[denied]
    for field, is_so in denial.narrower(facts, left, right):
        yield _Causes.of(possible[denied], right, field, NARROWER, AT_MOST_POSSIBLE).among(is_so)


def _open(facts: Facts, claims: Ints) -> Iterator[tuple[str, Bools, Texts | str]]:
    """What can make a claim possible at most: the field, whether it does so for each of `claims`, and how it reads."""
    is_count, first = facts.kind.at(claims) == "count", facts.readings.first[claims]
    certainty = facts.package.claims["certainty"].iloc[claims].to_numpy(dtype=object)
    yield "certainty", facts.doubtful[claims], certainty
    yield "count_approx", is_count & facts.approximate[claims], "true"
    blank = facts.readings.valid_to[first] == MISSING
    yield "valid_to", is_count & blank, "not stated: the report's time is taken"
    yield "valid_mode", ~is_count & (facts.mode.code[claims] == NOBODY), "no time given"


def _zones(computed: Computed, pairs: pd.DataFrame) -> Iterator[_Causes]:
    """The effect of reading one claim's times in another zone, the other claim as recorded."""
    facts = computed.facts
    first = facts.readings.first
    sides = [pairs[side].to_numpy(np.int64) for side in ("left", "right")]
    others = [facts.readings.number(side) - 1 for side in sides]
    zoned = np.flatnonzero((others[0] > 0) | (others[1] > 0))
    codes = numbers(pairs["code"])[zoned]
    for judge, own in judges(computed.figures) if len(zoned) else ():
        rows = zoned[np.isin(codes, [CODE_ORDER[code] for code in own])]
        if not len(rows):
            continue
        recorded = [first[side[rows]] for side in sides]
        base = judge(facts, *recorded)
        for side in (0, 1):
            size = others[side][rows]
            at = np.repeat(np.arange(len(rows)), size)
            other = [reading[at] for reading in recorded]
            other[side] = spans(recorded[side] + 1, size)
            effects = _effects(base, at, judge(facts, *other), pairs, rows[at])
            changed = np.flatnonzero(effects != "")
            pair, labels = rows[at[changed]], facts.readings.label[other[side][changed]]
            yield _Causes.of(pair, sides[side][pair], "zone_basis", labels, effects[changed])


def _effects(base: Judged, at: Ints, other: Judged, pairs: pd.DataFrame, pair: Ints) -> Texts:
    """What changes from `base`, at the positions `at`, to `other`; blank where nothing does. `pair`: of which pair."""
    effects = np.full(len(at), "", dtype=object)
    none, new = other.code == 0, base.code[at] == 0
    apart = (other.code != base.code[at]) | (other.sure != base.sure[at])
    effects[none] = "no discrepancy"
    effects[~none & new] = "a discrepancy"
    effects[~none & ~new & apart] = "another strength or code"
    for name, values in other.figures.items():
        if name not in pairs:
            continue
        shown = ~none & ~np.isnan(pairs[f"{name}_low"].to_numpy(dtype=np.float64)[pair]) & ~np.isnan(values)
        rows = np.flatnonzero(shown & (values != base.figures[name][at]))
        words = [f"{name} {amount(value, 'hours')}" for value in values[rows].tolist()]
        effects[rows] = [f"{was}, {word}" if was else word for was, word in zip(effects[rows], words, strict=True)]
    return effects


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
