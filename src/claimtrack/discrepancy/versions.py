"""The findings of two versions of a package, as far as they can differ."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from claimtrack.discrepancy.facts import prepare, reported_by
from claimtrack.discrepancy.findings import Computed, find
from claimtrack.discrepancy.near import Surroundings, restricted
from claimtrack.discrepancy.present import Json
from claimtrack.discrepancy.summary import BY_CLAIM, condensed_objects
from claimtrack.package import Package
from claimtrack.scopes import Bools


def condensed_around(versions: Sequence[Package], changed: Collection[str] | None) -> list[list[Json]]:
    """For each version its condensed findings, but for those that are the same in all, given which claims differ.

    `changed` are the ids of claims that are not in every version, or not the same, or depend on something else that is
    not; None where that can be any of them. Of the findings that are told some may still be the same.
    """
    if changed is None:
        return [_condensed(_computed(package), None, None) for package in versions]
    surroundings = [Surroundings(package) for package in versions]
    near = set[str]().union(*(each.of(changed) for each in surroundings))
    incidents = set[str]().union(*(each.incidents(changed) for each in surroundings))
    computed = [_computed(restricted(package, near)) for package in versions]
    at_issue = set[str]().union(*(_at_issue(each, changed) for each in computed))
    return [_condensed(each, at_issue, incidents) for each in computed]


def _computed(package: Package) -> Computed:
    return find(prepare(*reported_by(package, None, retracted=False)))


def _at_issue(computed: Computed, changed: Collection[str]) -> set[str]:
    """The claims at issue, for themselves, in pairs of which one claim has changed."""
    pairs, ids = computed.pairs, computed.facts.claim_id
    differs = np.isin(ids, list(changed))
    touched = differs[pairs["left"]] | differs[pairs["right"]]
    return set(ids[pairs["left"][touched & _by_claim(computed)]])


def _by_claim(computed: Computed) -> Bools:
    return computed.pairs["family"].isin(BY_CLAIM).to_numpy(dtype=bool)


def _condensed(computed: Computed, at_issue: Collection[str] | None, incidents: Collection[str] | None) -> list[Json]:
    pairs, facts = computed.pairs, computed.facts
    if at_issue is not None and incidents is not None:
        by_claim = _by_claim(computed)
        chosen = np.isin(facts.claim_id, list(at_issue))[pairs["left"]]
        of_incident = facts.package.claims["incident_id"].fillna("").isin(list(incidents)).to_numpy(dtype=bool)
        pairs = pairs[np.where(by_claim, chosen, of_incident[pairs["left"]])].reset_index(drop=True)
    return list(condensed_objects(computed, pairs))
