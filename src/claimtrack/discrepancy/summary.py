"""The condensed answer: one row a contradicted claim, or a scope of counts, or an incident."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from claimtrack.discrepancy.dependence import depends_on
from claimtrack.discrepancy.findings import CODE_ORDER, Computed
from claimtrack.discrepancy.pairs import STRENGTHS, Row
from claimtrack.discrepancy.present import FIGURE_UNITS, Json, explanation, figure_objects, records
from claimtrack.discrepancy.wording import local_iso
from claimtrack.ids import fingerprint
from claimtrack.readings import FAR_FUTURE, FAR_PAST
from claimtrack.scopes import NOBODY, Ints

BY_CLAIM = ("state", "ceasefire", "denial")
BY_SCOPE = ("count", "series")


def condensed_objects(computed: Computed, pairs: pd.DataFrame) -> Iterator[Json]:
    """One object a contradicted claim or scope, strongest first; see `cli.md` of the documentation for its keys."""
    groups = _group_names(computed, pairs)
    at = _event_times(computed, pairs)
    framed = pairs.assign(group=groups, at=at, rank=pairs["code"].map(CODE_ORDER))
    objects = [
        _condense(computed, str(family), str(name), group)
        for (family, name), group in framed.groupby(["family", "group"])
    ]
    yield from sorted(objects, key=_order)


def _order(obj: Json) -> tuple[int, int, int, str]:
    return (
        STRENGTHS.index(obj["strength"]),
        min(CODE_ORDER[code] for code in obj["codes"]),
        -obj["statements"],
        obj["id"],
    )


def _group_names(computed: Computed, pairs: pd.DataFrame) -> list[str]:
    """What the pairs of one condensed row share: the claim at issue, the scope, or the incident."""
    facts, figures = computed.facts, computed.figures
    claims = facts.package.claims
    names = []
    for family, left, right in zip(pairs["family"], pairs["left"], pairs["right"], strict=True):
        if family in BY_CLAIM:
            names.append(str(facts.claim_id[left]))
        elif family in BY_SCOPE:
            row, other = (claims.iloc[claim].to_dict() for claim in (left, right))
            term = facts.terms.names[facts.terms.equal[figures.term[left]]]
            place = facts.places.names[facts.place[left]] if facts.place[left] >= 0 else ""
            parts = [row["incident_id"], row["target_id"], place, term, row["count_mode"]]
            if family == "series":
                parts += sorted(_series_name(each) for each in (row, other))
            names.append("/".join("" if pd.isna(part) else str(part) for part in parts))
        else:
            names.append(str(claims["incident_id"].iloc[left]))
    return names


def _series_name(row: Row) -> str:
    return str(row["claimant_id"]) + ("" if pd.isna(row["count_basis"]) else f"+{row['count_basis']}")


def _event_times(computed: Computed, pairs: pd.DataFrame) -> Ints:
    """When the contrary event was: inside the claim's span for states, the as-of for counts, else the report."""
    facts = computed.facts
    r, first = facts.readings, facts.readings.first[:-1]
    left, right = first[pairs["left"]], first[pairs["right"]]
    event = np.maximum(r.possible_start[right], r.hold_start[left])
    event = np.where(r.possible_start[right] < r.possible_end[right], event, FAR_PAST)
    reported = facts.clocks.reported[pairs["right"]]
    as_of = computed.figures.as_of[right]
    family = pairs["family"].to_numpy(dtype=object)
    dated = np.isin(family, BY_CLAIM) & (event > FAR_PAST)
    begun = family == "start"
    return np.select(
        [dated, begun, np.isin(family, BY_SCOPE)], [event, r.possible_start[right], as_of], reported
    ).astype(np.int64)


def _condense(computed: Computed, family: str, name: str, group: pd.DataFrame) -> Json:
    facts = computed.facts
    ids = facts.claim_id[group["right"]].astype(str)
    rows = records(group)
    earliest = rows[np.lexsort((ids, group["rank"], group["strength"], group["at"]))[0]]
    strongest = rows[np.lexsort((ids, group["at"], group["rank"], group["strength"]))[0]]
    shown = [earliest] if earliest is strongest else [earliest, strongest]
    times = [local_iso(facts, (row["right"], row["left"]), row["at"]) for row in _span(rows)]
    finding = np.where(group["finding"] >= 0, group["finding"], -2 - np.arange(len(group)))
    numbers = group.assign(one=finding).groupby("code")["one"].nunique()
    return {
        "id": fingerprint(family, [name]),
        "family": family,
        "strength": STRENGTHS[int(strongest["strength"])],
        "claims": _claims(computed, family, group, earliest, strongest),
        "codes": {code: int(numbers[code]) for code in sorted(numbers.index, key=CODE_ORDER.__getitem__)},
        "statements": len(np.unique(facts.statement[group["right"]])),
        "first_at": times[0] if times else None,
        "last_at": times[-1] if times else None,
        "origins": origins(computed, group["right"].to_numpy(np.int64)),
        "figures": _figures(computed, family, rows, earliest),
        "depends_on": _once(entry for row in shown for entry in depends_on(computed, row)),
        "explanation": explanation(computed, strongest),
    }


def _span(rows: list[Row]) -> list[Row]:
    dated = sorted((row for row in rows if abs(row["at"]) < FAR_FUTURE), key=lambda row: int(row["at"]))
    return dated[:1] + dated[-1:]


def _once(entries: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return [dict(entry) for entry in dict.fromkeys(tuple(entry.items()) for entry in entries)]


def _claims(computed: Computed, family: str, group: pd.DataFrame, earliest: Row, strongest: Row) -> list[str]:
    """[at issue, earliest, strongest]; for counts the lowest and the highest, for starts the first and the last."""
    facts = computed.facts
    if family in BY_CLAIM:
        chosen = [strongest["left"], earliest["right"], strongest["right"]]
    elif family in (*BY_SCOPE, "start"):
        both = np.unique(np.concatenate([group["left"], group["right"]]))
        if family == "start":
            key = facts.readings.possible_start[facts.readings.first[both]]
        else:
            both = both[computed.figures.term[both] != NOBODY]
            key = computed.figures.low[both]
        order = np.lexsort((facts.claim_id[both].astype(str), key))
        chosen = [both[order[0]], both[order[-1]]]
    else:
        chosen = [strongest["left"], strongest["right"]]
    return [str(facts.claim_id[int(claim)]) for claim in chosen]


def _figures(computed: Computed, family: str, rows: list[Row], earliest: Row) -> Json:
    """The time to the earliest contrary event, and of every other figure the largest."""
    figures: Json = {}
    for name in FIGURE_UNITS:
        known = [row for row in rows if not math.isnan(row.get(f"{name}_low", math.nan))]
        if not known:
            continue
        if name == "since_start":
            chosen = earliest if earliest in known else min(known, key=lambda row: float(row["since_start_low"]))
        else:
            chosen = max(known, key=lambda row: float(np.nan_to_num(row[name], nan=-np.inf)))
        figures |= {key: value for key, value in figure_objects(computed, chosen).items() if key == name}
    if family == "attribution":
        facts = computed.facts
        parties = len({facts.actor[row[side]] for row in rows for side in ("left", "right")})
        figures["parties"] = {"value": parties, "unit": "parties", "low": parties, "high": parties}
    return figures


def origins(computed: Computed, contrary: Ints) -> list[Json]:
    """The distinct roots of the claimants: an outlet with its country beside it, an unnamed claimant for itself."""
    facts = computed.facts
    actors = facts.package.actors.set_index("actor_id")
    found = {}
    for claimant in np.unique(facts.claimant[contrary]):
        row = actors.loc[facts.actors.names[claimant]]
        root = row if row["kind"] == "anonymous" else actors.loc[facts.actors.names[facts.actors.roots[claimant]]]
        found[str(root.name)] = None if pd.isna(root["based_in"]) else str(root["based_in"])
    return [{"actor": actor, "based_in": found[actor]} for actor in sorted(found)]
