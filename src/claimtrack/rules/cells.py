"""How the rules ask about cells, follow keys and show values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.rules.breach import Mask
from claimtrack.rules.remembered import remembered
from claimtrack.scopes import one_of
from claimtrack.structure.cells.spelling import offset_spelled
from claimtrack.structure.keys.hashes import Ints, hashes
from claimtrack.structure.limits import SUGGESTIONS
from claimtrack.structure.telling.nearest import closest, in_words

if TYPE_CHECKING:
    from claimtrack.package import Package

Positions = npt.NDArray[np.intp]


@remembered
def filled(frame: pd.DataFrame, column: str) -> Mask:
    """Which rows have something in the column."""
    return ~np.asarray(frame[column].array.isna())


@remembered
def is_any(frame: pd.DataFrame, column: str, *values: str) -> Mask:
    """Which rows have one of the values in the column."""
    return one_of(frame[column], values)


def numbered(cells: pd.Series[Any]) -> tuple[Positions, pd.Series[Any]]:
    """For each cell the position of its value among the different ones, which are returned too; -1 where blank."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return cells.cat.codes.to_numpy().astype(np.intp), pd.Series(cells.cat.categories)
    rows, different = pd.factorize(cells)
    return rows.astype(np.intp), pd.Series(different)


def hashed(cells: pd.Series[Any]) -> Ints:
    """A number for each text, the same for the same (see `claimtrack.structure.keys.hashes`), 0 where blank."""
    return np.where(cells.notna(), hashes(pa.array(cells)), 0)


def found(keys: pd.Series[Any], ids: pd.Series[Any]) -> Positions:
    """The position among `ids` of each of the keys; -1 where a key is blank or leads nowhere."""
    if isinstance(keys.dtype, pd.CategoricalDtype):
        rows, names = numbered(keys)
        return np.append(found(names, ids), -1)[rows]
    at = pc.index_in(pa.array(keys), value_set=pa.array(ids), skip_nulls=True)
    positions: Positions = at.fill_null(-1).to_numpy().astype(np.intp)
    return positions


def pick(column: pd.Series[Any], at: Positions) -> pd.Series[Any]:
    """The cells of a column at some positions; blank at -1."""
    return pd.Series(column.array.take(at, allow_fill=True))


def follow(keys: pd.Series[Any], table: pd.DataFrame, key: str, column: str) -> pd.Series[Any]:
    """What `table` has in `column` for each of the keys, in their order; blank where a key leads nowhere."""
    return pick(table[column], found(keys, table[key]))


def as_recorded(package: Package, table: str, column: str, row: int) -> str:
    """One cell as the file has it: datetimes with the offset that was recorded, "blank" where there is nothing."""
    value = package.frames[table][column].array[row]
    if pd.isna(value):
        return "blank"
    if not isinstance(value, pd.Timestamp) or value.tzinfo is None:
        return str(value)
    minutes = int(package.offsets[table][column].array[row])
    # In UTC a moment may lie beyond the years that Python has, 1 to 9999; by the clock that was recorded it does not.
    local = value.tz_localize(None).to_datetime64() + np.timedelta64(minutes, "m")
    return np.datetime_as_string(local, unit="s") + offset_spelled(minutes)


class Hints:
    """Names that wrong ones are likely to stand for, as the end of a message. Of very many only the first get one."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}

    def __call__(self, value: str, known: Collection[str], group: str = "") -> str:
        """The hint, or nothing; `known` must be the same for the same group."""
        if (group, value) not in self._given:
            near = closest(value, known) if len(self._given) < SUGGESTIONS else []
            self._given[group, value] = f"; closest to it: {in_words(near)}" if near else ""
        return self._given[group, value]


def some(parts: Sequence[str], between: str = ", ", most: int = 8) -> str:
    """The parts in a row, and of many only the first and the last."""
    shown = parts if len(parts) <= most else [*parts[: most - 1], f"({len(parts) - most} more)", parts[-1]]
    return between.join(shown)
