"""The findings of two versions of a package, as far as they can differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from claimtrack.discrepancy.facts import Facts, prepare
from claimtrack.discrepancy.findings import Computed, Slice, find
from claimtrack.discrepancy.near.surroundings import Concerned, Surroundings
from claimtrack.discrepancy.reported import reported
from claimtrack.discrepancy.telling.groups import BY_SCOPE
from claimtrack.discrepancy.telling.present import Json
from claimtrack.discrepancy.telling.summary import condensed_slices
from claimtrack.package import Package
from claimtrack.scopes import Bools, one_of


def condensed_around(versions: Sequence[Package], changed: Collection[str] | None) -> list[list[Json]]:
    """For each version its condensed findings, but for those that are the same in all, given which claims differ.

    `changed` are the ids of claims that are not in every version, or not the same, or depend on something else that is
    not; None where that can be any of them. Of the findings that are told some may still be the same.
    """
    if changed is None:
        return [_condensed(package) for package in versions]
    surroundings = [Surroundings(package) for package in versions]
    changed = set[str]().union(*(each.bearing(changed) for each in surroundings))
    parts = zip(*(each.concerned(changed) for each in surroundings), strict=True)
    concerned = Concerned(*(set[str]().union(*part) for part in parts))
    return [_condensed_about(concerned, each.part(each.around(concerned))) for each in surroundings]


def _condensed(package: Package) -> list[Json]:
    computed = find(prepare(*reported(package, None, retracted=False)))
    return list(condensed_slices(computed, computed.slices(with_runs=True)))


def _condensed_about(concerned: Concerned, package: Package) -> list[Json]:
    """The findings about these, given a package that has all that they need."""
    at_issue = one_of(package.claims["claim_id"], concerned.claims)
    computed = find(prepare(*reported(package, None, retracted=False), at_issue))
    return list(condensed_slices(computed, _slices_about(concerned, computed)))


def _slices_about(concerned: Concerned, computed: Computed) -> Iterator[Slice]:
    for pairs, suppressed, runs in computed.slices(with_runs=True):
        for family in pairs["family"].unique():
            about = _about(concerned, computed.facts, family)
            yield Slice(pairs[about[pairs["left"]]], suppressed, runs)


def _about(concerned: Concerned, facts: Facts, family: str) -> Bools:
    """For each claim whether findings of this family are asked for that are about it, or about its incident."""
    if family in ("state", "ceasefire"):
        return facts.at_issue
    asked = concerned.counted if family in BY_SCOPE else concerned.incidents
    return one_of(facts.package.claims["incident_id"].fillna(""), asked)
