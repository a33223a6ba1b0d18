"""What was recorded wrongly fits the claim that was corrected, and the corrections before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from claimtrack.rules.breach import Condition, Mask
from claimtrack.rules.cells import as_recorded, found
from claimtrack.schema import correctable

if TYPE_CHECKING:
    from claimtrack.package import Package


def _alone(package: Package) -> Iterator[Condition]:
    corrections = package.corrections
    column = corrections["column"]
    yield Condition(
        code="correction-column",
        table="corrections",
        field="column",
        broken=(column.notna() & ~column.isin(correctable())).to_numpy(dtype=bool),
        message=lambda row: f"{column.iloc[row]} is no column of the claims that is corrected in this table",
    )
    old, new = corrections["old"].fillna(""), corrections["new"].fillna("")
    yield Condition(
        code="correction-same",
        table="corrections",
        field="new",
        broken=(old == new).to_numpy(dtype=bool),
        message=lambda row: f"the cell is said to have been {_shown(old.iloc[row])} before and after",
    )


def _in_turn(package: Package) -> Iterator[Condition]:
    corrections = package.corrections
    if corrections.empty:
        return
    known = corrections["column"].isin(correctable()) & corrections["corrected_on"].notna()
    key = ["claim_id", "column", "corrected_on"]
    ordered = corrections[known].drop_duplicates(key).sort_values(key, kind="stable")
    cell = [ordered["claim_id"], ordered["column"]]
    old, new = corrections["old"].fillna(""), corrections["new"].fillna("")
    before = new[ordered.index].groupby(cell).shift()
    loose = before.notna() & (before != old[ordered.index])
    yield Condition(
        code="correction-chain",
        table="corrections",
        field="old",
        broken=_at(ordered.index[loose], corrections),
        message=lambda row: (
            f"the cell is said to have been {_shown(old[row])}, and the correction before left it {_shown(before[row])}"
        ),
    )
    last = ordered[~ordered.duplicated(["claim_id", "column"], keep="last")]
    now = pd.Series(_cells(package, last), index=last.index, dtype=object)
    stale = now.notna() & (now != new[last.index])
    yield Condition(
        code="correction-stale",
        table="corrections",
        field="new",
        broken=_at(last.index[stale], corrections),
        message=lambda row: (
            f"the last correction left the cell {_shown(new[row])}, and the claim has {_shown(now[row])}"
        ),
    )


def _cells(package: Package, corrections: pd.DataFrame) -> list[str | None]:
    """What the claims have in the corrected cells; None where there is no such claim."""
    at = found(corrections["claim_id"], package.claims["claim_id"])
    return [
        None if row < 0 else _spelled(package, column, int(row))
        for row, column in zip(at, corrections["column"], strict=True)
    ]


def _spelled(package: Package, column: str, row: int) -> str:
    value = package.claims[column].array[row]
    if pd.isna(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    return as_recorded(package, "claims", column, row)


def _at(rows: pd.Index[int], table: pd.DataFrame) -> Mask:
    return table.index.isin(rows)


def _shown(cell: str) -> str:
    return repr(str(cell)) if cell else "blank"


COMPARING_RULES = (_alone, _in_turn)
