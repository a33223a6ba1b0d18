"""Packages that wait on disk give the bytes of those in memory: on invented ones, in many slices and many runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from measuring import package

import claimtrack
from claimtrack.discrepancy import compute, pairs
from claimtrack.report.findings import order, table
from claimtrack.views.findings import Question, answered

AS_OF = "2015-01-20T00:00:00+00:00"


@pytest.fixture(scope="module", params=[False, True], ids=["realistic", "hostile"])
def invented(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package(tmp_path_factory.mktemp("waiting"), 500, 3, hostile=request.param)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever is large is large early."""
    monkeypatch.setattr("claimtrack.views.findings.LARGE", 50)
    monkeypatch.setattr("claimtrack.partition.spill.FANOUT", 3)
    monkeypatch.setattr(pairs, "SLICE", 100)
    return


ASKED = [
    ("datapackage.json", {}),
    ("parquet.json", {}),
    ("datapackage.json", {"as_of": AS_OF}),
    ("parquet.json", {"strengths": ("definite",)}),
]


@pytest.mark.parametrize(("form", "asked"), ASKED, ids=str)
def test_the_same_bytes(invented: Path, form: str, asked: dict[str, object]) -> None:
    question = Question(**asked)
    whole = compute(claimtrack.load(invented), as_of=question.as_of, **question.selection)
    with closing(answered([invented / form], question, None)) as found:
        assert found.slices.cut.number > 1
        assert json.dumps(found.condensed()) == json.dumps(whole.condensed())
        assert found.stats == whole.stats
        assert json.dumps(list(found.pairs())) == json.dumps(list(whole.pairs()))
        assert found.stats == whole.stats


def test_rows_are_put_in_order_on_disk_as_in_memory(invented: Path) -> None:
    package = claimtrack.load(invented)
    condensed = compute(package).condensed()
    with closing(answered([invented / "parquet.json"], Question(), None)) as found:
        told, to_order = list(found.each()), list(found.each(table.to_order))
    assert told
    for by in order.KEYS:
        findings = order.ordered(condensed, by)
        assert list(order.ordered_on_disk(iter(told), by)) == findings
        rows = [one["row"] for one in order.ordered_on_disk(iter(to_order), by)]
        assert rows == list(table.rows(findings, package))
