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


def check(package: Package, about: str = "all") -> list[Breach]:
    """Every row that breaks a rule, once per rule and field.

    Of rules not "about" what is asked, as a part of a package has it, some are left out to save time.
    """
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

    on_claims = (kinds, times, zones, places, counts, wording)
    on_all = (statements, lists, codebook, hierarchies, relays, links, corrections)
    topics = {"claim": on_claims, "pointers": (links, relays)}.get(about, (*on_claims, *on_all))
    return list(breaches(condition for topic in topics for rule in topic.RULES for condition in rule(package)))
