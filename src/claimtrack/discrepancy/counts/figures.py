"""Counts as arrays: the scope of every figure, its window and its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.keys import combined
from claimtrack.moments import FAR_FUTURE, FAR_PAST, MISSING
from claimtrack.scopes import NOBODY, Bools, Floats, Hierarchy, Ints, spans


@dataclass(frozen=True)
class Figures:
    """The count claims that carry a figure, and their readings.

    Arrays of the first block have one entry a claim of the package (meaningless where `counted` is False), those of the
    second one entry a reading, parallel to `Facts.readings`.
    """

    counted: Bools
    """Asserted, not about the future, with a defined term and a bound."""
    vague: Bools
    """The same with a vague term."""
    term: Ints
    low: Floats
    high: Floats
    """Infinite where the figure is open above."""
    cumulative: Bools
    confirmed: Bools
    subject: Ints
    """One number for each combination of population, unit and outcomes, place and incident."""
    scope: Ints
    """The subject and the mode."""
    series: Ints
    """One number for each combination of claimant and basis."""
    doubts: Mapping[str, Bools]
    """By field, what makes a figure possible at most: hedged, approximate, of no incident, its as-of not stated, or an
    addition's baseline.
    """
    capped: Bools
    """Has one of these doubts."""
    lasting: Bools
    """What is counted stays so: the killed."""
    actor: Ints
    """Whose doing is counted; `NOBODY` where nobody is named, and the doing of all is."""
    actors: Hierarchy

    baseline: Ints
    since: Ints
    """The baseline as it is stated, be it before the start of the incident; where it is not, the same as `baseline`."""
    as_of: Ints
    stated: Ints
    """The as-of as it is stated, be it after the end of the incident; where it is not, the same as `as_of`."""
    given: Bools
    """Whether the as-of is stated at all."""
    claim: Ints
    """The claim of each reading."""
    first: Ints
    """For each claim its first reading, as recorded; one entry more at the end."""
    recorded: Bools
    """Whether it is the claim's reading as recorded."""

    @cached_property
    def capped_in_part(self) -> Bools:
        """At most possible as a part or as its whole: so are additions, of which another part may be a recount."""
        return self.capped | ~self.cumulative

    def rows(self, claims: Bools) -> tuple[Ints, Ints]:
        """The readings of the claims for which `claims` is true, and the claim of each."""
        chosen = np.flatnonzero(claims)
        number = self.first[chosen + 1] - self.first[chosen]
        return spans(self.first[chosen], number), np.repeat(chosen, number)

    def high_against(self, claim: Ints, other: Ints) -> Floats:
        """The upper bound of `claim` against `other`: a confirmed figure is only a lower bound for another series."""
        open_above = self.confirmed[claim] & (self.series[claim] != self.series[other])
        return np.where(open_above, np.inf, self.high[claim])


def figures(facts: Facts) -> Figures:
    """The counts of a package."""
    claims = facts.package.claims
    term = np.where(facts.kind.is_one_of("count"), facts.predicate.among(facts.terms.names), NOBODY)
    low, high = facts.bounds
    usable = facts.asserts & facts.compared & (term != NOBODY) & (np.isfinite(low) | np.isfinite(high))
    vague = np.append(facts.terms.vague, False)[term]
    basis = claims["count_basis"].astype(pd.StringDtype())
    cumulative = ~facts.adds
    meaning = np.append(facts.terms.equal, NOBODY)[term]
    rows = np.flatnonzero(term != NOBODY)
    subject = _numbered(rows, meaning, facts.target, facts.place, facts.incident)
    ranked = pd.factorize(basis, sort=True)[0].astype(np.int64)
    doubts = {
        "certainty": facts.doubtful,
        "count_approx": facts.approximate,
        "valid_to": claims["valid_to"].isna().to_numpy(dtype=bool),
        # An addition may count since the start of its incident, or since what was said before.
        "valid_from": facts.adds & claims["valid_from"].isna().to_numpy(dtype=bool),
        "incident_id": facts.incident == NOBODY,
    }
    baseline, as_of = _windows(facts)
    given = facts.readings.valid_to != MISSING
    return Figures(
        counted=usable & ~vague,
        vague=usable & vague,
        term=term,
        low=low,
        high=high,
        cumulative=cumulative,
        confirmed=(basis == "confirmed").fillna(False).to_numpy(dtype=bool),
        subject=subject,
        scope=_numbered(rows, subject, cumulative.astype(np.int64)),
        series=_numbered(rows, facts.claimant, ranked),
        doubts=doubts,
        capped=np.logical_or.reduce(list(doubts.values())),
        lasting=np.append(facts.terms.lasting, False)[term],
        actor=facts.actor,
        actors=facts.actors,
        baseline=baseline,
        since=np.where(facts.readings.valid_from != MISSING, facts.readings.valid_from, baseline),
        as_of=as_of,
        stated=np.where(given, facts.readings.valid_to, as_of),
        given=given,
        claim=facts.readings.claim,
        first=facts.readings.first,
        recorded=_marked(facts.readings.first[:-1], len(baseline)),
    )


def _numbered(rows: Ints, *columns: Ints) -> Ints:
    """For these rows one number for each combination of values, elsewhere `NOBODY`."""
    found = np.full(len(columns[0]), NOBODY, dtype=np.int64)
    found[rows] = combined(*(column[rows] for column in columns))
    return found


def _marked(rows: Ints, size: int) -> Bools:
    found = np.zeros(size, dtype=bool)
    found[rows] = True
    return found


def _windows(facts: Facts) -> tuple[Ints, Ints]:
    """Baseline and as-of of every reading."""
    r = facts.readings
    bounds = (bound[facts.incident[r.claim]] for bound in facts.windows)
    return clipped(r.valid_from, r.valid_to, facts.clocks.asserted_by[r.claim], *bounds)


def clipped(valid_from: Ints, valid_to: Ints, said: Ints, opens: Ints, closes: Ints) -> tuple[Ints, Ints]:
    """Baseline and as-of, clipped to the window of the incident where a part of them is in it.

    What lies wholly outside keeps its own window: clipped, all that is outside would be of one moment. A baseline that
    is not stated is then not known, where the as-of is before the incident. Every time may be `MISSING`.
    """
    opens, closes = np.where(opens == MISSING, FAR_PAST, opens), np.where(closes == MISSING, FAR_FUTURE, closes)
    as_of = np.where(valid_to == MISSING, np.where(said == MISSING, FAR_FUTURE, said), valid_to)
    blank = valid_from == MISSING
    since = np.where(blank, opens, valid_from)
    before = (as_of < opens) | ((as_of == opens) & (since < opens))
    after = (since > closes) | ((since == closes) & (as_of > closes))
    baseline = np.where(before, np.where(blank, FAR_PAST, since), np.maximum(since, opens))
    return baseline, np.where(before | after, as_of, np.clip(as_of, opens, closes))


def ranks(*values: Floats) -> tuple[Ints, ...]:
    """The values as integers of the same order, infinities included."""
    _, ranks = np.unique(np.concatenate(values), return_inverse=True)
    return tuple(np.split(ranks.astype(np.int64), np.cumsum([len(part) for part in values])[:-1]))
