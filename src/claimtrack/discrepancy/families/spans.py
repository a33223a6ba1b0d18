"""How the period of one claim lies in the span of another one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from claimtrack.discrepancy.facts import Facts
from claimtrack.moments import FAR_PAST, INSTANT, hours
from claimtrack.readings import Periods
from claimtrack.scopes import Bools, Floats, Ints


def falls(event: Periods, start: Ints, end: Ints) -> tuple[Bools, Bools]:
    """Whether the period of `event` falls in the spans [start, end): surely, and perhaps.

    Surely: its certain part meets the span, or its possible part lies inside it.
    """
    certain = np.maximum(event.certain_start, start) < np.minimum(event.certain_end, end)
    perhaps = np.maximum(event.possible_start, start) < np.minimum(event.possible_end, end)
    return certain & (event.certain_start < event.certain_end) | lies_inside(event, start, end), perhaps


def lies_inside(event: Periods, start: Ints, end: Ints) -> Bools:
    """Whether all that is possible of the period of `event` lies in the spans [start, end)."""
    inside: Bools = (event.possible_start >= start) & (event.possible_end <= end)
    return inside & (event.possible_start < event.possible_end)


def refutes(event: Periods, holder: Periods) -> tuple[Bools, Bools]:
    """Whether `event` falls in the span of `holder` and so is at odds with it: surely, and perhaps.

    A claim that is certain of no moment ("no shots for 40 minutes, some time in the morning") is surely refuted only by
    what is certain throughout its span.
    """
    start, end = holder.hold_start, holder.hold_end
    surely, perhaps = falls(event, start, end)
    vague = holder.certain_start >= holder.certain_end
    throughout = perhaps & (event.certain_start <= start) & (event.certain_end >= end)
    return np.where(vague, throughout, surely), perhaps


def measured(facts: Facts, holder: Ints, event: Ints, figures: Mapping[str, Floats]) -> dict[str, Floats]:
    """Figures between readings of claims that both say when; there is none where one does not."""
    when = facts.gives_time.take(facts.readings.claim.take(holder))
    when &= facts.gives_time.take(facts.readings.claim.take(event))
    return {name: np.where(when, hours, np.nan) for name, hours in figures.items()}


def since_start(holder: Periods, event: Periods) -> Floats:
    """Hours from the start of the holder's span to the earliest moment inside it at which the event can have been."""
    start, at = holder.hold_start, np.maximum(event.possible_start, holder.hold_start)
    known = (start > FAR_PAST) & (at < np.minimum(event.possible_end, holder.hold_end))
    return np.where(known, hours(at - start), np.nan)


def overlap(holder: Periods, event: Periods) -> Floats:
    """Hours of the event's period that lie inside the holder's span; an instant has none."""
    start = np.maximum(event.possible_start, holder.hold_start)
    end = np.minimum(event.possible_end, holder.hold_end)
    length = np.where(end - start <= INSTANT, 0, end - start)
    return np.where(start < end, hours(length), np.nan)
