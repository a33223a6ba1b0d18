"""What was found out about a table is kept for as long as the table is, as many parts of a package share it."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import pandas as pd

T = TypeVar("T")


def remembered(function: Callable[..., T]) -> Callable[..., T]:
    """The same function of a frame and names, which is asked once for each frame.

    Neither frames nor what is remembered of them must be changed.
    """
    kept: dict[int, dict[tuple[str, ...], T]] = {}

    @wraps(function)
    def once(frame: pd.DataFrame, *names: str) -> T:
        if id(frame) not in kept:
            kept[id(frame)] = {}
            weakref.finalize(frame, kept.pop, id(frame), None)
        known = kept[id(frame)]
        if names not in known:
            known[names] = function(frame, *names)
        return known[names]

    return once
