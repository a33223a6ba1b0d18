"""What became of cells whose old reading is known, and what that proves about how the file was treated."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from claimtrack.contribute.repair.figures import figures, truth
from claimtrack.contribute.repair.letters import is_lost, replaced, reread, ungarbled
from claimtrack.contribute.repair.moments import FORMS, ORDERS, Wall, moments
from claimtrack.schema import Field
from claimtrack.structure.cells.spelling import INTEGER, NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Why a cell is an old one in another guise, and in which ways of reading it is."""

    why: str
    orders: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    garbled: str = ""
    seconds_hidden: bool = False
    misread: bool = False
    retyped: bool = False


@dataclass
class Evidence:
    """What the old rows prove: the orders of dates by form, the ways of writing numbers, encodings mistaken for UTF-8,
    and the columns of text of which cells were taken for dates or numbers.
    """

    orders: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)
    garbled: set[str] = field(default_factory=set)
    retyped: set[str] = field(default_factory=set)
    curled: bool = False
    letters_lost: bool = False
    misread: bool = False
    seconds_hidden: bool = False

    def learn(self, column: str, damage: Damage) -> None:
        """Take in what one damaged cell proves."""
        for form in FORMS:
            seen = damage.orders & form
            if seen:
                self.orders[form] = self.orders.get(form, form) & seen
        self.figures |= damage.figures
        self.garbled |= {damage.garbled} - {""}
        self.retyped |= {column} if damage.retyped else set()
        self.curled |= "typographic" in damage.why
        self.misread |= damage.misread
        self.letters_lost |= "lost" in damage.why
        self.seconds_hidden |= damage.seconds_hidden


def damage_between(column: Field, old: str, new: str, *, legacy: str = "") -> Damage | None:
    """What turned the tidy cell `old` into `new`, or None: then somebody changed it.

    `legacy` is the encoding that the file was read in, if that has one byte for a letter.
    """
    if not old or not new:
        return None
    if is_lost(new):
        return Damage(why="a spreadsheet could not show it")
    match column.type:
        case "boolean":
            return Damage(why="truth value in capitals or another language") if truth(new) == old else None
        case "integer" | "number":
            return _figure(old, new)
        case "date" | "datetime":
            return _moment(column, old, new)
    return _text(old, new, legacy)


def _figure(old: str, new: str) -> Damage | None:
    if not re.fullmatch(f"{INTEGER}|{NUMBER}", old):
        return None
    spaced = new.replace("?", " ")
    ways = [way for way, value in figures(spaced).items() if value == Decimal(old)]
    return Damage(why=f"number rewritten ({', '.join(ways)})", figures=frozenset(ways)) if ways else None


def _moment(column: Field, old: str, new: str) -> Damage | None:
    try:
        was = datetime.fromisoformat(old)
    except ValueError:
        return None
    clock = (was.hour, was.minute, was.second) if column.type == "datetime" else (0, 0, 0)
    offset = old[19:] if column.type == "datetime" else None
    wall = Wall(was.year, was.month, was.day, clock, offset)
    agreeing = {order: read for order, read in moments(new).items() if read.year is not None and read.agrees(wall)}
    if not agreeing:
        return None
    ways = " or ".join(ORDERS[order] for order in agreeing)
    hidden = any(clock[2] and (read.clock is None or read.clock[2] is None) for read in agreeing.values())
    return Damage(why=f"date rewritten ({ways})", orders=frozenset(agreeing), seconds_hidden=hidden)


def _text(old: str, new: str, legacy: str) -> Damage | None:
    plain = bool(legacy)
    why = replaced(old, new, plain=plain)
    if why:
        return Damage(why=why)
    for encoding, meant in ungarbled(new):
        if meant == old or replaced(old, meant, plain=plain):
            return Damage(why=f"UTF-8 taken for {encoding}", garbled=encoding)
    for encoding, meant in reread(new, legacy) if legacy else ():
        if meant == old or replaced(old, meant, plain=plain):
            return Damage(why=f"in {encoding}, not in {legacy}", misread=True)
    if truth(old) and truth(old) == truth(new):
        return Damage(why="taken for a truth value", retyped=True)
    if set(figures(old).values()) & set(figures(new).values()):
        return Damage(why="taken for a number", retyped=True)
    was, now = moments(old).values(), moments(new).values()
    if _shape(old) != _shape(new) and any(_same(one, other) for one in was for other in now):
        return Damage(why="taken for a date", retyped=True)
    return None


def _shape(text: str) -> str:
    return re.sub("[0-9]+", "0", re.sub("[A-Za-z]+", "a", text))


def _same(was: Wall, now: Wall) -> bool:
    return was.agrees(now) and (was.clock is None) == (now.clock is None) and (was.day is None) == (now.day is None)
