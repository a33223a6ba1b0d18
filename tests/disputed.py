"""The valid package with claims added that speak against others in it: every sort of finding, and one nasty text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from claimtrack.ids import mint_claim_id
from mutations import build

CEASEFIRE = "20200906-ministry-southland-vapyhyyv"
TOLL = "20200906-ministry-northland-7wgktoa5"
NASTY = "Example Gazette, it says <b>=1+1</b> | ::error::boom ##[group]x `code` *bold*."


def _claim(kind: str, predicate: str, claimant: str, at: str, text: str, **cells: str) -> dict[str, str]:
    reported = f"2020-09-06T{at}:00+00:00" if at else ""
    row = {
        "kind": kind,
        "predicate": predicate,
        "polarity": "asserts",
        "claimant_id": claimant,
        "certainty": "stated",
        "basis": "unstated",
        "statement_id": f"s-{claimant}-{at.replace(':', '') or 'undated'}-{predicate.replace('_', '-')}",
        "source_id": "gazette-live",
        "locator": f"6 Sep {at}" if at else "introduction",
        "reported_from": reported,
        "reported_to": reported,
        "text": text,
    }
    for bound in ("valid_from", "valid_to"):
        if bound in cells:
            cells[bound] = f"2020-09-06T{cells[bound]}:00+00:00"
            row |= {"zone_basis": "stated", "bounds_basis": "stated"}
    row |= cells
    return {"claim_id": mint_claim_id(row), **row}


ATTACK = {"incident_id": "attack-2020-09-05"}
STRIKES = _claim(
    "hostilities",
    "strike",
    "gazette",
    "12:05",
    "The Example Gazette says that strikes went on all morning.",
    **ATTACK,
    place_id="village-b",
    place_relation="near",
    valid_from="06:00",
    valid_to="12:00",
    valid_mode="throughout",
    bounds_basis="codebook",
    time_text="all morning",
)
RESUMED = _claim(
    "hostilities",
    "strike",
    "resident-1",
    "13:40",
    "An unnamed resident says that strikes resumed at 13:00.",
    **ATTACK,
    place_id="village-a",
    place_relation="in",
    valid_from="13:00",
    valid_mode="since",
)
HEADING = _claim(
    "hostilities",
    "strike",
    "wire-service",
    "12:30",
    "The Example Wire Service says that the strikes continue.",
    **ATTACK,
    place_id="northland",
    place_relation="in",
    valid_mode="at",
    valid_from="12:30",
    valid_to="12:30",
)
DOUBTED = _claim(
    "hostilities",
    "strike",
    "observer-mission",
    "15:15",
    NASTY,
    **ATTACK,
    place_id="village-a",
    place_relation="near",
    certainty="hedged",
)
VIOLATED = _claim(
    "ceasefire",
    "violated",
    "army-southland",
    "11:00",
    "The Army of Southland says that the truce was broken at ten.",
    incident_id="ceasefire-2020-09-06",
    actor_id="northland",
    place_id="village-a",
    place_relation="in",
    valid_from="10:00",
    valid_to="10:00",
    valid_mode="at",
)
OTHER_TOLL = _claim(
    "count",
    "killed",
    "army-southland",
    "17:00",
    "The Army of Southland says that about 20 of them were killed.",
    **ATTACK,
    target_id="service-members-northland",
    count_min="20",
    count_max="20",
    count_text="some 20",
    count_mode="cumulative",
    count_approx="true",
    valid_to="16:00",
)
CIVILIANS = _claim(
    "count",
    "killed",
    "gazette",
    "17:30",
    "The Example Gazette says that 3 to 5 civilians were killed.",
    **ATTACK,
    target_id="civilians-northland",
    count_min="3",
    count_max="5",
    count_mode="cumulative",
    count_text="between three and five",
    valid_to="16:00",
)
BLAME = _claim(
    "attribution",
    "initiated",
    "ministry-southland",
    "",
    "The Ministry of Southland says that Northland began it.",
    **ATTACK,
    actor_id="northland",
)
OUTBREAK = _claim(
    "hostilities",
    "outbreak",
    "gazette",
    "09:20",
    "The Example Gazette says that the fighting began at three.",
    **ATTACK,
    valid_from="03:00",
    valid_to="03:00",
    valid_mode="at",
)
ADDED = (STRIKES, RESUMED, HEADING, DOUBTED, VIOLATED, OTHER_TOLL, CIVILIANS, BLAME, OUTBREAK)


def _link(one: str, relation: str, other: str, note: str = "") -> dict[str, Any]:
    cells = {"claim_id": one, "relation": relation, "other_id": other, "basis": "editor", "note": note}
    return {"file": "data/links.csv", "append": cells}


# The 09:00 of the ceasefire is read at the place; where it was said, clocks were an hour ahead.
_MOVED: Mapping[str, Any] = {
    "file": "data/claims.csv",
    "key": CEASEFIRE,
    "set": {"valid_from": "2020-09-06T09:00:00+00:00", "place_id": "northland", "place_relation": "in"},
}
EDITS = (
    _MOVED,
    *({"file": "data/claims.csv", "append": cells} for cells in ADDED),
    _link(*sorted((STRIKES["claim_id"], CEASEFIRE))[:1], "contradicts", *sorted((STRIKES["claim_id"], CEASEFIRE))[1:]),
    _link(HEADING["claim_id"], "repeats", STRIKES["claim_id"], "The same strikes."),
    _link(VIOLATED["claim_id"], "responds_to", CEASEFIRE),
    _link(*sorted((BLAME["claim_id"], TOLL))[:1], "in_tension", *sorted((BLAME["claim_id"], TOLL))[1:], "By intent."),
    {"file": "data/relays.csv", "append": {"claim_id": CEASEFIRE, "hop": "1", "relayer_id": "wire-service"}},
)


def disputed(folder: Path, *edits: Mapping[str, Any]) -> Path:
    """The package in `folder`, after more edits; returns its descriptor."""
    return build(folder, [*EDITS, *edits])
