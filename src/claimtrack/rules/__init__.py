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

    A part of a package can only tell of some rules: those on one "claim" and what it points to, those on "pointers" to
    claims, or the "rest", which look at other tables or compare claims.
    """
    from claimtrack.rules import codebook, corrections, hierarchies, links, lists, relays, statements
    from claimtrack.rules import counts, kinds, places, times, wording, zones
    from claimtrack.rules.breach import breaches

    rules = {
        "claim": [rule for topic in (kinds, times, zones, places, counts, wording) for rule in topic.CLAIM_RULES],
        "rest": [
            rule
            for topic in (times, zones, places, statements, lists, codebook, hierarchies, relays, links, corrections)
            for rule in topic.RULES
        ],
        "pointers": [*relays.POINTER_RULES, *links.POINTER_RULES],
    }
    asked = rules.values() if about == "all" else [rules[about]]
    return list(breaches(condition for some in asked for rule in some for condition in rule(package)))
