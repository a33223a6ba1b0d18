"""Where a time was taken from the window of an incident, as the sentence of a pair tells it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_CUT = re.compile(r"(?P<how>from|up to|cut at) (?P<end>[^,;()]+, the (?:start|end) of its incident's window)")


def taken_from_windows(pair: Mapping[str, Any], contrary: Mapping[str, Any], at_issue: Mapping[str, Any]) -> list[str]:
    """'the time at issue is read from 5 Sep 00:00, the start of its incident's window', of both claims.

    The sentence holds the text of each claim and its times in brackets; a text may hold such words as well.
    """
    first, second = (card["text"].removesuffix(".") for card in (at_issue, contrary))
    _, _, told = pair["explanation"].partition(f"{first} (")
    own, _, rest = told.partition(f"); {second} (")
    times = {"the time at issue": own, "the contrary time": rest.partition(")")[0]}
    return [f"{whose} is {_read(cut)}" for whose, time in times.items() for cut in _CUT.finditer(time)]


def _read(cut: re.Match[str]) -> str:
    how = cut["how"]
    return f"{how} {cut['end']}" if how == "cut at" else f"read {how} {cut['end']}"
