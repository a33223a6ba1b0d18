"""Which claims a change of some of them can matter to, told without computing what they say against each other.

Findings join claims of one incident, or claims that speak of one place at one time. So the claims around a change are
found by these, with generous bounds for the times, and only what they have to do with each other is computed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.discrepancy.joins.keys import distinct
from claimtrack.discrepancy.near.finder import Finder
from claimtrack.discrepancy.near.speech import Speech
from claimtrack.package import Package
from claimtrack.scopes import Hierarchy, Ints, actor_hierarchy, one_of, place_hierarchy

_JOINING = ("part_of", "repeats", "retracts")
"""Relations through which one claim bears on what is computed for another."""


class Concerned(NamedTuple):
    """What the findings are about that a change can matter to."""

    claims: set[str]
    """The claims at issue."""
    incidents: set[str]
    counted: set[str]
    """The incidents of figures, "" for none."""


class Surroundings:
    """The claims of a package by what can bring them together: incident, place, time and links.

    Claims are told by their positions, which ascend. `often`: columns are put in order when they are first asked for.
    """

    def __init__(self, package: Package, *, often: bool = False) -> None:
        self._package, self._often = package, often
        self._tables = {name: Finder(frame, often=often) for name, frame in package.frames.items()}
        self._offsets = {name: Finder(frame, often=often) for name, frame in package.offsets.items()}
        self._claims = self._tables["claims"]

    def of(self, ids: Collection[str]) -> Ints:
        """The claims that can make a pair with one of these, or are needed for such a pair to be told."""
        named, joined = self._named(ids), self._named(self._linked(self._linked(ids)))
        mates = self._of_incidents(self._incidents(joined) | self._counted(joined))
        return self._with_bearing(_all(named, mates, self._speech.held(named), self._speech.against(named)))

    def concerned(self, changed: Collection[str]) -> Concerned:
        """What findings are about in which one of `changed` has, or could have, a part."""
        named, joined = self._named(changed), self._named(self._linked(self._linked(changed)))
        at_issue = _all(named, self._truces(named), self._speech.held(named))
        return Concerned(self._cells("claim_id", at_issue), self._incidents(named), self._counted(joined))

    def around(self, concerned: Concerned) -> Ints:
        """The claims that have a part in findings about these, or that they need to be told."""
        named = self._named(concerned.claims)
        mates = self._of_incidents(concerned.incidents | concerned.counted)
        return self._with_bearing(_all(named, self._truces(named), mates, self._speech.against(named)))

    def bearing(self, changed: Collection[str]) -> set[str]:
        """Those changed, and those that read otherwise for it: repeats take a zone, retractions tell what counts."""
        return self._chained(self._linked(changed))

    def part(self, claims: Ints) -> Package:
        """The package with only these claims, the links between them, and what claims, sources and incidents name."""
        kept, tables = self._claims.taken(claims), self._tables
        ids, links = kept["claim_id"], tables["links"].rows("claim_id", kept["claim_id"])
        rows = {
            "links": links[one_of(tables["links"].values("other_id", links), ids)],
            "relays": tables["relays"].rows("claim_id", ids),
            "sources": tables["sources"].rows("source_id", _named_in(kept["source_id"])),
            "incidents": tables["incidents"].rows("incident_id", _named_in(kept["incident_id"])),
        }
        rows["places"] = _with_containers(
            self._places, kept["place_id"], tables["incidents"].values("place_id", rows["incidents"])
        )
        rows["places"] = _with_shared(self._places, rows["places"])
        rows["actors"] = _with_containers(
            self._actors,
            *(kept[column] for column in ("claimant_id", "actor_id", "target_id")),
            tables["sources"].values("publisher_id", rows["sources"]),
            tables["relays"].values("relayer_id", rows["relays"]),
        )
        frames = {"claims": kept} | {name: tables[name].taken(chosen) for name, chosen in rows.items()}
        offsets = {name: self._offsets[name].taken(chosen) for name, chosen in [("claims", claims), *rows.items()]}
        package = self._package
        return replace(package, frames={**package.frames, **frames}, offsets={**package.offsets, **offsets})

    @cached_property
    def _places(self) -> Hierarchy:
        return place_hierarchy(self._package.places)

    @cached_property
    def _actors(self) -> Hierarchy:
        """Actors by all that tells their sides and their zones."""
        return actor_hierarchy(self._package.actors, through=("member_of", "based_in"))

    @cached_property
    def _speech(self) -> Speech:
        return Speech(self._package, self._places, self._claims, self._tables["incidents"])

    def _named(self, ids: Collection[str]) -> Ints:
        """The claims of these ids."""
        return self._claims.rows("claim_id", ids)

    def _cells(self, column: str, claims: Ints) -> set[str]:
        """What these claims have in a column."""
        return _named_in(self._claims.values(column, claims))

    def _incidents(self, claims: Ints) -> set[str]:
        return self._cells("incident_id", claims)

    def _counted(self, claims: Ints) -> set[str]:
        """The incidents of the figures among these claims; "" for figures without one."""
        return set(self._claims.values("incident_id", self._among(claims, "count")).astype(object).fillna(""))

    def _of_incidents(self, incidents: Collection[str]) -> Ints:
        """The claims of these incidents; of claims without one, only figures are set against each other."""
        found = self._claims.rows("incident_id", incidents)
        return _all(found, self._among(self._claims.blank("incident_id"), "count")) if "" in incidents else found

    def _truces(self, claims: Ints) -> Ints:
        """What is said of ceasefires in the incidents of those of the claims that speak of one."""
        return self._among(self._of_incidents(self._incidents(self._among(claims, "ceasefire"))), "ceasefire")

    def _among(self, claims: Ints, kind: str) -> Ints:
        """Those of the claims that are of this kind."""
        return claims[one_of(self._claims.values("kind", claims), (kind,))]

    def _with_bearing(self, near: Ints) -> Ints:
        """Those that are near, and what tells when they were said and whether they count."""
        joined = self._chained(self._joined(self._cells("claim_id", near), self._joining))
        near = _all(near, self._named(joined))
        undated = near[self._claims.values("reported_to", near).isna().to_numpy()]
        return _all(near, self._claims.rows("source_id", self._cells("source_id", undated)))

    def _linked(self, ids: Collection[str]) -> set[str]:
        """These, and what is joined to them."""
        return {*ids, *self._joined(ids, self._joining)}

    def _chained(self, ids: Collection[str]) -> set[str]:
        """These, and all that retracts them or that they retract, from one to the next."""
        found: set[str] = set()
        while more := {*ids} - found:
            found |= more
            ids = self._joined(more, self._retracting)
        return found

    @cached_property
    def _joining(self) -> Finder:
        return self._links(*_JOINING)

    @cached_property
    def _retracting(self) -> Finder:
        return self._links("retracts")

    def _links(self, *relations: str) -> Finder:
        """The links of these relations."""
        links = self._tables["links"]
        return Finder(links.taken(links.rows("relation", relations)), often=self._often)

    @staticmethod
    def _joined(ids: Collection[str], links: Finder) -> set[str]:
        """What is at the other end of these links of claims."""
        first, other = links.rows("claim_id", ids), links.rows("other_id", ids)
        return {*links.values("other_id", first), *links.values("claim_id", other)}


def _all(*claims: Ints) -> Ints:
    """The claims that are in any of these lists."""
    return distinct(np.concatenate(claims))


def _named_in(column: pd.Series) -> set[str]:
    """The ids in a column."""
    return set(column.dropna().unique())


def _with_shared(places: Hierarchy, rows: Ints) -> Ints:
    """These places, and those that lie in several of them by two ways, so that they overlap."""
    at, container = places.expand(places.between)
    shared = at[np.isin(container, rows)]
    several = np.flatnonzero(np.bincount(shared, minlength=1) > 1)
    return distinct(np.append(rows, places.expand(places.between[several])[1]))


def _with_containers(hierarchy: Hierarchy, *columns: pd.Series) -> Ints:
    """The rows of what is named in these columns, and of all that contains it."""
    nodes = np.concatenate([hierarchy.numbers(column) for column in columns])
    return distinct(hierarchy.expand(distinct(nodes))[1])
