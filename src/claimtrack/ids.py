"""Ids that are minted from content: of claims, and of findings."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping

CLAIM_ID_COLUMNS = (
    "source_id",
    "locator",
    "kind",
    "predicate",
    "polarity",
    "claimant_id",
    "actor_id",
    "target_id",
    "place_id",
    "valid_from",
    "valid_to",
    "count_text",
    "answer",
)


def _base32(parts: Iterable[str], length: int) -> str:
    """The first characters of the hash of the parts in base32, 16 at most: five bytes make eight of them."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return base64.b32encode(digest[:10]).decode().lower()[:length]


def mint_claim_id(cells: Mapping[str, str]) -> str:
    """The id of a new claim, from its cells as written in the file (blank or absent: "").

    The same claim entered twice gets the same id. An id is minted once and never changes when the row is corrected.
    """
    day = cells.get("reported_from", "")[:10].replace("-", "") or "undated"
    hashed = _base32((cells.get(column, "") for column in CLAIM_ID_COLUMNS), 8)
    return f"{day}-{cells['claimant_id']}-{hashed}"


def fingerprint(family: str, parts: Iterable[str]) -> str:
    """The id of a finding: stable while the same claims (or the same scope) stand against each other."""
    return f"{family}-{_base32(sorted(parts), 12)}"
