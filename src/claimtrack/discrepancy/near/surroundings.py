"""Which claims a change of some of them can matter to, told without computing what they say against each other.

Findings join claims of one incident, or claims that speak of one place at one time. So the claims around a change are
found by these, with generous bounds for the times, and only what they have to do with each other is computed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.discrepancy.near.speech import Speech
from claimtrack.package import Package
from claimtrack.scopes import Bools, one_of, rows_of

_JOINING = ("part_of", "repeats", "retracts")
"""Relations through which one claim bears on what is computed for another."""


class Concerned(NamedTuple):
    """What the findings are about that a change can matter to."""

    claims: set[str]
    """The claims at issue."""
    incidents: set[str]
    counted: set[str]
    """The incidents of figures, "" for none."""


@dataclass(frozen=True)
class Surroundings:
    """The claims of a package by what can bring them together: incident, place, time and links."""

    package: Package

    def of(self, ids: Collection[str]) -> Bools:
        """For each claim whether one of these can make a pair with it, or needs it for such a pair to be told."""
        named, joined = self._named(ids), self._named(self._linked(self._linked(ids)))
        mates = self._of_incidents(self._incidents(joined) | self._counted(joined))
        return self._with_bearing(named | mates | self._speech.held(named) | self._speech.against(named))

    def concerned(self, changed: Collection[str]) -> Concerned:
        """What findings are about in which one of `changed` has, or could have, a part."""
        named, joined = self._named(changed), self._named(self._linked(self._linked(changed)))
        at_issue = named | self._truces(named) | self._speech.held(named)
        return Concerned(set(self._ids[at_issue]), self._incidents(named), self._counted(joined))

    def around(self, concerned: Concerned) -> Bools:
        """For each claim whether it has a part in findings about these, or they need it to be told."""
        named = self._named(concerned.claims)
        mates = self._truces(named) | self._of_incidents(concerned.incidents | concerned.counted)
        return self._with_bearing(named | mates | self._speech.against(named))

    def bearing(self, changed: Collection[str]) -> set[str]:
        """Those changed, and those that read otherwise for it: repeats take a zone, retractions tell what counts."""
        return self._chained(self._linked(changed))

    @property
    def _ids(self) -> pd.Series:
        return self.package.claims["claim_id"]

    @cached_property
    def _speech(self) -> Speech:
        return Speech(self.package)

    def _named(self, ids: Collection[str]) -> Bools:
        """The claims of these ids."""
        return one_of(self._ids, ids)

    def _incidents(self, chosen: Bools) -> set[str]:
        return set(self.package.claims["incident_id"][chosen].dropna())

    def _counted(self, chosen: Bools) -> set[str]:
        return set(self.package.claims["incident_id"][chosen & self._is("count")].fillna(""))

    def _of_incidents(self, incidents: Collection[str]) -> Bools:
        """The claims of these incidents; of claims without one, only figures are set against each other."""
        column = self.package.claims["incident_id"]
        found = one_of(column, incidents)
        return found | (column.isna().to_numpy() & self._is("count")) if "" in incidents else found

    def _truces(self, chosen: Bools) -> Bools:
        """What is said of ceasefires in the incidents of ceasefires that are chosen."""
        ceasefire = self._is("ceasefire")
        return ceasefire & self._of_incidents(self._incidents(chosen & ceasefire))

    def _is(self, kind: str) -> Bools:
        return np.asarray((self.package.claims["kind"] == kind).to_numpy(dtype=bool, na_value=False))

    def _with_bearing(self, near: Bools) -> Bools:
        """Those that are near, and what tells when they were said and whether they count."""
        joined = self._chained(self._joined(self._ids[near], self._joining))
        near = near | self._named(joined)
        claims = self.package.claims
        undated = near & claims["reported_to"].isna().to_numpy()
        return near | one_of(claims["source_id"], set(claims["source_id"][undated].dropna()))

    def _linked(self, ids: Collection[str]) -> set[str]:
        """These, and what is joined to them."""
        return {*ids, *self._joined(ids, self._joining)}

    def _chained(self, ids: Collection[str]) -> set[str]:
        """These, and all that retracts them or that they retract, from one to the next."""
        retracts = self._joining[self._joining["relation"] == "retracts"]
        found: set[str] = set()
        while more := {*ids} - found:
            found |= more
            ids = self._joined(more, retracts)
        return found

    @cached_property
    def _joining(self) -> pd.DataFrame:
        links = self.package.links
        return links[links["relation"].isin(_JOINING)]

    @staticmethod
    def _joined(ids: Collection[str], links: pd.DataFrame) -> set[str]:
        """What is at the other end of these links of claims."""
        first, other = links["claim_id"], links["other_id"]
        return {*other[one_of(first, ids)], *first[one_of(other, ids)]}


def restricted(package: Package, claims: Bools) -> Package:
    """The package with only these claims, their links and their sources."""
    kept, links, sources = rows_of(package.claims, claims), package.links, package.sources
    chosen = {
        "links": one_of(links["claim_id"], kept["claim_id"]) & one_of(links["other_id"], kept["claim_id"]),
        "sources": one_of(sources["source_id"], kept["source_id"]),
    }
    parts = {table: rows_of(package.frames[table], rows) for table, rows in chosen.items()}
    frames = {**package.frames, "claims": kept, **parts}
    offsets = {table: rows_of(package.offsets[table], rows) for table, rows in {"claims": claims, **chosen}.items()}
    return replace(package, frames=frames, offsets={**package.offsets, **offsets})
