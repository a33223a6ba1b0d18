"""Rules across cells, rows and tables. What concerns one cell or one key is the schema's, and checked before these.

A rule compares what is there. Where a cell is blank or a key leads nowhere it has nothing to compare, so that a fault
that was found before does not come back as a second one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack.rules.breach import Breach

if TYPE_CHECKING:
    from claimtrack.package import Package

__all__ = ["Breach", "check"]


def check(package: Package) -> list[Breach]:
    """Every row that breaks a rule, once per rule and field."""
    from claimtrack.rules import (
        codebook,
        corrections,
        counts,
        hierarchies,
        kinds,
        links,
        lists,
        places,
        relays,
        statements,
        times,
        wording,
        zones,
    )
    from claimtrack.rules.breach import breaches

    about_claims = (kinds, times, zones, places, counts, statements, wording)
    topics = (*about_claims, lists, codebook, hierarchies, relays, links, corrections)
    return list(breaches(condition for topic in topics for rule in topic.RULES for condition in rule(package)))
