"""The condensed answer said slowly: the rows of the whole table of pairs, grouped and chosen from one by one."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import Any

import numpy as np
import pandas as pd

from claimtrack.discrepancy.findings import Computed
from claimtrack.discrepancy.pairs import CODE_ORDER, STRENGTHS
from claimtrack.discrepancy.telling.beside import beside
from claimtrack.discrepancy.telling.dependence import depends_on
from claimtrack.discrepancy.telling.present import FIGURE_UNITS, explanations, figure_objects, figured
from claimtrack.discrepancy.telling.wording import local_isos
from claimtrack.ids import fingerprint
from claimtrack.moments import FAR_FUTURE, FAR_PAST

Row = dict[str, Any]
BY_CLAIM = ("state", "ceasefire", "denial")
BY_SCOPE = ("count", "series")
ONE_AT_ISSUE = ("count-exceeds-whole", "count-outdated", "count-fell", "count-delta", "count-sum", "count-term-unclear")


def condensed(computed: Computed) -> list[Row]:
    """One object a contradicted claim or scope, strongest first."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for number, row in enumerate(computed.pairs.to_dict("records")):
        row |= {"row": number, "at": event_time(computed, row), "rank": CODE_ORDER[row["code"]]}
        row["contrary"] = str(computed.facts.claim_id[row["right"]])
        groups[row["family"], group_name(computed, row)].append(row)
    objects = [one_object(computed, family, name, rows) for (family, name), rows in groups.items()]
    return sorted(
        objects,
        key=lambda obj: (
            STRENGTHS.index(obj["strength"]),
            min(CODE_ORDER[code] for code in obj["codes"]),
            -obj["statements"],
            obj["id"],
        ),
    )


def group_name(computed: Computed, row: Row) -> str:
    """The claim at issue, the scope without its as-of, or the incident."""
    facts = computed.facts
    left, right = (facts.package.claims.iloc[row[side]].to_dict() for side in ("left", "right"))
    if row["family"] in BY_CLAIM:
        return str(left["claim_id"])
    if row["family"] not in BY_SCOPE:
        return str(left["incident_id"])
    term = facts.terms.names[facts.terms.equal[computed.figures.term[row["left"]]]]
    place = facts.places.names[facts.place[row["left"]]] if facts.place[row["left"]] >= 0 else ""
    parts = [left["incident_id"], left["target_id"], place, term, left["count_mode"]]
    if row["family"] == "series":
        parts += sorted(series_name(each) for each in (left, right))
    return "/".join("" if pd.isna(part) else str(part) for part in parts)


def series_name(claim: Row) -> str:
    """The claimant, and the basis where there is one."""
    return str(claim["claimant_id"]) + ("" if pd.isna(claim["count_basis"]) else f"+{claim['count_basis']}")


def event_time(computed: Computed, row: Row) -> int:
    """When the contrary event was, both claims read as recorded."""
    facts = computed.facts
    r = facts.readings
    left, right = (int(r.first[row[side]]) for side in ("left", "right"))
    modes = facts.package.claims["valid_mode"].notna()
    if row["family"] in BY_CLAIM and modes[row["right"]] and r.possible_start[right] < r.possible_end[right]:
        event = max(r.possible_start[right], r.hold_start[left] if modes[row["left"]] else FAR_PAST)
        if event > FAR_PAST:
            return int(event)
    if row["family"] == "state":
        return FAR_FUTURE
    if row["family"] == "start":
        return int(r.possible_start[right])
    if row["family"] in BY_SCOPE:
        return int(computed.figures.as_of[right])
    return int(facts.clocks.reported[row["right"]])


def one_object(computed: Computed, family: str, name: str, rows: list[Row]) -> Row:
    facts = computed.facts
    earliest = min(rows, key=lambda row: (row["at"], row["strength"], row["rank"], row["contrary"]))
    strongest = min(rows, key=lambda row: (row["strength"], row["rank"], row["at"], row["contrary"]))
    numbers: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        numbers[row["code"]].add(row["finding"] if row["finding"] >= 0 else -2 - row["row"])
    voices = [*rows, *(() if family in BY_CLAIM else (turned(computed, row) for row in rows))]
    names = facts.claim_id
    dated = sorted(
        (row for row in voices if abs(row["at"]) < FAR_FUTURE),
        key=lambda row: (row["at"], names[row["right"]], names[row["left"]]),
    )
    shown = [earliest] if earliest is strongest else [earliest, strongest]
    alone = [table(computed, row) for row in shown]
    depends = [entry for row in alone for entry in next(depends_on(computed, row, beside(computed, row)))]
    told = table(computed, strongest)
    return {
        "id": fingerprint(family, [name]),
        "family": family,
        "strength": STRENGTHS[strongest["strength"]],
        "claims": claims(computed, family, rows, earliest, strongest),
        "codes": {code: len(numbers[code]) for code in sorted(numbers, key=CODE_ORDER.__getitem__)},
        "statements": len({facts.statement[row["right"]] for row in voices}),
        "first_at": moment(computed, dated[0]) if dated else None,
        "last_at": moment(computed, dated[-1]) if dated else None,
        "origins": origins(computed, {row["right"] for row in voices}),
        "figures": figures(computed, family, rows, earliest),
        "depends_on": [entry for number, entry in enumerate(depends) if entry not in depends[:number]],
        "explanation": next(explanations(computed, told, figured(computed, told), beside(computed, told))),
    }


def turned(computed: Computed, row: Row) -> Row:
    """The same pair with the other claim as the one that speaks."""
    pair = {**row, "left": row["right"], "right": row["left"]}
    return pair | {"at": event_time(computed, pair)}


def table(computed: Computed, row: Row) -> pd.DataFrame:
    """The row of the table of pairs."""
    return computed.pairs.iloc[[row["row"]]]


def moment(computed: Computed, row: Row) -> str:
    sides = [np.array([row[name]], dtype=np.int64) for name in ("right", "left", "at")]
    return local_isos(computed.facts, *sides)[0]


def claims(computed: Computed, family: str, rows: list[Row], earliest: Row, strongest: Row) -> list[str]:
    """[at issue, earliest, strongest]; the lowest and the highest count; the first and the last start.

    Of figures of which one is at issue, by the strongest code, that one and the other of the strongest pair.
    """
    facts, r = computed.facts, computed.facts.readings
    both = {row[side] for row in rows if row["code"] == strongest["code"] for side in ("left", "right")}
    if family in BY_CLAIM:
        chosen = [strongest["left"], earliest["right"], strongest["right"]]
    elif family in BY_SCOPE and strongest["code"] not in ONE_AT_ISSUE:
        ordered = sorted(both, key=lambda claim: (computed.figures.low[claim], facts.claim_id[claim]))
        chosen = [ordered[0], ordered[-1]]
    elif family == "start":
        ordered = sorted(both, key=lambda claim: (r.possible_start[r.first[claim]], facts.claim_id[claim]))
        chosen = [ordered[0], ordered[-1]]
    else:
        chosen = [strongest["left"], strongest["right"]]
    return [str(facts.claim_id[claim]) for claim in chosen]


def figures(computed: Computed, family: str, rows: list[Row], earliest: Row) -> Row:
    """The time to the earliest contrary event, and of every other figure the largest."""
    found: Row = {}
    for name in FIGURE_UNITS:
        known = [row for row in rows if not math.isnan(row.get(f"{name}_low", math.nan))]
        if not known:
            continue
        if name == "since_start":
            chosen = (
                earliest if any(row is earliest for row in known) else min(known, key=lambda row: row[f"{name}_low"])
            )
        else:
            chosen = max(known, key=lambda row: -math.inf if math.isnan(row[name]) else row[name])
        figure = next(figure_objects(figured(computed, table(computed, chosen))))
        found |= {name: figure[name]} if name in figure else {}
    if family == "attribution":
        parties = len({computed.facts.actor[row[side]] for row in rows for side in ("left", "right")})
        found["parties"] = {"value": parties, "unit": "parties", "low": parties, "high": parties}
    return found


def origins(computed: Computed, contrary: set[int]) -> list[Row]:
    """The topmost actor of each claimant; an unnamed claimant for itself."""
    actors = computed.facts.package.actors.set_index("actor_id")
    member_of = actors["member_of"]
    sizes = Counter(top for actor in actors.index for top in above(actor, member_of))
    found = {}
    for claim in contrary:
        claimant = computed.facts.package.claims["claimant_id"].iloc[claim]
        chain = above(claimant, member_of)
        root = claimant if actors["kind"][claimant] == "anonymous" else max(chain, key=lambda actor: sizes[actor])
        based = actors["based_in"][root]
        found[root] = None if pd.isna(based) else based
    return [{"actor": actor, "based_in": found[actor]} for actor in sorted(found)]


def above(actor: str, member_of: pd.Series) -> list[str]:
    """The actor and all that it belongs to."""
    chain = [actor]
    while not pd.isna(member_of[chain[-1]]):
        chain.append(member_of[chain[-1]])
    return chain
