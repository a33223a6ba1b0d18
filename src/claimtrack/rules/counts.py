"""Figures: their bounds, what they need beside them, and the answers that stand where no figure does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from claimtrack.rules.breach import Condition, Mask, mask
from claimtrack.rules.cells import filled, is_any
from claimtrack.rules.kinds import kinds_that

if TYPE_CHECKING:
    from claimtrack.package import Package

COUNT_COLUMNS = ("count_min", "count_max", "count_mode", "count_basis", "count_approx", "count_text")


def _bounded(package: Package) -> Mask:
    return filled(package.claims, "count_min") | filled(package.claims, "count_max")


def _counts(package: Package) -> Mask:
    """The claims of the kind count. In others a figure has no place at all, which kind-forbids reports."""
    return is_any(package.claims, "kind", "count")


def _bounds(package: Package) -> Iterator[Condition]:
    claims = package.claims
    low, high = claims["count_min"], claims["count_max"]
    yield Condition(
        code="count-reversed",
        table="claims",
        field="count_max",
        broken=mask(low > high),
        message=lambda row: f"count_max ({high.iloc[row]}) is below count_min ({low.iloc[row]})",
    )
    one_figure = filled(claims, "count_min") & filled(claims, "count_max") & ~mask(low < high)
    yield Condition(
        code="count-approx-range",
        table="claims",
        field="count_approx",
        broken=_counts(package) & mask(claims["count_approx"]) & ~one_figure,
        message="the figure is approximate, and count_min and count_max do not both hold it",
    )


def _negative(column: str, package: Package) -> Iterator[Condition]:
    figures = package.claims[column]
    yield Condition(
        code="count-negative",
        table="claims",
        field=column,
        broken=is_any(package.claims, "count_mode", "cumulative") & mask(figures < 0),
        message=lambda row: f"{column} of a running total is {figures.iloc[row]}",
    )


def _mode(package: Package) -> Iterator[Condition]:
    yield Condition(
        code="count-mode-missing",
        table="claims",
        field="count_mode",
        broken=_counts(package) & _bounded(package) & ~filled(package.claims, "count_mode"),
        message="a figure is given, and count_mode does not say whether it is a total or an addition",
    )


def _of_counts(package: Package, *, with_unit: bool) -> Mask:
    """The counts whose predicate counts something; with `with_unit` false, those whose predicate counts nothing."""
    claims, predicates = package.claims, package.predicates
    counts = predicates[is_any(predicates, "kind", "count") & (filled(predicates, "unit") == with_unit)]
    return _counts(package) & is_any(claims, "predicate", *counts["predicate"])


def _figures(package: Package) -> Iterator[Condition]:
    claims = package.claims
    yield Condition(
        code="count-without-figure",
        table="claims",
        field="count_min",
        broken=_of_counts(package, with_unit=True) & ~_bounded(package) & ~filled(claims, "count_text"),
        message=lambda row: f"a count of {claims['predicate'].iloc[row]} has neither a figure nor a count_text",
    )


def _counts_nothing(package: Package) -> Iterator[Condition]:
    predicate, without_unit = package.claims["predicate"], _of_counts(package, with_unit=False)
    for column in COUNT_COLUMNS:

        def message(row: int, column: str = column) -> str:
            return f"predicate {predicate.iloc[row]} counts nothing, and {column} is filled"

        broken = without_unit & filled(package.claims, column)
        yield Condition(code="count-without-unit", table="claims", field=column, broken=broken, message=message)


def _answer(package: Package) -> Iterator[Condition]:
    claims = package.claims
    always = is_any(claims, "kind", *kinds_that("require", "incident_id"))  # kind-requires reports those
    yield Condition(
        code="answer-without-incident",
        table="claims",
        field="incident_id",
        broken=filled(claims, "answer") & ~filled(claims, "incident_id") & ~always,
        message=lambda row: f"answer {claims['answer'].iloc[row]} is given, and no incident whose question it answers",
    )


CLAIM_RULES = (
    _bounds,
    *(partial(_negative, column) for column in ("count_min", "count_max")),
    _mode,
    _figures,
    _counts_nothing,
    _answer,
)
