"""The condensed answer: the pairs of each family grouped by the claim at issue, the scope of counts, or the incident.

A row has what a row of `claimtrack discrepancies` has, but for its id and what it depends on.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.moments import FAR_FUTURE, FAR_PAST
from naive.figures import Figures
from naive.sentences import sentences
from naive.tables import Tables

BY_CLAIM = ("state", "ceasefire", "denial")
BY_SCOPE = ("count", "series")
EQUALS = ("count-mismatch", "count-gap", "start-mismatch")
"""Codes by which neither of two claims is at issue."""
SCOPE = ["incident", "meaning", "target", "place", "count_mode"]
OF_CLAIMS = [
    *("rank", "reported", "statement", "claimant", "actor", "incident", "low"),
    *("possible_start", "possible_end", "hold_start", "as_of", "valid_mode"),
]
FIGURES = [
    *("overlap", "since_start", "stale", "ratio", "first", "last", "smallest", "largest", "parties"),
    *("gap", "excess", "fall", "difference", "implied"),
]


def condensed(tables: Tables, known: Figures, found: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a contradicted claim, scope or incident, strongest first.

    `claims` are the ids that it names, `pairs` how many there are behind it, columns named after codes how many
    findings it has of each, `origins` whose voices speak against it.
    """
    recorded = tables.spoken[tables.spoken["recorded"]].set_index("claim")[OF_CLAIMS]
    parts = [_of_family(tables, known, family, pairs, recorded) for family, pairs in found.items() if len(pairs)]
    rows = pd.concat(parts, ignore_index=True)
    return rows.sort_values(["strength", "code", "statements"], ascending=[True, True, False], ignore_index=True)


def _of_family(
    tables: Tables, known: Figures, family: str, found: pd.DataFrame, recorded: pd.DataFrame
) -> pd.DataFrame:
    pairs = _grouped(known, family, found, recorded)
    pairs = pairs.sort_values(["strength", "code", "rank_left", "rank_right"])
    earliest = pairs.sort_values(["at", "strength", "code", "rank_right"]).drop_duplicates("group").set_index("group")
    strongest = pairs.sort_values(["strength", "code", "at", "rank_right"]).drop_duplicates("group").set_index("group")
    strongest, earliest = strongest.sort_index(), earliest.sort_index()
    alone = (pairs["finding"] < 0) | ~pairs.duplicated(["group", "code", "finding"])
    codes = pairs[alone].groupby(["group", "code"], observed=True).size().unstack(fill_value=0)
    voices = _voices(family, pairs)
    dated = voices[voices["at"].abs() < FAR_FUTURE].groupby("group")["at"]
    rows = pd.DataFrame(
        {
            "family": family,
            "strength": strongest["strength"],
            "code": pairs.groupby("group")["code"].min(),
            "pairs": pairs.groupby("group").size(),
            "claims": _named(tables, family, pairs, earliest, strongest),
            "statements": voices.groupby("group")["statement"].nunique(),
            "first_at": pd.to_datetime(dated.min(), unit="us", utc=True),
            "last_at": pd.to_datetime(dated.max(), unit="us", utc=True),
            "origins": _origins(tables, voices),
            "explanation": sentences(tables, family, strongest),
        }
    )
    codes.columns = codes.columns.astype(str)
    return pd.concat([rows, codes, _figures(family, pairs, earliest)], axis=1)


def _grouped(known: Figures, family: str, found: pd.DataFrame, recorded: pd.DataFrame) -> pd.DataFrame:
    """The pairs with the number of their row, with when the contrary event was, and with columns of both claims."""
    for side in ("left", "right"):
        found = found.join(recorded.add_suffix(f"_{side}"), on=side)
    if family in BY_CLAIM:
        return found.assign(group=found.groupby("left").ngroup(), at=_event(family, found))
    if family not in BY_SCOPE:
        at = found["possible_start_right"] if family == "start" else found["reported_right"]
        return found.assign(group=found.groupby("incident_left").ngroup(), at=at)
    figures = pd.concat([known.clear, known.vague])
    keys = found[["left"]].join(figures[SCOPE], on="left").drop(columns="left")
    if family == "series":
        keys = keys.join(
            [figures["series"].reindex(found[side]).set_axis(found.index).rename(side) for side in ("left", "right")]
        )
    group = keys.groupby(list(keys), dropna=False).ngroup()
    return found.assign(group=group, at=found["as_of_right"])


def _event(family: str, found: pd.DataFrame) -> pd.Series:
    """When the right claim's event was inside the left one's span; where that is not known, a denial's report."""
    begun = found["possible_start_right"]
    event = np.maximum(begun, found["hold_start_left"]).where(found["valid_mode_left"].notna(), begun)
    placed = (begun < found["possible_end_right"]) & (event > FAR_PAST) & found["valid_mode_right"].notna()
    return event.where(placed, FAR_FUTURE if family == "state" else found["reported_right"])


def _named(
    tables: Tables, family: str, pairs: pd.DataFrame, earliest: pd.DataFrame, strongest: pd.DataFrame
) -> pd.Series:
    """At issue, earliest, strongest; of counts the lowest and the highest, of starts the first and the last.

    By the code of the strongest pair one of the two may be at issue: then they are that one and the other.
    """
    named = [strongest["left"], strongest["right"]]
    if family in BY_CLAIM:
        named.insert(1, earliest["right"])
    elif family in (*BY_SCOPE, "start"):
        by = "possible_start" if family == "start" else "low"
        told = strongest["code"].astype(str)
        alike = pairs[pairs["code"].astype(str) == pairs["group"].map(told)]
        columns = ["group", "claim", "rank", by]
        sides = [
            alike[["group", side, f"rank_{side}", f"{by}_{side}"]].set_axis(columns, axis=1)
            for side in ("left", "right")
        ]
        ordered = pd.concat(sides).sort_values([by, "rank"]).groupby("group")["claim"]
        equals = told.isin(EQUALS)
        named = [strongest["left"].mask(equals, ordered.first()), strongest["right"].mask(equals, ordered.last())]
    ids = [tables.claims["claim_id"].loc[claims].tolist() for claims in named]
    return pd.Series(list(zip(*ids, strict=True)), index=strongest.index)


def _voices(family: str, pairs: pd.DataFrame) -> pd.DataFrame:
    """What speaks in each group, and when: the contrary claims, and where all are of equal standing both of a pair."""
    columns = ["group", "statement", "claimant", "at"]
    right = pairs[["group", "statement_right", "claimant_right", "at"]].set_axis(columns, axis=1)
    if family in BY_CLAIM:
        return right
    at = "as_of" if family in BY_SCOPE else "possible_start" if family == "start" else "reported"
    left = pairs[["group", "statement_left", "claimant_left", f"{at}_left"]].set_axis(columns, axis=1)
    return pd.concat([right, left], ignore_index=True)


def _origins(tables: Tables, voices: pd.DataFrame) -> pd.Series:
    """The topmost actors of those who speak, in order; an unnamed claimant for itself."""
    anonymous = (tables.package.actors["kind"] == "anonymous").to_numpy(dtype=bool, na_value=False)
    names = np.array(tables.actors.names, dtype=object)
    number, origins = pd.factorize(np.where(anonymous, names, names[tables.actors.roots]), sort=True)
    found = pd.DataFrame({"group": voices["group"], "origin": number[voices["claimant"]]})
    found = found.drop_duplicates().sort_values("origin")
    return found.assign(origin=origins[found["origin"]]).groupby("group")["origin"].agg(list)


def _figures(family: str, pairs: pd.DataFrame, earliest: pd.DataFrame) -> pd.DataFrame:
    """The time to the earliest contrary event, and of every other figure the largest."""
    found = []
    for name in FIGURES:
        if name not in pairs:
            continue
        columns = ["group", name, f"{name}_low", f"{name}_high"]
        told = pairs[pairs[f"{name}_low"].notna()]
        if name == "since_start":
            first = earliest[earliest[f"{name}_low"].notna()].reset_index()
            told = pd.concat([first[columns], told.sort_values(f"{name}_low", kind="stable")[columns]])
        else:
            told = told.sort_values(name, ascending=False, kind="stable")
        found.append(told[columns].drop_duplicates("group").set_index("group"))
    if family == "attribution":
        actors = [pairs[["group", f"actor_{side}"]].set_axis(["group", "actor"], axis=1) for side in ("left", "right")]
        parties = pd.concat(actors).groupby("group")["actor"].nunique()
        return pd.DataFrame(dict.fromkeys(["parties", "parties_low", "parties_high"], parties))
    return pd.concat(found, axis=1) if found else pd.DataFrame(index=earliest.index)
