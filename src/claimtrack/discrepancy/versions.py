"""The findings of two versions of a package, as far as they can differ."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import prepare
from claimtrack.discrepancy.findings import Computed, find
from claimtrack.discrepancy.groups import BY_CLAIM, BY_SCOPE
from claimtrack.discrepancy.near import Surroundings, restricted
from claimtrack.discrepancy.present import Json
from claimtrack.discrepancy.reported import reported
from claimtrack.discrepancy.summary import condensed_objects, condensed_slices
from claimtrack.package import Package

Group = tuple[str, str]


def condensed_around(versions: Sequence[Package], changed: Collection[str] | None) -> list[list[Json]]:
    """For each version its condensed findings, but for those that are the same in all, given which claims differ.

    `changed` are the ids of claims that are not in every version, or not the same, or depend on something else that is
    not; None where that can be any of them. Of the findings that are told some may still be the same.
    """
    if changed is None:
        return [_condensed(_computed(package), None, None) for package in versions]
    surroundings = [Surroundings(package) for package in versions]
    changed = set[str]().union(*(each.bearing(changed) for each in surroundings))
    near = set[str]().union(*(each.of(changed) for each in surroundings))
    counted = set[str]().union(*(each.counted(changed) for each in surroundings))
    computed = [_computed(restricted(package, near)) for package in versions]
    touched = set[Group]().union(*(_touched(each, changed) for each in computed))
    return [_condensed(each, touched, counted) for each in computed]


def _computed(package: Package) -> Computed:
    return find(prepare(*reported(package, None, retracted=False)))


def _groups(computed: Computed) -> pd.Series[Any]:
    """For each pair its family, and the claim at issue or the incident: what a condensed finding is about, or wider."""
    pairs, facts = computed.pairs, computed.facts
    incidents = facts.package.claims["incident_id"].fillna("").to_numpy(dtype=object)
    by_claim = pairs["family"].isin(BY_CLAIM).to_numpy(dtype=bool)
    about = np.where(
        by_claim, np.asarray(facts.claim_id[pairs["left"].to_numpy(np.int64)], dtype=object), incidents[pairs["left"]]
    )
    return pd.Series([*zip(pairs["family"], about, strict=True)], index=pairs.index, dtype=object)


def _touched(computed: Computed, changed: Collection[str]) -> set[Group]:
    """What the pairs are about of which one claim has changed."""
    pairs, differs = computed.pairs, computed.facts.package.claims["claim_id"].isin(list(changed)).to_numpy(dtype=bool)
    return set(_groups(computed)[differs[pairs["left"]] | differs[pairs["right"]]])


def _condensed(computed: Computed, touched: Collection[Group] | None, counted: Collection[str] | None) -> list[Json]:
    """All findings; or those that are touched, and every one about figures of the incidents in `counted`.

    Figures are set in order and added up, so that one of them can matter to a pair in which it has no part.
    """
    if touched is None or counted is None:
        return list(condensed_slices(computed, computed.slices(with_runs=True)))
    wanted = {*touched, *((family, incident) for family in BY_SCOPE for incident in counted)}
    pairs = computed.pairs[_groups(computed).isin(wanted)].reset_index(drop=True)
    return list(condensed_objects(computed, pairs))
