"""What would take long for very many faults stops after some, and nothing but a hint is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.rules.cells import Hints
from claimtrack.schema import table_schema
from claimtrack.structure import affected_rows, read
from claimtrack.structure.limits import NAME_CHARACTERS, SUGGESTIONS
from claimtrack.structure.rows import lines
from claimtrack.structure.telling.nearest import closest
from examples import tried
from mutations import VALID, build

HEADER = ",".join(table_schema("actors").columns) + "\n"


def test_for_very_long_names_no_near_miss_is_looked_for() -> None:
    name = "x" * NAME_CHARACTERS
    assert closest(name, [name]) == [name]
    assert closest(name + "x", [name + "x"]) == []


def test_of_very_many_wrong_names_only_the_first_get_a_hint() -> None:
    hints = Hints()
    given_hints = [hints(f"nam{number}", ["name"]) for number in range(SUGGESTIONS + 1)]
    assert given_hints[0] == "; closest to it: name"
    assert given_hints[-1] == ""
    assert hints("nam0", ["name"]) == given_hints[0], "the same name gets the same hint again"
    assert hints("nam0", ["name"], "other kind") == ""


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-1, 9), st.integers(-1, 9), st.booleans()), max_size=12))
@tried(25)
def test_what_points_to_a_faulty_row_over_any_steps_is_affected(
    tmp_path_factory: pytest.TempPathFactory, actors: list[tuple[int, int, int, bool]]
) -> None:
    """Among rows that name each other in any way, circles and repeated keys too, as the definition has it."""

    def name(number: int) -> str:
        return f"a{number}" if number >= 0 else ""

    text = HEADER + "".join(
        f"{name(one)},X,{'stat' if faulty else 'state'},{name(member)},{name(based)},,,\n"
        for one, member, based, faulty in actors
    )
    table = read(build(tmp_path_factory.mktemp("actors"), [{"file": "data/actors.csv", "text": text}])).tables["actors"]
    expected = [faulty for *_, faulty in actors]
    for _ in actors:
        bad = {one for (one, *_), affected in zip(actors, expected, strict=True) if affected}
        expected = [
            affected or member in bad or based in bad
            for (_, member, based, _), affected in zip(actors, expected, strict=True)
        ]
    assert affected_rows({"actors": table})["actors"].tolist() == expected


@pytest.mark.parametrize(("budget", "code"), [(100_000, "newline-in-cell"), (50, "quote-unclosed")])
def test_cells_over_several_lines_are_followed_until_the_budget_is_spent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, budget: int, code: str
) -> None:
    monkeypatch.setattr(lines, "JOINING_CHARACTERS", budget)
    rows = (VALID / "data" / "actors.csv").read_text("utf-8").removesuffix("\n")
    text = f'{rows}\nx,"a","b\n' + "x\n" * 20 + 'new,"Two\nlines\nindeed",state,,,,,\n'
    problems = read(build(tmp_path, [{"file": "data/actors.csv", "text": text}])).problems
    assert [one.code for one in problems if one.key == "new" or one.message.startswith("the cell goes on")][:1] == [
        code
    ]
