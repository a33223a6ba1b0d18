"""The three clocks of a claim, the windows of incidents, and how they lie to each other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from claimtrack.rules.breach import Condition, mask
from claimtrack.rules.cells import as_recorded, filled, follow, is_any
from claimtrack.rules.kinds import kinds_that

if TYPE_CHECKING:
    from claimtrack.package import Package

NEEDED_BOUNDS = {
    "at": "valid_from and valid_to, both the same",
    "around": "valid_from and valid_to, both the same",
    "within": "valid_from, and a later valid_to",
    "throughout": "valid_from, and a later valid_to",
    "since": "valid_from, and a blank valid_to",
    "until": "valid_to, and valid_from earlier or blank",
}


def _half_filled(package: Package) -> Iterator[Condition]:
    claims = package.claims
    for clock in ("reported", "asserted"):
        for blank, other in ((f"{clock}_from", f"{clock}_to"), (f"{clock}_to", f"{clock}_from")):
            yield Condition(
                code="clock-half-filled",
                table="claims",
                field=blank,
                broken=~filled(claims, blank) & filled(claims, other),
                message=f"{other} is filled and {blank} is blank",
            )


def _reversed(clock: str, package: Package) -> Iterator[Condition]:
    claims, start, end = package.claims, f"{clock}_from", f"{clock}_to"
    yield Condition(
        code="clock-reversed",
        table="claims",
        field=end,
        broken=mask(claims[start] > claims[end]),
        message=lambda row: (
            f"{end} ({as_recorded(package, 'claims', end, row)}) is before "
            f"{start} ({as_recorded(package, 'claims', start, row)})"
        ),
    )


def _asserted_after_report(package: Package) -> Iterator[Condition]:
    claims = package.claims
    after = mask(claims["asserted_from"] > claims["reported_to"])
    yield Condition(
        code="asserted-after-report",
        table="claims",
        field="asserted_from",
        broken=after,
        message=lambda row: (
            f"asserted_from ({as_recorded(package, 'claims', 'asserted_from', row)}) is after "
            f"the report ({as_recorded(package, 'claims', 'reported_to', row)})"
        ),
    )
    yield Condition(
        code="asserted-past-report",
        table="claims",
        field="asserted_to",
        broken=mask(claims["asserted_to"] > claims["reported_to"]) & ~after,
        message=lambda row: (
            f"asserted_to ({as_recorded(package, 'claims', 'asserted_to', row)}) runs past "
            f"the report ({as_recorded(package, 'claims', 'reported_to', row)})"
        ),
    )


def _valid_mode(package: Package) -> Iterator[Condition]:
    claims = package.claims
    start, end = claims["valid_from"], claims["valid_to"]
    has_start, has_end = filled(claims, "valid_from"), filled(claims, "valid_to")
    both, equal = has_start & has_end, mask(start == end)
    with_mode = is_any(claims, "kind", *kinds_that("allow", "valid_mode"))
    # Bounds in the wrong order are left to clock-reversed, so that one slip is reported once.
    broken = is_any(claims, "valid_mode", "at", "around") & (~both | mask(start < end))
    broken |= is_any(claims, "valid_mode", "within", "throughout") & (~both | equal)
    broken |= is_any(claims, "valid_mode", "since") & (~has_start | has_end)
    broken |= is_any(claims, "valid_mode", "until") & (~has_end | equal)

    def message(row: int) -> str:
        mode = claims["valid_mode"].iloc[row]
        bounds = (f"{bound} is {as_recorded(package, 'claims', bound, row)}" for bound in ("valid_from", "valid_to"))
        return f"valid_mode {mode} needs {NEEDED_BOUNDS[mode]}; {', '.join(bounds)}"

    yield Condition(
        code="valid-mode-bounds", table="claims", field="valid_mode", broken=broken & with_mode, message=message
    )
    yield Condition(
        code="valid-mode-missing",
        table="claims",
        field="valid_mode",
        broken=~filled(claims, "valid_mode") & (has_start | has_end) & with_mode,
        message="a valid time is given, and valid_mode does not say how the claim fills it",
    )


def _valid_basis(field: str, package: Package) -> Iterator[Condition]:
    claims = package.claims
    bounded, given = filled(claims, "valid_from") | filled(claims, "valid_to"), filled(claims, field)
    for broken, message in (
        (bounded & ~given, f"a valid time is given and {field} is blank"),
        (given & ~bounded, f"{field} is filled and no valid time is given"),
    ):
        yield Condition(code="valid-basis", table="claims", field=field, broken=broken, message=message)


def _future(package: Package) -> Iterator[Condition]:
    claims = package.claims
    said = claims["asserted_from"].fillna(claims["reported_from"])
    yield Condition(
        code="anticipated-past",
        table="claims",
        field="certainty",
        broken=is_any(claims, "certainty", "anticipated") & mask(claims["valid_to"] < said),
        message=lambda row: (
            f"the claim is anticipated, and its period ended ({as_recorded(package, 'claims', 'valid_to', row)}) "
            "before it was put forward"
        ),
    )
    yield Condition(
        code="future-not-anticipated",
        table="claims",
        field="certainty",
        broken=is_any(claims, "certainty", "stated", "hedged", "implied")
        & mask(claims["valid_from"] > claims["reported_to"]),
        message=lambda row: (
            f"the claim is {claims['certainty'].iloc[row]}, and its period begins "
            f"({as_recorded(package, 'claims', 'valid_from', row)}) after the report"
        ),
    )


def _before_source(package: Package) -> Iterator[Condition]:
    claims, sources = package.claims, package.sources
    offset = pd.to_timedelta(package.offsets["claims"]["reported_to"].fillna(0).to_numpy(dtype="int64"), unit="min")
    local = claims["reported_to"].dt.tz_localize(None) + offset
    published = follow(claims["source_id"], sources, "source_id", "published_on")
    yield Condition(
        code="reported-before-source",
        table="claims",
        field="reported_from",
        broken=mask(local < published),
        message=lambda row: (
            f"reported by {as_recorded(package, 'claims', 'reported_to', row)}, before source "
            f"{claims['source_id'].iloc[row]} was published ({published.iloc[row]:%Y-%m-%d})"
        ),
    )


def _incident_reversed(package: Package) -> Iterator[Condition]:
    incidents = package.incidents
    yield Condition(
        code="incident-reversed",
        table="incidents",
        field="ends_at",
        broken=mask(incidents["starts_at"] >= incidents["ends_at"]),
        message=lambda row: (
            f"ends_at ({as_recorded(package, 'incidents', 'ends_at', row)}) is not after "
            f"starts_at ({as_recorded(package, 'incidents', 'starts_at', row)})"
        ),
    )


CLAIM_RULES = (
    _half_filled,
    *(partial(_reversed, clock) for clock in ("reported", "asserted", "valid")),
    _asserted_after_report,
    _valid_mode,
    *(partial(_valid_basis, field) for field in ("zone_basis", "bounds_basis")),
    _future,
    _before_source,
)
RULES = (_incident_reversed,)
