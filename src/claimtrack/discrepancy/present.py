"""Pairs as the JSON objects that are documented for `claimtrack discrepancies --pairs`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from claimtrack.discrepancy.attribution import mutual
from claimtrack.discrepancy.dependence import depends_on
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import POSSIBLE, STRENGTHS
from claimtrack.discrepancy.wording import amount, joined, numbers_shown, said
from claimtrack.ids import fingerprint
from claimtrack.rulebook import rule

Json = dict[str, Any]

BATCH = 4_096
"""Objects that are made at once: enough to share the work on arrays, few enough to hold."""
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


def pair_objects(computed: Computed, pairs: pd.DataFrame, among: pd.DataFrame | None = None) -> Iterator[Json]:
    """One object a row of `pairs`, in their order. `among`: a table with all pairs of their findings, else all."""
    shared = _finding_ids(computed, pairs, among)
    for begin in range(0, len(pairs), BATCH):
        yield from _batch(computed, pairs.iloc[begin : begin + BATCH], shared)


def _batch(computed: Computed, pairs: pd.DataFrame, shared: dict[tuple[str, str, int], str]) -> Iterator[Json]:
    facts = computed.facts
    left, right = pairs["left"].to_numpy(np.int64), pairs["right"].to_numpy(np.int64)
    linked = computed.linked.between(left, right).tolist()
    together = (facts.statement[left] == facts.statement[right]).tolist()
    blame_each_other = mutual(facts, left, right).tolist()
    ids = zip(facts.ids(left), facts.ids(right), strict=True)
    columns = [*(pairs[name].to_list() for name in ("family", "code", "strength", "finding")), map(list, ids)]
    figures, depends = figure_objects(computed, pairs), depends_on(computed, pairs)
    told = explanations(computed, pairs, figures)
    for row, (family, code, strength, finding, claims) in enumerate(zip(*columns, strict=True)):
        own_id = fingerprint(family, claims)
        obj: Json = {
            "id": own_id,
            "finding_id": shared.get((family, code, finding), own_id),
            "family": family,
            "code": code,
            "strength": STRENGTHS[strength],
            "claims": claims,
            "figures": figures[row],
            "depends_on": depends[row],
            "same_statement": together[row],
            "linked": linked[row],
            "explanation": told[row],
        }
        if family == "attribution":
            obj["mutual"] = blame_each_other[row]
        yield obj


def _finding_ids(
    computed: Computed, pairs: pd.DataFrame, among: pd.DataFrame | None
) -> dict[tuple[str, str, int], str]:
    """The ids of the findings that more than one pair shares."""
    wanted = pairs.loc[pairs["finding"] >= 0, "finding"].unique()
    if not len(wanted):
        return {}
    every = computed.pairs if among is None else among
    shared = every[every["finding"].isin(wanted)]
    members: dict[tuple[str, str, int], set[str]] = {}
    columns = (shared[name].to_list() for name in ("family", "code", "finding"))
    sides = (computed.facts.ids(shared[side].to_numpy(np.int64)) for side in ("left", "right"))
    for family, code, finding, left, right in zip(*columns, *sides, strict=True):
        members.setdefault((family, code, finding), set()).update((left, right))
    return {key: fingerprint(key[0], claims) for key, claims in members.items()}


def units_of(computed: Computed, pairs: pd.DataFrame, name: str) -> list[str]:
    """The unit of a figure in each of the pairs."""
    known, units = FIGURE_UNITS[name], computed.facts.terms.units
    if known:
        return [known] * len(pairs)
    terms = computed.figures.term[pairs["left"].to_numpy(np.int64)].tolist()
    families = zip(pairs["family"].to_list(), terms, strict=True)
    return ["hours" if family == "start" else units[term] for family, term in families]


def figure_objects(computed: Computed, pairs: pd.DataFrame, names: Iterable[str] = FIGURE_UNITS) -> list[Json]:
    """The figures of each pair: name → value, unit, low and high; null where there is none or it is unbounded."""
    found: list[Json] = [{} for _ in range(len(pairs))]
    for name in names:
        if name not in pairs:
            continue
        bounds = [pairs[column].to_numpy(dtype=np.float64) for column in (name, f"{name}_low", f"{name}_high")]
        shown = np.flatnonzero(np.isfinite(bounds[0]) | np.isfinite(bounds[1]))
        if not len(shown):
            continue
        units = units_of(computed, pairs.iloc[shown], name)
        columns = (shown.tolist(), units, *(numbers_shown(bound[shown]) for bound in bounds))
        for row, unit, value, low, high in zip(*columns, strict=True):
            found[row][name] = {"value": value, "unit": unit, "low": low, "high": high}
    return found


def explanations(computed: Computed, pairs: pd.DataFrame, figures: list[Json]) -> list[str]:
    """For each pair one sentence that a reader can check by hand: both claims, the verdict, the pair's `figures`."""
    facts = computed.facts
    left, right = pairs["left"].to_numpy(np.int64), pairs["right"].to_numpy(np.int64)
    sentences = said(facts, np.concatenate([left, right]))
    possible = (pairs["strength"] == POSSIBLE).to_list()
    rows = zip(
        left.tolist(), right.tolist(), pairs["code"].to_list(), possible, facts.mode[right], figures, strict=True
    )
    told = []
    for one, other, code, perhaps, mode, known in rows:
        verdict = rule(code).perhaps if perhaps else rule(code).verdict
        bounds = {} if mode in FILLED else BOUNDS
        words = [
            figure_words(name, figure, bounds.get(name, "")) for name, figure in known.items() if figure["value"] != 0
        ]
        told.append(joined((sentences[one], sentences[other]), verdict, words))
    return told


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
