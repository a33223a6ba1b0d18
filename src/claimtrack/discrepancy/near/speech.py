"""Which claims of a package can be held against which, by the state, the place and the time of which they speak."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.coded import Coded, Numbers
from claimtrack.discrepancy.families.ceasefire import BROKEN, STANDING
from claimtrack.discrepancy.near.finder import Finder
from claimtrack.discrepancy.near.spoken import Spoken
from claimtrack.discrepancy.preparing import two_sided
from claimtrack.moments import FAR_FUTURE, FAR_PAST, HOUR, MISSING, first_given, micros
from claimtrack.package import Package
from claimtrack.readings import modes
from claimtrack.scopes import NOBODY, Bools, Hierarchy, Ints, looked_up, one_of

MARGIN, ZONES = 1 * HOUR, 30 * HOUR
"""More than `around` can widen a time, and more than another time zone can move one whose zone was assumed."""
_TIMES = ["valid_from", "valid_to", "asserted_from", "asserted_to", "reported_to"]
_COLUMNS = ["kind", "predicate", "polarity", "place_id", "incident_id", "valid_mode", "zone_basis", *_TIMES]


class _Topics(NamedTuple):
    """What predicates speak of: one entry a row of the codebook, and one more for what is not in it."""

    state: Ints
    """`NOBODY` for none. What ceasefires bring about is one state, of which every claim about a ceasefire speaks."""
    holds: Bools
    """What asserts it can be a claim that another is held against."""
    refutes: Bools
    """What asserts it can be held against another; what denies it always can."""


@dataclass(frozen=True)
class Speech:
    """The claims of a package by what they speak of. Some of them are given, and returned, by their positions."""

    package: Package
    places: Hierarchy
    claims: Finder
    incidents: Finder

    def held(self, chosen: Ints) -> Ints:
        """What some of those chosen can be held against."""
        ours = self._refuting(chosen)
        return self._holding(self._near(ours, self._topics.holds)).meeting(ours)

    def against(self, chosen: Ints) -> Ints:
        """What can be held against some of those chosen."""
        ours = self._holding(chosen)
        return self._refuting(self._near(ours, self._topics.state != NOBODY)).meeting(ours)

    def _holding(self, chosen: Ints) -> Spoken:
        return self._spoken(chosen, self._topics.holds, np.zeros(len(self._topics.state), dtype=bool))

    def _refuting(self, chosen: Ints) -> Spoken:
        return self._spoken(chosen, self._topics.refutes, self._topics.state != NOBODY)

    def _spoken(self, chosen: Ints, asserted: Bools, otherwise: Bools) -> Spoken:
        """Those of the chosen claims that assert one of some topics, or deny or cannot confirm one of others."""
        part = self.claims.taken(chosen, _COLUMNS)
        topic, (begin, end) = self._topic(part), self._period(part)
        asserts = (part["polarity"] == "asserts").to_numpy(dtype=bool, na_value=False)
        told = np.where(asserts, asserted[topic], otherwise[topic]) & (begin <= end)
        every = (chosen, self._topics.state[topic], self._place(part), begin, end)
        return Spoken(self.places, *(column[told] for column in every))

    def _near(self, spoken: Spoken, topics: Bools) -> Ints:
        """The claims about those of these topics that are spoken of, where no place is apart from all that are."""
        topics = topics & np.isin(self._topics.state, spoken.state)
        predicates = set(self.package.predicates["predicate"][topics[:-1]])
        if (spoken.place == NOBODY).any():
            return self.claims.rows("predicate", predicates)
        found = self._placed(self.places.related(spoken.place))
        return found[one_of(self.claims.values("predicate", found), predicates)]

    def _placed(self, places: Bools) -> Ints:
        """The claims at one of these places, or at none."""
        names = list(compress(self.places.names, places))
        of_incident = np.append(self.incidents.rows("place_id", names), self.incidents.blank("place_id"))
        incidents = self.incidents.values("incident_id", np.sort(of_incident))
        there = self.claims.rows("incident_id", incidents)
        there = there[self.claims.values("place_id", there).isna().to_numpy()]
        nowhere = self.claims.blank("place_id", "incident_id")
        return np.sort(np.concatenate([self.claims.rows("place_id", names), there, nowhere]))

    @cached_property
    def _topics(self) -> _Topics:
        codebook = self.package.predicates
        states, ceasefire = codebook["state"], codebook["kind"] == "ceasefire"
        number, names = pd.factorize(states)
        number[ceasefire | states.isin(states[ceasefire].dropna())] = len(names)
        absent = codebook["value"] == "absent"
        holds = absent | two_sided(codebook) | codebook["predicate"].isin(STANDING)
        refutes = ~absent | codebook["predicate"].isin(BROKEN)
        flags = (column.fillna(False).to_numpy(dtype=bool) & (number != NOBODY) for column in (holds, refutes))
        return _Topics(np.append(number, NOBODY), *(np.append(flag, False) for flag in flags))

    def _topic(self, claims: pd.DataFrame) -> Ints:
        return Numbers(replace(self.package, frames={**self.package.frames, "claims": claims})).meaning

    @cached_property
    def _incident(self) -> pd.DataFrame:
        return self.package.incidents.set_index("incident_id")

    def _place(self, claims: pd.DataFrame) -> Ints:
        """The place of each claim, else that of its incident."""
        own, scope = claims["place_id"], looked_up(claims["incident_id"], self._incident["place_id"])
        return np.where(own.isna().to_numpy(), self.places.numbers(scope), self.places.numbers(own))

    def _period(self, claims: pd.DataFrame) -> tuple[Ints, Ints]:
        """Bounds of all that each claim can speak of, wider than any reading of it; begin > end for none."""
        opens, closes = (
            micros(looked_up(claims["incident_id"], self._incident[column]).astype("datetime64[us, UTC]"))
            for column in ("starts_at", "ends_at")
        )
        given = {column: micros(claims[column]) for column in _TIMES}
        mode = modes(Coded.of(claims["valid_mode"]), given["valid_from"], given["valid_to"])
        timeless = mode.code == NOBODY
        begin = first_given(given["valid_from"], opens)
        begin = np.where(timeless, np.maximum(opens, given["asserted_from"]), begin)
        end = first_given(given["valid_to"], given["asserted_to"], given["reported_to"])
        # An absence lasts until its incident ends, a presence until it was reported, if that is later.
        reported = given["reported_to"]
        since_end = np.where((closes == MISSING) | (reported == MISSING), MISSING, np.maximum(closes, reported))
        end = np.where(mode.is_one_of("since"), since_end, end)
        lost = timeless & (begin == MISSING)
        assumed = (claims["zone_basis"] == "assumed").to_numpy(dtype=bool, na_value=False)
        margin = np.where(assumed, ZONES, MARGIN)
        begin = np.where(begin == MISSING, FAR_PAST, begin - margin)
        end = np.where(end == MISSING, FAR_FUTURE, end + margin)
        end = np.maximum(end, begin + 2 * margin)
        return np.where(lost, FAR_FUTURE, begin), np.where(lost, FAR_PAST, end)
