"""One claim as a card: its sentence, who put it forward, its three clocks, and where it was read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from claimtrack.package import Package
from claimtrack.views.cells import rows
from claimtrack.views.names import known, names

Card = dict[str, Any]

_AT_ONCE = 500
"""How many rows of claims are made ready together: one by one takes a hundred times as long."""


class Cards:
    """Cards of the claims of one package, made when asked for and kept."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._made: dict[str, Card] = {}
        self._ready: dict[int, dict[str, Any]] = {}

    def __getitem__(self, claim_id: str) -> Card:
        """The card of one claim; `UsageError` with the closest ids if there is none."""
        if claim_id not in self._made:
            self._made[claim_id] = self._card(claim_id)
        return self._made[claim_id]

    def of(self, claim_ids: Iterable[str]) -> list[Card]:
        """The cards of several claims, in order."""
        return [self[claim_id] for claim_id in claim_ids]

    @cached_property
    def _position(self) -> dict[str, int]:
        return {claim_id: position for position, claim_id in enumerate(self._package.claims["claim_id"])}

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        return {table: names(self._package, table) for table in ("actors", "places", "incidents")}

    @cached_property
    def _sources(self) -> dict[str, dict[str, Any]]:
        cited = self._package.sources["source_id"].isin(self._package.claims["source_id"].unique())
        return {row["source_id"]: row for row in rows(self._package, "sources", np.flatnonzero(cited).tolist())}

    @cached_property
    def _relayers(self) -> dict[str, list[str]]:
        relays = self._package.relays.sort_values(["claim_id", "hop"])
        grouped: dict[str, list[str]] = {}
        for claim_id, relayer in zip(relays["claim_id"], relays["relayer_id"], strict=True):
            grouped.setdefault(claim_id, []).append(relayer)
        return grouped

    def named(self, table: str, identity: str | None) -> dict[str, str] | None:
        """`{"id", "name"}` of an actor, place or incident; None for a blank cell."""
        return None if identity is None else {"id": identity, "name": self._names[table][identity]}

    def _row(self, position: int) -> dict[str, Any]:
        """One row of claims, of which some around it are made ready, too; it is asked for once."""
        if position not in self._ready:
            first = position // _AT_ONCE * _AT_ONCE
            some = range(first, min(first + _AT_ONCE, len(self._package.claims)))
            self._ready |= zip(some, rows(self._package, "claims", some), strict=True)
        return self._ready.pop(position)

    def _card(self, claim_id: str) -> Card:
        known(claim_id, self._position.keys(), "claim")
        row = self._row(self._position[claim_id])
        source = self._sources[row["source_id"]]
        chain = [row["claimant_id"], *self._relayers.get(claim_id, []), source["publisher_id"]]
        card: Card = {name: row[name] for name in ("claim_id", "kind", "predicate", "polarity", "certainty", "basis")}
        card |= {name: row[name] for name in ("text", "quote", "note", "statement_id", "answer")}
        card["claimant"] = self.named("actors", row["claimant_id"])
        card["actor"] = self.named("actors", row["actor_id"])
        card["target"] = self.named("actors", row["target_id"])
        card["place"] = self.named("places", row["place_id"])
        card["place_relation"] = row["place_relation"]
        card["incident"] = self.named("incidents", row["incident_id"])
        for clock in ("reported", "asserted", "valid"):
            card[clock] = {"from": row[f"{clock}_from"], "to": row[f"{clock}_to"]}
        card["valid"] |= {"mode": row["valid_mode"], "text": row["time_text"], "zone_basis": row["zone_basis"]}
        card["valid"]["bounds_basis"] = row["bounds_basis"]
        card["count"] = _count(row)
        card["source"] = {
            name: source[name] for name in ("source_id", "title", "kind", "url", "published_on", "standing")
        }
        card["source"] |= {"publisher": self.named("actors", source["publisher_id"]), "locator": row["locator"]}
        # A claimant that publishes its own words stands once at the end of the chain.
        card["chain"] = [self.named("actors", actor) for actor in dict.fromkeys(chain)]
        return card


def _count(row: dict[str, Any]) -> dict[str, Any] | None:
    if row["kind"] != "count":
        return None
    numbers = {end: None if pd.isna(row[f"count_{end}"]) else int(row[f"count_{end}"]) for end in ("min", "max")}
    return numbers | {name: row[f"count_{name}"] for name in ("mode", "basis", "approx", "text")}
