"""Family `count`: figures that cannot both be."""

from __future__ import annotations

import pandas as pd

from naive.figures import Figures
from naive.mismatch import fell, mismatch
from naive.repeated import outdated
from naive.tables import Tables
from naive.totals import delta, parts_sum
from naive.unclear import term_unclear
from naive.wholes import exceeds_whole


def count(tables: Tables, known: Figures) -> pd.DataFrame:
    """All pairs of the family: of two claims the first code, and of two findings of it the stronger one."""
    found = pd.concat(
        [
            mismatch(tables, known),
            exceeds_whole(tables, known),
            outdated(tables, known),
            fell(tables, known),
            delta(tables, known),
            parts_sum(tables, known),
            term_unclear(tables, known),
        ],
        ignore_index=True,
    )
    both = found[["left", "right"]]
    found = found.assign(low=both.min(axis=1), high=both.max(axis=1))
    found = found.sort_values(["code", "strength", "finding"], kind="stable").drop_duplicates(["low", "high"])
    return found.drop(columns=["low", "high"])
