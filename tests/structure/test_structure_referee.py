"""The fast engine and frictionless find the same, on the rulebook's examples and on generated faulty packages."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.package.write import csv_text
from claimtrack.rulebook import rules
from claimtrack.schema import TABLES, table_schema
from claimtrack.structure import read
from claimtrack.structure.referee import judged
from examples import tried
from mutations import VALID, build, packed, valid
from refereed import AWKWARD, places

EXAMPLES = {
    f"{entry.code}-{number}": case.edits
    for entry in rules().values()
    if entry.topic == "cells"
    or entry.code in ("row-short", "formula-cell", "header-missing", "header-order", "line-end")
    for number, case in enumerate((*entry.breaks, *entry.spares), start=1)
}


# Frictionless takes as long for one example as for eight.
@pytest.mark.parametrize("names", packed(EXAMPLES), ids=" ".join)
def test_both_agree_on_the_rulebook(names: list[str], tmp_path: Path) -> None:
    raw = read(build(tmp_path, [edit for name in names for edit in EXAMPLES[name]]))
    assert places(judged(raw)) == places(raw.problems)


ROWS = {
    name: list(csv.DictReader((VALID / "data" / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
    for name in TABLES
}
CHANGES = st.lists(
    st.tuples(st.sampled_from(TABLES), st.integers(0, 30), st.integers(0, 40), st.sampled_from(AWKWARD)), max_size=8
)


@tried(20)
@given(
    changes=CHANGES,
    repeated=st.lists(st.tuples(st.sampled_from(TABLES), st.integers(0, 30)), max_size=2),
    missing=st.sets(st.sampled_from(TABLES), max_size=2),
)
def test_both_agree_on_faulty_packages(
    changes: list[tuple[str, int, int, str]],
    repeated: list[tuple[str, int]],
    missing: set[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    descriptor = valid(tmp_path_factory.mktemp("faulty"))
    rows = {name: [dict(row) for row in table] for name, table in ROWS.items()}
    for name, row in repeated:
        rows[name].append(dict(rows[name][row % len(rows[name])]))
    for name, row, column, value in changes:
        columns = table_schema(name).columns
        rows[name][row % len(rows[name])][columns[column % len(columns)]] = value
    for name in TABLES:
        text = csv_text(table_schema(name), rows[name])
        if name in missing:
            text = text.replace("kind,", "sort,", 1)
        (descriptor.parent / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    raw = read(descriptor)
    assert places(judged(raw)) == places(raw.problems)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("claim_id,hop,relayer_id\n20200906-army-southland-7xfej4ki,1\n", "row-short", 2),
        ("claim_id,hop,relayer_id\n20200906-army-southland-7xfej4ki,1,gazette,x\n", "row-long", 2),
        ("claim_id,hop,relayer_id\n\n", "row-blank", 2),
        ("claim_id,hop,relayer_id,x\n", "header-extra", 1),
        ("claim_id,hop\n", "header-missing", 1),
    ],
)
def test_what_the_text_pass_would_overlook_is_not_lost(text: str, code: str, line: int, tmp_path: Path) -> None:
    """Frictionless reads a file without known faults itself, so it would report what our reader had missed."""
    descriptor = valid(tmp_path)
    raw = read(descriptor)
    (tmp_path / "data" / "relays.csv").write_text(text)
    found = [one for one in judged(replace(raw, found=[])) if one.message.startswith("frictionless says: ")]
    assert [(one.resource, one.code, one.line) for one in found] == [("relays", code, line)]
