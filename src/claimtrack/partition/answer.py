"""What one slice of a package answers: rows that carry their place in the whole answer. The same on every engine."""

from __future__ import annotations

import pickle
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyarrow as pa

from claimtrack.discrepancy import CODES, Findings, Tally
from claimtrack.discrepancy.pairs import CODE_ORDER, STRENGTHS
from claimtrack.discrepancy.telling.present import Json
from claimtrack.package import Package

Shape = Callable[[Iterable[Json], Package], Iterator[Json]]
"""What is wanted of each finding, one by one, in place of the object. A function of a module, so that it can travel."""

BATCH = 250
"""Rows that are held at once of every run."""

RANK = ("strength", "code", "number", "first", "second")
"""The columns by which the rows of all slices are put in order."""
Rank = tuple[int, int, int, str, str]
Ranked = tuple[tuple[Any, ...], bytes]
"""A rank, and a finding in its shape, pickled: in a third of the time that it takes as JSON."""
ROWS = pa.schema(
    [
        *((name, pa.int64()) for name in RANK[:3]),
        *((name, pa.string()) for name in RANK[3:]),
        ("row", pa.binary()),
    ]
)


def plain(findings: Iterable[Json], package: Package) -> Iterator[Json]:
    """The findings as they are."""
    return iter(findings)


@dataclass(frozen=True)
class Asked:
    """What is asked of every slice: pairs or condensed findings, which of them, and in what shape."""

    pairs: bool = False
    selection: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shape: Shape = plain


def runs_of(findings: Findings, package: Package, asked: Asked, tally: Tally) -> Iterator[Iterator[Ranked]]:
    """The rows of a slice in runs, each in order; what is counted on the way goes to `tally`.

    They can be too many to be put in one order while they are held.
    """
    runs = findings.runs_of_pairs(tally) if asked.pairs else findings.runs(tally)
    return (_ranked(run, package, asked) for run in runs)


def _ranked(findings: Iterable[Json], package: Package, asked: Asked) -> Iterator[Ranked]:
    """Findings with their place in the order of all, in their shape."""
    ranks: deque[Rank] = deque()

    def noted() -> Iterator[Json]:
        for one in findings:
            ranks.append(rank(one))
            yield one

    for row in asked.shape(noted(), package):
        yield ranks.popleft(), pickle.dumps(row, pickle.HIGHEST_PROTOCOL)


def batches_of(rows: Iterable[Ranked]) -> Iterator[pa.RecordBatch]:
    """Rows in the columns `ROWS`."""
    waiting = iter(rows)
    while part := list(islice(waiting, BATCH)):
        ranks, told = zip(*part, strict=True)
        yield pa.RecordBatch.from_arrays([*map(pa.array, zip(*ranks, strict=True)), pa.array(told)], schema=ROWS)


def rank(finding: Json) -> Rank:
    """By what findings are ordered: pairs as they come, condensed ones by the number of statements, too."""
    strength = STRENGTHS.index(finding["strength"])
    if "codes" in finding:
        code = min(CODE_ORDER[code] for code in finding["codes"])
        return strength, code, -finding["statements"], finding["id"], ""
    return strength, CODE_ORDER[finding["code"]], 0, *finding["claims"]


def added(stats: Iterable[Json], claims: int) -> Json:
    """The stats of several slices as those of the whole, in which `claims` were compared."""
    total: dict[str, Any] = {"claims": claims, "pairs": 0, "codes": Counter(), "strengths": Counter(), "suppressed": 0}
    for one in stats:
        for name in ("pairs", "suppressed"):
            total[name] += one[name]
        for name in ("codes", "strengths"):
            total[name].update(one[name])
    codes = {code: total["codes"][code] for family in CODES.values() for code in family if total["codes"][code]}
    return total | {"codes": codes, "strengths": {name: total["strengths"][name] for name in STRENGTHS}}
