"""One claim, and the timeline, in every format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from pytest_regressions.file_regression import FileRegressionFixture
from rich.console import Console, RenderableType

from claimtrack.package import Package
from claimtrack.report import claim, timeline
from claimtrack.report.claim_lines import about, byline
from claimtrack.report.console import PLAIN_WIDTH, WIDEST, console_for, print_blocks
from claimtrack.report.findings import pairs_text
from claimtrack.schema import table_schema
from claimtrack.views.claims import Cards
from claimtrack.views.evidence import evidence
from claimtrack.views.timeline import ROW, Selection
from claimtrack.views.timeline import timeline as listed
from disputed import CEASEFIRE, CIVILIANS, HEADING, OTHER_TOLL, RESUMED, STRIKES

TALKS = "20200906-ministry-southland-fx7nr67p"
UNDATED = "undated-resident-1-lbi53q7t"
WIRE = "20200906-army-southland-7xfej4ki"
CASUALTIES = "undated-armenia-ngel6doe"


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)


def printed(blocks: Iterable[RenderableType]) -> str:
    stream = io.StringIO()
    print_blocks(blocks, stream)
    return stream.getvalue()


def joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("claim_id", [CEASEFIRE, HEADING["claim_id"], UNDATED], ids=["disputed", "repeats", "undated"])
def test_show(package: Package, claim_id: str, file_regression: FileRegressionFixture) -> None:
    found = evidence(package, claim_id)
    file_regression.check(printed(claim.blocks(found)) + "\n\n" + joined(claim.markdown_lines(found)))


@pytest.mark.parametrize(("relation", "supports"), [("corroborates", 1), ("repeats", 0), ("part_of", 0)])
def test_only_an_independent_claim_to_the_same_effect_supports_another(
    package: Package, relation: str, supports: int
) -> None:
    """In JSON as in words."""
    links = package.links.assign(relation=package.links["relation"].replace("repeats", relation))
    found = evidence(replace(package, frames={**package.frames, "links": links}), HEADING["claim_id"], [])
    assert len(found["supports"]) == supports
    assert ("### Supports it, declared" in claim.markdown_lines(found)) == bool(supports)


def test_show_what_the_recorder_corrected(package: Package) -> None:
    found = evidence(package, TALKS)
    words = [
        "time_text on 2020-09-08: on Monday → Tuesday. The talks were announced for Tuesday, not for Monday.",
        "time_text on 2020-09-09: Tuesday → on Tuesday. The phrase is recorded as it was printed.",
    ]
    assert [row["new"] for row in found["corrections"]] == ["Tuesday", "on Tuesday"]
    shown = " ".join(printed(claim.blocks(found)).replace("•", "-").split())
    assert all(word in shown for word in ["Corrected by the recorder", *words])
    assert joined(claim.markdown_lines(found)).endswith(
        "### Corrected by the recorder\n\n" + "".join(f"- {word.replace('_', chr(92) + '_')}\n" for word in words)
    )


@pytest.mark.parametrize(("mode", "words"), [("since", " 4 h after"), ("within", " at least 4 h after")])
def test_hours_are_bounds_where_the_contrary_claim_is_vague_and_shown(package: Package, mode: str, words: str) -> None:
    """It is not the mode of the claim on the other side, here that of the ceasefire, that counts."""
    found = evidence(package, RESUMED["claim_id"])
    found["claim"] = found["claim"] | {"valid": found["claim"]["valid"] | {"mode": mode}}
    assert f":{words}" in " ".join(printed(claim.blocks(found)).split())
    assert f"|{words}" in joined(claim.markdown_lines(found))


def test_the_chain_of_relays(cards: Cards) -> None:
    assert claim.facts(cards[CEASEFIRE])["came by"] == "Ministry of Southland → Example Wire Service → Example Gazette"
    assert "came by" not in claim.facts(cards[STRIKES["claim_id"]])


def test_what_was_only_expected_is_not_said_to_have_happened(cards: Cards) -> None:
    assert claim.facts(cards[TALKS])["certainty"] == "anticipated, not said to have happened"
    assert byline(cards[TALKS]).endswith("expected, not said to have happened")


def test_a_source_that_no_longer_stands_is_marked(package: Package) -> None:
    standing = dict(zip(package.sources["source_id"], package.sources["standing"], strict=True))
    edited = package.claims[package.claims["source_id"].map(standing) == "edited"]["claim_id"].iloc[0]
    assert "(edited)" in claim.facts(Cards(package)[edited])["source"]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        ({"min": 12, "max": 12, "text": "12"}, "12"),
        ({"min": 5, "max": None, "text": "at least 5"}, "at least 5"),
        ({"min": None, "max": 5, "text": "up to 5"}, "at most 5; printed ‘up to 5’"),
        ({"min": 3, "max": 5}, "3 to 5"),
        (
            {"min": 20, "max": 20, "approx": True, "mode": "cumulative", "basis": "estimate"},
            "20 (about, cumulative, estimate)",
        ),
        ({"min": None, "max": None, "text": "dozens"}, "no figure; printed ‘dozens’"),
    ],
)
def test_counts_in_words(cards: Cards, count: dict[str, Any], words: str) -> None:
    blank = dict.fromkeys(("min", "max", "mode", "basis", "approx", "text"))
    card = cards[CIVILIANS["claim_id"]] | {"count": blank | count}
    assert claim.facts(card)["count"] == words


def test_the_time_that_a_claim_is_about(cards: Cards) -> None:
    assert about(cards[OTHER_TOLL["claim_id"]]) == "as of 6 Sep 2020 16:00 UTC"
    assert about(cards["20200907-ministry-northland-gtbgeaq7"]) == "6 Sep 2020 16:00 to 7 Sep 2020 10:00 UTC"
    assert about(cards[UNDATED]) == "no time given"
    assert about(cards[HEADING["claim_id"]]) == "at 6 Sep 2020 12:30 UTC"


def test_every_relation_can_be_said_from_both_ends() -> None:
    for name in table_schema("links").field("relation").enum:
        ends = [claim.relation({"relation": name, "direction": direction}) for direction in ("to", "from")]
        assert all(ends)


def test_timeline(package: Package, file_regression: FileRegressionFixture) -> None:
    rows = listed(package, Selection())
    file_regression.check(printed(timeline.blocks(rows, "valid")))


def test_timeline_by_report(package: Package, file_regression: FileRegressionFixture) -> None:
    rows = listed(package, Selection(by="reported"))
    page = joined(timeline.markdown_lines(rows, "reported"))
    file_regression.check(printed(timeline.blocks(rows, "reported")) + page)


@pytest.mark.parametrize("width", ["100", "60"])
def test_timeline_gives_every_claim_id_whole(package: Package, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    rows = listed(package, Selection())
    shown = printed(timeline.blocks(rows, "valid"))
    assert all(row["claim_id"] in shown for row in rows)
    if width == "60":
        assert all(timeline.when(row, "valid") in " ".join(shown.split()) for row in rows)


def test_timeline_of_undated_claims_only(package: Package) -> None:
    rows = [row for row in listed(package, Selection()) if not row["dated"]]
    assert printed(timeline.blocks(rows, "valid")).startswith("No time given\n")


def test_timeline_of_dated_claims_only(package: Package) -> None:
    rows = [row for row in listed(package, Selection()) if row["dated"]]
    assert "No time given" not in printed(timeline.blocks(rows, "valid"))


def test_timeline_without_claims() -> None:
    assert printed(timeline.blocks([], "valid")) == "No claims match.\n"


@pytest.mark.parametrize(
    ("by", "number", "words"),
    [
        ("valid", 2, "No claims match; 2 more give no time (--by reported puts these in order of their report)."),
        ("valid", 1, "No claims match; 1 more gives no time (--by reported puts it in order of its report)."),
        ("reported", 2, "No claims match; 2 more have no dated report."),
        ("reported", 1, "No claims match; 1 more has no dated report."),
    ],
)
def test_timeline_says_how_many_a_window_leaves_out(by: Any, number: int, words: str) -> None:
    assert printed(timeline.blocks([], by, number)) == f"{words}\n"
    assert joined(timeline.markdown_lines([], by, number)).endswith(f"\n\n{words}\n")


def test_timeline_never_shows_the_expected_as_having_happened(package: Package) -> None:
    rows = [row for row in listed(package, Selection()) if row["claim_id"] == TALKS]
    assert "[expected, not said to have happened]" in " ".join(printed(timeline.blocks(rows, "valid")).split())
    assert "(expected, not said to have happened)" in joined(timeline.markdown_lines(rows, "valid"))


def test_timeline_as_csv(package: Package) -> None:
    rows = listed(package, Selection())
    read = list(csv.DictReader(io.StringIO(joined(timeline.csv_lines(rows, ROW)))))
    assert [row["claim_id"] for row in read] == [row["claim_id"] for row in rows]
    assert {row["dated"] for row in read} == {"true", "false"}
    assert tuple(read[0]) == ROW


def test_timeline_as_json(package: Package) -> None:
    rows = listed(package, Selection())
    document = json.loads(timeline.json_document(rows))
    assert document == {"claims": rows, "stats": {"claims": 26, "undated": 8}}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "300")
    return Terminal()


def test_colour_on_a_terminal_and_none_elsewhere(on_a_terminal: Terminal, package: Package) -> None:
    found = evidence(package, CEASEFIRE)
    print_blocks(claim.blocks(found), on_a_terminal)
    assert "\x1b[" in on_a_terminal.getvalue()
    assert "\x1b" not in printed(claim.blocks(found))


def test_no_color_is_honoured(on_a_terminal: Terminal, monkeypatch: pytest.MonkeyPatch, package: Package) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    print_blocks(claim.blocks(evidence(package, CEASEFIRE)), on_a_terminal)
    assert not any(f"\x1b[{colour}m" in on_a_terminal.getvalue() for colour in range(30, 50))


@pytest.mark.parametrize(("columns", "width"), [("300", WIDEST), ("60", 60)])
def test_width_on_a_terminal(
    on_a_terminal: Terminal, monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert console_for(on_a_terminal).width == width


@pytest.mark.parametrize(("columns", "width"), [(None, PLAIN_WIDTH), ("", PLAIN_WIDTH), ("72", 72)])
def test_width_elsewhere(monkeypatch: pytest.MonkeyPatch, columns: str | None, width: int) -> None:
    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)
    assert console_for(io.StringIO()).width == width


@pytest.mark.parametrize("width", [20, 40, 72])
def test_narrow_windows_lose_nothing(width: int, package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = printed(claim.blocks(evidence(package, CEASEFIRE)))
    assert all(len(line) <= width for line in shown.splitlines())
    assert "20200906-gazette-rqegdzzz" in "".join(shown.split())


def test_consoles_do_not_interpret_markup() -> None:
    stream = io.StringIO()
    print_blocks(["[bold]:smile: 12"], stream)
    assert stream.getvalue() == "[bold]:smile: 12\n"
    assert isinstance(console_for(stream), Console)


def test_a_figure_made_of_several_claims_names_them(live: Package) -> None:
    """Who says that 49 were killed gives no total of 95: the figures that add up to it stand beside the claim."""
    named = "Karen Sargsyan says that at least 43 service members had been wounded"
    found = evidence(live, CASUALTIES)
    (pair,) = found["against"]
    shown = " ".join(printed(claim.blocks(found)).split())
    assert "(zone assumed): clear figures add up to at least 95 persons" in shown
    assert named in shown.partition("In full: Armenia")[2]
    assert named in " ".join(printed(pairs_text.blocks([pair], Cards(live))).split())


def test_what_the_recorder_took_for_granted_is_said_of_totals_too(live: Package, cards: Cards) -> None:
    """'as of 16:00 UTC+4' without a word read as if the source had named the zone."""
    (row,) = [row for row in listed(live, Selection()) if row["claim_id"] == "20220913-karen-sargsyan-zdczshjg"]
    assert timeline.when(row, "valid") == "as of 13 Sep 2022 16:00 UTC+4 (zone assumed)"
    assert timeline.when(row | {"bounds_basis": "codebook"}, "valid").endswith("(zone assumed, hours by the codebook)")
    toll = cards[OTHER_TOLL["claim_id"]]
    taken = {"zone_basis": "assumed", "bounds_basis": "codebook", "text": "by the afternoon"}
    assert about(toll | {"valid": toll["valid"] | taken}) == (
        "as of 6 Sep 2020 16:00 UTC (zone assumed, hours of ‘by the afternoon’ by the codebook)"
    )


def test_what_was_declared_compatible_is_called_so(live: Package) -> None:
    """It is what people declared; the list of findings sends its readers here by that word."""
    found = evidence(live, "20220913-russian-mfa-or567w4b")
    words = "is declared compatible with: OC Media"
    assert words in " ".join(printed(claim.blocks(found)).split())
    assert words in joined(claim.markdown_lines(found))
