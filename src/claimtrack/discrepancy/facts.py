"""The claims of a package as arrays, prepared once and read by every family."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

from claimtrack.package import Package
from claimtrack.readings import Clocks, Readings, coded_by, readings
from claimtrack.scopes import (
    NOBODY,
    Bools,
    CountTerms,
    Hierarchy,
    Ints,
    actor_hierarchy,
    count_terms,
    looked_up,
    place_hierarchy,
    positions,
)

Texts = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Facts:
    """One entry a claim in every array, in the order of `package.claims`. Blank ids are −1, blank texts ''."""

    package: Package
    counts: Bools
    """False for claims that do not count: not reported by then, or retracted."""
    at_issue: Bools
    """False for claims of which it is not asked what speaks against their state or their ceasefire."""
    clocks: Clocks
    readings: Readings
    places: Hierarchy
    actors: Hierarchy
    terms: CountTerms
    claim_id: ExtensionArray
    rank: Ints
    """The position of the claim in the order of ids."""
    kind: Texts
    predicate: Texts
    mode: Texts
    answer: Texts
    asserts: Bools
    denies: Bools
    cannot_confirm: Bools
    compared: Bools
    """False for claims about the future."""
    doubtful: Bools
    """Hedged or implied: at most possible."""
    claimant: Ints
    actor: Ints
    target: Ints
    place: Ints
    """The claim's own place, else its incident's."""
    bounded: Bools
    """The place lies inside the place of the claim's incident: only there it can meet a claim without a place."""
    along: Bools
    incident: Ints
    statement: Ints
    state: Ints
    value: Ints
    absent: Bools
    """Asserts the absence of something (no hostilities): it is refuted by a presence inside its period."""
    two_sided: Bools
    """Speaks of a state that has no absence, such as an alert that is on or off."""
    exclusive: Bools
    blame: Bools
    marks_start: Bools

    @cached_property
    def from_codebook(self) -> Bools:
        """The hours are those that the codebook gives a part of the day."""
        return _is(self.package.claims["bounds_basis"], "codebook")

    @cached_property
    def zone_assumed(self) -> Bools:
        """The source does not say in which zone the times are."""
        return _is(self.package.claims["zone_basis"], "assumed")

    @cached_property
    def approximate(self) -> Bools:
        """The figure is said to be a rough one."""
        found: Bools = self.package.claims["count_approx"].fillna(False).to_numpy(dtype=bool)
        return found

    @cached_property
    def of_ceasefire(self) -> Bools:
        """Speaks of a ceasefire."""
        found: Bools = self.kind == "ceasefire"
        return found

    @cached_property
    def rises(self) -> Ints:
        """The claims that say that a figure will rise."""
        return np.flatnonzero((self.kind == "count") & (self.predicate == "will_rise") & self.asserts)

    def ids(self, claims: Ints) -> list[str]:
        """The ids of these claims."""
        named: list[str] = np.asarray(self.claim_id[claims], dtype=object).tolist()
        return named

    @cached_property
    def linked(self) -> tuple[Ints, Ints]:
        """The two claims of every link of the package."""
        ids, links = self.package.claims["claim_id"], self.package.links
        return positions(ids, links["claim_id"]), positions(ids, links["other_id"])

    def __len__(self) -> int:
        return len(self.rank)


def _texts(column: pd.Series) -> Texts:
    code, distinct = pd.factorize(column)
    return np.array([*distinct, ""], dtype=object)[code]


def _is(column: pd.Series, value: str) -> Bools:
    same: Bools = (column == value).fillna(False).to_numpy(dtype=bool)
    return same


def _codes(column: pd.Series) -> Ints:
    return pd.factorize(column)[0].astype(np.int64)


def _rank(ids: pd.Series) -> Ints:
    rank = np.empty(len(ids), dtype=np.int64)
    rank[ids.argsort(kind="stable").to_numpy()] = np.arange(len(ids))
    return rank


def prepare(package: Package, clock: Clocks, counts: Bools | None = None, at_issue: Bools | None = None) -> Facts:
    """The arrays of a package that has passed validation. `counts` and `at_issue`: which claims; None: all of them.

    What does not count keeps its place in every array, and asserts and denies nothing.
    """
    claims = package.claims
    everyone = np.ones(len(claims), dtype=bool)
    counts = everyone if counts is None else counts
    places, actors = place_hierarchy(package.places), actor_hierarchy(package.actors)
    of_incident = looked_up(claims["incident_id"], package.incidents.set_index("incident_id")["place_id"])
    scope = places.numbers(of_incident)
    place = places.numbers(claims["place_id"])
    place = np.where(claims["place_id"].isna().to_numpy(), scope, place)
    codebook, meaning = package.predicates, coded_by(package)
    one_sided = codebook.loc[codebook["value"] == "absent", "state"]
    two_sided = codebook["state"].notna() & ~codebook["state"].isin(one_sided)
    polarity, certainty = _texts(claims["polarity"]), _texts(claims["certainty"])

    def of_predicate(column: pd.Series) -> Bools:
        return np.append(column.fillna(False).to_numpy(dtype=bool), False)[meaning]

    return Facts(
        package=package,
        counts=counts,
        at_issue=everyone if at_issue is None else at_issue,
        clocks=clock,
        readings=readings(package, clock),
        places=places,
        actors=actors,
        terms=count_terms(codebook),
        claim_id=claims["claim_id"].array,
        rank=_rank(claims["claim_id"]),
        kind=_texts(claims["kind"]),
        predicate=_texts(claims["predicate"]),
        mode=_texts(claims["valid_mode"]),
        answer=_texts(claims["answer"]),
        asserts=counts & (polarity == "asserts"),
        denies=counts & (polarity == "denies"),
        cannot_confirm=counts & (polarity == "cannot_confirm"),
        compared=certainty != "anticipated",
        doubtful=np.isin(certainty, ("hedged", "implied")),
        claimant=actors.numbers(claims["claimant_id"]),
        actor=actors.numbers(claims["actor_id"]),
        target=actors.numbers(claims["target_id"]),
        place=place,
        bounded=places.contains(scope, place),
        along=_is(claims["place_relation"], "along"),
        incident=_codes(claims["incident_id"]),
        statement=_codes(claims["statement_id"]),
        state=np.append(_codes(codebook["state"]), NOBODY)[meaning],
        value=np.append(_codes(codebook["value"]), NOBODY)[meaning],
        absent=of_predicate(codebook["value"] == "absent"),
        two_sided=of_predicate(two_sided),
        exclusive=of_predicate(codebook["exclusive"]),
        blame=of_predicate(codebook["blame"]),
        marks_start=of_predicate(codebook["marks_start"]),
    )


__all__ = ["NOBODY", "Facts", "Texts", "prepare"]
