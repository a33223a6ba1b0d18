"""The engine and the slow statement of its rules find the same pairs in generated packages."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import FAMILIES, discrepancies
from oracle_states import Figure, Found

from claimtrack.discrepancy import FAMILIES as COMPUTED_FAMILIES
from claimtrack.discrepancy import compute
from claimtrack.discrepancy.pairs import STRENGTHS
from claimtrack.discrepancy.telling.present import FIGURE_UNITS
from examples import tried
from generated import THEMES, WORLD, drawn, package_of

"""Forty, unless a profile asks for more."""


def number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 3)


def rounded(pair: Found) -> Found:
    figures = tuple(
        (name, tuple(None if value is None else round(value, 3) + 0.0 for value in figure))
        for name, figure in pair.figures
    )
    return pair._replace(figures=figures)


def found(computed: Any, pairs: pd.DataFrame) -> dict[str, list[Found]]:
    """A table of pairs as the oracle writes them, by family."""
    ids = computed.facts.claim_id
    by_family: dict[str, list[Found]] = {family: [] for family in FAMILIES}
    for row in pairs.to_dict("records"):
        figures: list[tuple[str, Figure]] = []
        for name in sorted(FIGURE_UNITS):
            if not math.isnan(row.get(f"{name}_low", math.nan)):
                figures.append((name, (number(row[name]), number(row[f"{name}_low"]), number(row[f"{name}_high"]))))
        by_family[row["family"]].append(
            Found(
                row["family"],
                row["code"],
                ids[row["left"]],
                ids[row["right"]],
                STRENGTHS[row["strength"]],
                tuple(figures),
            )
        )
    return by_family


def test_the_oracle_knows_every_family() -> None:
    assert sorted(FAMILIES) == sorted(COMPUTED_FAMILIES)


@pytest.mark.parametrize("theme", THEMES)
@tried(40)
@given(data=st.data())
def test_engine_and_oracle_agree(theme: str, data: st.DataObject) -> None:
    package = package_of(WORLD | data.draw(drawn(theme)))
    expected = {family: [rounded(pair) for pair in pairs] for family, pairs in discrepancies(package).items()}
    computed = compute(package).computed
    pairs = found(computed, computed.pairs)
    for family in FAMILIES:
        assert sorted(pairs[family], key=repr) == sorted(expected[family], key=repr), family
    hidden = [pair for family in found(computed, computed.suppressed).values() for pair in family]
    assert sorted(hidden, key=repr) == sorted(expected["suppressed"], key=repr)
