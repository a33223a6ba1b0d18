"""Pairs as the JSON objects that are documented for `claimtrack discrepancies --pairs`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from claimtrack.coded import Texts
from claimtrack.discrepancy.families.attribution import mutual
from claimtrack.discrepancy.families.state import OTHER_CODE
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import CODE_NAMES, POSSIBLE, STRENGTHS, numbers, sides
from claimtrack.discrepancy.telling.announced import CODE as NOT_HELD
from claimtrack.discrepancy.telling.announced import NOT_KNOWN, OUTLASTED, announced, outlasted
from claimtrack.discrepancy.telling.beside import Beside, beside
from claimtrack.discrepancy.telling.dependence import depends_on
from claimtrack.discrepancy.telling.ends import windowed
from claimtrack.discrepancy.telling.told import Told
from claimtrack.discrepancy.telling.wording import amount, hour_bounds, joined, numbers_shown
from claimtrack.ids import fingerprint, fingerprints
from claimtrack.rulebook import rule
from claimtrack.scopes import Ints

Json = dict[str, Any]

BATCH = 4_096
"""Objects that are made at once: enough to share the work on arrays, few enough to hold."""
PAIR = (
    *("id", "finding_id", "family", "code", "strength", "claims", "figures", "depends_on", "same_statement", "linked"),
    "explanation",
)
"""The keys of a pair; one of the family `attribution` has `mutual` too."""
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
    left, right = sides(pairs)
    claims = [list(both) for both in zip(facts.ids(left), facts.ids(right), strict=True)]
    families, codes, findings = (pairs[name].to_list() for name in ("family", "code", "finding"))
    ids = fingerprints(families, claims)
    own = zip(ids, families, codes, findings, strict=True)
    figures, named = figured(computed, pairs), beside(computed, pairs)
    columns = {
        "id": ids,
        "finding_id": [shared.get((family, code, finding), own_id) for own_id, family, code, finding in own],
        "family": families,
        "code": codes,
        "strength": [STRENGTHS[strength] for strength in pairs["strength"].to_list()],
        "claims": claims,
        "figures": figure_objects(figures),
        "depends_on": depends_on(computed, pairs, named),
        "same_statement": (facts.statement[left] == facts.statement[right]).tolist(),
        "linked": computed.linked.between(left, right).tolist(),
        "explanation": explanations(computed, pairs, figures, named),
    }
    for blame_each_other, *row in zip(mutual(facts, left, right).tolist(), *columns.values(), strict=True):
        obj: Json = dict(zip(columns, row, strict=True))
        yield obj | {"mutual": blame_each_other} if obj["family"] == "attribution" else obj


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
    ids = (computed.facts.ids(claims) for claims in sides(shared))
    for family, code, finding, left, right in zip(*columns, *ids, strict=True):
        members.setdefault((family, code, finding), set()).update((left, right))
    return {key: fingerprint(key[0], claims) for key, claims in members.items()}


class Figured(NamedTuple):
    """The figures of some pairs, those of one pair after the other: one entry a figure."""

    size: int
    """How many pairs they are of."""
    pair: Ints
    name: Texts
    unit: Texts
    value: Texts
    """As shown in JSON; so are `low` and `high`."""
    low: Texts
    high: Texts

    def numbers(self) -> list[int]:
        """How many figures each pair has."""
        of_pair: list[int] = np.bincount(self.pair, minlength=self.size).tolist()
        return of_pair

    def rows(self) -> Iterator[tuple[str, str, Any, Any, Any]]:
        """Name, unit, value, low and high of each figure."""
        return zip(*(column.tolist() for column in self[2:]), strict=True)


def figured(computed: Computed, pairs: pd.DataFrame) -> Figured:
    """The figures of some pairs; null where a value or bound is unknown or unbounded."""
    parts: list[tuple[Any, ...]] = [(np.zeros(0, dtype=np.int64), *[np.zeros(0, dtype=object)] * 5)]
    for name in FIGURE_UNITS:
        if name not in pairs:
            continue
        bounds = [pairs[column].to_numpy(dtype=np.float64) for column in (name, f"{name}_low", f"{name}_high")]
        shown = np.flatnonzero(np.isfinite(bounds[0]) | np.isfinite(bounds[1]))
        if len(shown):
            names = np.full(len(shown), name, dtype=object)
            units = units_of(computed, pairs.iloc[shown], name)
            parts.append((shown, names, units, *(numbers_shown(bound[shown]) for bound in bounds)))
    pair, *columns = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(pair, kind="stable")
    return Figured(len(pairs), pair[order], *(column[order] for column in columns))


def units_of(computed: Computed, pairs: pd.DataFrame, name: str) -> Texts:
    """The unit of a figure in each of the pairs."""
    known = FIGURE_UNITS[name]
    if known:
        return np.full(len(pairs), known, dtype=object)
    units = np.array([*computed.facts.terms.units, ""], dtype=object)
    counted = units[computed.figures.term[pairs["left"].to_numpy(np.int64)]]
    return np.where((pairs["family"] == "start").to_numpy(), "hours", counted)


def figure_objects(figures: Figured) -> Iterator[Json]:
    """The figures of each pair: name → value, unit, low and high."""
    rows = figures.rows()
    for number in figures.numbers():
        yield {
            name: {"value": value, "unit": unit, "low": low, "high": high}
            for name, unit, value, low, high in islice(rows, number)
        }


def explanations(computed: Computed, pairs: pd.DataFrame, figures: Figured, named: Beside) -> Iterator[str]:
    """For each pair one sentence that a reader can check by hand: its claims, the verdict, the pair's `figures`.

    `named`: the claims that it names beside the two.
    """
    claims, verdicts = _claims(computed, pairs, named), _verdicts(computed, pairs)
    return (joined(*parts) for parts in zip(claims, verdicts, _words(computed, pairs, figures), strict=True))


def _claims(computed: Computed, pairs: pd.DataFrame, named: Beside) -> Iterator[list[str]]:
    """The sentences of the claims of each pair with their times, and how many more there are than are named."""
    left, right = sides(pairs)
    cut = windowed(computed.facts, pairs)
    windows = np.concatenate([left[cut[0]], right[cut[1]]])
    sentences = Told(computed.facts, np.concatenate([left, right, named.claim]), windows)
    others, waiting = np.bincount(named.pair, minlength=len(pairs)), iter(named.claim.tolist())
    parts = (left, right, *cut, others, named.number - others)
    for one, other, *ends, shown, left_out in zip(*(part.tolist() for part in parts), strict=True):
        claims = sentences.together((one, other, *islice(waiting, shown)), ends)
        yield [*claims, f"and {left_out} more"] if left_out > 0 else claims


def _verdicts(computed: Computed, pairs: pd.DataFrame) -> list[str]:
    """How the sentence of each pair ends: by its code, by whether it is but possible, and by what is known."""
    left, right = sides(pairs)
    possible = (pairs["strength"] == POSSIBLE).to_numpy(dtype=np.int64)
    verdicts = _endings()[numbers(pairs["code"]), possible]
    rows = np.flatnonzero((pairs["code"] == NOT_HELD).to_numpy() & (possible == 0))
    for ending, is_known in announced(computed.facts, left[rows], right[rows]):
        known = rows[is_known]
        verdicts[known] = [verdict.replace(NOT_KNOWN, ending) for verdict in verdicts[known]]
    rows = np.flatnonzero((pairs["code"] == OTHER_CODE).to_numpy() & (possible == 0))
    verdicts[rows[outlasted(computed.facts, left[rows], right[rows])]] += OUTLASTED
    found: list[str] = verdicts.tolist()
    return found


@cache
def _endings() -> Texts:
    """The same by its code and by whether it is but possible."""
    return np.array([(rule(code).verdict, rule(code).perhaps) for code in CODE_NAMES], dtype=object)


def _words(computed: Computed, pairs: pd.DataFrame, figures: Figured) -> Iterator[list[str]]:
    """The figures of each pair in words, but for those that are nothing."""
    nothing = (figures.value == 0) | (pd.isna(figures.value) & (figures.low == 0) & (figures.high == 0))
    told = Figured(figures.size, *(column[~nothing.astype(bool)] for column in figures[1:]))
    modes = [computed.facts.mode.at(claims)[told.pair].tolist() for claims in sides(pairs)]
    words = (figure_words(*figure, *mode) for *mode, figure in zip(*modes, told.rows(), strict=True))
    return (list(islice(words, number)) for number in told.numbers())


FIGURE_WORDS = {
    "overlap": "{} of overlap",
    "since_start": "{} after the start",
    "stale": "{} later",
    "gap": "{} apart",
    "ratio": "{} as high",
    "excess": "{} above the whole",
    "fall": "{} fewer",
    "difference": "{} off",
    "implied": "clear figures that do not overlap add up to at least {}",
    "first": "{} as high at first",
    "last": "{} at last",
    "smallest": "{} at the least",
    "largest": "{} at the most",
    "parties": "{} named",
}
OVER_ALL, BY_BOUNDS = "over all readings", "by the bounds that are given"
ALIKE = {
    "first": "equal at first",
    "last": "equal at last",
    "smallest": "equal at the least",
    "largest": "equal at the most",
}
"""Ratios of two series where their figures are one."""


def figure_words(name: str, unit: str, value: Any, low: Any, high: Any, at_issue: str = "at", other: str = "at") -> str:
    """A figure in words: "3 h of overlap, 2 h to 3 h over all readings". The last two: the modes of the claims."""
    if value == 1 and name in ALIKE:
        return ALIKE[name]
    bound, start = hour_bounds(name, unit, at_issue, other)
    form = bound + FIGURE_WORDS[name].replace("the start", start)
    if value is None:
        reach = amount(low, unit) if low == high or high is None else f"{amount(low, unit)} to {amount(high, unit)}"
        return f"{form.format(reach)} under another reading"
    words = form.format(amount(value, unit))
    if name == "implied" or low == high == value:
        return words
    if low is None or high is None:
        return f"{words}, or more" if high is None else f"{words}, or less"
    why = "by the days of the reports" if name == "stale" else OVER_ALL if unit == "hours" else BY_BOUNDS
    return f"{words}, {bound}{amount(low, unit)} to {amount(high, unit)} {why}"
