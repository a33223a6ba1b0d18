"""On what the strength or the figure of a finding depends: an assumed zone, a hedge, a wide place, a missing as-of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts import windows
from claimtrack.discrepancy.counts.figures import unbegun
from claimtrack.discrepancy.counts.totals import AT_START
from claimtrack.discrepancy.facts import Texts
from claimtrack.discrepancy.families import attribution, ceasefire, denial, start, state
from claimtrack.discrepancy.families.where import by_others
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import POSSIBLE
from claimtrack.discrepancy.telling.beside import beside
from claimtrack.discrepancy.telling.causes import AT_MOST_POSSIBLE, AT_PLACE, TAKEN, TIMED, Causes
from claimtrack.discrepancy.telling.wording import each_once, spoken_offset
from claimtrack.discrepancy.telling.zones import zones, zones_of_parts
from claimtrack.moments import FAR_FUTURE, MISSING
from claimtrack.scopes import NOBODY, Bools, Ints

NARROWER = "narrower than what is asserted"
WIDER = "wider"
ANOTHER = "another one"
AS_OF_SAID = "not stated: the time at which it was said is taken"
AS_OF_REPORTED = "not stated: the report's time is taken"
NO_INCIDENT = "not stated: it may be another one than that of the other figure"
BASELINE_START = "not stated: the start of its incident is taken"
AS_OF_CUT = "not stated: the end of its incident's window is taken"
SHORT = "more than its declared parts, of which some may be missing"
RECOUNT = "an addition, of which another part may be negative, a recount"
AFTERWARDS = "after the end of its incident, and later than that of the other figure"
LATER = "later than that of the whole, after the end of their incident"
UNKNOWN_START = "not stated: since when is not known"
EARLIER = "earlier than that of the whole, which may have fallen since"
UNFILLED = ("around", "within", "until")
"""Modes of claims that are certain of no moment."""
VAGUE = (
    ("state", state.judge, "right", "left"),
    ("ceasefire", ceasefire.judge_denied, "right", "left"),
    ("denial", denial.judge, "left", ""),
    ("denial", denial.judge, "right", "left"),
)
"""Family, its rule, the side of the event, and that of the span in which it has to fall, where that can be vague.

Who denies that there was nothing says that there was something, and that is then the event.
"""
Entry = dict[str, str]
"""The claim, the field of it, how it is read, and the effect of that."""


def depends_on(computed: Computed, pairs: pd.DataFrame) -> Iterator[list[Entry]]:
    """What each pair depends on: first on zones, then, if it is but possible, on what the claims leave open."""
    return entries(computed, pairs, np.arange(len(pairs), dtype=np.int64), len(pairs))


def entries(computed: Computed, pairs: pd.DataFrame, row: Ints, size: int) -> Iterator[list[Entry]]:
    """The same for `size` rows, each of which has the entries of all its pairs, in their order and each once.

    `row`: the row of each pair. What depends on more than two claims has those of all that its sentence names.
    """
    given, (_, of_pair, others) = pairs, beside(computed, pairs)
    # What a vague total is at least the sum of is told, and decides nothing.
    decides = (pairs["code"] != "count-term-unclear").to_numpy(dtype=bool)[of_pair]
    of_pair, others = of_pair[decides], others[decides]
    if len(others):
        more = pairs.iloc[of_pair].assign(right=others)
        if AT_START in more:
            more[AT_START] = 1 - more[AT_START]
        pairs = pd.concat([pairs, more], ignore_index=True)
        row = np.concatenate([row, row[of_pair]])
    none = Causes(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), *[np.zeros(0, dtype=object)] * 3)
    parts = [
        none,
        *_adopted(computed, pairs),
        *zones(computed, pairs),
        *zones_of_parts(computed, given, of_pair, others),
        *_left_open(computed, pairs),
    ]
    pair, claim, *texts = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((pair, row[pair]))
    causes = zip(computed.facts.ids(claim[order]), *(column[order].tolist() for column in texts), strict=True)
    for number in np.bincount(row[pair], minlength=size).tolist():
        of_row: list[Entry] = []
        for its_claim, field, reading, effect in islice(causes, number):
            entry = {"claim": its_claim, "field": field, "reading": reading, "effect": effect}
            if entry not in of_row:
                of_row.append(entry)
        yield of_row


def _adopted(computed: Computed, pairs: pd.DataFrame) -> Iterator[Causes]:
    """The zone in which a claim is read because it repeats one that states it."""
    facts, timed = computed.facts, pairs["family"].isin((*TIMED, "count", "series")).to_numpy(dtype=bool)
    for side in ("left", "right"):
        claims = pairs[side].to_numpy(np.int64)
        minutes = facts.adopted[claims]
        pair = np.flatnonzero(timed & (minutes != MISSING))
        yield Causes.of(pair, claims[pair], "zone_basis", each_once(spoken_offset, minutes[pair]), TAKEN)


def _left_open(computed: Computed, pairs: pd.DataFrame) -> Iterator[Causes]:
    """What keeps pairs that are possible from being definite, but for their zones."""
    facts = computed.facts
    possible = np.flatnonzero((pairs["strength"] == POSSIBLE).to_numpy())
    left, right = (pairs[side].to_numpy(np.int64)[possible] for side in ("left", "right"))
    family = pairs["family"].iloc[possible]
    of_figures, timed, at_place = (family.isin(names).to_numpy(dtype=bool) for names in (("count",), TIMED, AT_PLACE))
    for claims in (left, right):
        for field, applies, reading in _open(computed, claims, of_figures, timed):
            yield Causes.of(possible, claims, field, reading, AT_MOST_POSSIBLE).among(applies)
    yield from (*_vague(computed, pairs, possible), *_of_another_time(computed, pairs, possible))
    nowhere = facts.place < 0
    for claims in (left, right):
        yield Causes.of(possible, claims, "place_id", "not stated", AT_MOST_POSSIBLE).among(at_place & nowhere[claims])
    wide = at_place & ~nowhere[left] & ~nowhere[right]
    wide &= ~facts.along[right] & ~facts.places.contains(facts.place[left], facts.place[right])
    yield Causes.of(possible, right, "place_id", WIDER, AT_MOST_POSSIBLE).among(wide)
    yield _of_others(computed, possible, left, right).among(at_place & by_others(facts, left, right))
    truces = (family == "ceasefire").to_numpy(dtype=bool)
    for claims in (left, right):
        unknown = truces & (facts.incident[claims] == NOBODY)
        yield Causes.of(possible, claims, "incident_id", "not stated", AT_MOST_POSSIBLE).among(unknown)
    begun = np.flatnonzero((family == "start").to_numpy(dtype=bool))
    yield from _begun_otherwise(computed, possible[begun], left[begun], right[begun])
    named = np.flatnonzero((family == "attribution").to_numpy(dtype=bool))
    apart = attribution.elsewhere(facts, left[named], right[named])
    yield Causes.of(possible[named], right[named], "place_id", ANOTHER, AT_MOST_POSSIBLE).among(apart)
    for ours, theirs in ((left[named], right[named]), (right[named], left[named])):
        at, fellow = attribution.named_too(facts, ours, theirs)
        both = [f"named together with {facts.actors.names[actor]}" for actor in facts.actor[fellow].tolist()]
        yield Causes.of(possible[named[at]], ours[at], "actor_id", np.array(both, dtype=object), AT_MOST_POSSIBLE)
    denied = np.flatnonzero((family == "denial").to_numpy(dtype=bool))
    left, right = left[denied], right[denied]
    for field, is_so in denial.narrower(facts, left, right):
        value = {"actor_id": facts.actor, "target_id": facts.target}.get(field, facts.place)
        claims = np.where(facts.absent[left] & (value[left] == NOBODY), left, right)
        stated = value[claims] != NOBODY
        reading = np.select([~facts.absent[left], stated], [NARROWER, WIDER], "not stated").astype(object)
        yield Causes.of(possible[denied], claims, field, reading, AT_MOST_POSSIBLE).among(is_so)


def _of_others(computed: Computed, possible: Ints, left: Ints, right: Ints) -> Causes:
    """Who acts in the right claims, set against those of whom the left ones say that they held their fire."""
    actor, contains = computed.facts.actor, computed.facts.actors.contains
    blank, wider = actor[right] == NOBODY, contains(actor[right], actor[left])
    reading = np.select([blank, wider], ["not stated", WIDER], ANOTHER).astype(object)
    return Causes.of(possible, right, "actor_id", reading, AT_MOST_POSSIBLE)


def _begun_otherwise(computed: Computed, possible: Ints, left: Ints, right: Ints) -> Iterator[Causes]:
    """Of beginnings not of one place, as recorded: the wider place, or that of the later claim; or else whose it is."""
    facts, first = computed.facts, computed.facts.readings.first
    judged = start.judge(facts, first[left], first[right])
    ours, theirs = facts.place[left], facts.place[right]
    around = (ours == NOBODY) | facts.places.contains(ours, theirs)
    inside = (theirs == NOBODY) | facts.places.contains(theirs, ours)
    claims = np.where(around, left, right)
    reading = np.where(facts.place[claims] == NOBODY, "not stated", np.where(around | inside, WIDER, ANOTHER))
    unsure = (judged.code > 0) & ~judged.sure
    elsewhere = unsure & ~start.of_one_place(facts, left, right)
    yield Causes.of(possible, claims, "place_id", reading.astype(object), AT_MOST_POSSIBLE).among(elsewhere)
    yield _of_others(computed, possible, left, right).among(unsure & by_others(facts, left, right))


def _open(
    computed: Computed, claims: Ints, of_figures: Bools, timed: Bools
) -> Iterator[tuple[str, Bools, Texts | str]]:
    """What can make a claim possible at most: the field, whether it does so for each of `claims`, and how it reads.

    `of_figures`: it is compared by its figure, `timed`: by its time.
    """
    facts = computed.facts
    is_count, first = facts.kind.at(claims) == "count", facts.readings.first[claims]
    certainty = facts.package.claims["certainty"].iloc[claims].to_numpy(dtype=object)
    yield "certainty", facts.doubtful[claims], certainty
    yield "count_approx", of_figures & facts.approximate[claims], "true"
    blank = facts.readings.valid_to[first] == MISSING
    said = facts.package.claims["asserted_to"].iloc[claims].notna().to_numpy(dtype=bool)
    at, until = facts.clocks.asserted_by[claims], computed.figures.as_of[first]
    cut = until < np.where(at == MISSING, FAR_FUTURE, at)
    taken = np.select([cut, said], [AS_OF_CUT, AS_OF_SAID], AS_OF_REPORTED)
    yield "valid_to", of_figures & blank, taken
    yield "valid_from", of_figures & unbegun(facts)[claims], BASELINE_START
    yield "incident_id", of_figures & (facts.incident[claims] == NOBODY), NO_INCIDENT
    no_time = np.where(is_count, "a figure has no period", "no time given")
    blank_mode = facts.mode.code[claims] == NOBODY
    yield "valid_mode", timed & blank_mode, no_time
    yield "valid_mode", timed & ~blank_mode & ~facts.timed[claims], "none of it in the time of its incident"


def _vague(computed: Computed, pairs: pd.DataFrame, possible: Ints) -> Iterator[Causes]:
    """Of pairs that are not sure as their times are recorded: how the claims are said to fill them."""
    facts = computed.facts
    family, first = pairs["family"].to_numpy(dtype=object)[possible], facts.readings.first
    for name, judge, event, holder in VAGUE:
        rows = possible[family == name]
        both = {side: pairs[side].to_numpy(np.int64)[rows] for side in ("left", "right")}
        judged = judge(facts, first[both["left"]], first[both["right"]])
        unsure = (judged.code > 0) & ~judged.sure
        if name == "denial":
            unsure &= facts.absent[both["left"]] == (event == "right")
        filling = ("since", "throughout") if (name, event) == ("denial", "right") else ("since",)
        for side, modes in ((holder, UNFILLED), (event, (*UNFILLED, *filling))):
            if side:
                vague = unsure & facts.mode.is_one_of(*modes)[both[side]]
                if side == holder:
                    vague |= unsure & (facts.mode.is_one_of("since") & ~facts.absent)[both[side]]
                mode = facts.mode.at(both[side])
                yield Causes.of(rows, both[side], "valid_mode", mode, AT_MOST_POSSIBLE).among(vague)


def _of_another_time(computed: Computed, pairs: pd.DataFrame, possible: Ints) -> Iterator[Causes]:
    """Figures that are not of one time, as recorded: an earlier one that is the higher, or a part of another window."""
    facts, figures = computed.facts, computed.figures
    code = pairs["code"].iloc[possible]
    for name, is_sure, reading in (
        ("count-mismatch", windows.of_one_time, "earlier than that of the lower figure"),
        ("count-sum", windows.window_holds, "outside the time of the whole"),
    ):
        rows = possible[(code == name).to_numpy(dtype=bool)]
        left, right = (pairs[side].to_numpy(np.int64)[rows] for side in ("left", "right"))
        ours, theirs = facts.readings.first[left], facts.readings.first[right]
        apart = ~is_sure(figures, ours, theirs)
        given = facts.readings.valid_to[theirs] != MISSING
        if name == "count-mismatch":
            afterwards = apart & windows.same_window(figures, ours, theirs) & given
            afterwards &= facts.readings.valid_to[ours] != MISSING
            later = np.where(figures.stated[ours] > figures.stated[theirs], left, right)
            yield Causes.of(rows, later, "valid_to", AFTERWARDS, AT_MOST_POSSIBLE).among(afterwards)
            apart &= windows.follows_within_a_day(figures, theirs, ours)
        apart &= given
        yield Causes.of(rows, right, "valid_to", reading, AT_MOST_POSSIBLE).among(apart)
    rows = possible[code.isin(("count-exceeds-whole", "count-sum")).to_numpy(dtype=bool)]
    left, right = (pairs[side].to_numpy(np.int64)[rows] for side in ("left", "right"))
    ours, theirs = facts.readings.first[left], facts.readings.first[right]
    fallen = windows.window_holds(figures, ours, theirs) & ~windows.still_counted(figures, ours, theirs)
    fallen &= figures.cumulative[right] & (facts.readings.valid_to[theirs] != MISSING)
    later = (figures.stated[theirs] > figures.stated[ours]) & (facts.readings.valid_to[ours] != MISSING)
    earlier = figures.stated[theirs] < figures.stated[ours]
    for reading, applies in ((EARLIER, earlier), (LATER, later)):
        yield Causes.of(rows, right, "valid_to", reading, AT_MOST_POSSIBLE).among(fallen & applies)
    unknown = ~windows.begun(figures, ours, theirs)
    yield Causes.of(rows, left, "valid_from", UNKNOWN_START, AT_MOST_POSSIBLE).among(unknown)
    for claims, added in ((left, ~figures.cumulative[left]), (right, figures.cumulative[left])):
        yield Causes.of(rows, claims, "count_mode", RECOUNT, AT_MOST_POSSIBLE).among(
            added & ~figures.cumulative[claims]
        )
    rows = possible[(code == "count-sum").to_numpy(dtype=bool)]
    if len(rows):
        short = pairs["difference"].to_numpy(dtype=np.float64)[rows] < 0
        left = pairs["left"].to_numpy(np.int64)[rows]
        yield Causes.of(rows, left, "count_min", SHORT, AT_MOST_POSSIBLE).among(short)
