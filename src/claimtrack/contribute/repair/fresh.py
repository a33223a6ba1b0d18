"""Cells without an old reading: what can be told for certain is mended, the rest is left and named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from claimtrack.contribute.repair.clock import PublisherClock
from claimtrack.contribute.repair.evidence import Evidence
from claimtrack.contribute.repair.figures import figures, truth, written
from claimtrack.contribute.repair.letters import is_lost, straight, ungarbled
from claimtrack.contribute.repair.moments import FORMS, NEED_PROOF, ORDERS, Wall, moments
from claimtrack.schema import Field
from claimtrack.structure.cells.characters import odd_characters
from claimtrack.structure.cells.spelling import BOOLEAN, DATE, DATETIME, INTEGER, NUMBER

_SOUND = {
    "boolean": BOOLEAN,
    "integer": INTEGER,
    "number": NUMBER,
    "date": DATE,
    "datetime": DATETIME,
}
_LOST = re.compile(r"\w\?+\w|\?\?|(?:^|\s)\?\w|\ufffd")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a cell reads, why not as it stood, and what is left in doubt about it; "" where nothing."""

    value: str
    why: str = ""
    doubt: str = ""


def read_fresh(column: Field, cell: str, row: Mapping[str, str], evidence: Evidence, clock: PublisherClock) -> Reading:
    """Read the tidy cell of a new row, or one that somebody changed, in the light of what the old rows prove."""
    if is_lost(cell):
        return Reading(cell, doubt="a spreadsheet could not show what was in it")
    if not cell or re.fullmatch(_SOUND.get(column.type, "$."), cell):
        return Reading(cell)
    match column.type:
        case "boolean":
            value = truth(cell)
            return Reading(value, "truth value in capitals or another language") if value else _unreadable(cell)
        case "integer" | "number":
            return _figure(column, cell, evidence)
        case "date" | "datetime":
            return _moment(column, cell, row, evidence, clock)
    return _text(column, cell, evidence)


def _unreadable(cell: str) -> Reading:
    return Reading(cell, doubt="it cannot be read as a value of this column")


def _figure(column: Field, cell: str, evidence: Evidence) -> Reading:
    possible = {
        way: value
        for way, value in figures(cell).items()
        if (column.type == "number" or value == value.to_integral_value())
        and (column.minimum is None or value >= Decimal(str(column.minimum)))
        and (column.maximum is None or value <= Decimal(str(column.maximum)))
    }
    proven = {way: value for way, value in possible.items() if way in evidence.figures}
    whole = column.type == "integer"
    grouped = {way: value for way, value in possible.items() if whole and way.startswith("thousands")}
    for ways in (proven, grouped, possible):
        if len(set(ways.values())) == 1:
            way, value = next(iter(ways.items()))
            return Reading(written(value), f"number rewritten ({way})")
    if not possible:
        return _unreadable(cell)
    return Reading(cell, doubt=f"it may be {' or '.join(sorted(map(written, set(possible.values()))))}")


def _moment(column: Field, cell: str, row: Mapping[str, str], evidence: Evidence, clock: PublisherClock) -> Reading:
    possible = {order: wall for order, wall in moments(cell).items() if wall.year is not None}
    if not possible:
        return _unreadable(cell)
    chosen = _chosen(possible, evidence) or _chosen_by_id(column, possible, row)
    if chosen is None:
        days = " or ".join(sorted({_day(wall) for wall in possible.values()}))
        return Reading(cell, doubt=f"it may be {days}, and no old row shows which")
    order, wall = chosen
    if column.type == "date":
        if wall.clock and any(wall.clock):
            return Reading(cell, doubt="it has a time, and this column has none")
        return Reading(_day(wall), f"date rewritten ({ORDERS[order]})")
    local = wall.local()
    if local is None:
        return Reading(cell, doubt=f"it is {_day(wall)}, and the time is lost")
    if evidence.seconds_hidden and wall.clock and wall.clock[2] is None:
        return Reading(cell, doubt=f"it is {local:%Y-%m-%dT%H:%M}, and the seconds are lost, as those of old rows were")
    offset, told = wall.offset, ""
    if offset is None:
        offset, told = clock.offset(column.name, row, local), "; offset of the publisher's zone, as in the old rows"
    if offset is None:
        return Reading(cell, doubt=f"it is {local:%Y-%m-%dT%H:%M:%S}, and nothing tells its offset from UTC")
    return Reading(f"{local:%Y-%m-%dT%H:%M:%S}{offset}", f"date rewritten ({ORDERS[order]}){told}")


def _chosen(possible: Mapping[str, Wall], evidence: Evidence) -> tuple[str, Wall] | None:
    """The one reading that the old rows leave, or that there is at all."""
    proven = {order for form in FORMS for order in evidence.orders.get(form, ())}
    left = {order: wall for order, wall in possible.items() if order in proven}
    if not left:
        left = {order: wall for order, wall in possible.items() if order not in NEED_PROOF}
    return next(iter(left.items())) if len(set(left.values())) == 1 else None


def _chosen_by_id(column: Field, possible: Mapping[str, Wall], row: Mapping[str, str]) -> tuple[str, Wall] | None:
    """The one reading that the claim's id agrees with: it begins with the day of `reported_from`."""
    if column.name != "reported_from":
        return None
    day = row["claim_id"][:8]
    found = [(order, wall) for order, wall in possible.items() if _day(wall).replace("-", "") == day]
    return found[0] if len(found) == 1 else None


def _day(wall: Wall) -> str:
    return f"{wall.year:04}-{wall.month:02}-{wall.day:02}"


def _text(column: Field, cell: str, evidence: Evidence) -> Reading:
    value, whys, doubt = cell, [], ""
    meant = {encoding: text for encoding, text in ungarbled(cell) if encoding in evidence.garbled}
    if len(meant) == 1:
        [(encoding, value)] = meant.items()
        whys.append(f"UTF-8 taken for {encoding}")
    if evidence.curled and straight(value) != value:
        value = straight(value)
        whys.append("quotation marks made typographic, as in the old rows")
    if any(code == "text-garbled" for code, _ in odd_characters(value)):
        doubt = "letters seem to be read in a wrong encoding"
    elif evidence.letters_lost and _LOST.search(value):
        doubt = "letters may be lost, as in old rows"
    elif column.name in evidence.retyped and (moments(value) or figures(value)):
        doubt = "it may be rewritten, as old cells of this column were that look like dates or numbers"
    return Reading(value, "; ".join(whys), doubt)
