"""What is asked about one claim is answered from what can meet it, as from the whole package."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from claimtrack import DataError, load
from claimtrack.discrepancy import compute
from claimtrack.partition import Held, Sliced, cut
from claimtrack.partition.fetched import Fetched, to_fetch_from
from claimtrack.partition.spooled import Spooled
from claimtrack.schema import TABLES
from claimtrack.views.evidence import evidence, evidence_in
from claimtrack.views.findings import Question, answered, fetched
from disputed import CEASEFIRE, TOLL, disputed
from generated import THEMES, WORLD, at_random, package_of
from mutations import as_parquet
from new_claims import COUNT

CLAIMS = "data/claims.csv"
LOOSE = "20200906-ministry-northland-loosetol"
NO_INCIDENT = {
    "file": CLAIMS,
    "append": {"claim_id": LOOSE, **COUNT, "predicate": "will_rise", "incident_id": "", "target_id": ""},
}
"""That a toll will rise, of no incident and of no population: blank in columns that are held as different values."""
SEEDS = range(2)
"""Of one package every other claim and incident is asked about, of the other those between."""


@pytest.mark.parametrize("theme", THEMES)
def test_what_cannot_meet_a_claim_or_an_incident_has_no_part_in_what_is_found_of_it(theme: str) -> None:
    for seed in SEEDS:
        package = package_of(WORLD | at_random(theme, seed))
        claims, incidents = package.claims["claim_id"], package.incidents["incident_id"]
        some = [("claim", one) for one in claims[seed::2]] + [("incident", one) for one in incidents[seed::2]]
        for asked in ({name: (one,)} for name, one in some):
            whole = compute(package, **asked)
            with closing(Sliced(Held(cut(package, selection=asked)), asked)) as found:
                assert (found.condensed(), found.stats) == (whole.condensed(), whole.stats)
                assert list(found.pairs()) == list(whole.pairs())


@pytest.fixture(scope="module", params=["csv", "parquet", "texts in parquet", "row groups"])
def descriptor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = disputed(tmp_path_factory.mktemp("fetched") / "package", NO_INCIDENT)
    if request.param != "csv":
        for name in TABLES:
            as_parquet(made.parent / "data" / f"{name}.csv")
    if request.param == "texts in parquet":
        change_claims(made, "place_relation", lambda column: column.dictionary_encode())
    if request.param == "row groups":
        path = made.parent / "data" / "claims.parquet"
        pq.write_table(pq.read_table(path), path, row_group_size=3)
    return made


@pytest.fixture(scope="module")
def in_memory(tmp_path_factory: pytest.TempPathFactory) -> dict[Question, tuple[object, ...]]:
    """What the package says of two claims and of every incident: condensed, in numbers and in pairs."""
    package = load(disputed(tmp_path_factory.mktemp("memory") / "package", NO_INCIDENT))
    incidents = package.claims["incident_id"].dropna().unique()
    told = {}
    for question in (Question(claims=(TOLL, LOOSE)), *(Question(incidents=(incident,)) for incident in incidents)):
        whole = compute(package, **question.selection)
        told[question] = (whole.condensed(), whole.stats, list(whole.pairs()))
    return told


def change_claims(descriptor: Path, name: str, change: Callable[[pa.ChunkedArray], pa.ChunkedArray]) -> None:
    path = descriptor.parent / "data" / "claims.parquet"
    table = pq.read_table(path)
    at = table.column_names.index(name)
    pq.write_table(table.set_column(at, name, change(table.column(at))), path)


def test_claims_that_are_fetched_say_what_those_in_memory_say(
    descriptor: Path, in_memory: dict[Question, tuple[object, ...]]
) -> None:
    package = load(descriptor)
    asked = list(in_memory.items())
    # What a file is like decides how claims are fetched from it, and not which: every question is asked of CSV.
    for question, (condensed, stats, pairs) in asked if descriptor.parent.joinpath(CLAIMS).exists() else asked[:2]:
        with closing(fetched(*to_fetch_from(descriptor), question)) as found:
            assert (found.condensed(), found.stats) == (condensed, stats)
        with closing(answered([descriptor], question, 10**9)) as found:
            assert list(found.pairs()) == pairs
    for claim in (CEASEFIRE, TOLL):
        assert evidence_in(descriptor, claim) == evidence(package, claim)


def test_where_much_can_meet_what_is_asked_for_claims_wait_on_disk(
    descriptor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question(claims=(TOLL,))
    whole = compute(load(descriptor), **question.selection)
    for large, slices in ((1, Spooled), (10**6, Fetched)):
        monkeypatch.setattr("claimtrack.views.findings.LARGE", large)
        with closing(answered([descriptor], question, None)) as found:
            assert isinstance(found.slices, slices)
            assert (found.condensed(), found.stats) == (whole.condensed(), whole.stats)


def test_what_is_read_is_read_once(descriptor: Path) -> None:
    package, fetch = to_fetch_from(descriptor)
    first, *_ = package.claims["claim_id"]
    read = []
    with closing(fetched(package, lambda ids: read.append(ids) or fetch(ids), Question(claims=(first,)))) as found:
        list(found.pairs())
        found.package_of([first])
    assert len(read) == 1


@pytest.mark.parametrize(
    "text", ['{"resources": ' + "[" * 100_000, '{"resources": 5}', "", '{"resources": [{"name": []}]}']
)
def test_a_descriptor_that_is_none(tmp_path: Path, text: str) -> None:
    descriptor = tmp_path / "datapackage.json"
    descriptor.write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        evidence_in(descriptor, TOLL)


@pytest.mark.parametrize("column", ["place_id", "claim_id", "polarity", "text", "count_max", "kind"])
def test_claims_in_parquet_that_are_not_sound(tmp_path: Path, column: str) -> None:
    made = disputed(tmp_path / "package")
    for name in TABLES:
        as_parquet(made.parent / "data" / f"{name}.csv")
    claims = load(made).claims["claim_id"]
    change = {
        "place_id": lambda column: pa.chunked_array([["no-such-place"] * len(column)]),
        "claim_id": lambda column: pa.chunked_array([[*column[:-1].to_pylist(), None]], pa.string()),
        "polarity": lambda column: pa.chunked_array([["assert"] * len(column)]),
        "text": lambda column: pa.chunked_array([pa.array([b"\xff"] * len(column)).view(pa.string())]),
        "count_max": lambda column: pa.chunked_array([[2**63 - 1] * len(column)]),
        "kind": lambda column: pa.chunked_array([pa.nulls(len(column), pa.string())]),
    }[column]
    change_claims(made, column, change)
    with pytest.raises(DataError):
        evidence_in(made, claims[0])


def test_no_text_that_is_not_utf_8_is_held(tmp_path: Path) -> None:
    made = disputed(tmp_path / "package")
    for name in TABLES:
        as_parquet(made.parent / "data" / f"{name}.csv")
    *_, last = load(made).claims["claim_id"]
    odd = pa.array([b"\xff"]).view(pa.string())
    change_claims(made, "place_id", lambda column: pa.chunked_array([odd, column[1:].combine_chunks()]))
    with pytest.raises(DataError, match="place_id holds text that is not UTF-8"):
        evidence_in(made, last)
