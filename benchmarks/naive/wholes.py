"""Family `count`: a part that is above its whole."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.scopes import Hierarchy
from naive.figures import Figures, high_against, holds_surely, holds_window, over_readings, takes_in
from naive.mismatch import standing
from naive.tables import Tables
from naive.verdicts import definite, of_figures


def exceeds_whole(tables: Tables, figures: Figures) -> pd.DataFrame:
    """`count-exceeds-whole`: a figure for a part of a scope that is above the figure for the whole. The whole first.

    Of additions others can be negative.
    """
    columns = ["claim", "claimant", "low", "high", "confirmed", "series", "capped", "incident", "cumulative"]
    wholes = figures.clear[[*columns, "place", "target", "term"]]
    terms = pd.DataFrame(dict(zip(("term", "whole_term"), np.nonzero(tables.terms.within), strict=True)))
    parts = (
        wholes.merge(_containers(tables.places, "place"), on="place")
        .merge(_containers(tables.actors, "target"), on="target")
        .merge(terms, on="term")
        .drop(columns=["place", "target", "term"])
        .rename(columns={"whole_place": "place", "whole_target": "target", "whole_term": "term"})
    )
    scope = ["incident", "cumulative", "place", "target", "term"]
    rows = wholes.merge(parts, on=scope, suffixes=("_left", "_right"))
    rows = rows.rename(columns={"claim_left": "left", "claim_right": "right"})
    rows = rows[high_against(rows, "left") < rows["low_right"]]
    # What its claimant has corrected is not held against the claimant's other figures.
    stands = standing(tables, figures)["claim"]
    both_stand = rows["left"].isin(stands) & rows["right"].isin(stands)
    rows = rows[both_stand | (rows["claimant_left"] != rows["claimant_right"])].reset_index(drop=True)
    sometimes, _ = over_readings(figures, rows, _is_part)
    _, always = over_readings(figures, rows, lambda two: _is_part(two) & holds_surely(two))
    sure = always & rows["cumulative"] & ~rows["capped_left"] & ~rows["capped_right"]
    sure &= takes_in(tables, figures, rows, "left", "right")
    rows, sure = rows[sometimes], sure[sometimes]
    least, most = rows["low_right"] - rows["high_left"], high_against(rows, "right") - rows["low_left"]
    return of_figures(rows, "count-exceeds-whole", definite(sure), excess=(least, least, most))


def _containers(hierarchy: Hierarchy, column: str) -> pd.DataFrame:
    """Everything that contains a place or an actor; what is blank lies only in what is blank."""
    inside = pd.DataFrame({column: hierarchy.inside, f"whole_{column}": hierarchy.container})
    return pd.concat([inside, pd.DataFrame({column: [-1], f"whole_{column}": [-1]})])


def _is_part(rows: pd.DataFrame) -> pd.Series:
    """The right figure is of a part of the left one's window or scope: not an earlier total of the same scope."""
    same_baseline = (rows["scope_left"] == rows["scope_right"]) & (rows["baseline_left"] == rows["baseline_right"])
    itself = same_baseline & (rows["cumulative_left"] | (rows["as_of_left"] == rows["as_of_right"]))
    return holds_window(rows) & ~itself
