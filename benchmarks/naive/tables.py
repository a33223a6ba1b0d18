"""The tables that all families start from: claims with what the other tables say of them, and their readings."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from claimtrack.clocks import Clocks, clocks
from claimtrack.moments import FAR_FUTURE, FAR_PAST, MISSING, micros
from claimtrack.package import Package
from claimtrack.readings import Readings, readings
from claimtrack.scopes import CountTerms, Hierarchy, actor_hierarchy, count_terms, place_hierarchy

COPIED = ["claim_id", "kind", "predicate", "valid_mode", "answer", "count_mode", "count_basis"]
PERIODS = ("certain_start", "certain_end", "possible_start", "possible_end", "hold_start", "hold_end")


@dataclass(frozen=True)
class Tables:
    """What the families read. Claims are known by their position in the package; blank ids are −1."""

    package: Package
    claims: pd.DataFrame
    """One row a claim that counts."""
    spoken: pd.DataFrame
    """One row a reading of a claim: the columns of the claim, the periods of the reading, and its window as a count."""
    links: pd.DataFrame
    """The links between claims that count: `left`, `relation`, `right`."""
    places: Hierarchy
    actors: Hierarchy
    terms: CountTerms


def tables(package: Package) -> Tables:
    """The tables of a package."""
    clock = clocks(package)
    position = pd.Series(package.claims.index, index=package.claims["claim_id"])
    links = pd.DataFrame(
        {
            "left": position.reindex(package.links["claim_id"], fill_value=-1).to_numpy(),
            "right": position.reindex(package.links["other_id"], fill_value=-1).to_numpy(),
            "relation": package.links["relation"].astype("category"),
        }
    )
    counts = _counts(package, links)
    between = links["left"].isin(counts.index[counts]) & links["right"].isin(counts.index[counts])
    package = replace(package, frames={**package.frames, "links": package.links[between]})
    places, actors = place_hierarchy(package.places), actor_hierarchy(package.actors)
    terms = count_terms(package.predicates)
    claims = _claims(package, clock, places, actors, terms)[counts]
    spoken = _windows(claims.merge(_readings(readings(package, clock)), on="claim"))
    return Tables(package, claims, spoken, links[between], places, actors, terms)


def _counts(package: Package, links: pd.DataFrame) -> pd.Series:
    """Whether each claim counts: neither its source nor anybody has retracted it.

    A retraction that is retracted itself retracts nothing, and those that retract each other are all retracted.
    """
    sources = package.sources
    withdrawn = sources.loc[sources["standing"] == "retracted", "source_id"]
    counts = ~package.claims["source_id"].isin(withdrawn)
    retracts = links[(links["relation"] == "retracts") & links["left"].isin(counts.index[counts])]
    taken: set[int] = set()
    while True:
        active = retracts[~retracts["left"].isin(taken)]
        sound = active[~active["left"].isin(active["right"])]
        more = taken | set(sound["right"])
        if more == taken:
            return counts & ~counts.index.isin(taken | set(active["right"]))
        taken = more


def _claims(package: Package, clock: Clocks, places: Hierarchy, actors: Hierarchy, terms: CountTerms) -> pd.DataFrame:
    """One row a claim, with what its incident and the codebook say of it."""
    raw = package.claims
    incidents = package.incidents[["incident_id", "place_id", "starts_at", "ends_at", "single_answer"]]
    codebook = package.predicates[["kind", "predicate", "state", "value", "exclusive", "blame", "marks_start"]]
    asked = raw[["incident_id"]].merge(incidents, on="incident_id", how="left")
    meant = raw[["kind", "predicate"]].merge(codebook, on=["kind", "predicate"], how="left")
    present = codebook[(codebook["value"] != "absent").fillna(False)]
    several = present.groupby("state")["value"].nunique()
    several = several.index[several > 1]
    place, incident_place = places.numbers(raw["place_id"]), places.numbers(asked["place_id"])
    place = np.where(place < 0, incident_place, place)
    opens, closes = micros(asked["starts_at"]), micros(asked["ends_at"])
    claims = raw[COPIED].assign(
        claim=np.arange(len(raw)),
        rank=raw["claim_id"].argsort().argsort(),
        asserts=_is(raw["polarity"], "asserts"),
        denies=_is(raw["polarity"], "denies"),
        cannot_confirm=_is(raw["polarity"], "cannot_confirm"),
        compared=~_is(raw["certainty"], "anticipated"),
        doubtful=raw["certainty"].isin(["hedged", "implied"]),
        reported=clock.reported,
        reported_from=np.where(raw["reported_from"].isna(), FAR_PAST, micros(raw["reported_from"])),
        asserted_by=clock.asserted_by,
        claimant=actors.numbers(raw["claimant_id"]),
        actor=actors.numbers(raw["actor_id"]),
        target=actors.numbers(raw["target_id"]),
        incident=pd.factorize(raw["incident_id"])[0],
        statement=pd.factorize(raw["statement_id"])[0],
        place=place,
        bounded=places.contains(incident_place, place),
        along=_is(raw["place_relation"], "along"),
        opens=np.where(opens == MISSING, FAR_PAST, opens),
        closes=np.where(closes == MISSING, FAR_FUTURE, closes),
        single_answer=_true(asked["single_answer"]),
        state=pd.factorize(meant["state"])[0],
        value=pd.factorize(meant["value"])[0],
        absent=_is(meant["value"], "absent"),
        two_sided=meant["state"].isin(several).to_numpy() & ~_is(meant["value"], "absent"),
        exclusive=_true(meant["exclusive"]),
        blame=_true(meant["blame"]),
        marks_start=_true(meant["marks_start"]),
        term=terms.numbers(raw["predicate"].where(raw["kind"] == "count")),
        low=raw["count_min"].to_numpy(dtype=float, na_value=-np.inf),
        high=raw["count_max"].to_numpy(dtype=float, na_value=np.inf),
        approximate=_true(raw["count_approx"]),
        as_of_stated=raw["valid_to"].notna().to_numpy(),
        baseline_stated=raw["valid_from"].notna().to_numpy(),
    )
    return claims.astype(dict.fromkeys(["kind", "predicate", "valid_mode", "answer"], "category"))


def _is(column: pd.Series, value: str) -> np.ndarray:
    return (column == value).to_numpy(dtype=bool, na_value=False)


def _true(column: pd.Series) -> np.ndarray:
    return column.to_numpy(dtype=bool, na_value=False)


def _readings(found: Readings) -> pd.DataFrame:
    """One row a reading: whether it is the one as recorded, how many its claim has, and its periods."""
    frame = pd.DataFrame({name: getattr(found, name) for name in ("claim", "valid_from", "valid_to", *PERIODS)})
    claim = frame.groupby("claim")["claim"]
    return frame.assign(recorded=claim.cumcount() == 0, readings=claim.transform("size"))


def _windows(spoken: pd.DataFrame) -> pd.DataFrame:
    """The same with baseline and as-of: where blank, the start of the incident and when it was said; clipped to it.

    What is wholly outside the incident is left as it is; where nobody says since when, it is then not known.
    """
    opens, closes = spoken["opens"], spoken["closes"]
    said = spoken["asserted_by"].replace(MISSING, FAR_FUTURE)
    as_of = spoken["valid_to"].where(spoken["valid_to"] != MISSING, said)
    since = spoken["valid_from"].where(spoken["valid_from"] != MISSING, opens)
    before = (as_of < opens) | ((as_of == opens) & (since < opens))
    after = (since > closes) | ((since == closes) & (as_of > closes))
    baseline = np.maximum(since, opens).mask(before, spoken["valid_from"].replace(MISSING, FAR_PAST))
    until = as_of.clip(opens, closes).mask(before | after, as_of)
    stated = spoken["valid_to"].where(spoken["valid_to"] != MISSING, until)
    return spoken.assign(baseline=baseline, as_of=until, stated=stated)
