"""On what the strength or the figure of a finding depends: an assumed zone, a hedge, a wide place, a missing as-of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts import windows
from claimtrack.discrepancy.counts.figures import Figures
from claimtrack.discrepancy.counts.totals import AT_START
from claimtrack.discrepancy.facts import Facts, Texts
from claimtrack.discrepancy.families import attribution, ceasefire, denial, start, state
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import CODE_ORDER, POSSIBLE, numbers
from claimtrack.discrepancy.telling.beside import beside
from claimtrack.discrepancy.telling.wording import amount, each_once, spoken_offset
from claimtrack.discrepancy.verdicts import Judge, Judged, combinations
from claimtrack.moments import MISSING
from claimtrack.scopes import NOBODY, Bools, Ints, spans

AT_MOST_POSSIBLE = "possible at most"
NARROWER = "narrower than what is asserted"
WIDER = "wider"
AS_OF_SAID = "not stated: the time at which it was said is taken"
AS_OF_REPORTED = "not stated: the report's time is taken"
TAKEN = "taken from what it repeats"
"""The effect of a zone that a claim has from another one."""
SHORT = "more than its declared parts, of which some may be missing"
TIMED = ("state", "ceasefire", "denial", "start")
"""Families that compare times."""
UNFILLED = ("around", "within", "until")
"""Modes of claims that are certain of no moment."""
VAGUE = (
    ("state", state.judge, "right", "left"),
    ("ceasefire", ceasefire.judge_denied, "right", "left"),
    ("denial", denial.judge, "left", ""),
)
"""Family, its rule, the side of the event, and that of the span in which it has to fall, where that can be vague."""
Entry = dict[str, str]
"""The claim, the field of it, how it is read, and the effect of that."""


def depends_on(computed: Computed, pairs: pd.DataFrame) -> Iterator[list[Entry]]:
    """What each pair depends on: first on zones, then, if it is but possible, on what the claims leave open."""
    return entries(computed, pairs, np.arange(len(pairs), dtype=np.int64), len(pairs))


def entries(computed: Computed, pairs: pd.DataFrame, row: Ints, size: int) -> Iterator[list[Entry]]:
    """The same for `size` rows, each of which has the entries of all its pairs, in their order and each once.

    `row`: the row of each pair. What depends on more than two claims has those of all that its sentence names.
    """
    _, of_pair, others = beside(computed, pairs)
    if len(others):
        more = pairs.iloc[of_pair].assign(right=others)
        if AT_START in more:
            more[AT_START] = 1 - more[AT_START]
        pairs = pd.concat([pairs, more], ignore_index=True)
        row = np.concatenate([row, row[of_pair]])
    none = _Causes(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), *[np.zeros(0, dtype=object)] * 3)
    parts = [none, *_adopted(computed, pairs), *_zones(computed, pairs), *_left_open(computed, pairs)]
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


class _Causes(NamedTuple):
    """What some pairs depend on in fields of claims: one entry a pair, for which the claim is named."""

    pair: Ints
    claim: Ints
    field: Texts
    reading: Texts
    effect: Texts

    @classmethod
    def of(cls, pair: Ints, claim: Ints, field: str, reading: Texts | str, effect: Texts | str) -> _Causes:
        """Those in one field; a reading or an effect may be that of all of them."""
        texts = (np.broadcast_to(np.asarray(text, dtype=object), len(pair)) for text in (field, reading, effect))
        return cls(pair, claim, *texts)

    def among(self, applies: Bools) -> _Causes:
        """Those that apply."""
        pair, claim, *texts = self
        return _Causes(pair[applies], claim[applies], *(text[applies] for text in texts))


def _adopted(computed: Computed, pairs: pd.DataFrame) -> Iterator[_Causes]:
    """The zone in which a claim is read because it repeats one that states it."""
    facts, timed = computed.facts, pairs["family"].isin((*TIMED, "count", "series")).to_numpy(dtype=bool)
    for side in ("left", "right"):
        claims = pairs[side].to_numpy(np.int64)
        minutes = facts.adopted[claims]
        pair = np.flatnonzero(timed & (minutes != MISSING))
        yield _Causes.of(pair, claims[pair], "zone_basis", each_once(spoken_offset, minutes[pair]), TAKEN)


def _left_open(computed: Computed, pairs: pd.DataFrame) -> Iterator[_Causes]:
    """What keeps pairs that are possible from being definite, but for their zones."""
    facts = computed.facts
    possible = np.flatnonzero((pairs["strength"] == POSSIBLE).to_numpy())
    left, right = (pairs[side].to_numpy(np.int64)[possible] for side in ("left", "right"))
    family = pairs["family"].iloc[possible]
    of_figures, timed, at_place = (
        family.isin(names).to_numpy(dtype=bool) for names in (("count",), TIMED, ("state", "ceasefire"))
    )
    for claims in (left, right):
        for field, applies, reading in _open(facts, claims, of_figures, timed):
            yield _Causes.of(possible, claims, field, reading, AT_MOST_POSSIBLE).among(applies)
    yield from (*_vague(computed, pairs, possible), *_of_another_time(computed, pairs, possible))
    nowhere = facts.place < 0
    for claims in (left, right):
        yield _Causes.of(possible, claims, "place_id", "not stated", AT_MOST_POSSIBLE).among(at_place & nowhere[claims])
    wide = at_place & ~nowhere[left] & ~nowhere[right]
    wide &= ~facts.along[right] & ~facts.places.contains(facts.place[left], facts.place[right])
    yield _Causes.of(possible, right, "place_id", WIDER, AT_MOST_POSSIBLE).among(wide)
    named = np.flatnonzero((family == "attribution").to_numpy(dtype=bool))
    for ours, theirs in ((left[named], right[named]), (right[named], left[named])):
        at, fellow = attribution.named_too(facts, ours, theirs)
        both = [f"named together with {facts.actors.names[actor]}" for actor in facts.actor[fellow].tolist()]
        yield _Causes.of(possible[named[at]], ours[at], "actor_id", np.array(both, dtype=object), AT_MOST_POSSIBLE)
    denied = np.flatnonzero((family == "denial").to_numpy(dtype=bool))
    left, right = left[denied], right[denied]
    for field, is_so in denial.narrower(facts, left, right):
        yield _Causes.of(possible[denied], right, field, NARROWER, AT_MOST_POSSIBLE).among(is_so)


def _open(facts: Facts, claims: Ints, of_figures: Bools, timed: Bools) -> Iterator[tuple[str, Bools, Texts | str]]:
    """What can make a claim possible at most: the field, whether it does so for each of `claims`, and how it reads.

    `of_figures`: it is compared by its figure, `timed`: by its time.
    """
    is_count, first = facts.kind.at(claims) == "count", facts.readings.first[claims]
    certainty = facts.package.claims["certainty"].iloc[claims].to_numpy(dtype=object)
    yield "certainty", facts.doubtful[claims], certainty
    yield "count_approx", of_figures & facts.approximate[claims], "true"
    blank = facts.readings.valid_to[first] == MISSING
    said = facts.package.claims["asserted_to"].iloc[claims].notna().to_numpy(dtype=bool)
    yield "valid_to", of_figures & blank, np.where(said, AS_OF_SAID, AS_OF_REPORTED)
    no_time = np.where(is_count, "a figure has no period", "no time given")
    blank_mode = facts.mode.code[claims] == NOBODY
    yield "valid_mode", timed & blank_mode, no_time
    yield "valid_mode", timed & ~blank_mode & ~facts.timed[claims], "none of it in the time of its incident"


def _vague(computed: Computed, pairs: pd.DataFrame, possible: Ints) -> Iterator[_Causes]:
    """Of pairs that are not sure as their times are recorded: how the claims are said to fill them."""
    facts = computed.facts
    family, first = pairs["family"].to_numpy(dtype=object)[possible], facts.readings.first
    for name, judge, event, holder in VAGUE:
        rows = possible[family == name]
        both = {side: pairs[side].to_numpy(np.int64)[rows] for side in ("left", "right")}
        judged = judge(facts, first[both["left"]], first[both["right"]])
        unsure = (judged.code > 0) & ~judged.sure
        for side, modes in ((holder, UNFILLED), (event, (*UNFILLED, "since"))):
            if side:
                vague = unsure & facts.mode.is_one_of(*modes)[both[side]]
                mode = facts.mode.at(both[side])
                yield _Causes.of(rows, both[side], "valid_mode", mode, AT_MOST_POSSIBLE).among(vague)


def _of_another_time(computed: Computed, pairs: pd.DataFrame, possible: Ints) -> Iterator[_Causes]:
    """Figures that are not of one time, as recorded: an earlier one that is the higher, or a part of another window."""
    facts, figures = computed.facts, computed.figures
    code = pairs["code"].iloc[possible]
    for name, is_sure, reading in (
        ("count-mismatch", windows.same_window, "earlier than that of the lower figure"),
        ("count-sum", windows.window_holds, "outside the time of the whole"),
    ):
        rows = possible[(code == name).to_numpy(dtype=bool)]
        left, right = (pairs[side].to_numpy(np.int64)[rows] for side in ("left", "right"))
        ours, theirs = facts.readings.first[left], facts.readings.first[right]
        apart = ~is_sure(figures, ours, theirs)
        if name == "count-mismatch":
            apart &= windows.follows_within_a_day(figures, theirs, ours)
        apart &= facts.readings.valid_to[theirs] != MISSING
        yield _Causes.of(rows, right, "valid_to", reading, AT_MOST_POSSIBLE).among(apart)
    rows = possible[(code == "count-sum").to_numpy(dtype=bool)]
    if len(rows):
        short = pairs["difference"].to_numpy(dtype=np.float64)[rows] < 0
        left = pairs["left"].to_numpy(np.int64)[rows]
        yield _Causes.of(rows, left, "count_min", SHORT, AT_MOST_POSSIBLE).among(short)


def _zones(computed: Computed, pairs: pd.DataFrame) -> Iterator[_Causes]:
    """The effect of reading one claim's times in another zone, the other claim as recorded."""
    facts = computed.facts
    first = facts.readings.first
    sides = [pairs[side].to_numpy(np.int64) for side in ("left", "right")]
    others = [facts.readings.number(side) - 1 for side in sides]
    zoned = np.flatnonzero((others[0] > 0) | (others[1] > 0))
    for judge, rows in _by_judge(computed.figures, pairs, zoned):
        if not len(rows):
            continue
        recorded = [first[side[rows]] for side in sides]
        base, alone = judge(facts, *recorded), np.zeros(len(rows), dtype=bool)
        for side in (0, 1):
            size = others[side][rows]
            at = np.repeat(np.arange(len(rows)), size)
            other = [reading[at] for reading in recorded]
            other[side] = spans(recorded[side] + 1, size)
            judged = judge(facts, *other)
            effects = _effects(base, at, judged, pairs, rows[at])
            changed = np.flatnonzero(effects != "")
            pair, labels = rows[at[changed]], facts.readings.label[other[side][changed]]
            yield _Causes.of(pair, sides[side][pair], "zone_basis", labels, effects[changed])
            alone[at[_changes(base, at, judged) != ""]] = True
        yield from _both_zones(facts, judge, pairs, rows[~alone])


def _by_judge(figures: Figures, pairs: pd.DataFrame, rows: Ints) -> Iterator[tuple[Judge, Ints]]:
    """The rules by which some pairs are judged, each with those that it judges."""
    codes = numbers(pairs["code"])[rows]
    for judge, own in judges(figures) if len(rows) else ():
        yield judge, rows[np.isin(codes, [CODE_ORDER[code] for code in own])]
    added = rows[codes == CODE_ORDER["count-delta"]]
    if len(added):
        at_start = pairs[AT_START].to_numpy(np.float64)[added]
        for end in (True, False):
            yield windows.judge_total(figures, at_start=end), added[at_start == end]


def _both_zones(facts: Facts, judge: Judge, pairs: pd.DataFrame, rows: Ints) -> Iterator[_Causes]:
    """Of pairs that no other zone of one claim alone changes: what the first pair of zones does that changes them."""
    left, right = (pairs[side].to_numpy(np.int64)[rows] for side in ("left", "right"))
    first, label = facts.readings.first, facts.readings.label
    base = judge(facts, first[left], first[right])
    waiting = np.ones(len(rows), dtype=bool)
    for at, ours, theirs in combinations(facts, left, right):
        effects = _changes(base, at, judge(facts, ours, theirs))
        new = np.flatnonzero(waiting[at] & (effects != ""))
        waiting[at[new]] = False
        for claim, other, own, its in ((left, right, ours, theirs), (right, left, theirs, ours)):
            with_other = [f" with {name} in " for name in facts.ids(other[at[new]])]
            told = effects[new] + np.array(with_other, dtype=object) + label[its[new]]
            yield _Causes.of(rows[at[new]], claim[at[new]], "zone_basis", label[own[new]], told)


def _changes(base: Judged, at: Ints, other: Judged) -> Texts:
    """What becomes of a pair from `base`, at the positions `at`, to `other`; blank where it stays what it is."""
    found = np.full(len(at), "", dtype=object)
    none, new = other.code == 0, base.code[at] == 0
    apart = (other.code != base.code[at]) | (other.sure != base.sure[at])
    found[none & ~new] = "no discrepancy"
    found[~none & new] = "a discrepancy"
    found[~none & ~new & apart] = "another strength or code"
    return found


def _effects(base: Judged, at: Ints, other: Judged, pairs: pd.DataFrame, pair: Ints) -> Texts:
    """The same with what changes in its figures. `pair`: of which pair."""
    effects, none = _changes(base, at, other), other.code == 0
    for name, values in other.figures.items():
        if name not in pairs:
            continue
        shown = ~none & ~np.isnan(pairs[f"{name}_low"].to_numpy(dtype=np.float64)[pair]) & ~np.isnan(values)
        rows = np.flatnonzero(shown & (values != base.figures[name][at]))
        words = [f"{name} {amount(value, 'hours')}" for value in values[rows].tolist()]
        effects[rows] = [f"{was}, {word}" if was else word for was, word in zip(effects[rows], words, strict=True)]
    return effects


def judges(figures: Figures) -> list[tuple[Judge, tuple[str, ...]]]:
    """The rules by which codes of zoned times are judged, without that of `count-delta`. Other codes have no zones."""
    return [
        (state.judge, (*state.CEASEFIRE_CODES, state.OTHER_CODE)),
        (ceasefire.judge_denied, ("ceasefire-denied",)),
        (ceasefire.judge_unconfirmed, ("ceasefire-unconfirmed",)),
        (denial.judge, ("denied",)),
        (start.judge, ("start-mismatch",)),
        *((judge, (code,)) for code, judge in windows.judges(figures).items()),
    ]
