"""All codes as an analyst would write them in pandas from `discrepancies.md`: merge and filter, then group.

Readings are exploded into rows, merged with each other on what must be equal (place, incident, scope), filtered by
masks, grouped to one verdict a pair of claims, and pairs to condensed rows. What a time can mean, and which place lies
in which, are definitions and come from the library; nothing of its `discrepancy` does.
"""

from __future__ import annotations

import pandas as pd

from claimtrack.package import Package
from naive.ceasefire import ceasefire
from naive.condensed import condensed as condensed_rows
from naive.count import count
from naive.denial import denial
from naive.figures import Figures, figures
from naive.parties import answer, attribution
from naive.series import gap
from naive.start import start
from naive.state import state
from naive.tables import Tables, tables
from naive.verdicts import without_declared

__all__ = ["condensed", "pairs"]


def pairs(package: Package) -> pd.DataFrame:
    """All pairs of all families: strongest first, then by code, then by the ids of the claims."""
    given = tables(package)
    found = pd.concat(_by_family(given, figures(given)), names=["family"]).reset_index("family")
    for side in ("left", "right"):
        found = found.join(given.claims[["claim_id", "rank"]].add_suffix(f"_{side}"), on=side)
    order = ["strength", "code", "rank_left", "rank_right"]
    return found.sort_values(order, ignore_index=True).drop(columns=["rank_left", "rank_right"])


def condensed(package: Package) -> pd.DataFrame:
    """One row a contradicted claim, scope of counts, or incident (see `condensed_rows`)."""
    given = tables(package)
    known = figures(given)
    return condensed_rows(given, known, _by_family(given, known))


def _by_family(given: Tables, known: Figures) -> dict[str, pd.DataFrame]:
    """The pairs of each family, without those that people declared compatible."""
    found = {
        "state": state(given),
        "ceasefire": ceasefire(given),
        "count": count(given, known),
        "series": gap(known),
        "attribution": attribution(given),
        "denial": denial(given),
        "start": start(given),
        "answer": answer(given),
    }
    return {family: without_declared(given, told, "compatible") for family, told in found.items()}
