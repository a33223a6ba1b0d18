"""In which order findings are listed, and how they are summed up."""

from __future__ import annotations

import pickle
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import Any, Literal

from claimtrack.discrepancy.telling.groups import BY_CLAIM, BY_SCOPE
from claimtrack.report.words import listed, numbered
from claimtrack.temporary import writing_temporarily
from claimtrack.views.claims import Card, Cards
from claimtrack.views.strengths import STRENGTHS

Finding = Mapping[str, Any]
Sorting = Literal["strength", "time", "statements", "code"]
ORDERED_BY = ("strength", "first_at", "statements", "codes", "code")
HELD_BYTES = 16 * 10**6
"""How much of what is put in order is held in memory."""


def ordered_by(finding: Finding) -> dict[str, Any]:
    """What a finding or a pair is ordered by."""
    return {name: finding[name] for name in ORDERED_BY if name in finding}


def ordered(findings: Iterable[Finding], by: Sorting) -> list[Finding]:
    """Strongest first, earliest contrary claim first, most contrary statements first, or by code."""
    return sorted(findings, key=KEYS[by])


def ordered_on_disk(findings: Iterable[Finding], by: Sorting) -> Iterator[Finding]:
    """The same of any number of findings: they wait in a temporary file, and only what they are ordered by is held."""
    keys: list[tuple[Any, ...]] = []
    known: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    ends = array("q", [0])
    with writing_temporarily(), SpooledTemporaryFile(max_size=HELD_BYTES) as file:
        for finding in findings:
            key = KEYS[by](finding)
            keys.append(known.setdefault(key, key))
            ends.append(ends[-1] + file.write(pickle.dumps(finding, pickle.HIGHEST_PROTOCOL)))
        for at in sorted(range(len(keys)), key=keys.__getitem__):
            file.seek(ends[at])
            yield pickle.loads(file.read(ends[at + 1] - ends[at]))


LAST = datetime.max.replace(tzinfo=UTC)
"""Later than all that is dated."""


def _moment(time: str | None) -> datetime:
    """What is compared of a time: its offset counts, and what has none comes last."""
    return datetime.fromisoformat(time) if time else LAST


KEYS: Mapping[Sorting, Callable[[Finding], tuple[Any, ...]]] = {
    "strength": lambda finding: (STRENGTHS.index(finding["strength"]), -statements(finding)),
    "time": lambda finding: (_moment(finding.get("first_at")), STRENGTHS.index(finding["strength"])),
    "statements": lambda finding: (-statements(finding), STRENGTHS.index(finding["strength"])),
    "code": lambda finding: (min(codes(finding)), STRENGTHS.index(finding["strength"])),
}


def firm_and_early(card: Card) -> tuple[bool, datetime, str]:
    """The order of claims under one code: stated before hedged or implied, then by their time, else their report."""
    known = (card["valid"]["from"], card["valid"]["to"], card["reported"]["from"], card["reported"]["to"])
    at = next(filter(None, known), None)
    return card["certainty"] != "stated", _moment(at), card["claim_id"]


def codes(finding: Finding) -> dict[str, int]:
    """code → number of pairs; a pair has its one code."""
    return dict(finding["codes"]) if "codes" in finding else {finding["code"]: 1}


def codes_told(finding: Finding) -> str:
    """'ceasefire-contradicted (2 times), ceasefire-breached', each with how often it is found."""
    return ", ".join(code if number == 1 else f"{code} ({number:,} times)" for code, number in codes(finding).items())


def statements(finding: Finding) -> int:
    """The number of contrary statements; a pair has one."""
    return int(finding.get("statements", 1))


def headline(findings: Sequence[Finding]) -> str:
    """'18 findings about 12 claims, 3 counts and 1 question: 9 definite, 5 possible, 3 tension, 1 unconfirmed'."""
    if not findings:
        return "No discrepancies found."
    claims = {finding["claims"][0] for finding in findings if finding["family"] in BY_CLAIM}
    counts = sum(finding["family"] in BY_SCOPE for finding in findings)
    others = sum(finding["family"] not in (*BY_CLAIM, *BY_SCOPE) for finding in findings)
    numbers = ((len(claims), "claim"), (counts, "count"), (others, "question"))
    subjects = [numbered(number, word) for number, word in numbers if number]
    tally = Counter(finding["strength"] for finding in findings)
    strengths = ", ".join(f"{tally[strength]:,} {strength}" for strength in STRENGTHS if tally[strength])
    return f"{numbered(len(findings), 'finding')} about {listed(subjects)}: {strengths}"


def set_aside(suppressed: int) -> str:
    """What is said of the pairs that are no findings since people declared them compatible, "" where there are none."""
    if not suppressed:
        return ""
    are, each = ("is", "it") if suppressed == 1 else ("are", "them")
    return (
        f"{numbered(suppressed, 'pair')} {are} left out, since people declared {each} compatible in links.csv; "
        f"claimtrack show names {each} under each claim."
    )


def by_incident(findings: Iterable[Finding], cards: Cards) -> dict[str | None, dict[str, list[Finding]]]:
    """incident → claim at issue → its findings, in the order in which they come.

    Findings on claims of equal standing (a figure, a beginning, a question) stand alone, under their own id.
    """
    grouped: dict[str | None, dict[str, list[Finding]]] = {}
    for finding in findings:
        at_issue = finding["claims"][0]
        incident = cards[at_issue]["incident"]
        subjects = grouped.setdefault(incident["id"] if incident else None, {})
        subject = at_issue if finding["family"] in BY_CLAIM else finding["id"]
        subjects.setdefault(subject, []).append(finding)
    return grouped
