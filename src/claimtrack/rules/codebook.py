"""The codebook, predicates.csv, agrees with itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from claimtrack.rules.breach import Condition, mask
from claimtrack.rules.cells import Hints, filled, follow, is_any, some
from claimtrack.rules.lists import parts_of, rows_of

if TYPE_CHECKING:
    from claimtrack.package import Package


def _state(package: Package) -> Iterator[Condition]:
    predicates = package.predicates
    for blank, other in (("state", "value"), ("value", "state")):
        yield Condition(
            code="state-value",
            table="predicates",
            field=blank,
            broken=~filled(predicates, blank) & filled(predicates, other),
            message=f"{other} is filled and {blank} is blank",
        )


def _counted(package: Package) -> Iterator[Condition]:
    predicates = package.predicates
    counts = is_any(predicates, "kind", "count")
    for blank, other in (("unit", "outcomes"), ("outcomes", "unit")):
        yield Condition(
            code="unit-outcomes",
            table="predicates",
            field=blank,
            broken=counts & ~filled(predicates, blank) & filled(predicates, other),
            message=f"{other} is filled and {blank} is blank",
        )
    for column in ("unit", "outcomes", "narrower_of"):
        yield Condition(
            code="unit-not-count",
            table="predicates",
            field=column,
            broken=~counts & filled(predicates, column),
            message=f"only predicates of kind count have {column}",
        )


def _narrower(package: Package) -> Iterator[Condition]:
    predicates = package.predicates
    keyed = predicates.assign(own=predicates["kind"] + "/" + predicates["predicate"])
    named = predicates["kind"] + "/" + predicates["narrower_of"]
    exists = named.isin(keyed["own"].dropna())
    hint = Hints()

    def unknown(row: int) -> str:
        kind, name = predicates["kind"].iloc[row], predicates["narrower_of"].iloc[row]
        known = predicates.loc[is_any(predicates, "kind", kind), "predicate"].dropna().tolist()
        return f"there is no predicate {name} of kind {kind}{hint(name, known, kind)}"

    yield Condition(
        code="narrower-unknown",
        table="predicates",
        field="narrower_of",
        broken=mask(named.notna() & ~exists),
        message=unknown,
    )
    differs = _sets(predicates["outcomes"]) != _sets(follow(named, keyed, "own", "outcomes"))
    differs |= predicates["unit"].fillna("") != follow(named, keyed, "own", "unit").fillna("")
    yield Condition(
        code="narrower-differs",
        table="predicates",
        field="narrower_of",
        broken=mask(exists & differs),
        message=lambda row: (
            f"{predicates['predicate'].iloc[row]} does not count the same unit and outcomes as "
            f"{predicates['narrower_of'].iloc[row]}"
        ),
    )


def _sets(lists: pd.Series[Any]) -> pd.Series[Any]:
    """Each list in one spelling, whatever the order of its parts."""
    return lists.fillna("").map(lambda parts: "|".join(sorted(set(parts.split("|")))))


def _outcomes(package: Package) -> Iterator[Condition]:
    predicates = package.predicates
    parts = parts_of(predicates, "outcomes")
    units = predicates["unit"].loc[parts.index]
    hint = Hints()
    alone = ~parts.index.duplicated(keep=False)
    counted = pd.MultiIndex.from_arrays([units[alone], parts[alone]])
    unknown = parts[units.notna().to_numpy() & ~pd.MultiIndex.from_arrays([units, parts]).isin(counted)]

    def message(row: int) -> str:
        unit = predicates["unit"].iloc[row]
        known = sorted(set(parts[alone & (units == unit).fillna(False).to_numpy(dtype=bool)]))
        names = unknown.loc[[row]]
        return some(
            [f"no predicate of unit {unit} counts {name} alone{hint(name, known, unit)}" for name in names], "; "
        )

    yield Condition(
        code="outcome-unknown",
        table="predicates",
        field="outcomes",
        broken=rows_of(unknown, predicates),
        message=message,
    )


RULES = (
    _state,
    _counted,
    _narrower,
    _outcomes,
)
