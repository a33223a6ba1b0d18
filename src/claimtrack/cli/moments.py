"""Times on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import click

Callback = Callable[[click.Context, click.Parameter, str | None], datetime | None]


def moment(*, day_ends: bool, zoned: bool = False) -> Callback:
    """For an option: read a day ('2022-09-13') or a time ('2022-09-13T12:34', with or without an offset, '+04:00').

    A day stands for its first moment, or with `day_ends` for its last. With `zoned` a time must have an offset, and a
    day is one of UTC; otherwise what has no offset stays without. What is in UTC not in the years 1 to 9999 is refused.
    """

    def read(_: click.Context, __: click.Parameter, typed: str | None) -> datetime | None:
        if typed is None:
            return None
        try:
            found = _day(typed, day_ends) or datetime.fromisoformat(typed)
        except (ValueError, OverflowError) as error:
            message = f"{typed!r} is neither a day (2022-09-13) nor a time (2022-09-13T12:34+04:00)"
            raise click.BadParameter(message) from error
        if zoned and found.tzinfo is None:
            if _day(typed, day_ends) is None:
                raise click.BadParameter(f"{typed!r} needs its offset from UTC, as in {typed}+04:00")
            found = found.replace(tzinfo=UTC)
        if found.tzinfo is not None:
            try:
                found.astimezone(UTC)
            except OverflowError as error:
                message = f"{typed!r} is in UTC not in the years 1 to 9999; write the day, {found.date()}"
                raise click.BadParameter(message) from error
        return found

    return read


def _day(typed: str, ends: bool) -> datetime | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    if ends and day == date.max:
        return datetime.max
    return datetime.combine(day + timedelta(days=ends), time())
