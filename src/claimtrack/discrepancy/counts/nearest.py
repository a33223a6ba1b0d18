"""The neighbours of a figure in time: in its own series, or in each other series of its scope."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from claimtrack.discrepancy.counts.figures import Figures
from claimtrack.discrepancy.joins.keys import combined
from claimtrack.discrepancy.joins.meet import same
from claimtrack.scopes import Bools, Ints, spans


@dataclass(frozen=True)
class _Tracks:
    """Readings of cumulative figures, sorted by track (series, scope and baseline, or more), then by as-of.

    `as_of` is as it is clipped to the incident, or as it is stated.
    """

    reading: Ints
    claim: Ints
    as_of: Ints
    scope: Ints
    track: Ints
    line: Ints
    """The track and the as-of in one integer; `size` of them make a track."""
    size: int

    def beside(self, own: bool) -> tuple[Ints, Ints, Ints]:
        """Each row with its own track, or with each other track of its scope: row, track, and the line of its as-of."""
        if own:
            return np.arange(len(self.line)), self.track, self.line
        _, sample = np.unique(self.track, return_index=True)
        row, other = same(self.scope, self.scope[sample])
        track = self.track[sample][other]
        chosen = track != self.track[row]
        row, track = row[chosen], track[chosen]
        return row, track, track * self.size + self.line[row] % self.size

    def pairs(self, row: Ints, first: Ints, stop: Ints, within: int | None) -> tuple[Ints, Ints]:
        """Each row with those from `first` up to `stop`, as readings; never further apart than `within`."""
        size = np.maximum(stop - first, 0)
        left, right = np.repeat(row, size), spans(first, size)
        if within is not None:
            near = np.abs(self.as_of[right] - self.as_of[left]) <= within
            left, right = left[near], right[near]
        return self.reading[left], self.reading[right]


def _tracks(figures: Figures, readings: Bools, as_of: Ints, *, alike: bool = False) -> _Tracks:
    reading, claim = figures.rows(figures.counted & figures.cumulative)
    reading, claim = reading[readings[reading]], claim[readings[reading]]
    scope = combined(figures.scope[claim], figures.baseline[reading])
    track = combined(scope, figures.series[claim])
    if alike:
        track = combined(track, figures.actor[claim], figures.since[reading])
    values, moment = np.unique(as_of[reading], return_inverse=True)
    size = len(values) + 1
    line = track * size + moment
    order = np.argsort(line, kind="stable")
    reading, claim = reading[order], claim[order]
    return _Tracks(reading, claim, as_of[reading], scope[order], track[order], line[order], size)


def next_later(
    figures: Figures, readings: Bools, *, own: bool, alike: bool = False, within: int | None = None
) -> tuple[Ints, Ints]:
    """Pairs (reading, reading): each cumulative figure with what can be the next later one of a series.

    `readings`: those that count. `own`: in the figure's own series, in the order of the as-ofs as they are stated, else
    in each other one, in that of the as-ofs within the incident. `alike`: a series is one of figures that count the
    doing of one actor, or of all, since one time, as it is stated. Of several readings of the figures in between each
    can be the right one: what follows is next unless one of them lies in between under all.
    """
    tracks = _tracks(figures, readings, figures.stated if own else figures.as_of, alike=alike)
    row, track, line = tracks.beside(own)
    first = np.searchsorted(tracks.line, line, side="right").astype(np.int64)
    start, end = _stays(tracks)
    # The earliest of the latest lines of all figures that surely come after: nothing beyond it is next.
    limit = np.append(np.minimum.accumulate(end[::-1])[::-1], len(tracks.line) * tracks.size)
    last = np.minimum(limit[np.searchsorted(start, line, side="right")], (track + 1) * tracks.size - 1)
    return tracks.pairs(row, first, np.searchsorted(tracks.line, last, side="right").astype(np.int64), within)


def _stays(tracks: _Tracks) -> tuple[Ints, Ints]:
    """The first and last line of each claim that stays on one track under all its readings, by the first."""
    claim, place = combined(tracks.claim), combined(tracks.claim, tracks.track)
    order = np.lexsort((tracks.line, place))
    begins = np.flatnonzero(np.diff(place[order], prepend=-1))
    ends = np.append(begins[1:], len(order))
    whole = ends - begins == np.bincount(claim)[claim[order[begins]]]
    start, end = tracks.line[order][begins[whole]], tracks.line[order][ends[whole] - 1]
    by_start = np.argsort(start, kind="stable")
    return start[by_start], end[by_start]


def same_or_earlier(figures: Figures, readings: Bools, within: int) -> tuple[Ints, Ints]:
    """Pairs (reading, reading): each cumulative figure with those of each other series of the same as-of.

    Where there is none, with those of the nearest earlier one. `readings`: those that count.
    """
    tracks = _tracks(figures, readings, figures.as_of)
    row, track, line = tracks.beside(own=False)
    before = np.searchsorted(tracks.line, line, side="right").astype(np.int64) - 1
    known = before >= 0
    row, track, before = row[known], track[known], before[known]
    found = tracks.track[before] == track
    row, before = row[found], before[found]
    first = np.searchsorted(tracks.line, tracks.line[before], side="left").astype(np.int64)
    return tracks.pairs(row, first, before + 1, within)
