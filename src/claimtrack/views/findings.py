"""The one place from which the reading commands ask for discrepancies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from claimtrack.discrepancy import Findings, compute
from claimtrack.errors import UsageError
from claimtrack.package import Package
from claimtrack.partition import Held, Sliced, Tick, cut, silent
from claimtrack.partition.fetched import Fetch, Fetched
from claimtrack.partition.spooled import Spooled, check_fits, held_columns, spool, within
from claimtrack.rulebook import rules
from claimtrack.spark import Sparked, on_spark, session
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

    @property
    def selection(self) -> dict[str, tuple[str, ...]]:
        """What is selected, by the names that `compute` has for it."""
        return {"code": self.codes, "claim": self.claims, "incident": self.incidents, "strength": self.strengths}


def check(package: Package, question: Question) -> None:
    """Raise `UsageError`, with what is closest, for a claim, incident or code that does not exist."""
    for code in question.codes:
        _finding_code(code)
    for claim_id in question.claims:
        known(claim_id, package.claims["claim_id"], "claim")
    for incident_id in question.incidents:
        incident_meant(package, incident_id)


def find(package: Package, question: Question) -> Findings:
    """The findings that answer the question; `UsageError` for a claim, incident or code that does not exist."""
    check(package, question)
    return compute(package, as_of=question.as_of, retracted=question.retracted, **question.selection)


def sliced(package: Package, question: Question, tick: Tick = silent) -> Sliced:
    """The same, computed slice by slice where the package is large; `tick` is told how many slices are done."""
    check(package, question)
    selection = question.selection
    whole = cut(package, as_of=question.as_of, retracted=question.retracted, selection=selection)
    return Sliced(Held(whole), selection, tick)


def fetched(package: Package, fetch: Fetch, question: Question) -> Sliced:
    """The same for a question about a few claims of a package `to_fetch_from`: only what can meet them is read."""
    check(package, question)
    whole = cut(package, as_of=question.as_of, retracted=question.retracted, selection=question.selection)
    return Sliced(Fetched(package, whole, fetch), question.selection)


def spooled(descriptors: Sequence[Path], question: Question, limit: int, tick: Tick = silent) -> Sliced:
    """The same within so many bytes of memory, claims waiting on disk; `UsageError` where that cannot be."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="claimtrack-")))
        selection = question.selection
        package = spool(descriptors, folder / "claims.parquet", held_columns(selection))
        check(package, question)
        number = len(package.claims)
        most = within(limit, number)
        whole = cut(package, as_of=question.as_of, retracted=question.retracted, selection=selection, most=most)
        check_fits(whole, limit, number)
        slices = Spooled(whole, folder / "claims.parquet")
        return Sliced(slices, selection, tick, opened=stack.pop_all())


@contextmanager
def sparked(
    descriptors: Sequence[Path], question: Question, master: str | None, tick: Tick = silent
) -> Iterator[Sparked]:
    """The same on Apache Spark, for as long as the block runs; `UsageError` where there is none."""
    with session(master) as running:
        package, claims = on_spark(running, descriptors, held_columns(question.selection))
        check(package, question)
        asked = question.selection
        found = Sparked.of(
            running, package, claims, as_of=question.as_of, retracted=question.retracted, selection=asked
        )
        found.tick = tick
        yield found


def finding_codes() -> list[str]:
    """The codes that a discrepancy can have."""
    return [code for code, rule in rules().items() if rule.severity == "finding"]


def _finding_code(code: str) -> None:
    if code not in finding_codes():
        raise UsageError(f"there is no finding {code!r}{closest(code, finding_codes())}; `claimtrack rule` lists all")
