"""Readings of time: for every claim the period that it surely speaks of and the period that it may speak of.

All times are integer microseconds since 1970 (UTC). Periods are half-open; an instant is the period of one
microsecond, so that one rule of meeting serves for both (times are written to the second).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from claimtrack.clocks import Clocks
from claimtrack.coded import Coded, Numbers
from claimtrack.moments import FAR_FUTURE, FAR_PAST, HOUR, INSTANT, MISSING, micros
from claimtrack.package import Package
from claimtrack.scopes import NOBODY, Ints, cells_of, indices, one_of
from claimtrack.zoned import zoned

AROUND = HOUR // 2
"""Half an hour either way is what `around` means."""


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
    first: Ints
    """For each claim the position of its first row; one entry more at the end."""

    @property
    def hold_start(self) -> Ints:
        """The start of the span over which the claim says that its state held, or denies it: all that is possible."""
        return self.possible_start

    @property
    def hold_end(self) -> Ints:
        """Its end. An absence is open where no end is stated; nothing else is said of the future, nor is a denial."""
        return self.possible_end

    def at(self, rows: Ints) -> Periods:
        """The periods of these readings."""
        return Periods(self, rows)

    def number(self, claims: Ints) -> Ints:
        """How many readings each of these claims has."""
        return self.first.take(claims + 1) - self.first.take(claims)


@dataclass(frozen=True)
class Periods:
    """What some readings say of their time, row by row; see `Readings`. Only what is asked for is fetched, once."""

    readings: Readings
    rows: Ints

    @cached_property
    def certain_start(self) -> Ints:
        """The start of what is certain."""
        return self.readings.certain_start.take(self.rows)

    @cached_property
    def certain_end(self) -> Ints:
        """Its end."""
        return self.readings.certain_end.take(self.rows)

    @cached_property
    def possible_start(self) -> Ints:
        """The start of what is possible."""
        return self.readings.possible_start.take(self.rows)

    @cached_property
    def possible_end(self) -> Ints:
        """Its end."""
        return self.readings.possible_end.take(self.rows)

    @property
    def hold_start(self) -> Ints:
        """The start of the span over which the state is said to have held; see `Readings`."""
        return self.possible_start

    @property
    def hold_end(self) -> Ints:
        """Its end."""
        return self.possible_end


def readings(package: Package, clock: Clocks, numbers: Numbers | None = None) -> Readings:
    """All readings of all claims of the package, in the order of the claims. `numbers`: what is known of it."""
    numbers = numbers or Numbers(package)
    claim, label, valid_from, valid_to = zoned(package, numbers)
    incident = numbers["incident_id"]
    opens, closes = (bound[incident.code[claim]] for bound in windows(package, incident))
    reported, asserted_by = clock.reported[claim], clock.asserted_by[claim]
    asserted_from = clock.asserted_from[claim]
    mode = modes(numbers["valid_mode"].of_rows(claim), valid_from, valid_to)
    absent = one_of(package.predicates["value"], ("absent",))
    denies = numbers["polarity"].is_one_of("denies")
    lasts = (np.append(absent, False)[numbers.meaning] & ~denies)[claim]

    closing = np.where(closes == MISSING, FAR_FUTURE, closes)
    unplaced = np.where((opens == MISSING) & (asserted_from == MISSING), FAR_FUTURE, np.maximum(opens, asserted_from))
    said_by = np.where(asserted_by == MISSING, FAR_FUTURE, asserted_by)
    # What was said at a known moment, without a time of its own, is read as said of that moment.
    said_by += ((asserted_by == asserted_from) & (asserted_by != MISSING)) * INSTANT
    last_report = np.where(reported == MISSING, FAR_FUTURE, reported)
    since_end = np.maximum(np.where(lasts, closing, last_report), valid_from + INSTANT)
    until_start = np.where(valid_from == MISSING, np.where(opens == MISSING, FAR_PAST, opens), valid_from)

    instant = valid_from + INSTANT
    # A period within an hour that a zone leaves out is read as the instant at which that hour was skipped.
    filled_to = np.maximum(valid_to, instant)
    possible_start, possible_end = _by_mode(
        mode,
        (unplaced, said_by),
        at=(valid_from, instant),
        around=(valid_from - AROUND, valid_to + AROUND),
        within=(valid_from, filled_to),
        throughout=(valid_from, filled_to),
        since=(valid_from, since_end),
        until=(until_start, valid_to),
    )
    possible_end = np.maximum(possible_end, possible_start)
    nothing = np.zeros(len(claim), dtype=np.int64)
    certain_start, certain_end = _by_mode(
        mode,
        (nothing, nothing),
        at=(valid_from, instant),
        throughout=(valid_from, filled_to),
        since=(valid_from, np.clip(asserted_from, instant, since_end)),
    )
    return Readings(
        claim=claim,
        label=label,
        valid_from=valid_from,
        valid_to=valid_to,
        certain_start=certain_start,
        certain_end=certain_end,
        possible_start=possible_start,
        possible_end=possible_end,
        first=np.append(0, np.cumsum(np.bincount(claim, minlength=len(package.claims)))),
    )


def _by_mode(mode: Coded, others: tuple[Ints, Ints], **periods: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """The start and the end of the period of each mode, and for all `others`."""
    of_mode = [mode.is_one_of(name) for name in periods]
    starts, ends = zip(*periods.values(), strict=True)
    return np.select(of_mode, starts, others[0]), np.select(of_mode, ends, others[1])


def windows(package: Package, incident: Coded) -> tuple[Ints, Ints]:
    """From when to when each incident goes on, by its number; `MISSING` where that is open, and at the end for none."""
    row = indices(cells_of(package.incidents["incident_id"]), incident.names.tolist())
    opens, closes = (np.append(micros(package.incidents[column]), MISSING)[row] for column in ("starts_at", "ends_at"))
    return opens, closes


def modes(given: Coded, valid_from: Ints, valid_to: Ints) -> Coded:
    """The modes of valid times; blank for none, and where a bound that the mode needs is missing."""
    headless = (valid_from == MISSING) & given.is_one_of("at", "around", "within", "throughout", "since")
    endless = (valid_to == MISSING) & given.is_one_of("around", "within", "throughout", "until")
    return Coded(np.where(headless | endless, NOBODY, given.code), given.names)
