"""Small versions of what the benchmarks measure at size: both ways come to one answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from incremental import difference, two_versions
from loading import from_parquet
from measuring import package
from naive import by_brute_force

from claimtrack.discrepancy import compute
from claimtrack.discrepancy.versions import condensed_around


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package(tmp_path_factory.mktemp("scale"), 2_000, 1)


def test_brute_force_comes_to_the_same_answer(folder: Path) -> None:
    ours = compute(from_parquet(folder)).condensed()
    assert ours
    with by_brute_force():
        assert compute(from_parquet(folder)).condensed() == ours


def test_what_is_near_a_change_tells_the_difference_of_two_whole_runs(folder: Path) -> None:
    versions, ids = two_versions(folder, 40)
    found = difference(condensed_around(versions, ids))
    assert found["come"] > 0
    assert found == difference(condensed_around(versions, None))
