"""Everything that is wrong with a package, in one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.errors import UsageError
from claimtrack.locate import descriptor_at, shipped_root
from claimtrack.package.parts import Part, parts
from claimtrack.problems import Problem
from claimtrack.rulebook import problem, rule
from claimtrack.structure import Raw, RawTable, affected_rows, broken_rows, read
from claimtrack.structure.rows.ahead import ahead
from claimtrack.structure.telling.shown import printable

if TYPE_CHECKING:
    from claimtrack.package import Package
    from claimtrack.rules import Breach

ENGINES = ("fast", "frictionless")
# These look at rows that a row points to, and may take the lack of a cell there for an answer.
_LOOKING_AROUND = frozenset(
    {
        *("codebook", "corrections", "hierarchies", "links", "lists", "relays", "zones"),
        *("count-without-unit", "valid-outside-incident"),
    }
)
# These look for something among all rows of the same table, which a broken row may be hiding.
_SEARCHING = frozenset({"codebook", "corrections", "lists", "relays"})


def validate(path: str | Path | None = None, engine: str = "fast") -> list[Problem]:
    """All problems of the package at `path` (left out: the one shipped with the library), sorted by place.

    What is found in files and cells does not keep the rules from being checked on everything that is left. The engine
    "frictionless" lets frictionless check cells and keys; it finds the same, slowly. Raises `UsageError` where there is
    no package that could be opened, or no such engine.
    """
    if engine not in ENGINES:
        raise UsageError(f"there is no engine {engine!r}; there are {' and '.join(ENGINES)}")
    descriptor = descriptor_at(shipped_root() if path is None else path)
    raw = read(descriptor)
    if engine == "frictionless":
        from claimtrack.structure.referee import judged

        return sorted([*judged(raw), *_broken_rules(raw, parts(raw, descriptor))], key=Problem.sort_key)
    return problems_of(raw, descriptor)


def problems_of(raw: Raw, descriptor: Path, package: Package | None = None) -> list[Problem]:
    """The same for a package that has been read already, and may have been typed by `from_raw`, too."""
    stream = ahead(parts(raw, descriptor, package))
    if raw.is_large:
        return sorted([*raw.problems, *_broken_rules(raw, stream)], key=Problem.sort_key)
    with ThreadPoolExecutor(1) as pool:
        in_files = pool.submit(lambda: raw.problems)
        in_rows = list(_broken_rules(raw, stream))
    return sorted([*in_files.result(), *in_rows], key=Problem.sort_key)


def _broken_rules(raw: Raw, some: Iterable[Part]) -> Iterator[Problem]:
    """What breaks the rules, but for what may only follow from a fault that was found before."""
    broken = {name: broken_rows(table) for name, table in raw.tables.items()}
    affected = affected_rows(raw.tables)
    for breach in _breaches(some):
        table = raw.tables[breach.resource]
        terms = {breach.code, rule(breach.code).topic}
        doubtful = affected if terms & _LOOKING_AROUND else broken
        lost = breach.row >= len(table.lines) or bool(table.absent)
        searched = bool(terms & _SEARCHING) and (bool(table.lost) or bool(broken[breach.resource].any()))
        if not (lost or searched or doubtful[breach.resource][breach.row]):
            yield _problem(breach, table)


def _breaches(some: Iterable[Part]) -> Iterator[Breach]:
    """What breaks the rules, with the rows of the whole tables."""
    from claimtrack.rules import check

    for part in some:
        for breach in check(part.package, part.about):
            rows = part.rows.get(breach.resource)
            yield breach if rows is None else replace(breach, row=int(rows[breach.row]))


def _problem(breach: Breach, table: RawTable) -> Problem:
    line, column = table.place(breach.row, breach.field)
    return problem(
        breach.code,
        _visible(breach.message),
        path=table.path,
        line=line,
        column=column,
        resource=breach.resource,
        field=breach.field,
        key=table.key(breach.row),
        fix=_visible(breach.fix) if breach.fix else None,
    )


def _visible(words: str) -> str:
    """What is said of a row may name its ids, in which there can be anything."""
    return printable(words, len(words))
