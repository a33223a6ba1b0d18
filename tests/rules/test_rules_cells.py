"""Columns by kind, sentences, lists and figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claimtrack.rules import Breach
from claimtrack.rules.kinds import kinds_that
from claimtrack.rules.wording import sentences

Found = Callable[[], list[Breach]]
Change = Callable[..., None]

KINDS = ("count", "ceasefire", "hostilities", "attribution", "diplomacy", "other")
USES = [
    ("require", "incident_id", ("attribution",)),
    ("allow", "incident_id", KINDS),
    ("forbid", "incident_id", ()),
    ("allow", "count_min", ("count",)),
    ("forbid", "count_min", KINDS[1:]),
    ("forbid", "valid_mode", ("count",)),
    ("require", "text", KINDS),
]


@pytest.mark.parametrize(("use", "column", "kinds"), USES)
def test_the_kinds_that_use_a_column(use: str, column: str, kinds: tuple[str, ...]) -> None:
    assert kinds_that(use, column) == kinds


def test_every_column_that_a_kind_has_not_is_reported(change: Change, found: Found) -> None:
    change("claims", "pzd3tgpk", count_min="1", count_mode="cumulative", count_basis="estimate", answer="yes")
    assert sorted((breach.code, breach.field) for breach in found()) == [
        ("answer-without-incident", "incident_id"),
        ("kind-forbids", "count_basis"),
        ("kind-forbids", "count_min"),
        ("kind-forbids", "count_mode"),
    ]


def test_an_answer_of_a_kind_that_needs_an_incident_is_reported_once(change: Change, found: Found) -> None:
    change("claims", "kykqpa3d", answer="yes", incident_id="")
    (breach,) = found()
    assert breach.code == "kind-requires"
    assert breach.message == "a claim of kind attribution needs incident_id"


SENTENCES = [
    ("X says that it is so.", 1),
    ("X says that it is so. Y does not.", 2),
    ("X says so! Does it? It does.", 3),
    ("X says … It is so.", 2),
    ("X says “it is so.” Y does not.", 2),
    ("X says (as Y did.) Émile agrees.", 2),
    ("X says so.\N{NO-BREAK SPACE}Y too.", 2),
    ("X says that Gen. Y and Dr. Z met at No. 5 on 6 Sept. 2020.", 1),
    ("X says that J. R. Y of the U.S. Army was there.", 1),
    ("X says that it began at 8 a.m. on the front.", 1),
    ("X says that it rose by 2.5 per cent. over a year.", 1),
    ("X asks ‘why?’ and leaves.", 1),
    ("X says so.Y does not.", 1),
    ("X says so. … Y does not.", 2),
    ("X says so.” “Y does not.", 2),
    ("", 1),
]


def test_sentences_of_a_very_long_word_are_counted_at_once() -> None:
    assert sentences(". " + "a." * 1_000_000 + " B") == 1


@pytest.mark.parametrize(("text", "number"), SENTENCES)
def test_sentences_are_counted(text: str, number: int) -> None:
    assert sentences(text) == number


ENDINGS = [
    ("X says so.", True),
    ("X says ‘so’.", True),
    ("X says “so.”", True),
    ("X asks whether it is so?", True),
    ("X says (as before.)", True),
    ("X says …", True),
    ("X says so", False),
    ("X says so,", False),
    ("X says so. ”", False),
]


@pytest.mark.parametrize(("text", "ended"), ENDINGS)
def test_a_sentence_has_an_end(text: str, ended: bool, change: Change, found: Found) -> None:
    change("claims", "pzd3tgpk", text=text)
    assert [breach.code for breach in found()] == ([] if ended else ["text-sentence"])


# Words of a quote, and whether there are too many; the shortest words and the widest gaps
QUOTES = [("a " * 12, False), ("a " * 13, True), ("a  " * 12, False), ("word-word " * 12, False), ("ä\n" * 13, True)]


@pytest.mark.parametrize(("quote", "long"), QUOTES)
def test_words_are_counted(quote: str, long: bool, change: Change, found: Found) -> None:
    change("claims", "pzd3tgpk", quote=quote.rstrip())
    assert [breach.message for breach in found()] == (["quote has 13 words, more than 12"] if long else [])


PARTS = [
    ("A|B|C", None),
    ("A|B|A|A", "'A' stands in it more than once"),
    ("|A", "one part is empty"),
    ("A||", "one part is empty"),
    ("A |B", "the part 'A ' has spaces around it"),
    ("A |A ", "the part 'A ' has spaces around it"),
    ("|B|B", "one part is empty; 'B' stands in it more than once"),
    ("A\u202eB|A\u202eB", r"'A\u202eB' stands in it more than once"),
]


@pytest.mark.parametrize(("cell", "fault"), PARTS)
def test_the_parts_of_a_list(cell: str, fault: str | None, change: Change, found: Found) -> None:
    change("places", "town-c", aliases=cell)
    assert [breach.message for breach in found()] == ([f"aliases: {fault}"] if fault else [])


def test_every_unknown_part_is_named(change: Change, found: Found) -> None:
    change("places", "village-b", also_within="sector-2|border|zzzz")
    (breach,) = found()
    assert breach.message == "there is no place sector-2; closest to it: sector-1; there is no place zzzz"


FIGURES = [
    ({"count_min": "40", "count_max": "40"}, []),
    ({"count_min": "40", "count_max": "41"}, ["count-approx-range"]),
    ({"count_min": "", "count_max": "40"}, ["count-approx-range"]),
    ({"count_min": "41", "count_max": "40"}, ["count-reversed"]),
    ({"count_min": "41", "count_max": "40", "count_approx": ""}, ["count-reversed"]),
    ({"count_min": "", "count_max": "", "count_approx": ""}, []),
    ({"count_min": "", "count_max": ""}, ["count-approx-range"]),
    ({"count_min": "-4", "count_max": "-4"}, ["count-negative", "count-negative"]),
    ({"count_min": "-4", "count_max": "-4", "count_mode": ""}, ["count-mode-missing"]),
    ({"count_min": "-4", "count_max": "-4", "count_mode": "increment"}, []),
    ({"count_min": "0", "count_max": "0"}, []),
]


@pytest.mark.parametrize(("cells", "expected"), FIGURES)
def test_the_bounds_of_a_figure(cells: dict[str, str], expected: list[str], change: Change, found: Found) -> None:
    change("claims", "i4z4d2ld", **{"count_text": "some"} | cells)
    assert [breach.code for breach in found()] == expected


def test_outcomes_are_looked_for_under_their_unit(change: Change, found: Found) -> None:
    change("predicates", "count/killed_or_missing", outcomes="killed|hit")
    (breach,) = found()
    assert breach.message == "no predicate of unit person counts hit alone"


def test_the_closest_names_are_those_that_would_do(change: Change, found: Found) -> None:
    change("predicates", "count/wounded_badly", narrower_of="woundet")
    change("predicates", "count/killed_or_missing", outcomes="killed|misssing")
    assert [breach.message for breach in found()] == [
        "there is no predicate woundet of kind count; closest to it: wounded or wounded_badly",
        "no predicate of unit person counts misssing alone; closest to it: missing",
    ]


def test_a_claim_entered_three_times_names_the_first(rows: dict[str, list[dict[str, str]]], found: Found) -> None:
    first = rows["claims"][16]
    for letter in "ab":
        rows["claims"].append(first | {"claim_id": f"undated-resident-1-{letter * 8}", "text": "X says so."})
    assert [(breach.row, breach.message) for breach in found()] == [
        (
            at,
            "claim undated-resident-1-lbi53q7t is entered once more: everything that an id is minted from is the same",
        )
        for at in (17, 18)
    ]
