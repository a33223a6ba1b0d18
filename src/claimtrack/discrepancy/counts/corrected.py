"""Figures that their claimant has corrected, and what says the same as they do."""

from __future__ import annotations

import numpy as np

from claimtrack.discrepancy.counts.figures import Figures, ranks
from claimtrack.discrepancy.declared import links
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.keys import among, combined, distinct, distinct_pairs
from claimtrack.discrepancy.joins.meet import same
from claimtrack.scopes import NOBODY, Bools, Ints


def corrected(facts: Facts, figures: Figures) -> Bools:
    """The figures that their claimant updates, for the same scope and window, by another one, in words or by a denial.

    So are those that say the same as one of them, unless they take back the correction. What comes after them in a
    series is held against the correction.
    """
    source, target = _corrections(facts, figures)
    one = figures.counted[target]
    found = np.zeros(len(facts), dtype=bool)
    if one.any():
        alike = _alike(facts, figures, figures.scope[target[one]])
        found = among(alike, distinct(alike[target[one]]))
        found[source[one]] = False
        found[target[one]] = True
    return found


def updates(facts: Facts, figures: Figures, later: Ints, earlier: Ints) -> Bools:
    """Whether the first of each pair updates the second, be it by updates of updates in their scope.

    So does what repeats the first, and so is what repeats the second: a claimant's one figure of one window. What is
    between them may be in words ("dozens"), or a denial.
    """
    source, target = _links(facts, figures)
    found = np.zeros(len(later), dtype=bool)
    alike = _said(facts, figures, source, target)
    source, target = alike[source], alike[target]
    pair, wanted, seen = np.flatnonzero(alike[later] != NOBODY), alike[earlier], np.zeros(0, dtype=np.int64)
    at = alike[later[pair]]
    while len(pair):
        row, link = same(at, source)
        pair, at = distinct_pairs(pair[row], target[link])
        found[pair[at == wanted[pair]]] = True
        reached = pair * len(facts) + at
        left = ~found[pair] & ~among(reached, seen)
        seen = distinct(np.concatenate([seen, reached]))
        pair, at = pair[left], at[left]
    return found


def corrections(facts: Facts, figures: Figures, gone: Bools, claims: Ints) -> tuple[Ints, Ints]:
    """For each of these figures, which are `gone`, those that stand in its place: which of them, and the correction.

    Corrections are followed from one to the next, through those in words; one that was last corrected in words has
    none.
    """
    source, target = _corrections(facts, figures)
    alike = _said(facts, figures, source, target)
    corrects, row, seen = alike[target], np.arange(len(claims)), np.zeros(0, dtype=np.int64)
    at, rows, standing = alike[claims], [row[:0]], [claims[:0]]
    while len(row):
        asked, link = same(at, corrects)
        row, claim = distinct_pairs(row[asked], source[link])
        stands = figures.counted[claim] & ~gone[claim]
        rows.append(row[stands])
        standing.append(claim[stands])
        row, at = distinct_pairs(row[~stands], alike[claim[~stands]])
        reached = row * len(facts) + at
        left = ~among(reached, seen)
        seen = distinct(np.concatenate([seen, reached]))
        row, at = row[left], at[left]
    return distinct_pairs(np.concatenate(rows), np.concatenate(standing))


def _corrections(facts: Facts, figures: Figures) -> tuple[Ints, Ints]:
    """The updates of what one claimant says of one scope and window, be the two in words, by something else."""
    source, target = _links(facts, figures)
    first, counted = facts.readings.first, figures.counted
    one = facts.compared[source] & (facts.claimant[source] == facts.claimant[target])
    for bound in (figures.baseline, figures.stated):
        one &= bound[first[source]] == bound[first[target]]
    alike = (figures.low[source] == figures.low[target]) & (figures.high[source] == figures.high[target])
    one &= ~(alike & counted[source] & counted[target])
    return source[one], target[one]


def _links(facts: Facts, figures: Figures) -> tuple[Ints, Ints]:
    """The declared updates within one scope that has figures, be the two in words: from, to."""
    source, target = links(facts, {"updates"})
    within = among(figures.scope[source], distinct(figures.scope[figures.counted]))
    within &= figures.scope[source] == figures.scope[target]
    return source[within], target[within]


def _said(facts: Facts, figures: Figures, source: Ints, target: Ints) -> Ints:
    """What `_alike` says of the scopes of these links, and a number of its own for each end that is in words."""
    found = _alike(facts, figures, figures.scope[source])
    between = distinct(np.concatenate([source, target]))
    between = between[found[between] == NOBODY]
    found[between] = np.arange(len(between)) + found.max(initial=NOBODY) + 1
    return found


def _alike(facts: Facts, figures: Figures, scopes: Ints) -> Ints:
    """One number for each claimant, scope, window as recorded, and figure of these scopes; `NOBODY` for others."""
    rows = np.flatnonzero(figures.counted)
    rows = rows[among(figures.scope[rows], distinct(scopes))]
    first, bounds = facts.readings.first[rows], ranks(figures.low[rows], figures.high[rows])
    found = np.full(len(facts), NOBODY, dtype=np.int64)
    found[rows] = combined(
        facts.claimant[rows], figures.scope[rows], figures.baseline[first], figures.stated[first], *bounds
    )
    return found
