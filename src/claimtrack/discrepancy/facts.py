"""The claims of a package as arrays, prepared once and read by every family."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pandas.api.extensions import ExtensionArray

from claimtrack.clocks import Clocks
from claimtrack.coded import Coded
from claimtrack.discrepancy.joins.keys import combined
from claimtrack.moments import MISSING, first_given
from claimtrack.package import Package
from claimtrack.readings import Readings
from claimtrack.scopes import (
    NOBODY,
    Bools,
    CountTerms,
    Floats,
    Hierarchy,
    Ints,
    one_of,
)
from claimtrack.zoned import adopted_offsets

OFFSETS = ("valid_from", "valid_to", "reported_from", "asserted_from")
"""Where the offset of a claim is looked for, in this order."""


@dataclass(frozen=True)
class Facts:
    """One entry a claim in every array, in the order of `package.claims`. Blank ids and texts are −1."""

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
    linked: tuple[Ints, Ints]
    """The two claims of every link of the package."""
    kind: Coded
    predicate: Coded
    mode: Coded
    answer: Ints
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
    windows: tuple[Ints, Ints]
    """From when to when each incident goes on, by its number; see `windows`."""
    statement: Ints
    state: Ints
    value: Ints
    absent: Bools
    """Asserts the absence of something (no hostilities): it is refuted by a presence inside its period."""
    two_sided: Bools
    """Speaks of a state that has several values beside its absence, such as an alert that is on or off."""
    exclusive: Bools
    single_answer: Bools
    """The question of its incident has one answer."""
    blame: Bools
    marks_start: Bools

    @cached_property
    def relation(self) -> Coded:
        """How the two claims of every link are said to lie to each other."""
        return Coded.of(self.package.links["relation"])

    @cached_property
    def offset(self) -> Ints:
        """Minutes from UTC: the first offset with which a time of the claim is recorded; `MISSING` for none."""
        offsets = self.package.offsets["claims"]
        return first_given(*(offsets[column].to_numpy(dtype=np.int64, na_value=MISSING) for column in OFFSETS))

    @cached_property
    def from_codebook(self) -> Bools:
        """The hours are those that the codebook gives a part of the day."""
        return one_of(self.package.claims["bounds_basis"], ("codebook",))

    @cached_property
    def zone_assumed(self) -> Bools:
        """The source does not say in which zone the times are."""
        return one_of(self.package.claims["zone_basis"], ("assumed",))

    @cached_property
    def adopted(self) -> Ints:
        """Minutes from UTC: the offset of its times that a claim takes from what it repeats; `MISSING`: none."""
        found = np.full(len(self), MISSING)
        claims, minutes = adopted_offsets(self.package, Coded.of(self.package.claims["zone_basis"]), self.linked)
        found[claims] = minutes
        return found

    @cached_property
    def approximate(self) -> Bools:
        """The figure is said to be a rough one."""
        found: Bools = self.package.claims["count_approx"].to_numpy(dtype=bool, na_value=False)
        return found

    @cached_property
    def bounds(self) -> tuple[Floats, Floats]:
        """The least and the most that a claim counts; infinite where it is open, both ways for one without a figure."""
        claims = self.package.claims
        low = claims["count_min"].to_numpy(dtype=np.float64, na_value=-np.inf)
        return low, claims["count_max"].to_numpy(dtype=np.float64, na_value=np.inf)

    @cached_property
    def scope(self) -> dict[str, tuple[Hierarchy, Ints]]:
        """Of whom and where claims speak: field → its hierarchy, and the value of every claim."""
        return {
            "actor_id": (self.actors, self.actor),
            "target_id": (self.actors, self.target),
            "place_id": (self.places, self.place),
        }

    @cached_property
    def adds(self) -> Bools:
        """The figure is an addition, no total."""
        return one_of(self.package.claims["count_mode"], ("increment",))

    @cached_property
    def timed(self) -> Bools:
        """Speaks of some time under at least one reading."""
        filled = self.readings.possible_start < self.readings.possible_end
        found: Bools = np.logical_or.reduceat(filled, self.readings.first[:-1]) if len(self) else filled
        return found

    @cached_property
    def gives_time(self) -> Bools:
        """Says when: what can be read into a claim that does not say it is no time from which to measure."""
        found: Bools = self.mode.code != NOBODY
        return found

    @cached_property
    def doubts(self) -> dict[str, Bools]:
        """By field, what makes a claim possible at most, where times decide: hedged or implied, or without a time."""
        return {"certainty": self.doubtful, "valid_mode": ~(self.gives_time & self.timed)}

    @cached_property
    def unsure(self) -> Bools:
        """Has one of these doubts."""
        found: Bools = np.logical_or.reduce(list(self.doubts.values()))
        return found

    @cached_property
    def names_actor(self) -> Bools:
        """Asserts something of an actor in an incident, and not for the future."""
        named: Bools = self.asserts & self.compared & (self.actor != NOBODY) & (self.incident != NOBODY)
        return named

    @cached_property
    def together(self) -> tuple[Ints, Ints, Ints, Ints]:
        """The claims of statements that name several actors in one exclusive word for one incident, ascending.

        For each where the claims of its statement begin in the last array, and how many they are.
        """
        rows = np.flatnonzero(self.names_actor & self.exclusive)
        by = (self.statement, self.kind.code, self.predicate.code, self.incident)
        group = combined(*(column[rows] for column in by))
        size = np.bincount(group)
        first, several = np.cumsum(size) - size, size[group] > 1
        own = group[several]
        return rows[several], first[own], size[own], rows[np.argsort(group, kind="stable")]

    @cached_property
    def of_ceasefire(self) -> Bools:
        """Speaks of a ceasefire."""
        return self.kind.is_one_of("ceasefire")

    @cached_property
    def one_sided(self) -> Bools:
        """Says by whom, or against whom, fire was held or a ceasefire is kept: there may be other fire all the same."""
        fire = self.kind.is_one_of("ceasefire", "hostilities")
        found: Bools = fire & self.absent & ((self.actor != NOBODY) | (self.target != NOBODY))
        return found

    @cached_property
    def in_part_only(self) -> Bools:
        """Holds of one side, or somewhere in its place: what else was there may be of others, or elsewhere in it."""
        found: Bools = self.one_sided | self.two_sided
        return found

    @cached_property
    def rises(self) -> Ints:
        """The claims that say that a figure will rise."""
        rising = self.kind.is_one_of("count") & self.predicate.is_one_of("will_rise")
        return np.flatnonzero(rising & self.asserts)

    def ids(self, claims: Ints) -> list[str]:
        """The ids of these claims."""
        named: list[str] = np.asarray(self.claim_id[claims], dtype=object).tolist()
        return named

    def __len__(self) -> int:
        return len(self.rank)
