"""Discrepancies: what the claims of a package say against each other, computed and never stored.

Each family of codes is a module with one plain function from arrays to a table of pairs (see `pairs`); `findings`
gathers them, `summary` condenses them, `present` and `wording` put them into JSON and sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from claimtrack.discrepancy.comparable import not_comparable, not_computed
from claimtrack.discrepancy.facts import prepare, reported_by
from claimtrack.discrepancy.findings import Asked, Computed, Tally, find
from claimtrack.discrepancy.pairs import CODE_ORDER, CODES, FAMILIES, STRENGTHS
from claimtrack.discrepancy.present import Json, pair_objects
from claimtrack.discrepancy.summary import condensed_slices
from claimtrack.errors import UsageError
from claimtrack.package import Package

__all__ = ["CODES", "FAMILIES", "STRENGTHS", "Findings", "Gap", "ceasefire_gap", "compute", "discrepancies"]


@dataclass(frozen=True, eq=False)
class Findings:
    """The result of a computation, in the forms of `claimtrack discrepancies`."""

    computed: Computed
    asked: Asked = field(default_factory=Asked)

    @cached_property
    def selected(self) -> pd.DataFrame:
        """The pairs that are asked for, in order, all at once."""
        return self.asked.among(self.computed.facts, self.computed.pairs).reset_index(drop=True)

    @cached_property
    def _condensed(self) -> tuple[list[Json], Tally]:
        """The condensed answer and what was counted on the way: no more than a slice of the pairs is held at once."""
        tally = Tally()

        def counted() -> Iterator[pd.DataFrame]:
            for pairs, suppressed in self.computed.slices():
                chosen = self.asked.among(self.computed.facts, pairs)
                tally.add(chosen, suppressed)
                yield chosen

        return list(condensed_slices(self.computed, counted())), tally

    def condensed(self) -> list[Json]:
        """One object a contradicted claim, scope of counts, or incident; strongest first."""
        return list(self._condensed[0])

    def pairs(self) -> Iterator[Json]:
        """One object a pair of claims; strongest first, then by code and ids."""
        return pair_objects(self.computed, self.selected)

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
        tally = self._condensed[1] if "selected" not in self.__dict__ else Tally()
        if "selected" in self.__dict__:
            tally.add(self.selected, self.computed.suppressed)
        return {
            "claims": len(self.computed.facts),
            "pairs": tally.codes.total(),
            "codes": {code: tally.codes[code] for code in CODE_ORDER if code in tally.codes},
            "strengths": {name: tally.strengths[rank] for rank, name in enumerate(STRENGTHS)},
            "suppressed": tally.suppressed,
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
    for option, given, known in (
        ("code", code, CODE_ORDER),
        ("strength", strength, STRENGTHS),
        ("claim", claim, package.claims["claim_id"]),
        ("incident", incident, package.incidents["incident_id"]),
    ):
        for name in given:
            if name not in (known if not isinstance(known, pd.Series) else set(known)):
                raise UsageError(f"there is no {option} {name!r}")
    facts = prepare(*reported_by(package, _moment(as_of), retracted))
    asked = Asked(frozenset(code), frozenset(claim), frozenset(incident), frozenset(strength))
    return Findings(find(facts), asked)


def _moment(as_of: datetime | str | None) -> pd.Timestamp | None:
    if as_of is None:
        return None
    try:
        moment = pd.Timestamp(as_of)
    except ValueError as error:
        raise UsageError(f"as_of: {as_of!r} is not a date and time such as 2022-09-13T12:00:00+04:00") from error
    if moment.tzinfo is None:
        raise UsageError(f"as_of: {as_of!r} has no UTC offset; write it like 2022-09-13T12:00:00+04:00")
    return moment


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
