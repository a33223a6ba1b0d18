"""Which columns a kind of claim must fill and may fill, as the claims schema lists them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from claimtrack.rules.breach import Condition, Mask
from claimtrack.rules.cells import filled, is_any
from claimtrack.schema import table_schema

if TYPE_CHECKING:
    from claimtrack.package import Package


@cache
def kinds_that(use: str, column: str) -> tuple[str, ...]:
    """The kinds of claim that `require`, `allow` or `forbid` a column. What is required is allowed."""
    uses = dict(table_schema("claims").kinds)
    every = uses.pop("every")
    requiring = [kind for kind, own in uses.items() if column in (*every["requires"], *own["requires"])]
    allowing = [kind for kind, own in uses.items() if column in (*every["allows"], *own["allows"])]
    match use:
        case "require":
            return tuple(requiring)
        case "allow":
            return tuple(kind for kind in uses if kind in requiring or kind in allowing)
    return tuple(kind for kind in uses if kind not in requiring and kind not in allowing)


def _of_kind(package: Package, code: str, column: str, broken: Mask, fault: str) -> Condition:
    kind = package.claims["kind"]
    return Condition(
        code=code,
        table="claims",
        field=column,
        broken=broken,
        message=lambda row: f"a claim of kind {kind.iloc[row]} {fault} {column}",
    )


def _required(package: Package) -> Iterator[Condition]:
    claims = package.claims
    for field in table_schema("claims").fields:
        kinds = kinds_that("require", field.name)
        if kinds and not field.required:  # the schema itself sees to the columns that every claim must fill
            missing = is_any(claims, "kind", *kinds) & ~filled(claims, field.name)
            yield _of_kind(package, "kind-requires", field.name, missing, "needs")


def _forbidden(package: Package) -> Iterator[Condition]:
    claims = package.claims
    for column in table_schema("claims").columns:
        if kinds := kinds_that("forbid", column):
            surplus = is_any(claims, "kind", *kinds) & filled(claims, column)
            yield _of_kind(package, "kind-forbids", column, surplus, "has no")


CLAIM_RULES = (_required, _forbidden)
