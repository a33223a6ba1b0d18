"""Dates and datetimes as they must be spelled, turned into numbers many at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_DAYS_IN_MONTH = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_MICROSECONDS = 1_000_000
_FIRST, _LAST = (int(np.datetime64(day, "us").astype(np.int64)) for day in ("0001-01-01", "9999-12-31T23:59:59"))


@dataclass(frozen=True)
class Instants:
    """Per value: is it a datetime, its microseconds since 1970 in UTC, and its UTC offset in minutes (else 0)."""

    valid: Flags
    micros: Ints
    offset: Ints


@dataclass(frozen=True)
class Days:
    """Per value: is it a date, and its days since 1970 (else 0)."""

    valid: Flags
    days: Ints


def _characters(spelled: pa.Array, width: int) -> tuple[Flags, npt.NDArray[np.uint8]]:
    """Which values have exactly that many bytes, and the bytes of those, one row each."""
    fits = pc.equal(pc.binary_length(spelled), width)
    fixed = spelled.filter(fits).cast(pa.binary()).cast(pa.binary(width))
    characters = np.frombuffer(fixed.buffers()[1] or b"", dtype=np.uint8)
    start = fixed.offset * width
    rows = characters[start : start + len(fixed) * width].reshape(-1, width)
    return fits.to_numpy(zero_copy_only=False), np.asfortranarray(rows)  # they are looked at place by place


def _number(characters: npt.NDArray[np.uint8], start: int, stop: int) -> Ints:
    number = np.zeros(len(characters), dtype=np.int64)
    for at in range(start, stop):
        number = number * 10 + (characters[:, at].astype(np.int64) - ord("0"))
    return number


def _spelled_like(characters: npt.NDArray[np.uint8], template: str) -> Flags:
    """Whether the bytes are digits where the template has a 0, a sign where it has ±, else the same."""
    good = np.ones(len(characters), dtype=bool)
    for at, wanted in enumerate(template.replace("±", "+")):
        column = characters[:, at]
        if wanted == "0":
            good &= (column >= ord("0")) & (column <= ord("9"))
        elif wanted == "+":
            good &= (column == ord("+")) | (column == ord("-"))
        else:
            good &= column == ord(wanted)
    return good


def _civil(characters: npt.NDArray[np.uint8]) -> tuple[Flags, Ints]:
    """The leading YYYY-MM-DD: is it in the calendar, and its days since 1970."""
    year, month, day = (_number(characters, *span) for span in ((0, 4), (5, 7), (8, 10)))
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = _DAYS_IN_MONTH[np.clip(month, 0, 12)] + (leap & (month == 2))
    real = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= longest)
    months = (np.where(real, year, 1970) - 1970) * 12 + np.where(real, month, 1) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return real, np.where(real, first + day - 1, 0)


def days(spelled: pa.Array) -> Days:
    """Which of the strings are dates spelled YYYY-MM-DD, and which."""
    fits, characters = _characters(spelled, 10)
    real, since = _civil(characters)
    real &= _spelled_like(characters, "0000-00-00")
    result = Days(np.zeros(len(spelled), dtype=bool), np.zeros(len(spelled), dtype=np.int64))
    result.valid[fits] = real
    result.days[fits] = np.where(real, since, 0)
    return result


def instants(spelled: pa.Array) -> Instants:
    """Which of the strings are datetimes spelled YYYY-MM-DDTHH:MM:SS±HH:MM, and which. -00:00 is no offset."""
    many = len(spelled)
    result = Instants(np.zeros(many, dtype=bool), np.zeros(many, dtype=np.int64), np.zeros(many, dtype=np.int64))
    fits, characters = _characters(spelled, 25)
    if not len(characters):
        return result
    real, since = _civil(characters)
    hour, minute, second, off_hour, off_minute = (
        _number(characters, *span) for span in ((11, 13), (14, 16), (17, 19), (20, 22), (23, 25))
    )
    minus = characters[:, 19] == ord("-")
    offset = np.where(minus, -1, 1) * (off_hour * 60 + off_minute)
    micros = (since * 86_400 + hour * 3_600 + minute * 60 + second - offset * 60) * _MICROSECONDS
    real &= _spelled_like(characters, "0000-00-00T00:00:00±00:00")
    real &= (hour < 24) & (minute < 60) & (second < 60) & (off_hour < 24) & (off_minute < 60)
    real &= ~(minus & (offset == 0)) & (micros >= _FIRST) & (micros <= _LAST)
    result.valid[fits] = real
    result.micros[fits] = np.where(real, micros, 0)
    result.offset[fits] = np.where(real, offset, 0)
    return result
