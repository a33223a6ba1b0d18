"""The periods that claims are about, and how they fill them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic.draws import Bools, Ints, chance, pick
from synthetic.wall import DAY, HOUR, MINUTE, MISSING, Moments, Zones, clock

MODES = ("", "at", "around", "within", "throughout", "since", "until")
NONE, AT, AROUND, WITHIN, THROUGHOUT, SINCE, UNTIL = range(len(MODES))
MODE_WEIGHTS: Mapping[str, tuple[float, ...]] = {
    "presence": (0.28, 0.10, 0.07, 0.27, 0.13, 0.10, 0.05),
    "absence": (0.25, 0.05, 0, 0.15, 0.50, 0, 0.05),
    "takes effect": (0.20, 0, 0, 0, 0, 0.80, 0),
    "act": (0.30, 0.30, 0.10, 0.30, 0, 0, 0),
    "ends": (0.40, 0, 0, 0, 0, 0.60, 0),
    "talk": (0.70, 0.15, 0.05, 0.10, 0, 0, 0),
}
"""How often claims of each sort fill their period in each of the modes."""

GRAINS = np.array([5 * MINUTE, 30 * MINUTE, HOUR])
QUARTER = 6 * HOUR
PHRASES = pa.array(["overnight", "in the morning", "in the afternoon", "in the evening", "throughout the day"])


@dataclass(frozen=True)
class Periods:
    """One entry a claim: its bounds and what is said of them. `assumed`: the recorder assumed the zone."""

    mode: Ints
    valid_from: Moments
    valid_to: Moments
    assumed: Bools
    codebook: Bools
    """A phrase was turned into hours."""
    text: pa.Array

    @property
    def given(self) -> Bools:
        """Which claims have a bound."""
        filled: Bools = (self.valid_from.utc != MISSING) | (self.valid_to.utc != MISSING)
        return filled


def draw_modes(rng: np.random.Generator, sort: npt.NDArray[np.object_]) -> Ints:
    """A mode for each claim, by its sort (a key of `MODE_WEIGHTS`)."""
    mode = np.zeros(len(sort), dtype=np.int64)
    for name, weights in MODE_WEIGHTS.items():
        rows = np.flatnonzero(sort == name)
        mode[rows] = pick(rng, weights, len(rows))
    return mode


def states(
    rng: np.random.Generator, zones: Zones, mode: Ints, said: Ints, zone: Ints, start: Ints, bounded: Bools
) -> Periods:
    """Periods before the moment `said`, as walls in the zones show it.

    `start` is when the state that is claimed is known to have begun, for `since` (else `MISSING`). An open beginning
    (`until`) is left only where something else bounds it.
    """
    size = len(mode)
    grain = GRAINS[rng.integers(0, len(GRAINS), size)]
    point = (said - rng.exponential(5 * HOUR, size).astype(np.int64)) // grain * grain
    point = np.where((mode == SINCE) & (start != MISSING), start, point)
    phrase = chance(rng, 0.65, size) & np.isin(mode, (WITHIN, THROUGHOUT))
    whole_day = phrase & chance(rng, 0.12, size)
    length = np.where(whole_day, DAY, QUARTER)
    begin = point // length * length
    begin = np.where(begin + MINUTE >= said, begin - length, begin)
    end = np.minimum(begin + length, said)
    lasting = rng.integers(1, 17, size) * (HOUR // 2)
    low = np.select([phrase, np.isin(mode, (WITHIN, THROUGHOUT, UNTIL))], [begin, point - lasting], point)
    high = np.where(phrase, end, point)
    open_below = (mode == UNTIL) & bounded & chance(rng, 0.5, size)
    valid_from = zones.read(np.where((mode == NONE) | open_below, MISSING, low), zone)
    valid_to = zones.read(np.where((mode == NONE) | (mode == SINCE), MISSING, high), zone)
    # Where the clocks are changed in between, a short period can be empty: it is then an instant.
    empty = np.isin(mode, (WITHIN, THROUGHOUT)) & (valid_to.utc <= valid_from.utc)
    named = np.where(whole_day, len(PHRASES) - 1, begin % DAY // QUARTER)
    spoken = PHRASES.take(pa.array(named, mask=~phrase))
    exact = pc.binary_join_element_wise("at ", clock(np.where(np.isin(mode, (AT, AROUND)), point, MISSING)), "")
    return Periods(
        np.where(empty, AT, mode),
        valid_from,
        Moments(np.where(empty, valid_from.utc, valid_to.utc), np.where(empty, valid_from.offset, valid_to.offset)),
        chance(rng, 0.6, size),
        phrase & ~empty,
        pc.coalesce(spoken, exact),
    )


def windows(rng: np.random.Generator, zones: Zones, increment: Bools, said: Ints, zone: Ints, start: Ints) -> Periods:
    """The baseline and the as-of of counts. Increments are of the day before the last midnight."""
    size = len(increment)
    midnight = (said - MINUTE) // DAY * DAY
    hour = (said - MINUTE) // QUARTER * QUARTER
    as_of = np.where(increment, midnight, np.where(chance(rng, 0.5, size), midnight, hour))
    as_of = np.where(chance(rng, 0.45, size) & ~increment, MISSING, as_of)
    baseline = np.select([pick(rng, (0.65, 0.15, 0.2), size) == one for one in (1, 2)], [start, midnight], MISSING)
    baseline = np.where(increment, midnight - DAY, baseline)
    late = (baseline != MISSING) & (baseline >= np.where(as_of == MISSING, said, as_of))
    begins, ends = zones.read(baseline, zone), zones.read(as_of, zone)
    # Where the clocks are put forward at midnight, that midnight is read as an hour before.
    late |= (begins.utc != MISSING) & (ends.utc != MISSING) & (begins.utc >= ends.utc)
    return Periods(
        np.full(size, NONE, dtype=np.int64),
        zones.read(np.where(late, MISSING, baseline), zone),
        ends,
        chance(rng, 0.4, size),
        np.zeros(size, dtype=bool),
        pc.binary_join_element_wise("as of ", clock(as_of), ""),
    )


def at(when: Periods, rows: Ints) -> Periods:
    """The periods of some rows."""
    return Periods(
        when.mode[rows],
        Moments(when.valid_from.utc[rows], when.valid_from.offset[rows]),
        Moments(when.valid_to.utc[rows], when.valid_to.offset[rows]),
        when.assumed[rows],
        when.codebook[rows],
        when.text.take(pa.array(rows)),
    )


def either(first: Bools, ours: Periods, theirs: Periods) -> Periods:
    """Row by row the one or the other."""

    def moments(one: Moments, other: Moments) -> Moments:
        return Moments(np.where(first, one.utc, other.utc), np.where(first, one.offset, other.offset))

    return Periods(
        np.where(first, ours.mode, theirs.mode),
        moments(ours.valid_from, theirs.valid_from),
        moments(ours.valid_to, theirs.valid_to),
        np.where(first, ours.assumed, theirs.assumed),
        np.where(first, ours.codebook, theirs.codebook),
        pc.if_else(pa.array(first), ours.text, theirs.text),
    )
