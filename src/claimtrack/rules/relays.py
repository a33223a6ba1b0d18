"""The chain through which a claim came from its claimant to the publisher."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimtrack.rules.breach import Condition, mask
from claimtrack.rules.cells import follow, found, hashed, pick

if TYPE_CHECKING:
    from claimtrack.package import Package


def _hops(package: Package) -> Iterator[Condition]:
    relays = package.relays
    claim = hashed(relays["claim_id"])
    expected = relays["hop"].where(claim != 0).groupby(claim).rank(method="dense")
    # Everything after a gap is out of step with it; the first hop beyond it is the one to look at.
    wrong = relays[mask(relays["hop"] != expected)]
    if wrong.empty:
        return
    first = wrong.groupby("claim_id")["hop"].transform("min")
    at_gap = wrong.index[mask(wrong["hop"] == first)]
    yield Condition(
        code="relay-gap",
        table="relays",
        field="hop",
        broken=relays.index.isin(at_gap),
        message=lambda row: (
            f"hop {relays['hop'].iloc[row]} of claim {relays['claim_id'].iloc[row]} comes where hop "
            f"{int(expected.iloc[row])} is expected"
        ),
    )


def _relayers(package: Package) -> Iterator[Condition]:
    relays, relayer = package.relays, package.relays["relayer_id"]
    at = found(relays["claim_id"], package.claims["claim_id"])
    claimant, source = pick(package.claims["claimant_id"], at), pick(package.claims["source_id"], at)
    yield Condition(
        code="relay-claimant",
        table="relays",
        field="relayer_id",
        broken=mask(relayer == claimant),
        message=lambda row: f"{relayer.iloc[row]} is the claimant and is said to have passed on its own claim",
    )
    publisher = follow(source, package.sources, "source_id", "publisher_id")
    yield Condition(
        code="relay-publisher",
        table="relays",
        field="relayer_id",
        broken=mask(relayer == publisher),
        message=lambda row: f"{relayer.iloc[row]} published the source itself, which the source says already",
    )


RULES = (_hops,)
POINTER_RULES = (_relayers,)
