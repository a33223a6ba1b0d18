"""The agreement of the two readers, as the coding notes quote it, is what their files give."""

from __future__ import annotations

import importlib.util
from math import isnan
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from claimtrack.schema import table_schema

CODING = Path(__file__).parents[1] / "docs" / "coding"


def _agreement() -> ModuleType:
    spec = importlib.util.spec_from_file_location("agreement", CODING / "agreement.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


agreement = _agreement()


@pytest.mark.parametrize("reader", ["a", "b"])
def test_the_files_of_the_readers_have_the_columns_of_claims_and_are_sorted(reader: str) -> None:
    raw = pd.read_csv(CODING / f"reader-{reader}.csv", dtype=str, keep_default_na=False)
    assert list(raw) == list(table_schema("claims").columns)
    assert raw["claim_id"].is_unique
    assert raw["claim_id"].is_monotonic_increasing


def test_the_notes_quote_what_the_script_computes(capsys: pytest.CaptureFixture[str]) -> None:
    agreement.main([])
    printed = capsys.readouterr().out
    quoted = agreement.NOTES.read_text(encoding="utf-8").split(agreement.BEGIN)[1].split(agreement.END)[0]
    assert quoted == printed, "docs/coding-notes.md is stale: run `python docs/coding/agreement.py --write`"


def test_the_script_writes_between_the_markers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(f"before\n{agreement.BEGIN}old\n{agreement.END}after\n", encoding="utf-8")
    monkeypatch.setattr(agreement, "NOTES", notes)
    agreement.main(["--write"])
    tables = agreement.markdown(agreement.read(CODING / "reader-a.csv"), agreement.read(CODING / "reader-b.csv"))
    assert notes.read_text(encoding="utf-8") == f"before\n{agreement.BEGIN}{tables}{agreement.END}after\n"


def coded(*rows: dict[str, str]) -> pd.DataFrame:
    blank = dict.fromkeys([*agreement.UNIT, *agreement.COLUMNS], "")
    return pd.DataFrame([{**blank, "kind": "hostilities", **row} for row in rows])


def test_rows_of_one_unit_are_matched_by_what_is_most_alike() -> None:
    a = coded({"place_id": "goris"}, {"place_id": "sotk"}, {"place_id": "jermuk"})
    b = coded({"place_id": "sotk"}, {"place_id": "goris"})
    pairs = agreement.match(a, b)
    assert sorted(zip(pairs["a"], pairs["b"], strict=True)) == [(0, 1), (1, 0)]


def test_rows_of_different_units_are_never_matched() -> None:
    assert agreement.match(coded({"predicate": "pause"}), coded({"predicate": "strike"})).empty


def test_units_found_by_both() -> None:
    a, b = coded({"place_id": "goris"}, {"kind": "count"}), coded({"place_id": "goris"}, {"place_id": "sotk"})
    found = agreement.units(a, b, agreement.match(a, b))
    assert found.loc["all"].tolist() == [2, 2, 1, 0.5]
    assert found.loc["hostilities", ["a", "b", "both"]].tolist() == [1, 2, 1]


def test_equal_cells() -> None:
    a = coded({"place_id": "goris", "target_id": "armenia"}, {"place_id": "sotk"})
    b = coded({"place_id": "goris"}, {"place_id": "sotk"})
    shares = agreement.cells(a, b, agreement.match(a, b))
    assert shares.loc["place_id"].tolist() == [1, 2, 1, 1]
    assert shares.loc["target_id", ["equal", "filled", "equal_filled"]].tolist() == [0.5, 1, 0]


# Cohen's own kind of example: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no; 0.7 agree, 0.5 would by chance.
YES_NO = ["y"] * 25 + ["n"] * 25, ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15


@pytest.mark.parametrize(
    ("a", "b", "expected"), [(*YES_NO, 0.4), (["y", "n"], ["y", "n"], 1), (["y", "n"], ["n", "y"], -1)]
)
def test_kappa(a: list[str], b: list[str], expected: float) -> None:
    assert agreement.kappa(pd.Series(a), pd.Series(b)) == pytest.approx(expected)


def test_kappa_is_not_a_number_where_nothing_varies() -> None:
    assert isnan(agreement.kappa(pd.Series(["y", "y"]), pd.Series(["y", "y"])))
