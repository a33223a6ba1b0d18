"""Rows are found alike by a look at a column and in its order."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.discrepancy.near import finder
from claimtrack.discrepancy.near.finder import Finder

TEXTS = st.sampled_from(["sotk", "jermuk", "goris", None])
TABLES = st.lists(st.tuples(TEXTS, TEXTS)).map(
    lambda rows: pd.DataFrame(rows, columns=["one", "other"], dtype="string")
)


@pytest.mark.parametrize("often", [False, True])
@given(table=TABLES, wanted=st.sets(st.sampled_from(["sotk", "goris", "vardenis"])))
def test_rows_are_found_by_their_texts(often: bool, table: pd.DataFrame, wanted: set[str]) -> None:
    looked, cells = Finder(table, often=often), table.astype(object).where(table.notna(), None)
    rows = [row for row, text in enumerate(cells["one"]) if text in wanted]
    for _ in range(2):
        assert looked.rows("one", wanted).tolist() == rows
    assert looked.blank("one").tolist() == [row for row, text in enumerate(cells["one"]) if text is None]
    nothing = [row for row, texts in enumerate(zip(cells["one"], cells["other"], strict=True)) if not any(texts)]
    assert looked.blank("one", "other").tolist() == nothing
    taken = looked.taken(np.array(rows, dtype=np.int64), ("other", "one"))
    pd.testing.assert_frame_equal(taken, table.iloc[rows][["other", "one"]].reset_index(drop=True))
    assert looked.values("other", np.array(rows, dtype=np.int64)).equals(taken["other"])


def test_texts_of_one_number_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder, "hashes", lambda texts: np.zeros(len(texts), dtype=np.int64))
    looked = Finder(pd.DataFrame({"one": ["sotk", "goris", "sotk"]}, dtype="string"), often=True)
    assert looked.rows("one", {"sotk"}).tolist() == [0, 2]
