"""Circles are found, named once, and never where there is none."""

from __future__ import annotations

from collections.abc import Callable
from graphlib import CycleError, TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.rules import Breach
from claimtrack.rules.hierarchies import cycles

Found = Callable[[], list[Breach]]
Change = Callable[..., None]

# edges as "child parent", and the circles
CIRCLES = [
    ("", []),
    ("ab bc cd", []),
    ("ab ac bd cd", []),
    ("aa", ["a"]),
    ("ab ba", ["ab"]),
    ("ab bc ca", ["abc"]),
    ("xa ab bc ca cy", ["abc"]),
    ("ab ba cd dc", ["ab", "cd"]),
    ("ab ba ac ca", ["ab"]),  # the other circle through a shows when this one is mended
    ("ab ab ba", ["ab"]),
    ("ab bc cb", ["bc"]),
]


@pytest.mark.parametrize(("edges", "expected"), CIRCLES)
def test_circles(edges: str, expected: list[str]) -> None:
    assert ["".join(cycle) for cycle in cycles((edge[0], edge[1]) for edge in edges.split())] == expected


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=14))
def test_circles_are_found_exactly_where_there_are_any(edges: list[tuple[str, str]]) -> None:
    graph: dict[str, set[str]] = {}
    for child, parent in edges:
        graph.setdefault(child, set()).add(parent)
    try:
        TopologicalSorter(graph).prepare()
        circular = False
    except CycleError:
        circular = True
    found = cycles(edges)
    assert bool(found) == circular
    for cycle in found:
        assert set(zip(cycle, [*cycle[1:], cycle[0]], strict=True)) <= set(edges)
    assert len({name for cycle in found for name in cycle}) == sum(map(len, found))


def test_a_long_chain_is_no_trouble() -> None:
    chain = [(str(number), str(number + 1)) for number in range(50_000)]
    assert cycles(chain) == []
    (cycle,) = cycles([*chain, ("50000", "0")])
    assert len(cycle) == 50_001


def test_of_a_long_circle_the_message_names_a_few(change: Change, found: Found) -> None:
    for number in range(12):
        change("places", "", place_id=f"p{number}", name="P", kind="area", part_of=f"p{(number + 1) % 12}")
    (breach,) = found()
    assert breach.message == ("these lead round in a circle: p0 → p1 → p2 → p3 → p4 → p5 → p6 → (5 more) → p0")


def test_each_circle_is_reported_at_its_first_row(change: Change, found: Found) -> None:
    change("actors", "farland", member_of="observer-mission")
    change("actors", "observer-mission", member_of="farland")
    change("actors", "resident-1", member_of="resident-1")
    assert [(breach.row, breach.field, breach.message) for breach in found()] == [
        (2, "member_of", "these lead round in a circle: farland → observer-mission → farland"),
        (12, "member_of", "these lead round in a circle: resident-1 → resident-1"),
    ]


def test_a_circle_is_reported_at_the_column_that_leads_on_from_its_first_row(change: Change, found: Found) -> None:
    change("places", "sector-1", also_within="village-a")
    change("places", "eastern-region", part_of="village-b")
    circles = [breach for breach in found() if breach.code == "hierarchy-cycle"]
    assert [(breach.row, breach.field) for breach in circles] == [(4, "part_of"), (6, "also_within")]


def test_predicates_of_one_name_and_two_kinds_are_two(change: Change, found: Found) -> None:
    plain = {"definition": "X.", "exclusive": "false", "blame": "false", "marks_start": "false", "vague": "false"}
    change("predicates", "", kind="other", predicate="wounded", **plain)
    change("predicates", "", kind="other", predicate="wounded_badly", narrower_of="wounded", **plain)
    assert [(breach.code, breach.field) for breach in found()] == [("unit-not-count", "narrower_of")]
