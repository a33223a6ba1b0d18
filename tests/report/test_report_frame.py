"""What `claimtrack.discrepancies` returns."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import claimtrack as ct
from claimtrack.discrepancy import compute
from claimtrack.package import Package
from claimtrack.report.findings import table
from disputed import CEASEFIRE


@pytest.mark.parametrize("pairs", [False, True])
def test_flat_rows_are_those_of_the_table_that_the_command_writes(package: Package, pairs: bool) -> None:
    found = compute(package)
    expected = list(table.rows(found.pairs() if pairs else found.condensed(), package))
    for row in expected:
        row |= {name: row[name] and pd.Timestamp(row[name]) for name in ("first_at", "last_at")}
    frame = ct.discrepancies(package, pairs=pairs, flat=True)
    assert list(frame.columns) == list(table.COLUMNS)
    told = [{name: None if pd.isna(cell) else cell for name, cell in row.items()} for row in frame.to_dict("records")]
    assert told == expected


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize("pairs", [False, True])
def test_columns_have_one_type_whatever_is_found(package: Package, tmp_path: Path, pairs: bool, flat: bool) -> None:
    found = ct.discrepancies(package, pairs=pairs, flat=flat)
    none = ct.discrepancies(package, "1990-01-01T00:00:00Z", pairs=pairs, flat=flat)
    assert len(none) == 0
    some = ct.discrepancies(package, code="count-mismatch", pairs=pairs, flat=flat)
    assert list(none) == list(some) == list(found)
    assert dict(none.dtypes) == dict(some.dtypes) == dict(found.dtypes)
    assert found["id"].dtype == pd.StringDtype()
    assert found["strength"].max() == "definite"
    assert found["strength"].is_monotonic_decreasing
    if flat:
        found.to_parquet(tmp_path / "found.parquet")
        pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "found.parquet"), found)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"claim": CEASEFIRE}, {"state", "ceasefire"}),
        ({"claim": [CEASEFIRE], "code": "ceasefire-denied"}, {"ceasefire"}),
        ({"strength": ["definite"], "incident": pd.Series(["ceasefire-2020-09-06"])}, {"state", "ceasefire"}),
        ({"code": ("count-mismatch", "start-mismatch")}, {"count", "start"}),
        ({"claim": CEASEFIRE, "code": []}, set()),
    ],
)
def test_findings_are_chosen_as_by_the_command(package: Package, asked: dict[str, Any], kept: set[str]) -> None:
    assert set(ct.discrepancies(package, **asked)["family"]) == kept


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        (
            {"claim": CEASEFIRE[:-1]},
            ct.UsageError,
            f"there is no claim .*; did you mean {CEASEFIRE}",
        ),
        ({"code": "denid"}, ct.UsageError, "no finding 'denid'; did you mean denied"),
        ({"strength": "sure"}, ct.UsageError, "no strength 'sure'; there are definite, possible, tension, unconfirmed"),
        ({"incident": ["nonesuch"]}, ct.UsageError, "no incident 'nonesuch' in this package"),
        ({"as_of": "2020-09-06"}, ct.UsageError, "has no UTC offset"),
        ({"claim": 5}, TypeError, "claim: expected text or several texts, not int"),
        ({"claim": [CEASEFIRE, None]}, TypeError, "claim: expected text or several texts, not NoneType"),
        ({"package": "datapackage.json"}, TypeError, "expected a Package, as claimtrack.load returns it, not str"),
    ],
)
def test_what_cannot_be_asked(package: Package, asked: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        ct.discrepancies(**{"package": package} | asked)


def test_the_gap_of_what_is_no_package() -> None:
    with pytest.raises(TypeError, match="expected a Package"):
        ct.ceasefire_gap("datapackage.json", CEASEFIRE)  # type: ignore[arg-type]  # of the wrong type on purpose


def test_what_a_notebook_shows_is_short(package: Package) -> None:
    assert repr(package) == f"Package({str(package.path)!r}, {len(package.claims)} claims)"
    assert repr(compute(package)) == f"Findings(about {len(package.claims)} claims)"
    problem = ct.Problem(code="count-bounds", path="data/claims.csv", line=3, message="It is so.")
    assert repr(problem) == (
        "Problem(code='count-bounds', severity='error', path='data/claims.csv', line=3, message='It is so.')"
    )


def test_a_notebook_offers_what_there_is() -> None:
    assert set(ct.__all__) <= set(dir(ct))


def test_an_error_comes_whole_out_of_another_process() -> None:
    error = ct.DataError([ct.Problem(code="count-bounds", message="It is so.")])
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.problems) == (str(error), error.problems)


def test_packages_can_be_compared_and_gathered(package: Package) -> None:
    """Frames have no truth value, so that `==` of two packages was an error."""
    other = ct.load(package.path)
    assert package != other
    assert len({package, package, other}) == 2
