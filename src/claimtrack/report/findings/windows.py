"""Where a time was taken from the window of an incident, as the sentence of a pair tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimtrack.discrepancy.telling.told import ends_told


def taken_from_windows(pair: Mapping[str, Any], contrary: Mapping[str, Any], at_issue: Mapping[str, Any]) -> list[str]:
    """'the time at issue is read from 5 Sep 00:00, the start of its incident's window', of both claims."""
    own, other = ends_told(pair["explanation"], at_issue["text"], contrary["text"])
    told = [("the time at issue", end) for end in own] + [("the contrary time", end) for end in other]
    return [f"{whose} is {end if end.startswith('cut') else f'read {end}'}" for whose, end in told]
