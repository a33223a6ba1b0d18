"""What a code says of two claims, in a sentence of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claimtrack.discrepancy.telling.announced import as_known
from claimtrack.report.escape import markdown
from claimtrack.rulebook import rule
from claimtrack.views.strengths import STRENGTHS

MEANINGS = {
    "definite": "holds under every reading of the times",
    "possible": "holds under some, or a claim is hedged, only implied, rough, or vague about time, place or sides",
    "tension": "hard to reconcile, and yet both may be right",
    "unconfirmed": "somebody has not confirmed it, which contradicts nothing",
}
"""How sure a finding is, in words for who sees the list for the first time."""
RECKONED = ("count-delta", "count-sum", "count-term-unclear", "count-gap")
"""Codes whose figure may rest on more claims than the two of the pair."""


def verdict(code: str, strength: str, first: str, second: str, explanation: str = "") -> str:
    """'The contrary claim denies what this claim asserts.', with names for the two claims.

    `first` is what the claim at issue is called, `second` the other one; `explanation`: of the pair of which it is
    said, for what is known of it alone.
    """
    known = rule(code)
    clause = known.perhaps if strength == "possible" else as_known(known.verdict, explanation)
    clause = clause.replace("the second", second).replace("the first", first)
    return f"{clause[0].upper()}{clause[1:]}."


def reckoning(pair: Mapping[str, Any]) -> str:
    """'In full: …', the sentence with all claims on which the figure of a pair rests; "" where its two say it all."""
    return f"In full: {pair['explanation']}" if pair["code"] in RECKONED else ""


def markdown_reckonings(pairs: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    """These sentences as paragraphs below a table, each with the id of the other claim: no cell could hold them."""
    for claim_id, pair in pairs:
        if reckoning(pair):
            yield from ("", f"{claim_id}, in full: {markdown(pair['explanation'])}")


def meanings(findings: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The strengths of some findings, each with what it means."""
    return [(one, MEANINGS[one]) for one in sorted({found["strength"] for found in findings}, key=STRENGTHS.index)]


def markdown_meanings(findings: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The same as Markdown."""
    return (f"- **{strength}**: {meaning}" for strength, meaning in meanings(findings))


def markdown_verdicts(pairs: Iterable[Mapping[str, Any]], this: str, other: str) -> Iterator[str]:
    """What each code says of the two claims of these pairs, each sentence once.

    `this` is what the claim at issue is called; of a pair with a false `at_issue` it is what the other one is called.
    """
    told = (
        (pair, verdict(pair["code"], pair["strength"], *called, pair["explanation"]))
        for pair in pairs
        for called in [(this, other) if pair.get("at_issue", True) else (other, this)]
    )
    return iter(dict.fromkeys(f"- {pair['code']}, {pair['strength']}: {sentence}" for pair, sentence in told))
