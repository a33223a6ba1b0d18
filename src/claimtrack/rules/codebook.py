"""The codebook, predicates.csv, agrees with itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from claimtrack.rules.breach import Condition, mask
from claimtrack.rules.cells import Hints, filled, found, is_any, some
from claimtrack.rules.lists import parts_of, rows_of
from claimtrack.scopes import cells_of

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
    own, named = (predicates["kind"] + "/" + predicates[column] for column in ("predicate", "narrower_of"))
    above = found(named, own)
    known, hint = _grouped(zip(cells_of(predicates["kind"]), cells_of(predicates["predicate"]), strict=True)), Hints()

    def unknown(row: int) -> str:
        kind, name = predicates["kind"].iloc[row], predicates["narrower_of"].iloc[row]
        return f"there is no predicate {name} of kind {kind}{hint(name, known[kind], kind)}"

    yield Condition(
        code="narrower-unknown",
        table="predicates",
        field="narrower_of",
        broken=mask(named.notna()) & (above < 0),
        message=unknown,
    )
    outcomes = (frozenset((cell or "").split("|")) for cell in cells_of(predicates["outcomes"]))
    counted = list(zip(cells_of(predicates["unit"]), outcomes, strict=True))
    differs = [one != counted[at] for one, at in zip(counted, above.tolist(), strict=True)]
    yield Condition(
        code="narrower-differs",
        table="predicates",
        field="narrower_of",
        broken=np.array(differs, dtype=bool) & (above >= 0),
        message=lambda row: (
            f"{predicates['predicate'].iloc[row]} does not count the same unit and outcomes as "
            f"{predicates['narrower_of'].iloc[row]}"
        ),
    )


def _grouped(pairs: Iterable[tuple[str | None, str | None]]) -> Mapping[str | None, list[str]]:
    """What is given of each group, in the order of the pairs."""
    groups: dict[str | None, list[str]] = defaultdict(list)
    for group, one in pairs:
        if one is not None:
            groups[group].append(one)
    return groups


def _outcomes(package: Package) -> Iterator[Condition]:
    predicates = package.predicates
    parts = parts_of(predicates, "outcomes")
    units = cells_of(predicates["unit"])
    pairs = list(zip((units[row] for row in parts.index.tolist()), parts.tolist(), strict=True))
    alone = (~parts.index.duplicated(keep=False)).tolist()
    counted = {pair for pair, is_alone in zip(pairs, alone, strict=True) if is_alone}
    unknown = parts[[pair[0] is not None and pair not in counted for pair in pairs]]
    known, hint = _grouped(sorted(pair for pair in counted if pair[0] is not None)), Hints()

    def message(row: int) -> str:
        unit, names = str(units[row]), unknown.loc[[row]]
        return some(
            [f"no predicate of unit {unit} counts {name} alone{hint(name, known[unit], unit)}" for name in names], "; "
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
