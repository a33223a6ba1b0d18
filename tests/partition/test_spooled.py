"""Claims that wait on disk give the answer that they give in memory, and a limit that cannot be kept is said."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from claimtrack import ConflictError, DataError, UsageError, load
from claimtrack.discrepancy import compute
from claimtrack.package.together import together
from claimtrack.partition import Sliced, cut
from claimtrack.partition.limits import BASE, Extent, check_fits, least, within
from claimtrack.partition.waiting import Waiting
from claimtrack.schema import TABLES
from claimtrack.views.findings import Question, answered
from disputed import disputed
from mutations import as_parquet, build, valid
from new_claims import TALKS

CEASEFIRE = "ceasefire-2020-09-06"
TOLL = "20200906-ministry-northland-7wgktoa5"

ELSEWHERE = {"file": "data/claims.csv", "append": {"claim_id": "20200906-ministry-northland-elsewher", **TALKS}}
"""A claim that can meet no other: of no place and of no incident."""


def answers(found: Sliced) -> tuple[object, ...]:
    return found.condensed(), list(found.pairs()), found.stats


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_answer_is_that_of_the_package_in_memory(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    descriptor = disputed(tmp_path / "package", ELSEWHERE)
    if form == "parquet":
        for name in TABLES:
            as_parquet(tmp_path / "package" / "data" / f"{name}.csv")
    whole = compute(load(descriptor))
    monkeypatch.setattr("claimtrack.views.findings.LARGE", 1)
    found = answered([descriptor], Question(), None)
    assert found.slices.cut.number > 1
    assert answers(found) == (whole.condensed(), list(whole.pairs()), whole.stats)
    named = set(load(descriptor).claims["claim_id"][:2])
    assert set(found.package_of(named).claims["claim_id"]) == named
    found.close()


def test_what_waits_on_disk_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = answered([disputed(tmp_path / "package")], Question(), 10**9)
    assert list(tmp_path.glob("claimtrack-*"))
    found.condensed()
    found.close()
    assert not list(tmp_path.glob("claimtrack-*"))


def test_a_limit_that_cannot_be_kept_is_said_with_the_least_that_would_do(tmp_path: Path) -> None:
    descriptor = disputed(tmp_path / "package")
    extent = Waiting([descriptor]).extent
    claims = len(load(descriptor).claims)
    assert extent.all_claims == claims
    for limit, words in (
        (BASE, "to tell which of {claims} claims may meet takes about 201 MB"),
        (
            least(extent),
            "23 of {claims} claims may meet and have to be looked at together, which takes about 201 MB",
        ),
    ):
        with pytest.raises(UsageError, match=f"the memory limit cannot be kept: {words.format(claims=claims)}$"):
            answered([descriptor], Question(), limit)
    check_fits(cut(load(descriptor)), least(extent, claims), extent)


PART = 32 * 10**6
"""Bytes of 65,536 claims, read from Parquet."""


@pytest.mark.parametrize(
    ("extent", "largest"),
    [
        (Extent([10_000], PART // 6, PART // 6), 6_000),
        (Extent([1_000_000], 15 * PART, 2 * PART), 580_000),  # most of it may meet
        (Extent([1_000_000], 15 * PART, 2 * PART), 1_000),  # reading it takes more than any slice
        (Extent([20_000_000], 300 * PART, 2 * PART), 100_000),  # and cutting it more than reading
        (Extent([100_000, 200_000], 5 * PART, 2 * PART), 50_000),
    ],
)
def test_slices_are_as_large_as_a_limit_allows(extent: Extent, largest: int) -> None:
    limit = least(extent, largest)
    assert within(limit, extent) >= largest
    assert least(extent, within(limit, extent)) <= limit
    assert within(2 * limit, extent) > within(limit, extent)
    assert limit <= least(extent._replace(claims=[*extent.claims, 1]), largest)
    longer = extent._replace(cells=10 * extent.cells, at_once=10 * extent.at_once)
    assert limit < least(longer, largest)
    assert within(10 * limit, longer) < within(10 * limit, extent)
    with pytest.raises(UsageError, match="the memory limit cannot be kept"):
        within(least(extent) - 1, extent)


def test_what_is_wrong_is_said_at_its_exact_place(tmp_path: Path) -> None:
    edit = {"file": "data/claims.csv", "key": TOLL, "set": {"place_id": "nowhere-at-all"}}
    descriptor = build(tmp_path / "package", [edit])
    with pytest.raises(DataError) as loaded:
        load(descriptor)
    with pytest.raises(DataError) as waiting:
        Waiting([descriptor])
    assert waiting.value.problems == loaded.value.problems


def test_packages_together(tmp_path: Path) -> None:
    descriptor = build(tmp_path / "a", [ELSEWHERE])
    one = load(descriptor)
    assert together([one]) is one
    both = together([one, load(valid(tmp_path / "b"))])
    assert list(both.claims["claim_id"]) == list(one.claims["claim_id"])
    assert compute(both).condensed() == compute(one).condensed()
    with (
        closing(answered([descriptor, tmp_path / "b" / "datapackage.json"], Question(), 10**9)) as found,
        closing(answered([descriptor], Question(), None)) as expected,
    ):
        assert answers(found) == answers(expected)


def test_packages_that_say_different_things_under_one_key(tmp_path: Path) -> None:
    edits = [
        {"file": "data/actors.csv", "key": "northland", "set": {"name": "The North", "time_zone": ""}},
        {
            "file": "data/incidents.csv",
            "key": "ceasefire-2020-09-06",
            "set": {"starts_at": "2020-09-06T08:00:00+00:00"},
        },
    ]
    packages = [load(valid(tmp_path / "a")), load(build(tmp_path / "b", edits))]
    with pytest.raises(ConflictError) as told:
        together(packages)
    with pytest.raises(ConflictError) as waiting:
        answered([package.path for package in packages], Question(), 10**9)
    words = str(told.value)
    assert str(waiting.value) == words
    files = [f"{tmp_path / folder / 'data' / 'actors.csv'}" for folder in "ab"]
    assert f"northland: name is 'Northland' in {files[0]}, 'The North' in {files[1]}" in words
    assert f"blank in {files[1]}" in words
    assert "starts_at is 2020-09-06T09:00:00+01:00 in" in words, "the offset is a part of what was recorded"
