"""The findings of two versions of a package, as far as they can differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.findings import Computed, Slice, find
from claimtrack.discrepancy.near.surroundings import Concerned, Surroundings
from claimtrack.discrepancy.preparing import prepare
from claimtrack.discrepancy.reported import reported
from claimtrack.discrepancy.telling.groups import BY_SCOPE
from claimtrack.discrepancy.telling.present import Json, pair_objects
from claimtrack.discrepancy.telling.summary import condensed_slices
from claimtrack.package import Package
from claimtrack.scopes import Bools, one_of

LISTED, WORDED = 100_000, 1_000
"""Pairs that are listed to see which of them have a claim that differs, and pairs of such claims that are told."""


class Told(NamedTuple):
    """What is told of one version."""

    findings: list[Json]
    pairs: list[Json] | None
    """Those behind the findings that have a claim that differs; None where they are too many, or no claim differs."""


def told_around(versions: Sequence[Package], changed: Collection[str], *, anywhere: bool = False) -> list[Told]:
    """For each version its condensed findings, but for those that are the same in all, given which claims differ.

    `changed` are the ids of claims that are not in every version, or not the same, or depend on something else that is
    not. `anywhere`: what differs beside these can matter to any claim, so that everything is computed. Of the findings
    that are told some may still be the same. With them come the pairs that the claims that differ have a part in.
    """
    surroundings = [Surroundings(package) for package in versions]
    changed = set[str]().union(*(each.bearing(changed) for each in surroundings))
    if anywhere:
        return [_told(find(prepare(*reported(package, None, retracted=False))), None, changed) for package in versions]
    parts = zip(*(each.concerned(changed) for each in surroundings), strict=True)
    concerned = Concerned(*(set[str]().union(*part) for part in parts))
    return [_told_about(concerned, each.part(each.around(concerned)), changed) for each in surroundings]


def _told_about(concerned: Concerned, package: Package, changed: Collection[str]) -> Told:
    """The findings about these, given a package that has all that they need; with the pairs of changed claims."""
    at_issue = one_of(package.claims["claim_id"], concerned.claims)
    return _told(find(prepare(*reported(package, None, retracted=False), at_issue)), concerned, changed)


def _told(computed: Computed, concerned: Concerned | None, changed: Collection[str]) -> Told:
    """The findings, all or those about these; with the pairs of changed claims."""
    slices = computed.slices(with_runs=True) if concerned is None else _slices_about(concerned, computed)
    findings = list(condensed_slices(computed, slices))
    if not changed or sum(sum(finding["codes"].values()) for finding in findings) > LISTED:
        return Told(findings, None)
    return Told(findings, _pairs_of(changed, computed))


def _pairs_of(changed: Collection[str], computed: Computed) -> list[Json] | None:
    """The pairs that one of these claims has a part in; None where these are too many."""
    differs = one_of(computed.facts.package.claims["claim_id"], changed)
    found, number = [computed.none], 0
    for pairs, *_ in computed.slices():
        found.append(pairs[differs[pairs["left"]] | differs[pairs["right"]]])
        number += len(found[-1])
        if number > WORDED:
            return None
    return list(pair_objects(computed, computed.in_order(pd.concat(found))))


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
