"""All engines find the same pairs, and these are the ones that a plain loop finds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import states
import tolls
from measuring import package
from sides import found_pairs

OPTIONAL = {"polars": "polars", "ncls": "ncls", "bioframe": "bioframe", "pyjanitor": "janitor"}
"""Engines that are only in the extra `bench`, by the first word of their name."""


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = package(tmp_path_factory.mktemp("sides"), 2_000, 1)
    states.prepare(folder)
    return folder


def needed(engine: str) -> None:
    module = OPTIONAL.get(engine.split(",")[0])
    if module:
        pytest.importorskip(module, reason=f"{module} is only in the extra `bench`")


def slowly(folder: Path) -> int:
    holders, events = (side.to_dict("records") for side in states.frames(folder))
    return sum(
        h["key"] == e["key"] and h["start"] < e["stop"] and e["start"] < h["stop"] for h in holders for e in events
    )


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # of pandas, which bioframe 0.8 still uses
@pytest.mark.parametrize("engine", states.ENGINES)
def test_every_engine_finds_the_same_pairs(sides: Path, engine: str) -> None:
    needed(engine)
    expected = slowly(sides)
    assert expected > 100
    assert states.ENGINES[engine](sides) == expected


def test_the_sides_are_the_same_from_packages_that_wait_on_disk_in_slices(
    sides: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimtrack.views.findings.LARGE", 300)
    folder = package(tmp_path, 2_000, 1)
    states.prepare(folder)
    for cut_up, whole in zip(states.frames(folder), states.frames(sides), strict=True):
        order = list(whole.columns)
        assert cut_up.sort_values(order).to_numpy().tolist() == whole.sort_values(order).to_numpy().tolist()


@pytest.mark.parametrize("engine", states.CONDENSED)
def test_every_engine_counts_them_without_listing_one_or_after_it(sides: Path, engine: str) -> None:
    assert states.CONDENSED[engine](sides) == slowly(sides)


@pytest.fixture(scope="module")
def conflict(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("conflict")
    tolls.draw(folder, 400, 1)
    return folder


def apart(folder: Path) -> list[int]:
    """The window of every pair of figures that lie apart."""
    figures = pd.read_parquet(folder / tolls.FIGURES).to_dict("records")
    return [a["window"] for a in figures for b in figures if a["window"] == b["window"] and a["high"] < b["low"]]


@pytest.mark.parametrize("engine", tolls.ENGINES)
def test_every_engine_finds_the_same_figures_apart(conflict: Path, engine: str) -> None:
    needed(engine)
    assert tolls.ENGINES[engine](conflict) == len(apart(conflict)) > 100


@pytest.mark.parametrize("engine", tolls.CONDENSED)
def test_every_engine_finds_the_windows_in_which_figures_lie_apart(conflict: Path, engine: str) -> None:
    needed(engine)
    assert tolls.CONDENSED[engine](conflict) == len(set(apart(conflict)))


def test_the_pairs_to_find_are_noted_for_the_floor(sides: Path, conflict: Path) -> None:
    assert found_pairs(sides / states.HOLDERS) == slowly(sides)
    assert found_pairs(conflict / tolls.FIGURES) == len(apart(conflict))
