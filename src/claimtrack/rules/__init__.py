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

    A part of a package can only tell of some rules: those on one "claim" and what it points to, those "comparing"
    claims, those on "pointers" to claims, or those on the other "tables".
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
        printed,
        relays,
        statements,
        times,
        windows,
        wording,
        zones,
    )
    from claimtrack.rules.breach import breaches

    on_claims = (kinds, times, windows, zones, places, counts, printed, wording, statements)
    on_tables = (times, zones, places, lists, codebook, hierarchies, relays, links)
    rules = {
        "claim": [rule for topic in on_claims for rule in topic.CLAIM_RULES],
        "comparing": [*statements.COMPARING_RULES, *corrections.COMPARING_RULES],
        "pointers": [*relays.POINTER_RULES, *links.POINTER_RULES],
        "tables": [rule for topic in on_tables for rule in topic.RULES],
    }
    asked = rules.values() if about == "all" else [rules[about]]
    return list(breaches(condition for some in asked for rule in some for condition in rule(package)))
