"""Planted contradictions: the cases of planted.toml as rows of a package, and what has to be found in them."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claimtrack.ids import mint_claim_id

CASES = Path(__file__).parent / "planted.toml"
FIRST = datetime.date(2001, 1, 1)
"""Long before anything else in the package, so that claims without a place do not meet a planted one either."""
APART = 3
"""Days from one case to the next."""
OFFSET = "+04:00"

Row = dict[str, str]

ACTORS: tuple[Row, ...] = (
    {"actor_id": "state-a", "kind": "state", "time_zone": "Asia/Dubai"},
    {"actor_id": "ministry-a", "kind": "institution", "member_of": "state-a"},
    {"actor_id": "soldiers-a", "kind": "population", "member_of": "state-a"},
    {"actor_id": "conscripts-a", "kind": "population", "member_of": "soldiers-a"},
    {"actor_id": "state-b", "kind": "state", "time_zone": "Africa/Nairobi"},
    {"actor_id": "ministry-b", "kind": "institution", "member_of": "state-b"},
    {"actor_id": "army-b", "kind": "armed_force", "member_of": "state-b"},
    {"actor_id": "soldiers-b", "kind": "population", "member_of": "state-b"},
    {"actor_id": "state-c", "kind": "state", "time_zone": "UTC"},
    {"actor_id": "outlet", "kind": "outlet", "based_in": "state-c"},
    {"actor_id": "outlet-2", "kind": "outlet", "based_in": "state-c"},
)
PEOPLE = ("member_of", "based_in", "actor_id")
UNITS = {
    **dict.fromkeys(("overlap", "since_start", "stale"), "hours"),
    **dict.fromkeys(("ratio", "first", "last", "smallest", "largest"), "ratio"),
    "parties": "parties",
}
FORMS = {"+": "at least {}", "~": "about {}", " ": "{} to {}"}


@dataclass(frozen=True)
class Planted:
    """The rows of the cases by table, and the answer: one entry a case, with the pairs to be found as JSON objects."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    answer: list[dict[str, Any]] = field(default_factory=list)

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Add rows to a table."""
        self.rows.setdefault(table, []).extend(rows)


def planted() -> Planted:
    """All cases."""
    result = Planted()
    result.add("actors", (_actor(row) for row in ACTORS))
    for number, case in enumerate(tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]):
        _plant(result, case, FIRST + datetime.timedelta(days=number * APART))
    return result


def _actor(row: Row) -> Row:
    name = row["actor_id"].replace("-", " ").capitalize()
    return {column: f"planted-{value}" if column in PEOPLE else value for column, value in row.items()} | {"name": name}


def _plant(result: Planted, case: Mapping[str, Any], day: datetime.date) -> None:
    name = f"planted-{case['name']}"
    result.add("places", _places(name))
    result.add("incidents", [_incident(name, day, case.get("single_answer", False))])
    claims = {local: _claim(name, day, local, cells) for local, cells in case["claims"].items()}
    result.add("claims", claims.values())
    result.add("sources", _sources(name, day, claims.values()))
    ids = {local: row["claim_id"] for local, row in claims.items()}
    for one, relation, other in case.get("links", ()):
        ends = [ids[one], ids[other]]
        first, second = sorted(ends) if relation == "compatible" else ends
        result.add("links", [{"claim_id": first, "relation": relation, "other_id": second, "basis": "editor"}])
    answer = {key: list(_expected(case.get(key, ()), ids)) for key in ("found", "suppressed")}
    result.answer.append({"case": case["name"], "claims": ids, **answer})


def _places(name: str) -> Iterator[Row]:
    yield {"place_id": name, "name": "Planted area", "kind": "country", "time_zone": "Asia/Dubai"}
    for local in ("town", "village"):
        yield {"place_id": f"{name}-{local}", "name": f"Planted {local}", "kind": "settlement", "part_of": name}


def _incident(name: str, day: datetime.date, single_answer: bool) -> Row:
    return {
        "incident_id": name,
        "question": "What was planted?",
        "place_id": name,
        "starts_at": _moment(day, "00:00"),
        "ends_at": _moment(day + datetime.timedelta(days=1), "00:00"),
        "single_answer": "true" if single_answer else "false",
    }


def _claim(name: str, day: datetime.date, local: str, cells: Mapping[str, str]) -> Row:
    [reported] = _moments(day, cells.get("reported", "12:00"))
    row = {
        "kind": cells["kind"],
        "predicate": cells["predicate"],
        "polarity": cells.get("polarity", "asserts"),
        "claimant_id": f"planted-{cells['claimant']}",
        "certainty": cells.get("certainty", "stated"),
        "basis": "unstated",
        "statement_id": f"{name}-{local}",
        "source_id": f"{name}-{cells.get('source', 'outlet')}",
        "locator": local,
        "reported_from": reported,
        "reported_to": reported,
        **_valid(day, cells),
        "incident_id": name,
        **{f"{who}_id": f"planted-{cells[who]}" for who in ("actor", "target") if who in cells},
        **_count(cells),
        "answer": cells.get("answer", ""),
        "text": f"The {cells['claimant'].replace('-', ' ')} says what was planted: {local.replace('-', ' ')}.",
    }
    if "place" in cells:
        suffix = "" if cells["place"] == "area" else f"-{cells['place']}"
        row |= {"place_id": f"{name}{suffix}", "place_relation": "in"}
    return {"claim_id": mint_claim_id(row), **row}


def _sources(name: str, day: datetime.date, claims: Iterable[Row]) -> Iterator[Row]:
    for source in sorted({row["source_id"] for row in claims}):
        yield {
            "source_id": source,
            "publisher_id": source.replace(name, "planted"),
            "title": "Planted",
            "kind": "live_blog",
            "published_on": day.isoformat(),
            "language": "en",
            "standing": "current",
        }


def _moment(day: datetime.date, clock: str) -> str:
    """`09:00` of the day, in the file's spelling; blank for `-`."""
    return "" if clock == "-" else f"{day.isoformat()}T{clock}:00{OFFSET}"


def _moments(day: datetime.date, times: str) -> list[str]:
    """The times among these words; `+1` before a time is the next day."""
    found, ahead = [], 0
    for word in times.split():
        if word.startswith("+"):
            ahead = int(word)
        elif word == "-" or ":" in word:
            found.append(_moment(day + datetime.timedelta(days=ahead), word))
            ahead = 0
    return found


def _valid(day: datetime.date, cells: Mapping[str, str]) -> Row:
    """The cells for `09:00 15:00 throughout`."""
    if "valid" not in cells:
        return {}
    found = _moments(day, cells["valid"])
    mode = cells["valid"].split()[-1]
    return {
        "valid_from": found[0],
        "valid_to": found[1],
        "valid_mode": "" if ":" in mode else mode,
        "zone_basis": cells.get("zone_basis", "stated"),
        "bounds_basis": "stated",
    }


def _count(cells: Mapping[str, str]) -> Row:
    """The cells for `10` (exactly), `10+` (at least), `~10` (about), `8 10` (a range)."""
    if "count" not in cells:
        return {}
    given = cells["count"]
    numbers = given.strip("~+").split()
    form = next((form for mark, form in FORMS.items() if mark in given), "{}")
    return {
        "count_min": numbers[0],
        "count_max": "" if "+" in given else numbers[-1],
        "count_mode": cells.get("mode", "cumulative"),
        "count_approx": "true" if "~" in given else "false",
        "count_text": form.format(*numbers),
    }


def _expected(pairs: Iterable[Mapping[str, Any]], ids: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for pair in pairs:
        figures = {name: _figure(pair["code"], name, figure) for name, figure in pair.get("figures", {}).items()}
        mutual = {"mutual": pair["mutual"]} if "mutual" in pair else {}
        claims = [ids[local] for local in pair["pair"]]
        yield {"code": pair["code"], "strength": pair["strength"], "claims": claims, "figures": figures, **mutual}


def _figure(code: str, name: str, figure: float | list[float | str]) -> dict[str, Any]:
    values = figure if isinstance(figure, list) else [figure] * 3
    value, low, high = (None if number == "open" else number for number in values)
    unit = "hours" if code == "start-mismatch" else UNITS.get(name, "person")
    return {"value": value, "unit": unit, "low": low, "high": high}
