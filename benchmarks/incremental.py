"""A change of a few claims in a large package: from typed frames of both versions to the findings that differ."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

CHANGED = 10


def two_versions(folder: Path, changed: int = CHANGED) -> tuple[list[Any], list[str]]:
    """The package, and the package with some claims, at regular distances, as sure as they were not; and their ids."""
    from loading import from_parquet

    package = from_parquet(folder)
    claims = package.claims
    at = np.arange(changed) * (len(claims) // changed) + len(claims) // (2 * changed)
    certainty = claims["certainty"].copy()
    certainty.iloc[at] = ["stated" if one == "hedged" else "hedged" for one in certainty.iloc[at]]
    frames = {**package.frames, "claims": claims.assign(certainty=certainty)}
    return [package, replace(package, frames=frames)], list(claims["claim_id"].iloc[at])


def difference(versions: list[list[dict[str, Any]]]) -> dict[str, int]:
    """How many findings only the first version has, and how many only the second."""
    before, after = ({json.dumps(one, sort_keys=True) for one in found} for found in versions)
    return {"gone": len(before - after), "come": len(after - before), "digest": _digest(before ^ after)}


def _digest(found: set[str]) -> int:
    """A number that two sets of findings share only if they are the same."""
    from hashlib import sha256

    return int.from_bytes(sha256("\n".join(sorted(found)).encode()).digest()[:6])
