"""Hierarchies of places and actors, and what counted terms take in."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.scopes import (
    NOBODY,
    CountTerms,
    Hierarchy,
    actor_hierarchy,
    count_terms,
    inherited,
    looked_up,
    place_hierarchy,
    spans,
)
from generated import ACTORS, CODEBOOK, PLACES, package_of, rows


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def contains(hierarchy: Hierarchy, container: str, inside: str) -> bool:
    one, other = hierarchy.numbers(pd.Series([container])), hierarchy.numbers(pd.Series([inside]))
    return bool(hierarchy.contains(one, other)[0])


DOLLS = Hierarchy.of([f"d{n}" for n in range(12)], {f"d{n}": [f"d{n + 1}"] for n in range(11)})
DIAMOND = Hierarchy.of(["village", "region", "border", "country"], {
    "village": ["region", "border"],
    "region": ["country"],
    "border": ["country"],
})  # fmt: skip


def overlaps(hierarchy: Hierarchy, left: str, right: str) -> bool:
    one, other = hierarchy.numbers(pd.Series([left])), hierarchy.numbers(pd.Series([right]))
    return bool(hierarchy.overlaps(one, other)[0])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("region", "border", True),
        ("border", "region", True),
        ("country", "village", True),
        ("region", "region", True),
        ("region", "hamlet", False),
        ("border", "hamlet", False),
    ],
)
def test_two_regions_overlap_where_they_share_a_village(left: str, right: str, expected: bool) -> None:
    names = [*DIAMOND.names, "hamlet"]
    parents = {"village": ["region", "border"], "region": ["country"], "border": ["country"], "hamlet": ["country"]}
    assert overlaps(Hierarchy.of(names, parents), left, right) == expected


def test_nothing_overlaps_what_is_blank() -> None:
    assert not DIAMOND.overlaps(ints(NOBODY, 0), ints(0, NOBODY)).any()
    assert not Hierarchy.of([], {}).overlaps(ints(NOBODY), ints(NOBODY)).any()


@pytest.mark.parametrize("inner", range(12))
@pytest.mark.parametrize("outer", range(12))
def test_twelve_levels(inner: int, outer: int) -> None:
    assert contains(DOLLS, f"d{outer}", f"d{inner}") == (inner <= outer)


@pytest.mark.parametrize(
    ("container", "inside"),
    [
        ("region", "village"),
        ("border", "village"),
        ("country", "village"),
        ("country", "region"),
        ("village", "village"),
    ],
)
def test_a_diamond_contains(container: str, inside: str) -> None:
    assert contains(DIAMOND, container, inside)


@pytest.mark.parametrize(("container", "inside"), [("region", "border"), ("village", "region"), ("region", "country")])
def test_a_diamond_does_not_contain(container: str, inside: str) -> None:
    assert not contains(DIAMOND, container, inside)


def test_every_container_is_listed_once() -> None:
    row, container = DIAMOND.expand(ints(0, NOBODY, 3))
    names = [(int(position), DIAMOND.names[node]) for position, node in zip(row, container, strict=True)]
    assert sorted(names) == [(0, "border"), (0, "country"), (0, "region"), (0, "village"), (2, "country")]


def test_what_is_blank_or_unknown_contains_nothing() -> None:
    assert DIAMOND.numbers(pd.Series(["country", None, "nowhere"])).tolist() == [3, NOBODY, NOBODY]
    assert DIAMOND.contains(ints(NOBODY, NOBODY, 3), ints(NOBODY, 0, NOBODY)).tolist() == [False, False, False]


def test_an_unknown_parent_is_left_out() -> None:
    orphan = Hierarchy.of(["a", "b"], {"a": ["nowhere", "b"]})
    assert contains(orphan, "b", "a")
    assert not contains(orphan, "a", "b")


def test_an_empty_hierarchy() -> None:
    nothing = Hierarchy.of([], {})
    assert nothing.contains(ints(NOBODY), ints(NOBODY)).tolist() == [False]
    assert nothing.numbers(pd.Series(["a"])).tolist() == [NOBODY]
    assert [part.tolist() for part in nothing.expand(ints(NOBODY))] == [[], []]
    assert nothing.roots.tolist() == []


def test_roots() -> None:
    assert [DIAMOND.names[root] for root in DIAMOND.roots] == ["country"] * 4
    assert set(DOLLS.roots.tolist()) == {11}
    apart = Hierarchy.of(["a", "b", "c"], {"a": ["c"]})
    assert apart.roots.tolist() == [2, 1, 2]


def test_of_two_tops_the_one_with_more_inside_it() -> None:
    two = Hierarchy.of(["village", "sector", "region", "town"], {"village": ["sector", "region"], "town": ["region"]})
    assert [two.names[root] for root in two.roots] == ["region", "sector", "region", "region"]


NODES = st.integers(0, 7)


@given(edges=st.sets(st.tuples(NODES, NODES).filter(lambda edge: edge[0] < edge[1])))
def test_contains_is_reachability(edges: set[tuple[int, int]]) -> None:
    names = [str(node) for node in range(8)]
    hierarchy = Hierarchy.of(names, {str(node): [str(to) for start, to in edges if start == node] for node in range(8)})

    def reached(node: int) -> set[int]:
        return {node}.union(*(reached(to) for start, to in edges if start == node))

    for inside in range(8):
        containers = {node for node in range(8) if contains(hierarchy, str(node), str(inside))}
        assert containers == reached(inside)
        assert set(hierarchy.expand(ints(inside))[1].tolist()) == reached(inside)


WORLD = package_of({"places": PLACES, "actors": ACTORS})


@pytest.mark.parametrize(
    ("container", "inside", "expected"),
    [
        ("area", "town-a", True),  # town → region → country → area
        ("border", "town-a", True),  # also within
        ("sector", "town-a", True),  # the second of two
        ("border", "sector", True),
        ("bland", "town-a", False),
        ("sector", "town-b", False),
        ("area", "elsewhere", False),
    ],
)
def test_places(container: str, inside: str, expected: bool) -> None:
    assert contains(place_hierarchy(WORLD.places), container, inside) == expected


@pytest.mark.parametrize(
    ("container", "inside", "expected"),
    [
        ("aland", "minister-a", True),
        ("aland", "conscripts-a", True),
        ("soldiers-a", "civilians-a", False),
        ("bland", "minister-a", False),
        ("cland", "outlet-c", False),  # based in is not member of
    ],
)
def test_actors(container: str, inside: str, expected: bool) -> None:
    assert contains(actor_hierarchy(WORLD.actors), container, inside) == expected


def test_a_value_is_inherited_from_the_nearest_that_has_one() -> None:
    zones = inherited(WORLD.actors, "actor_id", "time_zone", ("member_of", "based_in"))
    assert zones["minister-a"] == zones["aland"] == "Asia/Yerevan"
    assert zones["outlet-c"] == "America/New_York"
    assert zones["outlet-d"] == "Europe/London"
    assert "witness-1" not in zones


def test_of_two_above_the_first_and_of_two_levels_the_nearer() -> None:
    frame = pd.DataFrame(
        {
            "id": pd.array(["a", "b", "c", "top", "loop"], dtype="string"),
            "zone": pd.array([None, None, "of-c", "of-top", None], dtype="string"),
            "in": pd.array(["b|c", "top", None, None, "loop|unknown"], dtype="string"),
        }
    )
    assert inherited(frame, "id", "zone", ("in",)) == {"a": "of-c", "b": "of-top", "c": "of-c", "top": "of-top"}


def test_looked_up_keeps_the_type_of_the_table_also_without_rows() -> None:
    table = pd.Series(pd.array([1, 2], dtype="Int64"), index=["a", "b"])
    keys = pd.Series(["b", None, "c"], index=[5, 6, 7], dtype="string")
    found = looked_up(keys, table)
    assert found.index.tolist() == [5, 6, 7]
    assert found.fillna(0).tolist() == [2, 0, 0]
    assert looked_up(keys[:0], table).dtype == "Int64"


@pytest.mark.parametrize(
    ("first", "size", "expected"),
    [
        ([], [], []),
        ([3], [0], []),
        ([3, 10], [2, 3], [3, 4, 10, 11, 12]),
        ([5, 0, 5], [1, 0, 2], [5, 5, 6]),
    ],
)
def test_spans(first: list[int], size: list[int], expected: list[int]) -> None:
    assert spans(ints(*first), ints(*size)).tolist() == expected


TERMS = count_terms(package_of({"predicates": CODEBOOK}).predicates)


def within(terms: CountTerms, part: str, whole: str) -> bool:
    one, other = terms.numbers(pd.Series([part])), terms.numbers(pd.Series([whole]))
    return bool(terms.within[one[0], other[0]])


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        ("killed", "killed", True),
        ("killed", "dead", True),
        ("dead", "killed", True),
        ("killed", "killed_or_missing", True),
        ("killed_or_missing", "killed", False),
        ("killed", "casualties", True),
        ("hospitalised", "wounded", True),
        ("wounded", "hospitalised", False),
        ("hospitalised", "casualties", True),
        ("wounded", "killed_or_missing", False),
        ("homes_hit", "casualties", False),
    ],
)
def test_terms(part: str, whole: str, expected: bool) -> None:
    assert within(TERMS, part, whole) == expected


def test_terms_that_count_nothing_are_nobody() -> None:
    assert TERMS.numbers(pd.Series(["will_rise", None, "strike"])).tolist() == [NOBODY] * 3


def test_words_for_one_set_have_one_number() -> None:
    equal = {name: TERMS.names[number] for name, number in zip(TERMS.names, TERMS.equal, strict=True)}
    assert equal == {name: "killed" if name == "dead" else name for name in TERMS.names}


def test_vague_terms_and_units() -> None:
    assert [name for name, vague in zip(TERMS.names, TERMS.vague, strict=True) if vague] == ["casualties"]
    assert dict(zip(TERMS.names, TERMS.units, strict=True))["homes_hit"] == "building"


def terms(*lines: str) -> CountTerms:
    codebook: Iterable[dict[str, str]] = rows("kind predicate unit outcomes narrower_of", *lines)
    return count_terms(package_of({"predicates": codebook}).predicates)


def test_a_narrower_term_is_inside_every_term_above_it_and_no_other() -> None:
    chain = terms(
        "count wounded  person wounded -",
        "count treated  person wounded wounded",
        "count operated person wounded treated",
        "count blinded  person wounded wounded",
        "count harmed   person wounded|killed -",
        "count hurt     animal wounded -",
    )
    assert [name for name in chain.names if within(chain, "operated", name)] == [
        "wounded",
        "treated",
        "operated",
        "harmed",
    ]
    assert [name for name in chain.names if within(chain, name, "treated")] == ["treated", "operated"]
    assert not within(chain, "blinded", "treated")
    assert not within(chain, "hurt", "wounded")
    assert chain.equal.tolist() == [0, 1, 2, 3, 4, 5]


def test_a_codebook_that_counts_nothing() -> None:
    nothing = terms()
    assert nothing.names == ()
    assert nothing.equal.tolist() == []
    assert nothing.within.shape == (0, 0)


def test_a_codebook_that_counts_nothing_has_no_terms() -> None:
    nothing = terms("other strike - - -")
    assert (nothing.names, nothing.shared.shape, nothing.equal.tolist()) == ((), (0, 0), [])
