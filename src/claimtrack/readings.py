"""Readings of time: for every claim the period that it surely speaks of and the period that it may speak of.

All times are integer microseconds since 1970 (UTC). Periods are half-open; an instant is the period of one
microsecond, so that one rule of meeting serves for both (times are written to the second).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from claimtrack.package import Package
from claimtrack.scopes import NOBODY, Bools, Ints, inherited, looked_up, positions

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
    """For each source the end of the day on which it was published, where its publisher is; `MISSING`: undated."""
    zone = inherited(package.actors, "actor_id", "time_zone", ("member_of", "based_in"))
    sources = package.sources
    midnight = micros((sources["published_on"] + pd.Timedelta(days=1)).astype("datetime64[us]"))
    code, publishers = pd.factorize(sources["publisher_id"])
    zones = np.array([*(zone.get(name) for name in publishers), None], dtype=object)
    ends = np.full(len(sources), MISSING, dtype=np.int64)
    for name in {*zones}:
        rows = np.flatnonzero((zones == name)[code])
        ends[rows] = _localised(midnight[rows], name or "UTC")
    return ends


class Periods(NamedTuple):
    """What some readings say of their time, row by row; see `Readings`."""

    certain_start: Ints
    certain_end: Ints
    possible_start: Ints
    possible_end: Ints
    hold_start: Ints
    hold_end: Ints


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
    first: Ints
    """For each claim the position of its first row; one entry more at the end."""

    def at(self, rows: Ints) -> Periods:
        """The periods of these readings."""
        return Periods(*(getattr(self, name)[rows] for name in Periods._fields))

    def number(self, claims: Ints) -> Ints:
        """How many readings each of these claims has."""
        return self.first[claims + 1] - self.first[claims]

    def of(self, claim: int) -> range:
        """The positions of the readings of one claim."""
        return range(int(self.first[claim]), int(self.first[claim + 1]))


def readings(package: Package, clock: Clocks) -> Readings:
    """All readings of all claims of the package, in the order of the claims."""
    claims = package.claims
    claim, label, valid_from, valid_to = _zoned(package)
    incidents = package.incidents.set_index("incident_id")
    opens = micros(looked_up(claims["incident_id"], incidents["starts_at"]).astype("datetime64[us, UTC]"))[claim]
    closes = micros(looked_up(claims["incident_id"], incidents["ends_at"]).astype("datetime64[us, UTC]"))[claim]
    reported, asserted_by = clock.reported[claim], clock.asserted_by[claim]
    asserted_from = clock.asserted_from[claim]
    mode = modes(claims["valid_mode"].iloc[claim], valid_from, valid_to)
    values = package.predicates["value"]
    present = (values.notna() & (values != "absent")).fillna(False).to_numpy(dtype=bool)
    presence = np.append(present, False)[coded_by(package)][claim]

    closing = np.where(closes == MISSING, FAR_FUTURE, closes)
    unplaced = np.where((opens == MISSING) & (asserted_from == MISSING), FAR_FUTURE, np.maximum(opens, asserted_from))
    said_by = np.where(asserted_by == MISSING, FAR_FUTURE, asserted_by)
    last_report = np.where(reported == MISSING, FAR_FUTURE, reported)
    since_end = np.maximum(np.where(presence, last_report, closing), valid_from + INSTANT)
    until_start = np.where(valid_from == MISSING, np.where(opens == MISSING, FAR_PAST, opens), valid_from)

    at, around, within, throughout, since, until = (
        mode == name for name in ("at", "around", "within", "throughout", "since", "until")
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
        first=np.searchsorted(claim, np.arange(len(claims) + 1)).astype(np.int64),
    )


def modes(given: pd.Series, valid_from: Ints, valid_to: Ints) -> npt.NDArray[np.object_]:
    """The modes of valid times; "" for none, and where a bound that the mode needs is missing."""
    code, names = pd.factorize(given)
    mode = np.array([*names, ""], dtype=object)[code]
    headless = (valid_from == MISSING) & np.isin(mode, ("at", "around", "within", "throughout", "since"))
    endless = (valid_to == MISSING) & np.isin(mode, ("around", "within", "throughout", "until"))
    return np.where(headless | endless, "", mode)


def coded_by(package: Package) -> Ints:
    """For each claim the row of the codebook that says what its predicate means; −1 where there is none."""
    claims, codebook = package.claims, package.predicates
    (kind, kinds), (predicate, predicates) = (pd.factorize(claims[column]) for column in ("kind", "predicate"))
    of_kind, of_predicate = (
        pd.Index(known).get_indexer(pd.Index(codebook[column]))
        for known, column in ((kinds, "kind"), (predicates, "predicate"))
    )
    used = np.flatnonzero((of_kind >= 0) & (of_predicate >= 0))
    row = np.full((len(kinds) + 1, len(predicates) + 1), -1, dtype=np.int64)
    row[of_kind[used], of_predicate[used]] = used
    found: Ints = row[kind, predicate]
    return found


def _zoned(package: Package) -> tuple[Ints, npt.NDArray[np.object_], Ints, Ints]:
    """The valid bounds under every reading of their zone: claim, label, from, to; sorted, as recorded first."""
    claims, offsets = package.claims, package.offsets["claims"]
    recorded = [micros(claims[column]) for column in ("valid_from", "valid_to")]
    minutes = [offsets[column].fillna(0).to_numpy(dtype=np.int64) for column in ("valid_from", "valid_to")]
    wall = [np.where(at == MISSING, MISSING, at + by * 60 * SECOND) for at, by in zip(recorded, minutes, strict=True)]
    adopted = _adopted_offset(package)
    taken = adopted != MISSING
    base = [
        np.where(taken & (at != MISSING), local - adopted * 60 * SECOND, at)
        for at, local in zip(recorded, wall, strict=True)
    ]
    everyone = np.arange(len(claims), dtype=np.int64)
    parts = [(everyone, RECORDED, base[0], base[1])]
    open_to_doubt = (claims["zone_basis"] == "assumed").fillna(False).to_numpy(dtype=bool) & ~taken
    for rows, zone in _zones(package, open_to_doubt):
        shifted = [_localised(local[rows], zone) for local in wall]
        new = np.ones(len(rows), dtype=bool)
        for other, _, valid_from, valid_to in parts:
            position = np.minimum(np.searchsorted(other, rows), len(other) - 1)
            same = (valid_from[position] == shifted[0]) & (valid_to[position] == shifted[1]) & (other[position] == rows)
            new &= ~same
        if new.any():
            parts.append((rows[new], zone, shifted[0][new], shifted[1][new]))
    claim = np.concatenate([part[0] for part in parts])
    order = np.argsort(claim, kind="stable")
    names = np.array([part[1] for part in parts], dtype=object)
    label = names[np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts])[order]]
    valid_from, valid_to = (np.concatenate([part[column] for part in parts])[order] for column in (2, 3))
    return claim[order], label, valid_from, valid_to


def _zones(package: Package, open_to_doubt: Bools) -> Iterator[tuple[Ints, str]]:
    """The other zones in which assumed times may be read: rows (ascending) and zone, claimant before place."""
    rows = np.flatnonzero(open_to_doubt).astype(np.int64)
    claims = package.claims[["claimant_id", "place_id", "incident_id"]].iloc[rows]
    of_actor = inherited(package.actors, "actor_id", "time_zone", ("member_of", "based_in"))
    of_place = inherited(package.places, "place_id", "time_zone", ("part_of",))
    scope = looked_up(claims["incident_id"], package.incidents.set_index("incident_id")["place_id"])
    for ids, zone_of in (
        (claims["claimant_id"], of_actor),
        (claims["place_id"].astype(scope.dtype).fillna(scope), of_place),
    ):
        code, distinct = pd.factorize(ids)
        number, zones = pd.factorize(np.array([zone_of.get(name) for name in distinct], dtype=object), sort=True)
        zone = np.append(number, NOBODY)[code]
        for which, name in enumerate(zones.tolist()):
            yield rows[zone == which], name


def _localised(wall: Ints, zone: str) -> Ints:
    """The instants at which clocks in `zone` showed the times `wall`: the earlier of two, the next if there is none."""
    given = np.where(wall == MISSING, 0, wall)
    naive = pd.DatetimeIndex(given.astype("datetime64[us]"))
    aware = naive.tz_localize(zone, ambiguous=np.ones(len(naive), dtype=bool), nonexistent="shift_forward")
    return np.where(wall == MISSING, MISSING, aware.as_unit("us").asi8)


def _adopted_offset(package: Package) -> Ints:
    """For a claim that repeats one whose zone is stated, that one's offset in minutes; else `MISSING`."""
    claims, offsets = package.claims, package.offsets["claims"]
    adopted = np.full(len(claims), MISSING, dtype=np.int64)
    offset = offsets["valid_from"].fillna(offsets["valid_to"])
    stated = (claims["zone_basis"] == "stated").fillna(False) & offset.notna()
    assumed = (claims["zone_basis"] == "assumed").fillna(False).to_numpy(dtype=bool)
    repeats = package.links[(package.links["relation"] == "repeats").fillna(False)]
    claim, other = (positions(claims["claim_id"], repeats[column]) for column in ("claim_id", "other_id"))
    taken = (claim >= 0) & (other >= 0)
    claim, other = claim[taken], other[taken]
    taken = assumed[claim] & stated.to_numpy(dtype=bool)[other]
    adopted[claim[taken]] = offset.to_numpy(dtype=np.int64, na_value=MISSING)[other[taken]]
    return adopted
