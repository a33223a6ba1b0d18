"""Findings for a person at a terminal: by incident, then by claim, each with what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from rich.console import RenderableType
from rich.rule import Rule
from rich.text import Text

from claimtrack.discrepancy.telling.groups import BY_CLAIM
from claimtrack.report.claim_lines import byline, sentence
from claimtrack.report.console import STRENGTH_STYLES, indented, shown
from claimtrack.report.figures import phrases
from claimtrack.report.findings.against import bullet, labelled, listed
from claimtrack.report.findings.order import Finding, by_incident, codes, codes_told, headline, set_aside, statements
from claimtrack.report.findings.verdicts import meanings
from claimtrack.report.times import span
from claimtrack.report.words import numbered
from claimtrack.views.claims import Cards

LISTED = 5
"""Contrary claims of one code and strength that are listed."""
NAMED = 6
"""Origins that are named."""
DATED = "with a time "
TIMED = {
    "state": f"{DATED}from",
    "ceasefire": "from",
    "denial": "from",
    "count": "as of or reported by",
    "series": "as of or reported by",
    "start": "not before",
    "attribution": "reported by",
    "answer": "reported by",
}
"""What the first and the last time of a finding are; violence and other states without a time have none."""

Pairs = Mapping[tuple[str, str], Sequence[Finding]]
"""(family, claim at issue) → its pairs."""


def blocks(
    findings: Sequence[Finding], pairs: Iterable[Finding], cards: Cards, *, suppressed: int = 0
) -> Iterator[RenderableType]:
    """The headline, a section for each incident, what the strengths mean, and what to type next.

    `pairs` are those behind the findings; without them a finding shows its earliest and its strongest contrary claim.
    `suppressed`: how many more people declared compatible.
    """
    yield Text(headline(findings), "bold")
    behind: dict[tuple[str, str], list[Finding]] = {}
    for pair in pairs:
        behind.setdefault((pair["family"], pair["claims"][0]), []).append(pair)
    for incident, subjects in by_incident(findings, cards).items():
        yield ""
        yield from _heading(incident, cards)
        for about in subjects.values():
            yield ""
            yield from _subject(about, behind, cards)
    if aside := set_aside(suppressed):
        yield from ("", Text(aside))
    if findings:
        yield ""
        yield from _hints(findings, [*findings, *(pair for told in behind.values() for pair in told)])


def _heading(incident: str | None, cards: Cards) -> Iterator[RenderableType]:
    named = cards.named("incidents", incident)
    yield Rule(style="dim")
    yield shown(named["name"] if named else "No incident stated", "bold")
    if named:
        yield shown(named["id"], "dim")


def _subject(findings: Sequence[Finding], behind: Pairs, cards: Cards) -> Iterator[RenderableType]:
    """The claim at issue and what speaks against it; or a figure, a beginning or a question on which claims differ."""
    if findings[0]["family"] not in BY_CLAIM:
        for finding in findings:
            yield from _apart(finding, cards)
        return
    at_issue = findings[0]["claims"][0]
    yield sentence(cards[at_issue], "bold")
    for finding in findings:
        yield ""
        pairs = behind.get((finding["family"], at_issue), ())
        against = [(pair, cards[pair["claims"][1]]) for pair in pairs]
        yield from listed(against, cards[at_issue], LISTED) if pairs else _condensed(finding, cards)
        yield indented(shown(extent(finding, cards), "dim"), 4)


def _condensed(finding: Finding, cards: Cards) -> Iterator[RenderableType]:
    """The earliest and the strongest contrary claim of a finding whose pairs are too many to look at."""
    at_issue, earliest, strongest = finding["claims"]
    figures = phrases(finding, cards[earliest], cards[at_issue])
    yield indented(labelled(finding["strength"], codes_told(finding), figures), 2)
    yield bullet(sentence(cards[earliest]))
    if strongest != earliest:
        yield bullet(sentence(cards[strongest]))


def _apart(finding: Finding, cards: Cards) -> Iterator[RenderableType]:
    """A finding on claims of equal standing: the explanation, then whose claims they are."""
    figures = phrases(finding, cards[finding["claims"][1]], cards[finding["claims"][0]])
    yield indented(labelled(finding["strength"], codes_told(finding), figures), 2)
    yield indented(shown(finding["explanation"]), 4)
    for claim_id in dict.fromkeys(finding["claims"]):
        card = cards[claim_id]
        told = card["text"].rstrip(".") in finding["explanation"]
        yield bullet(shown(f"{byline(card)} · {claim_id}", "dim") if told else sentence(card))
    if more := sum(codes(finding).values()) - 1:
        yield indented(Text(f"… and {numbered(more, 'more pair')}:\n  {_listing(finding, cards)}", "dim"), 4)
    yield indented(shown(extent(finding, cards), "dim"), 4)


def extent(finding: Finding, cards: Cards) -> str:
    """'7 contrary statements of 2 origins (Armenia, Civilnet in Armenia), the first from 13 Sep 2022 06:00 UTC+4'.

    They are called contrary only where a claim is at issue, and where all of them contradict it: who has not confirmed
    a ceasefire does not.
    """
    origins = [_origin(origin, cards) for origin in finding["origins"]]
    contrary = finding["family"] in BY_CLAIM and "ceasefire-unconfirmed" not in codes(finding)
    said = numbered(statements(finding), "contrary statement" if contrary else "statement")
    more = [f"{len(origins) - NAMED} more"] if len(origins) > NAMED else []
    of = f"{numbered(len(origins), 'origin')} ({', '.join(origins[:NAMED] + more)})"
    return ", ".join([f"{said} of {of}", *_ends(finding, cards)])


def _ends(finding: Finding, cards: Cards) -> list[str]:
    """'the first from 13 Sep 2022 09:00 UTC+4', and the last where that is another time; nothing without times.

    What began before the claim at issue counts from its start, which is no time of a contrary claim.
    """
    times = dict.fromkeys(time for time in (finding["first_at"], finding["last_at"]) if time)
    of = TIMED[finding["family"]]
    ends = zip((f"the first {of}", f"the last {of.removeprefix(DATED)}"), times, strict=False)
    start = cards[finding["claims"][0]]["valid"]["from"] if finding["family"] in BY_CLAIM else None
    named = {time: " the start," for time in times if _is_one(time, start)}
    return [f"{end}{named.get(time, '')} {span({'from': time, 'to': time})}" for end, time in ends]


def _is_one(time: str, other: str | None) -> bool:
    return other is not None and datetime.fromisoformat(time) == datetime.fromisoformat(other)


def _listing(finding: Finding, cards: Cards) -> str:
    """What to type for the pairs of a finding on claims of equal standing."""
    incident = cards[finding["claims"][0]]["incident"]
    about = f" --incident {incident['id']}" if incident else ""
    return f"claimtrack discrepancies --pairs{about}" + "".join(f" --code {code}" for code in codes(finding))


def _origin(origin: Mapping[str, str | None], cards: Cards) -> str:
    actor, country = (cards.named("actors", origin[part]) for part in ("actor", "based_in"))
    return " in ".join(named["name"] for named in (actor, country) if named)


def _hints(findings: Sequence[Finding], shown: Iterable[Finding]) -> Iterator[RenderableType]:
    subject = next((one for one in findings if one["family"] in BY_CLAIM), findings[0])
    claim, code = subject["claims"][0], next(iter(codes(subject)))
    yield Rule(style="dim")
    yield Text("How sure it is:", "dim")
    for strength, meaning in meanings(shown):
        yield indented(Text.assemble((strength, STRENGTH_STYLES[strength]), f": {meaning}"), 2)
    for gives, typed in (
        ("What speaks against one claim, as a table:", f"discrepancies --pairs --claim {claim}"),
        ("What a claim rests on:", f"show {claim}"),
        ("What a code means:", f"rule {code}"),
        ("Figures that look alike and may not be compared, and why:", "discrepancies --not-comparable"),
    ):
        yield Text.assemble((gives, "dim"), f"\n  claimtrack {typed}")
