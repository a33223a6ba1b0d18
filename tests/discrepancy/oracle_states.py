"""The rules about times, places and parties, said slowly: loops over pairs of claims and all their readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple

from oracle_world import HALF_AN_HOUR, INFINITY, Claim, Period, Reading, World, lies_inside, meets

Figure = tuple[float | None, float | None, float | None]
"""Value as recorded, lowest and highest over all readings; None: no such number."""


class Found(NamedTuple):
    """One pair of claims: the one at issue first."""

    family: str
    code: str
    left: str
    right: str
    strength: str
    figures: tuple[tuple[str, Figure], ...]


@dataclass
class Verdict:
    """What a rule says of two readings: the number of the code that holds (0: none), whether surely, the figures."""

    code: int
    sure: bool
    figures: dict[str, float | None] = field(default_factory=dict)


Rule = Callable[[Claim, Reading, Claim, Reading], Verdict]


def over_readings(
    family: str, codes: Sequence[str], left: Claim, right: Claim, rule: Rule, capped: bool
) -> Found | None:
    """The first code that holds under any reading; definite only if it surely holds under all."""
    verdicts = [rule(left, one, right, other) for one in left.readings for other in right.readings]
    holding = [verdict.code for verdict in verdicts if verdict.code]
    if not holding:
        return None
    code = min(holding)
    sure = all(verdict.code == code and verdict.sure for verdict in verdicts)
    definite = sure and not (capped or left.unsure or right.unsure)
    figures = {name: over_all([verdict.figures[name] for verdict in verdicts]) for name in verdicts[0].figures}
    return Found(
        family,
        codes[code - 1],
        left.id,
        right.id,
        "definite" if definite else "possible",
        tuple(sorted((name, figure) for name, figure in figures.items() if figure[1] is not None)),
    )


def over_all(values: list[float | None]) -> Figure:
    known = [value for value in values if value is not None]
    return (values[0], min(known), max(known)) if known else (None, None, None)


def falls(event: Reading, span: Period) -> tuple[bool, bool]:
    """Does the presence fall in the span, surely and perhaps?"""
    return meets(event.certain, span) or lies_inside(event.possible, span), meets(event.possible, span)


def refuted(holder: Reading, event: Reading) -> bool:
    """Surely at odds with a claim that something held in its span.

    A claim that is certain of no moment is refuted for certain only by what is certain throughout it.
    """
    if holder.certain is None:
        return lies_inside(holder.hold, event.certain)
    return falls(event, holder.hold)[0]


def since_start(holder: Reading, event: Reading) -> float | None:
    if not meets(event.possible, holder.hold) or holder.hold is None or event.possible is None:
        return None
    if holder.hold[0] == -INFINITY:
        return None
    return max(event.possible[0] - holder.hold[0], 0) / 3600


def overlap(holder: Reading, event: Reading) -> float | None:
    if not meets(event.possible, holder.hold) or holder.hold is None or event.possible is None:
        return None
    return (min(event.possible[1], holder.hold[1]) - max(event.possible[0], holder.hold[0])) / 3600


def measured(holder: Claim, event: Claim, figures: dict[str, float | None]) -> dict[str, float | None]:
    """Hours are told between claims that both say when."""
    return figures if holder.valid_mode and event.valid_mode else dict.fromkeys(figures)


def where(world: World, holder: Claim, event: Claim) -> str:
    """Can the event have been where, and of the side of which, the holder's claim is? `yes`, `perhaps` or `no`."""
    place = at_place(world, holder, event)
    of_fire = holder.codebook["value"] == "absent" and holder.kind in ("ceasefire", "hostilities")
    return "perhaps" if place == "yes" and of_fire and not of_its_side(world, holder, event) else place


def of_its_side(world: World, holder: Claim, event: Claim) -> bool:
    """Is the second surely the doing of those, and against those, of whom the first speaks? It may speak of all."""
    sides = ((holder.actor_id, event.actor_id), (holder.target_id, event.target_id))
    return all(not ours or bool(theirs and world.inside("actors", theirs, ours)) for ours, theirs in sides)


def at_place(world: World, holder: Claim, event: Claim) -> str:
    """Can the event have been where the holder's claim is about? `yes`, `perhaps` or `no`."""
    if holder.place and event.place:
        if world.inside("places", event.place, holder.place):
            everywhere = holder.codebook["value"] == "absent" or holder.place_relation == "along"
            return "yes" if everywhere or event.place == holder.place else "perhaps"
        if world.inside("places", holder.place, event.place):
            return "yes" if event.place_relation == "along" else "perhaps"
        return "no"
    placed = holder if holder.place else event
    if not placed.place:
        return "perhaps"
    if placed.incident_place and world.inside("places", placed.place, placed.incident_place):
        return "perhaps"
    return "no"


def contradicts_itself(pair: Found, left: Claim, right: Claim) -> bool:
    """Two claims of one statement conflict only when definite."""
    return left.statement_id == right.statement_id and pair.strength != "definite"


CEASEFIRE_CODES = ("ceasefire-contradicted", "ceasefire-breached", "ceasefire-not-held")


def judge_state(holder: Claim, h: Reading, event: Claim, e: Reading) -> Verdict:
    figures = measured(holder, event, {"overlap": overlap(h, e), "since_start": since_start(h, e)})
    surely, perhaps = refuted(h, e), falls(e, h.hold)[1]
    if falls(e, h.certain)[0]:
        return Verdict(1, True, figures)
    if holder.codebook["value"] != "absent" and h.certain is not None:
        surely = False  # what is there since a time may have ended before it was reported
    if holder.kind != "ceasefire":
        return Verdict(int(perhaps), surely, figures)
    later = holder.asserted_by is not None and e.possible is not None and e.possible[0] > holder.asserted_by
    if surely and later:
        return Verdict(2, True, figures)
    return Verdict(3 if perhaps else 0, surely, figures)


def state(world: World) -> Iterator[Found]:
    present = {(row["state"], row["value"]) for row in world.codebook.values() if row["value"] not in (None, "absent")}
    values = Counter(name for name, _ in present)
    best: dict[frozenset[str], tuple[Any, Found]] = {}
    for holder, event in product(world, repeat=2):
        mine, theirs = holder.codebook, event.codebook
        if not (holder.asserts and event.asserts and holder.compared and event.compared):
            continue
        if mine["state"] is None or mine["state"] != theirs["state"] or mine["value"] == theirs["value"]:
            continue
        if theirs["value"] == "absent" or (mine["value"] != "absent" and values[mine["state"]] < 2):
            continue
        place = where(world, holder, event)
        if place == "no":
            continue
        pair = over_readings("state", CEASEFIRE_CODES, holder, event, judge_state, place == "perhaps")
        if pair is None:
            continue
        shown = {"ceasefire-contradicted": ("overlap", "since_start")}.get(pair.code, ("since_start",))
        if holder.kind != "ceasefire":
            pair = pair._replace(code="state-contradicted")
            shown = ("overlap",)
        pair = pair._replace(figures=tuple(figure for figure in pair.figures if figure[0] in shown))
        order = (pair.strength, holder.id)
        both = frozenset((holder.id, event.id))
        if both not in best or order < best[both][0]:
            best[both] = (order, pair)
    by_id = {claim.id: claim for claim in world}
    for _, pair in best.values():
        if not contradicts_itself(pair, by_id[pair.left], by_id[pair.right]):
            yield pair


def judge_denied_ceasefire(holder: Claim, h: Reading, denial: Claim, d: Reading) -> Verdict:
    figures = measured(holder, denial, {"since_start": since_start(h, d)})
    return Verdict(int(falls(d, h.hold)[1]), refuted(h, d), figures)


def judge_silence(holder: Claim, h: Reading, silence: Claim, s: Reading) -> Verdict:
    noted = silence.valid_mode or (s.possible is not None and s.possible[0] == s.possible[1])
    return Verdict(1, True, {"since_start": since_start(h, s) if holder.valid_mode and noted else None})


def ceasefire(world: World) -> Iterator[Found]:
    for one, other in product(world, repeat=2):
        if one.kind != "ceasefire" or other.kind != "ceasefire" or not one.asserts:
            continue
        if not (one.compared and other.compared):
            continue
        incidents = {one.incident_id, other.incident_id}
        denies = (other.polarity == "denies" and other.predicate in ("observed", "in_force")) or (
            other.asserts and other.predicate in ("violated", "ended")
        )
        one_incident = len(incidents) == 1 or None in incidents
        place = where(world, one, other)
        if one.predicate in ("in_force", "observed") and denies and one_incident and place != "no":
            pair = over_readings(
                "ceasefire",
                ("ceasefire-denied",),
                one,
                other,
                judge_denied_ceasefire,
                place == "perhaps" or None in incidents,
            )
            if pair and not contradicts_itself(pair, one, other):
                yield pair
        unsure = other.polarity == "cannot_confirm" and other.predicate not in ("violated", "ended")
        silent = unsure or (other.polarity == "denies" and other.predicate == "confirmed")
        if one.predicate == "in_force" and silent and len(incidents) == 1 and None not in incidents:
            pair = over_readings("ceasefire", ("ceasefire-unconfirmed",), one, other, judge_silence, False)
            if pair:
                yield pair._replace(strength="unconfirmed")


def agreement(world: World, table: str, asserted: str | None, denied: str | None) -> str:
    """Does a denial cover the assertion? `yes` where it is as wide or wider, or names nobody and nothing."""
    if denied is None or (asserted and world.inside(table, asserted, denied)):
        return "yes"
    return "perhaps" if asserted is None or world.inside(table, denied, asserted) else "no"


def figure_denied(asserted: Claim, denied: Claim) -> str:
    """Does a denial deny the number that is asserted? `yes` where it denies all that it can be, or there is none."""
    ours, theirs = ((claim.count_min, claim.count_max) for claim in (asserted, denied))
    if (None, None) in (ours, theirs):
        return "yes"
    if (asserted.count_mode == "increment") != (denied.count_mode == "increment"):
        return "no"
    (low, high), (least, most) = (
        (-INFINITY if low is None else low, INFINITY if high is None else high) for low, high in (ours, theirs)
    )
    if least <= low and high <= most:
        return "yes"
    return "perhaps" if max(low, least) <= min(high, most) else "no"


def judge_denial(assertion: Claim, a: Reading, denial: Claim, d: Reading) -> Verdict:
    if any(all(reading.possible is None for reading in claim.readings) for claim in (assertion, denial)):
        return Verdict(1, False)
    surely, perhaps = falls(a, d.hold)
    if assertion.codebook["value"] == "absent":
        surely = a.certain is not None and lies_inside(d.possible, a.hold)
    return Verdict(int(perhaps), surely)


def denial(world: World) -> Iterator[Found]:
    for one, other in product(world, repeat=2):
        if not (one.asserts and other.polarity == "denies" and one.compared and other.compared):
            continue
        if one.kind == "ceasefire" or one.incident_id is None or one.incident_id != other.incident_id:
            continue
        if (one.kind, one.predicate) != (other.kind, other.predicate):
            continue
        # Who denies that there was no fighting says that there was some, which has to be where there was none.
        inner, outer = (other, one) if one.codebook["value"] == "absent" else (one, other)
        agree = {
            agreement(world, "actors", inner.actor_id, outer.actor_id),
            agreement(world, "actors", inner.target_id, outer.target_id),
            agreement(world, "places", inner.place, outer.place),
        }
        if inner is other and other.place and not one.place:
            agree.add("perhaps")  # no fighting, nobody says where
        if "no" in agree or (one.answer and other.answer and one.answer != other.answer):
            continue
        agree.add(figure_denied(one, other))
        if "no" in agree:
            continue
        pair = over_readings("denial", ("denied",), one, other, judge_denial, agree != {"yes"})
        if pair and not contradicts_itself(pair, one, other):
            yield pair


def attribution(world: World) -> Iterator[Found]:
    for one, other in ordered_pairs(world):
        if one.incident_id is None or one.incident_id != other.incident_id or not one.actor_id or not other.actor_id:
            continue
        if world.inside("actors", one.actor_id, other.actor_id) or world.inside("actors", other.actor_id, one.actor_id):
            continue
        if one.statement_id == other.statement_id:
            continue
        same = (one.kind, one.predicate) == (other.kind, other.predicate)
        if same and one.codebook["exclusive"]:
            both = names_too(world, one, other) or names_too(world, other, one)
            apart = one.place and other.place and not joined(world, one.place, other.place)
            akin = top(world, one.actor_id) == top(world, other.actor_id)
            strength = "possible" if one.doubtful or other.doubtful or both or apart or akin else "definite"
        elif one.codebook["blame"] and other.codebook["blame"]:
            strength = "tension"
        else:
            continue
        figures = (("parties", (2.0, 2.0, 2.0)),)
        yield Found("attribution", "attribution-conflict", one.id, other.id, strength, figures)


def top(world: World, actor: str) -> str:
    """The side of which an actor is part."""
    above = world.actors[actor]["member_of"]
    return top(world, above) if above else actor


def joined(world: World, one: str, other: str) -> bool:
    """Is either of two places part of the other?"""
    return world.inside("places", one, other) or world.inside("places", other, one)


def names_too(world: World, one: Claim, other: Claim) -> bool:
    """Whether the statement of `one` says the same of the actor of `other`, or of one that is part of the other."""
    return any(
        fellow.actor_id
        and (fellow.statement_id, fellow.kind, fellow.predicate, fellow.incident_id)
        == (one.statement_id, one.kind, one.predicate, one.incident_id)
        and fellow.polarity == "asserts"
        and fellow.certainty != "anticipated"
        and (
            world.inside("actors", fellow.actor_id, other.actor_id)
            or world.inside("actors", other.actor_id, fellow.actor_id)
        )
        for fellow in world
    )


def answer(world: World) -> Iterator[Found]:
    for one, other in ordered_pairs(world):
        if one.incident_id is None or one.incident_id != other.incident_id or not one.incident["single_answer"]:
            continue
        if one.answer and other.answer and one.answer != other.answer:
            strength = "possible" if one.doubtful or other.doubtful else "definite"
            yield Found("answer", "answer-conflict", one.id, other.id, strength, ())


def ordered_pairs(world: World) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of assertions about what is not in the future, the one that was said earlier first."""
    for one, other in product(world, repeat=2):
        if one.said < other.said and one.asserts and other.asserts and one.compared and other.compared:
            yield one, other


def starts(claim: Claim, reading: Reading) -> tuple[float, float, bool] | None:
    """The earliest and latest possible start, and whether the latest itself is one."""
    if reading.possible is None:
        return None
    start, end = reading.possible
    if claim.valid_mode in ("at", "since", "throughout"):
        return start, start, True
    return start, end, start == end


def begun_by_then(world: World, early: Claim, late: Claim) -> bool:
    """Does what began in one place say that it had begun in another one, which a later claim is about?

    Nothing had begun in the place of the later claim, so that it contains no place where something had. An absence is
    one of the whole place.
    """
    inside = late.place is None or bool(early.place and world.inside("places", early.place, late.place))
    around = early.place is None and late.place is None
    if early.place and late.place:
        around = world.inside("places", late.place, early.place)
    if early.codebook["value"] == "absent":
        return around and of_its_side(world, early, late)
    return inside or (around and early.place_relation == "along")


def start(world: World) -> Iterator[Found]:
    marks = [
        claim
        for claim in world
        if claim.asserts and claim.compared and claim.codebook["marks_start"] and claim.incident_id
    ]

    def judge_start(one: Claim, first: Reading, other: Claim, second: Reading) -> Verdict:
        a, b = starts(one, first), starts(other, second)
        if a is None or b is None:
            return Verdict(0, False, {"gap": None})
        for low, high, early, late in ((a, b, one, other), (b, a, other, one)):
            gap = high[0] - low[1]
            if gap > HALF_AN_HOUR or (gap == HALF_AN_HOUR and not low[2]):
                before = late.codebook["value"] == "absent" and late.valid_mode == "throughout"
                return Verdict(1, begun_by_then(world, early, late) and not before, {"gap": gap / 3600})
        return Verdict(0, False, {"gap": None})

    for one, other in product(marks, repeat=2):
        first, second = (claim.readings[0].possible for claim in (one, other))
        earlier = (first[0] if first else INFINITY, one.id) < (second[0] if second else INFINITY, other.id)
        if earlier and (one.incident_id, one.kind) == (other.incident_id, other.kind):
            pair = over_readings("start", ("start-mismatch",), one, other, judge_start, False)
            if pair:
                yield pair
