"""Which discrepancies come, go, or turn out otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claimtrack.discrepancy import compute
from claimtrack.package import Package

Finding = Mapping[str, Any]

TOLD = ("strength", "codes", "statements", "figures")
"""What makes a finding of the same id another one: how sure, of which sort, how many contrary statements, how much."""


@dataclass(frozen=True)
class FindingsDiff:
    """Condensed findings by their id. `changed` has each as it was and as it is."""

    introduced: Sequence[Finding] = ()
    resolved: Sequence[Finding] = ()
    changed: Sequence[tuple[Finding, Finding]] = ()


def compare_findings(base: Package | None, head: Package | None, *, same: bool) -> FindingsDiff | None:
    """The discrepancies of two packages; None where one of them cannot be loaded.

    The same rows have the same discrepancies: nothing is computed for them.
    """
    if base is None or head is None:
        return None
    if same:
        return FindingsDiff()
    was, now = ({finding["id"]: finding for finding in compute(side).condensed()} for side in (base, head))
    return FindingsDiff(
        introduced=[finding for identity, finding in now.items() if identity not in was],
        resolved=[finding for identity, finding in was.items() if identity not in now],
        changed=[
            (was[identity], finding)
            for identity, finding in now.items()
            if identity in was and any(was[identity][part] != finding[part] for part in TOLD)
        ],
    )
