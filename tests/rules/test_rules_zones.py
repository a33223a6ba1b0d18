"""Assumed offsets: whose zones count, and on which days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_rows import Rows

from claimtrack.rules import Breach
from claimtrack.rules.concerned import known_zones
from claimtrack.rules.zones import offsets_at

Found = Callable[[], list[Breach]]
Change = Callable[..., None]

# The cells of the claim that a ceasefire came into force (claimant in Southland, publisher in Farland, place from the
# incident), changes of other rows, and whether the offset fits.
ASSUMED = [
    ("+01:00", {}, {}, True),  # the claimant's state
    ("+12:45", {}, {}, True),  # the country in which the publisher is based
    ("+00:00", {}, {}, False),  # Northland's, and nobody of Northland is concerned
    ("+00:00", {"place_id": "village-a", "place_relation": "in"}, {}, True),  # three steps up from the place
    ("+00:00", {}, {("incidents", "ceasefire-2020-09-06", "place_id"): "village-a"}, True),  # the incident's place
    (
        "+00:00",
        {"place_id": "sector-1", "place_relation": "in"},
        {("incidents", "ceasefire-2020-09-06", "place_id"): "village-a"},
        False,  # a place of its own takes the place of the incident's
    ),
    (
        "+02:00",
        {"place_id": "town-c", "place_relation": "in"},
        {("places", "town-c", "time_zone"): "Europe/Rome"},
        True,
    ),
    (
        "+02:00",
        {"place_id": "village-b", "place_relation": "in"},
        {("places", "border", "time_zone"): "Europe/Rome"},
        True,  # also_within
    ),
    ("+02:00", {}, {("actors", "ministry-southland", "time_zone"): "Europe/Rome"}, True),  # the claimant's own
    ("+01:00", {}, {("actors", "ministry-southland", "time_zone"): "Europe/Rome"}, True),  # and its state's still
    ("+00:30", {}, {}, False),
]


@pytest.mark.parametrize(("offset", "cells", "others", "fits"), ASSUMED)
def test_whose_zones_count(
    offset: str,
    cells: dict[str, str],
    others: dict[tuple[str, str, str], str],
    fits: bool,
    change: Change,
    found: Found,
) -> None:
    change("claims", "vapyhyyv", valid_from=f"2020-09-06T09:00:00{offset}", **cells)
    for (table, key, column), cell in others.items():
        change(table, key, **{column: cell})
    assert [(breach.code, breach.field) for breach in found()] == ([] if fits else [("offset-unlikely", "valid_from")])


# Days and offsets for a claimant in Lisbon, whose clocks went back on 25 October 2020.
DAYS = [
    ("2020-07-01T12:00:00+01:00", True),
    ("2020-07-01T12:00:00+00:00", False),
    ("2020-10-24T23:59:00+00:00", False),
    ("2020-10-25T00:00:00+01:00", True),
    ("2020-10-25T00:00:00+00:00", True),
    ("2020-10-25T23:59:00+01:00", True),
    ("2020-10-26T00:00:00+01:00", False),
    ("2020-10-26T00:00:00+00:00", True),
    ("1969-06-01T00:00:00+09:00", True),  # before 1970 nothing is checked
    ("1970-06-01T00:00:00+09:00", False),
    ("9999-12-31T23:00:00-09:00", True),  # nor where no datetime can follow
    ("0001-01-01T00:00:00+09:00", True),
]


@pytest.mark.parametrize(("start", "fits"), DAYS)
def test_on_which_days(start: str, fits: bool, change: Change, rows: Rows, found: Found) -> None:
    change("actors", "southland", time_zone="Europe/Lisbon")
    change("actors", "farland", time_zone="")
    change("claims", "vapyhyyv", valid_from=start)
    likely = [breach for breach in found() if breach.code == "offset-unlikely"]
    assert [breach.row for breach in likely] == ([] if fits else [7])


def test_the_message_says_what_the_offset_was(change: Change, found: Found) -> None:
    change("claims", "vapyhyyv", valid_from="2020-12-06T09:00:00+03:00", certainty="anticipated")
    (breach,) = found()
    assert breach.message == (
        "valid_from (2020-12-06T09:00:00+03:00) has an assumed offset that nobody concerned had then; "
        "it was +00:00 in Atlantic/Madeira, +13:45 in Pacific/Chatham"
    )


def test_where_no_zone_is_known_any_offset_will_do(change: Change, rows: Rows, found: Found) -> None:
    for table in ("actors", "places"):
        for row in rows[table]:
            row["time_zone"] = ""
    change("claims", "vapyhyyv", valid_from="2020-09-06T09:00:00+03:00")
    assert found() == []


# What leads round in a circle or nowhere is reported as that; what zones it would hand down cannot be told.
UNTOLD = [
    ("actors", "southland", {"member_of": "ministry-southland"}, ["hierarchy-cycle"]),
    ("actors", "southland", {"member_of": "nowhere"}, []),
    ("places", "both-lands", {"also_within": "nowhere"}, ["also-within-unknown"]),
    ("sources", "gazette-live", {"publisher_id": "nobody"}, []),
    ("incidents", "ceasefire-2020-09-06", {"place_id": "nowhere"}, []),
]


@pytest.mark.parametrize(("table", "key", "cells", "expected"), UNTOLD)
def test_zones_that_cannot_be_told(
    table: str, key: str, cells: dict[str, str], expected: list[str], change: Change, found: Found
) -> None:
    change("claims", "vapyhyyv", valid_from="2020-09-06T09:00:00+03:00")
    change(table, key, **cells)
    assert [breach.code for breach in found()] == expected


def test_an_unknown_zone_counts_for_nothing(change: Change, found: Found) -> None:
    change("actors", "southland", time_zone="Atlantic/Madiera")
    (breach,) = (breach for breach in found() if breach.code == "zone-unknown")
    assert breach.message.startswith("there is no time zone Atlantic/Madiera; closest to it: Atlantic/Madeira")


def test_a_zone_with_seconds_fits_the_nearest_minute(change: Change, found: Found) -> None:
    change("actors", "southland", time_zone="Africa/Monrovia")  # 44 minutes and 30 seconds behind, until 1972
    change("claims", "vapyhyyv", valid_from="1971-06-01T00:00:00-00:44")
    assert 7 not in {breach.row for breach in found()}
    change("claims", "vapyhyyv", valid_from="1971-06-01T00:00:00-00:46")
    assert 7 in {breach.row for breach in found()}


@given(
    st.lists(st.datetimes(datetime(1970, 1, 1), datetime(2037, 1, 1)), max_size=5),
    st.sampled_from(sorted(known_zones() - {"Factory", "localtime"})),
)
def test_offsets_are_those_of_the_zone_database(moments: list[datetime], zone: str) -> None:
    expected = []
    for moment in moments:
        offset = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset()
        assert offset is not None
        expected.append(offset.total_seconds() / 60)
    assert offsets_at(np.array(moments, dtype="datetime64[us]"), zone).tolist() == expected
