"""Numbers that are counted without a pair are those that a plain loop counts."""

from __future__ import annotations

from pathlib import Path

import certainty
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measuring import package

TIMES = st.integers(0, 12)
PERIODS = st.tuples(TIMES, TIMES).filter(lambda bounds: bounds[0] < bounds[1])


def slowly(holders: pd.DataFrame, events: pd.DataFrame) -> list[tuple[int, int]]:
    """The rule, pair by pair: for each holder how many events are against it perhaps, and how many surely."""
    found = []
    for h in holders.itertuples():
        perhaps = surely = 0
        for e in events[events["key"] == h.key].itertuples():
            met = h.start < e.stop and e.start < h.stop
            inside = h.start <= e.start and e.stop <= h.stop
            certain = e.certain_start < e.certain_stop
            meets = certain and h.start < e.certain_stop and e.certain_start < h.stop
            throughout = e.certain_start <= h.start and h.stop <= e.certain_stop
            perhaps += met
            surely += throughout if h.vague else meets or inside
        found.append((perhaps, surely))
    return found


def side(rows: list[tuple[int, ...]], names: str) -> dict[str, np.ndarray]:
    columns = np.array(rows, dtype=np.int64).reshape(-1, len(names.split())).T
    return dict(zip(names.split(), columns, strict=True))


@st.composite
def sides(draw: st.DrawFn) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    holders = draw(st.lists(st.tuples(st.integers(0, 2), PERIODS, st.booleans())))
    events = []
    for key, (start, stop) in draw(st.lists(st.tuples(st.integers(0, 2), PERIODS))):
        low = draw(st.integers(start, stop))
        certain = (low, draw(st.integers(low, stop)))
        events.append((key, start, stop, *(certain if certain[0] < certain[1] else (0, 0))))
    held = side([(key, *bounds, vague) for key, bounds, vague in holders], "key start stop vague")
    return held | {"vague": held["vague"] > 0}, side(events, "key start stop certain_start certain_stop")


@given(both=sides())
def test_what_is_counted_is_what_a_loop_counts(both: tuple[dict[str, np.ndarray], dict[str, np.ndarray]]) -> None:
    holders, events = both
    perhaps, surely = certainty.numbers(holders, events)
    assert list(zip(perhaps, surely, strict=True)) == slowly(pd.DataFrame(holders), pd.DataFrame(events))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = package(tmp_path_factory.mktemp("certainty"), 2_000, 1)
    certainty.prepare(made)
    return made


@pytest.mark.parametrize("engine", certainty.CONDENSED)
def test_every_engine_counts_the_same(folder: Path, engine: str) -> None:
    found = slowly(pd.read_parquet(folder / certainty.HOLDERS), pd.read_parquet(folder / certainty.EVENTS))
    perhaps, surely = (sum(column) for column in zip(*found, strict=True))
    assert perhaps > surely > 100
    assert certainty.CONDENSED[engine](folder) == [perhaps, surely]
