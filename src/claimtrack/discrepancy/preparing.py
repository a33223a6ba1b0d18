"""How the facts of a package are made: every column is read once, and numbered."""

from __future__ import annotations

import numpy as np
import pandas as pd

from claimtrack.clocks import Clocks
from claimtrack.coded import Coded, Numbers
from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.joins.keys import distinct_pairs
from claimtrack.package import Package
from claimtrack.readings import readings, windows
from claimtrack.scopes import NOBODY, Bools, Ints, actor_hierarchy, count_terms, one_of, place_hierarchy


def _codes(column: pd.Series) -> Ints:
    code: Ints = column.array.factorize()[0].astype(np.int64, copy=False)
    return code


def _rank(ids: pd.Series) -> Ints:
    rank = np.empty(len(ids), dtype=np.int64)
    rank[ids.argsort(kind="stable").to_numpy()] = np.arange(len(ids))
    return rank


def two_sided(codebook: pd.DataFrame) -> Bools:
    """For each predicate whether it puts a state into one of several values that are no absence."""
    state, value = _codes(codebook["state"]), _codes(codebook["value"])
    given = (state != NOBODY) & (value != NOBODY) & ~one_of(codebook["value"], ("absent",))
    of_pair, _ = distinct_pairs(state[given], value[given])
    several: Bools = given & (np.bincount(of_pair, minlength=len(codebook) + 1)[state] > 1)
    return several


def prepare(package: Package, clock: Clocks, counts: Bools | None = None, at_issue: Bools | None = None) -> Facts:
    """The arrays of a package that has passed validation. `counts` and `at_issue`: which claims; None: all of them.

    What does not count keeps its place in every array, and asserts and denies nothing.
    """
    claims = package.claims
    numbers = Numbers(package)
    everyone = np.ones(len(claims), dtype=bool)
    counts = everyone if counts is None else counts
    places, actors = place_hierarchy(package.places), actor_hierarchy(package.actors)
    scope = np.append(places.numbers(package.incidents["place_id"]), NOBODY)[numbers.incident]
    place = numbers["place_id"].among(places.names)
    place = np.where(numbers["place_id"].code == NOBODY, scope, place)
    codebook, meaning, single = package.predicates, numbers.meaning, package.incidents["single_answer"]
    polarity, certainty = numbers["polarity"], Coded.of(claims["certainty"])

    def of_predicate(holds: Bools) -> Bools:
        return np.append(holds, False)[meaning]

    def flag(name: str) -> Bools:
        return of_predicate(codebook[name].to_numpy(dtype=bool, na_value=False))

    return Facts(
        package=package,
        counts=counts,
        at_issue=everyone if at_issue is None else at_issue,
        clocks=clock,
        readings=readings(package, clock, numbers),
        places=places,
        actors=actors,
        terms=count_terms(codebook),
        claim_id=claims["claim_id"].array,
        rank=_rank(claims["claim_id"]),
        linked=numbers.linked,
        kind=numbers["kind"],
        predicate=numbers["predicate"],
        mode=numbers["valid_mode"],
        answer=_codes(claims["answer"]),
        asserts=counts & polarity.is_one_of("asserts"),
        denies=counts & polarity.is_one_of("denies"),
        cannot_confirm=counts & polarity.is_one_of("cannot_confirm"),
        compared=~certainty.is_one_of("anticipated"),
        doubtful=certainty.is_one_of("hedged", "implied"),
        claimant=numbers["claimant_id"].among(actors.names),
        actor=actors.numbers(claims["actor_id"]),
        target=actors.numbers(claims["target_id"]),
        place=place,
        bounded=places.contains(scope, place),
        along=one_of(claims["place_relation"], ("along",)),
        incident=numbers["incident_id"].code,
        windows=windows(package, numbers["incident_id"]),
        statement=_codes(claims["statement_id"]),
        state=np.append(_codes(codebook["state"]), NOBODY)[meaning],
        value=np.append(_codes(codebook["value"]), NOBODY)[meaning],
        absent=of_predicate(one_of(codebook["value"], ("absent",))),
        two_sided=of_predicate(two_sided(codebook)),
        exclusive=flag("exclusive"),
        single_answer=np.append(single.to_numpy(dtype=bool, na_value=False), False)[numbers.incident],
        blame=flag("blame"),
        marks_start=flag("marks_start"),
    )
