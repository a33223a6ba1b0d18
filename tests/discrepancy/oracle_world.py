"""Claims, their readings, places and actors as plain values, for the slow statement of the rules in `oracle`.

Times are whole seconds since 1970; a period is a pair (start, end), half-open, and an instant is the pair (t, t); None
is a period that contains nothing. Infinity stands for what is open.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from claimtrack.package import Package

INFINITY = math.inf
HALF_AN_HOUR = 1_800
DAY = 86_400
Period = tuple[float, float] | None


def meets(one: Period, other: Period) -> bool:
    if one is None or other is None:
        return False
    if is_instant(one) and is_instant(other):
        return one == other
    if is_instant(one):
        return other[0] <= one[0] < other[1]
    if is_instant(other):
        return meets(other, one)
    return max(one[0], other[0]) < min(one[1], other[1])


def lies_inside(one: Period, other: Period) -> bool:
    if one is None or other is None:
        return False
    if is_instant(one) or is_instant(other):
        return meets(one, other) and is_instant(one)
    return other[0] <= one[0] and one[1] <= other[1]


def is_instant(period: tuple[float, float]) -> bool:
    return period[0] == period[1]


def period(start: float, end: float) -> Period:
    """The half-open period, or nothing."""
    return (start, end) if start < end else None


@dataclass(frozen=True)
class Reading:
    """One claim with its times in one zone."""

    valid_from: int | None
    valid_to: int | None
    certain: Period
    possible: Period

    @property
    def hold(self) -> Period:
        """Over which span a state is said to have held, or denied to."""
        return self.possible


@dataclass
class Claim:
    """A claim as plain values: the cells by name, and what the rules ask of it."""

    cells: Mapping[str, Any]
    codebook: Mapping[str, Any]
    incident: Mapping[str, Any]
    reported: int | None
    asserted_from: int | None
    asserted_by: int | None
    place: str | None
    incident_place: str | None
    readings: list[Reading] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return self.cells[name]

    @property
    def id(self) -> str:
        return str(self.cells["claim_id"])

    @property
    def compared(self) -> bool:
        return bool(self.cells["certainty"] != "anticipated")

    @property
    def doubtful(self) -> bool:
        return self.cells["certainty"] in ("hedged", "implied")

    @property
    def unsure(self) -> bool:
        return self.doubtful or self.cells["valid_mode"] is None

    @property
    def asserts(self) -> bool:
        return bool(self.cells["polarity"] == "asserts")

    @property
    def said(self) -> tuple[float, str]:
        """The order in which claims were said; one of unknown time first."""
        return (-INFINITY if self.asserted_by is None else self.asserted_by, self.id)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with None for what is missing and whole seconds for times."""
    found = []
    for row in frame.to_dict("records"):
        plain: dict[str, Any] = {}
        for name, value in row.items():
            if pd.isna(value):
                plain[str(name)] = None
            elif isinstance(value, pd.Timestamp) and value.tzinfo:
                plain[str(name)] = int(value.timestamp())
            else:
                plain[str(name)] = value
        found.append(plain)
    return found


class World:
    """The tables of a package, and the questions that can be asked of them."""

    def __init__(self, package: Package) -> None:
        self.actors = {row["actor_id"]: row for row in records(package.actors)}
        self.places = {row["place_id"]: row for row in records(package.places)}
        self.incidents = {row["incident_id"]: row for row in records(package.incidents)}
        self.sources = {row["source_id"]: row for row in records(package.sources)}
        self.codebook = {(row["kind"], row["predicate"]): row for row in records(package.predicates)}
        self.links = records(package.links)
        rows = records(package.claims)
        self.offsets = dict(zip((row["claim_id"] for row in rows), records(package.offsets["claims"]), strict=True))
        gone = {link["other_id"] for link in self.links if link["relation"] == "retracts"}
        self.rows = rows
        kept = [
            row
            for row in rows
            if row["claim_id"] not in gone and self.sources[row["source_id"]]["standing"] != "retracted"
        ]
        self.claims = [self.claim(row) for row in kept]
        ids = {claim.id for claim in self.claims}
        self.links = [link for link in self.links if {link["claim_id"], link["other_id"]} <= ids]
        for claim in self.claims:
            claim.readings = [self.reading(claim, *bounds) for bounds in self.zoned(claim)]

    def claim(self, row: dict[str, Any]) -> Claim:
        incident = self.incidents.get(row["incident_id"], {})
        reported = row["reported_to"] if row["reported_to"] is not None else self.dated_with_source(row["source_id"])
        return Claim(
            cells=row,
            codebook=self.codebook[row["kind"], row["predicate"]],
            incident=incident,
            reported=reported,
            asserted_from=row["asserted_from"],
            asserted_by=row["asserted_to"] if row["asserted_to"] is not None else reported,
            place=row["place_id"] or incident.get("place_id"),
            incident_place=incident.get("place_id"),
        )

    def dated_with_source(self, source_id: str) -> int | None:
        """An undated claim: the source's latest dated entry, or the end of the day of publication if that is later."""
        dated = [
            row["reported_to"] for row in self.rows if row["source_id"] == source_id and row["reported_to"] is not None
        ]
        published = self.sources[source_id]["published_on"]
        if published is not None:
            zone = self.inherited(
                self.actors, self.sources[source_id]["publisher_id"], "time_zone", ("member_of", "based_in")
            )
            next_day = datetime(published.year, published.month, published.day) + timedelta(days=1)
            dated.append(instant_of(next_day, ZoneInfo(zone or "UTC")))
        return max(dated, default=None)

    def inherited(self, table: Mapping[str, Any], start: str | None, column: str, through: Sequence[str]) -> Any:
        """The value of the row itself, else of the nearest above it."""
        level = [start] if start else []
        while level:
            for name in level:
                if table[name][column] is not None:
                    return table[name][column]
            level = [table[name][parent] for name in level for parent in through if table[name][parent]]
        return None

    def inside(self, table: str, one: str, other: str) -> bool:
        """Is `one` the same as `other`, or inside it?"""
        if one == other:
            return True
        row = (self.places if table == "places" else self.actors)[one]
        above = [row["member_of"]] if table == "actors" else [row["part_of"], *(row["also_within"] or "").split("|")]
        return any(self.inside(table, parent, other) for parent in above if parent)

    def overlap(self, table: str, one: str, other: str) -> bool:
        """Is anything inside both?"""
        rows = self.places if table == "places" else self.actors
        return any(self.inside(table, row, one) and self.inside(table, row, other) for row in rows)

    def linked(self, one: Claim, other: Claim, *relations: str) -> bool:
        return any(
            link["relation"] in relations and {link["claim_id"], link["other_id"]} == {one.id, other.id}
            for link in self.links
        )

    def zoned(self, claim: Claim) -> Iterator[tuple[int | None, int | None]]:
        """The valid bounds in every zone in which they may be read, as recorded first."""
        bounds = (claim.valid_from, claim.valid_to)
        offsets = [self.offsets[claim.id][column] for column in ("valid_from", "valid_to")]
        wall = [
            None if at is None else datetime.fromtimestamp(at, UTC).replace(tzinfo=None) + timedelta(minutes=by)
            for at, by in zip(bounds, offsets, strict=True)
        ]
        if claim.zone_basis != "assumed":
            yield bounds
            return
        taken = self.offsets_taken_over(claim)
        if len(taken) == 1:
            [known] = taken
            yield tuple(
                None if clock is None else int(clock.replace(tzinfo=UTC).timestamp()) - known * 60 for clock in wall
            )
            return
        zones = (
            self.inherited(self.actors, claim.claimant_id, "time_zone", ("member_of", "based_in")),
            self.inherited(self.places, claim.place, "time_zone", ("part_of",)),
        )
        seen = [bounds]
        for zone in zones:
            if zone is not None:
                read = tuple(
                    None if clock is None else instant_of(clock, ZoneInfo(zone), at)
                    for clock, at in zip(wall, bounds, strict=True)
                )
                if read not in seen:
                    seen.append(read)
        yield from seen

    def offsets_taken_over(self, claim: Claim) -> set[int]:
        """The offsets of the claims that this one repeats and whose zone is stated: if it is one, it is taken over."""
        repeated = {
            link["other_id"] for link in self.links if link["relation"] == "repeats" and link["claim_id"] == claim.id
        }
        found = set()
        for other in self.claims:
            if other.id in repeated and other.zone_basis == "stated":
                offsets = [self.offsets[other.id][column] for column in ("valid_from", "valid_to")]
                found |= set([minutes for minutes in offsets if minutes is not None][:1])
        return found

    def reading(self, claim: Claim, start: int | None, end: int | None) -> Reading:
        """The table of readings: what is certain, and what is possible."""
        opens, closes = claim.incident.get("starts_at"), claim.incident.get("ends_at")
        certain: Period = None
        match claim.valid_mode:
            case "at":
                certain = possible = (start, start)
            case "around":
                possible = (start - HALF_AN_HOUR, start + HALF_AN_HOUR)
            case "within":
                possible = (start, end)
            case "throughout":
                certain = possible = (start, end)
            case "since":
                lasts = claim.codebook["value"] == "absent" and claim.polarity != "denies"
                until = closes if lasts else claim.reported
                possible = period(start, INFINITY if until is None else until) or (start, start)
                certain = period(start, min(claim.asserted_from or -INFINITY, possible[1])) or (start, start)
            case "until":
                earliest = start if start is not None else opens
                possible = period(-INFINITY if earliest is None else earliest, end)
            case _:
                earliest = max((at for at in (opens, claim.asserted_from) if at is not None), default=None)
                said = INFINITY if claim.asserted_by is None else claim.asserted_by
                possible = None if earliest is None else period(earliest, said)
                if earliest == said == claim.asserted_from:
                    possible = (said, said)
        return Reading(start, end, certain, possible)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)


def instant_of(wall: datetime, zone: ZoneInfo, recorded: int | None = None) -> int:
    """The instant at which clocks in the zone showed that time: the earlier of two, the next if there is none.

    Where it is recorded in the offset of that zone, it is the one that is recorded.
    """
    if recorded is not None and datetime.fromtimestamp(recorded, zone).replace(tzinfo=None) == wall:
        return recorded
    while True:
        instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None) == wall:
            return int(instant.timestamp())
        wall += timedelta(minutes=1)
