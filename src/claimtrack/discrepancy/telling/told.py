"""The sentences of claims with their times, which a reader can check by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from itertools import zip_longest

import numpy as np

from claimtrack.coded import Texts
from claimtrack.discrepancy.counts.figures import clipped
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.keys import distinct
from claimtrack.discrepancy.telling.wording import EPOCH, SECONDS, each_once, iso_clock, on_clocks, spoken_offset
from claimtrack.moments import MISSING, first_given, micros
from claimtrack.scopes import Ints

SPOKEN = {
    "at": "at {0}",
    "around": "around {0}",
    "within": "within {0} to {1}",
    "throughout": "throughout {0} to {1}",
    "since": "from {0} on",
    "until": "until {1}",
}
SPOKEN_AND_REPORTED = ("asserted_from", "asserted_to", "reported_from", "reported_to")
FROM_UNTIL = "from {0} until {1}"
"""Until a time, where it is known from when on."""
WINDOW = "its incident's window"
ENDS = re.compile(rf"(?:from|up to|cut at) [^,;()]+, the (?:start|end) of {WINDOW}")
"""How the end of one is told."""
ADOPTED = 2
NOTES = np.array(
    [
        [f"{hours}{zone}" for zone in ("", ", zone assumed", ", zone of what it repeats")]
        for hours in ("", ", hours from the codebook")
    ],
    object,
)
"""What is added to a time: by whether its hours are from the codebook, and whether its zone is assumed or `ADOPTED`."""


@lru_cache(SECONDS)
def _spoken_day(day: int) -> str:
    at = EPOCH + timedelta(days=day)
    return f"{at.day} {at:%b} "


@lru_cache(SECONDS)
def _spoken_date(day: int) -> str:
    return f"{_spoken_day(day)}{(EPOCH + timedelta(days=day)).year} "


@lru_cache(SECONDS)
def _spoken_clock(second: int) -> str:
    return iso_clock(second) if second % 60 else iso_clock(second)[:5]


UNTIMED, MIXED = -1, -2
"""The clock of a claim without any time, and of one whose times are in several zones or years."""


class Told:
    """The sentences of some claims with their times, for use inside another one."""

    def __init__(self, facts: Facts, claims: Ints, windowed: Ints | None = None) -> None:
        """`windowed`: claims that may have to be told with the end at which the window of their incident cuts them."""
        self._facts, self._cut = facts, claims[:0] if windowed is None else windowed
        self._plain = _Sentences(facts, distinct(claims), windowed=False)

    @cached_property
    def _windowed(self) -> _Sentences:
        return _Sentences(self._facts, distinct(self._cut), windowed=True)

    def together(self, claims: Sequence[int], windowed: Sequence[bool] = ()) -> list[str]:
        """The sentences of these claims: with year and zone where those are not the same for all of their times.

        `windowed`: whether each of the first of them is told with the end of that window.
        """
        chosen = [
            (self._windowed if cut else self._plain, claim)
            for claim, cut in zip_longest(claims, windowed, fillvalue=False)
        ]
        clocks = {sentences.clock[claim] for sentences, claim in chosen} - {UNTIMED}
        if len(clocks) < 2 and MIXED not in clocks:
            return [sentences.short[claim] for sentences, claim in chosen]
        return [sentences.full[claim] for sentences, claim in chosen]


class _Sentences:
    """The sentence of each of some claims, in two forms; see `Told`."""

    def __init__(self, facts: Facts, rows: Ints, *, windowed: bool) -> None:
        self._facts, self._rows = facts, rows
        self._moments = _Moments.of(facts, rows, windowed=windowed)
        texts = facts.package.claims["text"].array[rows].tolist()
        self._texts = [str(text).removesuffix(".") for text in texts]
        self.clock = dict(zip(rows.tolist(), self._moments.clock().tolist(), strict=True))

    @cached_property
    def short(self) -> dict[int, str]:
        """Without year and zone."""
        return self._told(self._moments.short())

    @cached_property
    def full(self) -> dict[int, str]:
        """With both."""
        return self._told(self._moments.full())

    def _told(self, moments: list[list[str]]) -> dict[int, str]:
        told = zip(self._rows.tolist(), self._texts, _periods(self._facts, self._rows, moments), strict=True)
        return {claim: f"{text} ({period})" for claim, text, period in told}


@dataclass(frozen=True)
class _Moments:
    """The times of some claims: one row a time, one column a claim. `MISSING`: it is not shown."""

    at: Ints
    days: Ints
    seconds: Ints
    minutes: Ints

    @classmethod
    def of(cls, facts: Facts, rows: Ints, *, windowed: bool) -> _Moments:
        """Those of these claims: valid times as recorded, or in the zone of what they repeat."""
        claims, offsets = facts.package.claims, facts.package.offsets["claims"]
        first = facts.readings.first[rows]
        valid = [facts.readings.valid_from[first], facts.readings.valid_to[first]]
        spoken = [micros(claims[column])[rows] for column in SPOKEN_AND_REPORTED]
        spoken[-2] = np.where(spoken[-2] < spoken[-1], spoken[-2], MISSING)
        minutes = [
            offsets[column].array[rows].to_numpy(dtype=np.int64, na_value=MISSING)
            for column in ("valid_from", "valid_to", *SPOKEN_AND_REPORTED)
        ]
        adopted = facts.adopted[rows]
        minutes[:2] = [np.where(adopted == MISSING, own, adopted) for own in minutes[:2]]
        cut = _cut(facts, rows, valid, windowed=windowed)
        of_cut = first_given(*minutes[:2]), first_given(minutes[1], minutes[0])
        at, offset = np.stack([*valid, *spoken, *cut]), np.stack([*minutes, *of_cut])
        days, seconds = on_clocks(np.where(at == MISSING, 0, at), offset)
        return cls(at, days, seconds, offset)

    def short(self) -> list[list[str]]:
        """In words without year and zone."""
        return self._worded(_spoken_day)

    def full(self) -> list[list[str]]:
        """In words with both."""
        return self._worded(_spoken_date, " " + each_once(spoken_offset, self.minutes.ravel()).reshape(self.at.shape))

    def _worded(self, day: Callable[[int], str], zone: Texts | str = "") -> list[list[str]]:
        days, clocks = (
            each_once(word, values.ravel()).reshape(self.at.shape)
            for word, values in ((day, self.days), (_spoken_clock, self.seconds))
        )
        told: list[list[str]] = np.where(self.at == MISSING, "", days + clocks + zone).tolist()
        return told

    def clock(self) -> Ints:
        """See `Told`."""
        year = self.days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        own = year * 10_000 + np.where(self.minutes == MISSING, 0, self.minutes) + 5_000
        shown = self.at != MISSING
        low = np.where(shown, own, np.iinfo(np.int64).max).min(axis=0)
        high = np.where(shown, own, UNTIMED).max(axis=0)
        return np.where(high == UNTIMED, UNTIMED, np.where(low == high, low, MIXED))


def _cut(facts: Facts, rows: Ints, valid: Sequence[Ints], *, windowed: bool) -> list[Ints]:
    """The bounds of its incident at which each claim is cut; `MISSING` where it is not.

    The window of a count is, where it reaches beyond them. If `windowed`, so is what has no start, or no end.
    """
    mode, (begin, end) = facts.mode.at(rows), valid
    opens, closes = (bound[facts.incident[rows]] for bound in facts.windows)
    counts = facts.kind.at(rows) == "count"
    baseline, as_of = clipped(begin, end, facts.clocks.asserted_by[rows], opens, closes)
    early = counts & (begin != MISSING) & (baseline > begin) | (windowed & (mode == "until") & (begin == MISSING))
    late = counts & (end != MISSING) & (as_of < end) | (windowed & (mode == "since") & (begin < closes))
    return [np.where(early, opens, MISSING), np.where(late, closes, MISSING)]


def _periods(facts: Facts, rows: Ints, moments: list[list[str]]) -> list[str]:
    """What each claim says of its time: "from 13 Sep 09:00 on, zone assumed; reported 13 Sep 12:34"."""
    book, zone = facts.from_codebook[rows].astype(np.int64), facts.zone_assumed[rows].astype(np.int64)
    notes = NOTES[book, np.where(facts.adopted[rows] == MISSING, zone, ADOPTED)].tolist()
    modes, is_count = facts.mode.at(rows).tolist(), (facts.kind.at(rows) == "count").tolist()
    told, parts = [], zip(modes, is_count, notes, *moments, strict=True)
    for mode, counts, note, begin, end, *spoken, earliest, at, opens, closes in parts:
        about = f"{_time(mode, counts, begin, end)}{_ends(mode, opens, closes)}{note}"
        told.append("; ".join(filter(None, (about, _said(*spoken), _report(earliest, at)))))
    return told


def _ends(mode: str, opens: str, closes: str) -> str:
    """Where the window of its incident begins and ends, as far as that is to be told."""
    start = f", {'from' if mode else 'cut at'} {opens}, the start of {WINDOW}" if opens else ""
    end = f", {'up to' if mode else 'cut at'} {closes}, the end of {WINDOW}" if closes else ""
    return start + end


def ends_told(sentence: str, text: str, other: str) -> tuple[list[str], list[str]]:
    """The same of the two claims of these texts, read back from the sentence of their pair: an end each, all in order.

    The sentence holds the text of each claim and its times in brackets; a text may hold such words as well.
    """
    first, second = (each.removesuffix(".") for each in (text, other))
    own, _, rest = sentence.partition(f"{first} (")[2].partition(f"); {second} (")
    return ENDS.findall(own), ENDS.findall(rest.partition(")")[0])


def _said(begin: str, end: str) -> str:
    return f"said {begin}" + (f" to {end}" if end != begin else "") if begin and end else ""


def _report(earliest: str, at: str) -> str:
    if not at:
        return "report undated"
    return f"reported {earliest} to {at}" if earliest else f"reported {at}"


def _time(mode: str, is_count: bool, begin: str, end: str) -> str:
    if mode == "until" and begin:
        return FROM_UNTIL.format(begin, end)
    if mode:
        return SPOKEN[mode].format(begin, end)
    if is_count and (begin or end):
        return " ".join(part for part in (f"from {begin}" if begin else "", f"as of {end}" if end else "") if part)
    return "no time given"
