"""What fuzzing has found once."""

from __future__ import annotations

from pathlib import Path

from outcomes import examine

from mutations import build


def test_a_formula_in_a_column_that_the_schema_does_not_know(tmp_path: Path) -> None:
    text = "claim_id,hop,relayer_id,sum\n20200906-army-southland-7xfej4ki,1,wire-service,=A1\n"
    problems = examine(build(tmp_path, [{"file": "data/relays.csv", "text": text}]))
    found = [(one.code, one.line, one.column, one.field) for one in problems if one.path == "data/relays.csv"]
    assert found == [("header-extra", 1, 25, None), ("formula-cell", 2, 49, None)]
