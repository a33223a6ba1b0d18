"""One claim before it is written: what is missing, what would be wrong, and what it would contradict."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimtrack.contribute.fold import Folded, plan
from claimtrack.contribute.inbox import Entries, entry
from claimtrack.contribute.overlay import Addition, overlaid
from claimtrack.contribute.questions import STATEMENT, claims, required_by
from claimtrack.discrepancy import compute
from claimtrack.errors import DataError, UsageError
from claimtrack.package import Package, load
from claimtrack.structure.telling.shown import shown

Pair = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """A claim that could be added. `introduced` and `resolved` are pairs as of `claimtrack discrepancies --pairs`.

    They are None where they cannot be computed, because of errors in the claim or in the package.
    """

    cells: Mapping[str, str]
    planned: Folded
    introduced: tuple[Pair, ...] | None
    resolved: tuple[Pair, ...] | None


def from_json(text: str) -> dict[str, str]:
    """The cells of one claim from a JSON object. Raises `UsageError` where it is none."""
    try:
        given = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"this is no JSON: {error}") from None
    if not isinstance(given, dict):
        raise UsageError("expected a JSON object with the columns of one claim")
    unknown = sorted(given.keys() - set(claims().columns))
    if unknown:
        raise UsageError(f"there is no column {', '.join(map(repr, unknown))} in the claims")
    return {column: _cell(column, value) for column, value in given.items()}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object as a dictionary. Raises `UsageError` where it has a name twice, of which one value would be lost."""
    counted = Counter(name for name, _ in pairs)
    twice = [name for name in counted if counted[name] > 1]
    if twice:
        raise UsageError(f"{shown(twice[0])} is there twice: leave one of the two")
    return dict(pairs)


def _cell(column: str, value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str() | int():
            return str(value)
    names: dict[type, str] = {list: "a list", dict: "an object"}
    found = names.get(type(value)) or shown(json.dumps(value))
    raise UsageError(f"{column}: expected a text, a whole number, true, false or null, found {found}")


def missing(cells: Mapping[str, str]) -> list[str]:
    """The columns without which there is no claim of that kind, in the order of the questions.

    The name of its statement is none of them: where it is blank, one is made.
    """
    kind = cells.get("kind", "")
    known = kind if kind in claims().field("kind").enum else None
    return [column for column in required_by(known) if column != STATEMENT and not cells.get(column)]


def drafted(descriptor: Path, given: Mapping[str, str], others: Sequence[Addition] = ()) -> Draft:
    """The claim with an id, beside new rows that it may point to, and what adding all of them would do.

    Raises `DataError` where the tables cannot take rows.
    """
    row = entry(given)
    planned = plan(descriptor, Entries([*others, row]))
    introduced, resolved = (None, None) if planned.refused else _difference(descriptor, planned.added)
    (claim,) = (each for each in (*planned.added, *planned.known) if each.table == "claims")
    return Draft(claim.cells, planned, introduced, resolved)


def _difference(descriptor: Path, rows: Sequence[Addition]) -> tuple[tuple[Pair, ...] | None, tuple[Pair, ...] | None]:
    try:
        before = _pairs(load(descriptor))
        with overlaid(descriptor, rows) as copy:
            after = _pairs(load(copy))
    except DataError:
        return None, None
    return (
        tuple(pair for key, pair in after.items() if key not in before),
        tuple(pair for key, pair in before.items() if key not in after),
    )


def _pairs(package: Package) -> dict[tuple[str, str], Pair]:
    return {(pair["id"], pair["code"]): pair for pair in compute(package).pairs()}
