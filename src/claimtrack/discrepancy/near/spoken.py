"""Of which state, where and when claims speak, in bounds wider than any reading; and which can then meet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from claimtrack.discrepancy.joins.keys import distinct
from claimtrack.scopes import NOBODY, Bools, Hierarchy, Ints


@dataclass(frozen=True)
class Spoken:
    """Some claims of a package: one entry a claim in every array."""

    places: Hierarchy
    claim: Ints
    """Its position in the package."""
    state: Ints
    place: Ints
    """The claim's own place, else its incident's; `NOBODY` for none, which may be anywhere."""
    begin: Ints
    end: Ints
    """Bounds of all that the claim can speak of, both included."""

    def meeting(self, others: Spoken) -> Ints:
        """The claims that speak of the same state as one of the others while that lasts, inside or around its place."""
        rows = np.arange(len(self.claim))
        found = np.zeros(len(rows), dtype=bool)
        for (ours, at), (theirs, nodes) in (
            (self._containing(), (np.arange(len(others.claim)), others._nodes())),
            ((rows, self._nodes()), others._containing()),
        ):
            met = np.isin(at, distinct(nodes))
            ours, at = ours[met], at[met]
            spans = Spans.of(nodes, others.begin[theirs], others.end[theirs])
            found[ours[spans.meet(at, self.begin[ours], self.end[ours])]] = True
        return self.claim[found]

    def _nodes(self) -> Ints:
        """A number for what each claim speaks of: its state at its place, or anywhere."""
        return self._numbers(self.state, self.place)

    def _containing(self) -> tuple[Ints, Ints]:
        """The numbers of the state of each claim at every place that contains its own, and anywhere: claim, number."""
        inside, container = self.places.expand(self.place)
        rows = np.arange(len(self.claim))
        anywhere = np.full(len(rows), NOBODY)
        claim = np.concatenate([inside, rows])
        return claim, self._numbers(self.state[claim], np.concatenate([container, anywhere]))

    def _numbers(self, state: Ints, place: Ints) -> Ints:
        return state * (len(self.places.names) + 1) + place - NOBODY


@dataclass(frozen=True)
class Spans:
    """Periods at numbered nodes. Begins and ends are ranks among all their moments, made distinct by node.

    As many periods meet another as begin by its end, less those that end before it begins.
    """

    moments: Ints
    begins: Ints
    ends: Ints

    @classmethod
    def of(cls, node: Ints, begin: Ints, end: Ints) -> Spans:
        """Those of these nodes and bounds, both included."""
        moments = distinct(np.concatenate([begin, end]))
        bounds = (node * (len(moments) + 1) + np.searchsorted(moments, bound) for bound in (begin, end))
        return cls(moments, *(np.sort(bound) for bound in bounds))

    def meet(self, node: Ints, begin: Ints, end: Ints) -> Bools:
        """Whether each period meets one that is at its node."""
        first = node * (len(self.moments) + 1)
        begun = np.searchsorted(self.begins, first + np.searchsorted(self.moments, end, side="right"))
        over = np.searchsorted(self.ends, first + np.searchsorted(self.moments, begin))
        found: Bools = begun > over
        return found
