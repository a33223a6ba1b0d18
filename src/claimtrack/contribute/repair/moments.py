"""Dates and times as spreadsheets write them, and in which order of day and month they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

ORDERS = {
    "ymd": "year, month, day",
    "dmy": "day before month",
    "mdy": "month before day",
    "named": "the month by its name",
    "dmy-short": "day before month, year in two digits",
    "mdy-short": "month before day, year in two digits",
    "ymd-short": "year in two digits, month, day",
    "named-short": "the month by its name, year in two digits",
    "days-1900": "days counted from 1900",
    "days-1904": "days counted from 1904",
}
"""The ways of writing a date. Those from the first with two digits on need a proof that they are meant."""

NEED_PROOF = frozenset(list(ORDERS)[4:])

FORMS = (
    frozenset({"ymd"}),
    frozenset({"dmy", "mdy"}),
    frozenset({"named"}),
    frozenset({"dmy-short", "mdy-short", "ymd-short"}),
    frozenset({"named-short"}),
    frozenset({"days-1900", "days-1904"}),
)
"""Orders that look alike. What is known of one form of a date says nothing about another."""

_LONGEST = 60

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MOMENT = re.compile(
    r"(?P<date>.*?)(?:(?:^|[T\s,]+)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?\s*(?P<offset>Z|(?:UTC|GMT)?[+-][0-9]{2}:?[0-9]{2})?)?"
)
_NUMBERS = re.compile(r"([0-9]{1,4})([/.\- ])\s?([0-9]{1,2})\2\s?([0-9]{1,4})\.?")
_PAIR = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]+([A-Za-z]{3,9})\.?(?:[-/., ]+([0-9]{4}|[0-9]{2}))?")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?[- ]+([0-9]{1,2})(?:[-, ]+([0-9]{4}|[0-9]{2}))?")
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_EPOCHS = {"days-1900": datetime(1899, 12, 30), "days-1904": datetime(1904, 1, 1)}

Clock = tuple[int, int, int | None]


@dataclass(frozen=True, slots=True)
class Wall:
    """What a cell says of a day and a time of day; None where it says nothing. Seconds may be hidden."""

    year: int | None
    month: int | None
    day: int | None
    clock: Clock | None
    offset: str | None

    def agrees(self, other: Wall) -> bool:
        """Whether both may be the same moment; what only one of them says does not count."""
        for name in ("year", "month", "day", "offset"):
            mine, its = getattr(self, name), getattr(other, name)
            if mine is not None and its is not None and mine != its:
                return False
        if self.clock is None or other.clock is None:
            return True
        return self.clock[:2] == other.clock[:2] and (
            self.clock[2] is None or other.clock[2] is None or self.clock[2] == other.clock[2]
        )

    def local(self) -> datetime | None:
        """The moment on its own clock; None where the year or the time is not said."""
        if self.year is None or self.month is None or self.day is None or self.clock is None:
            return None
        hour, minute, second = self.clock
        return datetime(self.year, self.month, self.day, hour, minute, second or 0)


def moments(cell: str) -> dict[str, Wall]:
    """What moment the cell may stand for, by the order in which it is read."""
    parts = _MOMENT.fullmatch(cell) if len(cell) <= _LONGEST else None
    if parts is None:
        return {}
    try:
        clock = _clock(parts)
    except ValueError:
        return {}
    found: dict[str, Wall] = {}
    for order, year, month, day in _dates(parts["date"].strip(" ,T")):
        if _in_calendar(year, month, day):
            found[order] = Wall(year, month, day, clock, _offset(parts["offset"]))
    if not parts["date"] and clock:
        found["named"] = Wall(None, None, None, clock, _offset(parts["offset"]))
    if clock is None and _SERIAL.fullmatch(cell):
        found.update(_counted(cell))
    return found


def _clock(parts: re.Match[str]) -> Clock | None:
    if parts["hour"] is None:
        return None
    hour, minute = int(parts["hour"]), int(parts["minute"])
    if parts["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if parts["half"] in "Pp" else 0)
    second = None if parts["second"] is None else int(parts["second"])
    if hour > 23 or minute > 59 or (second or 0) > 59:
        raise ValueError(hour)
    return hour, minute, second


def _offset(text: str | None) -> str | None:
    if not text:
        return None
    digits = text.removeprefix("UTC").removeprefix("GMT").replace(":", "")
    return "+00:00" if digits == "Z" else f"{digits[:3]}:{digits[3:]}"


def _in_calendar(year: int | None, month: int, day: int) -> bool:
    try:
        date(2000 if year is None else year, month, day)
    except ValueError:
        return False
    return True


def _dates(text: str) -> Iterator[tuple[str, int | None, int, int]]:
    """Order, year, month and day of every way to read a date."""
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        first, second, third = numbers[1], int(numbers[3]), numbers[4]
        if len(first) == 4 and len(third) <= 2:
            yield "ymd", int(first), second, int(third)
        elif len(third) == 4 and len(first) <= 2:
            yield "dmy", int(third), second, int(first)
            yield "mdy", int(third), int(first), second
        elif len(first) <= 2 and len(third) == 2:
            yield "dmy-short", _century(third), second, int(first)
            yield "mdy-short", _century(third), int(first), second
            yield "ymd-short", _century(first), second, int(third)
    pair = _PAIR.fullmatch(text)
    if pair:
        yield "dmy", None, int(pair[2]), int(pair[1])
        yield "mdy", None, int(pair[1]), int(pair[2])
    yield from _named(text)


def _named(text: str) -> Iterator[tuple[str, int | None, int, int]]:
    named = _DAY_FIRST.fullmatch(text)
    day, month, year = (named[1], named[2], named[3]) if named else ("", "", None)
    named = named or _MONTH_FIRST.fullmatch(text)
    if named and not day:
        day, month, year = named[2], named[1], named[3]
    if named and (number := _month(month)):
        short = year is not None and len(year) == 2
        yield "named-short" if short else "named", None if year is None else _century(year), number, int(day)


def _century(year: str) -> int:
    """Years of two digits as spreadsheets take them: up to 29 after 2000, then before."""
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) < 30 else 1900)


def _month(name: str) -> int | None:
    return next((at for at, month in enumerate(_MONTHS, start=1) if month.startswith(name.casefold())), None)


def _counted(cell: str) -> dict[str, Wall]:
    """A day as the number of days since a first one, the time as a part of a day."""
    days = float(cell.replace(",", "."))
    found = {}
    for order, first in _EPOCHS.items():
        moment = first + timedelta(seconds=round(days * 86_400))
        found[order] = Wall(moment.year, moment.month, moment.day, (moment.hour, moment.minute, moment.second), None)
    return found
