"""What one slice of a package answers: rows that carry their place in the whole answer. The same on every engine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyarrow as pa

from claimtrack.discrepancy import CODES, Findings
from claimtrack.discrepancy.pairs import CODE_ORDER, STRENGTHS
from claimtrack.discrepancy.present import Json
from claimtrack.package import Package

Shape = Callable[[Iterable[Json], Package], Iterator[Json]]
"""What is wanted of each finding, one by one, in place of the object. A function of a module, so that it can travel."""

BATCH = 1_000
"""Rows that are held at once of every slice."""

RANK = ("strength", "code", "number", "first", "second")
"""The columns by which the rows of all slices are put in order."""
ROWS = pa.schema(
    [
        *((name, pa.int64()) for name in RANK[:3]),
        *((name, pa.string()) for name in RANK[3:]),
        ("row", pa.string()),
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


def rows_of(findings: Findings, package: Package, asked: Asked) -> Iterator[pa.RecordBatch]:
    """The rows of a slice in order: columns `RANK`, and each finding in its shape as JSON."""
    ranks: list[tuple[Any, ...]] = []

    def noted() -> Iterator[Json]:
        for one in findings.pairs() if asked.pairs else findings.each():
            ranks.append(rank(one))
            yield one

    shaped = asked.shape(noted(), package)
    while part := [json.dumps(one, ensure_ascii=False) for one in islice(shaped, BATCH)]:
        yield pa.RecordBatch.from_arrays([*map(pa.array, zip(*ranks, strict=True)), pa.array(part)], schema=ROWS)
        ranks.clear()


def rank(finding: Json) -> tuple[int, int, int, str, str]:
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
