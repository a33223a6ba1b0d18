"""Clocks, modes and windows: the corners that the rulebook's examples leave out."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from typed_rows import package_of, valid_rows

from claimtrack.rules import Breach
from claimtrack.rules.cells import as_recorded

Found = Callable[[], list[Breach]]
Change = Callable[..., None]

SIX, SEVEN = "2020-09-06T06:00:00+00:00", "2020-09-06T07:00:00+00:00"
BLANK = ""

# mode, valid_from, valid_to: what is reported of a claim about hostilities
MODES = [
    ("at", SIX, SIX, []),
    ("at", SIX, SEVEN, ["valid-mode-bounds"]),
    ("at", SIX, BLANK, ["valid-mode-bounds"]),
    ("at", SEVEN, SIX, ["clock-reversed"]),
    ("around", SIX, SIX, []),
    ("around", BLANK, SIX, ["valid-mode-bounds"]),
    ("within", SIX, SEVEN, []),
    ("within", SIX, SIX, ["valid-mode-bounds"]),
    ("within", SEVEN, SIX, ["clock-reversed"]),
    ("throughout", SIX, SEVEN, []),
    ("throughout", BLANK, SEVEN, ["valid-mode-bounds"]),
    ("since", SIX, BLANK, []),
    ("since", SIX, SEVEN, ["valid-mode-bounds"]),
    ("since", BLANK, SEVEN, ["valid-mode-bounds"]),
    ("until", BLANK, SIX, []),
    ("until", SIX, SEVEN, []),
    ("until", SIX, SIX, ["valid-mode-bounds"]),
    ("until", SIX, BLANK, ["valid-mode-bounds"]),
    ("until", SEVEN, SIX, ["clock-reversed"]),
    (BLANK, SIX, BLANK, ["valid-mode-missing"]),
]


@pytest.mark.parametrize(("mode", "start", "end", "expected"), MODES)
def test_a_mode_and_its_bounds(
    mode: str, start: str, end: str, expected: list[str], change: Change, found: Found
) -> None:
    change("claims", "pzd3tgpk", valid_mode=mode, valid_from=start, valid_to=end)
    assert [breach.code for breach in found()] == expected


def test_a_mode_without_any_bound_lacks_its_time(change: Change, found: Found) -> None:
    change("claims", "pzd3tgpk", valid_from="", valid_to="", zone_basis="", bounds_basis="")
    (breach,) = found()
    assert (breach.code, breach.field) == ("valid-mode-bounds", "valid_mode")
    assert breach.message == (
        "valid_mode throughout needs valid_from, and a later valid_to; valid_from is blank, valid_to is blank"
    )


# asserted_from, asserted_to, certainty, valid_from, valid_to of the announced talks, reported on 6 September at 18:30
ANNOUNCED = [
    (BLANK, BLANK, "anticipated", "2020-09-06T12:00:00+01:00", "2020-09-06T13:00:00+01:00", ["anticipated-past"]),
    ("2020-09-05T12:00:00+00:00", "2020-09-05T12:00:00+00:00", "anticipated", SIX, SEVEN, []),
    (BLANK, BLANK, "hedged", "2020-09-07T12:00:00+01:00", "2020-09-07T13:00:00+01:00", ["future-not-anticipated"]),
    (BLANK, BLANK, "implied", "2020-09-06T18:00:00+01:00", "2020-09-07T13:00:00+01:00", []),
]


@pytest.mark.parametrize(("asserted_from", "asserted_to", "certainty", "start", "end", "expected"), ANNOUNCED)
def test_what_lies_ahead(
    asserted_from: str,
    asserted_to: str,
    certainty: str,
    start: str,
    end: str,
    expected: list[str],
    change: Change,
    found: Found,
) -> None:
    change(
        "claims",
        "fx7nr67p",
        asserted_from=asserted_from,
        asserted_to=asserted_to,
        certainty=certainty,
        valid_from=start,
        valid_to=end,
        zone_basis="stated",
    )
    assert [breach.code for breach in found()] == expected


def test_an_undated_claim_is_not_set_against_its_source(change: Change, found: Found) -> None:
    change("sources", "gazette-live", published_on="2020-09-06")
    change("claims", "7wgktoa5", reported_from="", reported_to="")
    assert found() == []
    change("sources", "gazette-live", published_on="2020-09-08")
    late = {breach.row for breach in found()}
    assert len(late) == sum(row["source_id"] == "gazette-live" for row in valid_rows()["claims"]) - 2
    assert 0 not in late


SHOWN = [
    ("claims", "valid_from", 7, "2020-09-06T09:00:00+01:00"),
    ("claims", "valid_to", 7, "blank"),
    ("claims", "reported_from", 3, "9999-12-31T23:00:00-09:00"),
    ("claims", "reported_to", 3, "0001-01-01T00:00:00+14:00"),
    ("claims", "count_min", 0, "12"),
    ("claims", "predicate", 0, "killed"),
    ("sources", "published_on", 0, "2020-09-05 00:00:00"),
]


@pytest.mark.parametrize(("table", "column", "row", "text"), SHOWN)
def test_a_cell_is_shown_as_it_was_recorded(table: str, column: str, row: int, text: str) -> None:
    rows = valid_rows()
    rows["claims"][3] |= {"reported_from": "9999-12-31T23:00:00-09:00", "reported_to": "0001-01-01T00:00:00+14:00"}
    assert as_recorded(package_of(rows), table, column, row) == text


def test_offsets_west_of_greenwich_and_of_half_hours_are_shown(change: Change, found: Found) -> None:
    change("claims", "vapyhyyv", reported_from="2020-09-06T09:04:00-03:30", reported_to="2020-09-06T09:03:00-03:30")
    (breach,) = found()
    assert breach.message == (
        "reported_to (2020-09-06T09:03:00-03:30) is before reported_from (2020-09-06T09:04:00-03:30)"
    )
    assert pd.Timestamp("2020-09-06T09:04:00-03:30") == pd.Timestamp("2020-09-06T12:34:00Z")
