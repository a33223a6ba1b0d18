"""From what holds between two readings to one verdict on two claims.

A table of pairs has one row two claims: `left` (the claim at issue) and `right`, `code`, `strength`, `finding` (shared
by the pairs of one finding, −1 for a finding of its own), and for each figure its value, `_low` and `_high`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from claimtrack.rulebook import rules
from naive.tables import Tables

CODE = pd.CategoricalDtype([rule.code for rule in rules().values() if rule.family], ordered=True)
STRENGTH = pd.CategoricalDtype(["definite", "possible", "tension", "unconfirmed"], ordered=True)


def definite(sure: pd.Series) -> pd.Series:
    """The strength of what is definite where it is sure, and else possible."""
    return pd.Series(pd.Categorical.from_codes((~sure).astype(int), dtype=STRENGTH), index=sure.index)


def constant(rows: pd.DataFrame, dtype: pd.CategoricalDtype, value: str) -> pd.Series:
    """The same code or strength for all rows."""
    return pd.Series(pd.Categorical([value] * len(rows), dtype=dtype), index=rows.index)


def verdicts(rows: pd.DataFrame, codes: Sequence[str], figures: Sequence[str] = ()) -> pd.DataFrame:
    """One row two claims from one row two readings of them of which a code holds.

    `rows` has `left`, `right`, `order` (the position of the code that holds), `sure`, `capped`, the figures, and of
    both readings `recorded`, `readings`, `doubtful` and `valid_mode`. The first code counts. It is definite where it is
    sure under every combination of readings, and neither the pair is capped nor a claim unsure. Figures are as
    recorded, with the lowest and the highest.
    """
    as_recorded = rows["recorded_left"] & rows["recorded_right"]
    first = rows["order"] == rows.groupby(["left", "right"])["order"].transform("min")
    asked = rows.assign(
        combinations=rows["readings_left"] * rows["readings_right"],
        sure=rows["sure"] & first,
        doubt=rows["capped"] | _unsure(rows, "left") | _unsure(rows, "right"),
        **{f"{name}_recorded": rows[name].where(as_recorded) for name in figures},
    )
    measures = {
        name: measure
        for figure in figures
        for name, measure in (
            (figure, (f"{figure}_recorded", "max")),
            (f"{figure}_low", (figure, "min")),
            (f"{figure}_high", (figure, "max")),
        )
    }
    found = (
        asked.groupby(["left", "right"])
        .agg(
            order=("order", "min"),
            sure=("sure", "sum"),
            combinations=("combinations", "first"),
            doubt=("doubt", "max"),
            **measures,
        )
        .reset_index()
    )
    found["code"] = pd.Categorical(np.array(codes)[found["order"]], dtype=CODE)
    found["strength"] = definite((found["sure"] == found["combinations"]) & ~found["doubt"])
    found["finding"] = -1
    return found.drop(columns=["order", "sure", "combinations", "doubt"])


def _unsure(rows: pd.DataFrame, side: str) -> pd.Series:
    """Whether the claim of that side is hedged or implied, or gives no time."""
    return rows[f"doubtful_{side}"] | rows[f"valid_mode_{side}"].isna()


def not_of_one_statement(pairs: pd.DataFrame, statement: pd.Series) -> pd.DataFrame:
    """Without pairs of one statement that are not definite: nobody contradicts himself in one breath."""
    together = statement.loc[pairs["left"]].to_numpy() == statement.loc[pairs["right"]].to_numpy()
    return pairs[~together | (pairs["strength"] == "definite")]


def without_declared(tables: Tables, found: pd.DataFrame, relation: str) -> pd.DataFrame:
    """Without the pairs between which people declared a link of this relation, either way round."""
    links = tables.links.loc[tables.links["relation"] == relation, ["left", "right"]]
    both = pd.concat([links, links.rename(columns={"left": "right", "right": "left"})]).drop_duplicates()
    declared = found.merge(both, on=["left", "right"], how="left", indicator=True)
    return declared[declared["_merge"] == "left_only"].drop(columns="_merge")


def of_figures(
    rows: pd.DataFrame, code: str, strength: pd.Series, finding: pd.Series | int = -1, **figures: tuple[pd.Series, ...]
) -> pd.DataFrame:
    """The table of pairs of one code from rows with `left` and `right`; a figure is (value, lowest, highest)."""
    columns = {
        name: value
        for figure, values in figures.items()
        for name, value in zip((figure, f"{figure}_low", f"{figure}_high"), values, strict=True)
    }
    own = {"code": constant(rows, CODE, code), "strength": strength, "finding": finding}
    return rows[["left", "right"]].assign(**own, **columns)
