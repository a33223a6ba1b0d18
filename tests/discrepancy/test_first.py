"""The first row that meets some bounds, found by blocks, is the one that a loop finds."""

from __future__ import annotations

import random

import numpy as np
import pytest

from claimtrack.discrepancy.joins.first import Blocks, first_row
from claimtrack.moments import MISSING
from claimtrack.scopes import Bools, Ints


@pytest.mark.parametrize("seed", range(12))
def test_as_a_loop(seed: int) -> None:
    draw = random.Random(seed)
    size, asked = draw.choice((0, 1, 2, 3, 7, 16, 33)), 20
    time, low, high = ([draw.randrange(6) for _ in range(size)] for _ in range(3))
    since, above, below = ([draw.randrange(-1, 7) for _ in range(asked)] for _ in range(3))
    since = [MISSING if each < 0 else each for each in since]
    at, stop = ([draw.randrange(size + 1) for _ in range(asked)] for _ in range(2))

    def meets(question: int, row: int) -> bool:
        return time[row] >= since[question] and (low[row] > above[question] or high[row] < below[question])

    blocks = Blocks(np.array(time, dtype=np.int64), np.array(low, dtype=float), np.array(high, dtype=float))
    seen: list[int] = []

    def may(questions: Ints, level: int, block: Ints) -> Bools:
        highest, lowest = blocks.extremes(level, block, np.array(since)[questions])
        return (highest > np.array(above)[questions]) | (lowest < np.array(below)[questions])

    def holds(questions: Ints, rows: Ints) -> Bools:
        seen.extend(rows.tolist())
        return np.array([meets(*pair) for pair in zip(questions.tolist(), rows.tolist(), strict=True)], dtype=bool)

    found = first_row(np.array(at), np.array(stop), blocks.depth, may, holds)
    expected = [next((row for row in range(at[q], stop[q]) if meets(q, row)), -1) for q in range(asked)]
    assert found.tolist() == expected
    assert all(row < size for row in seen)


def test_what_fails_is_passed_over_at_once() -> None:
    """One row in two is late enough and one in two is high enough; no row is both."""
    size = 1024
    row = np.arange(size)
    blocks = Blocks(row % 2, (1.0 - row % 2), np.full(size, np.inf))
    looked: list[int] = []

    def may(questions: Ints, level: int, block: Ints) -> Bools:
        looked.extend(block.tolist())
        found: Bools = blocks.extremes(level, block, np.ones(len(block), dtype=np.int64))[0] > 0
        return found

    nothing = first_row(
        np.zeros(1, dtype=np.int64), np.array([size]), blocks.depth, may, lambda asked, rows: np.zeros(len(rows), bool)
    )
    assert nothing.tolist() == [-1]
    assert len(looked) <= 10
