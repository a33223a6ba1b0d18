"""All pairs of all families in one table, without those that people declared compatible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from claimtrack.discrepancy.counts import mismatch, series, terms, totals, wholes
from claimtrack.discrepancy.counts.corrected import corrected
from claimtrack.discrepancy.counts.figures import Figures, figures
from claimtrack.discrepancy.declared import COMPATIBLE, DISAGREE, Declared
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.families import answer, attribution, ceasefire, denial, start, state
from claimtrack.discrepancy.families.runs import Runs
from claimtrack.discrepancy.joins.keys import combined, distinct
from claimtrack.discrepancy.origins import Origins
from claimtrack.discrepancy.pairs import (
    CODE_NAMES,
    DEFINITE,
    FAMILIES,
    POSSIBLE,
    STRENGTHS,
    named,
    no_pairs,
    numbers,
    sides,
    whole_slices,
)
from claimtrack.package import Package
from claimtrack.scopes import NOBODY, Bools, Ints


class Slice(NamedTuple):
    """Some pairs of one family, those that people declared compatible, and runs of more that are not listed."""

    pairs: pd.DataFrame
    suppressed: pd.DataFrame
    runs: Runs | None


@dataclass(frozen=True, repr=False)
class Computed:
    """What the families find. Tables of pairs (see `pairs`) have a `family` column."""

    facts: Facts
    figures: Figures

    def slices(self, *, with_runs: bool = False) -> Iterator[Slice]:
        """All pairs in slices that are held one at a time, in no order.

        The pairs of one condensed row are in one slice; those about one incident can be in several that follow each
        other (see `families.turns`). `with_runs`: of pairs in runs only those that can stand for all.
        """
        for family, pairs, runs in _families(self.facts, self.figures, with_runs):
            if len(pairs):
                compatible = self._compatible.between(pairs["left"].to_numpy(), pairs["right"].to_numpy())
                told = pairs.assign(family=named(FAMILIES.index(family), len(pairs), FAMILIES))
                some = compatible.any()
                yield Slice(told[~compatible] if some else told, told[compatible] if some else told[:0], runs)

    @cached_property
    def _compatible(self) -> Declared:
        return Declared.of(self.facts, COMPATIBLE)

    @cached_property
    def linked(self) -> Declared:
        """The links that say what a finding says too."""
        return Declared.of(self.facts, DISAGREE | {"updates"})

    @cached_property
    def declared_parts(self) -> tuple[Ints, Ints]:
        """The declared parts that are figures: whole and part, by the whole, then by the ids of the parts."""
        return totals.declared_parts(self.facts, self.figures)

    @cached_property
    def capped_sums(self) -> Ints:
        """The wholes of declared parts of which the sum is at most possible in every zone."""
        return totals.capped_wholes(self.facts, self.figures, *self.declared_parts)

    @cached_property
    def origins(self) -> Origins:
        """Whose voices the claims are."""
        return Origins(self.facts)

    @cached_property
    def none(self) -> pd.DataFrame:
        """A table of no pairs."""
        return no_pairs().assign(family=named(0, 0, FAMILIES))

    @cached_property
    def _listed(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        pairs, suppressed = [self.none], [self.none]
        for part in self.slices():
            pairs += [part.pairs] if len(part.pairs) else []
            suppressed += [part.suppressed] if len(part.suppressed) else []
        return self.in_order(pd.concat(pairs)), self.in_order(pd.concat(suppressed))

    @property
    def pairs(self) -> pd.DataFrame:
        """All pairs in order, at once."""
        return self._listed[0]

    @property
    def suppressed(self) -> pd.DataFrame:
        """The pairs that people declared compatible, in order."""
        return self._listed[1]

    def in_order(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """Strongest first, then by code, then by the ids of the claims: the same for any order of the rows."""
        code, rank = numbers(pairs["code"]), self.facts.rank
        order = np.lexsort((rank[pairs["right"]], rank[pairs["left"]], code, pairs["strength"]))
        return pairs.iloc[order].reset_index(drop=True)


def find(facts: Facts) -> Computed:
    """What every family finds; per pair of claims at most one code a family, the first of `CODES` that holds.

    Nothing is compared before pairs or slices are asked for.
    """
    return Computed(facts, figures(facts))


def _families(facts: Facts, counted: Figures, with_runs: bool) -> Iterator[tuple[str, pd.DataFrame, Runs | None]]:
    yield from (("state", *found) for found in state.find(facts, with_runs=with_runs))
    yield from (("ceasefire", pairs, None) for pairs in ceasefire.find(facts))
    yield from ((family, pairs, None) for family, pairs in _of_figures(facts, counted))
    yield from ((family, pairs, None) for family, find in OTHERS.items() for pairs in find(facts))


OTHERS = {
    "attribution": attribution.find,
    "answer": answer.find,
    "denial": denial.find,
    "start": start.find,
}
"""The families of which each is told by one function, in its order."""
COUNT = (mismatch.mismatch, series.outdated)
"""The rules of the family `count` that compare figures of one incident."""
OF_OTHER_SCOPES = (wholes.exceeds_whole, terms.term_unclear)
"""Those that hold a figure against one of another scope: what its claimant has corrected, against others' alone."""
STANDING = (mismatch.fell, totals.delta)
"""Those that leave out figures that their claimant has corrected."""


def _of_figures(facts: Facts, figures: Figures) -> Iterator[tuple[str, pd.DataFrame]]:
    """The pairs of figures in slices of whole incidents; declared parts come with their whole, whatever their own."""
    known, sums = np.flatnonzero(figures.counted | figures.vague), totals.parts_sum(facts, figures)
    gone = corrected(facts, figures)
    stands = figures.counted & ~gone
    scope, after = combined(figures.scope[known]), 0
    for chosen in whole_slices(np.bincount(scope)[scope], facts.incident[known] - NOBODY):
        mask = np.zeros(len(facts), dtype=bool)
        mask[known[chosen]] = True
        part = replace(figures, counted=figures.counted & mask, vague=figures.vague & mask)
        standing = replace(part, counted=stands & mask)
        found = [sums[mask[sums["left"]]], *(_of_others(facts, gone, rule(facts, part)) for rule in OF_OTHER_SCOPES)]
        found += [rule(facts, own) for own, rules in ((part, COUNT), (standing, STANDING)) for rule in rules]
        if any(map(len, found)):
            pairs = _first_code(pd.concat([pairs for pairs in found if len(pairs)], ignore_index=True))
            shared = pairs["finding"] >= 0
            pairs.loc[shared, "finding"] += after
            after = max(after, int(pairs["finding"].max()) + 1)
            yield "count", pairs
        yield "series", series.gap(facts, part)


def _of_others(facts: Facts, gone: Bools, pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs without those of one claimant of which one figure was corrected."""
    left, right = sides(pairs)
    stands: Bools = (facts.claimant[left] != facts.claimant[right]) | ~(gone[left] | gone[right])
    return pairs.loc[stands]


def _first_code(pairs: pd.DataFrame) -> pd.DataFrame:
    """Each pair once: its first code, and of two findings with that code the stronger (else the first) one."""
    low, high = np.minimum(pairs["left"], pairs["right"]), np.maximum(pairs["left"], pairs["right"])
    codes = pd.Series(numbers(pairs["code"]), index=pairs.index)
    first = codes.groupby([low, high]).transform("min")
    kept = pairs[codes == first].sort_values(["strength", "finding"], kind="stable")
    return kept.drop_duplicates(["left", "right"]).reset_index(drop=True)


@dataclass(frozen=True)
class Asked:
    """Which pairs are asked for; what is empty asks for all."""

    code: frozenset[str] = frozenset()
    claim: frozenset[str] = frozenset()
    incident: frozenset[str] = frozenset()
    strength: frozenset[str] = frozenset()

    def among(self, facts: Facts, pairs: pd.DataFrame) -> pd.DataFrame:
        """Those of the pairs that are asked for."""
        if self == Asked():
            return pairs
        kept = np.ones(len(pairs), dtype=bool)
        if self.code:
            kept &= pairs["code"].isin(self.code).to_numpy(dtype=bool)
        if self.strength:
            kept &= pairs["strength"].isin([STRENGTHS.index(name) for name in self.strength]).to_numpy(dtype=bool)
        for wanted in self.claims(facts.package):
            kept &= wanted[pairs["left"]] | wanted[pairs["right"]]
        return pairs[kept]

    def claims(self, package: Package) -> list[Bools]:
        """Which claims are asked for, and which are of the incidents that are; of each as far as any is."""
        chosen = {"claim_id": self.claim, "incident_id": self.incident}
        return [
            package.claims[column].isin(list(given)).to_numpy(dtype=bool) for column, given in chosen.items() if given
        ]


@dataclass
class Tally:
    """How many pairs there are by code and by strength, and how many that people declared compatible."""

    codes: Ints = field(default_factory=lambda: np.zeros(len(CODE_NAMES), dtype=np.int64))
    strengths: Ints = field(default_factory=lambda: np.zeros(len(STRENGTHS), dtype=np.int64))
    suppressed: int = 0

    def add(self, pairs: pd.DataFrame, suppressed: pd.DataFrame, runs: Runs | None = None) -> None:
        """Count a table of pairs, one of suppressed ones, and what is not listed of the runs of claims in the table."""
        self.codes += np.bincount(numbers(pairs["code"]), minlength=len(CODE_NAMES))
        self.strengths += np.bincount(pairs["strength"], minlength=len(STRENGTHS))
        self.suppressed += len(suppressed)
        if runs is not None and len(runs):
            claims = distinct(pairs["left"].to_numpy(np.int64))
            run = runs.of_claim[claims]
            definite, possible = (number[run[run >= 0]] for number in runs.unlisted)
            np.add.at(self.codes, state.code_of_runs(runs.facts, claims[run >= 0]), definite + possible)
            self.strengths[[DEFINITE, POSSIBLE]] += [definite.sum(), possible.sum()]
