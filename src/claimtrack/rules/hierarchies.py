"""Hierarchies have no cycle: nothing is part of itself, not even by a detour."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from claimtrack.rules.breach import Condition
from claimtrack.rules.cells import some
from claimtrack.rules.lists import parts_of
from claimtrack.rules.remembered import remembered
from claimtrack.scopes import cells_of
from claimtrack.structure.keys.hashes import Ints, among

if TYPE_CHECKING:
    from claimtrack.package import Package


class Edge(NamedTuple):
    """What a column of a row says: that the child lies within, or below, its parent. Rows count from 0."""

    row: int
    field: str
    child: str
    parent: str


_STEPS = 8


def cycles(edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The cycles among edges from a child to its parent, each as the ids on it, going up; no id is in two of them.

    What shares an id with a cycle that is already named shows once that one is mended. Linear in the edges.
    """
    parents: dict[str, dict[str, None]] = {}
    children: dict[str, list[str]] = {}
    for child, parent in edges:
        parents.setdefault(child, {})[parent] = None
        children.setdefault(parent, []).append(child)
    leaving = deque(node for node in children if node not in parents)
    found: list[list[str]] = []
    for start in list(parents):
        _peel(leaving, parents, children)
        if start in parents:
            # Whatever is left has a parent that is left, so that the way up cannot but meet itself.
            way = {start: 0}
            node = next(iter(parents[start]))
            while node not in way:
                way[node] = len(way)
                node = next(iter(parents[node]))
            cycle = list(way)[way[node] :]
            for one in cycle:
                del parents[one]
            leaving.extend(cycle)
            found.append(cycle)
    return found


def climbing(child: Ints, parent: Ints) -> Ints:
    """The positions of edges that may be on a cycle: what leads to something without a parent is none of them.

    Long ways up are only followed some steps, for which the rest is left in.
    """
    left = np.arange(len(child))
    for _ in range(_STEPS):
        on = among(parent[left], child[left])
        if on.all():
            break
        left = left[on]
    return left


def _peel(leaving: deque[str], parents: dict[str, dict[str, None]], children: dict[str, list[str]]) -> None:
    """Take out the nodes that are `leaving`, and every node that is left without a parent by that."""
    while leaving:
        gone = leaving.popleft()
        for child in children.get(gone, ()):
            if child in parents and gone in parents[child]:
                del parents[child][gone]
                if not parents[child]:
                    del parents[child]
                    leaving.append(child)


def cycle_conditions(code: str, table: str, edges: Sequence[Edge], rows: int) -> Iterator[Condition]:
    """One condition for each column that leads up, broken at the first row of each cycle."""
    named: dict[int, str] = {}
    broken = {field: np.zeros(rows, dtype=bool) for field in dict.fromkeys(edge.field for edge in edges)}
    found = cycles((edge.child, edge.parent) for edge in edges)
    by_row = attrgetter("row")
    # Of edges between the same two the first row counts.
    places = {(edge.child, edge.parent): edge for edge in sorted(edges, key=by_row)[::-1]} if found else {}
    for cycle in found:
        on = [places[step] for step in zip(cycle, [*cycle[1:], cycle[0]], strict=True)]
        edge = min(on, key=by_row)
        first = on.index(edge)
        broken[edge.field][edge.row] = True
        named[edge.row] = some([*cycle[first:], *cycle[: first + 1]], " → ")
    for field, mask in broken.items():
        yield Condition(
            code=code,
            table=table,
            field=field,
            broken=mask,
            message=lambda row: f"these lead round in a circle: {named[row]}",
        )


@remembered
def edges_of(frame: pd.DataFrame, child: str, *columns: str) -> list[Edge]:
    """The edges that the columns draw from the ids in `child`; a column may hold lists."""
    children, parts = cells_of(frame[child]), {column: parts_of(frame, column) for column in columns}
    return [
        Edge(row, column, below, parent)
        for column, parents in parts.items()
        for row, parent in zip(parents.index.tolist(), parents.tolist(), strict=True)
        if (below := children[row]) is not None
    ]


def _cycles(table: str, child: str, columns: Sequence[str], package: Package) -> Iterator[Condition]:
    frame = package.frames[table]
    yield from cycle_conditions("hierarchy-cycle", table, edges_of(frame, child, *columns), len(frame))


def _narrower(package: Package) -> Iterator[Condition]:
    predicates = package.predicates
    kinds = cells_of(predicates["kind"])
    edges = [
        Edge(row, field, f"{kinds[row]}/{child}", f"{kinds[row]}/{parent}")
        for row, field, child, parent in edges_of(predicates, "predicate", "narrower_of")
        if kinds[row]
    ]
    yield from cycle_conditions("hierarchy-cycle", "predicates", edges, len(predicates))


RULES = (
    # Apart: a country can be a member of an organisation that is based in it.
    partial(_cycles, "actors", "actor_id", ["member_of"]),
    partial(_cycles, "actors", "actor_id", ["based_in"]),
    partial(_cycles, "places", "place_id", ["part_of", "also_within"]),
    _narrower,
)
