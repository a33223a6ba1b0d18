"""Readings of time: for every claim the period that it surely speaks of and the period that it may speak of.

All times are integer microseconds since 1970 (UTC). Periods are half-open; an instant is the period of one
microsecond, so that one rule of meeting serves for both (times are written to the second).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from claimtrack.coded import Coded, Numbers
from claimtrack.package import Package
from claimtrack.scopes import NOBODY, Bools, Ints, inherited, positions

SECOND = 1_000_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR
AROUND = HOUR // 2
"""Half an hour either way is what `around` means."""
INSTANT = 1
FAR_PAST = -(2**62)
FAR_FUTURE = 2**62
MISSING = np.iinfo(np.int64).min
RECORDED = "recorded"


def micros(column: pd.Series) -> Ints:
    """Microseconds since 1970 of an aware datetime column; `MISSING` where blank. They are those of the column."""
    return pd.DatetimeIndex(column).as_unit("us").asi8


def first_given(*columns: Ints) -> Ints:
    """Row by row the first value that is not `MISSING`."""
    result = columns[0].copy()
    for column in columns[1:]:
        np.copyto(result, column, where=result == MISSING)
    return result


@dataclass(frozen=True)
class Clocks:
    """When each claim was reported and asserted, one value a claim; `MISSING` where nothing is known."""

    reported: Ints
    """By when the source had published it; an undated claim counts with its source."""
    asserted_from: Ints
    asserted_by: Ints
    """By when the claimant had said it: `asserted_to`, else `reported`."""

    def of(self, claims: Bools | Ints) -> Clocks:
        """The clocks of some of the claims."""
        return Clocks(self.reported[claims], self.asserted_from[claims], self.asserted_by[claims])


def clocks(package: Package) -> Clocks:
    """The report and assertion clocks of all claims.

    A claim without a report time counts with its source's latest dated entry, or the end of the day on which the source
    was published where that is later.
    """
    claims = package.claims
    reported = _with_undated(package, micros(claims["reported_to"]))
    asserted = micros(claims["asserted_to"])
    return Clocks(reported, micros(claims["asserted_from"]), first_given(asserted, reported))


def _with_undated(package: Package, reported: Ints) -> Ints:
    """When claims were reported, those without a time by what is known of their source."""
    source, ids = pd.factorize(package.claims["source_id"])
    row = positions(package.sources["source_id"], pd.Series(ids))
    latest = np.append(_end_of_publication(package), MISSING)[np.append(row, NOBODY)]
    np.maximum.at(latest, source, reported)
    latest[-1] = MISSING
    undated = np.flatnonzero(reported == MISSING)
    found = reported.copy()
    found[undated] = latest[source[undated]]
    return found


def _end_of_publication(package: Package) -> Ints:
    """When the day ended on which each source was published, where its publisher is; `MISSING` where it is undated."""
    zone = inherited(package.actors, "actor_id", "time_zone", ("member_of", "based_in"))
    published = micros(package.sources["published_on"])
    midnight = np.where(published == MISSING, MISSING, published + DAY)
    publisher = Coded.of(package.sources["publisher_id"])
    zones, number = np.unique([zone.get(name, "UTC") for name in publisher.names], return_inverse=True)
    return _localised(midnight, number[publisher.code], zones.tolist())


@dataclass(frozen=True)
class Readings:
    """One row is one reading of one claim: its valid times with their zone taken in one way.

    Rows are sorted by claim; the first row of a claim is the reading as recorded. Arrays are parallel.
    """

    claim: Ints
    label: npt.NDArray[np.object_]
    """`recorded`, or the name of the zone in which the times were read instead."""
    valid_from: Ints
    valid_to: Ints
    certain_start: Ints
    certain_end: Ints
    """Empty (start = end) where the claim is certain of no moment."""
    possible_start: Ints
    possible_end: Ints
    """Empty where the claim cannot be placed in time at all: it is then not compared."""
    hold_start: Ints
    hold_end: Ints
    """The span over which the claim says that its state held."""
    opens: Ints
    closes: Ints
    """The window of the claim's incident; `MISSING` where it has none."""
    first: Ints
    """For each claim the position of its first row; one entry more at the end."""

    def at(self, rows: Ints) -> Periods:
        """The periods of these readings."""
        return Periods(self, rows)

    def number(self, claims: Ints) -> Ints:
        """How many readings each of these claims has."""
        return self.first[claims + 1] - self.first[claims]

    def of(self, claim: int) -> range:
        """The positions of the readings of one claim."""
        return range(int(self.first[claim]), int(self.first[claim + 1]))


@dataclass(frozen=True)
class Periods:
    """What some readings say of their time, row by row; see `Readings`. Only what is asked for is fetched, once."""

    readings: Readings
    rows: Ints

    @cached_property
    def certain_start(self) -> Ints:
        """The start of what is certain."""
        return self.readings.certain_start[self.rows]

    @cached_property
    def certain_end(self) -> Ints:
        """Its end."""
        return self.readings.certain_end[self.rows]

    @cached_property
    def possible_start(self) -> Ints:
        """The start of what is possible."""
        return self.readings.possible_start[self.rows]

    @cached_property
    def possible_end(self) -> Ints:
        """Its end."""
        return self.readings.possible_end[self.rows]

    @cached_property
    def hold_start(self) -> Ints:
        """The start of the span over which the state is said to have held."""
        return self.readings.hold_start[self.rows]

    @cached_property
    def hold_end(self) -> Ints:
        """Its end."""
        return self.readings.hold_end[self.rows]


def readings(package: Package, clock: Clocks, numbers: Numbers | None = None) -> Readings:
    """All readings of all claims of the package, in the order of the claims. `numbers`: what is known of it."""
    numbers, incidents = numbers or Numbers(package), package.incidents
    claim, label, valid_from, valid_to = _zoned(package, numbers)
    opens, closes = (
        np.append(micros(incidents[column]), MISSING)[numbers.incident][claim] for column in ("starts_at", "ends_at")
    )
    reported, asserted_by = clock.reported[claim], clock.asserted_by[claim]
    asserted_from = clock.asserted_from[claim]
    mode = modes(numbers["valid_mode"].of_rows(claim), valid_from, valid_to)
    values = package.predicates["value"]
    present = (values.notna() & (values != "absent")).fillna(False).to_numpy(dtype=bool)
    presence = np.append(present, False)[numbers.meaning][claim]

    closing = np.where(closes == MISSING, FAR_FUTURE, closes)
    unplaced = np.where((opens == MISSING) & (asserted_from == MISSING), FAR_FUTURE, np.maximum(opens, asserted_from))
    said_by = np.where(asserted_by == MISSING, FAR_FUTURE, asserted_by)
    last_report = np.where(reported == MISSING, FAR_FUTURE, reported)
    since_end = np.maximum(np.where(presence, last_report, closing), valid_from + INSTANT)
    until_start = np.where(valid_from == MISSING, np.where(opens == MISSING, FAR_PAST, opens), valid_from)

    at, around, within, throughout, since, until = (
        mode.is_one_of(name) for name in ("at", "around", "within", "throughout", "since", "until")
    )
    timed = [at, around, within | throughout, since, until]
    nothing = np.zeros(len(claim), dtype=np.int64)
    # A period within an hour that a zone leaves out is read as the instant at which that hour was skipped.
    filled_to = np.maximum(valid_to, valid_from + INSTANT)
    possible_start = np.select(timed, [valid_from, valid_from - AROUND, valid_from, valid_from, until_start], unplaced)
    possible_end = np.select(timed, [valid_from + INSTANT, valid_to + AROUND, filled_to, since_end, valid_to], said_by)
    possible_end = np.maximum(possible_end, possible_start)
    certain_start = np.select([at | throughout | since], [valid_from], nothing)
    vouched_to = np.clip(asserted_from, valid_from + INSTANT, since_end)
    certain_end = np.select([at, throughout, since], [valid_from + INSTANT, filled_to, vouched_to], nothing)
    return Readings(
        claim=claim,
        label=label,
        valid_from=valid_from,
        valid_to=valid_to,
        certain_start=certain_start,
        certain_end=certain_end,
        possible_start=possible_start,
        possible_end=possible_end,
        hold_start=possible_start,
        hold_end=np.where(since, np.maximum(closing, valid_from + INSTANT), possible_end),
        opens=opens,
        closes=closes,
        first=np.append(0, np.cumsum(np.bincount(claim, minlength=len(package.claims)))),
    )


def modes(given: Coded, valid_from: Ints, valid_to: Ints) -> Coded:
    """The modes of valid times; blank for none, and where a bound that the mode needs is missing."""
    headless = (valid_from == MISSING) & given.is_one_of("at", "around", "within", "throughout", "since")
    endless = (valid_to == MISSING) & given.is_one_of("around", "within", "throughout", "until")
    return Coded(np.where(headless | endless, NOBODY, given.code), given.names)


def coded_by(package: Package) -> Ints:
    """For each claim the row of the codebook that says what its predicate means; −1 where there is none."""
    return Numbers(package).meaning


def _zoned(package: Package, numbers: Numbers) -> tuple[Ints, npt.NDArray[np.object_], Ints, Ints]:
    """The valid bounds under every reading of their zone: claim, label, from, to; sorted, as recorded first."""
    claims = package.claims
    base = [micros(claims[column]).copy() for column in ("valid_from", "valid_to")]
    adopting, offset = _adopted_offsets(package, numbers)
    for at, local in zip(base, _wall(package, adopting), strict=True):
        at[adopting] = np.where(local == MISSING, MISSING, local - offset * 60 * SECOND)
    assumed = numbers["zone_basis"].is_one_of("assumed")
    assumed[adopting] = False
    rows = np.flatnonzero(assumed)
    wall = _wall(package, rows)
    known = [[at[rows] for at in base]]
    parts = [(np.arange(len(claims)), np.zeros(len(claims), dtype=np.int64), *base)]
    names, readings_of = _zones(package, numbers, rows)
    for zone in readings_of:
        shifted = [_localised(local, zone, names) for local in wall]
        new = zone != NOBODY
        for valid_from, valid_to in known:
            new &= (valid_from != shifted[0]) | (valid_to != shifted[1])
        parts.append((rows[new], zone[new] + 1, shifted[0][new], shifted[1][new]))
        known.append([np.where(zone == NOBODY, *both) for both in zip(known[0], shifted, strict=True)])
    claim, label, valid_from, valid_to = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(claim, kind="stable")
    labels = np.array([RECORDED, *names], dtype=object)
    return claim[order], labels[label[order]], valid_from[order], valid_to[order]


def _zones(package: Package, numbers: Numbers, rows: Ints) -> tuple[list[str], list[Ints]]:
    """The other zones in which the times of these claims may be read: their names, and which each claim has.

    First that of its claimant, then that of its place; `NOBODY` for none.
    """
    of_actor = inherited(package.actors, "actor_id", "time_zone", ("member_of", "based_in"))
    of_place = inherited(package.places, "place_id", "time_zone", ("part_of",))
    names = sorted({*of_actor.values(), *of_place.values()})
    number = {name: position for position, name in enumerate(names)}

    def zones(ids: Coded, zone_of: dict[str, str]) -> Ints:
        known = [number.get(zone_of.get(one, ""), NOBODY) for one in ids.names.tolist()]
        return np.array(known, dtype=np.int64)[ids.code]

    claimant, place = (numbers[column].of_rows(rows) for column in ("claimant_id", "place_id"))
    scope = np.append(zones(Coded.of(package.incidents["place_id"]), of_place), NOBODY)[numbers.incident[rows]]
    return names, [zones(claimant, of_actor), np.where(place.code == NOBODY, scope, zones(place, of_place))]


def _localised(wall: Ints, zone: Ints, names: Sequence[str]) -> Ints:
    """The instants at which clocks in each zone showed the times `wall`: the earlier of two, the next if there is none.

    They are missing where there is no zone.
    """
    found = np.full(len(wall), MISSING)
    for which, name in enumerate(names):
        rows = np.flatnonzero((zone == which) & (wall != MISSING))
        naive = pd.DatetimeIndex(wall[rows].astype("datetime64[us]"))
        aware = naive.tz_localize(name, ambiguous=np.ones(len(naive), dtype=bool), nonexistent="shift_forward")
        found[rows] = aware.as_unit("us").asi8
    return found


def _wall(package: Package, rows: Ints) -> list[Ints]:
    """The valid bounds of these claims as clocks showed them where they were recorded."""
    claims, offsets = package.claims, package.offsets["claims"]
    shown = []
    for column in ("valid_from", "valid_to"):
        at = micros(claims[column])[rows]
        minutes = offsets[column].iloc[rows].to_numpy(dtype=np.int64, na_value=0)
        shown.append(np.where(at == MISSING, MISSING, at + minutes * 60 * SECOND))
    return shown


def _adopted_offsets(package: Package, numbers: Numbers) -> tuple[Ints, Ints]:
    """The claims that repeat one whose zone is stated, where their own is not, and that one's offset in minutes."""
    offsets, basis = package.offsets["claims"], numbers["zone_basis"]
    repeats = (package.links["relation"] == "repeats").fillna(False).to_numpy(dtype=bool)
    claim, other = (side[repeats] for side in numbers.linked)
    known = (claim >= 0) & (other >= 0)
    claim, other = claim[known], other[known]
    stated = (offsets[column].iloc[other] for column in ("valid_from", "valid_to"))
    offset = first_given(*(column.to_numpy(dtype=np.int64, na_value=MISSING) for column in stated))
    taken = (basis.at(claim) == "assumed") & (basis.at(other) == "stated") & (offset != MISSING)
    return claim[taken], offset[taken]
