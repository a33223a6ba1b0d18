"""The condensed answer: one row a contradicted claim, or a scope of counts, or an incident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.dependence import Entry, depends_on
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.groups import BY_CLAIM, BY_SCOPE, Groups
from claimtrack.discrepancy.origins import Origins
from claimtrack.discrepancy.pairs import CODE_NAMES, CODE_ORDER, FAMILIES, STRENGTHS
from claimtrack.discrepancy.present import BATCH, FIGURE_UNITS, Json, explanations, figure_objects
from claimtrack.discrepancy.wording import local_isos
from claimtrack.ids import fingerprint
from claimtrack.scopes import NOBODY, Ints


def condensed_objects(computed: Computed, pairs: pd.DataFrame) -> Iterator[Json]:
    """One object a contradicted claim or scope, strongest first; see `cli.md` of the documentation for its keys."""
    return condensed_slices(computed, [pairs])


def condensed_slices(computed: Computed, slices: Iterable[pd.DataFrame]) -> Iterator[Json]:
    """The same from tables of pairs that are held one at a time. The pairs of one object are all in one of them."""
    found: list[Json] = []
    for pairs in slices:
        if len(pairs):
            found += _objects(Groups.of(computed, pairs))
    yield from sorted(found, key=_listed)


def _listed(obj: Json) -> tuple[int, int, int, str]:
    codes = min(CODE_ORDER[code] for code in obj["codes"])
    return STRENGTHS.index(obj["strength"]), codes, -obj["statements"], obj["id"]


def _objects(groups: Groups) -> Iterator[Json]:
    counted, ids = _Counted(groups), _ids(groups)
    for begin in range(0, len(groups), BATCH):
        rows = np.arange(begin, min(begin + BATCH, len(groups)), dtype=np.int64)
        yield from _batch(groups, rows, ids[begin : begin + BATCH], counted)


class _Counted:
    """What is counted over the pairs of each group, for all groups at once."""

    def __init__(self, groups: Groups) -> None:
        facts = groups.computed.facts
        self.codes: list[dict[int, int]] = [{} for _ in range(len(groups))]
        """For each group the codes (as numbers) and how many findings have them."""
        findings = groups.findings
        keys, numbers = np.unique(groups.group[findings] * len(CODE_NAMES) + groups.code[findings], return_counts=True)
        for key, number in zip(keys.tolist(), numbers.tolist(), strict=True):
            self.codes[key // len(CODE_NAMES)][key % len(CODE_NAMES)] = number
        group, _ = groups.distinct(facts.statement[groups.right])
        self.statements: list[int] = np.bincount(group, minlength=len(groups)).tolist()
        self.origins = Origins(facts)
        self._group, self._origin = groups.distinct(self.origins.of_actor[facts.claimant[groups.right]])
        self._first = np.searchsorted(self._group, np.arange(len(groups) + 1))

    def origins_of(self, row: int) -> list[Json]:
        """The origins of the contrary claims of a group."""
        return self.origins.objects(self._origin[self._first[row] : self._first[row + 1]])


def _ids(groups: Groups) -> list[str]:
    """The id of each group: a fingerprint of the claim at issue, the scope of the counts, or the incident."""
    sample = groups.strongest
    left = groups.left[sample]
    claims = groups.computed.facts.package.claims
    ids, incidents = (claims[name].iloc[left].fillna("").to_list() for name in ("claim_id", "incident_id"))
    scopes = _scope_names(groups, sample)
    found = []
    for row, family in enumerate(groups.family[sample].tolist()):
        name = FAMILIES[family]
        part = ids[row] if name in BY_CLAIM else scopes[row] if name in BY_SCOPE else incidents[row]
        found.append(fingerprint(name, [part]))
    return found


def _scope_names(groups: Groups, sample: Ints) -> list[str]:
    """The scope of counts of each of these pairs in words, with its two series where they are what is at issue."""
    facts, figures = groups.computed.facts, groups.computed.figures
    claims = facts.package.claims
    found = [""] * len(sample)
    rows = np.flatnonzero(groups.of_family(*BY_SCOPE)[sample])
    left, right = groups.left[sample[rows]], groups.right[sample[rows]]
    place = np.array([*facts.places.names, ""], dtype=object)[facts.place[left]]
    term = np.array([*facts.terms.names, ""], dtype=object)[facts.terms.equal[figures.term[left]]]
    incident, target, mode = (
        claims[name].iloc[left].fillna("").to_list() for name in ("incident_id", "target_id", "count_mode")
    )
    series = zip(_series_names(claims.iloc[left]), _series_names(claims.iloc[right]), strict=True)
    family = groups.of_family("series")[sample[rows]].tolist()
    parts = zip(rows.tolist(), incident, target, place, term, mode, series, family, strict=True)
    for row, *scope, both, is_series in parts:
        found[row] = "/".join([*scope, *(sorted(both) if is_series else ())])
    return found


def _series_names(claims: pd.DataFrame) -> list[str]:
    both = zip(claims["claimant_id"].to_list(), claims["count_basis"].fillna("").to_list(), strict=True)
    return [f"{claimant}+{basis}" if basis else str(claimant) for claimant, basis in both]


def _batch(groups: Groups, rows: Ints, ids: list[str], counted: _Counted) -> Iterator[Json]:
    computed = groups.computed
    strongest = groups.pairs.iloc[groups.strongest[rows]]
    told = explanations(computed, strongest, figure_objects(computed, strongest))
    spans, figures = _spans(groups, rows), _figures(groups, rows)
    claims, depends = _claims(groups, rows), _depends_on(groups, rows)
    for position, row in enumerate(rows.tolist()):
        pair = groups.strongest[row]
        yield {
            "id": ids[position],
            "family": FAMILIES[groups.family[pair]],
            "strength": STRENGTHS[groups.strength[pair]],
            "claims": claims[position],
            "codes": {CODE_NAMES[code]: number for code, number in counted.codes[row].items()},
            "statements": counted.statements[row],
            "first_at": spans[position][0],
            "last_at": spans[position][1],
            "origins": counted.origins_of(row),
            "figures": figures[position],
            "depends_on": depends[position],
            "explanation": told[position],
        }


def _spans(groups: Groups, rows: Ints) -> list[tuple[str | None, str | None]]:
    """The first and the last contrary event that is dated, each in the offset of its claims."""
    found = []
    for pair in (groups.first_dated[rows], groups.last_dated[rows]):
        known = np.flatnonzero(pair >= 0)
        chosen = pair[known]
        times = local_isos(groups.computed.facts, groups.right[chosen], groups.left[chosen], groups.at[chosen])
        by_row = dict(zip(known.tolist(), times, strict=True))
        found.append([by_row.get(row) for row in range(len(rows))])
    return list(zip(*found, strict=True))


def _depends_on(groups: Groups, rows: Ints) -> list[list[Entry]]:
    """What the earliest and the strongest pair of each group depend on, each entry once."""
    earliest, strongest = (
        depends_on(groups.computed, groups.pairs.iloc[chosen[rows]]) for chosen in (groups.earliest, groups.strongest)
    )
    return [
        [dict(entry) for entry in dict.fromkeys(tuple(entry.items()) for entry in (*one, *other))]
        for one, other in zip(earliest, strongest, strict=True)
    ]


def _claims(groups: Groups, rows: Ints) -> list[list[str]]:
    """[at issue, earliest, strongest]; for counts the lowest and the highest, for starts the first and the last."""
    ids = groups.computed.facts.claim_id
    lowest, highest = groups.extremes
    found = []
    strongest, earliest = groups.strongest[rows], groups.earliest[rows]
    for row, best, soonest in zip(rows.tolist(), strongest.tolist(), earliest.tolist(), strict=True):
        family = FAMILIES[groups.family[best]]
        if family in BY_CLAIM:
            chosen = [groups.left[best], groups.right[soonest], groups.right[best]]
        elif lowest[row] != NOBODY:
            chosen = [lowest[row], highest[row]]
        else:
            chosen = [groups.left[best], groups.right[best]]
        found.append([str(ids[claim]) for claim in chosen])
    return found


def _figures(groups: Groups, rows: Ints) -> list[Json]:
    """The time to the earliest contrary event, and of every other figure the largest."""
    found: list[Json] = [{} for _ in rows]
    for name in FIGURE_UNITS:
        if name not in groups.pairs:
            continue
        chosen = groups.figure_pair(name)[rows]
        known = np.flatnonzero(chosen >= 0)
        told = figure_objects(groups.computed, groups.pairs.iloc[chosen[known]], (name,))
        for row, figure in zip(known.tolist(), told, strict=True):
            found[row] |= figure
    for row, parties in zip(range(len(rows)), groups.parties[rows].tolist(), strict=True):
        if parties:
            found[row]["parties"] = {"value": parties, "unit": "parties", "low": parties, "high": parties}
    return found
