"""What is shown of a diff, before it has a format: sections of entries, removals first, long tails counted.

The texts are raw: whoever prints them makes them safe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

from claimtrack.contribute.diff import Diff, Renamed, Uncorrected
from claimtrack.contribute.diff.findings import Finding, PairsDiff
from claimtrack.contribute.diff.names import followers
from claimtrack.contribute.diff.rows import Changed, Row
from claimtrack.problems import Problem
from claimtrack.report.diff.readers import SHELL, Reader
from claimtrack.report.figures import amount, in_phrase, phrases
from claimtrack.report.findings.order import codes_told
from claimtrack.report.problems.github import most_useful
from claimtrack.report.problems.summary import described
from claimtrack.report.words import listed, numbered
from claimtrack.structure.telling.shown import cut

T = TypeVar("T")

LISTED = 20
"""Entries of one section; the rest is counted."""

PAIRS = 5
"""Pairs of one finding that changes."""

FILES = 10
"""Files of which it is said how many problems they have that are not listed."""

LONGEST = 800
"""Characters of one text: the sentence of a claim has some 100, the explanation of a finding some 500."""

BEGUN = "what corrections.csv says of {} does not lead from what the cell was to what it is: mend old and new there"
"""What is said of changed cells that somebody has begun to correct."""

KEPT = (
    "Put the old id back, since ids are never edited: links, corrections and readers know the claim by it. What else "
    "was wrong in the row is changed under the old id."
)
"""What is said of a claim whose id was edited."""

_LABELS = ("text", "name", "question", "title", "reason", "description")
"""The column that says what a row is about."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that differs: what it is called, where it stands, and lines that say more."""

    name: str
    place: str
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of one sort; `more` were left out, and `where` says in which files these are, if anything does."""

    title: str
    entries: Sequence[Entry]
    more: int
    where: str = ""


def sections(diff: Diff, reader: Reader = SHELL) -> Iterator[Section]:
    """Only what differs."""
    waiting = [row for side in (diff.base, diff.head) for row in side.waiting.values()]
    row = partial(_row, books={row.path for row in waiting if row.header is None})
    for table in diff.tables.values():
        yield from _section(f"Removed from {table.name}", diff.removed(table), row)
    named = followers(diff.tables, diff.ids)
    renamed = [*diff.claims_renamed, *diff.names_renamed]
    yield from _section("Under another id", renamed, lambda one: _under_another_id(one, named))
    yield from _new_problems(diff.new)
    asked = [list(group) for _, group in groupby(diff.uncorrected, key=attrgetter("claim_id"))]
    yield from _section("Changed without a correction", asked, lambda cells: _uncorrected(cells, reader))
    if diff.findings is not None:
        pairs = diff.findings.pairs
        yield from _section("Discrepancies introduced", diff.findings.introduced, _finding)
        yield from _section(
            "Discrepancies that change", diff.findings.changed, lambda both: _turned(*both, pairs.get(both[1]["id"]))
        )
        yield from _section("Discrepancies resolved", diff.findings.resolved, _finding)
    for table in diff.tables.values():
        yield from _section(f"Changed in {table.name}", diff.changed(table), _changed)
    for table in diff.tables.values():
        yield from _section(f"Added to {table.name}", diff.added(table), row)
    yield from _section("Problems fixed", diff.fixed, _problem)


def notes(diff: Diff) -> Iterator[str]:
    """What could not be compared, and why, and what is noted of the inbox."""
    for side in diff.unloaded:
        yield f"{side.name} cannot be loaded, so discrepancies are not compared; its problems say why"
    for table in diff.tables.values():
        yield from table.notes
    yield from (note.text for note in diff.notes)


def listed_notes(diff: Diff, reader: Reader = SHELL) -> Iterator[str]:
    """The same, a long tail counted."""
    found = [*notes(diff)]
    yield from found[:LISTED]
    if len(found) > LISTED:
        yield f"… and {numbered(len(found) - LISTED, 'more note')}{reader.rest}"


def _new_problems(problems: Sequence[Problem]) -> Iterator[Section]:
    """Of very many the most useful, as they stand in the files: each contributor mends one file, row by row."""
    ranked = most_useful(problems)
    shown = sorted(ranked[:LISTED], key=Problem.sort_key)
    files = Counter(problem.path or "the package as a whole" for problem in ranked[LISTED:])
    where = ", ".join(f"{path} ({number:,})" for path, number in files.most_common(FILES))
    beyond = f" and {numbered(len(files) - FILES, 'more file')}" if len(files) > FILES else ""
    for section in _section("New problems", [*shown, *ranked[LISTED:]], _problem):
        yield replace(section, where=where + beyond)


def _section(title: str, found: Sequence[T], entry: Callable[[T], Entry]) -> Iterator[Section]:
    """What was found of one sort, each by its entry, a long tail counted; nothing where there is none."""
    if found:
        entries = [entry(one) for one in found[:LISTED]]
        yield Section(f"{title} ({len(found):,})", entries, len(found) - len(entries))


def _row(row: Row, books: Collection[str | None]) -> Entry:
    """A row by what it is about; with all its cells where they stand in a workbook, which no review can show."""
    label = next((row.cells[column] for column in _LABELS if column in row.cells), "")
    cells = "; ".join(f"{column}: {cell}" for column, cell in row.cells.items() if cell not in (row.key, label))
    lines = [label, cells if row.path in books else ""]
    return Entry(row.key.strip("/") or "no id", f"{row.path}:{row.line}", [_cut(line) for line in lines if line])


def _changed(row: Changed) -> Entry:
    lines = [f"{column}: {_quoted(was)} → {_quoted(now)}" for column, (was, now) in row.cells.items()]
    return Entry(row.after.key, f"{row.after.path}:{row.after.line}", lines)


def _under_another_id(one: Renamed, named: Mapping[tuple[str, str], Mapping[str, int]]) -> Entry:
    return _renamed(one) if one.table == "claims" else _name(one, named.get((one.table, one.after.key), {}))


def _name(one: Renamed, named: Mapping[str, int]) -> Entry:
    """An actor, place, incident or source, with how many rows name it by its new id."""
    rows = [numbered(count, name.removesuffix("s")) for name, count in named.items()]
    told = f"{listed(rows)} changed for that, and for nothing else" if rows else "no other row changed for that alone"
    lines = [f"is {one.before.key} in {one.table}: all cells but the id are the same", told]
    return Entry(one.after.key, f"{one.after.path}:{one.after.line}", lines)


def _renamed(one: Renamed) -> Entry:
    lines = [f"is {one.before.key}: all cells but the id are the same", KEPT]
    if one.columns:
        apart = listed(["its id", *one.columns])
        lines = [
            f"reads like {one.before.key}, which is gone, but for {apart}",
            f"If it is that claim: {KEPT[0].lower()}{KEPT[1:]}",
        ]
    return Entry(one.after.key, f"{one.after.path}:{one.after.line}", lines)


def _uncorrected(cells: Sequence[Uncorrected], reader: Reader) -> Entry:
    """One claim, and its cells."""
    lines = [f"{one.column}: {_quoted(one.old)} → {_quoted(one.new)}" for one in cells]
    lacking = [one for one in cells if not one.begun]
    if lacking:
        lines += reader.corrections(lacking, LONGEST)
    begun = [one.column for one in cells if one.begun]
    if begun:
        lines.append(BEGUN.format(listed(begun)))
    return Entry(cells[0].claim_id, f"{cells[0].path}:{cells[0].line}", lines)


def _problem(problem: Problem) -> Entry:
    place = ":".join(str(part) for part in (problem.path, problem.line, problem.column) if part is not None)
    lines = [described(problem), *([f"fix: {problem.fix}"] if problem.fix else [])]
    return Entry(f"{problem.severity} {problem.code}", place, [*map(_cut, lines)])


def _finding(finding: Finding) -> Entry:
    """Hours are left to the sentence: whether they are bounds is told by how claims fill their periods."""
    figures = {name: figure for name, figure in finding["figures"].items() if figure["unit"] != "hours"}
    told = "; ".join([finding["strength"], codes_told(finding), *phrases({**finding, "figures": figures})])
    return Entry(told, finding["id"], [_cut(finding["explanation"])])


def _turned(was: Finding, now: Finding, pairs: PairsDiff | None) -> Entry:
    """A finding of which only is told what has changed: the pairs that have, or else what stands for all of them."""
    parts = {
        "strength": (was["strength"], now["strength"]),
        "codes": (codes_told(was), codes_told(now)),
        "statements": (str(was["statements"]), str(now["statements"])),
    }
    lines = [f"{name}: {before} → {after}" for name, (before, after) in parts.items() if before != after]
    lines += _figures(was["figures"], now["figures"])
    told = [*told_pairs(pairs)] or [now["explanation"]]
    left_out = [f"… and {numbered(len(told) - PAIRS, 'more pair')}"] if len(told) > PAIRS else []
    return Entry(f"{now['strength']}; {codes_told(now)}", now["id"], [*lines, *map(_cut, told[:PAIRS]), *left_out])


def told_pairs(pairs: PairsDiff | None) -> Iterator[str]:
    """The sentences of pairs that come, turn out otherwise or go, each after a word that says so."""
    return (f"{word}: {pair['explanation']}" for word, pair in changed_pairs(pairs))


def changed_pairs(pairs: PairsDiff | None) -> Iterator[tuple[str, Finding]]:
    """The word and the pair, as it is, or as it was where it is gone."""
    if pairs is not None:
        yield from (("new", pair) for pair in pairs.introduced)
        yield from (("now", after) for _, after in pairs.changed)
        yield from (("gone", pair) for pair in pairs.resolved)


def _figures(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """'figure: overlap of 9 h → 8 h' for each that has changed; 'new figure: overlap of 8 h', or 'figure gone: …'."""
    for name in {**was, **now}:
        before, after = (_figure(side[name]) if name in side else None for side in (was, now))
        if before != after:
            label = "new figure" if before is None else "figure gone" if after is None else "figure"
            yield f"{label}: {in_phrase(name, ' → '.join(told for told in (before, after) if told))}"


def _figure(figure: Mapping[str, float | str | None]) -> str:
    """'4 h (3 h to 5 h)': the value and, where they differ from it, the extremes over all readings; 'at least 4 h'."""
    value, low, high = (_amount(figure[part], str(figure["unit"])) for part in ("value", "low", "high"))
    reach = low if low == high else f"{low} to {high}"
    if figure["value"] is None:
        return f"{reach} under another reading"
    if figure["high"] is None and value == low:
        return f"at least {value}"
    return value if value == reach else f"{value} ({reach})"


def _amount(number: float | str | None, unit: str) -> str:
    return "open" if number is None else amount(float(number), unit)


def _quoted(cell: str) -> str:
    return f'"{_cut(cell)}"' if cell else "blank"


def _cut(text: str) -> str:
    return cut(text, LONGEST)


def left_out(section: Section, reader: Reader = SHELL) -> str:
    """'… and 3 more entries (use --format json for all)'."""
    where = f": {section.where}" if section.where else ""
    return f"… and {section.more:,} more {'entry' if section.more == 1 else 'entries'}{where}{reader.rest}"
