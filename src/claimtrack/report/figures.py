"""Figures of a finding in plain units: '4 h after the start; 3 h if the time was that of Moscow'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claimtrack.discrepancy.telling.dependence import TAKEN
from claimtrack.discrepancy.telling.wording import hour_bounds
from claimtrack.discrepancy.telling.zones import AS_RECORDED

Figure = Mapping[str, Any]

_PHRASES = {
    "overlap": "overlap of {}",
    "since_start": "{} after the start",
    "gap": "gap of {}",
    "ratio": "{} as high",
    "excess": "{} more than the whole",
    "stale": "repeated {} later",
    "fall": "fall of {}",
    "difference": "difference of {}",
    "implied": "total of {}",
    "first": "first ratio {}",
    "last": "last ratio {}",
    "smallest": "smallest ratio {}",
    "largest": "largest ratio {}",
    "parties": "{} named",
}
_CAUSES = {
    "count_approx": "approximate",
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


def phrases(
    finding: Mapping[str, Any], contrary: Mapping[str, Any] | None = None, at_issue: Mapping[str, Any] | None = None
) -> list[str]:
    """Every figure of a finding (or pair) as a phrase, in its order.

    With the cards of the contrary claim and the one at issue, hours are bounds where they do not say how their time is
    filled: they are measured on the whole periods.
    """
    modes = ["at" if card is None else card["valid"]["mode"] for card in (at_issue, contrary)]
    found = (phrase(name, figure, finding["depends_on"], *modes) for name, figure in finding["figures"].items())
    return [text for text in found if text]


def caveats(finding: Mapping[str, Any]) -> list[str]:
    """Why a finding is possible at most, and what would undo it."""
    found, at_issue = [], next(iter(finding.get("claims", ())), None)
    several = len({one.get("claim") for one in _zoned(finding["depends_on"])}) > 1
    for one in finding["depends_on"]:
        field, reading, effect = one["field"], one["reading"], one["effect"]
        own = one.get("claim") == at_issue is not None
        if field == "valid_to":
            found.append("as-of not stated" if reading.startswith("not stated") else f"as-of {reading}")
        elif field == "place_id" and own:
            found.append(f"the place of the claim at issue is {reading}")
        elif field in _CAUSES:
            found.append(_CAUSES[field].format(reading))
        elif field == "zone_basis" and effect == TAKEN:
            whose = "the time at issue is" if own else "the contrary time is"
            found.append(f"{whose} read in {reading}, as in what it repeats")
        elif field == "zone_basis" and not effect.startswith(("overlap", "since_start", "gap")):
            effect, _, other = effect.partition(" with ")
            effect = effect.partition(",")[0]
            whose = ("the time at issue" if own else "the contrary time") if several else "the time"
            if other and not other.endswith(AS_RECORDED):
                both = sorted({_city(reading), _city(other)})
                found.append(f"{effect} if the times were those of {' and '.join(both)}")
            else:
                and_other = f" and the other{AS_RECORDED}" if other else ""
                found.append(f"{effect} if {whose} was that of {_city(reading)}{and_other}")
    return list(dict.fromkeys(found))


def phrase(
    name: str,
    figure: Figure,
    depends_on: Sequence[Mapping[str, Any]] = (),
    at_issue: str | None = "at",
    contrary: str | None = "at",
) -> str:
    """One figure: as recorded, then what it is under the other readings of the time zones on which it depends.

    `at_issue` and `contrary`: how the two claims fill their periods.
    """
    value, low, high, unit = (figure[part] for part in ("value", "low", "high", "unit"))
    if name in ("since_start", "overlap") and not any((value, low, high)):
        return ""  # from the very start, or an instant: nothing that the times do not say
    bound, start = hour_bounds(name, at_issue, contrary)
    words = _PHRASES[name].replace("the start", start)
    if value is None:
        between = amount(low, unit) if low == high or high is None else f"{amount(low, unit)} to {amount(high, unit)}"
        return f"{words.format(bound + between)} under another reading"
    if value == 1 and unit == "ratio" and name != "ratio":
        return words.format("1")
    bound = "at least " if high is None else bound
    said = words.format(bound + amount(value, unit))
    if low is None and high is not None:
        return f"{said} or less"
    others = sorted({each for each in (low, high) if each is not None and _differs(each, value, unit)})
    if not others:
        return said
    zones = {(one.get("claim"), one["reading"]) for one in _zoned(depends_on)}
    if len(others) == 1 and len(zones) == 1:
        [(_, zone)] = zones
        return f"{said}; {bound}{amount(others[0], unit)} if the time was that of {_city(zone)}"
    reach = " to ".join(amount(each, unit) for each in (min(value, *others), max(value, *others)))
    return (
        f"{said} ({bound}{reach} {'over the possible readings' if unit == 'hours' else 'by the bounds that are given'})"
    )


def amount(value: float, unit: str) -> str:
    """A number with its unit: '3 h 34 min', '1.5 times', '7 persons'."""
    if unit == "hours":
        return _duration(value)
    if unit == "ratio":
        return "less than 1.01 times" if 1 <= value < 1.005 else f"{value:.2f}".rstrip("0").rstrip(".") + " times"
    one, many = _UNITS.get(unit, (unit, unit))
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    return f"{number.replace('-', '−')} {one if abs(value) == 1 else many}"


def _duration(hours: float) -> str:
    seconds = round(abs(hours) * 3_600)
    days, rest = divmod(seconds, 24 * 3_600) if seconds >= 48 * 3_600 else (0, seconds)
    parts = [(days, "days"), (rest // 3_600, "h"), (rest // 60 % 60, "min"), (rest % 60, "s")]
    said = " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 h"
    return f"−{said}" if hours < 0 and seconds else said


def _differs(bound: float, value: float, unit: str) -> bool:
    return amount(bound, unit) != amount(value, unit)


def _zoned(depends_on: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The other zones in which times can be read."""
    return [one for one in depends_on if one["field"] == "zone_basis" and one["effect"] != TAKEN]


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")
