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


def check(package: Package, *, claims_alone: bool = False) -> list[Breach]:
    """Every row that breaks a rule, once per rule and field.

    `claims_alone` leaves out the rules that look at other tables than claims, or at several claims.
    """
    from claimtrack.rules import (
        codebook,
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
    on_all = (statements, lists, codebook, hierarchies, relays, links)
    topics = on_claims if claims_alone else (*on_claims, *on_all)
    return list(breaches(condition for topic in topics for rule in topic.RULES for condition in rule(package)))
