"""All engines find the same pairs of states and events, and these are the ones that a plain loop finds."""

from __future__ import annotations

from pathlib import Path

import pytest
import states
from measuring import package


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = package(tmp_path_factory.mktemp("sides"), 2_000, 1)
    states.prepare(folder)
    return folder


def slowly(folder: Path) -> int:
    holders, events = (side.to_dict("records") for side in states.frames(folder))
    return sum(
        h["key"] == e["key"] and h["start"] < e["stop"] and e["start"] < h["stop"] for h in holders for e in events
    )


@pytest.mark.parametrize("engine", states.ENGINES)
def test_every_engine_finds_the_same_pairs(sides: Path, engine: str) -> None:
    if engine.startswith("polars"):
        pytest.importorskip("polars", reason="polars is only in the extra `bench`")
    expected = slowly(sides)
    assert expected > 100
    assert states.ENGINES[engine](sides) == expected
