"""The one place from which the reading commands ask for discrepancies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from claimtrack.discrepancy import Findings, compute
from claimtrack.errors import UsageError
from claimtrack.package import Package
from claimtrack.partition import Held, Sliced, Tick, cut, silent
from claimtrack.partition.cutting import cut_waiting
from claimtrack.partition.fetched import Fetch, Fetched, to_fetch_from
from claimtrack.partition.limits import LARGE, check_fits, within
from claimtrack.partition.memory import give_back
from claimtrack.partition.spooled import Spooled
from claimtrack.partition.thin import held_columns
from claimtrack.partition.waiting import Waiting
from claimtrack.rulebook import rules
from claimtrack.spark import Sparked, on_spark, session
from claimtrack.temporary import temporary_folder
from claimtrack.views.names import closest, incident_meant, known
from claimtrack.views.strengths import STRENGTHS


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
    """Raise `UsageError`, with what is closest, for a claim, incident, code or strength that does not exist."""
    for code in question.codes:
        _finding_code(code)
    for strength in question.strengths:
        if strength not in STRENGTHS:
            raise UsageError(f"there is no strength {strength!r}; there are {', '.join(STRENGTHS)}")
    ids = package.claims["claim_id"]
    for claim_id in question.claims:
        if not (ids == claim_id).any():
            known(claim_id, set(ids), "claim")
    for incident_id in question.incidents:
        incident_meant(package, incident_id)


def find(package: Package, question: Question) -> Findings:
    """The findings that answer the question; `UsageError` for a selection that does not exist."""
    check(package, question)
    return compute(package, as_of=question.as_of, retracted=question.retracted, **question.selection)


def sliced(package: Package, question: Question, tick: Tick = silent) -> Sliced:
    """The same, computed slice by slice where the package is large; `tick` is told how many slices are done."""
    check(package, question)
    selection = question.selection
    whole = cut(package, as_of=question.as_of, retracted=question.retracted, selection=selection)
    return Sliced(Held(whole), selection, tick)


def fetched(package: Package, fetch: Fetch, question: Question, tick: Tick = silent) -> Sliced:
    """The same for a question about some claims or incidents of a package `to_fetch_from`.

    Only what can meet them is read.
    """
    check(package, question)
    whole = cut(package, as_of=question.as_of, retracted=question.retracted, selection=question.selection)
    return Sliced(Fetched(package, whole, fetch), question.selection, tick)


def answered(descriptors: Sequence[Path], question: Question, limit: int | None, tick: Tick = silent) -> Sliced:
    """The same of packages read as one: where they are large, or with a limit of bytes, claims wait on disk.

    Of one package no more is read than can meet what is asked about, unless that is large, too. Raises `DataError`,
    `ConflictError` and `UsageError` as `load` and `together` do, and `UsageError` where the limit cannot be kept.
    """
    narrow = limit is None and len(descriptors) == 1 and bool(question.claims or question.incidents)
    if narrow and (found := _narrowly(descriptors[0], question, tick)):
        return found
    waiting = Waiting(descriptors)
    if limit is None and waiting.extent.all_claims <= LARGE:
        return sliced(waiting.package(), question, tick)
    return spooled(waiting, question, limit, tick)


def _narrowly(descriptor: Path, question: Question, tick: Tick) -> Sliced | None:
    """The same of what can meet what is asked about; None where that is large."""
    found = fetched(*to_fetch_from(descriptor), question, tick)
    return found if len(found.slices.cut.slice) <= LARGE else None


def spooled(waiting: Waiting, question: Question, limit: int | None = None, tick: Tick = silent) -> Sliced:
    """The same of claims that wait on disk."""
    most = LARGE if limit is None else within(limit, waiting.extent)
    selection = question.selection
    with ExitStack() as stack:
        folder = stack.enter_context(temporary_folder())
        waits = cut_waiting(
            waiting,
            folder,
            as_of=question.as_of,
            retracted=question.retracted,
            selection=selection,
            most=most,
            check=lambda package: check(package, question),
        )
        if limit is not None:
            check_fits(waits.cut, limit, waiting.extent)
        give_back()
        return Sliced(Spooled(waits, waiting, folder), selection, tick, opened=stack.pop_all())


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
