"""Hierarchies: which place lies in which, which actor belongs to which, which counted outcomes include which.

Every hierarchy is turned into small integers and one sorted array of (inside, container) keys, so that a question
about any number of pairs is one binary search each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

NOBODY = -1
"""The integer that stands for a blank cell."""
LASTING = frozenset({"killed"})
"""The outcomes that do not end: who is missing may be found, and who is wounded may die."""


@dataclass(frozen=True)
class Hierarchy:
    """Nodes numbered in the order of `names`; `inside` and `container` list every pair, each node in itself too."""

    names: tuple[str, ...]
    inside: Ints
    container: Ints

    @classmethod
    def of(cls, names: Sequence[str], parents: Mapping[str, Iterable[str]]) -> Hierarchy:
        """The closure of `parents` (node → the nodes that directly contain it). Unknown parents are left out."""
        number = {name: position for position, name in enumerate(names)}
        inside: list[int] = []
        container: list[int] = []
        for position in number.values():
            seen: set[int] = set()
            waiting = [position]
            while waiting:
                node = waiting.pop()
                if node in seen:
                    continue
                seen.add(node)
                waiting += [number[parent] for parent in parents.get(names[node], ()) if parent in number]
            inside += [position] * len(seen)
            container += sorted(seen)
        return cls(tuple(names), np.array(inside, dtype=np.int64), np.array(container, dtype=np.int64))

    def numbers(self, ids: pd.Series) -> Ints:
        """The number of each id; `NOBODY` for a blank one."""
        return numbered(self.names, ids)

    @cached_property
    def _keys(self) -> Ints:
        return np.sort(self.inside * len(self.names) + self.container)

    def contains(self, container: Ints, inside: Ints) -> Bools:
        """For each pair: does the first contain the second, or equal it? False where either is blank."""
        if not len(self._keys):
            return np.zeros(len(container), dtype=bool)
        key = inside * len(self.names) + container
        position = np.minimum(np.searchsorted(self._keys, key), len(self._keys) - 1)
        found: Bools = (self._keys[position] == key) & (container >= 0) & (inside >= 0)
        return found

    def overlaps(self, left: Ints, right: Ints) -> Bools:
        """For each pair: does some node lie in both? False where either is blank."""
        found = self.contains(left, right) | self.contains(right, left)
        size = len(self.names)
        asked = np.flatnonzero(~found & (left >= 0) & (right >= 0))
        found[asked] = np.isin(left[asked] * size + right[asked], self._crossing)
        return found

    @cached_property
    def _crossing(self) -> Ints:
        """All pairs of nodes, as one integer, that have in common a node whose containers are no chain."""
        row, one = self.expand(self.between)
        node = self.between[row]
        size = self._starts[node + 1] - self._starts[node]
        other = self.container[spans(self._starts[node], size)]
        return np.unique(np.repeat(one, size) * len(self.names) + other)

    @cached_property
    def between(self) -> Ints:
        """The nodes that lie in two others of which neither contains the other."""
        if not self.names:
            return self.inside
        size = np.diff(self._starts)
        around = np.where(self.container == self.inside, 0, size[self.container])
        return np.flatnonzero(np.maximum.reduceat(around, self._starts[:-1]) < size - 1)

    def related(self, nodes: Ints) -> Bools:
        """For each node of the hierarchy whether it contains, or lies within, one of these, or is one."""
        found = np.zeros(len(self.names), dtype=bool)
        found[self.container[np.isin(self.inside, nodes)]] = True
        found[self.inside[np.isin(self.container, nodes)]] = True
        return found

    @cached_property
    def _starts(self) -> Ints:
        return np.searchsorted(self.inside, np.arange(len(self.names) + 1)).astype(np.int64)

    def expand(self, nodes: Ints) -> tuple[Ints, Ints]:
        """Every container of every node, itself included: (position in `nodes`, container). Blank nodes have none."""
        known = np.flatnonzero(nodes >= 0)
        first = self._starts[nodes[known]]
        size = self._starts[nodes[known] + 1] - first
        return np.repeat(known, size), self.container[spans(first, size)]

    @cached_property
    def roots(self) -> Ints:
        """For each node the container that has the most inside it (on a tie the smallest number): its top."""
        weight = np.bincount(self.container, minlength=len(self.names))
        order = np.lexsort((self.container, -weight[self.container], self.inside))
        _, first = np.unique(self.inside[order], return_index=True)
        roots: Ints = self.container[order][first]
        return roots

    def of_one_root(self, left: Ints, right: Ints) -> Bools:
        """For each pair: do both have one top? False where either is blank."""
        top = np.append(self.roots, NOBODY)
        found: Bools = (top[left] == top[right]) & (left >= 0) & (right >= 0)
        return found


def spans(first: Ints, size: Ints) -> Ints:
    """The integers first[0] … first[0]+size[0]−1, first[1] … and so on, in one array."""
    total = int(size.sum())
    if not total:
        return np.zeros(0, dtype=np.int64)
    before: Ints = np.cumsum(size) - size
    found: Ints = np.repeat(first - before, size)
    found += np.arange(total)
    return found


def _links(frame: pd.DataFrame, key: str, columns: Iterable[str]) -> dict[str, list[str]]:
    names = cells_of(frame[key])
    parents: dict[str, list[str]] = {name: [] for name in names}
    for column in columns:
        for name, cell in zip(names, cells_of(frame[column]), strict=True):
            if cell is not None:
                parents[name] += cell.split("|")
    return parents


def cells_of(column: pd.Series) -> list[Any]:
    """The cells of a column as a list, which is iterated in a fraction of the time; None where blank."""
    cells: list[Any] = pa.array(column, from_pandas=True).to_pylist()
    return cells


def place_hierarchy(places: pd.DataFrame) -> Hierarchy:
    """Places by `part_of` and `also_within`."""
    return Hierarchy.of(cells_of(places["place_id"]), _links(places, "place_id", ("part_of", "also_within")))


def actor_hierarchy(actors: pd.DataFrame, through: Sequence[str] = ("member_of",)) -> Hierarchy:
    """Actors by `member_of`, if nothing else: a soldier's figure counts for the army, the army's for the state."""
    return Hierarchy.of(cells_of(actors["actor_id"]), _links(actors, "actor_id", through))


def numbered(names: Sequence[str], ids: pd.Series) -> Ints:
    """The position of each id in `names`, −1 where it is none of them: each distinct id is looked up once."""
    code, distinct = ids.array.factorize()
    found: Ints = np.append(indices(names, distinct.tolist()), NOBODY)[code]
    return found


def indices(names: Iterable[str], wanted: Iterable[str]) -> Ints:
    """The position of each text in a list that has each once; `NOBODY` where it is not there."""
    position = {name: at for at, name in enumerate(names)}
    return np.array([position.get(text, NOBODY) for text in wanted], dtype=np.int64)


def looked_up(keys: pd.Series, table: pd.Series) -> pd.Series:
    """For each key its value in `table`, of the type of the table even where there are no rows at all."""
    code, distinct = pd.factorize(keys)
    row = np.append(table.index.get_indexer(pd.Index(distinct)), -1)[code]
    return pd.Series(table.array.take(row, allow_fill=True), index=keys.index)


def positions(ids: pd.Series, wanted: pd.Series) -> Ints:
    """Where each of the ids that are wanted stands in `ids`, which has each once; −1 where it does not."""
    code, distinct = pd.factorize(wanted)
    which = pc.index_in(
        pa.array(ids), value_set=pa.array(pd.Series(distinct, dtype=ids.dtype), type=pa.array(ids).type)
    )
    found = np.full(len(distinct) + 1, NOBODY, dtype=np.int64)
    met = which.is_valid().to_numpy(zero_copy_only=False)
    found[which.drop_null().to_numpy()] = np.flatnonzero(met)
    return found[code]


def one_of(column: pd.Series, wanted: Collection[str]) -> Bools:
    """Whether each text of a column, which may be held as its different values, is one of those that are wanted."""
    given = pa.array(column)
    text = given.type.value_type if pa.types.is_dictionary(given.type) else given.type
    if not (pa.types.is_string(text) or pa.types.is_large_string(text)):  # blank, as somebody made it
        return np.zeros(len(given), dtype=bool)
    values = pa.array(wanted if isinstance(wanted, pd.Series) else list(wanted), type=text)
    return np.array(pc.is_in(given, value_set=values, skip_nulls=True), dtype=bool)


def rows_of(frame: pd.DataFrame, chosen: Bools | Ints) -> pd.DataFrame:
    """Some rows of a frame, numbered anew. To filter a column in pieces is quick, to take rows from it copies it."""
    size = int(chosen.sum()) if chosen.dtype == bool else len(chosen)
    columns = {name: frame[name].array[chosen] for name in frame}
    return pd.DataFrame(columns, index=pd.RangeIndex(size))


def inherited(frame: pd.DataFrame, key: str, column: str, through: Sequence[str]) -> dict[str, str]:
    """For each id the value of `column`, its own or that of the nearest row reached by the columns `through`."""
    own = dict(zip(cells_of(frame[key]), cells_of(frame[column]), strict=True))
    parents = _links(frame, key, through)
    found: dict[str, str] = {}
    for name in own:
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            node = waiting.pop(0)
            if node in seen or node not in own:
                continue
            seen.add(node)
            if own[node] is not None:
                found[name] = own[node]
                break
            waiting += parents[node]
    return found


@dataclass(frozen=True)
class CountTerms:
    """The count predicates of the codebook, numbered in file order: what each counts, and which lies within which."""

    names: tuple[str, ...]
    units: tuple[str, ...]
    outcomes: tuple[frozenset[str], ...]
    vague: Bools
    lasting: Bools
    """Counts what does not end, and nothing else."""
    within: Bools
    """within[p, q]: everything that p counts, q counts too."""
    equal: Ints
    """The number of the first predicate that counts the same set."""

    @cached_property
    def shared(self) -> Bools:
        """shared[p, q]: some outcome is counted by both."""
        every = self.outcomes
        return np.array([[bool(a & b) for b in every] for a in every], dtype=bool).reshape(len(every), len(every))

    def numbers(self, predicates: pd.Series) -> Ints:
        """The number of each predicate; `NOBODY` for one that counts nothing."""
        return numbered(self.names, predicates)


def count_terms(codebook: pd.DataFrame) -> CountTerms:
    """The terms of the codebook that have outcomes.

    A term is within another if its outcomes are a subset of the other's, and the other is the full set of its outcomes
    or is reached by `narrower_of`.
    """
    columns = ("predicate", "outcomes", "unit", "narrower_of", "vague")
    every = zip(cells_of(codebook["kind"]), *(cells_of(codebook[column]) for column in columns), strict=True)
    rows = [row for kind, *row in every if kind == "count" and row[1] is not None]
    names, listed, given, around, vague = zip(*rows, strict=True) if rows else [()] * len(columns)
    outcomes = tuple(frozenset(cell.split("|")) for cell in listed)
    units = tuple(unit or "" for unit in given)
    wider = Hierarchy.of(names, {name: cell.split("|") for name, cell in zip(names, around, strict=True) if cell})
    square = len(names), len(names)
    within = np.array([[p <= q for q in outcomes] for p in outcomes], dtype=bool).reshape(square)
    within &= np.array([cell is None for cell in around], dtype=bool)
    within[wider.inside, wider.container] = True
    within &= np.array([[p == q for q in units] for p in units], dtype=bool).reshape(square)
    equal = (within & within.T).argmax(axis=1).astype(np.int64) if names else np.zeros(0, dtype=np.int64)
    lasting = np.array([counted == LASTING for counted in outcomes], dtype=bool)
    return CountTerms(names, units, outcomes, np.array(vague, dtype=bool), lasting, within, equal)
