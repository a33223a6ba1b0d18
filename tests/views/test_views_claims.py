"""Cells, cards and names."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import UsageError
from claimtrack.package import Package
from claimtrack.views.cells import rows
from claimtrack.views.claims import Cards
from claimtrack.views.names import actors_meant, closest, incident_meant, known, names, places_meant
from disputed import CEASEFIRE, CIVILIANS, NASTY, TOLL


def test_rows_are_plain(package: Package) -> None:
    """As written in the files, but for types: what JSON can hold, times with the offset that was recorded."""
    (row,) = [row for row in rows(package, "claims") if row["claim_id"] == CEASEFIRE]
    assert row["reported_from"] == "2020-09-06T12:34:00+00:00"
    assert row["valid_to"] is row["count_min"] is None
    assert [row["starts_at"] for row in rows(package, "incidents")][1] == "2020-09-06T09:00:00+01:00"
    assert rows(package, "sources", [2])[0]["published_on"] == "2020-09-07"
    village = {row["place_id"]: row for row in rows(package, "places")}["village-a"]
    assert (village["latitude"], village["longitude"]) == (38.5, -28.25)
    for table in package.frames:
        assert json.loads(json.dumps(rows(package, table))) == rows(package, table)


def test_card(cards: Cards) -> None:
    card = cards[CEASEFIRE]
    assert card["claimant"] == {"id": "ministry-southland", "name": "Ministry of Southland"}
    assert card["reported"] == {"from": "2020-09-06T12:34:00+00:00", "to": "2020-09-06T12:34:00+00:00"}
    assert card["asserted"] == {"from": None, "to": None}
    assert card["valid"] == {
        "from": "2020-09-06T09:00:00+00:00",
        "to": None,
        "mode": "since",
        "text": "at 09:00",
        "zone_basis": "assumed",
        "bounds_basis": "stated",
    }
    assert card["place"] == {"id": "northland", "name": "Northland"}
    assert card["incident"]["id"] == "ceasefire-2020-09-06"
    assert card["actor"] is card["target"] is card["count"] is None
    assert card["source"]["publisher"]["name"] == "Example Gazette"
    assert card["source"]["published_on"] == "2020-09-05"
    assert [hop["id"] for hop in card["chain"]] == ["ministry-southland", "wire-service", "gazette"]


def test_card_of_a_count(cards: Cards) -> None:
    count = cards[CIVILIANS["claim_id"]]["count"]
    assert count == {
        "min": 3,
        "max": 5,
        "mode": "cumulative",
        "basis": None,
        "approx": None,
        "text": "between three and five",
    }
    assert type(count["min"]) is int


def test_a_claimant_who_publishes_stands_once_in_the_chain(cards: Cards) -> None:
    assert [hop["id"] for hop in cards[CIVILIANS["claim_id"]]["chain"]] == ["gazette"]


def test_cards_are_json_and_made_once(cards: Cards) -> None:
    assert cards[TOLL] is cards[TOLL]
    assert [card["claim_id"] for card in cards.of([TOLL, CEASEFIRE])] == [TOLL, CEASEFIRE]
    assert json.loads(json.dumps(cards[TOLL])) == cards[TOLL]


def test_an_unknown_claim_has_no_card(cards: Cards) -> None:
    with pytest.raises(UsageError, match=rf"no claim 'ministry-southland-vapyhyyv' .* did you mean .*{CEASEFIRE}"):
        cards["ministry-southland-vapyhyyv"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("village-a", {"village-a"}),
        ("Willage A", {"village-a"}),
        ("VILLAGE Å", {"village-a"}),
        ("Eastern region", {"eastern-region", "eastern-district", "village-a", "village-b"}),
        ("border", {"border", "village-a", "village-b"}),
        ("sector-1", {"sector-1", "village-a"}),
        ("southland", {"southland", "town-c"}),
    ],
)
def test_places(package: Package, typed: str, meant: set[str]) -> None:
    assert places_meant(package, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("minster of northland", {"minister-northland"}),
        ("Ministry of Northland", {"ministry-northland", "minister-northland"}),
        ("southland", {"southland", "ministry-southland", "army-southland"}),
        ("The Exämple Gazette", {"gazette"}),
    ],
)
def test_actors(package: Package, typed: str, meant: set[str]) -> None:
    assert actors_meant(package, typed) == meant


@pytest.mark.parametrize(
    ("what", "typed", "suggested"),
    [
        ("place", "vilage-a", "village-a"),
        ("place", "Border village", "Border village A"),
        ("actor", "Ministry of Norhtland", "Ministry of Northland"),
        ("incident", "ceasefire", "ceasefire-2020-09-06"),
    ],
)
def test_unknown_names_get_suggestions(package: Package, what: str, typed: str, suggested: str) -> None:
    ask = {"place": places_meant, "actor": actors_meant, "incident": incident_meant}[what]
    with pytest.raises(UsageError, match=f"there is no {what} '{typed}' in this package; did you mean .*{suggested}"):
        ask(package, typed)


def test_what_resembles_nothing_gets_no_suggestion(package: Package) -> None:
    with pytest.raises(UsageError, match=r"there is no actor 'qqqq' in this package$"):
        actors_meant(package, "qqqq")
    with pytest.raises(UsageError, match=r"there is no place '' in this package$"):
        places_meant(package, "")


def test_a_name_shared_by_several_means_all_of_them(package: Package) -> None:
    actors = package.actors.assign(aliases="The Ministry")
    shared = Package(package.path, package.descriptor, {**package.frames, "actors": actors}, package.offsets)
    assert actors_meant(shared, "the ministry") == set(actors["actor_id"])


@given(st.text(), st.lists(st.text(min_size=1), max_size=6))
def test_closest_names_only_candidates(typed: str, candidates: list[str]) -> None:
    told = closest(typed, candidates)
    assert told == "" or (told.startswith("; did you mean ") and any(candidate in told for candidate in candidates))
    for candidate in candidates:
        assert known(candidate, candidates, "thing") == candidate


def test_names(package: Package) -> None:
    assert names(package, "sources")["wire-report"] == "Losses at the border"
    assert names(package, "incidents")["launch-site"].startswith("From where")


def test_the_fixture_is_as_nasty_as_it_should_be(package: Package) -> None:
    assert NASTY in set(package.claims["text"])
