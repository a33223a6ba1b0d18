"""Which claims can meet at all: those of one partition, and no others.

Claims meet where one's place lies inside the other's, or where they are about one incident. So a partition is a
connected component: of places through `part_of` and `also_within`, and of places and incidents through the claims that
name both. What else ties claims together ties their partitions: a zone that is taken over through `repeats`, a sum
through `part_of`. A claim of a state without any place may speak of every place: see `guests`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from claimtrack.package import Package
from claimtrack.scopes import Hierarchy, Ints, numbered, place_hierarchy, positions

Edges = tuple[Ints, Ints]
Flags = npt.NDArray[np.bool_]

COLUMNS = ("claim_id", "kind", "predicate", "claimant_id", "target_id", "place_id", "incident_id")
"""The columns of claims that are read here."""


def partitions(package: Package, counts: Flags | None = None) -> Ints:
    """The number of each claim's partition, from 0, in the order in which they first come.

    `counts`: which claims can tie partitions together; None: all. Links join only these.
    """
    claims, incidents = package.claims, package.incidents
    places = place_hierarchy(package.places)
    place, incident = whereabouts(package, places)
    nowhere = len(places.names) + len(incidents)
    about = np.where(incident >= 0, len(places.names) + incident, nowhere)
    node = np.where(place >= 0, place, about)
    counts = np.ones(len(claims), dtype=bool) if counts is None else counts
    both = (place >= 0) & (incident >= 0) & counts
    edges = [
        (places.inside, places.container),
        _different(place[both], about[both], nowhere + 1),
        _linked(package, node),
        _rising(claims, node, counts & (incident < 0)),
    ]
    left, right = (np.concatenate(side) for side in zip(*edges, strict=True))
    return pd.factorize(components(nowhere + 1, left, right)[node])[0].astype(np.int64)


def whereabouts(package: Package, places: Hierarchy) -> tuple[Ints, Ints]:
    """For each claim the number of its place, else of that of its incident, and the row of its incident; −1: none."""
    claims, incidents = package.claims, package.incidents
    incident = numbered(list(incidents["incident_id"]), claims["incident_id"])
    scope = np.append(places.numbers(incidents["place_id"]), -1)[incident]
    return np.where(claims["place_id"].isna().to_numpy(), scope, places.numbers(claims["place_id"])), incident


def _different(left: Ints, right: Ints, size: int) -> Edges:
    """The edges, each once; both ends are below `size`."""
    edges = pd.unique(left * size + right)
    return edges // size, edges % size


def components(size: int, left: Ints, right: Ints) -> Ints:
    """For each of `size` nodes the smallest one that it is connected with by the edges left–right."""
    label = np.arange(size, dtype=np.int64)
    while (label[left] != label[right]).any():
        low = np.minimum(label[left], label[right])
        np.minimum.at(label, label[left].copy(), low)
        np.minimum.at(label, label[right].copy(), low)
        while (label[label] != label).any():
            label = label[label]
    return label


def _linked(package: Package, node: Ints) -> Edges:
    links = package.links[package.links["relation"].isin(("repeats", "part_of"))]
    source, target = (positions(package.claims["claim_id"], links[column]) for column in ("claim_id", "other_id"))
    there = (source >= 0) & (target >= 0)
    return node[source[there]], node[target[there]]


def _rising(claims: pd.DataFrame, node: Ints, unrelated: Flags) -> Edges:
    """That a toll `will_rise`, of no incident, is about every figure of that claimant and population of no incident."""
    counts = (claims["kind"] == "count").to_numpy(dtype=bool) & unrelated
    rises = counts & (claims["predicate"] == "will_rise").to_numpy(dtype=bool)
    if not rises.any():
        return node[:0], node[:0]
    by_topic = claims.groupby(["claimant_id", "target_id"], dropna=False, observed=True, sort=False)
    topic = by_topic.ngroup().to_numpy()
    said = pd.Series(node[rises], index=topic[rises]).groupby(level=0).min()
    met = said.reindex(topic[counts])
    there = met.notna().to_numpy()
    # Several such claims of one topic are tied to the figures by the first, and they are figures too.
    return met[there].to_numpy(dtype=np.int64), node[counts][there]
