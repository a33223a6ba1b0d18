"""Whose voices speak against a claim: the distinct roots of the contrary claimants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from claimtrack.discrepancy.facts import Facts
from claimtrack.scopes import Ints


class Origins:
    """The origin of every actor: an outlet with its country beside it, an unnamed claimant for itself."""

    def __init__(self, facts: Facts) -> None:
        actors = facts.package.actors
        anonymous = (actors["kind"] == "anonymous").fillna(False).to_numpy(dtype=bool)
        roots = np.where(anonymous, np.arange(len(actors)), facts.actors.roots)
        names = np.array(facts.actors.names, dtype=object)
        by_name = np.argsort(names, kind="stable")
        place = np.empty(len(names), dtype=np.int64)
        place[by_name] = np.arange(len(names))
        self.of_actor: Ints = place[roots]
        """For each actor the position of its origin in the order of ids."""
        based = actors["based_in"].astype(object).where(actors["based_in"].notna(), None).to_list()
        self._listed = [{"actor": str(names[row]), "based_in": based[row]} for row in by_name.tolist()]

    def objects(self, origins: Ints) -> Iterator[dict[str, Any]]:
        """The origins at these positions."""
        return (self._listed[row].copy() for row in origins.tolist())
