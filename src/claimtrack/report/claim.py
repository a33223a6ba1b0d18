"""One claim and its evidence, for `claimtrack show`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from claimtrack.report.claim_lines import about, cited, sentence
from claimtrack.report.console import shown
from claimtrack.report.escape import markdown
from claimtrack.report.findings.against import bullet, listed
from claimtrack.report.findings.pairs_text import measured
from claimtrack.report.findings.verdicts import markdown_meanings, markdown_reckonings, markdown_verdicts
from claimtrack.report.rows import markdown_row
from claimtrack.report.times import span
from claimtrack.views.claims import Card

Evidence = Mapping[str, Any]

_RELATIONS = {
    ("contradicts", "to"): "contradicts",
    ("contradicts", "from"): "contradicts",
    ("in_tension", "to"): "is in tension with",
    ("in_tension", "from"): "is in tension with",
    ("compatible", "to"): "is declared compatible with",
    ("compatible", "from"): "is declared compatible with",
    ("denies", "to"): "denies",
    ("denies", "from"): "is denied by",
    ("updates", "to"): "updates",
    ("updates", "from"): "is updated by",
    ("retracts", "to"): "retracts",
    ("retracts", "from"): "is retracted by",
    ("corroborates", "to"): "corroborates",
    ("corroborates", "from"): "is corroborated by",
    ("part_of", "to"): "is part of",
    ("part_of", "from"): "takes in",
    ("repeats", "to"): "repeats",
    ("repeats", "from"): "is repeated by",
    ("responds_to", "to"): "responds to",
    ("responds_to", "from"): "is answered by",
}


def facts(card: Card) -> dict[str, str]:
    """label → what the package records about a claim, in words; what is not stated is left out."""
    source = card["source"]
    standing = "" if source["standing"] == "current" else f" ({source['standing']})"
    given = {
        "claim": card["claim_id"],
        "claimant": card["claimant"]["name"],
        "says": f"{card['polarity'].replace('_', ' ')} {card['predicate']} ({card['kind']})",
        "certainty": card["certainty"] + (", not said to have happened" if card["certainty"] == "anticipated" else ""),
        "basis": card["basis"].replace("_", " "),
        "about": about(card),
        "printed": card["valid"]["text"],
        "asserted": _clock(card, "asserted"),
        "reported": _clock(card, "reported"),
        "count": _count(card["count"]),
        "answer": card["answer"],
        "actor": _name(card["actor"]),
        "target": _name(card["target"]),
        "place": _place(card),
        "incident": _name(card["incident"]),
        "quote": f"‘{card['quote']}’" if card["quote"] else None,
        "note": card["note"],
        "source": f"{source['title']}, {source['publisher']['name']}{standing}; {source['locator']}",
        "address": source["url"],
        "came by": " → ".join(hop["name"] for hop in card["chain"]) if len(card["chain"]) > 1 else None,
    }
    return {label: text for label, text in given.items() if text}


def blocks(evidence: Evidence) -> Iterator[RenderableType]:
    """The claim, its facts, what people declared about it and what was computed against it."""
    card = evidence["claim"]
    yield shown(card["text"], "bold")
    yield ""
    table = _grid()
    for label, text in facts(card).items():
        table.add_row(Text(label, "dim"), shown(text))
    yield table
    if evidence["against"]:
        yield from ("", Text("Discrepancies, computed", "bold underline"))
        yield from listed([(pair, pair["claim"]) for pair in evidence["against"]], card)
    for title, links in _linked(evidence):
        yield from ("", Text(title, "bold underline"))
        for link in links:
            yield bullet(_link(link))
    if evidence["corrections"]:
        yield from ("", Text("Corrected by the recorder", "bold underline"))
        for row in evidence["corrections"]:
            yield bullet(shown(correction(row)))


def markdown_lines(evidence: Evidence) -> Iterator[str]:
    """The same as Markdown."""
    card = evidence["claim"]
    yield f"## {markdown(card['text'])}"
    yield from ("", "| what | as recorded |", "| --- | --- |")
    for label, text in facts(card).items():
        yield f"| {label} | {markdown(text)} |"
    if evidence["against"]:
        yield from ("", "### Discrepancies, computed", "")
        yield from ("| other claim | code | strength | figure |", "| --- | --- | --- | --- |")
        for pair in evidence["against"]:
            contrary, at_issue = (pair["claim"], card) if pair["at_issue"] else (card, pair["claim"])
            cells = (pair["code"], pair["strength"], measured(pair, contrary, at_issue))
            yield markdown_row(cited(pair["claim"]), *cells)
        yield from markdown_reckonings((pair["claim"]["claim_id"], pair) for pair in evidence["against"])
        yield from ("", *markdown_verdicts(evidence["against"], "this claim", "the other claim"))
        yield from markdown_meanings(evidence["against"])
    for title, links in _linked(evidence):
        yield from ("", f"### {title}", "")
        for link in links:
            note = f" ({link['note']})" if link["note"] else ""
            yield f"- {relation(link)}: {markdown(cited(link['claim']) + note)}"
    if evidence["corrections"]:
        yield from ("", "### Corrected by the recorder", "")
        for row in evidence["corrections"]:
            yield f"- {markdown(correction(row))}"


def correction(row: Mapping[str, Any]) -> str:
    """What the recorder had wrong: 'place_id on 2022-09-20: goris → blank. The heading had been overlooked.'"""
    return (
        f"{row['column']} on {row['corrected_on']}: {row['old'] or 'blank'} → {row['new'] or 'blank'}. {row['reason']}"
    )


def relation(link: Mapping[str, Any]) -> str:
    """How the claim shown stands to the other one: 'is updated by'."""
    return _RELATIONS[link["relation"], link["direction"]]


def _linked(evidence: Evidence) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """The declared links under their headings; headings without any are left out."""
    against, supports = evidence["declared_against"], evidence["supports"]
    others = [link for link in evidence["links"] if link not in against and link not in supports]
    headed = [("Discrepancies, declared", against), ("Supports it, declared", supports), ("Other links", others)]
    return [(title, links) for title, links in headed if links]


def _link(link: Mapping[str, Any]) -> Text:
    body = Text.assemble((f"{relation(link)}: ", "bold"), sentence(link["claim"]))
    return body.append("\n").append_text(shown(link["note"], "italic")) if link["note"] else body


def _grid() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _name(named: Mapping[str, str] | None) -> str | None:
    return None if named is None else named["name"]


def _clock(card: Card, clock: str) -> str | None:
    return None if card[clock]["from"] is card[clock]["to"] is None else span(card[clock])


def _place(card: Card) -> str | None:
    return None if card["place"] is None else f"{card['place_relation'] or 'in'} {card['place']['name']}"


def _count(count: Mapping[str, Any] | None) -> str | None:
    if count is None:
        return None
    low, high = count["min"], count["max"]
    if low is None and high is None:
        said = "no figure"
    elif low == high:
        said = f"{low}"
    else:
        said = f"at least {low}" if high is None else f"at most {high}" if low is None else f"{low} to {high}"
    details = ["about"] * bool(count["approx"]) + [part for part in (count["mode"], count["basis"]) if part]
    printed = f"; printed ‘{count['text']}’" if count["text"] and count["text"] != said else ""
    return said + (f" ({', '.join(details)})" if details else "") + printed
