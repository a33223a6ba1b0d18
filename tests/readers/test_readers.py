"""The same package through the readers that people use: every cell of every table comes out the same.

A blank is None, a datetime its seconds since 1970, a date its ISO form.
"""

from __future__ import annotations

import csv
import datetime
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pandas as pd
import pytest

from claimtrack.schema import TABLES, Field, table_schema

ROOT = Path(__file__).parents[2]
DATETIME = "%Y-%m-%dT%H:%M:%S%z"
Columns = dict[str, list[Any]]
Tables = dict[str, Columns]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The folder of a frozen package, with the schemas beside it."""
    folder = tmp_path / "package"
    shutil.copytree(ROOT / "tests" / "fixtures" / "valid", folder)
    shutil.copytree(ROOT / "schemas", folder / "schemas", dirs_exist_ok=True)
    return folder


def path_of(package: Path, table: str) -> Path:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    return package / next(resource["path"] for resource in descriptor["resources"] if resource["name"] == table)


def meant(field: Field, cell: str) -> Any:
    """What a cell means, by the plainest reading of its schema."""
    if cell == "":
        return None
    match field.type:
        case "integer":
            return int(cell)
        case "number":
            return float(cell)
        case "boolean":
            return cell == "true"
        case "datetime":
            return datetime.datetime.fromisoformat(cell).timestamp()
    return cell


def expected(package: Path) -> Tables:
    tables = {}
    for name in TABLES:
        with path_of(package, name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        tables[name] = {
            field.name: [meant(field, row[field.name]) for row in rows] for field in table_schema(name).fields
        }
    return tables


def plain(value: Any) -> Any:
    """A value of a reader as `meant` gives it."""
    if isinstance(value, datetime.datetime):
        assert value.utcoffset() is not None
        return value.timestamp()
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def by_frictionless(package: Path) -> Tables:
    tables = {}
    for name in TABLES:
        rows = frictionless.Package(str(package / "datapackage.json")).get_resource(name).read_rows()
        assert all(row.valid for row in rows)
        tables[name] = {column: [plain(row[column]) for row in rows] for column in table_schema(name).columns}
    return tables


PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


def by_pandas(package: Path) -> Tables:
    tables = {}
    for name in TABLES:
        fields = table_schema(name).fields
        frame = pd.read_csv(
            path_of(package, name),
            dtype={field.name: PANDAS.get(field.type, "string") for field in fields},
            keep_default_na=False,
            na_values=[""],
        )
        for field in fields:
            if field.type == "datetime":
                frame[field.name] = pd.to_datetime(frame[field.name], format=DATETIME, utc=True)
        tables[name] = {
            column: [None if cell is pd.NA or cell is pd.NaT else plain(cell) for cell in frame[column]]
            for column in frame
        }
    return tables


DUCKDB = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMPTZ",
}


def by_duckdb(package: Path) -> Tables:
    tables = {}
    for name in TABLES:
        fields = table_schema(name).fields
        types = {field.name: DUCKDB[field.type] for field in fields}
        # As seconds, since DuckDB wants a package of its own to hand out times with a zone.
        columns = [f'epoch("{field.name}")' if field.type == "datetime" else f'"{field.name}"' for field in fields]
        table = duckdb.read_csv(str(path_of(package, name)), dtype=types, timestamp_format=DATETIME)
        rows = table.project(", ".join(columns)).fetchall()
        cells = zip(*rows, strict=True) if rows else [()] * len(fields)
        tables[name] = {field.name: list(map(plain, column)) for field, column in zip(fields, cells, strict=True)}
    return tables


def run_r(package: Path) -> subprocess.CompletedProcess[str]:
    script, descriptor = Path(__file__).with_name("read_package.R"), package / "datapackage.json"
    return subprocess.run(
        ["Rscript", "--vanilla", str(script), str(descriptor)],
        env={**os.environ, "LC_ALL": "C.UTF-8"},  # else R spells ä as <U+00E4> where the locale is plain C
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def by_readr(package: Path) -> Tables:
    done = run_r(package)
    assert done.returncode == 0, done.stderr
    tables: Tables = json.loads(done.stdout)
    return tables


def has_readr() -> bool:
    if shutil.which("Rscript") is None:
        return False
    asked = 'quit(status = !all(sapply(c("readr", "jsonlite"), requireNamespace, quietly = TRUE)))'
    return subprocess.run(["Rscript", "--vanilla", "-e", asked], capture_output=True, check=False).returncode == 0


READERS: dict[str, Callable[[Path], Tables]] = {
    "frictionless": by_frictionless,
    "pandas": by_pandas,
    "duckdb": by_duckdb,
    **({"readr": by_readr} if has_readr() else {}),
}


@pytest.mark.parametrize("reader", READERS)
def test_every_cell_comes_out_the_same(reader: str, package: Path) -> None:
    got, want = READERS[reader](package), expected(package)
    assert got.keys() == want.keys()
    for name, columns in want.items():
        for column, cells in columns.items():
            assert got[name][column] == cells, f"{name}.{column}"


def test_the_package_puts_readers_to_the_test(package: Path) -> None:
    """Another offset than UTC, a figure, a share of a degree, a truth and a blank are in it."""
    claims, places, predicates = (expected(package)[name] for name in ("claims", "places", "predicates"))
    assert "+01:00," in path_of(package, "claims").read_text(encoding="utf-8")
    assert None in claims["valid_from"]
    assert any(isinstance(cell, int) for cell in claims["count_min"])
    assert any(isinstance(cell, float) for cell in places["latitude"])
    assert True in predicates["blame"]


@pytest.mark.parametrize("reader", READERS)
def test_texts_that_look_like_something_else_stay_texts(reader: str, package: Path) -> None:
    path = path_of(package, "actors")
    header, first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    notes = ["NA", "None", "null", "1e3", "TRUE"]
    lines = [first.rsplit(",", 1)[0].replace("northland", f"n-{at}", 1) + f",{note}\n" for at, note in enumerate(notes)]
    path.write_text("".join([header, first, *lines, *rest]), encoding="utf-8")
    assert READERS[reader](package)["actors"]["note"][1:6] == notes


def without_offset(package: Path) -> None:
    """The first window of the incidents loses the offset of its start."""
    path = path_of(package, "incidents")
    header, first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    start = next(cell for cell in next(csv.reader([first])) if cell.endswith("+00:00"))
    path.write_text("".join([header, first.replace(start, start[:-6], 1), *rest]), encoding="utf-8")


def frictionless_says(package: Path) -> str:
    errors = frictionless.validate(str(package / "datapackage.json")).flatten(["type", "rowNumber", "fieldName"])
    return str(errors)


def pandas_says(package: Path) -> str:
    with pytest.raises(ValueError, match="time data") as caught:
        by_pandas(package)
    return str(caught.value)


def readr_says(package: Path) -> str:
    done = run_r(package)
    assert done.returncode == 1
    return done.stderr


# DuckDB is not among them: it reads a time without an offset as one of the session's zone.
REFUSALS: dict[str, tuple[Callable[[Path], str], str]] = {
    "frictionless": (frictionless_says, "[['type-error', 2, 'starts_at']]"),
    "pandas": (pandas_says, "match format"),
    **({"readr": (readr_says, f"date like {DATETIME}")} if "readr" in READERS else {}),
}


@pytest.mark.parametrize(("says", "words"), REFUSALS.values(), ids=REFUSALS)
def test_a_missing_offset_is_caught(says: Callable[[Path], str], words: str, package: Path) -> None:
    without_offset(package)
    assert words in says(package)
