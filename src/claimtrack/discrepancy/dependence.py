"""On what the strength or the figure of a finding depends: an assumed zone, a hedge, a wide place, a missing as-of."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from claimtrack.discrepancy import ceasefire, denial, start, state, windows
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.figures import Figures
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import POSSIBLE, Judge, Judged, Row
from claimtrack.discrepancy.wording import amount

AT_MOST_POSSIBLE = "possible at most"
NARROWER = "narrower than what is asserted"


def depends_on(computed: Computed, pair: Row) -> list[dict[str, str]]:
    """What the pair depends on: for each claim the field, the reading of it, and its effect."""
    facts = computed.facts
    left, right = int(pair["left"]), int(pair["right"])
    found = _zones(computed, pair)
    if pair["strength"] != POSSIBLE:
        return found
    for claim in (left, right):
        row = facts.package.claims.iloc[claim]
        if facts.doubtful[claim]:
            found.append(_entry(facts, claim, "certainty", row["certainty"], AT_MOST_POSSIBLE))
        if row["kind"] == "count" and pd.notna(row["count_approx"]) and row["count_approx"]:
            found.append(_entry(facts, claim, "count_approx", "true", AT_MOST_POSSIBLE))
        if row["kind"] == "count" and pd.isna(row["valid_to"]):
            found.append(_entry(facts, claim, "valid_to", "not stated: the report's time is taken", AT_MOST_POSSIBLE))
        if row["kind"] != "count" and pd.isna(row["valid_mode"]):
            found.append(_entry(facts, claim, "valid_mode", "no time given", AT_MOST_POSSIBLE))
    inside = facts.places.contains(facts.place[[left]], facts.place[[right]])[0]
    if pair["family"] in ("state", "ceasefire") and not facts.along[right] and not inside:
        found.append(_entry(facts, right, "place_id", "wider, or not stated", AT_MOST_POSSIBLE))
    if pair["family"] == "denial":
        narrower = denial.narrower(facts, np.array([left]), np.array([right]))
        found += [_entry(facts, right, field, NARROWER, AT_MOST_POSSIBLE) for field, is_so in narrower if is_so[0]]
    return found


def _entry(facts: Facts, claim: int, field: str, reading: str, effect: str) -> dict[str, str]:
    return {"claim": str(facts.claim_id[claim]), "field": field, "reading": reading, "effect": effect}


def _zones(computed: Computed, pair: Row) -> list[dict[str, str]]:
    """The effect of reading one claim's times in another zone, the other claim as recorded."""
    facts = computed.facts
    judge = judge_of(computed.figures, str(pair["code"]))
    if judge is None:
        return []
    readings = facts.readings
    recorded = [int(readings.first[int(pair[side])]) for side in ("left", "right")]
    base = _judged(judge, facts, recorded)
    found = []
    for side in (0, 1):
        claim = int(readings.claim[recorded[side]])
        for other in list(readings.of(claim))[1:]:
            rows = [other if position == side else row for position, row in enumerate(recorded)]
            effect = _difference(base, _judged(judge, facts, rows), pair)
            if effect:
                found.append(_entry(facts, claim, "zone_basis", readings.label[other], effect))
    return found


def _judged(judge: Judge, facts: Facts, rows: list[int]) -> Judged:
    left, right = np.array(rows[:1], dtype=np.int64), np.array(rows[1:], dtype=np.int64)
    return judge(facts, left, right)


def _difference(base: Judged, other: Judged, pair: Row) -> str:
    if not other.code[0]:
        return "no discrepancy"
    changes = []
    if not base.code[0]:
        changes.append("a discrepancy")
    elif other.code[0] != base.code[0] or (other.sure[0] != base.sure[0]):
        changes.append("another strength or code")
    for name, values in other.figures.items():
        shown = name in pair and not math.isnan(pair[f"{name}_low"])
        if shown and not math.isnan(values[0]) and values[0] != base.figures[name][0]:
            changes.append(f"{name} {amount(float(values[0]), 'hours')}")
    return ", ".join(changes)


STATES: dict[str, Judge] = {
    "ceasefire-contradicted": state.judge,
    "ceasefire-breached": state.judge,
    "ceasefire-not-held": state.judge,
    "state-contradicted": state.judge,
    "ceasefire-denied": ceasefire.judge_denied,
    "ceasefire-unconfirmed": ceasefire.judge_unconfirmed,
    "denied": denial.judge,
    "start-mismatch": start.judge,
}
"""By code, the rule for claims that speak of a period."""


def judge_of(figures: Figures, code: str) -> Judge | None:
    """The rule by which a code of zoned times is judged; None where a zone changes nothing."""
    return STATES.get(code) or windows.judges(figures).get(code)
