"""Families `attribution` and `answer`: different actors, or different answers, are named for one incident."""

from __future__ import annotations

import pandas as pd

from claimtrack.scopes import Bools, Hierarchy
from naive.tables import Tables
from naive.verdicts import CODE, constant, definite

SAID = ["asserted_by", "rank"]
WORDS = ["statement", "kind", "predicate"]


def attribution(tables: Tables) -> pd.DataFrame:
    """All pairs of the family, the claim that was said earlier first."""
    claims = tables.claims
    speaks = claims["asserts"] & claims["compared"] & (claims["blame"] | claims["exclusive"]) & (claims["actor"] >= 0)
    rows = _in_turn(claims[speaks], [*WORDS, "actor", "place", "exclusive", "blame", "doubtful"])
    akin = _akin(tables.actors, rows["actor_left"], rows["actor_right"])
    one_word = (rows["kind_left"] == rows["kind_right"]) & (rows["predicate_left"] == rows["predicate_right"])
    exclusive = one_word & rows["exclusive_left"]
    both_blame = rows["blame_left"] & rows["blame_right"]
    kept = ~akin & (rows["statement_left"] != rows["statement_right"]) & (exclusive | both_blame)
    top = tables.actors.roots
    of_one_side = top[rows["actor_left"].to_numpy()] == top[rows["actor_right"].to_numpy()]
    rows = rows.assign(doubtful_left=rows["doubtful_left"] | _elsewhere(tables, rows) | of_one_side)
    found = _pairs(rows[kept], "attribution-conflict")
    fellows = claims.loc[speaks & claims["exclusive"], ["incident", *WORDS, "actor"]]
    for sides in (("left", "right"), ("right", "left")):
        found.loc[_both(tables, rows[kept], fellows, *sides), "strength"] = "possible"
    found.loc[~exclusive[kept], "strength"] = "tension"
    return found.assign(parties=2.0, parties_low=2.0, parties_high=2.0)


def _both(tables: Tables, rows: pd.DataFrame, fellows: pd.DataFrame, side: str, other: str) -> pd.Index:
    """The pairs of which the statement on one side names, in the same words, the actor on the other side as well."""
    ours = ["incident", *(f"{word}_{side}" for word in WORDS)]
    named = rows.rename_axis("pair").reset_index().merge(fellows, left_on=ours, right_on=["incident", *WORDS])
    akin = _akin(tables.actors, named["actor"], named[f"actor_{other}"])
    return pd.Index(named.loc[akin, "pair"])


def _elsewhere(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """Whether both give a place, and neither is part of the other."""
    ours, theirs = rows["place_left"], rows["place_right"]
    one_place = tables.places.contains(ours, theirs) | tables.places.contains(theirs, ours)
    return (ours >= 0) & (theirs >= 0) & ~one_place


def _akin(actors: Hierarchy, ours: pd.Series, theirs: pd.Series) -> Bools:
    return actors.contains(ours, theirs) | actors.contains(theirs, ours)


def answer(tables: Tables) -> pd.DataFrame:
    """All pairs of the family, the claim that was said earlier first."""
    claims = tables.claims
    speaks = claims["asserts"] & claims["compared"] & claims["answer"].notna() & claims["single_answer"]
    rows = _in_turn(claims[speaks], ["answer", "doubtful"])
    return _pairs(rows[rows["answer_left"] != rows["answer_right"]], "answer-conflict")


def _in_turn(claims: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Every two claims about one incident, the one that was said earlier on the left."""
    claims = claims.loc[claims["incident"] >= 0, ["claim", "incident", *SAID, *columns]]
    turn = claims.sort_values(SAID).assign(turn=range(len(claims))).drop(columns=SAID)
    rows = turn.merge(turn, on="incident", suffixes=("_left", "_right"))
    return rows[rows["turn_left"] < rows["turn_right"]]


def _pairs(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "left": rows["claim_left"],
            "right": rows["claim_right"],
            "code": constant(rows, CODE, code),
            "strength": definite(~(rows["doubtful_left"] | rows["doubtful_right"])),
            "finding": -1,
        }
    )
