"""The condensed answer: one row a contradicted claim, or a scope of counts, or an incident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
import pandas as pd

from claimtrack.discrepancy.findings import Computed, Slice
from claimtrack.discrepancy.joins.keys import distinct
from claimtrack.discrepancy.pairs import CODES, FAMILIES, STRENGTHS, numbers, sides
from claimtrack.discrepancy.telling.beside import beside
from claimtrack.discrepancy.telling.dependence import Entry, entries
from claimtrack.discrepancy.telling.groups import Groups
from claimtrack.discrepancy.telling.incidents import BY_INCIDENT, Incidents
from claimtrack.discrepancy.telling.present import BATCH, Json, explanations, figure_objects, figured
from claimtrack.discrepancy.telling.rows import Rows
from claimtrack.discrepancy.telling.wording import local_isos
from claimtrack.scopes import NOBODY, Ints

CONDENSED = (
    *("id", "family", "strength", "claims", "codes", "statements", "first_at", "last_at", "origins", "figures"),
    *("depends_on", "explanation"),
)
"""The keys of an object."""
HELD = 200_000
"""Rows that wait for their words, where they may come in several lists: each takes a kilobyte."""


def condensed_slices(computed: Computed, slices: Iterable[Slice]) -> Iterator[Json]:
    """One object a contradicted claim, scope of counts, or incident, strongest first.

    Its keys are in `docs/results.md`. The slices are held one at a time; see `Computed.slices`.
    """
    return worded(computed, by_family(condensed_rows(computed, slices)))


def condensed_runs(computed: Computed, slices: Iterable[Slice]) -> Iterator[Iterator[Json]]:
    """The same in several lists, each in order: about `HELD` rows are held at once."""
    waiting = condensed_rows(computed, slices)
    while tables := by_family(_about(HELD, waiting)):
        yield worded(computed, tables)


def _about(number: int, parts: Iterator[Rows]) -> Iterator[Rows]:
    """The next parts, until they have so many rows."""
    rows = 0
    while rows < number and (part := next(parts, None)) is not None:
        rows += len(part)
        yield part


def by_family(parts: Iterable[Rows]) -> list[Rows]:
    """The rows of each family together."""
    found: dict[str, list[Rows]] = {}
    for part in parts:
        found.setdefault(part.family, []).append(part)
    return [Rows.together(of_family) for of_family in found.values()]


def condensed_rows(computed: Computed, slices: Iterable[Slice]) -> Iterator[Rows]:
    """The condensed rows as columns, those of one slice and family after the other."""
    incidents = {family: Incidents(computed, family) for family in BY_INCIDENT}
    for pairs, _, runs in slices:
        number = numbers(pairs["family"])
        for family in (FAMILIES[one] for one in distinct(number).tolist()):
            chosen = number == FAMILIES.index(family)
            own = pairs if chosen.all() else pairs[chosen]
            if family in incidents:
                yield incidents[family].ended_in(own)
            else:
                yield Rows.of(Groups.of(computed, family, own), runs if family == "state" else None)
    for of_family in incidents.values():
        yield from of_family.rest()


def worded(computed: Computed, tables: list[Rows]) -> Iterator[Json]:
    """The rows of all families as objects, strongest first; they are put into words as they are asked for."""
    if not tables:
        return
    ranks = pd.concat([table.ranks().assign(table=number) for number, table in enumerate(tables)])
    ranks = ranks.rename_axis("row").reset_index().sort_values(["strength", "code", "statements", "id"])
    for begin in range(0, len(ranks), BATCH):
        part = ranks.iloc[begin : begin + BATCH]
        table, row = part["table"].to_numpy(), part["row"].to_numpy(np.int64)
        objects = {
            number: _objects(computed, tables[number].take(row[table == number]))
            for number in np.unique(table).tolist()
        }
        for number in table.tolist():
            yield next(objects[number])


def _objects(computed: Computed, rows: Rows) -> Iterator[Json]:
    """Rows of one family as objects, in their order."""
    own, frames = rows.columns, rows.frames
    strongest = frames["strongest"]
    first, last = _times(computed, own["first"], own["last"])
    columns = {
        "id": own["id"].tolist(),
        "family": [rows.family] * len(rows),
        "strength": [STRENGTHS[strength] for strength in strongest["strength"].to_list()],
        "claims": _named(computed, own["claims"]),
        "codes": _codes(rows.family, own["codes"]),
        "statements": own["statements"].tolist(),
        "first_at": first,
        "last_at": last,
        "origins": _origins(computed, rows),
        "figures": figure_objects(figured(computed, frames["figures"])),
        "depends_on": _depends_on(computed, frames["earliest"], strongest),
        "explanation": explanations(computed, strongest, figured(computed, strongest), beside(computed, strongest)),
    }
    return (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))


def _named(computed: Computed, claims: np.ndarray) -> Iterator[list[str]]:
    columns = []
    for column in claims.T:
        ids = np.array(computed.facts.ids(column), dtype=object)
        ids[column == NOBODY] = ""
        columns.append(ids.tolist())
    return ([claim for claim in row if claim] for row in zip(*columns, strict=True))


def _codes(family: str, numbers: np.ndarray) -> Iterator[dict[str, int]]:
    rows, columns = np.nonzero(numbers)
    names = np.array(CODES[family], dtype=object)
    each = zip(names[columns].tolist(), numbers[rows, columns].tolist(), strict=True)
    return (dict(islice(each, number)) for number in np.bincount(rows, minlength=len(numbers)).tolist())


def _times(computed: Computed, *dated: np.ndarray) -> list[list[str | None]]:
    """Some events of each row in the offsets of their claims, nothing where it has none."""
    left, right, at = np.concatenate(dated).T
    known = np.flatnonzero(left >= 0)
    told = np.full(len(at), None, dtype=object)
    told[known] = local_isos(computed.facts, right[known], left[known], at[known])
    return [times.tolist() for times in np.split(told, len(dated))]


def _origins(computed: Computed, rows: Rows) -> Iterator[list[Json]]:
    each = computed.origins.objects(rows.origin)
    return (list(islice(each, number)) for number in rows.columns["origins"].tolist())


def _depends_on(computed: Computed, earliest: pd.DataFrame, strongest: pd.DataFrame) -> Iterator[list[Entry]]:
    """What the earliest and the strongest pair of each row depend on, each entry once."""
    left, right = (one != other for one, other in zip(sides(earliest), sides(strongest), strict=True))
    other = left | right
    row: Ints = np.append(np.arange(len(earliest)), np.flatnonzero(other)).astype(np.int64)
    pairs = pd.concat([earliest, strongest[other]])
    return entries(computed, pairs, beside(computed, pairs), row, len(earliest))
