"""Links and relays: what fits two claims, and which clock decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typed_rows import Rows

from claimtrack.rules import Breach

Found = Callable[[], list[Breach]]
Change = Callable[..., None]

LATER, EARLIER = "20200907-ministry-northland-osieuzkn", "20200906-ministry-northland-7wgktoa5"
TEN, NOON, SIX = "2020-09-07T10:00:00+00:00", "2020-09-06T12:00:00+00:00", "2020-09-06T18:00:00+00:00"

# asserted and reported times of the claim that updates and of the one that is updated, and whether that is a breach
CLOCKS = [
    ("", TEN, "", NOON, False),
    ("", NOON, "", TEN, True),
    ("", TEN, "", TEN, False),
    (NOON, TEN, SIX, SIX, True),  # both known: what was said counts, not what was reported
    (SIX, SIX, NOON, TEN, False),
    (NOON, TEN, "", SIX, False),  # one of them unknown: the reports count
    ("", NOON, NOON, SIX, True),
    ("", "", "", TEN, False),
]


@pytest.mark.parametrize(("said", "reported", "other_said", "other_reported", "expected"), CLOCKS)
def test_which_clock_decides(
    said: str,
    reported: str,
    other_said: str,
    other_reported: str,
    expected: bool,
    change: Change,
    found: Found,
) -> None:
    change("claims", LATER, asserted_from=said, asserted_to=said, reported_from=reported, reported_to=reported)
    change(
        "claims",
        EARLIER,
        asserted_from=other_said,
        asserted_to=other_said,
        reported_from=other_reported,
        reported_to=other_reported,
    )
    breaches = [breach for breach in found() if breach.resource == "links"]
    assert [breach.code for breach in breaches] == (["link-forwards"] if expected else [])


def test_the_message_shows_the_clock_that_decides(change: Change, found: Found) -> None:
    change("claims", LATER, asserted_from=NOON, asserted_to=NOON)
    (breach,) = found()
    assert breach.message == (
        "the claim that updates was asserted by 2020-09-06T12:00:00+00:00, "
        "before the other one (2020-09-06T16:00:00+00:00)"
    )


def test_times_that_overlap_are_no_breach(change: Change, found: Found) -> None:
    change("claims", LATER, reported_from="2020-09-06T00:00:00+00:00", reported_to="2020-09-07T00:00:00+00:00")
    change("claims", EARLIER, asserted_from="", asserted_to="")
    assert [breach.code for breach in found() if breach.resource == "links"] == []


RELATED = [
    ("minister-northland", []),
    ("service-members-northland", []),
    ("northland", []),
    ("army-southland", ["link-other-claimant"]),
    ("resident-1", ["link-other-claimant"]),
    ("nobody", []),
]


@pytest.mark.parametrize(("claimant", "expected"), RELATED)
def test_who_may_update(claimant: str, expected: list[str], change: Change, found: Found) -> None:
    change("claims", LATER, claimant_id=claimant)
    assert [breach.code for breach in found()] == expected


def test_claimants_on_a_circle_are_compared_all_the_same(change: Change, found: Found) -> None:
    change("actors", "northland", member_of="ministry-northland")
    assert {breach.code for breach in found()} == {"hierarchy-cycle"}


def test_all_that_differs_is_named(change: Change, found: Found) -> None:
    change("links", "", claim_id=EARLIER, relation="repeats", other_id="20200906-gazette-cgxprxpo", basis="editor")
    (breach,) = found()
    assert breach.message == (
        "the two claims of repeats are not alike: kind is count and ceasefire, predicate is killed and confirmed, "
        "polarity is asserts and cannot_confirm"
    )


def test_chains_of_parts_may_be_long_and_circles_of_any_length_are_found(change: Change, found: Found) -> None:
    more = "20200907-ministry-northland-gtbgeaq7"
    change("links", "", claim_id=EARLIER, relation="part_of", other_id=LATER, basis="editor")
    change("links", "", claim_id=LATER, relation="part_of", other_id=more, basis="editor")
    assert found() == []
    change("links", "", claim_id=more, relation="part_of", other_id=EARLIER, basis="editor")
    (breach,) = found()
    assert (breach.code, breach.row) == ("link-cycle", 5)
    assert breach.message == f"these lead round in a circle: {EARLIER} → {LATER} → {more} → {EARLIER}"


def test_each_claim_has_its_own_hops(change: Change, found: Found, rows: Rows) -> None:
    claim = "20200906-army-southland-7xfej4ki"
    for hop in ("5", "4", "2"):
        change("relays", "", claim_id=claim, hop=hop, relayer_id="resident-1")
    (breach,) = found()
    assert (breach.code, rows["relays"][breach.row]["hop"]) == ("relay-gap", "4")
    assert breach.message == f"hop 4 of claim {claim} comes where hop 3 is expected"
