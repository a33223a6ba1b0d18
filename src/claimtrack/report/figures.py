"""Figures of a finding in plain units: '4 h after the start; 3 h if the time was that of Moscow'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Figure = Mapping[str, Any]

_PHRASES = {
    "overlap": "overlap of {}",
    "since_start": "{} after the start",
    "gap": "gap of {}",
    "ratio": "{} as high",
    "excess": "{} more than the whole",
    "stale": "{} after the later figure",
    "fall": "fall of {}",
    "difference": "difference of {}",
    "implied": "total of {}",
    "first": "first ratio {}",
    "last": "last ratio {}",
    "smallest": "smallest ratio {}",
    "largest": "largest ratio {}",
    "parties": "{} named",
}
_BOUNDS = {"overlap": "at most ", "since_start": "at least "}
_FILLED = ("at", "throughout", "since")
_CAUSES = {
    "count_approx": "approximate",
    "valid_to": "as-of not stated",
    "place_id": "its place is {}",
    "actor_id": "its actor is {}",
    "target_id": "its target is {}",
}
"""What a reader does not see anyway: a hedge is in the byline, and so is a missing time."""
_UNITS = {
    "person": ("person", "persons"),
    "household": ("household", "households"),
    "item": ("item", "items"),
    "building": ("building", "buildings"),
    "event": ("event", "events"),
    "parties": ("party", "parties"),
}


def phrases(finding: Mapping[str, Any], contrary: Mapping[str, Any] | None = None) -> list[str]:
    """Every figure of a finding (or pair) as a phrase, in its order.

    With the card of the contrary claim, hours are bounds where it does not say how its time is filled: they are
    measured on the whole period in which it can have been.
    """
    zones = _zones(finding["depends_on"])
    vague = contrary is not None and contrary["valid"]["mode"] not in _FILLED
    bounds = _BOUNDS if vague else {}
    found = (phrase(name, figure, zones, bounds.get(name, "")) for name, figure in finding["figures"].items())
    return [text for text in found if text]


def caveats(finding: Mapping[str, Any]) -> list[str]:
    """Why a finding is possible at most, and what would undo it."""
    found = []
    for one in finding["depends_on"]:
        if one["field"] in _CAUSES:
            found.append(_CAUSES[one["field"]].format(one["reading"]))
        elif one["field"] == "zone_basis" and not any(
            name in one["effect"] for name in ("overlap", "since_start", "gap")
        ):
            found.append(f"{one['effect']} if the time was that of {_city(one['reading'])}")
    return list(dict.fromkeys(found))


def phrase(name: str, figure: Figure, zones: Sequence[str] = (), bound: str = "") -> str:
    """One figure: as recorded, then what it is under the other readings of the time zone, `zones`."""
    value, low, high, unit = (figure[part] for part in ("value", "low", "high", "unit"))
    if name in ("since_start", "overlap") and not any((value, low, high)):
        return ""  # from the very start, or an instant: nothing that the times do not say
    words = _PHRASES[name]
    if value is None:
        return f"{words.format(amount(low, unit))} under another reading"
    said = words.format(("at least " if high is None else bound) + amount(value, unit))
    others = sorted({bound for bound in (low, high) if bound is not None and _differs(bound, value, unit)})
    if not others:
        return said
    if len(others) == 1 and len(zones) == 1:
        return f"{said}; {amount(others[0], unit)} if the time was that of {zones[0]}"
    reach = " to ".join(amount(bound, unit) for bound in (min(value, *others), max(value, *others)))
    return f"{said} ({reach} over the possible readings)"


def amount(value: float, unit: str) -> str:
    """A number with its unit: '3 h 34 min', '1.5 times', '7 persons'."""
    if unit == "hours":
        return _duration(value)
    if unit == "ratio":
        return f"{value:.2f}".rstrip("0").rstrip(".") + " times"
    one, many = _UNITS.get(unit, (unit, unit))
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    return f"{number.replace('-', '−')} {one if abs(value) == 1 else many}"


def numbered(number: int, word: str) -> str:
    """'1 file', '2 files'."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def _duration(hours: float) -> str:
    minutes = round(abs(hours) * 60)
    days, minutes = divmod(minutes, 24 * 60) if minutes >= 48 * 60 else (0, minutes)
    parts = [(days, "days"), (minutes // 60, "h"), (minutes % 60, "min")]
    said = " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 h"
    return f"−{said}" if hours < 0 and minutes + days else said


def _differs(bound: float, value: float, unit: str) -> bool:
    return amount(bound, unit) != amount(value, unit)


def _zones(depends_on: Sequence[Mapping[str, Any]]) -> list[str]:
    """The cities of the zones that the readings differ in."""
    return [_city(zone) for zone in dict.fromkeys(one["reading"] for one in depends_on if one["field"] == "zone_basis")]


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")
