"""What people declare about two claims fits the two claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from claimtrack.rules.breach import Condition, mask
from claimtrack.rules.cells import Positions, as_recorded, follow, found, hashed, is_any, pick
from claimtrack.rules.hierarchies import Edge, climbing, cycle_conditions
from claimtrack.rules.remembered import remembered
from claimtrack.structure.keys.hashes import Ints, among

if TYPE_CHECKING:
    from claimtrack.package import Package

    Pair = tuple[pd.Series[Any], pd.Series[Any]]

SYMMETRIC = ("contradicts", "in_tension", "compatible", "corroborates")
ONE_WAY = ("part_of", "updates", "retracts", "repeats", "responds_to")
AGREEING = ("compatible", "corroborates")
OPPOSED = ("contradicts", "in_tension", "denies")


@dataclass(frozen=True)
class Ends:
    """The rows of claims.csv that each link joins: the first and the other one; -1 where there is none."""

    package: Package
    first: Positions
    other: Positions

    @classmethod
    def of(cls, package: Package) -> Ends:
        """The ends of all links of a package."""
        links, ids = package.links, package.claims["claim_id"]
        return cls(package, found(links["claim_id"], ids), found(links["other_id"], ids))

    def __getitem__(self, column: str) -> Pair:
        cells = self.package.claims[column]
        return pick(cells, self.first), pick(cells, self.other)

    @cached_property
    def predicates(self) -> tuple[Positions, Positions]:
        """The rows of predicates.csv that the claims name; -1 where there is none."""
        ids = self.package.predicates["kind"] + "/" + self.package.predicates["predicate"]
        first, other = (
            found(kind + "/" + predicate, ids) for kind, predicate in zip(self["kind"], self["predicate"], strict=True)
        )
        return first, other

    def units(self) -> Pair:
        """The units of the predicates."""
        first, other = (pick(self.package.predicates["unit"], at) for at in self.predicates)
        return first, other


@remembered
def _numbered(links: pd.DataFrame) -> tuple[Ints, Ints, int]:
    """A number for the first and the other claim of each link, 0 where blank; and one more than the largest."""
    found = [hashed(links[column]) for column in ("claim_id", "other_id")]
    numbers, different = pd.factorize(np.concatenate([[0], *found]))
    first, other = np.split(numbers[1:], 2)
    return first, other, len(different)


def _pairs(package: Package) -> Iterator[Condition]:
    links = package.links
    first, other = links["claim_id"], links["other_id"]
    yield Condition(
        code="link-self",
        table="links",
        field="other_id",
        broken=mask(first == other),
        message=lambda row: f"claim {first.iloc[row]} is joined to itself",
    )
    wrong_way = is_any(links, "relation", *SYMMETRIC) & mask(first > other)
    relation = links["relation"]
    one, two, many = _numbered(links)
    kind = pd.factorize(relation)[0] * many
    mirrored = wrong_way & among((kind + two) * many + one, (kind + one) * many + two)
    yield Condition(
        code="link-order",
        table="links",
        field="claim_id",
        broken=wrong_way & ~mirrored,
        message=lambda row: (
            f"{relation.iloc[row]} goes both ways, and its larger id comes first: "
            f"{first.iloc[row]} before {other.iloc[row]}"
        ),
    )
    yield Condition(
        code="link-mirrored",
        table="links",
        field="claim_id",
        broken=mirrored,
        message=lambda row: (
            f"{relation.iloc[row]} goes both ways, and is stored already from {other.iloc[row]} to {first.iloc[row]}"
        ),
    )


def _at_odds(package: Package) -> Iterator[Condition]:
    links = package.links
    first, other, many = _numbered(links)
    pairs = np.minimum(first, other) * many + np.maximum(first, other)
    opposed = is_any(links, "relation", *OPPOSED)
    yield Condition(
        code="link-at-odds",
        table="links",
        field="relation",
        broken=is_any(links, "relation", *AGREEING) & among(pairs, pairs[opposed]),
        message=lambda row: (
            f"the two claims are said to be {links['relation'].iloc[row]}, and also to stand against each other"
        ),
    )


def _circles(package: Package) -> Iterator[Condition]:
    links = package.links
    first, other, _ = _numbered(links)
    for relation in ONE_WAY:
        rows = np.flatnonzero(is_any(links, "relation", relation) & (first != other) & (first > 0) & (other > 0))
        rows = rows[climbing(first[rows], other[rows])]
        ends = (links[column].array[rows].tolist() for column in ("claim_id", "other_id"))
        edges = [Edge(row, "other_id", child, parent) for row, child, parent in zip(rows.tolist(), *ends, strict=True)]
        yield from cycle_conditions("link-cycle", "links", edges, len(links))


def _unlike(ends: Ends, code: str, relation: str, pairs: Mapping[str, Pair]) -> Condition:
    """Claims joined by `relation` agree in all the pairs: named columns, as the first and the other claim have them."""
    shown_pairs = {column: (first.fillna("blank"), other.fillna("blank")) for column, (first, other) in pairs.items()}
    differs = {column: mask(first != other) for column, (first, other) in shown_pairs.items()}
    known = np.logical_and(*(at >= 0 for at in ends.predicates))
    return Condition(
        code=code,
        table="links",
        field="other_id",
        broken=is_any(ends.package.links, "relation", relation) & known & np.logical_or.reduce([*differs.values()]),
        message=lambda row: (
            f"the two claims of {relation} are not alike: "
            + ", ".join(
                f"{column} is {first.iloc[row]} and {other.iloc[row]}"
                for column, (first, other) in shown_pairs.items()
                if differs[column][row]
            )
        ),
    )


def _joined(package: Package) -> Iterator[Condition]:
    ends = Ends.of(package)
    scope = {"kind": ends["kind"], "incident_id": ends["incident_id"], "unit": ends.units()}
    yield _unlike(ends, "link-part-scope", "part_of", scope)
    yield _unlike(
        ends, "link-repeats-differ", "repeats", {name: ends[name] for name in ("kind", "predicate", "polarity")}
    )
    yield _forwards(ends)
    yield _same_side(ends)


def _forwards(ends: Ends) -> Condition:
    package = ends.package
    asserted_to, asserted_from = ends["asserted_to"][0], ends["asserted_from"][1]
    reported_to, reported_from = ends["reported_to"][0], ends["reported_from"][1]
    # A moment of saying can only be set against another one: what was reported later may have been said earlier.
    asserted = asserted_to.notna() & asserted_from.notna()
    forwards = (asserted_from > asserted_to).where(asserted, reported_from > reported_to)

    def message(row: int) -> str:
        clock = "asserted" if asserted.iloc[row] else "reported"
        this = as_recorded(package, "claims", f"{clock}_to", ends.first[row])
        that = as_recorded(package, "claims", f"{clock}_from", ends.other[row])
        relation = package.links["relation"].iloc[row]
        return f"the claim that {relation} was {clock} by {this}, before the other one ({that})"

    return Condition(
        code="link-forwards",
        table="links",
        field="other_id",
        broken=is_any(package.links, "relation", "updates", "retracts") & mask(forwards),
        message=message,
    )


def _same_side(ends: Ends) -> Condition:
    links, actors = ends.package.links, ends.package.actors
    rooted = actors.assign(root=actors["actor_id"].array.take(_roots(actors)))
    first, other = ends["claimant_id"]
    differs = follow(first, rooted, "actor_id", "root") != follow(other, rooted, "actor_id", "root")
    return Condition(
        code="link-other-claimant",
        table="links",
        field="other_id",
        broken=is_any(links, "relation", "updates", "retracts") & mask(differs),
        message=lambda row: (
            f"{first.iloc[row]} {links['relation'].iloc[row]} a claim that is not its own but that of {other.iloc[row]}"
        ),
    )


def _roots(actors: pd.DataFrame) -> Positions:
    """The outermost actor by `member_of` of each actor. (On a cycle, one of its actors: that is its own breach.)"""
    above = found(actors["member_of"], actors["actor_id"])
    above = np.where(above < 0, np.arange(len(above)), above)
    for _ in range(len(above).bit_length()):
        above = above[above]
    return above


RULES = (_pairs, _at_odds, _circles)
POINTER_RULES = (_joined,)
