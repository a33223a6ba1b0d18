"""The one place from which the reading commands ask for discrepancies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from claimtrack.discrepancy import Findings, compute
from claimtrack.errors import UsageError
from claimtrack.package import Package
from claimtrack.rulebook import rules
from claimtrack.views.names import closest, incident_meant, known


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which findings are asked for; an empty selection means all."""

    as_of: datetime | None = None
    retracted: bool = False
    codes: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()


def find(package: Package, question: Question) -> Findings:
    """The findings that answer the question; `UsageError` for a claim, incident or code that does not exist."""
    for code in question.codes:
        _finding_code(code)
    for claim_id in question.claims:
        known(claim_id, package.claims["claim_id"], "claim")
    for incident_id in question.incidents:
        incident_meant(package, incident_id)
    return compute(
        package,
        as_of=question.as_of,
        retracted=question.retracted,
        code=question.codes,
        claim=question.claims,
        incident=question.incidents,
        strength=question.strengths,
    )


def finding_codes() -> list[str]:
    """The codes that a discrepancy can have."""
    return [code for code, rule in rules().items() if rule.severity == "finding"]


def _finding_code(code: str) -> None:
    if code not in finding_codes():
        raise UsageError(f"there is no finding {code!r}{closest(code, finding_codes())}")
