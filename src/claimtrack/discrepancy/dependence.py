"""On what the strength or the figure of a finding depends: an assumed zone, a hedge, a wide place, a missing as-of."""

from __future__ import annotations

from collections.abc import Iterator

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
    facts = computed.facts
    found: list[list[Entry]] = [[] for _ in range(len(pairs))]
    _zones(computed, pairs, found)
    claims = {side: pairs[side].to_numpy(np.int64) for side in ("left", "right")}
    possible = (pairs["strength"] == POSSIBLE).to_numpy()
    for side in claims.values():
        for field, applies, readings in _open(facts, side):
            for row in np.flatnonzero(applies & possible).tolist():
                found[row].append(_entry(facts, side[row], field, readings[row], AT_MOST_POSSIBLE))
    wide = possible & pairs["family"].isin(("state", "ceasefire")).to_numpy(dtype=bool)
    wide &= ~facts.along[claims["right"]]
    wide &= ~facts.places.contains(facts.place[claims["left"]], facts.place[claims["right"]])
    for row in np.flatnonzero(wide).tolist():
        found[row].append(_entry(facts, claims["right"][row], "place_id", "wider, or not stated", AT_MOST_POSSIBLE))
    denied = possible & (pairs["family"] == "denial").to_numpy(dtype=bool)
    for field, is_so in denial.narrower(facts, claims["left"], claims["right"]):
        for row in np.flatnonzero(denied & is_so).tolist():
            found[row].append(_entry(facts, claims["right"][row], field, NARROWER, AT_MOST_POSSIBLE))
    return found


def _open(facts: Facts, claims: Ints) -> Iterator[tuple[str, Bools, list[str]]]:
    """What can make a claim possible at most: the field, whether it does so for each of `claims`, and how it reads."""
    table, size = facts.package.claims, len(claims)
    is_count = facts.kind[claims] == "count"
    yield "certainty", facts.doubtful[claims], table["certainty"].iloc[claims].to_list()
    about = table["count_approx"].iloc[claims].fillna(False).to_numpy(dtype=bool)
    yield "count_approx", is_count & about, ["true"] * size
    blank = table["valid_to"].iloc[claims].isna().to_numpy(dtype=bool)
    yield "valid_to", is_count & blank, ["not stated: the report's time is taken"] * size
    yield "valid_mode", ~is_count & (facts.mode[claims] == ""), ["no time given"] * size


def _entry(facts: Facts, claim: int, field: str, reading: str, effect: str) -> Entry:
    return {"claim": str(facts.claim_id[claim]), "field": field, "reading": reading, "effect": effect}


def _zones(computed: Computed, pairs: pd.DataFrame, found: list[list[Entry]]) -> None:
    """The effect of reading one claim's times in another zone, the other claim as recorded."""
    facts = computed.facts
    first, others = facts.readings.first, np.diff(facts.readings.first) - 1
    sides = [pairs[side].to_numpy(np.int64) for side in ("left", "right")]
    zoned = np.flatnonzero((others[sides[0]] > 0) | (others[sides[1]] > 0))
    codes = numbers(pairs["code"])
    for judge, own in judges(computed.figures):
        rows = zoned[np.isin(codes[zoned], [CODE_ORDER[code] for code in own])]
        if not len(rows):
            continue
        recorded = [first[side[rows]] for side in sides]
        base = judge(facts, *recorded)
        for side in (0, 1):
            size = others[sides[side][rows]]
            at = np.repeat(np.arange(len(rows)), size)
            other = [reading[at] for reading in recorded]
            other[side] = spans(recorded[side] + 1, size)
            effects = _effects(base, at, judge(facts, *other), pairs.iloc[rows[at]])
            for position, reading, effect in zip(at.tolist(), other[side].tolist(), effects, strict=True):
                if effect:
                    row = rows[position]
                    claim = int(sides[side][row])
                    found[row].append(_entry(facts, claim, "zone_basis", facts.readings.label[reading], effect))


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
        for row in np.flatnonzero(shown).tolist():
            changes[row].append(f"{name} {amount(float(values[row]), 'hours')}")
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
