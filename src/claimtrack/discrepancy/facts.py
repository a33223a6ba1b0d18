"""The claims of a package as arrays, prepared once and read by every family."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from claimtrack.package import Package
from claimtrack.readings import Clocks, Readings, clocks, coded_by, micros, readings
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
    clocks: Clocks
    readings: Readings
    places: Hierarchy
    actors: Hierarchy
    terms: CountTerms
    claim_id: Texts
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
    def linked(self) -> tuple[Ints, Ints]:
        """The two claims of every link of the package."""
        ids, links = self.package.claims["claim_id"], self.package.links
        return positions(ids, links["claim_id"]), positions(ids, links["other_id"])

    def __len__(self) -> int:
        return len(self.claim_id)


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


def reported_by(package: Package, as_of: pd.Timestamp | None, retracted: bool) -> tuple[Package, Clocks]:
    """The package as it stood at `as_of` (None: now), without what has been retracted by then unless asked for.

    With it the clocks of its claims: what has been retracted still dates the undated entries of its source.
    """
    claims, clock = package.claims, clocks(package)
    keep = np.ones(len(claims), dtype=bool)
    if as_of is not None:
        keep &= clock.reported <= micros(pd.Series([as_of.tz_convert("UTC")]))[0]
    source, target = (positions(claims["claim_id"], package.links[column]) for column in ("claim_id", "other_id"))
    if not retracted:
        withdrawn = package.sources.loc[(package.sources["standing"] == "retracted"), "source_id"]
        reported = np.append(keep, False)[source]
        keep &= ~claims["source_id"].isin(withdrawn).to_numpy(dtype=bool)
        retracts = (package.links["relation"] == "retracts").fillna(False).to_numpy(dtype=bool)
        taken_back = target[retracts & reported]
        keep[taken_back[taken_back >= 0]] = False
    if keep.all() and (source >= 0).all() and (target >= 0).all():
        return package, clock
    frames, offsets = dict(package.frames), dict(package.offsets)
    frames["claims"] = claims[keep].reset_index(drop=True)
    offsets["claims"] = package.offsets["claims"][keep].reset_index(drop=True)
    kept = np.append(keep, False)
    frames["links"] = package.links[kept[source] & kept[target]].reset_index(drop=True)
    return replace(package, frames=frames, offsets=offsets), clock.of(keep)


def prepare(package: Package, clock: Clocks) -> Facts:
    """The arrays of a package that has passed validation."""
    claims = package.claims
    places, actors = place_hierarchy(package.places), actor_hierarchy(package.actors)
    of_incident = looked_up(claims["incident_id"], package.incidents.set_index("incident_id")["place_id"])
    scope = places.numbers(of_incident)
    place = places.numbers(claims["place_id"].fillna(of_incident))
    codebook = coded_by(package)
    one_sided = package.predicates.loc[package.predicates["value"] == "absent", "state"]
    flag = {name: codebook[name].fillna(False).to_numpy(dtype=bool) for name in ("exclusive", "blame", "marks_start")}
    polarity, certainty = _texts(claims["polarity"]), _texts(claims["certainty"])
    return Facts(
        package=package,
        clocks=clock,
        readings=readings(package, clock),
        places=places,
        actors=actors,
        terms=count_terms(package.predicates),
        claim_id=claims["claim_id"].to_numpy(dtype=object),
        rank=_rank(claims["claim_id"]),
        kind=_texts(claims["kind"]),
        predicate=_texts(claims["predicate"]),
        mode=_texts(claims["valid_mode"]),
        answer=_texts(claims["answer"]),
        asserts=polarity == "asserts",
        denies=polarity == "denies",
        cannot_confirm=polarity == "cannot_confirm",
        compared=certainty != "anticipated",
        doubtful=np.isin(certainty, ("hedged", "implied")),
        claimant=actors.numbers(claims["claimant_id"]),
        actor=actors.numbers(claims["actor_id"]),
        target=actors.numbers(claims["target_id"]),
        place=place,
        bounded=places.contains(scope, place),
        along=(claims["place_relation"] == "along").fillna(False).to_numpy(dtype=bool),
        incident=_codes(claims["incident_id"]),
        statement=_codes(claims["statement_id"]),
        state=_codes(codebook["state"]),
        value=_codes(codebook["value"]),
        absent=(codebook["value"] == "absent").fillna(False).to_numpy(dtype=bool),
        two_sided=(codebook["state"].notna() & ~codebook["state"].isin(one_sided)).to_numpy(dtype=bool),
        **flag,
    )


__all__ = ["NOBODY", "Facts", "prepare", "reported_by"]
