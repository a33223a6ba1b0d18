"""The table of pairs that every family returns, and the slices in which pairs are looked for.

One row of the table is one pair of claims: `left` (the claim at issue) and `right` as positions in the package's
claims, `code`, `strength` (an index into `STRENGTHS`), `finding` (shared by the pairs of one finding within a family,
−1 where a pair is a finding of its own) and, for each figure, `<name>`, `<name>_low` and `<name>_high` (NaN: none;
infinite: unbounded).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby, pairwise

import numpy as np
import pandas as pd

from claimtrack.discrepancy.joins.keys import begins_in
from claimtrack.rulebook import rules
from claimtrack.scopes import Floats, Ints, spans

Figure = tuple[Floats, Floats, Floats]
"""A figure of some pairs: as recorded, and the lowest and the highest of all readings."""

STRENGTHS = ("definite", "possible", "tension", "unconfirmed")
CODES = {
    family: tuple(rule.code for rule in group)
    for family, group in groupby((rule for rule in rules().values() if rule.family), key=lambda rule: rule.family)
}
"""The codes of each family, in the order in which they are tried."""
FAMILIES = tuple(CODES)
CODE_NAMES = tuple(code for codes in CODES.values() for code in codes)
CODE_ORDER = {code: position for position, code in enumerate(CODE_NAMES)}

DEFINITE, POSSIBLE, TENSION, UNCONFIRMED = range(4)


SLICE = 100_000
"""About how many pairs are held at once."""


def slices(numbers: Ints, *order: Ints) -> Iterator[Ints]:
    """The claims that have pairs in runs of about `SLICE` pairs, by the number of each.

    A run has the positions of its claims, which ascend. Runs take claims in the order of these columns, so that what
    lies near each other, where pairs are looked for, is in one of them.
    """
    claims = np.flatnonzero(numbers)
    claims = claims[np.lexsort([column[claims] for column in reversed(order)])]
    return by_group(claims, np.cumsum(numbers[claims]) // SLICE)


def whole_slices(numbers: Ints, group: Ints) -> Iterator[Ints]:
    """The same of rows where all of a group (from 0 on) have to be in one run."""
    of_group = np.bincount(group, weights=numbers).astype(np.int64)
    rows, size = np.argsort(group, kind="stable"), np.bincount(group)
    first = np.cumsum(size) - size
    for chosen in slices(of_group, np.arange(len(of_group))):
        yield np.sort(rows[spans(first[chosen], size[chosen])])


def by_group(values: Ints, group: Ints) -> Iterator[Ints]:
    """The values of each group, sorted; the groups in their order."""
    order = np.lexsort((values, group))
    bounds = np.flatnonzero(begins_in(group[order])).tolist()
    return (values[order[first:stop]] for first, stop in pairwise([*bounds, len(order)]))


def table(
    left: Ints,
    right: Ints,
    code: Ints | str,
    strength: Ints | int,
    figures: Mapping[str, Figure | Floats],
    finding: Ints | int = -1,
) -> pd.DataFrame:
    """The table of pairs from its parts: `code` in the order of all codes, or the one of all pairs.

    A figure is (value, low, high), or one array where they are equal.
    """
    size = len(left)
    columns: dict[str, object] = {
        "left": np.asarray(left, dtype=np.int64),
        "right": np.asarray(right, dtype=np.int64),
        "code": named(CODE_ORDER.get(code, 0) if isinstance(code, str) else code, size, CODE_NAMES),
        "strength": np.broadcast_to(np.asarray(strength, dtype=np.int64), size),
        "finding": np.broadcast_to(np.asarray(finding, dtype=np.int64), size),
    }
    for name, figure in figures.items():
        value, low, high = figure if isinstance(figure, tuple) else (figure, figure, figure)
        columns |= {name: value, f"{name}_low": low, f"{name}_high": high}
    return pd.DataFrame(columns, copy=False)


def no_pairs() -> pd.DataFrame:
    """The table of no pairs."""
    nothing = np.zeros(0, dtype=np.int64)
    return table(nothing, nothing, "", 0, {})


def sides(pairs: pd.DataFrame) -> tuple[Ints, Ints]:
    """The left claims of a table of pairs, and the right ones."""
    return pairs["left"].to_numpy(np.int64), pairs["right"].to_numpy(np.int64)


def named(number: Ints | int, size: int, names: tuple[str, ...]) -> pd.Categorical:
    """A column of `size` names, by their numbers."""
    codes: Ints = np.broadcast_to(np.asarray(number, dtype=np.int64), size)
    return pd.Categorical.from_codes(codes, dtype=_type_of(names))


@cache
def _type_of(names: tuple[str, ...]) -> pd.CategoricalDtype:
    """The type of a column of these names: one object, so that nobody compares names to see that types are equal."""
    return pd.CategoricalDtype(list(names))


def numbers(column: pd.Series) -> Ints:
    """The numbers of a column of names."""
    codes: Ints = column.cat.codes.to_numpy().astype(np.int64)
    return codes
