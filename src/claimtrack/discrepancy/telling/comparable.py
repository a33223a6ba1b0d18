"""Figures that look alike and may not be compared, with the reason; and what was declared but not computed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.declared import DISAGREE
from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.joins.keys import combined
from claimtrack.discrepancy.joins.meet import same
from claimtrack.discrepancy.pairs import sides
from claimtrack.discrepancy.telling.present import Json
from claimtrack.discrepancy.telling.told import Told
from claimtrack.scopes import NOBODY, Ints

REASONS = {
    "target": ("one counts {}", "the other {}", "the other does not say whom"),
    "term": ("one counts {}", "the other {}", ""),
    "place": ("one counts in {}", "the other in {}", "the other does not say where"),
    "incident": ("one is of the incident {}", "the other of {}", "the other of no stated one"),
    "mode": ("one is {}", "the other {}", ""),
}
"""By what they differ in: what is said of one figure, of the other one, and of that where it has a blank."""
NAMED = {
    "target": ("actors", "actor_id", "name"),
    "place": ("places", "place_id", "name"),
    "incident": ("incidents", "incident_id", "question"),
}
"""Where what a figure names is called something: the table, its key and the column of the name."""


def not_comparable(computed: Computed) -> Iterator[Json]:
    """Pairs of figures that differ in exactly one dimension of scope, one inside the other in none.

    Of each scope its latest figure stands for all. Vague terms are compared with nothing but their own code.
    """
    facts = computed.facts
    found = sorted(_alike(computed), key=lambda entry: (facts.rank[entry[1]], facts.rank[entry[2]]))
    claims = np.array([claim for _, *both in found for claim in both], dtype=np.int64)
    sentences, called = Told(facts, claims), {name: _called(computed, name, claims) for name in REASONS}
    for name, a, b in found:
        reason = _reason(name, called[name][a], called[name][b])
        yield {
            "claims": facts.ids(np.array([a, b])),
            "differs": name,
            "reason": reason,
            "explanation": f"{'; '.join(sentences.together((a, b)))}: {reason}, so they may not be compared.",
        }


def _alike(computed: Computed) -> Iterator[tuple[str, int, int]]:
    """These pairs: in what they differ, and the two claims by their ids."""
    facts, figures = computed.facts, computed.figures
    rows = np.flatnonzero(figures.counted)
    order = rows[np.lexsort((facts.rank[rows], figures.as_of[facts.readings.first[rows]]))]
    latest = order[::-1][np.unique(figures.scope[order[::-1]], return_index=True)[1]]
    dimensions = {
        "target": facts.target[latest],
        "term": facts.terms.equal[figures.term[latest]],
        "place": facts.place[latest],
        "incident": facts.incident[latest],
        "mode": figures.cumulative[latest].astype(np.int64),
    }
    for name in dimensions:
        others = combined(*(values for other, values in dimensions.items() if other != name))
        left, right = same(others, others)
        pair = left < right
        left, right = latest[left[pair]], latest[right[pair]]
        apart = ~_nested(computed, name, left, right)
        for one, other in zip(left[apart].tolist(), right[apart].tolist(), strict=True):
            yield (name, one, other) if facts.rank[one] < facts.rank[other] else (name, other, one)


def _reason(name: str, one: str, other: str) -> str:
    """Why two figures may not be compared, from what they have in that dimension: "one counts ‘A’, the other ‘B’"."""
    first, second, blank = REASONS[name]
    if one and other:
        return f"{first.format(one)}, {second.format(other)}"
    return f"{first.format(one or other)}, {blank}"


def _called(computed: Computed, name: str, claims: Ints) -> dict[int, str]:
    """What the population, the term, the place, the incident or the mode of these claims is called; "" where blank."""
    facts = computed.facts
    package, own = facts.package, facts.package.claims.iloc[claims]
    if name == "mode":
        words = np.where(computed.figures.cumulative[claims], "a total", "an addition").tolist()
    elif name == "term":
        words = [f"‘{predicate.replace('_', ' ')}’" for predicate in own["predicate"]]
    else:
        table, key, column = NAMED[name]
        frame = package.frames[table]
        names = dict(zip(frame[key], frame[column].fillna(frame[key]), strict=True))
        ids = own[f"{name}_id"].fillna("").tolist()
        if name == "place":
            ids = [facts.places.names[place] if place != NOBODY else "" for place in facts.place[claims].tolist()]
        words = [f"‘{names.get(one, one)}’" if one else "" for one in ids]
    return dict(zip(claims.tolist(), words, strict=True))


def _nested(computed: Computed, name: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether one lies inside the other: a part and its whole are comparable."""
    facts, terms = computed.facts, computed.figures.term
    if name == "term":
        within = facts.terms.within
        nested: np.ndarray = within[terms[left], terms[right]] | within[terms[right], terms[left]]
        return nested
    if name in ("target", "place"):
        hierarchy, column = (facts.actors, facts.target) if name == "target" else (facts.places, facts.place)
        return hierarchy.contains(column[left], column[right]) | hierarchy.contains(column[right], column[left])
    return np.zeros(len(left), dtype=bool)


def not_computed(computed: Computed) -> Iterator[Json]:
    """Declared contradictions, tensions and denials of which no family knows."""
    facts = computed.facts
    both = sides(pd.concat([computed.pairs, computed.suppressed]))
    known = {frozenset(ids) for ids in zip(*(facts.ids(claims) for claims in both), strict=True)}
    links = facts.package.links
    links = links.astype(object).where(links.notna(), None)
    for row in links[links["relation"].isin(DISAGREE)].itertuples():
        if frozenset((row.claim_id, row.other_id)) not in known:
            yield {"claim_id": row.claim_id, "relation": row.relation, "other_id": row.other_id, "note": row.note}
