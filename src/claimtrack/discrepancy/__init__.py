"""Discrepancies: what the claims of a package say against each other, computed and never stored.

Each family of codes is a module with one plain function from arrays to a table of pairs (see `pairs`); `findings`
gathers them, `summary` condenses them, `present` and `wording` put them into JSON and sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from claimtrack.discrepancy.comparable import not_comparable, not_computed
from claimtrack.discrepancy.facts import prepare, reported_by
from claimtrack.discrepancy.findings import CODES, FAMILIES, Computed, find, select
from claimtrack.discrepancy.pairs import STRENGTHS
from claimtrack.discrepancy.present import Json, pair_objects
from claimtrack.discrepancy.summary import condensed_objects
from claimtrack.errors import UsageError
from claimtrack.package import Package
from claimtrack.readings import Clocks
from claimtrack.scopes import Bools

__all__ = ["CODES", "FAMILIES", "STRENGTHS", "Findings", "Gap", "ceasefire_gap", "compute", "discrepancies"]

Asked = Mapping[str, Collection[str]]
Keeps = Callable[[pd.DataFrame], Bools]
BATCH = 1_000
"""Pairs that are put into words in one go."""


@dataclass(frozen=True, eq=False)
class Findings:
    """The result of a computation, in the forms of `claimtrack discrepancies`."""

    computed: Computed
    selected: pd.DataFrame
    hidden: int
    """How many pairs would have been selected, had people not declared them compatible."""

    def condensed(self) -> list[Json]:
        """One object a contradicted claim, scope of counts, or incident; strongest first."""
        return list(condensed_objects(self.computed, self.selected))

    def pairs(self) -> Iterator[Json]:
        """One object a pair of claims; strongest first, then by code and ids."""
        for at in range(0, len(self.selected), BATCH):
            yield from pair_objects(self.computed, self.selected.iloc[at : at + BATCH])

    def not_comparable(self) -> list[Json]:
        """Figures that look alike and may not be compared."""
        return list(not_comparable(self.computed))

    def unlinked(self) -> dict[str, list[Json]]:
        """What was computed but not declared, and what was declared but not computed."""
        return {
            "not_declared": [pair for pair in self.pairs() if not pair["linked"]],
            "not_computed": list(not_computed(self.computed)),
        }

    def suppressed(self) -> list[Json]:
        """The pairs that people declared compatible, as they would have been reported."""
        return list(pair_objects(self.computed, self.computed.suppressed))

    @cached_property
    def stats(self) -> Json:
        """How many claims were compared, and how many pairs there are, by code and by strength."""
        codes, strengths = self.selected["code"].value_counts(), self.selected["strength"].value_counts()
        return {
            "claims": len(self.computed.facts),
            "pairs": len(self.selected),
            "codes": {code: int(codes[code]) for family in CODES.values() for code in family if code in codes},
            "strengths": {name: int(strengths.get(rank, 0)) for rank, name in enumerate(STRENGTHS)},
            "suppressed": self.hidden,
        }


def compute(
    package: Package,
    *,
    as_of: datetime | str | None = None,
    retracted: bool = False,
    code: Collection[str] = (),
    claim: Collection[str] = (),
    incident: Collection[str] = (),
    strength: Collection[str] = (),
) -> Findings:
    """Compute the discrepancies of a package.

    `as_of` (aware) leaves out what had not been reported by then; retracted claims are left out unless asked for. The
    other arguments keep only pairs of these codes and strengths that touch these claims and incidents. An unknown one
    is a `UsageError`.
    """
    check_asked(package, code=code, claim=claim, incident=incident, strength=strength)
    reported, clock = reported_by(package, moment(as_of), retracted)
    return find_in(reported, clock, {"code": code, "claim": claim, "incident": incident, "strength": strength})


def find_in(package: Package, clock: Clocks, asked: Asked, keeps: Keeps | None = None) -> Findings:
    """The same for a package that is as it stood at some moment, with the clocks of its claims.

    `keeps` says of tables of pairs which are told of.
    """
    computed = find(prepare(package, clock))
    selected, hidden = (select(each, **asked) for each in (computed, replace(computed, pairs=computed.suppressed)))
    if keeps is not None:
        selected, hidden = (pairs[keeps(pairs)].reset_index(drop=True) for pairs in (selected, hidden))
    return Findings(computed, selected, len(hidden))


def check_asked(package: Package, **asked: Collection[str]) -> None:
    """Raise `UsageError` for a code, claim, incident or strength that does not exist."""
    known = {
        "code": {name for names in CODES.values() for name in names},
        "strength": set(STRENGTHS),
        "claim": set(package.claims["claim_id"]),
        "incident": set(package.incidents["incident_id"]),
    }
    for option, given in asked.items():
        for name in given:
            if name not in known[option]:
                raise UsageError(f"there is no {option} {name!r}")


def moment(as_of: datetime | str | None) -> pd.Timestamp | None:
    """The moment that is meant; `UsageError` where it is none, or has no offset."""
    if as_of is None:
        return None
    try:
        meant = pd.Timestamp(as_of)
    except ValueError as error:
        raise UsageError(f"as_of: {as_of!r} is not a date and time such as 2022-09-13T12:00:00+04:00") from error
    if meant.tzinfo is None:
        raise UsageError(f"as_of: {as_of!r} has no UTC offset; write it like 2022-09-13T12:00:00+04:00")
    return meant


def discrepancies(package: Package, as_of: datetime | str | None = None, *, pairs: bool = False) -> pd.DataFrame:
    """The discrepancies of a package as a frame: one row a contradicted claim or scope, or (`pairs`) a pair of claims.

    Columns are the keys of the JSON objects of `claimtrack discrepancies`.
    """
    findings = compute(package, as_of=as_of)
    return pd.DataFrame(list(findings.pairs()) if pairs else findings.condensed())


class Gap(NamedTuple):
    """Hours from the start that a ceasefire claim gives to the earliest event against it, over all readings."""

    value: float | None
    low: float | None
    high: float | None


def ceasefire_gap(package: Package, claim_id: str) -> Gap | None:
    """How long, by what others say, the ceasefire of a claim held: the smallest `since_start`.

    None if nothing speaks against it. Only violence counts (family `state`). Raises `UsageError` for an unknown claim.
    """
    findings = compute(package, claim=[claim_id])
    for row in findings.condensed():
        if row["family"] == "state" and row["claims"][0] == claim_id and "since_start" in row["figures"]:
            figure = row["figures"]["since_start"]
            return Gap(figure["value"], figure["low"], figure["high"])
    return None
