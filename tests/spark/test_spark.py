"""Spark finds what the laptop finds, row for row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import states
import warm
from measuring import package as generated
from synthetic.package import generate
from synthetic.shape import Shape

from claimtrack import UsageError, load
from claimtrack.discrepancy import CODES, Findings, compute
from claimtrack.report.findings import table
from claimtrack.report.findings.order import ordered
from claimtrack.spark import Sparked, cause, on_spark, session

pytest.importorskip("pyspark", reason="pip install 'claimtrack[spark]'")
pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")]
SLICE = 1_000
SALTED = 250
"""Fewer claims than the largest partition has."""


@pytest.fixture(scope="session")
def laptop(folder: Path) -> Findings:
    return compute(load(folder))


def sparked(running: Any, descriptor: Path, **asked: tuple[str, ...]) -> Sparked:
    package, claims = on_spark(running, [descriptor])
    return Sparked.of(running, package, claims, selection=asked, most=SLICE)


@pytest.mark.parametrize("name", ["datapackage.json", "parquet.json"])
def test_condensed_findings_are_those_of_the_laptop(running: Any, folder: Path, laptop: Findings, name: str) -> None:
    found = sparked(running, folder / name)
    assert found.whole.number > 1
    assert found.condensed() == laptop.condensed()
    assert found.stats == laptop.stats
    assert set(found.stats["codes"]) == {code for codes in CODES.values() for code in codes}


def test_pairs_are_those_of_the_laptop_in_their_order(running: Any, folder: Path, laptop: Findings) -> None:
    found = sparked(running, folder / "parquet.json")
    assert list(found.pairs()) == list(laptop.pairs())


def test_rows_of_a_table_are_made_where_the_claims_are(running: Any, folder: Path, laptop: Findings) -> None:
    found = sparked(running, folder / "parquet.json", strength=("unconfirmed",))
    expected = compute(load(folder), strength=["unconfirmed"])
    assert list(found.pairs(table.rows)) == list(table.rows(expected.pairs(), load(folder)))


@pytest.mark.parametrize("hostile", [False, True], ids=["guests too", "half of all claims at one place"])
def test_a_partition_that_is_too_large_for_a_task_is_shared(
    running: Any, folder: Path, tmp_path: Path, hostile: bool
) -> None:
    made = folder
    if hostile:
        made = tmp_path / "hostile"
        generate(made, Shape(1_000, 1, hostile=True))
    package, claims = on_spark(running, [made / "datapackage.json"])
    found, expected = Sparked.of(running, package, claims, most=SALTED), compute(load(made))
    shares = [told["shares"][0].as_py() for told in found._tasks() if len(told)]
    assert max(shares) >= 2
    assert found.condensed() == expected.condensed()
    assert found.stats == expected.stats
    assert list(found.pairs()) == list(expected.pairs())


def test_the_ways_that_are_measured_count_the_same(running: Any, tmp_path: Path) -> None:
    made = generated(tmp_path, 2_000, 1)
    states.prepare(made)
    numbers = {engine: count(running, made) for engine, count in warm.ENGINES.items()}
    assert numbers == dict.fromkeys(numbers, states.CONDENSED["kernel"](made))


def test_as_of_and_an_incident(running: Any, folder: Path) -> None:
    package, claims = on_spark(running, [folder / "datapackage.json"])
    moment = str(package.claims["reported_to"].quantile(0.7))
    incident = tuple(package.claims["incident_id"].value_counts().index[:2])
    found = Sparked.of(running, package, claims, as_of=moment, selection={"incident": incident}, most=SLICE)
    expected = compute(load(folder), as_of=moment, incident=incident)
    assert list(found.pairs()) == list(expected.pairs())
    assert found.stats == expected.stats


def test_claims_that_are_named_can_be_looked_up(running: Any, folder: Path) -> None:
    found = sparked(running, folder / "parquet.json")
    named = set(load(folder).claims["claim_id"][:3])
    assert set(found.package_of(named).claims["claim_id"]) == named


def test_a_cluster_of_two_workers(cluster: str, folder: Path, laptop: Findings) -> None:
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "claimtrack", "discrepancies", "parquet.json", "--format", "jsonl"]
    finished = subprocess.run(
        [*command, "--engine", "spark", "--master", cluster],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-2000:]
    assert [json.loads(line) for line in finished.stdout.splitlines()] == ordered(laptop.condensed(), "strength")


def test_without_java_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    def fails(_: object) -> None:
        raise PySparkRuntimeError("JAVA_GATEWAY_EXITED")

    monkeypatch.setattr(SparkSession.Builder, "getOrCreate", fails)
    with pytest.raises(UsageError, match="needs Java 17 or 21"), session(None):
        pass


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("An error.\n\tat org.x\nCaused by: java.io.IOException: full\n\tat y", "Caused by: java.io.IOException: full"),
        (
            "An error.\nCaused by: e: Job aborted due to stage failure: TaskResultLost\n\tat y",
            "Caused by: e: Job aborted due to stage failure: TaskResultLost; give the driver more memory"
            " (spark.driver.memory)",
        ),
        ("no such table", "no such table"),
    ],
)
def test_of_a_failure_its_cause_is_told(said: str, words: str) -> None:
    assert cause(said) == words
