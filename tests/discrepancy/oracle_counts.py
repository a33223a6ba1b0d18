"""The rules about figures, said slowly: loops over pairs and triples of counts and all their readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from oracle_states import Figure, Found
from oracle_world import DAY, INFINITY, Claim, World

CODES = (
    "count-mismatch",
    "count-exceeds-whole",
    "count-outdated",
    "count-fell",
    "count-delta",
    "count-sum",
    "count-term-unclear",
)
Window = tuple[float, float, float]
"""Baseline and as-of, and the as-of as it is stated, be it after the end of the incident."""


@dataclass(frozen=True)
class Count:
    """A claim with a figure. Two figures of one `scope` are comparable; `subject` is the scope without the mode."""

    claim: Claim
    low: float
    high: float
    cumulative: bool
    confirmed: bool
    capped: bool
    vague: bool
    subject: tuple[Any, ...]
    scope: tuple[Any, ...]
    series: tuple[Any, ...]
    windows: tuple[Window, ...]
    since: tuple[float, ...]
    """The baselines of the windows as they are stated, be it before the start of the incident."""

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def recorded(self) -> Window:
        return self.windows[0]

    def high_against(self, other: Count) -> float:
        """A confirmed figure is only a lower bound against every other series."""
        return INFINITY if self.confirmed and self.series != other.series else self.high


def counts(world: World) -> list[Count]:
    found = []
    for claim in world:
        row = claim.codebook
        figure = claim.count_min is not None or claim.count_max is not None
        if claim.kind != "count" or row["outcomes"] is None or not figure or not claim.asserts or not claim.compared:
            continue
        *subject, cumulative = scope = scope_of(world, claim)
        found.append(
            Count(
                claim=claim,
                low=-INFINITY if claim.count_min is None else claim.count_min,
                high=INFINITY if claim.count_max is None else claim.count_max,
                cumulative=cumulative,
                confirmed=claim.count_basis == "confirmed",
                capped=(
                    claim.doubtful
                    or bool(claim.count_approx)
                    or claim.valid_to is None
                    or (claim.valid_from is None and not cumulative)
                    or claim.incident_id is None
                ),
                vague=row["vague"],
                subject=tuple(subject),
                scope=scope,
                series=(list(world.actors).index(claim.claimant_id), claim.count_basis or ""),
                windows=tuple(window(claim, reading.valid_from, reading.valid_to) for reading in claim.readings),
                since=tuple(
                    window(claim, None, reading.valid_to)[0] if reading.valid_from is None else reading.valid_from
                    for reading in claim.readings
                ),
            )
        )
    return found


def scope_of(world: World, claim: Claim) -> tuple[Any, ...]:
    """What a claim counts, be it in words: outcomes, population, place and incident, and whether it is a total."""
    own = meaning(world, claim.predicate), claim.target_id, claim.place, claim.incident_id
    return *own, claim.count_mode != "increment"


def window(claim: Claim, valid_from: int | None, valid_to: int | None) -> Window:
    """Baseline and as-of, clipped to the incident: blank, its start, and when the claim was made.

    What lies wholly outside the incident is not clipped; a baseline that is not stated is then no later than the as-of.
    """
    opens, closes = claim.incident.get("starts_at"), claim.incident.get("ends_at")
    earliest = -INFINITY if opens is None else opens
    latest = INFINITY if closes is None else closes
    since = earliest if valid_from is None else valid_from
    as_of = valid_to if valid_to is not None else claim.asserted_by
    until = INFINITY if as_of is None else as_of
    if until < earliest or since < until == earliest:
        return (-INFINITY if valid_from is None else since, until, until)
    if since > latest or since == latest < until:
        return (since, until, until)
    return (max(since, earliest), min(until, latest), until if valid_to is not None else min(until, latest))


def term_within(world: World, part: str, whole: str) -> bool:
    """Does `whole` count everything that `part` counts?"""
    one, other = world.codebook["count", part], world.codebook["count", whole]
    if one["unit"] != other["unit"]:
        return False
    wider: str | None = part
    while wider is not None:
        if wider == whole:
            return True
        wider = world.codebook["count", wider]["narrower_of"]
    return other["narrower_of"] is None and set(one["outcomes"].split("|")) <= set(other["outcomes"].split("|"))


def meaning(world: World, predicate: str) -> str:
    """The first predicate of the codebook that counts the same set."""
    return next(
        name
        for (kind, name), row in world.codebook.items()
        if kind == "count"
        and row["outcomes"] is not None
        and term_within(world, name, predicate)
        and term_within(world, predicate, name)
    )


def contained(world: World, table: str, part: str | None, whole: str | None) -> bool:
    """Blank is comparable only with blank."""
    if part is None or whole is None:
        return part == whole
    return world.inside(table, part, whole)


def found(code: str, left: Count, right: Count, strength: str, **figures: Figure) -> Found:
    known = tuple(sorted((name, figure) for name, figure in figures.items() if figure[1] is not None))
    return Found("count", code, left.id, right.id, strength, known)


def strength(sure: bool, *claims: Count) -> str:
    return "definite" if sure and not any(claim.capped for claim in claims) else "possible"


def distance(lower: Count, higher: Count) -> dict[str, Figure]:
    gap = higher.low - lower.high
    ratio = round(higher.low / lower.high, 4) if lower.high > 0 else None
    most = higher.high_against(lower) / lower.low if lower.low > 0 else INFINITY
    return {
        "gap": (gap, gap, higher.high_against(lower) - lower.low),
        "ratio": (ratio, ratio, round(most, 4) if most < INFINITY else most),
    }


def mismatch(world: World, clear: list[Count]) -> Iterator[Found]:
    for lower, higher in product(clear, repeat=2):
        if lower.scope != higher.scope or lower.high_against(higher) >= higher.low:
            continue
        if updates(world, clear, lower, higher) or updates(world, clear, higher, lower):
            continue
        one_window = [
            one[:2] == other[:2] and not in_turn(lower, one, higher, other)
            for one, other in product(lower.windows, higher.windows)
        ]
        if any(one_window):
            of_one_time = all(one == other for one, other in product(lower.windows, higher.windows))
            of_one_time = of_one_time and takes_in(world, lower, higher)
            yield found(
                "count-mismatch", lower, higher, strength(of_one_time, lower, higher), **distance(lower, higher)
            )
        elif lower.cumulative and lower.series != higher.series and may_come_next(clear, higher, lower):
            yield found("count-mismatch", lower, higher, "possible", **distance(lower, higher))


def takes_in(world: World, whole: Count, part: Count) -> bool:
    """Does the first leave out nothing of the second for who did it, or as of before their incident?

    Who names nobody counts the doing of all. Of an addition, what was added before can be less than nothing.
    """
    ours, theirs = whole.claim.actor_id, part.claim.actor_id
    if ours is not None and (theirs is None or not world.inside("actors", theirs, ours)):
        return False
    return all(w == p or (whole.cumulative and w < p) for w, p in product(whole.since, part.since))


def in_turn(one: Count, ours: Window, other: Count, theirs: Window) -> bool:
    """Totals of one series that are stated as of two times come one after the other: see `fell`."""
    if not one.cumulative or one.series != other.series:
        return False
    return ours[2] != theirs[2] and None not in (one.claim.valid_to, other.claim.valid_to)


def updates(world: World, clear: list[Count], later: Count, earlier: Count) -> bool:
    """Is the first an update of the second, or of an update of it, within one scope, or a repeat of one?

    What is between them may give no figure, but words.
    """
    links = [link for link in world.links if link["relation"] == "updates"]
    ends = {link[end] for link in links for end in ("claim_id", "other_id")}
    said: dict[str, tuple[Any, ...]] = {
        claim.id: (claim.id,) for claim in world if claim.id in ends and counts_in(world, claim, later.scope)
    }
    said |= {count.id: figure_of(count) for count in clear if count.scope == later.scope}
    waiting = sorted(own for own, figure in said.items() if figure == figure_of(later))
    seen = set(waiting)
    for at in waiting:
        figures = [said[link["other_id"]] for link in links if link["claim_id"] == at and link["other_id"] in said]
        further = {own for own, figure in said.items() if figure in figures} - seen
        seen |= further
        waiting += sorted(further)
    return earlier.id in seen


def counts_in(world: World, claim: Claim, scope: tuple[Any, ...]) -> bool:
    """Does it speak of a number of that scope, whether or not it gives a figure?"""
    return claim.kind == "count" and claim.codebook["outcomes"] is not None and scope_of(world, claim) == scope


def figure_of(count: Count) -> tuple[Any, ...]:
    """What a repeat has in common with what it repeats."""
    return count.claim.claimant_id, count.scope, count.recorded, count.low, count.high


def standing(world: World, clear: list[Count]) -> list[Count]:
    """The figures that their claimant has not corrected: given another one for their window. Repeats have gone, too.

    A figure can be corrected in words, or be denied.
    """
    by_id = {count.id: count for count in clear}
    both = [(new, by_id[old.id]) for new, old in corrections(world, clear) if old.id in by_id]
    gone, given = {old.id for _, old in both}, {new.id for new, _ in both}
    figures = [figure_of(old) for _, old in both]
    return [count for count in clear if count.id not in gone and (count.id in given or figure_of(count) not in figures)]


def corrections(world: World, clear: list[Count]) -> Iterator[tuple[Claim, Claim]]:
    """What a claimant says otherwise of a scope and window than before, and what was said before, be it in words."""
    by_id, claims = {count.id: count for count in clear}, {claim.id: claim for claim in world}
    for link in world.links:
        if link["relation"] != "updates":
            continue
        new, old = claims[link["claim_id"]], claims[link["other_id"]]
        if old.kind != "count" or old.codebook["outcomes"] is None or not new.compared:
            continue
        if not counts_in(world, new, scope_of(world, old)) or new.claimant_id != old.claimant_id:
            continue
        if window_of(new) != window_of(old):
            continue
        if new.id in by_id and old.id in by_id and figure_of(by_id[new.id]) == figure_of(by_id[old.id]):
            continue
        yield new, old


def window_of(claim: Claim) -> Window:
    """As recorded."""
    return window(claim, claim.readings[0].valid_from, claim.readings[0].valid_to)


def instead(world: World, clear: list[Count], old: Count) -> list[Count]:
    """The figures that stand in the place of a corrected one: corrections of corrections, with words between."""
    by_id, stands, both = {count.id: count for count in clear}, standing(world, clear), list(corrections(world, clear))
    said, found = [old.id], []
    for each in said:
        again = {each}
        if each in by_id:
            again |= {count.id for count in clear if figure_of(count) == figure_of(by_id[each])}
        for new, corrected in both:
            if corrected.id not in again:
                continue
            if by_id.get(new.id) in stands:
                found.append(by_id[new.id])
            elif new.id not in said:
                said.append(new.id)
    return list({count.id: count for count in found}.values())


def may_come_next(clear: list[Count], earlier: Count, later: Count) -> bool:
    """Under some reading of all: is `later` the nearest later figure of its series, a day away at most?"""
    others = [
        other for other in clear if other is not later and other.scope == later.scope and other.series == later.series
    ]
    for ours, theirs, *between in product(earlier.windows, later.windows, *(other.windows for other in others)):
        near = ours[0] == theirs[0] and ours[1] < theirs[1] <= ours[1] + DAY
        if near and not any(base == ours[0] and ours[1] < as_of < theirs[1] for base, as_of, _ in between):
            return True
    return False


def exceeds_whole(world: World, clear: list[Count]) -> Iterator[Found]:
    stands = standing(world, clear)
    for whole, part in product(clear, repeat=2):
        if whole.claim.claimant_id == part.claim.claimant_id and not (whole in stands and part in stands):
            continue  # the claimant has corrected one of the two
        if whole is part or whole.high_against(part) >= part.low or whole.cumulative != part.cumulative:
            continue
        one, other = part.claim, whole.claim
        if not (
            one.incident_id == other.incident_id
            and contained(world, "places", one.place, other.place)
            and contained(world, "actors", one.target_id, other.target_id)
            and term_within(world, one.predicate, other.predicate)
        ):
            continue
        inside = [lies_within(part, p, whole, w) for p, w in product(part.windows, whole.windows)]
        if any(inside):
            excess = part.low - whole.high
            yield found(
                "count-exceeds-whole",
                whole,
                part,
                strength(
                    all(inside)
                    and whole.cumulative
                    and takes_in(world, whole, part)
                    and all(begun(p, w) and still_counted(part, p, w) for p, w in product(part.windows, whole.windows)),
                    part,
                    whole,
                ),
                excess=(excess, excess, part.high_against(whole) - whole.low),
            )


def still_counted(part: Count, p: Window, w: Window) -> bool:
    """Nobody leaves the count of the killed; the missing are found, and a figure of them is of its time only."""
    return p[2] == w[2] or (lasting(part) and p[2] <= w[2])


def lasting(count: Count) -> bool:
    return bool(count.claim.codebook["outcomes"] == "killed")


def begun(p: Window, w: Window) -> bool:
    """Is it known since when the whole counts, or of neither?"""
    return w[0] > -INFINITY or p[0] == -INFINITY


def lies_within(part: Count, p: Window, whole: Count, w: Window) -> bool:
    """Is the window of the part inside that of the whole? Earlier totals of one scope are no parts of later ones."""
    if part.scope == whole.scope and (p[:2] == w[:2] or (part.cumulative and p[0] == w[0])):
        return False
    return w[0] <= p[0] and p[1] <= w[1]


def outdated(world: World, clear: list[Count], known: list[Count]) -> Iterator[Found]:
    dated = [
        count
        for count in clear
        if count.claim.reported is not None and (count.cumulative or as_stated(count) is not None)
    ]
    for again in dated:
        own = [other for other in dated if claimant_and_window(other) == claimant_and_window(again)]
        said = [
            latest_report(other.claim)
            for other in own
            if (other.low, other.high) == (again.low, again.high)
            and (as_stated(other) == as_stated(again) or None in (as_stated(other), as_stated(again)))
        ]
        if not min(said) < earliest_report(again.claim):
            continue
        overtaken = [
            (latest_report(other.claim), other.id)
            for other in own
            if (other.low > again.high_against(other) or other.high_against(again) < again.low)
            and min(said) < earliest_report(other.claim)
            and latest_report(other.claim) < earliest_report(again.claim)
            and not known_before(other, again)
        ]
        overtaken += [
            (latest_report(claim), claim.id)
            for claim in world
            if (claim.kind, claim.predicate, claim.polarity) == ("count", "will_rise", "asserts")
            and says_of(claim) == says_of(again.claim)
            and again.scope in (of_statement(claim, known) or {again.scope})
            and claim.reported is not None
            and min(said) <= earliest_report(claim)
            and latest_report(claim) < earliest_report(again.claim)
        ]
        if overtaken:
            _, by = min(overtaken)
            overtaking = next(claim for claim in world if claim.id == by)
            least = (earliest_report(again.claim) - overtaking.reported) / 3600
            most = (again.claim.reported - earliest_report(overtaking)) / 3600
            yield Found("count", "count-outdated", again.id, by, "tension", (("stale", (least, least, most)),))


def earliest_report(claim: Claim) -> float:
    """Of a bare date any time of that day can be the time of the report, and of none any time at all."""
    return -INFINITY if claim.reported_from is None else claim.reported_from


def latest_report(claim: Claim) -> float:
    """The last moment at which a claim can have been reported: of a day that before its midnight."""
    assert claim.reported is not None
    return claim.reported - 0.5 if -INFINITY < earliest_report(claim) < claim.reported else claim.reported


def says_of(claim: Claim) -> tuple[Any, ...]:
    return claim.claimant_id, claim.incident_id, claim.target_id, claim.place


def of_statement(rise: Claim, known: list[Count]) -> set[tuple[Any, ...]]:
    """The scopes of the figures that are given in one breath with the claim that a figure will rise."""
    return {
        count.scope
        for count in known
        if count.claim.statement_id == rise.statement_id and says_of(count.claim) == says_of(rise)
    }


def claimant_and_window(count: Count) -> tuple[Any, ...]:
    """Totals are compared of one baseline, additions of one window, and both if they count alike."""
    ends = None if count.cumulative else as_stated(count)
    return count.claim.claimant_id, count.scope, count.recorded[0], ends, counted_for(count)


def as_stated(count: Count) -> int | None:
    return count.claim.readings[0].valid_to


def known_before(one: Count, other: Count) -> bool:
    """Is the first figure as of an earlier time than the second, by what both state?"""
    ours, theirs = as_stated(one), as_stated(other)
    return ours is not None and theirs is not None and ours < theirs


def fell(world: World, clear: list[Count]) -> Iterator[Found]:
    for earlier, later in product(clear, repeat=2):
        if not earlier.cumulative or earlier.scope != later.scope or earlier.series != later.series:
            continue
        if not follows(earlier.recorded, later.recorded) or later.high >= earlier.low:
            continue
        dated = earlier.claim.valid_to is not None and later.claim.valid_to is not None
        alike = counted_for(earlier) == counted_for(later)
        between = any(
            other.scope == later.scope
            and other.series == later.series
            and (not dated or other.claim.valid_to is not None)
            and (not alike or counted_for(other) == counted_for(earlier))
            and follows(earlier.recorded, other.recorded)
            and follows(other.recorded, later.recorded)
            for other in clear
        )
        if not between:
            always = all(follows(one, other) for one, other in product(earlier.windows, later.windows))
            always = always and takes_in(world, later, earlier)
            least = earlier.low - later.high
            fall = (least, least, earlier.high - later.low)
            yield found("count-fell", earlier, later, strength(always, earlier, later), fall=fall)


def counted_for(count: Count) -> tuple[Any, ...]:
    """Whose doing it counts, and since when, as recorded and as it is stated."""
    return count.claim.actor_id, count.since[0]


def follows(earlier: Window, later: Window) -> bool:
    """Of one series: by the as-of as it is stated."""
    return earlier[0] == later[0] and earlier[2] < later[2]


def delta(world: World, clear: list[Count]) -> Iterator[Found]:
    for increment, first, last in product(sorted(clear, key=lambda count: count.id), repeat=3):
        if increment.cumulative or not first.cumulative or not last.cumulative or first is last:
            continue
        if len({count.subject for count in (increment, first, last)}) > 1:
            continue
        if len({count.series for count in (increment, first, last)}) > 1:
            continue
        fits = [
            i[0] < i[1] and f[2] == since and t[2] == i[2] and of_first == of_last
            for (i, since), (f, of_first), (t, of_last) in product(
                *(zip(count.windows, count.since, strict=True) for count in (increment, first, last))
            )
        ]
        least = increment.low - (last.high - first.low)
        most = increment.high - (last.low - first.high)
        if any(fits) and (least > 0 or most < 0):
            figure = (least if least > 0 else most, least, most)
            sure = all(fits) and len({count.claim.actor_id for count in (increment, first, last)}) == 1
            for other in (last, first):
                yield found("count-delta", increment, other, strength(sure, increment, first, last), difference=figure)


def parts_sum(world: World, clear: list[Count]) -> Iterator[Found]:
    for whole in standing(world, clear):
        parts, unsaid = parts_of(world, clear, whole)
        two = list(combinations(parts, 2))
        if not parts or not all(disjoint(world, one, other, some=True) for one, other in two):
            continue
        ceiling = min(whole.high_against(part) if whole.confirmed else whole.high for part in parts)
        if any(whole.high_against(part) == INFINITY for part in parts):
            ceiling = INFINITY
        above = sum(part.low for part in parts) - ceiling
        below = sum(part.high_against(whole) for part in parts) - whole.low
        # Of how many a part is that was corrected in words nobody knows; an addition can be negative, too.
        if unsaid:
            below = INFINITY
        if not all(count.cumulative for count in unsaid):
            above = -INFINITY
        if above > 0 or below < 0:
            figure = (above if above > 0 else below, above, below)
            in_time = all(
                w[0] <= p[0] and p[1] <= w[1] and begun(p, w) and still_counted(part, p, w)
                for part in parts
                for w, p in product(whole.windows, part.windows)
            )
            recount = not all(count.cumulative for count in (whole, *parts))
            in_time = in_time and all(takes_in(world, whole, part) for part in parts)
            sure = above > 0 and not recount and in_time and all(disjoint(world, one, other) for one, other in two)
            for part in parts:
                yield found("count-sum", whole, part, strength(sure, whole, *parts), difference=figure)


def parts_of(world: World, clear: list[Count], whole: Count) -> tuple[list[Count], list[Count]]:
    """The figures that stand for the declared parts of a total, or of one that it corrects; and what has none now.

    What is declared of the total itself comes before what stands for a figure of the same people and window.
    """
    by_id, stands = {count.id: count for count in clear}, standing(world, clear)
    declared = [
        (by_id[link["claim_id"]], by_id[link["other_id"]])
        for link in world.links
        if link["relation"] == "part_of" and {link["claim_id"], link["other_id"]} <= by_id.keys()
    ]
    own, taken = {}, []
    for part, of in declared:
        stays = part in stands or part.claim.incident_id != of.claim.incident_id
        if of is whole and stays and part is not whole:
            own[part.id] = part
        elif of is whole or (of not in stands and whole in instead(world, clear, of)):
            taken.append((part, [part] if stays else instead(world, clear, part)))
    rooms = {room(part) for part in own.values()}
    taken = [(part, [new for new in instead if new is not whole]) for part, instead in taken if room(part) not in rooms]
    found = own | {new.id: new for _, instead in taken for new in instead}
    filled = {room(count) for count in found.values()}
    return list(found.values()), [part for part, _ in taken if room(part) not in filled]


def room(count: Count) -> tuple[Any, ...]:
    """Two totals of one scope count the same people, two additions if they are of one window, too."""
    return count.scope, None if count.cumulative else (count.recorded[0], count.recorded[2])


def of_others(world: World, one: Count, other: Count) -> bool:
    """Do their populations or places lie apart?"""
    sides = (
        ("actors", one.claim.target_id, other.claim.target_id),
        ("places", one.claim.place, other.claim.place),
    )
    return any(ours and theirs and not world.overlap(table, ours, theirs) for table, ours, theirs in sides)


def disjoint(world: World, one: Count, other: Count, *, some: bool = False) -> bool:
    """Can the two not count the same people, under every reading of their windows, or under some?"""
    if of_others(world, one, other):
        return True
    if not set(one.claim.codebook["outcomes"].split("|")) & set(other.claim.codebook["outcomes"].split("|")):
        return True
    if one.cumulative or other.cumulative:
        return False
    apart = [ours[1] <= theirs[0] or theirs[1] <= ours[0] for ours, theirs in product(one.windows, other.windows)]
    return any(apart) if some else all(apart)


def term_unclear(world: World, vague: list[Count], clear: list[Count]) -> Iterator[Found]:
    stands = standing(world, clear)
    for total, outcome in product(vague, clear):
        one, other = total.claim, outcome.claim
        if one.claimant_id == other.claimant_id and outcome not in stands:
            continue
        if one.incident_id is None or total.scope[1:] != outcome.scope[1:]:
            continue
        if not term_within(world, other.predicate, one.predicate) or total.high_against(outcome) > outcome.low:
            continue
        if outcome.low <= 0:
            continue
        if any(may_be_one(total, w, outcome, p) for w, p in product(total.windows, outcome.windows)):
            implied = implied_total(world, total, clear)
            yield found("count-term-unclear", total, outcome, "tension", implied=(implied, implied, INFINITY))


def may_be_one(one: Count, ours: Window, other: Count, theirs: Window) -> bool:
    """Are the windows not known to differ? Nothing may tell a baseline; a blank as-of is no later than the claim."""
    for (baseline, as_of, _), since, count in ((ours, theirs[0], one), (theirs, ours[0], other)):
        if baseline == -INFINITY and count.claim.valid_to is not None and as_of <= since:
            return False
    if ours[0] != theirs[0] and -INFINITY not in (ours[0], theirs[0]):
        return False
    return may_end_together(one, ours, other, theirs)


def may_end_together(one: Count, ours: Window, other: Count, theirs: Window) -> bool:
    early, late = sorted([(ours[1], one), (theirs[1], other)], key=lambda each: each[0])
    return early[0] == late[0] or late[1].claim.valid_to is None


def implied_total(world: World, total: Count, clear: Iterable[Count]) -> float:
    """The clear figures inside the total that were known by then, largest first, of which none overlap.

    They are of its mode, and none surely counts since an earlier time. Only the killed of an earlier time still count.
    """
    inside = [
        count
        for count in clear
        if count.low > -INFINITY
        and count.cumulative == total.cumulative
        and any(adds_up(count, p, total, w) for p, w in product(count.windows, total.windows))
        and count.claim.incident_id == total.claim.incident_id
        and contained(world, "actors", count.claim.target_id, total.claim.target_id)
        and contained(world, "places", count.claim.place, total.claim.place)
        and term_within(world, count.claim.predicate, total.claim.predicate)
        and (
            count.claim.reported is None or total.claim.reported is None or count.claim.reported <= total.claim.reported
        )
    ]
    ids = {count.id for count in inside}
    parts = {link["claim_id"] for link in world.links if link["relation"] == "part_of" and link["other_id"] in ids}
    chosen: list[Count] = []
    for count in sorted(inside, key=lambda count: (-count.low, count.id)):
        if count.id not in parts and all(
            disjoint(world, count, other) and (counted_together(count, other) or of_others(world, count, other))
            for other in chosen
        ):
            chosen.append(count)
    return sum(count.low for count in chosen)


def adds_up(part: Count, p: Window, total: Count, w: Window) -> bool:
    since = p[0] >= w[0] or (p[0] == -INFINITY and p[1] > w[0])
    return since and ((lasting(part) and p[1] <= w[1]) or may_end_together(part, p, total, w))


def counted_together(one: Count, other: Count) -> bool:
    """Surely of one time, or the earlier is of the killed: the wounded of noon can be the killed of the evening."""
    return all(p[1] == q[1] or lasting(one if p[1] < q[1] else other) for p, q in product(one.windows, other.windows))


def count(world: World) -> Iterator[Found]:
    """Of one pair of claims the first code that holds, and once: the stronger or the first of two findings."""
    everything = counts(world)
    clear = [count for count in everything if not count.vague]
    vague = [count for count in everything if count.vague]
    pairs = [
        *mismatch(world, clear),
        *exceeds_whole(world, clear),
        *outdated(world, clear, everything),
        *fell(world, standing(world, clear)),
        *delta(world, standing(world, clear)),
        *parts_sum(world, clear),
        *term_unclear(world, vague, clear),
    ]
    best: dict[frozenset[str], Found] = {}
    for pair in pairs:
        both = frozenset((pair.left, pair.right))
        if both not in best or rank(pair) < rank(best[both]):
            best[both] = pair
    yield from best.values()


def rank(pair: Found) -> tuple[int, str]:
    """By code, then by strength."""
    return CODES.index(pair.code), pair.strength


def series(world: World) -> Iterator[Found]:
    """Two series of one scope with two shared as-ofs or more, as recorded."""
    running = [count for count in counts(world) if not count.vague and count.cumulative]
    tracks: dict[tuple[Any, ...], list[Count]] = {}
    for figure in sorted(running, key=lambda figure: figure.id):
        tracks.setdefault((figure.scope, figure.series), []).append(figure)
    for (scope, one), (other_scope, other) in product(tracks, repeat=2):
        if scope != other_scope or not one < other:
            continue
        ours, theirs = tracks[scope, one], tracks[scope, other]
        shared = {**beside(ours, theirs, swap=False)}
        for at, pairs in beside(theirs, ours, swap=True).items():
            shared.setdefault(at, []).extend(pairs)
        if len(shared) < 2:
            continue
        chosen = [min(shared[at], key=lambda pair: (pair[0].id, pair[1].id)) for at in sorted(shared)]
        if all(middle(ours) == middle(theirs) for ours, theirs in chosen):
            continue
        ratios = [ratio(*pair) for pair in chosen]
        known = [value for value in ratios if value is not None]
        figures: dict[str, float | None] = {
            "first": ratios[0],
            "last": ratios[-1],
            "smallest": min(known, default=None),
            "largest": max(known, default=None),
        }
        yield Found(
            "series",
            "count-gap",
            chosen[-1][0].id,
            chosen[-1][1].id,
            "tension",
            tuple(sorted((name, (value,) * 3) for name, value in figures.items() if value is not None)),
        )


def beside(ours: list[Count], theirs: list[Count], *, swap: bool) -> dict[float, list[tuple[Count, Count]]]:
    """Each figure of ours with those of theirs of the same or the nearest earlier as-of, a day away at most.

    The figures set beside each other have one baseline.
    """
    found: dict[float, list[tuple[Count, Count]]] = {}
    for figure in ours:
        base, at, _ = figure.recorded
        before = [other for other in theirs if other.recorded[0] == base and at - DAY <= other.recorded[1] <= at]
        nearest = max((other.recorded[1] for other in before), default=None)
        for other in before:
            if other.recorded[1] == nearest:
                found.setdefault(at, []).append((other, figure) if swap else (figure, other))
    return found


def ratio(one: Count, other: Count) -> float | None:
    low, high = sorted((middle(one), middle(other)))
    return round(high / low, 4) if low > 0 else None


def middle(count: Count) -> float:
    low = count.low if count.low > -INFINITY else count.high
    return (low + (count.high if count.high < INFINITY else low)) / 2
