"""Figures of a finding in plain units: '4 h after the start; 3 h if the time was that of Moscow'."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from claimtrack.discrepancy.telling.causes import AS_RECORDED, TAKEN
from claimtrack.discrepancy.telling.doubts import WIDER
from claimtrack.discrepancy.telling.wording import NEARLY, NEARLY_MORE, hour_bounds

Figure = Mapping[str, Any]
Cause = Mapping[str, str]
"""What a finding depends on: an entry of its `depends_on`."""

_PHRASES = {
    "overlap": "overlap of {}",
    "since_start": "{} after the start",
    "gap": "gap of {}",
    "ratio": "{} as high",
    "excess": "{} more than the whole",
    "stale": "repeated {} later",
    "fall": "fall of {}",
    "difference": "difference of {}",
    "implied": "clear figures add up to {}",
    "first": "first ratio {}",
    "last": "last ratio {}",
    "smallest": "smallest ratio {}",
    "largest": "largest ratio {}",
    "parties": "{} named",
}
_CAUSES = {
    "count_approx": "approximate",
    "actor_id": "its actor is {}",
    "target_id": "its target is {}",
    "predicate": "{}",
    "incident_id": "its ceasefire is {}",
}
"""What a reader does not see anyway: a hedge is in the byline, and so is a missing time."""
_OF_TIMES = ("overlap", "since_start", "gap")
"""Figures that depend on zones."""
_LARGEST = ("overlap", "gap", "ratio", "excess", "fall", "stale")
"""Figures of which a row that holds several findings has the largest."""
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

    With the cards of the contrary claim (of a condensed row the earliest) and the one at issue, hours are bounds where
    they do not say how their time is filled: they are measured on the whole periods. A row that holds several findings
    has the largest of their figures.
    """
    modes = ["at" if card is None else card["valid"]["mode"] for card in (at_issue, contrary)]
    zones = [zone for _, zone in {(one.get("claim"), one["reading"]) for one in _zoned(finding["depends_on"])}]
    several = sum(finding.get("codes", {}).values()) > 1
    found = (_phrase(name, figure, zones, *modes, several=several) for name, figure in finding["figures"].items())
    return [text for text in found if text]


def caveats(finding: Mapping[str, Any]) -> list[str]:
    """Why a finding is possible at most, and what would undo it."""
    causes, at_issue = finding["depends_on"], next(iter(finding.get("claims", ())), None)
    several = len({one.get("claim") for one in _zoned(causes)}) > 1
    told = (_caveat(one, own=at_issue is not None and one.get("claim") == at_issue, several=several) for one in causes)
    return list(dict.fromkeys(filter(None, told)))


def _caveat(cause: Cause, *, own: bool, several: bool) -> str:
    """One of them, "" where a reader sees it anyway. `own`: of the claim at issue; `several`: of zones of both."""
    field, reading = cause["field"], cause["reading"]
    match field:
        case "zone_basis":
            return _in_zone(cause, own=own, several=several)
        case "valid_to":
            return "as-of not stated" if reading.startswith("not stated") else f"as-of {reading}"
        case "valid_from":
            return "beginning not stated" if reading.startswith("not stated") else f"beginning {reading}"
        case "incident_id" if reading.startswith("not stated:"):
            return "incident not stated"
        case "place_id":
            where = "the wider one" if reading == WIDER else reading
            return f"{'the place of the claim at issue' if own else 'its place'} is {where}"
    return _CAUSES.get(field, "").format(reading)


def _in_zone(cause: Cause, *, own: bool, several: bool) -> str:
    """What becomes of a finding in a zone, "" where only its figures change, which have words of their own."""
    zone, effect = cause["reading"], cause["effect"]
    whose = "the time at issue" if own else "the contrary time"
    if effect == TAKEN:
        return f"{whose} is read in {zone}, as in what it repeats"
    if effect.startswith(_OF_TIMES):
        return ""
    effect, _, other = effect.partition(" with ")
    outcome = effect.partition(",")[0]
    if other and not other.endswith(AS_RECORDED):
        return f"{outcome} if the times were those of {' and '.join(sorted({_city(zone), _city(other)}))}"
    and_other = f" and the other{AS_RECORDED}" if other else ""
    return f"{outcome} if {whose if several else 'the time'} was that of {_city(zone)}{and_other}"


def _phrase(
    name: str, figure: Figure, zones: Collection[str], at_issue: str | None, contrary: str | None, *, several: bool
) -> str:
    """One figure: as recorded, then what it is under other readings. "" for what the times say themselves.

    `zones`: the other zones in which times of the finding can be read, one for each claim that has it. `at_issue` and
    `contrary`: how the two claims fill their periods. `several`: it stands for that of several findings.
    """
    value, low, high, unit = (figure[part] for part in ("value", "low", "high", "unit"))
    if name in ("since_start", "overlap", "implied") and not any((value, low, high)):
        return ""  # from the very start, or an instant; no clear figures
    bound, start = hour_bounds(name, unit, at_issue, contrary)
    if several and name in _LARGEST and bound != "at least ":
        bound = "up to "
    words = _PHRASES[name].replace("the start", start)
    if name == "stale" and not value and high:
        return words.format(f"up to {amount(high, unit)}")  # reports of which only the day is known
    if value is None:
        between = amount(low, unit) if low == high or high is None else f"{amount(low, unit)} to {amount(high, unit)}"
        return f"{words.format(bound + between)} under another reading"
    if value == 1 and unit == "ratio" and name != "ratio":
        return words.format("1")
    bound = "at least " if high is None else bound
    said = words.format(bound + amount(value, unit))
    return f"{said} or less" if low is None and high is not None else said + _otherwise(name, figure, bound, zones)


def _otherwise(name: str, figure: Figure, bound: str, zones: Collection[str]) -> str:
    """What a figure is but for its value: in the one other zone, or over all that it can be."""
    value, unit = figure["value"], figure["unit"]
    bounds = {figure["low"], figure["high"]} - {None}
    others = sorted(each for each in bounds if amount(each, unit) != amount(value, unit))
    if not others:
        return ""
    if len(others) == len(zones) == 1:
        return f"; {bound}{amount(others[0], unit)} if the time was that of {_city(*zones)}"
    reach = " to ".join(amount(each, unit) for each in (min(value, *others), max(value, *others)))
    if name == "stale":
        return f" ({reach} by the days of the reports)"
    return f" ({bound}{reach} {'over the possible readings' if unit == 'hours' else 'by the bounds that are given'})"


def in_phrase(name: str, told: str) -> str:
    """What is told of a figure, in its words: 'overlap of 9 h → 8 h'."""
    return _PHRASES[name].format(told)


def amount(value: float, unit: str) -> str:
    """A number with its unit: '3 h 34 min', '1.5 times', '7 persons'."""
    if unit == "hours":
        return _duration(value)
    if unit == "ratio":
        nearly = f"less than {NEARLY_MORE}" if 1 <= value < NEARLY else ""
        return f"{nearly or f'{value:.2f}'.rstrip('0').rstrip('.')} times"
    one, many = _UNITS.get(unit, (unit, unit))
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    return f"{number.replace('-', '−')} {one if abs(value) == 1 else many}"


def _duration(hours: float) -> str:
    seconds = round(abs(hours) * 3_600)
    days, rest = divmod(seconds, 24 * 3_600) if seconds >= 48 * 3_600 else (0, seconds)
    parts = [(days, "days"), (rest // 3_600, "h"), (rest // 60 % 60, "min"), (rest % 60, "s")]
    said = " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 h"
    return f"−{said}" if hours < 0 and seconds else said


def _zoned(depends_on: Sequence[Cause]) -> list[Cause]:
    """Those of the other zones in which times can be read."""
    return [one for one in depends_on if one["field"] == "zone_basis" and one["effect"] != TAKEN]


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")
