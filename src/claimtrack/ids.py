"""Ids that are minted from content: of claims, and of findings."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping

import numpy as np

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


LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)
"""The digits of base32."""
LENGTH = 12
"""The characters of a fingerprint."""


HASHED = 8
"""The characters at the end of a claim's id, by which it differs from others of its day and claimant."""

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _hashed(parts: Iterable[str]) -> bytes:
    return hashlib.sha256("\x1f".join(parts).encode()).digest()


def _base32(parts: Iterable[str], length: int) -> str:
    """The first characters of the hash of the parts in base32, 16 at most: five bytes make eight of them."""
    return base64.b32encode(_hashed(parts)[:10]).decode().lower()[:length]


def mint_claim_id(cells: Mapping[str, str]) -> str:
    """The id of a new claim, from its cells as written in the file (blank or absent: "").

    The same claim entered twice gets the same id. An id is minted once and never changes when the row is corrected.
    """
    day = cells.get("reported_from", "")[:10]
    dated = day.replace("-", "") if _DAY.fullmatch(day) else "undated"
    hashed = _base32((cells.get(column, "") for column in CLAIM_ID_COLUMNS), HASHED)
    return f"{dated}-{cells['claimant_id']}-{hashed}"


def fingerprint(family: str, parts: Iterable[str]) -> str:
    """The id of a finding: stable while the same claims (or the same scope) stand against each other."""
    return f"{family}-{_base32(sorted(parts), LENGTH)}"


def fingerprints(families: Iterable[str], findings: Iterable[Iterable[str]]) -> list[str]:
    """The ids of many findings, each by its family and its parts: all in base32 at once."""
    first = b"".join([_hashed(sorted(parts))[:8] for parts in findings])
    bits = np.frombuffer(first, dtype=">u8").astype(np.uint64)[:, None] >> np.arange(59, -1, -5, dtype=np.uint64)
    names = LETTERS[bits & np.uint64(31)].view(f"S{LENGTH}").ravel().astype(str).tolist()
    return [f"{family}-{name}" for family, name in zip(families, names, strict=False)]
