"""Claims as entries: none entered twice, and one utterance read in one document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimtrack.ids import CLAIM_ID_COLUMNS
from claimtrack.rules.breach import Condition, mask
from claimtrack.rules.cells import is_any
from claimtrack.structure.telling.unstated import WORDS

if TYPE_CHECKING:
    from claimtrack.package import Package


def _twice(package: Package) -> Iterator[Condition]:
    claims, columns = package.claims, list(CLAIM_ID_COLUMNS)
    few = claims.duplicated(["locator", "source_id", "predicate"], keep=False)  # they sift out most
    near = claims[["claim_id", *columns]][few]
    alike = near[near.duplicated(columns, keep=False)]
    if alike.empty:
        return
    first = alike.groupby(columns, dropna=False, sort=False)["claim_id"].transform("first")
    yield Condition(
        code="claim-twice",
        table="claims",
        field="claim_id",
        broken=claims.index.isin(alike.index[mask(alike["claim_id"] != first)]),
        message=lambda row: (
            f"claim {first.loc[row]} is entered once more: everything that an id is minted from is the same"
        ),
    )


def _unnamed(package: Package) -> Iterator[Condition]:
    claims = package.claims
    yield Condition(
        code="statement-unnamed",
        table="claims",
        field="statement_id",
        broken=is_any(claims, "statement_id", *WORDS),
        message=lambda row: f"'{claims['statement_id'].iloc[row]}' is no name of a statement: it says 'not stated'",
    )


def _one_source(package: Package) -> Iterator[Condition]:
    claims = package.claims
    sources = claims["source_id"]
    first = sources.groupby(claims["statement_id"]).transform("first")
    yield Condition(
        code="statement-sources",
        table="claims",
        field="statement_id",
        broken=mask(sources != first) & ~is_any(claims, "statement_id", *WORDS),
        message=lambda row: (
            f"statement {claims['statement_id'].iloc[row]} was read in {first.iloc[row]}, "
            f"and here in {sources.iloc[row]}"
        ),
    )


CLAIM_RULES = (_unnamed,)
COMPARING_RULES = (_twice, _one_source)
