"""Findings as a frame: what `claimtrack.discrepancies` returns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pyarrow as pa

from claimtrack.discrepancy import moment
from claimtrack.discrepancy.telling.present import PAIR
from claimtrack.discrepancy.telling.summary import CONDENSED
from claimtrack.package import Package, check_package
from claimtrack.report.findings.table import PARQUET, rows
from claimtrack.views.findings import Question, find
from claimtrack.views.strengths import STRENGTHS

STRENGTH = pd.CategoricalDtype([*reversed(STRENGTHS)], ordered=True)
"""Weakest first, so that the strongest is the largest."""
MOMENTS = ("first_at", "last_at")
TYPES: dict[pa.DataType, Any] = {
    pa.string(): pd.StringDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
}
"""As the tables of a package have them."""
KEYS = {False: CONDENSED, True: (*PAIR, "mutual")}
"""Of objects, or (True) of pairs. What only some families have is missing in the others."""
NESTED = {
    **dict.fromkeys(("id", "finding_id", "family", "code", "explanation"), pd.StringDtype()),
    **dict.fromkeys(("same_statement", "linked"), "bool"),
    "statements": "int64",
    "mutual": "boolean",
}
"""Of the objects, what pandas would take for something else where there are none, or where only some have it."""


def discrepancies(
    package: Package,
    as_of: datetime | str | None = None,
    *,
    pairs: bool = False,
    flat: bool = False,
    code: str | Iterable[str] | None = None,
    claim: str | Iterable[str] | None = None,
    incident: str | Iterable[str] | None = None,
    strength: str | Iterable[str] | None = None,
    retracted: bool = False,
) -> pd.DataFrame:
    """The discrepancies of a package as a frame: one row a contradicted claim or scope, or (`pairs`) a pair of claims.

    Columns are the keys of the JSON objects of `claimtrack discrepancies`; with `flat` those of its CSV and Parquet,
    none of which holds lists or objects. They are there where nothing is found, too. Rows come strongest first, flat or
    not. `strength` is an ordered category (unconfirmed < tension < possible < definite). `first_at` and `last_at` are
    moments in UTC. Figures are in the unit that stands beside them.

    `as_of` (with its UTC offset) leaves out what had not been reported by then; retracted claims are left out unless
    `retracted`. `code`, `claim`, `incident` and `strength` keep only pairs of these codes and strengths that touch
    these claims and incidents: one of each or several; None asks for all, an empty list for none.

    Raises `UsageError` for a code, claim, incident or strength that does not exist and for an `as_of` that is no
    moment, `TypeError` for what is no `Package` or no text.
    """
    check_package(package)
    given = {"code": code, "claim": claim, "incident": incident, "strength": strength}
    asked = {f"{name}s": _several(name, one) for name, one in given.items() if one is not None}
    findings = find(package, Question(as_of=moment(as_of), retracted=retracted, **asked))
    found = list(findings.pairs() if pairs else findings.condensed()) if all(asked.values()) else []
    frame: pd.DataFrame
    if flat:
        frame = pa.Table.from_pylist(list(rows(found, package)), PARQUET).to_pandas(types_mapper=TYPES.get)
    else:
        frame = pd.DataFrame(found, columns=list(KEYS[pairs]))
        frame = frame.astype({name: dtype for name, dtype in NESTED.items() if name in frame})
    typed = {name: _moments(frame[name]) for name in MOMENTS if name in frame}
    return frame.assign(strength=frame["strength"].astype(STRENGTH), **typed)


def _several(what: str, given: str | Iterable[str]) -> tuple[str, ...]:
    names = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"{what}: expected text or several texts, not {type(name).__name__}")
    return names


def _moments(told: pd.Series[Any]) -> pd.Series[Any]:
    """ISO 8601 times as moments. Each is one: a finding without a time has none, and whole days are never told."""
    moments = [None if pd.isna(time) else datetime.fromisoformat(time).astimezone(UTC) for time in told]
    return pd.Series(pa.array(moments, pa.timestamp("us", "UTC")).to_pandas())
