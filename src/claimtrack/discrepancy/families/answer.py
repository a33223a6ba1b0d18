"""Family `answer`: different answers to a question that has one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.families.turns import in_turn
from claimtrack.discrepancy.pairs import DEFINITE, POSSIBLE, table
from claimtrack.scopes import NOBODY, Ints


def find(facts: Facts) -> Iterator[pd.DataFrame]:
    """All pairs of the family in slices (see `in_turn`), the claim that was said earlier first."""
    rows = np.flatnonzero(
        facts.asserts & facts.compared & (facts.answer != NOBODY) & (facts.incident != NOBODY) & facts.single_answer
    )
    return in_turn(facts, rows, _conflicts)


def _conflicts(facts: Facts, left: Ints, right: Ints) -> pd.DataFrame:
    differ = facts.answer[left] != facts.answer[right]
    left, right = left[differ], right[differ]
    doubtful = facts.doubtful[left] | facts.doubtful[right]
    return table(left, right, "answer-conflict", np.where(doubtful, POSSIBLE, DEFINITE), {})
