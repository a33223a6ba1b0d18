"""Discrepancies: what the claims of a package say against each other, computed and never stored.

`facts` are the claims as arrays. Each family of codes is a module of `families`, or several of `counts`, with plain
functions from these arrays to tables of pairs (see `pairs`), which they find by `joins` and judge under all readings
(`verdicts`). `findings` gathers them, and `telling` condenses them and puts them into JSON and sentences. `near` says
what a question about some claims concerns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, datetime
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from claimtrack.clocks import Clocks
from claimtrack.discrepancy.findings import Asked, Computed, Slice, Tally, find
from claimtrack.discrepancy.near.surroundings import Surroundings
from claimtrack.discrepancy.pairs import CODE_ORDER, CODES, FAMILIES, STRENGTHS
from claimtrack.discrepancy.preparing import prepare
from claimtrack.discrepancy.reported import reported
from claimtrack.discrepancy.telling.comparable import not_comparable, not_computed
from claimtrack.discrepancy.telling.present import Json, pair_objects
from claimtrack.discrepancy.telling.rows import Rows
from claimtrack.discrepancy.telling.summary import by_family, condensed_rows, condensed_runs, worded
from claimtrack.errors import UsageError
from claimtrack.package import Package, check_package
from claimtrack.scopes import Bools

__all__ = [
    "CODES",
    "FAMILIES",
    "STRENGTHS",
    "Findings",
    "Gap",
    "Index",
    "Tally",
    "ceasefire_gap",
    "compute",
]

Keeps = Callable[[pd.DataFrame], Bools]
BATCH = 1_000
"""Pairs that are put into words in one go."""


@dataclass(frozen=True, eq=False)
class Findings:
    """The result of a computation, in the forms of `claimtrack discrepancies`."""

    computed: Computed
    asked: Asked = field(default_factory=Asked)
    keeps: Keeps | None = None
    """Says of a table of pairs which are told of; None: all. Of a claim at issue it tells all pairs or none."""

    def __repr__(self) -> str:
        number = len(self.computed.facts)
        return f"Findings(about {number:,} claim{'' if number == 1 else 's'})"

    def _told(self, pairs: pd.DataFrame) -> pd.DataFrame:
        chosen = self.asked.among(self.computed.facts, pairs)
        return chosen if self.keeps is None else chosen[self.keeps(chosen)]

    @cached_property
    def selected(self) -> pd.DataFrame:
        """The pairs that are asked for, in order, all at once."""
        return self.computed.in_order(pd.concat([self._told(self.computed.none), *self._slices()]))

    def _slices(self) -> Iterator[pd.DataFrame]:
        return (told for part in self.computed.slices() if len(told := self._told(part.pairs)))

    def _counted(self, tally: Tally) -> Iterator[Slice]:
        """What is asked for, slice by slice; it is counted in `tally`. Where pairs are asked for, runs are listed."""
        for pairs, suppressed, runs in self.computed.slices(with_runs=self.asked == Asked()):
            told = Slice(self._told(pairs), self._told(suppressed), runs)
            tally.add(*told)
            yield told

    @cached_property
    def _condensed(self) -> tuple[list[Rows], Tally]:
        """The condensed rows, and what was counted on the way: no more than a slice of the pairs is held at once."""
        tally = Tally()
        return by_family(condensed_rows(self.computed, self._counted(tally))), tally

    def condensed(self) -> list[Json]:
        """One object a contradicted claim, scope of counts, or incident; strongest first."""
        return list(self.each())

    def each(self) -> Iterator[Json]:
        """The same, one object after the other: they are put into words as they are asked for."""
        return worded(self.computed, self._condensed[0])

    def runs(self, tally: Tally) -> Iterator[Iterator[Json]]:
        """The same in several lists, each in order, of which one is held at a time; pairs are counted in `tally`."""
        return condensed_runs(self.computed, self._counted(tally))

    def pairs(self) -> Iterator[Json]:
        """One object a pair of claims; strongest first, then by code and ids."""
        every = self.selected if self.asked == Asked() and self.keeps is None else None
        for at in range(0, len(self.selected), BATCH):
            yield from pair_objects(self.computed, self.selected.iloc[at : at + BATCH], every)

    def runs_of_pairs(self, tally: Tally) -> Iterator[Iterator[Json]]:
        """The pairs in several lists, each in order, of which one is held at a time; they are counted in `tally`."""
        for part in self.computed.slices():
            told = self.computed.in_order(self._told(part.pairs))
            tally.add(told, self._told(part.suppressed))
            if len(told):
                yield pair_objects(self.computed, told, part.pairs)

    def not_comparable(self) -> list[Json]:
        """Figures that look alike and may not be compared."""
        return [row for row in not_comparable(self.computed) if self._touches(row["claims"])]

    def unlinked(self) -> dict[str, list[Json]]:
        """What was computed but not declared, and what was declared but not computed."""
        return {
            "not_declared": [pair for pair in self.pairs() if not pair["linked"]],
            "not_computed": [
                row for row in not_computed(self.computed) if self._touches((row["claim_id"], row["other_id"]))
            ],
        }

    def _touches(self, claims: Collection[str]) -> bool:
        """Whether one of these is a claim that is asked for, and one of an incident that is."""
        return all(wanted.intersection(claims) for wanted in self._wanted)

    @cached_property
    def _wanted(self) -> list[set[str]]:
        """The claims that are asked for, and those of the incidents that are; of each as far as any is."""
        package = self.computed.facts.package
        return [set(package.claims["claim_id"][wanted]) for wanted in self.asked.claims(package)]

    def suppressed(self) -> list[Json]:
        """The pairs that people declared compatible, as they would have been reported."""
        return list(pair_objects(self.computed, self.computed.suppressed))

    @cached_property
    def stats(self) -> Json:
        """How many claims were compared, and how many pairs there are, by code and by strength."""
        tally = self._condensed[1] if "selected" not in self.__dict__ else Tally()
        if "selected" in self.__dict__:
            tally.add(self.selected, self._told(self.computed.suppressed))
        return self.of_tally(tally)

    def of_tally(self, tally: Tally) -> Json:
        """The same from what was counted."""
        return {
            "claims": int(self.computed.facts.counts.sum()),
            "pairs": int(tally.codes.sum()),
            "codes": {code: number for code, number in zip(CODE_ORDER, tally.codes.tolist(), strict=True) if number},
            "strengths": dict(zip(STRENGTHS, tally.strengths.tolist(), strict=True)),
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
    check_asked(package, code=code, claim=claim, incident=incident, strength=strength)
    asked = {"code": code, "claim": claim, "incident": incident, "strength": strength}
    return Findings(find(prepare(*reported(package, moment(as_of), retracted))), _chosen(asked))


def find_in(
    package: Package,
    clock: Clocks,
    asked: Mapping[str, Collection[str]],
    keeps: Keeps | None = None,
    at_issue: Bools | None = None,
) -> Findings:
    """The same for a package that is as it stood at some moment, with the clocks of its claims.

    `keeps` says of tables of pairs which are told of. `at_issue`: the claims of which it is asked what speaks against
    their state or their ceasefire; None: all.
    """
    return Findings(find(prepare(package, clock, at_issue=at_issue)), _chosen(asked), keeps)


class Index:
    """The claims of a package in the order of what they are asked for, so that what is found about a few comes at once.

    It keeps to the package as it was when it was first asked. `often`: False where one question is all that is asked,
    which puts nothing in order.
    """

    def __init__(self, package: Package, *, often: bool = True) -> None:
        self._package = package
        self._surroundings = Surroundings(package, often=often)

    def findings(self, claims: Collection[str]) -> Findings:
        """The findings about these claims, as `compute` tells them; an unknown claim is a `UsageError`.

        Only what can meet these claims is compared: what is counted, not comparable or suppressed is among that.
        """
        check_asked(self._package, claim=claims)
        return compute(self._surroundings.part(self._surroundings.of(claims)), claim=claims)


def _chosen(asked: Mapping[str, Collection[str]]) -> Asked:
    return Asked(**{name: frozenset(given) for name, given in asked.items()})


def check_asked(package: Package, **asked: Collection[str]) -> None:
    """Raise `UsageError` for a code, claim, incident or strength that does not exist."""
    known: dict[str, Collection[str]] = {
        "code": CODE_ORDER,
        "strength": STRENGTHS,
        "claim": _there(package.claims["claim_id"], asked.get("claim", ())),
        "incident": _there(package.incidents["incident_id"], asked.get("incident", ())),
    }
    for option, given in asked.items():
        for name in given:
            if name not in known[option]:
                raise UsageError(f"there is no {option} {name!r}")


def _there(ids: pd.Series, wanted: Collection[str]) -> set[str]:
    """Those that are among the ids."""
    return set(ids[ids.isin(list(wanted))]) if wanted else set()


def moment(as_of: datetime | str | None) -> pd.Timestamp | None:
    """The moment that is meant; `UsageError` where it is none, has no offset, or has in UTC a year that no date has."""
    if as_of is None:
        return None
    try:
        meant = pd.Timestamp(as_of)
    except ValueError as error:
        raise UsageError(f"as_of: {as_of!r} is not a date and time such as 2022-09-13T12:00:00+04:00") from error
    if meant.tzinfo is None:
        raise UsageError(f"as_of: {as_of!r} has no UTC offset; write it like 2022-09-13T12:00:00+04:00")
    if not MINYEAR <= meant.tz_convert("UTC").year <= MAXYEAR:
        raise UsageError(f"as_of: {as_of!r} is in UTC not in the years {MINYEAR} to {MAXYEAR}")
    return meant


class Gap(NamedTuple):
    """Hours from the start that a ceasefire claim gives to the earliest event against it, over all readings."""

    value: float | None
    low: float | None
    high: float | None


def ceasefire_gap(package: Package, claim_id: str) -> Gap | None:
    """How long, by what others say, the ceasefire of a claim held: the smallest `since_start`.

    None if nothing that gives a time speaks against it. Only violence counts (family `state`). Raises `UsageError` for
    an unknown claim.
    """
    check_package(package)
    findings = Index(package, often=False).findings([claim_id])
    for row in findings.condensed():
        if row["family"] == "state" and row["claims"][0] == claim_id and "since_start" in row["figures"]:
            figure = row["figures"]["since_start"]
            return Gap(figure["value"], figure["low"], figure["high"])
    return None
