"""A pair as the JSON object that is documented for `claimtrack discrepancies --pairs`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from claimtrack.discrepancy.attribution import mutual
from claimtrack.discrepancy.declared import DISAGREE, is_linked
from claimtrack.discrepancy.dependence import depends_on
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import POSSIBLE, STRENGTHS, Row
from claimtrack.discrepancy.wording import amount, finite, said
from claimtrack.ids import fingerprint
from claimtrack.rulebook import rule

Json = dict[str, Any]

FIGURE_UNITS = {
    "overlap": "hours",
    "since_start": "hours",
    "stale": "hours",
    "ratio": "ratio",
    "first": "ratio",
    "last": "ratio",
    "smallest": "ratio",
    "largest": "ratio",
    "parties": "parties",
    "gap": "",
    "excess": "",
    "fall": "",
    "difference": "",
    "implied": "",
}
"""Every figure and its unit; blank: hours for the start of an incident, else what is counted."""


def pair_objects(computed: Computed, pairs: pd.DataFrame) -> Iterator[Json]:
    """One object a row of `pairs`, in their order."""
    facts = computed.facts
    left, right = pairs["left"].to_numpy(np.int64), pairs["right"].to_numpy(np.int64)
    linked = is_linked(facts, left, right, DISAGREE | {"updates"})
    blame_each_other = mutual(facts, left, right)
    groups = _finding_ids(computed, pairs)
    for position, pair in enumerate(records(pairs)):
        claims = [str(facts.claim_id[left[position]]), str(facts.claim_id[right[position]])]
        family = str(pair["family"])
        own_id = fingerprint(family, claims)
        obj: Json = {
            "id": own_id,
            "finding_id": groups.get((family, str(pair["code"]), int(pair["finding"])), own_id),
            "family": family,
            "code": pair["code"],
            "strength": STRENGTHS[int(pair["strength"])],
            "claims": claims,
            "figures": figure_objects(computed, pair),
            "depends_on": depends_on(computed, pair),
            "same_statement": bool(facts.statement[left[position]] == facts.statement[right[position]]),
            "linked": bool(linked[position]),
            "explanation": explanation(computed, pair),
        }
        if family == "attribution":
            obj["mutual"] = bool(blame_each_other[position])
        yield obj


def records(pairs: pd.DataFrame) -> list[Row]:
    """The rows of a table of pairs."""
    return [{str(name): value for name, value in row.items()} for row in pairs.to_dict("records")]


def _finding_ids(computed: Computed, pairs: pd.DataFrame) -> dict[tuple[str, str, int], str]:
    """The ids of the findings that more than one pair shares."""
    ids = computed.facts.claim_id
    shared = computed.pairs[computed.pairs["finding"] >= 0]
    wanted = shared[shared["finding"].isin(pairs["finding"])]
    members: dict[tuple[str, str, int], set[str]] = {}
    for pair in records(wanted):
        key = (pair["family"], pair["code"], pair["finding"])
        members.setdefault(key, set()).update(str(ids[pair[side]]) for side in ("left", "right"))
    return {key: fingerprint(key[0], claims) for key, claims in members.items()}


def unit_of(computed: Computed, pair: Row, name: str) -> str:
    """The unit of a figure of a pair."""
    known = FIGURE_UNITS[name]
    if known:
        return known
    if pair["family"] == "start":
        return "hours"
    return computed.facts.terms.units[int(computed.figures.term[int(pair["left"])])]


def figure_objects(computed: Computed, pair: Row) -> Json:
    """The figures of a pair: name → value, unit, low and high; null where there is none or it is unbounded."""
    return {
        name: {
            "value": number(pair[name]),
            "unit": unit_of(computed, pair, name),
            "low": number(pair[f"{name}_low"]),
            "high": number(pair[f"{name}_high"]),
        }
        for name in FIGURE_UNITS
        if name in pair and (finite(pair[name]) or finite(pair[f"{name}_low"]))
    }


def number(value: float) -> float | int | None:
    """A figure for JSON: whole numbers without a point, nothing for what is unknown or unbounded."""
    if math.isnan(value) or math.isinf(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def explanation(computed: Computed, pair: Row) -> str:
    """One sentence that a reader can check by hand: both claims with their times, the verdict, the figures."""
    facts = computed.facts
    finding = rule(pair["code"])
    verdict = finding.perhaps if pair["strength"] == POSSIBLE else finding.verdict
    told = {name: figure for name, figure in figure_objects(computed, pair).items() if figure["value"] != 0}
    bounds = {} if facts.mode[int(pair["right"])] in FILLED else BOUNDS
    figures = "; ".join(figure_words(name, figure, bounds.get(name, "")) for name, figure in told.items())
    joined = f"{said(facts, int(pair['left']))}; {said(facts, int(pair['right']))}: {verdict}"
    return f"{joined} ({figures})." if figures else f"{joined}."


FIGURE_WORDS = {
    "overlap": "{} of it inside",
    "since_start": "{} after the start",
    "stale": "{} later",
    "gap": "{} apart",
    "ratio": "{} as high",
    "excess": "{} above the whole",
    "fall": "{} fewer",
    "difference": "{} off",
    "implied": "at least {} in all, by the clear figures",
    "first": "{} as high at first",
    "last": "{} at last",
    "smallest": "{} at the least",
    "largest": "{} at the most",
    "parties": "{} named",
}


FILLED = ("at", "throughout", "since")
BOUNDS = {"overlap": "at most ", "since_start": "at least "}
"""How hours are bounded where a claim does not say how it fills its period: they are measured on all of it."""


def figure_words(name: str, figure: Json, bound: str = "") -> str:
    """A figure in words: "3 h of it inside, 2 h to 3 h over all readings"."""
    unit, value, low, high = figure["unit"], figure["value"], figure["low"], figure["high"]
    if value is None:
        return f"{FIGURE_WORDS[name].format(amount(low, unit))} under another reading"
    words = bound + FIGURE_WORDS[name].format(amount(value, unit))
    if name == "implied" or low == high == value:
        return words
    if low is None or high is None:
        return f"{words}, or more" if high is None else f"{words}, or less"
    return f"{words}, {amount(low, unit)} to {amount(high, unit)} over all readings"
