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


def test_what_stands_behind_a_newline_is_at_its_own_line(tmp_path: Path) -> None:
    rows = 'launch,"Was it\nhit?",village-a,2020-09-05T00:00:00+00:00,2020-09-06T00:00:\u200d00+00:00,true,\n'
    text = f"incident_id,question,place_id,starts_at,ends_at,single_answer,note\n{rows}"
    problems = examine(build(tmp_path, [{"file": "data/incidents.csv", "text": text}]))
    found = [(one.code, one.line, one.column, one.field) for one in problems if one.path == "data/incidents.csv"]
    assert found == [
        ("newline-in-cell", 2, 8, "question"),
        ("datetime-invalid", 3, 43, "ends_at"),
        ("invisible-character", 3, 43, "ends_at"),
    ]


def test_a_predicate_without_kind_that_is_narrower_than_another(tmp_path: Path) -> None:
    edit = {"file": "data/predicates.csv", "replace": "count,wounded_badly", "by": ",wounded_badly"}
    assert [one.code for one in examine(build(tmp_path, [edit]))] == ["required-missing"]
