"""What one claim rests on, what supports it and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from claimtrack.discrepancy import Index
from claimtrack.package import Package
from claimtrack.partition.fetched import to_fetch_from
from claimtrack.views.cells import rows
from claimtrack.views.claims import Card, Cards
from claimtrack.views.findings import Question, fetched

SUPPORTING = ("corroborates",)
"""An independent claim to the same effect: what repeats a claim, or is part of it, supports it no further."""
OPPOSING = ("contradicts", "in_tension", "denies", "retracts")


def evidence_in(descriptor: Path, claim_id: str) -> dict[str, Any]:
    """`evidence` from the package at a descriptor, of whose claims only what bears on this one is read whole."""
    package, fetch = to_fetch_from(descriptor)
    with closing(fetched(package, fetch, Question(claims=(claim_id,)))) as found:
        pairs = list(found.pairs())
    linked = [link[end] for link in _links(package, claim_id) for end in ("claim_id", "other_id")]
    named = {claim_id, *linked, *(claim for pair in pairs for claim in pair["claims"])}
    return evidence(found.package_of(named), claim_id, pairs)


def evidence(package: Package, claim_id: str, pairs: Iterable[dict[str, Any]] | None = None) -> dict[str, Any]:
    """One claim with everything that bears on it; `pairs` are those that it is a side of, computed if not given.

    Keys: `claim` (its card); `links`, what people declared (relation, direction `to` or `from` the other claim, basis,
    note, the other claim); `supports` and `declared_against`, those of the links that support or oppose; `against`,
    the computed pairs (the object of `discrepancies --pairs`, with the other claim), strongest first; `corrections`,
    what the recorder had wrong (column, old, new, corrected_on, reason), by day.
    `UsageError` if there is no such claim.
    """
    cards = Cards(package)
    card = cards[claim_id]
    links = [_link(row, claim_id, cards) for row in _links(package, claim_id)]
    if pairs is None:
        pairs = Index(package, often=False).findings([claim_id]).pairs()
    return {
        "claim": card,
        "links": links,
        "supports": [link for link in links if link["relation"] in SUPPORTING],
        "declared_against": [link for link in links if link["relation"] in OPPOSING],
        "against": [_against(pair, claim_id, cards) for pair in pairs],
        "corrections": _corrections(package, claim_id),
    }


def brief(card: Card) -> dict[str, Any]:
    """As much of a claim as one needs to follow a reference to it."""
    return {name: card[name] for name in ("claim_id", "kind", "text", "claimant", "certainty", "reported", "valid")}


def _corrections(package: Package, claim_id: str) -> list[dict[str, Any]]:
    made = rows(package, "corrections", np.flatnonzero(package.corrections["claim_id"] == claim_id).tolist())
    told = [{column: cell for column, cell in row.items() if column != "claim_id"} for row in made]
    return sorted(told, key=lambda row: (str(row["corrected_on"]), row["column"]))


def _links(package: Package, claim_id: str) -> Iterable[Mapping[Any, Any]]:
    links = package.links
    touching = links[(links["claim_id"] == claim_id) | (links["other_id"] == claim_id)]
    return touching.astype(object).where(touching.notna(), None).to_dict("records")


def _link(row: Mapping[Any, Any], claim_id: str, cards: Cards) -> dict[str, Any]:
    outwards = row["claim_id"] == claim_id
    other = row["other_id"] if outwards else row["claim_id"]
    return {
        "relation": row["relation"],
        "direction": "to" if outwards else "from",
        "basis": row["basis"],
        "note": row["note"],
        "claim": brief(cards[other]),
    }


def _against(pair: dict[str, Any], claim_id: str, cards: Cards) -> dict[str, Any]:
    at_issue, other = pair["claims"][0], pair["claims"][1]
    opposite = other if at_issue == claim_id else at_issue
    return pair | {"claim": brief(cards[opposite]), "at_issue": at_issue == claim_id}
