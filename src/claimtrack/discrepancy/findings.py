"""All pairs of all families in one table, without those that people declared compatible."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd

from claimtrack.discrepancy import answer, attribution, ceasefire, counts, denial, series, start, state, terms, totals
from claimtrack.discrepancy.declared import COMPATIBLE, is_linked
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.figures import Figures, figures
from claimtrack.discrepancy.pairs import STRENGTHS
from claimtrack.rulebook import rules
from claimtrack.scopes import Bools, Ints

CODES = {
    family: tuple(rule.code for rule in group)
    for family, group in groupby((rule for rule in rules().values() if rule.family), key=lambda rule: rule.family)
}
"""The codes of each family, in the order in which they are tried."""
FAMILIES = tuple(CODES)
CODE_ORDER = {code: position for position, code in enumerate(code for codes in CODES.values() for code in codes)}


@dataclass(frozen=True)
class Computed:
    """What the families found. `pairs` and `suppressed` are tables of pairs (see `pairs`) with a `family` column."""

    facts: Facts
    figures: Figures
    pairs: pd.DataFrame
    suppressed: pd.DataFrame


def find(facts: Facts) -> Computed:
    """Run every family; per pair of claims at most one code a family, the first of `CODES` that holds."""
    counted = figures(facts)
    count_family = (
        counts.mismatch,
        counts.exceeds_whole,
        series.outdated,
        counts.fell,
        totals.delta,
        totals.parts_sum,
        terms.term_unclear,
    )
    found = {
        "state": state.find(facts),
        "ceasefire": ceasefire.find(facts),
        "count": _first_code(pd.concat([family(facts, counted) for family in count_family], ignore_index=True)),
        "series": series.gap(facts, counted),
        "attribution": attribution.find(facts),
        "denial": denial.find(facts),
        "start": start.find(facts),
        "answer": answer.find(facts),
    }
    filled = [pairs.assign(family=family) for family, pairs in found.items() if len(pairs)]
    pairs = pd.concat(filled, ignore_index=True) if filled else found["state"].assign(family="")
    compatible = is_linked(facts, pairs["left"].to_numpy(), pairs["right"].to_numpy(), COMPATIBLE)
    pairs = pairs.iloc[_order(facts, pairs)]
    compatible = pd.Series(compatible).reindex(pairs.index).to_numpy(dtype=bool)
    return Computed(facts, counted, pairs[~compatible].reset_index(drop=True), pairs[compatible].reset_index(drop=True))


def _first_code(pairs: pd.DataFrame) -> pd.DataFrame:
    """Each pair once: its first code, and of two findings with that code the stronger (else the first) one."""
    low, high = np.minimum(pairs["left"], pairs["right"]), np.maximum(pairs["left"], pairs["right"])
    codes = pairs["code"].map(CODE_ORDER)
    first = codes.groupby([low, high]).transform("min")
    kept = pairs[codes == first].sort_values(["strength", "finding"], kind="stable")
    return kept.drop_duplicates(["left", "right"]).reset_index(drop=True)


def _order(facts: Facts, pairs: pd.DataFrame) -> Ints:
    """Strongest first, then by code, then by the ids of the claims: the same for any order of the rows."""
    code, rank = pairs["code"].map(CODE_ORDER).to_numpy(dtype=np.int64), facts.rank
    return np.lexsort((rank[pairs["right"]], rank[pairs["left"]], code, pairs["strength"])).astype(np.int64)


def select(
    computed: Computed,
    *,
    code: Collection[str] = (),
    claim: Collection[str] = (),
    incident: Collection[str] = (),
    strength: Collection[str] = (),
) -> pd.DataFrame:
    """The pairs of the given codes and strengths that touch the given claims and incidents; no filter: all."""
    facts, pairs = computed.facts, computed.pairs
    kept = np.ones(len(pairs), dtype=bool)
    if code:
        kept &= pairs["code"].isin(code).to_numpy(dtype=bool)
    if strength:
        kept &= pairs["strength"].isin([STRENGTHS.index(name) for name in strength]).to_numpy(dtype=bool)
    if claim:
        kept &= _touches(pairs, np.isin(facts.claim_id, list(claim)))
    if incident:
        kept &= _touches(pairs, facts.package.claims["incident_id"].isin(incident).to_numpy(dtype=bool))
    return pairs[kept].reset_index(drop=True)


def _touches(pairs: pd.DataFrame, wanted: Bools) -> Bools:
    return wanted[pairs["left"]] | wanted[pairs["right"]]
