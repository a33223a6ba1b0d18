"""What was claimed, in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import UsageError
from claimtrack.package import Package
from claimtrack.views.timeline import ROW, Selection, timeline
from disputed import CEASEFIRE, HEADING, RESUMED, STRIKES, TOLL

QUIET = "20200906-resident-1-5uz5gput"
EARLY = "20200906-gazette-pzd3tgpk"
TALKS = "20200906-ministry-southland-fx7nr67p"
DAMAGED = "undated-resident-1-lbi53q7t"


def ids(package: Package, **wanted: Any) -> list[str]:
    return [row["claim_id"] for row in timeline(package, Selection(**wanted))]


def test_every_claim_is_there_once_and_the_undated_come_last(package: Package) -> None:
    rows = timeline(package, Selection())
    assert sorted(row["claim_id"] for row in rows) == sorted(package.claims["claim_id"])
    dated = [row["dated"] for row in rows]
    assert dated == sorted(dated, reverse=True)
    assert tuple(rows[0]) == ROW


def test_order_of_the_valid_times(package: Package) -> None:
    order = ids(package)
    wanted = [QUIET, EARLY, STRIKES["claim_id"], CEASEFIRE, HEADING["claim_id"], RESUMED["claim_id"], TOLL, TALKS]
    assert [one for one in order if one in wanted] == wanted, "a total stands at its as-of, not at its baseline"


def test_order_of_the_reports(package: Package) -> None:
    rows = timeline(package, Selection(by="reported"))
    times = [datetime.fromisoformat(row["reported_from"]) for row in rows if row["dated"]]
    assert times == sorted(times)
    assert next(row["claim_id"] for row in rows if not row["dated"]) == DAMAGED


def test_what_is_only_expected_is_marked(package: Package) -> None:
    marked = {row["claim_id"] for row in timeline(package, Selection()) if row["anticipated"]}
    assert marked == {TALKS, "20200906-minister-northland-oivty4cz"}


def test_names_stand_beside_ids(package: Package) -> None:
    rows = {row["claim_id"]: row for row in timeline(package, Selection())}
    assert rows[CEASEFIRE]["claimant"] == "Ministry of Southland"
    assert rows[CEASEFIRE]["place"] == "Northland"
    assert rows[TOLL]["place"] is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"place": "Willage A", "kinds": ("hostilities",)}, 4),
        ({"place": "eastern-region", "kinds": ("hostilities",)}, 5),
        ({"place": "both-lands"}, 11),
        ({"kinds": ("ceasefire", "attribution")}, 6),
        ({"incident": "ceasefire-2020-09-06"}, 3),
        ({"actor": "army-southland"}, 4),
        ({"actor": "Southland", "incident": "ceasefire-2020-09-06"}, 2),
        ({"actor": "gazette", "place": "town-c"}, 0),
    ],
)
def test_selections(package: Package, wanted: dict[str, Any], found: int) -> None:
    assert len(ids(package, **wanted)) == found


@pytest.mark.parametrize("wanted", [{"actor": "nobody"}, {"place": "nowhere"}, {"incident": "nothing"}])
def test_unknown_names_are_refused(package: Package, wanted: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="there is no"):
        ids(package, **wanted)


AT = datetime(2020, 9, 6, 12, 0, tzinfo=UTC)


def test_since_keeps_what_reaches_past_it(package: Package) -> None:
    kept = ids(package, since=AT, kinds=("hostilities", "ceasefire"))
    assert kept == [STRIKES["claim_id"], CEASEFIRE, HEADING["claim_id"], RESUMED["claim_id"]]


def test_until_keeps_what_begins_before_it(package: Package) -> None:
    kept = ids(package, until=datetime(2020, 9, 6, 6, 30, tzinfo=UTC), kinds=("hostilities",))
    assert kept[-3:] == [QUIET, EARLY, STRIKES["claim_id"]]
    assert HEADING["claim_id"] not in kept


def test_bounds_leave_out_what_has_no_time(package: Package) -> None:
    kept = ids(package, since=AT - timedelta(days=400), until=AT + timedelta(days=400))
    assert set(kept) == {row["claim_id"] for row in timeline(package, Selection()) if row["dated"]}


def test_a_bound_without_zone_is_read_on_the_clock_of_the_record(package: Package) -> None:
    """The talks are recorded from 8 September 00:00 at UTC+1, which is 7 September 23:00 in UTC."""
    midnight = datetime(2020, 9, 8)
    assert TALKS not in ids(package, until=midnight)
    assert TALKS in ids(package, until=midnight.replace(tzinfo=UTC))
    assert TALKS not in ids(package, until=midnight.replace(tzinfo=timezone(timedelta(hours=1))))


def test_bounds_apply_to_the_chosen_clock(package: Package) -> None:
    late = datetime(2020, 9, 7, 9, 0, tzinfo=UTC)
    assert TALKS in ids(package, since=late)
    assert TALKS not in ids(package, since=late, by="reported")
    assert "20200907-ministry-northland-osieuzkn" in ids(package, since=late, by="reported")


@given(st.datetimes(datetime(2020, 9, 4), datetime(2020, 9, 10)), st.sampled_from(["valid", "reported"]))
def test_every_dated_claim_lies_before_or_after_any_moment(package: Package, moment: datetime, by: Any) -> None:
    dated = {row["claim_id"] for row in timeline(package, Selection(by=by)) if row["dated"]}
    after, before = set(ids(package, since=moment, by=by)), set(ids(package, until=moment, by=by))
    assert after | before == dated
