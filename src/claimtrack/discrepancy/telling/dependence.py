"""On what the strength or the figure of a finding depends: an assumed zone, a hedge, a wide place, a missing as-of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts.totals import AT_START
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import sides
from claimtrack.discrepancy.telling.beside import Beside
from claimtrack.discrepancy.telling.causes import NONE, TAKEN, TIMED, Causes
from claimtrack.discrepancy.telling.doubts import left_open
from claimtrack.discrepancy.telling.wording import each_once, spoken_offset
from claimtrack.discrepancy.telling.zones import zones, zones_of_parts
from claimtrack.moments import MISSING
from claimtrack.scopes import Ints

Entry = dict[str, str]
"""The claim, the field of it, how it is read, and the effect of that."""


def depends_on(computed: Computed, pairs: pd.DataFrame, named: Beside) -> Iterator[list[Entry]]:
    """What each pair depends on: first on zones, then, if it is but possible, on what the claims leave open.

    `named`: the claims that its sentence names beside its two; it depends on these as well.
    """
    return entries(computed, pairs, named, np.arange(len(pairs), dtype=np.int64), len(pairs))


def entries(computed: Computed, pairs: pd.DataFrame, named: Beside, row: Ints, size: int) -> Iterator[list[Entry]]:
    """The same for `size` rows, each of which has the entries of all its pairs, in their order and each once.

    `row`: the row of each pair.
    """
    _, of_pair, others = named
    # What a vague total takes in, and the other figures of two series, are told and decide nothing.
    decides = ~pairs["code"].isin(("count-term-unclear", "count-gap")).to_numpy(dtype=bool)[of_pair]
    of_pair, others = of_pair[decides], others[decides]
    every = _with_others(pairs, of_pair, others)
    row = np.concatenate([row, row[of_pair]])
    parts = [
        NONE,
        *_adopted(computed, every),
        *zones(computed, every),
        *zones_of_parts(computed, pairs, of_pair, others),
        *left_open(computed, every),
    ]
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


def _with_others(pairs: pd.DataFrame, of_pair: Ints, others: Ints) -> pd.DataFrame:
    """The pairs, and for each of these others a pair like its own, with it in the place of the right claim."""
    if not len(others):
        return pairs
    more = pairs.iloc[of_pair].assign(right=others)
    if AT_START in more:
        more[AT_START] = 1 - more[AT_START]
    return pd.concat([pairs, more], ignore_index=True)


def _adopted(computed: Computed, pairs: pd.DataFrame) -> Iterator[Causes]:
    """The zone in which a claim is read because it repeats one that states it."""
    facts, timed = computed.facts, pairs["family"].isin((*TIMED, "count", "series")).to_numpy(dtype=bool)
    for claims in sides(pairs):
        minutes = facts.adopted[claims]
        pair = np.flatnonzero(timed & (minutes != MISSING))
        yield Causes.of(pair, claims[pair], "zone_basis", each_once(spoken_offset, minutes[pair]), TAKEN)
