"""One work in pieces, several at a time: numpy sorts, searches and fetches without holding up other threads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

import pyarrow as pa

LEAST = 2**16
"""Rows of a share at least: to start a thread for fewer takes longer than it saves."""
Item = TypeVar("Item")
Made = TypeVar("Made")


def each(work: Callable[[Item], Made], items: Iterable[Item], rows: int) -> list[Made]:
    """What `work` makes of each item, in their order, by as many threads as Arrow has (`pyarrow.set_cpu_count`).

    `rows`: how many they have together. Few are gone through by one thread.
    """
    waiting = list(items)
    if len(waiting) < 2 or pa.cpu_count() < 2 or rows < LEAST:
        return [work(item) for item in waiting]
    with ThreadPoolExecutor(min(pa.cpu_count(), len(waiting))) as pool:
        return list(pool.map(work, waiting))


def shares(rows: int, a_thread: int = 1) -> list[slice]:
    """So many rows in equal shares, that many for each thread, unless they would be small."""
    number = max(1, min(pa.cpu_count() * a_thread, rows // LEAST))
    return [slice(first, stop) for first, stop in pairwise(rows * at // number for at in range(number + 1))]
