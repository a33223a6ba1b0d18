"""Which claims a change of some of them can matter to, told without computing what they say against each other.

Findings join claims of one incident, or claims that speak of one place at one time. So the claims around a change are
found by these, with generous bounds for the times, and only what they have to do with each other is computed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from claimtrack.discrepancy.ceasefire import STANDING
from claimtrack.discrepancy.keys import distinct
from claimtrack.discrepancy.sorted import Sorted, Spans
from claimtrack.package import Package
from claimtrack.readings import FAR_FUTURE, FAR_PAST, HOUR, MISSING, first_given, micros, modes
from claimtrack.scopes import Bools, Hierarchy, Ints, looked_up, place_hierarchy, positions

MARGIN, ZONES = 1 * HOUR, 30 * HOUR
"""More than `around` can widen a time, and more than another time zone can move one whose zone was assumed."""

_JOINING = ("part_of", "repeats", "retracts")
"""Relations through which one claim bears on what is computed for another."""


@dataclass(frozen=True)
class Surroundings:
    """The claims of a package by what can bring them together: incident, place, time and links."""

    package: Package

    def of(self, changed: Collection[str]) -> set[str]:
        """The ids of all claims that have a part in a finding in which one of `changed` has, or could have, a part."""
        claims = self.package.claims
        seeds = self._linked(self._linked(self._named(changed)))
        mates = self._mates(seeds)
        met = seeds | self._meeting(seeds)
        # All that is held against a claim which the change is held against has a part in the same finding.
        holders = self._holds & (met | (mates & self._ceasefire))
        near = met | mates | self._meeting(holders) | (self._mates(holders & self._ceasefire) & self._ceasefire)
        near = self._chained(self._linked(near))
        undated = near & claims["reported_to"].isna().to_numpy(dtype=bool)
        return set(claims["claim_id"][near | self._of_one_source(undated)])

    def bearing(self, changed: Collection[str]) -> set[str]:
        """Those changed, and those that read otherwise for it: repeats take a zone, retractions tell what counts."""
        return {*changed, *self._ids[self._chained(self._linked(self._named(changed)))]}

    def counted(self, changed: Collection[str]) -> set[str]:
        """The incidents, "" for none, of the figures among `changed` and among what is joined to them."""
        seeds = self._linked(self._linked(self._named(changed)))
        return set(self.package.claims["incident_id"][seeds & self._counts].fillna(""))

    @property
    def _ids(self) -> pd.Series:
        return self.package.claims["claim_id"]

    def _named(self, ids: Collection[str]) -> Bools:
        """The claims of these ids."""
        return _among(self._ids, ids)

    @cached_property
    def _incident(self) -> Ints:
        return pd.factorize(self.package.claims["incident_id"])[0].astype(np.int64)

    def _mates(self, chosen: Bools) -> Bools:
        """Those of the same incident; of claims without one, only figures are set against each other."""
        named = self._incident >= 0
        counts = self._counts
        alone = counts & ~named if (chosen & counts & ~named).any() else np.zeros(len(named), dtype=bool)
        mates: Bools = (np.isin(self._incident, distinct(self._incident[chosen])) & named) | alone
        return mates

    @cached_property
    def _counts(self) -> Bools:
        return np.asarray((self.package.claims["kind"] == "count").to_numpy(dtype=bool, na_value=False))

    def _of_one_source(self, chosen: Bools) -> Bools:
        """What is undated counts with its source's latest entry: those of the same source."""
        return np.isin(self._source, distinct(self._source[chosen]))

    @cached_property
    def _source(self) -> Ints:
        return pd.factorize(self.package.claims["source_id"])[0].astype(np.int64)

    def _linked(self, chosen: Bools) -> Bools:
        """Those chosen, and what is joined to them."""
        first, other, _ = self._joined
        return _beside(chosen, first, other)

    def _chained(self, chosen: Bools) -> Bools:
        """Those chosen, and all that retracts them or that they retract, from one to the next."""
        first, other, retracts = self._joined
        found = chosen
        while (more := _beside(found, first[retracts], other[retracts])).sum() > found.sum():
            found = more
        return found

    @cached_property
    def _joined(self) -> tuple[Ints, Ints, Bools]:
        """The claims that links join, the one end and the other, as positions; whether the one retracts the other."""
        links = self.package.links
        joined = links[links["relation"].isin(_JOINING)]
        first, other = (positions(self._ids, joined[end]) for end in ("claim_id", "other_id"))
        known = (first >= 0) & (other >= 0)
        retracts = (joined["relation"] == "retracts").to_numpy(dtype=bool)
        return first[known], other[known], retracts[known]

    @cached_property
    def _state(self) -> tuple[Ints, Bools]:
        """Of which state a claim speaks, -1 for none, and whether it can be one that another claim is held against.

        What ceasefires bring about is one state, of which every claim about a ceasefire speaks.
        """
        claims, codebook = self.package.claims, self.package.predicates
        of_predicate = codebook.set_index(["kind", "predicate"])
        keys = pd.MultiIndex.from_frame(claims[["kind", "predicate"]])
        state, value = (of_predicate[column].reindex(keys) for column in ("state", "value"))
        peace = codebook.loc[codebook["kind"] == "ceasefire", "state"].dropna()
        number, names = pd.factorize(state)
        number = np.where(self._ceasefire | state.isin(peace).to_numpy(dtype=bool), len(names), number)
        one_sided = codebook.loc[codebook["value"] == "absent", "state"]
        two_sided = (state.notna() & ~state.isin(one_sided)).to_numpy(dtype=bool)
        absent = (value == "absent").to_numpy(dtype=bool, na_value=False) | claims["predicate"].isin(STANDING)
        asserts = (claims["polarity"] == "asserts").to_numpy(dtype=bool, na_value=False)
        return number, (number >= 0) & asserts & (absent | two_sided)

    @cached_property
    def _ceasefire(self) -> Bools:
        return np.asarray((self.package.claims["kind"] == "ceasefire").to_numpy(dtype=bool, na_value=False))

    @property
    def _holds(self) -> Bools:
        return self._state[1]

    @cached_property
    def _places(self) -> tuple[Hierarchy, Ints]:
        """The places, and that of each claim: its own, else its incident's."""
        claims, hierarchy = self.package.claims, place_hierarchy(self.package.places)
        scope = looked_up(claims["incident_id"], self.package.incidents.set_index("incident_id")["place_id"])
        return hierarchy, hierarchy.numbers(claims["place_id"].astype(scope.dtype).fillna(scope))

    @cached_property
    def _period(self) -> tuple[Ints, Ints]:
        """Bounds of all that a claim can speak of, wider than any reading of it; begin > end for none."""
        claims = self.package.claims
        incidents = self.package.incidents.set_index("incident_id")
        opens, closes = (
            micros(looked_up(claims["incident_id"], incidents[column]).astype("datetime64[us, UTC]"))
            for column in ("starts_at", "ends_at")
        )
        columns = ("valid_from", "valid_to", "asserted_from", "asserted_to", "reported_to")
        given = {column: micros(claims[column]) for column in columns}
        mode = modes(claims["valid_mode"], given["valid_from"], given["valid_to"])
        timeless = mode == ""
        begin = first_given(given["valid_from"], opens)
        begin = np.where(timeless, np.maximum(opens, given["asserted_from"]), begin)
        end = first_given(given["valid_to"], given["asserted_to"], given["reported_to"])
        end = np.where(mode == "since", closes, end)
        lost = timeless & (begin == MISSING)
        assumed = (claims["zone_basis"] == "assumed").to_numpy(dtype=bool, na_value=False)
        margin = np.where(assumed, ZONES, MARGIN)
        begin = np.where(begin == MISSING, FAR_PAST, begin - margin)
        end = np.where(end == MISSING, FAR_FUTURE, end + margin)
        end = np.maximum(end, begin + 2 * margin)
        return np.where(lost, FAR_FUTURE, begin), np.where(lost, FAR_PAST, end)

    def _meeting(self, chosen: Bools) -> Bools:
        """Claims about states that may speak of a place and a time of which one of those chosen speaks.

        One of the two has to be a claim that another can be held against.
        """
        state, holds = self._state
        met: Bools = holds & self._around(chosen & ~holds) | (state >= 0) & self._around(chosen & holds)
        return met

    @cached_property
    def _nodes(self) -> tuple[Ints, Ints, Ints]:
        """A number for what a claim speaks of, its state at its place, -1 for none; and those around each claim.

        The third array has the numbers of the same state at every place that contains that of the claim to which the
        second one points. "Anywhere" contains all; a claim without a place speaks of it.
        """
        hierarchy, place = self._places
        anywhere = self._state[0] * (len(hierarchy.names) + 1)
        inner, container = hierarchy.expand(place)
        claim = np.concatenate([inner, np.arange(len(place))])
        around = np.concatenate([anywhere[inner] + container + 1, anywhere])
        told = anywhere >= 0
        return np.where(told, anywhere + place + 1, -1), claim[told[claim]], around[told[claim]]

    def _around(self, chosen: Bools) -> Bools:
        """What speaks of the same state as one of those chosen while that lasts, inside or around its place."""
        begin, end = self._period
        node, claim, container = self._nodes
        by_node, by_container, by_claim = self._sorted
        found = np.zeros(len(node), dtype=bool)
        seeds = np.flatnonzero(chosen)
        wider = by_container.rows(node[seeds])
        inside = Spans.of(node[seeds], begin[seeds], end[seeds])
        found[claim[wider[inside.meet(container[wider], begin[claim[wider]], end[claim[wider]])]]] = True
        up = by_claim.rows(seeds)
        narrower = by_node.rows(container[up])
        around = Spans.of(container[up], begin[claim[up]], end[claim[up]])
        found[narrower[around.meet(node[narrower], begin[narrower], end[narrower])]] = True
        return found

    @cached_property
    def _sorted(self) -> tuple[Sorted, Sorted, Sorted]:
        """Claims by their number, and what is around claims by its number and by claim."""
        node, claim, container = self._nodes
        return Sorted.of(node), Sorted.of(container), Sorted.of(claim)


def restricted(package: Package, ids: Collection[str]) -> Package:
    """The package with only these claims, their links and their sources."""
    frames, offsets = dict(package.frames), dict(package.offsets)
    kept = {"claims": _among(package.claims["claim_id"], ids)}
    kept["links"] = _among(package.links["claim_id"], ids) & _among(package.links["other_id"], ids)
    kept["sources"] = _among(package.sources["source_id"], set(package.claims["source_id"][kept["claims"]].dropna()))
    for table, rows in kept.items():
        frames[table] = frames[table][rows].reset_index(drop=True)
        offsets[table] = offsets[table][rows].reset_index(drop=True)
    return Package(package.path, package.descriptor, frames, offsets)


def _beside(chosen: Bools, first: Ints, other: Ints) -> Bools:
    """Those chosen, and what is at the other end of a link."""
    found = chosen.copy()
    found[other[chosen[first]]] = True
    found[first[chosen[other]]] = True
    return found


def _among(column: pd.Series, ids: Collection[str]) -> Bools:
    """Whether each is one of the ids."""
    return np.asarray(column.isin(list(ids)).to_numpy(dtype=bool))
