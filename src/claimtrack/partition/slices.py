"""Partitions put together into slices of bearable size, and the part of a package that a slice is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa

from claimtrack.package import Package
from claimtrack.package.typed import typed
from claimtrack.schema import table_schema
from claimtrack.scopes import Bools, Ints, positions


def slices(partition: Ints, most: int) -> Ints:
    """The number of each claim's slice, from 0: whole partitions, in order, together at most `most` claims.

    A partition that is larger is a slice of its own.
    """
    sizes = np.bincount(partition)
    number = np.zeros(len(sizes), dtype=np.int64)
    current = filled = 0
    for at, size in enumerate(sizes.tolist()):
        if filled and filled + size > most:
            current, filled = current + 1, 0
        number[at] = current
        filled += size
    return number[partition]


def part_of(package: Package, rows: Ints) -> Package:
    """The package with only these claims, in this order, the links between them and their relays."""
    frames, offsets = dict(package.frames), dict(package.offsets)
    frames["claims"] = package.claims.iloc[rows].reset_index(drop=True)
    offsets["claims"] = package.offsets["claims"].iloc[rows].reset_index(drop=True)
    return with_claims(replace(package, frames=frames, offsets=offsets))


def filled(package: Package, cells: pa.Table) -> Package:
    """The package with these claims in place of its own, the links between them and their relays.

    Texts that are held as their different values stay so.
    """
    return with_typed(package, *typed(table_schema("claims"), cells, categories=True))


def with_typed(package: Package, frame: pd.DataFrame, offsets: pd.DataFrame) -> Package:
    """The same of claims that have been typed."""
    frames = {**package.frames, "claims": frame}
    return with_claims(replace(package, frames=frames, offsets={**package.offsets, "claims": offsets}))


def with_claims(package: Package) -> Package:
    """The package without links and relays of claims that it does not hold."""
    ids, links, relays = package.claims["claim_id"], package.links, package.relays

    def named(column: pd.Series) -> Bools:
        return positions(ids, column) >= 0

    both = named(links["claim_id"]) & named(links["other_id"])
    kept = {"links": links[both], "relays": relays[named(relays["claim_id"])]}
    frames = dict(package.frames) | {name: frame.reset_index(drop=True) for name, frame in kept.items()}
    return replace(package, frames=frames)
