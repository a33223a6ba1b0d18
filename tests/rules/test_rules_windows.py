"""Claims about a time outside of the window of their incident, from 5 September 2020 00:00 to the 10th, in UTC."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claimtrack.rules import Breach

CLAIM = "vapyhyyv"  # of the Ministry of Southland, which had +01:00; the publisher had +12:45
STRIKE = {
    "kind": "hostilities",
    "predicate": "strike",
    "incident_id": "attack-2020-09-05",
    "place_id": "",
    "zone_basis": "stated",
    "bounds_basis": "stated",
    "reported_from": "2020-09-12T00:00:00+00:00",
    "reported_to": "2020-09-12T00:00:00+00:00",
}


def at(moment: str, offset: str = "+00:00") -> dict[str, str]:
    return {
        "valid_mode": "at",
        "valid_from": f"2020-09-{moment}:00{offset}",
        "valid_to": f"2020-09-{moment}:00{offset}",
    }


ASSUMED = {"zone_basis": "assumed"}
TRUCE = {"incident_id": "ceasefire-2020-09-06"}  # from the 6th, 09:00+01:00
OUTSIDE = [
    (at("04T17:59"), "valid_to"),
    (at("10T06:01"), "valid_from"),
    (at("04T17:29") | {"valid_mode": "around"}, "valid_to"),
    (at("04T12:00") | {"valid_mode": "until", "valid_from": ""}, "valid_to"),
    (at("11T12:00") | {"valid_mode": "since", "valid_to": ""}, "valid_from"),
    (at("11T12:00") | {"predicate": "outbreak"}, "valid_from"),
    (at("04T11:00", "+01:00") | ASSUMED, "valid_to"),
    (at("05T23:30", "+01:00") | TRUCE, "valid_to"),  # which does not begin at midnight
]
INSIDE = [
    at("04T18:00"),  # the evening before a window that begins at midnight
    at("10T06:00"),  # the morning after one that ends then
    at("06T00:30", "+01:00") | TRUCE,  # on its first day
    at("04T17:30") | {"valid_mode": "around"},
    at("04T12:00") | {"valid_mode": "since", "valid_to": ""},
    at("11T12:00") | {"valid_mode": "until", "valid_from": ""},
    at("04T12:00") | {"predicate": "outbreak"},
    at("04T12:00") | {"predicate": "eased"},
    at("04T12:00") | {"certainty": "anticipated"},
    at("04T12:00") | {"incident_id": "nowhere"},
    at("05T01:00", "+12:45") | ASSUMED,  # inside by the clock of the claimant
    at("04T12:00") | ASSUMED | {"claimant_id": "nobody"},  # whose zone is not known
]


@pytest.mark.parametrize(("cells", "field"), OUTSIDE)
def test_outside(
    cells: dict[str, str], field: str, change: Callable[..., None], found: Callable[[], list[Breach]]
) -> None:
    change("claims", CLAIM, **STRIKE | cells)
    assert [breach.field for breach in found() if breach.code == "valid-outside-incident"] == [field]


@pytest.mark.parametrize("cells", INSIDE)
def test_inside(cells: dict[str, str], change: Callable[..., None], found: Callable[[], list[Breach]]) -> None:
    change("claims", CLAIM, **STRIKE | cells)
    assert "valid-outside-incident" not in {breach.code for breach in found()}
