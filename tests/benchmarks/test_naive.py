"""The rules stated once more, by merge and filter in pandas, find what the library finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import naive
import numpy as np
import pandas as pd
import pytest
from loading import from_parquet
from naive.condensed import FIGURES
from synthetic.package import generate
from synthetic.shape import Shape

import claimtrack
from claimtrack.discrepancy import CODES, STRENGTHS, Findings, compute
from claimtrack.package import Package

ORDER = [code for codes in CODES.values() for code in codes]
SHIPPED = Path(__file__).parents[2]


def generated(folder: Path, seed: int, *, hostile: bool = False) -> Package:
    """A package of the generator: realistic with planted contradictions of every code, or all at one place."""
    generate(folder, Shape(2_000, seed, hostile), plant=not hostile, parquet=True)
    return from_parquet(folder)


def with_actors(package: Package) -> Package:
    """The same, with figures of what a state did, or its army, or nobody named: of the generator's none has an actor.

    As they are drawn, some finding of each rule that asks whose doing is counted hangs on it.
    """
    claims = package.claims.copy()
    counts = (claims["kind"] == "count").to_numpy(dtype=bool)
    actors = np.array([None, None, "planted-state-b", "planted-army-b"], dtype=object)
    claims.loc[counts, "actor_id"] = np.random.default_rng(26).choice(actors, int(counts.sum()))
    return replace(package, frames={**package.frames, "claims": claims})


@pytest.fixture(scope="module", params=["shipped", "seed 1", "seed 2", "hostile"])
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Package:
    match request.param.split():
        case ["seed", seed]:
            realistic = generated(tmp_path_factory.mktemp("naive"), int(seed))
            return with_actors(realistic) if seed == "2" else realistic
        case ["hostile"]:
            return generated(tmp_path_factory.mktemp("naive"), 1, hostile=True)
    return claimtrack.load(SHIPPED)


@pytest.fixture(scope="module")
def found(package: Package) -> Findings:
    return compute(package)


def figures(row: dict[str, Any]) -> dict[str, tuple[float | None, ...]]:
    """The figures of a row of a table by name, with what is blank or unbounded as None."""
    found = {}
    for name in FIGURES:
        values = [row.get(column, np.nan) for column in (name, f"{name}_low", f"{name}_high")]
        if np.isfinite(values[:2]).any():
            found[name] = tuple(round(value, 6) if np.isfinite(value) else None for value in values)
    return found


def pairs_of(table: pd.DataFrame, package: Package) -> Iterator[tuple[object, ...]]:
    ids = package.claims["claim_id"].to_list()
    for row in table.to_dict("records"):
        yield row["family"], row["code"], row["strength"], ids[row["left"]], ids[row["right"]], figures(row)


def test_all_pairs(package: Package, found: Findings) -> None:
    ours = found.selected.assign(strength=np.array(STRENGTHS)[found.selected["strength"]])
    assert len(ours)
    assert list(pairs_of(naive.pairs(package), package)) == list(pairs_of(ours, package))


def test_condensed_rows(package: Package, found: Findings) -> None:
    rows = naive.condensed(package)
    assert int(rows["pairs"].sum()) == found.stats["pairs"]
    ours = [
        {
            **{name: row[name] for name in ("family", "strength", "claims", "codes", "statements", "explanation")},
            "times": [at and pd.Timestamp(at) for at in (row["first_at"], row["last_at"])],
            "origins": [origin["actor"] for origin in row["origins"]],
            "figures": {
                name: tuple(figure[key] for key in ("value", "low", "high")) for name, figure in row["figures"].items()
            },
        }
        for row in found.condensed()
    ]
    theirs = [
        {
            **{name: row[name] for name in ("family", "strength", "statements", "origins", "explanation")},
            "claims": list(row["claims"]),
            "codes": {code: row[code] for code in ORDER if row.get(code, 0) > 0},
            "times": [None if pd.isna(at) else at for at in (row["first_at"], row["last_at"])],
            "figures": figures(row),
        }
        for row in rows.to_dict("records")
    ]
    assert sorted(theirs, key=in_order) == sorted(ours, key=in_order)


def in_order(row: dict[str, Any]) -> str:
    """Rows of one rank are in no order of their own, as they have no ids."""
    return repr((row["family"], row["claims"], list(row["codes"].items()), row["statements"]))


def test_every_code_is_among_them(tmp_path: Path) -> None:
    assert set(compute(generated(tmp_path, 1)).selected["code"]) == set(ORDER)
