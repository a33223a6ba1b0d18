"""Columns about places that go together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimtrack.rules.breach import Condition
from claimtrack.rules.cells import filled, is_any
from claimtrack.structure.telling.unstated import WORDS

if TYPE_CHECKING:
    from claimtrack.package import Package


def _relation(package: Package) -> Iterator[Condition]:
    claims = package.claims
    placed, related = filled(claims, "place_id"), filled(claims, "place_relation")
    # A place that is called none is told as one that is not there.
    told = is_any(claims, "place_id", *WORDS)
    for broken, message in (
        (placed & ~related & ~told, "a place is given and place_relation is blank"),
        (related & ~placed, "place_relation is filled and no place is given"),
    ):
        yield Condition(code="place-relation", table="claims", field="place_relation", broken=broken, message=message)


def _coordinates(package: Package) -> Iterator[Condition]:
    places = package.places
    for blank, other in (("latitude", "longitude"), ("longitude", "latitude")):
        yield Condition(
            code="coordinates-half",
            table="places",
            field=blank,
            broken=~filled(places, blank) & filled(places, other),
            message=f"{other} is filled and {blank} is blank",
        )


CLAIM_RULES = (_relation,)
RULES = (_coordinates,)
