"""Findings in every format, from the disputed package."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from pytest_regressions.file_regression import FileRegressionFixture
from rich.console import RenderableType

from claimtrack.discrepancy import FAMILIES, Findings, compute
from claimtrack.package import Package
from claimtrack.report.claim_lines import about
from claimtrack.report.console import print_blocks
from claimtrack.report.figures import caveats
from claimtrack.report.findings import against, apart, as_json, order, pairs_text, table, text
from claimtrack.report.findings.verdicts import markdown_reckonings, verdict
from claimtrack.report.findings.windows import taken_from_windows
from claimtrack.rulebook import rules
from claimtrack.views.claims import Cards
from disputed import BLAME, CEASEFIRE, NASTY, STRIKES


@pytest.fixture(scope="module")
def found(package: Package) -> Findings:
    return compute(package)


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)


def printed(blocks: Iterable[RenderableType]) -> str:
    stream = io.StringIO()
    print_blocks(blocks, stream)
    return stream.getvalue()


def joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def test_text(found: Findings, cards: Cards, file_regression: FileRegressionFixture) -> None:
    findings = order.ordered(found.condensed(), "strength")
    file_regression.check(printed(text.blocks(findings, found.pairs(), cards)))


def test_text_without_pairs_shows_the_earliest_and_the_strongest(
    found: Findings, cards: Cards, file_regression: FileRegressionFixture
) -> None:
    file_regression.check(printed(text.blocks(found.condensed(), (), cards)))


def test_text_folds_a_long_list(found: Findings, cards: Cards, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LISTED", 1)
    monkeypatch.setattr(text, "NAMED", 2)
    shown = printed(text.blocks(found.condensed(), found.pairs(), cards))
    assert "… and 2 more:\n      claimtrack discrepancies --pairs --claim 20200906-resident-1-5uz5gput\n" in shown
    assert "strikes resumed at 13:00" in shown, "each code keeps its first"
    assert "4 contrary statements of 4 origins (Example Gazette in Farland, Example Observer Mission in" in shown
    assert "Farland, 2 more)" in shown


def test_who_has_not_confirmed_a_ceasefire_is_not_called_contrary(found: Findings, cards: Cards) -> None:
    told = {row["family"]: text.extent(row, cards) for row in found.condensed()}
    assert told["ceasefire"].startswith("2 statements of 2 origins")
    assert "contrary" in told["state"]
    assert "contrary" not in told["attribution"]


def test_text_without_findings(cards: Cards) -> None:
    assert printed(text.blocks([], [], cards)) == "No discrepancies found.\n"


def test_text_of_a_claim_without_incident(found: Findings, package: Package) -> None:
    claims = package.claims.assign(incident_id=package.claims["incident_id"].mask(lambda column: column.notna()))
    blank = Cards(replace(package, frames={**package.frames, "claims": claims}))
    assert "No incident stated" in printed(text.blocks(found.condensed(), (), blank))


def test_text_gives_every_claim_id_whole(found: Findings, cards: Cards) -> None:
    """No id is broken over two lines: one must be able to copy it."""
    shown = printed(text.blocks(found.condensed(), found.pairs(), cards))
    for pair in found.pairs():
        if pair["family"] in ("state", "ceasefire"):
            assert all(claim_id in shown for claim_id in pair["claims"])


@pytest.mark.parametrize(("width", "as_table"), [("100", True), ("80", True), ("60", False)])
def test_pairs_give_every_claim_id_whole(
    found: Findings, cards: Cards, monkeypatch: pytest.MonkeyPatch, width: str, as_table: bool
) -> None:
    """Where a cell has no room for an id, pairs stand below each other: in 80 columns ids were broken in two."""
    monkeypatch.setenv("COLUMNS", width)
    against = [pair for pair in found.pairs() if pair["claims"][0] == CEASEFIRE]
    shown = printed(pairs_text.blocks(against, cards))
    assert all(claim_id in shown for pair in against for claim_id in pair["claims"])
    assert (" other claim " in shown) == as_table
    assert max(map(len, shown.splitlines())) <= int(width)


def test_pairs(found: Findings, cards: Cards, file_regression: FileRegressionFixture) -> None:
    against = [pair for pair in found.pairs() if pair["claims"][0] == CEASEFIRE]
    file_regression.check(printed(pairs_text.blocks(against, cards, left_out=3)))


def test_pairs_say_what_else_there_is_to_say(found: Findings) -> None:
    pair = next(found.pairs())
    assert pairs_text.marks(pair | {"linked": True, "same_statement": True}) == [
        "declared in links.csv",
        "said in one statement",
    ]
    assert pairs_text.marks(pair | {"linked": False, "same_statement": False}) == []


@pytest.mark.parametrize(("number", "words"), [(0, "No discrepancies found."), (1, "1 pair of claims")])
def test_headline_of_pairs(found: Findings, cards: Cards, number: int, words: str) -> None:
    assert printed(pairs_text.blocks(list(found.pairs())[:number], cards)).splitlines()[0] == words


def test_csv(found: Findings, package: Package) -> None:
    rows = list(csv.DictReader(io.StringIO(joined(table.csv_lines(table.rows(found.condensed(), package))))))
    findings = found.condensed()
    assert [row["id"] for row in rows] == [finding["id"] for finding in findings]
    assert tuple(rows[0]) == table.COLUMNS
    (state,) = [row for row in rows if row["family"] == "state" and row["claim_id"] == CEASEFIRE]
    assert state["codes"] == "ceasefire-contradicted|ceasefire-breached|ceasefire-not-held"
    assert (state["figure"], state["value"], state["low"], state["high"], state["unit"]) == (
        *("overlap", "3", "3", "4"),
        "hours",
    )
    assert state["origins"] == "gazette|observer-mission|resident-1|wire-service"
    assert state["other_id"] == STRIKES["claim_id"]


def test_csv_of_pairs(found: Findings, package: Package) -> None:
    rows = list(csv.DictReader(io.StringIO(joined(table.csv_lines(table.rows(found.pairs(), package))))))
    assert len(rows) == found.stats["pairs"]
    assert {row["statements"] for row in rows} == {"1"}
    (unconfirmed,) = [row for row in rows if row["codes"] == "ceasefire-unconfirmed"]
    assert unconfirmed["first_at"] == unconfirmed["origins"] == ""


def test_markdown(found: Findings, cards: Cards, file_regression: FileRegressionFixture) -> None:
    file_regression.check(joined(table.markdown_lines(found.condensed(), cards)), extension=".md")


def test_markdown_without_findings(cards: Cards) -> None:
    assert list(table.markdown_lines([], cards)) == ["**No discrepancies found.**"]


def test_markdown_of_pairs(found: Findings, cards: Cards, file_regression: FileRegressionFixture) -> None:
    against = [pair for pair in found.pairs() if pair["claims"][0] == CEASEFIRE]
    file_regression.check(joined(table.markdown_pairs(against, cards)), extension=".md")


@pytest.mark.parametrize("number", [0, 1, 2, 5])
def test_json_is_written_as_it_is_computed(found: Findings, package: Package, number: int) -> None:
    objects = found.condensed()[:number]
    document = json.loads(joined(as_json.document("discrepancies", as_json.rows(objects, package), found.stats)))
    assert document == {"discrepancies": objects, "stats": found.stats}
    assert [json.loads(line) for line in as_json.rows(objects, package)] == objects
    rows = as_json.to_order(objects, package)
    assert [json.loads(one["row"]) for one in order.ordered_on_disk(rows, "time")] == order.ordered(objects, "time")


def test_not_comparable(found: Findings, cards: Cards, file_regression: FileRegressionFixture) -> None:
    rows = found.not_comparable()
    shown = printed(apart.not_comparable(rows, cards))
    file_regression.check(shown + joined(apart.not_comparable_markdown(rows, cards)))


def test_unlinked(found: Findings, cards: Cards, file_regression: FileRegressionFixture) -> None:
    parted = found.unlinked()
    assert BLAME["claim_id"] in str(parted["not_computed"])
    parted["not_computed"].append({**parted["not_computed"][0], "note": None})
    shown = printed(apart.unlinked(parted, cards))
    file_regression.check(shown + joined(apart.unlinked_markdown(parted, cards)))


def test_nothing_nasty_gets_through(found: Findings, cards: Cards) -> None:
    findings, pairs = found.condensed(), list(found.pairs())
    texts = [printed(text.blocks(findings, pairs, cards)), printed(pairs_text.blocks(pairs, cards))]
    pages = [joined(table.markdown_lines(findings, cards)), joined(table.markdown_pairs(pairs, cards))]
    for shown in (*texts, *pages):
        assert not any(line.lstrip().startswith("::") or "##[" in line for line in shown.splitlines())
    assert NASTY[:20] in texts[0]
    assert not any("<b>" in page for page in pages)


def finding(**given: Any) -> dict[str, Any]:
    return {"id": "x", "family": "state", "strength": "possible", "claims": ["a", "b"], "statements": 1, **given}


LISTED = [
    finding(id="1", codes={"denied": 1}, family="denial", first_at="2020-01-03T08:30:00+00:00", statements=4),
    finding(id="2", codes={"count-fell": 1}, family="count", first_at=None, statements=9),
    finding(id="3", codes={"ceasefire-denied": 2}, strength="definite", first_at="2020-01-03T12:00:00+04:00"),
    finding(id="4", code="answer-conflict", family="answer", strength="tension"),
]


@pytest.mark.parametrize(
    ("by", "expected"), [("strength", "3214"), ("time", "3124"), ("statements", "2134"), ("code", "4321")]
)
def test_order(by: Any, expected: str) -> None:
    assert "".join(one["id"] for one in order.ordered(LISTED, by)) == expected


def claim_of(claim_id: str, certainty: str = "stated", about: str | None = None, reported: str | None = None) -> Any:
    clocks = {"valid": {"from": about, "to": None}, "reported": {"from": reported, "to": reported}}
    return {"claim_id": claim_id, "certainty": certainty, **clocks}


def test_what_is_said_firmly_and_is_earliest_is_listed_first() -> None:
    listed = [
        claim_of("c", about="2022-09-13T09:00:00+04:00"),
        claim_of("b", reported="2022-09-13T10:00:00+04:00"),
        claim_of("a", about="2022-09-13T09:00:00+03:00"),  # as late as the one before
        claim_of("d", about="2022-09-13T12:00:00+04:00", reported="2022-09-13T08:00:00+04:00"),
        claim_of("u"),
        claim_of("e", "hedged", about="2022-09-13T01:00:00+04:00"),
        claim_of("f", "implied", about="2022-09-13T02:00:00+04:00"),
    ]
    assert (
        "".join(card["claim_id"] for card in sorted([*listed[4:], *listed[:4]], key=order.firm_and_early)) == "cabduef"
    )


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ([0], "1 finding about 1 claim: 1 possible"),
        ([0, 2], "2 findings about 1 claim: 1 definite, 1 possible"),
        ([1], "1 finding about 1 count: 1 possible"),
        ([0, 1, 2, 3], "4 findings about 1 claim, 1 count and 1 question: 1 definite, 2 possible, 1 tension"),
    ],
)
def test_headline(chosen: list[int], words: str) -> None:
    assert order.headline([LISTED[position] for position in chosen]) == words


@pytest.mark.parametrize(
    ("strength", "words"),
    [("definite", "B denies what A asserts."), ("possible", "B may deny what A asserts.")],
)
def test_verdict(strength: str, words: str) -> None:
    assert verdict("denied", strength, "A", "B") == words


FELL = "according to the second, there was violence in the period of the first and the ceasefire did not hold"


@pytest.mark.parametrize(
    ("explanation", "ending"),
    [
        ("", "; whether it had been announced by then is not known."),
        (
            f"…: {FELL}; the violence goes on after the first was said (1 h after the start).",
            "; the violence goes on after A was said.",
        ),
        (f"…: {FELL}; the first was said after that.", "; A was said after that."),
        (
            f"A says that the first was said after that: {FELL}; whether it had been announced by then is not known.",
            "; whether it had been announced by then is not known.",
        ),
    ],
)
def test_verdict_of_a_pair_of_which_more_is_known(explanation: str, ending: str) -> None:
    assert verdict("ceasefire-not-held", "definite", "A", "B", explanation).endswith(ending)


def test_verdict_of_an_absence_that_was_said_before() -> None:
    known = rules()["state-contradicted"].verdict
    explanation = f"…: {known}; it comes after the first was said, and what that says may have been so until then."
    assert verdict("state-contradicted", "definite", "A", "B", explanation).endswith(
        "exclude each other; it comes after A was said, and what that says may have been so until then."
    )


@pytest.mark.parametrize("code", [rule.code for rule in rules().values() if rule.severity == "finding"])
def test_every_code_has_a_verdict_of_two_claims(code: str) -> None:
    for strength in ("definite", "possible"):
        words = verdict(code, strength, "A", "B")
        assert words[0].isupper()
        assert words.endswith(".")
        assert "the first" not in words
        assert "the second" not in words


@pytest.mark.parametrize(
    ("family", "last", "words"),
    [
        ("state", "13:00", "the first with a time from 13 Sep 2022 09:00 UTC+4, the last from 13 Sep 2022 13:00 UTC+4"),
        ("denial", "13:00", "the first from 13 Sep 2022 09:00 UTC+4, the last from 13 Sep 2022 13:00 UTC+4"),
        ("attribution", "09:00", "the first reported by 13 Sep 2022 09:00 UTC+4"),
        ("count", None, ""),
    ],
)
def test_the_times_of_a_finding_say_what_they_are(cards: Cards, family: str, last: str | None, words: str) -> None:
    """A bare '09:00 to 13:00' read as if all that speaks against a claim had been in these hours, or said in them."""
    first, last = (time and f"2022-09-13T{time}:00+04:00" for time in (last and "09:00", last))
    row = finding(family=family, claims=[CEASEFIRE], codes={}, origins=[], first_at=first, last_at=last)
    assert text.extent(row, cards).partition("()")[2].removeprefix(", ") == words


def test_what_began_before_the_claim_at_issue_is_told_from_its_start(cards: Cards) -> None:
    """No contrary claim said 09:00: strikes throughout the morning count from the start of the ceasefire."""
    at = "2020-09-06T10:00:00+01:00"
    row = finding(claims=[CEASEFIRE], codes={}, origins=[], first_at=at, last_at=at)
    assert text.extent(row, cards).endswith(", the first with a time from the start, 6 Sep 2020 10:00 UTC+1")


def test_every_family_says_what_its_times_are() -> None:
    assert set(text.TIMED) == set(FAMILIES)


def test_markdown_of_pairs_says_what_the_text_says(found: Findings, cards: Cards) -> None:
    """Who reads Markdown learns the times of both claims, too, and why a finding is but possible."""
    pairs = list(found.pairs())
    page = joined(table.markdown_pairs(pairs, cards)).replace("\\", "")
    for pair in pairs:
        at_issue, contrary = (cards[claim] for claim in pair["claims"][:2])
        assert all(f"{about(card)} · {card['claimant']['name']}" in page for card in (at_issue, contrary))
        assert all(reason in page for reason in [*caveats(pair), *pairs_text.marks(pair)])
    assert any(caveats(pair) for pair in pairs)


def test_what_no_cell_could_hold_stands_below_the_table() -> None:
    pairs = [("b", {"code": "denied", "explanation": "B."}), ("c", {"code": "count-sum", "explanation": "A|b."})]
    assert list(markdown_reckonings(pairs)) == ["", "c, in full: A\\|b."]


def test_markdown_of_pairs_says_how_many_there_are(found: Findings, cards: Cards) -> None:
    """A page that stopped at its 2,000th pair did not say so, and one of none was empty."""
    pair = next(found.pairs())
    page = joined(table.markdown_pairs([pair], cards, left_out=1_999))
    assert page.startswith("**2,000 pairs of claims**\n\n")
    assert "\n… and 1,999 more (use --format jsonl for all)\n" in page
    assert joined(table.markdown_pairs([], cards)).strip() == "**No discrepancies found.**"


def test_markdown_says_what_the_strengths_mean(found: Findings, cards: Cards) -> None:
    for page in (table.markdown_lines(found.condensed(), cards), table.markdown_pairs(list(found.pairs()), cards)):
        assert "- **definite**: holds under every reading of the times" in list(page)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_people_declared_compatible_is_mentioned(found: Findings, cards: Cards, number: int) -> None:
    """Who counts the claims that stand against each other learns that some are left out, and where they are."""
    findings, pairs = found.condensed()[:1], list(found.pairs())[:1]
    told = (
        printed(text.blocks(findings, (), cards, suppressed=number)),
        printed(text.blocks([], (), cards, suppressed=number)),
        printed(pairs_text.blocks(pairs, cards, suppressed=number)),
        joined(table.markdown_lines(findings, cards, suppressed=number)),
        joined(table.markdown_lines([], cards, suppressed=number)),
        joined(table.markdown_pairs(pairs, cards, suppressed=number)),
    )
    words = ["", "1 pair is left out, since people declared it", "2 pairs are left out, since people declared them"]
    for page in told:
        assert words[number] in " ".join(page.split())
        assert ("left out" in page) == bool(number)


START, END = "5 Sep 00:00, the start of its incident's window", "7 Sep 00:00, the end of its incident's window"


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ("no time given", "at 6 Sep 10:00", []),
        (
            f"until 6 Sep 06:00, from {START}, zone assumed; reported 6 Sep 09:10",
            "at 6 Sep 10:00",
            [f"the time at issue is read from {START}"],
        ),
        ("since 6 Sep 06:00", f"from 6 Sep 09:00 on, up to {END}", [f"the contrary time is read up to {END}"]),
        (
            f"from 4 Sep 00:00 as of 8 Sep 16:00, cut at {START}, cut at {END}",
            "no time given",
            [f"the time at issue is cut at {START}", f"the time at issue is cut at {END}"],
        ),
    ],
)
def test_a_time_that_is_taken_from_the_window_of_an_incident(own: str, other: str, expected: list[str]) -> None:
    text = "A says, cut at 1 Jan 00:00, the start of its incident's window, that"
    pair = {"explanation": f"{text} ({own}); B says ({other}): it may be so (from {START})."}
    assert taken_from_windows(pair, {"text": "B says."}, {"text": f"{text}."}) == expected


def test_every_way_of_telling_findings_names_the_window(found: Findings, cards: Cards) -> None:
    words = f"the time at issue is read from {START}"
    pairs = [pair for pair in found.pairs() if START in pair["explanation"]]
    assert pairs
    pages = [joined(table.markdown_pairs(pairs, cards))]
    pages += [pairs_text.measured(pair, *(cards[claim] for claim in pair["claims"][::-1])) for pair in pairs]
    pages.append(printed(against.listed([(pairs[0], cards[pairs[0]["claims"][1]])], cards[pairs[0]["claims"][0]])))
    assert all(words in " ".join(page.split()) for page in pages)


def test_markdown_beside_the_findings_names_every_id(found: Findings, cards: Cards) -> None:
    rows, parted = found.not_comparable(), found.unlinked()
    page = joined([*apart.not_comparable_markdown(rows, cards), *apart.unlinked_markdown(parted, cards)])
    ids = [claim for row in [*rows, *parted["not_declared"]] for claim in row["claims"]]
    assert ids
    assert all(f" · {claim})" in page for claim in ids)
    assert page.startswith(f"**{len(rows)} pair")
