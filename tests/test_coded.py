"""Columns of texts as numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from claimtrack.coded import Coded

CELLS = ["fire", None, "ceasefire", "fire"]
TYPES = [pd.StringDtype(), pd.CategoricalDtype(["count", "ceasefire", "fire"])]


@pytest.mark.parametrize("dtype", TYPES, ids=["texts", "different values"])
def test_a_column_as_numbers(dtype: pd.StringDtype | pd.CategoricalDtype) -> None:
    coded = Coded.of(pd.Series(CELLS, dtype=dtype))
    assert coded.code.tolist() == [0, -1, 1, 0]
    assert coded.at(np.array([3, 1, 2])).tolist() == ["fire", "", "ceasefire"]
    assert coded.is_one_of("fire", "count").tolist() == [True, False, False, True]
    assert coded.among(["count", "fire"]).tolist() == [1, -1, -1, 1]
    assert coded.of_rows(np.array([2, 1])).at(np.arange(2)).tolist() == ["ceasefire", ""]


def test_a_column_without_rows() -> None:
    coded = Coded.of(pd.Series([], dtype=pd.StringDtype()))
    assert not len(coded.code)
    assert not len(coded.is_one_of("fire"))
    assert not len(coded.among(["fire"]))
