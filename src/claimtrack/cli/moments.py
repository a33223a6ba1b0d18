"""Times on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import click

Callback = Callable[[click.Context, click.Parameter, str | None], datetime | None]


def moment(*, day_ends: bool) -> Callback:
    """For an option: read a day ('2022-09-13') or a time ('2022-09-13T12:34', with or without an offset, '+04:00').

    A day stands for its first moment, or with `day_ends` for its last. What has no offset stays without. What is in UTC
    not in the years 1 to 9999 is refused.
    """

    def read(_: click.Context, __: click.Parameter, typed: str | None) -> datetime | None:
        if typed is None:
            return None
        try:
            found = _day(typed, day_ends) or datetime.fromisoformat(typed)
        except (ValueError, OverflowError) as error:
            message = f"{typed!r} is neither a day (2022-09-13) nor a time (2022-09-13T12:34+04:00)"
            raise click.BadParameter(message) from error
        return _in_utc(found, f"{typed!r} is in UTC not in the years 1 to 9999; write the day, {found.date()}")

    return read


def instant(_: click.Context, __: click.Parameter, typed: str | None) -> datetime | None:
    """For an option: read a time with its offset, '2022-09-13T12:34+04:00'.

    A day is refused: it ends at another moment in each zone, and reports are written in several.
    """
    if typed is None:
        return None
    if (ended := _day(typed, ends=True)) is not None:
        at = f"{ended.isoformat(timespec='minutes')}+04:00"
        raise click.BadParameter(
            f"{typed!r} ends at another moment in each zone; write the one that is meant, as in {at}"
        )
    try:
        found = datetime.fromisoformat(typed)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(f"{typed!r} is no time such as 2022-09-13T12:34+04:00") from error
    if found.tzinfo is None:
        raise click.BadParameter(f"{typed!r} needs its offset from UTC, as in {typed}+04:00")
    return _in_utc(found, f"{typed!r} is in UTC not in the years 1 to 9999")


def _in_utc(found: datetime, message: str) -> datetime:
    """The same; refused with the message where no such year has it in UTC."""
    if found.tzinfo is not None:
        try:
            found.astimezone(UTC)
        except OverflowError as error:
            raise click.BadParameter(message) from error
    return found


def _day(typed: str, ends: bool) -> datetime | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    if ends and day == date.max:
        return datetime.max
    return datetime.combine(day + timedelta(days=ends), time())
