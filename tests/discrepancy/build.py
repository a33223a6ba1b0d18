"""Cases in a few lines: claims written as short phrases, and findings written back as short phrases.

    case(
        says("in_force", "since 09:00", reported="12:34"),
        says("strike", "throughout 06:00 12:00", place_id="town-a"),
    ).makes("a b ceasefire-contradicted definite overlap=3 since_start=0")

Claims are called a, b, c in the order in which they are written. Times are those of 13 September 2022 at +04:00 unless
they say otherwise: "14T09:00" is the next day, "09:00+03:00" another offset.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_lowercase
from typing import Any, NamedTuple

from claimtrack.discrepancy import compute
from claimtrack.package import Package
from generated import CODEBOOK, WORLD, Row, package_of, rows

KINDS = {row["predicate"]: row["kind"] for row in reversed(CODEBOOK)}
POLARITIES = {"": "asserts", "not": "denies", "unconfirmed": "cannot_confirm"}
INCIDENTS = rows(
    "incident_id place_id starts_at                 ends_at                   single_answer",
    "war         area     2022-09-13T00:00:00+04:00 -                         false",
    "truce       area     2022-09-13T09:00:00+04:00 -                         false",
    "truce-2     area     2022-09-14T09:00:00+04:00 -                         false",
    "battle      area     2022-09-13T00:00:00+04:00 2022-09-14T00:00:00+04:00 false",
    "who-fired   -        -                         -                         true",
    "unplaced    -        -                         -                         false",
)


def time(phrase: str) -> str:
    """ "09:00", "09:00:30", "14T09:00" or "09:00+03:00" in full."""
    day, _, clock = phrase.rpartition("T")
    clock, sign, offset = clock.partition("+") if "+" in clock else clock.partition("-")
    seconds = "" if clock.count(":") == 2 else ":00"
    return f"2022-09-{day or '13'}T{clock}{seconds}{sign or '+'}{offset or '04:00'}"


def when(phrase: str) -> Row:
    """ "since 09:00", "throughout 06:00 12:00", "until 13:00", "as of 16:00"; with "?" at the end, zone assumed."""
    if not phrase:
        return {}
    zone = "assumed" if phrase.endswith("?") else "stated"
    mode, *times = phrase.removesuffix("?").replace("as of", "as_of").split()
    bounds = [time(each) for each in times]
    match mode:
        case "as_of":
            cells = {"valid_to": bounds[0]}
        case "from":  # "from 00:00 as of 16:00"
            cells = (
                {"valid_from": bounds[0], "valid_to": time(times[2])} if len(times) > 1 else {"valid_from": bounds[0]}
            )
        case "since":
            cells = {"valid_mode": mode, "valid_from": bounds[0]}
        case "until":
            cells = {"valid_mode": mode, "valid_from": bounds[0] if len(bounds) > 1 else "", "valid_to": bounds[-1]}
        case _:
            cells = {"valid_mode": mode, "valid_from": bounds[0], "valid_to": bounds[-1]}
    return cells | {"zone_basis": zone}


def says(what: str, phrase: str = "", *, reported: str = "23:00", asserted: str = "", **cells: str) -> Row:
    """A claim: what ("strike", "not observed", "unconfirmed in_force"), of which time, reported and asserted when.

    Two times of report or assertion, parted by a space, are its bounds; a report of "" is undated.
    """
    polarity, _, predicate = what.rpartition(" ")
    row = {
        "kind": KINDS[predicate],
        "predicate": predicate,
        "polarity": POLARITIES[polarity],
        "claimant_id": "ministry-a",
        "certainty": "stated",
        "source_id": "live",
        "incident_id": "truce" if KINDS[predicate] == "ceasefire" else "war",
    }
    for clock, given in (("reported", reported), ("asserted", asserted)):
        if given:
            bounds = given.split()
            row |= {f"{clock}_from": time(bounds[0]), f"{clock}_to": time(bounds[-1])}
    row |= when(phrase) | cells
    return {column: cell for column, cell in row.items() if cell}


def counts(what: str, figure: str, phrase: str = "as of 16:00", **cells: str) -> Row:
    """A count: "49", "43+" (at least), "-5" (at most), "~40" (about), "5..7", of soldiers unless it says otherwise."""
    low, parted, high = figure.strip("+~").partition("..")
    bounds = {"count_min": low, "count_max": high if parted else low}
    if figure.endswith("+"):
        bounds["count_max"] = ""
    elif figure.startswith("-"):
        bounds = {"count_min": "", "count_max": figure[1:]}
    elif figure.startswith("~"):
        bounds["count_approx"] = "true"
    more = {"target_id": "soldiers-a", "count_mode": "cumulative"} | bounds | cells
    return says(what, phrase, **more)


def package(
    *claims: Row, links: Sequence[str] = (), incidents: Iterable[Row] = INCIDENTS, **tables: Iterable[Row]
) -> Package:
    """The claims in the world of `generated`; links are written "a part_of b"."""
    named = [
        {"claim_id": name, "statement_id": f"s-{name}", "text": f"Claim {name} says so."} | claim
        for name, claim in zip(ascii_lowercase, claims, strict=False)
    ]
    parted = [link.split() for link in links]
    joined = [{"claim_id": one, "relation": relation, "other_id": other} for one, relation, other in parted]
    return package_of({**WORLD, "incidents": incidents, "claims": named, "links": joined, **tables})


class Case(NamedTuple):
    """Claims, links between them, and the pairs that they make as phrases in the order of their names."""

    claims: tuple[Row, ...]
    pairs: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def makes(self, *pairs: str) -> Case:
        """The same claims, with what they make."""
        return self._replace(pairs=pairs)

    def package(self) -> Package:
        """The claims as a package."""
        return package(*self.claims, links=self.links)


def case(*claims: Row, links: Sequence[str] = ()) -> Case:
    """Claims that make no pair at all, unless it is said that they do."""
    return Case(claims, (), tuple(links))


def found(package: Package) -> list[str]:
    """The pairs of a package, as phrases in the order of their names."""
    return phrases(compute(package).pairs())


def phrases(pairs: Iterable[dict[str, Any]]) -> list[str]:
    """Pairs as "a b code strength figure=value", with [low..high] where a figure depends on a reading."""
    return sorted(
        " ".join(
            [*pair["claims"], pair["code"], pair["strength"], *sorted(map(figure_phrase, pair["figures"].items()))]
        )
        for pair in pairs
    )


def figure_phrase(named: tuple[str, dict[str, Any]]) -> str:
    name, figure = named
    value, low, high = ("" if figure[key] is None else f"{figure[key]:.4g}" for key in ("value", "low", "high"))
    return f"{name}={value}" if value == low == high else f"{name}={value}[{low}..{high}]"
