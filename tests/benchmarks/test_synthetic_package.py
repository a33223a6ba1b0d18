"""The generator writes valid, canonical, reproducible packages, and what it plants is what is found."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from generate import main
from loading import from_parquet
from pandas.testing import assert_frame_equal
from synthetic.package import generate
from synthetic.shape import Shape

import claimtrack
from claimtrack.discrepancy import CODES, STRENGTHS, Findings, compute
from claimtrack.discrepancy.telling.present import pair_objects
from claimtrack.package import Package
from claimtrack.rulebook import rule
from claimtrack.schema import TABLES, table_schema
from claimtrack.validation import validate

CLAIMS, SEED = 5_000, 5


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted") / "package"
    generate(folder, Shape(CLAIMS, SEED), plant=True, parquet=True)
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "package"
    generate(folder, Shape(2_000, SEED, hostile=True))
    return folder


@pytest.fixture(scope="module")
def package(planted: Path) -> Package:
    return claimtrack.load(planted)


@pytest.fixture(scope="module")
def answer(planted: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((planted / "planted.json").read_text())
    return cases


@pytest.fixture(scope="module")
def findings(package: Package) -> Findings:
    return compute(package)


def of_planted(findings: Findings, pairs: pd.DataFrame, answer: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pairs with a planted claim, reduced to what planted.json says of them."""
    ids = {claim for case in answer for claim in case["claims"].values()}
    touched = np.isin(findings.computed.facts.claim_id.astype(str), sorted(ids))
    chosen = pairs[touched[pairs["left"]] | touched[pairs["right"]]]
    kept = ("code", "strength", "claims", "figures", "mutual")
    return [{key: pair[key] for key in kept if key in pair} for pair in pair_objects(findings.computed, chosen)]


def in_order(pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(pairs, key=lambda pair: (pair["code"], pair["claims"]))


def test_planted_contradictions_are_all_found_and_nothing_else_with_them(
    findings: Findings, answer: list[dict[str, Any]]
) -> None:
    expected = [pair for case in answer for pair in case["found"]]
    assert in_order(of_planted(findings, findings.selected, answer)) == in_order(expected)


def test_planted_contradictions_that_are_declared_compatible_are_suppressed(
    findings: Findings, answer: list[dict[str, Any]]
) -> None:
    expected = [pair for case in answer for pair in case["suppressed"]]
    assert expected
    assert in_order(of_planted(findings, findings.computed.suppressed, answer)) == in_order(expected)


def test_every_code_is_planted_in_every_strength_that_it_can_have(answer: list[dict[str, Any]]) -> None:
    planted = {(pair["code"], pair["strength"]) for case in answer for pair in case["found"]}
    assert planted == {
        (code, strength) for codes in CODES.values() for code in codes for strength in rule(code).strengths
    }
    assert {strength for _, strength in planted} == set(STRENGTHS)


@pytest.mark.parametrize("name", ["planted", "hostile"])
def test_nothing_is_wrong_with_a_generated_package(name: str, request: pytest.FixtureRequest) -> None:
    assert validate(request.getfixturevalue(name)) == []


def test_a_package_has_as_many_claims_as_were_asked_for(package: Package) -> None:
    assert len(package.claims) == CLAIMS


def test_the_same_seed_writes_the_same_bytes_and_another_one_does_not(planted: Path, tmp_path: Path) -> None:
    generate(tmp_path / "same", Shape(CLAIMS, SEED), plant=True, parquet=True)
    generate(tmp_path / "other", Shape(CLAIMS, SEED + 1), plant=True, parquet=True)
    files = sorted(path.relative_to(planted) for path in planted.rglob("*") if path.is_file())
    assert (
        sorted(path.relative_to(tmp_path / "same") for path in (tmp_path / "same").rglob("*") if path.is_file())
        == files
    )
    assert [name for name in files if (planted / name).read_bytes() != (tmp_path / "same" / name).read_bytes()] == []
    claims = Path("data/claims.csv")
    assert (planted / claims).read_bytes() != (tmp_path / "other" / claims).read_bytes()


@pytest.mark.parametrize("table", TABLES)
def test_csv_is_canonical(planted: Path, table: str) -> None:
    text = (planted / "data" / f"{table}.csv").read_bytes().decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\n").writerows(rows)
    assert again.getvalue() == text
    key = [rows[0].index(column) for column in table_schema(table).primary_key]
    keys = [[row[at] for at in key] for row in rows[1:]]
    assert keys == sorted(keys)


def test_parquet_holds_the_same_package(planted: Path, package: Package) -> None:
    typed = from_parquet(planted)
    for table in TABLES:
        assert_frame_equal(typed.frames[table], package.frames[table])
        assert_frame_equal(typed.offsets[table], package.offsets[table])


@pytest.mark.parametrize(
    "column", ["kind", "polarity", "certainty", "basis", "valid_mode", "zone_basis", "bounds_basis", "place_relation"]
)
def test_every_choice_of_a_column_occurs(package: Package, column: str) -> None:
    assert set(package.claims[column].dropna()) == set(table_schema("claims").field(column).enum)


def test_every_relation_and_chains_of_relays_occur(package: Package) -> None:
    assert set(package.links["relation"]) == set(table_schema("links").field("relation").enum)
    assert package.relays["hop"].max() == 2


def test_groups_are_of_very_different_sizes(package: Package) -> None:
    for column in ("place_id", "claimant_id", "incident_id"):
        sizes = package.claims[column].value_counts()
        assert sizes.max() > 10 * sizes.median()


def test_a_hostile_package_has_one_place_with_half_of_all_claims_and_endless_ceasefires(hostile: Path) -> None:
    package = claimtrack.load(hostile)
    assert package.claims["place_id"].value_counts(normalize=True, dropna=False).max() == pytest.approx(0.5, abs=0.05)
    assert package.incidents["ends_at"].isna().all()
    assert (package.claims["valid_mode"] == "since").any()


def test_the_command_writes_a_package_and_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [str(tmp_path / "package"), "--claims", "1000", "--seed", "2", "--planted"])
    assert result.exit_code == 0
    assert "1,000 claims" in result.output
    assert (tmp_path / "package" / "planted.json").exists()


def test_the_command_leaves_a_folder_alone_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    result = CliRunner().invoke(main, [str(tmp_path), "--claims", "1000"])
    assert result.exit_code == 2
    assert "is not empty" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
