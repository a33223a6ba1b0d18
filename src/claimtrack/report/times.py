"""Times as a reader writes them: '13 Sep 2022 06:00 to 12:00 UTC+4'. The zone is always said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from claimtrack.discrepancy.telling.wording import spoken_offset

_MODES = {
    "at": "at {}",
    "around": "around {}",
    "within": "some time within {}",
    "throughout": "throughout {}",
    "since": "since {}",
    "until": "until {}",
}


def span(period: Mapping[str, str | None]) -> str:
    """The period between the ISO 8601 times `from` and `to`, of which either may be missing."""
    start, end = period["from"], period["to"]
    if start is None and end is None:
        return "not stated"
    if start is None or end is None:
        return f"from {_full(start)}" if start is not None else f"until {_full(end or '')}"
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    if first == last:
        return _full(start)
    if first.utcoffset() != last.utcoffset():
        return f"{_full(start)} to {_full(end)}"
    if first.time() == last.time() == datetime.min.time():
        return _days(first, last)
    until = _clock(last) if first.date() == last.date() else f"{_day(last)} {_clock(last)}"
    return f"{_day(first)} {_clock(first)} to {until} {_zone(last)}"


def valid(period: Mapping[str, str | None]) -> str:
    """The period that a claim is about, with how it fills it: 'since 13 Sep 2022 09:00 UTC+4 (zone assumed)'."""
    mode = period["mode"]
    bounds = {"from": period["from"], "to": period["to"]}
    if mode == "since":
        bounds["to"] = bounds["from"]
    if mode == "until" and bounds["from"] is None:
        bounds["from"] = bounds["to"]
    return (_MODES[mode].format(span(bounds)) if mode is not None else span(bounds)) + doubts(period)


def counted(period: Mapping[str, str | None]) -> str:
    """The period of a count: 'from 13 Sep 2022 00:00 UTC+4 (zone assumed)', 'as of 13 Sep 2022 16:00 UTC+4'."""
    bounds = {"from": period["from"], "to": period["to"]}
    as_of = "as of " if period["from"] is None else ""
    return as_of + span(bounds | {"from": period["to"]} if as_of else bounds) + doubts(period)


def doubts(period: Mapping[str, str | None]) -> str:
    """What the recorder took for granted about a period, in brackets behind it; "" where that is nothing."""
    taken = ["zone assumed"] if period["zone_basis"] == "assumed" else []
    if period["bounds_basis"] == "codebook":
        taken.append(f"hours of ‘{period['text']}’ by the codebook" if period["text"] else "hours by the codebook")
    return f" ({', '.join(taken)})" if taken else ""


def _days(first: datetime, last: datetime) -> str:
    final = last - timedelta(days=1)
    return f"{_day(first)} {_zone(first)}" if final == first else f"{_day(first)} to {_day(final)} {_zone(first)}"


def _full(iso: str) -> str:
    moment = datetime.fromisoformat(iso)
    return f"{_day(moment)} {_clock(moment)} {_zone(moment)}"


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"


def _zone(moment: datetime) -> str:
    return spoken_offset(int((moment.utcoffset() or timedelta()).total_seconds()) // 60)
