"""Every rule: what breaks it is found at the exact place and alone; what only looks like a break is left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.contribute.inbox import check
from claimtrack.errors import UsageError
from claimtrack.problems import Problem
from claimtrack.rulebook import Break, Rule, rule, rules
from mutations import VALID, build, packed, valid

CHECKED = [entry for entry in rules().values() if entry.severity != "finding"]
BREAKS = [
    pytest.param(entry, case, id=f"{entry.code}-{number}")
    for entry in CHECKED
    for number, case in enumerate(entry.breaks, start=1)
]
SPARES = {
    f"{entry.code}-{number}": case.edits for entry in CHECKED for number, case in enumerate(entry.spares, start=1)
}

Place = tuple[str, str | None, int | None, int | None, str | None]


def places(problems: list[Problem], with_field: bool) -> list[Place]:
    return sorted(
        ((found.code, found.path, found.line, found.column, found.field if with_field else None) for found in problems),
        key=str,
    )


def test_the_valid_package_has_no_problems(tmp_path: Path) -> None:
    assert check(valid(tmp_path)) == []


def test_the_valid_package_is_as_it_was_frozen() -> None:
    of_claims = ("claims", "corrections", "links", "relays")
    assert sorted(path.name for path in (VALID / "data").iterdir()) == sorted(
        f"{name}.csv" for name in (*of_claims, "actors", "incidents", "places", "predicates", "sources")
    )


@pytest.mark.parametrize(("broken", "case"), BREAKS)
def test_a_break_is_found_at_its_place_and_nothing_else(tmp_path: Path, broken: Rule, case: Break) -> None:
    found = check(build(tmp_path, case.edits))
    with_field = all(place.field for place in case.expect)
    expected = sorted(
        (
            (broken.code, place.file, place.line, place.column, place.field if with_field else None)
            for place in case.expect
        ),
        key=str,
    )
    assert places(found, with_field) == expected, "\n".join(map(str, found))
    assert {problem.severity for problem in found} == {broken.severity}
    assert all(problem.fix for problem in found)


@pytest.mark.parametrize("names", packed(SPARES), ids=" ".join)
def test_what_only_looks_like_a_break_is_left_in_peace(tmp_path: Path, names: list[str]) -> None:
    edits = [edit for name in names for edit in SPARES[name]]
    assert [str(problem) for problem in check(build(tmp_path, edits))] == []


@pytest.mark.parametrize("entry", CHECKED, ids=lambda entry: entry.code)
def test_every_rule_has_a_break_and_a_spare(entry: Rule) -> None:
    assert entry.breaks
    assert entry.spares
    assert all(case.edits and case.expect for case in entry.breaks)
    assert all(case.why.endswith(".") for case in entry.spares)


def test_every_rule_has_an_example_or_two_halves_of_one() -> None:
    told = {entry.code: (bool(entry.example), bool(entry.before), bool(entry.after)) for entry in rules().values()}
    checked = {entry.code for entry in CHECKED}
    assert told == {code: (code not in checked, code in checked, code in checked) for code in rules()}


@pytest.mark.parametrize("entry", rules().values(), ids=lambda entry: entry.code)
def test_every_rule_says_why_and_what_to_do(entry: Rule) -> None:
    assert entry.title
    assert not entry.title.endswith(".")
    assert entry.reason.endswith(".")
    assert entry.fix.endswith(".")


def test_an_unknown_code_names_the_closest_ones() -> None:
    some = next(iter(rules()))
    with pytest.raises(UsageError, match=some):
        rule(some + "x")
    with pytest.raises(UsageError, match=r"called 'zzzzzz'$"):
        rule("zzzzzz")
