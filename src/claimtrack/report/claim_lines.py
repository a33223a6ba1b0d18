"""A claim in a few lines of prose, the same in every report."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from claimtrack.report.console import shown
from claimtrack.report.times import counted, span, valid
from claimtrack.views.claims import Card

EXPECTED = "expected, not said to have happened"
_CERTAINTY = {"hedged": "hedged", "implied": "implied", "anticipated": EXPECTED}


def byline(card: Card) -> str:
    """'Civilnet · reported 13 Sep 2022 13:02 UTC+4', and what caution the claimant used."""
    return f"{card['claimant']['name']} · {reporting(card)}"


def reporting(card: Card) -> str:
    """The same without the claimant, where the sentence has said who it is."""
    reported, asserted = card["reported"], card.get("asserted")
    told = "undated report" if reported["from"] is reported["to"] is None else f"reported {span(reported)}"
    if asserted and asserted["from"] is not None and asserted != reported:
        told = f"said {span(asserted)} · {told}"
    return f"{told} · {_CERTAINTY[card['certainty']]}" if card["certainty"] in _CERTAINTY else told


def cited(card: Card) -> str:
    """The claim's own sentence, and in brackets the time it is about, whose it is and its id."""
    return f"{card['text']} ({about(card)} · {byline(card)} · {card['claim_id']})"


def about(card: Card) -> str:
    """The time that a claim is about: 'throughout 13 Sep 2022 06:00 to 12:00 UTC+4'."""
    period = card["valid"]
    if period["from"] is period["to"] is None:
        return "no time given"
    return counted(period) if card["kind"] == "count" else valid(period)


def sentence(card: Card, style: str = "", figures: Sequence[str] = ()) -> Text:
    """The claim's own sentence; under it the time it is about, with `figures`; under that, dimmed, byline and id."""
    text = shown(card["text"], style).append("\n").append_text(shown(about(card), "not bold"))
    if figures:
        text.append(": ", "not bold").append_text(shown("; ".join(figures), "bold"))
    return text.append("\n").append_text(shown(f"{byline(card)} · {card['claim_id']}", "not bold dim"))
