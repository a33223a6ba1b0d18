"""What tells the UTC offset of a time that has lost it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from claimtrack.contribute.sheet import Row
from claimtrack.structure.cells.spelling import offset_spelled

REPORTED = ("reported_from", "reported_to")
"""The only times that are known to be on one clock: that of the publisher."""


class PublisherClock:
    """The offset of a time of publication: the publisher's zone has it, if the source's old claims bear that out."""

    def __init__(self, old_claims: Iterable[Row], sources: Iterable[Row], actors: Iterable[Row]) -> None:
        zones = {row["actor_id"]: row["time_zone"] for row in actors}
        self._zones = {row["source_id"]: zones.get(row["publisher_id"], "") for row in sources}
        self._old: dict[str, set[str]] = {}
        for row in old_claims:
            self._old.setdefault(row["source_id"], set()).update(row[column] for column in REPORTED if row[column])

    def offset(self, column: str, row: Mapping[str, str], local: datetime) -> str | None:
        """The offset as spelled in a cell, or None where nothing tells it."""
        source = row.get("source_id", "")
        old = self._old.get(source)
        if column not in REPORTED or not old:
            return None
        try:
            zone = ZoneInfo(self._zones.get(source, ""))
        except (ZoneInfoNotFoundError, ValueError):
            return None
        if not all(_is_in(zone, cell) for cell in old):
            return None
        return _offset(zone, local)


def _is_in(zone: ZoneInfo, cell: str) -> bool:
    """Whether a datetime is spelled with the offset that the zone had."""
    try:
        recorded = datetime.fromisoformat(cell)
    except ValueError:
        return False
    return recorded.utcoffset() == recorded.replace(tzinfo=zone).utcoffset()


def _offset(zone: ZoneInfo, local: datetime) -> str | None:
    """The offset at a local time; None in the hours that the clock skips or has twice."""
    first = local.replace(tzinfo=zone).utcoffset()
    second = local.replace(tzinfo=zone, fold=1).utcoffset()
    if first is None or first != second or first % timedelta(minutes=1):
        return None
    return offset_spelled(first // timedelta(minutes=1))
