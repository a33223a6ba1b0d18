"""The questions of `claimtrack add`, put one after the other at a terminal."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

import questionary

from claimtrack.contribute.advice import which_moment
from claimtrack.contribute.draft import missing
from claimtrack.contribute.naming import LABELS, Names, names, predicates
from claimtrack.contribute.overlay import Addition
from claimtrack.contribute.questions import (
    STATEMENT,
    TOPICS,
    claims,
    options,
    reference,
    required_by,
    used_by,
    with_meaning,
)
from claimtrack.contribute.statements import SPEAKING, proposed
from claimtrack.problems import Problem
from claimtrack.rules.counts import COUNT_COLUMNS
from claimtrack.schema import Field, table_schema
from claimtrack.structure.cells.columns import fault_of
from claimtrack.structure.cells.spelling import WHOLE_MOMENT, slug
from claimtrack.structure.telling.nearest import in_words

if TYPE_CHECKING:
    from claimtrack.package import Package

_NONE = "(leave blank)"
_UNCHOSEN = "(choose one of these)"
_NOT_BLANK = "This cannot be left blank."
_HINT = "fg:ansibrightblack"
_FOLLOWS = {
    "valid_mode": ("valid_from", "valid_to"),
    "zone_basis": ("valid_from", "valid_to"),
    "bounds_basis": ("valid_from", "valid_to"),
    "place_relation": ("place_id",),
}
"""Asked for only where one of the others is filled, and then not to be left blank."""


HOW = (
    "For names and ids type a part, and take one of those that are offered with Tab; what is not there can be added. "
    "Leave blank what the source does not say. Ctrl-C stops, and nothing is written."
)


class Interview:
    """Asks for what is not given yet. `added` collects rows of other tables that were made on the way; `earlier` are
    answers to propose once more.

    Every method raises KeyboardInterrupt when the person stops.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self.added: list[Addition] = []
        self.earlier: Mapping[str, str] = {}

    def claim(self, given: Mapping[str, str]) -> dict[str, str]:
        """The cells of one claim: those given, and the answers."""
        cells = dict(given)
        for topic, columns in TOPICS.items():
            told = False
            for column in columns:
                if column in cells or not _applies(column, cells) or not self._counted(column, cells):
                    continue
                if not told:
                    questionary.print(f"\n{topic}", style="bold")
                    told = True
                cells[column] = self._column(column, cells)
        return cells

    def _column(self, column: str, cells: Mapping[str, str]) -> str:
        field = claims().field(column)
        required = column in _FOLLOWS or column in missing({**cells, column: ""})
        key = reference(column)
        if column == "predicate":
            hint(field.description)
            known = predicates(self._package, cells["kind"])
            return _completed(f"{field.title}:", known.offered(), required, among=True)
        if key:
            hint(field.description)
            return self._reference(field, key.resource, required, self.earlier.get(column, ""))
        return _answer(field, required, self.earlier.get(column, _proposed(column, cells, self._package)))

    def _counted(self, column: str, cells: Mapping[str, str]) -> bool:
        """Whether there is a figure to ask for: that a toll will rise, for one, is a claim without any."""
        codebook = self._package.predicates
        of_predicate = (codebook["kind"] == cells.get("kind")) & (codebook["predicate"] == cells.get("predicate"))
        return column not in COUNT_COLUMNS or bool(codebook.loc[of_predicate, "unit"].notna().any())

    def _reference(self, field: Field, table: str, required: bool, proposed: str = "") -> str:
        """An id of a table, of a row that is there or of one that is made now."""
        known = self._known(table)
        typed = _completed(f"{field.title}:", known.offered(), required, proposed)
        found = known.meant(typed)
        if not typed or found:
            return found or ""
        if confirmed(_missed(typed, table, known)):
            return self._create(table, typed)
        return self._reference(field, table, required)

    def _known(self, table: str) -> Names:
        known = names(self._package, table)
        own = [row.cells for row in self.added if row.table == table]
        key = table_schema(table).primary_key[0]
        return Names({**known.labels, **{row[key]: row[LABELS[table]] for row in own}}, known.spellings)

    def _create(self, table: str, typed: str) -> str:
        """A new row of a table that claims point to."""
        key = table_schema(table).primary_key[0]
        cells = self._row(table, {key: slug(typed), LABELS[table]: typed}, {})
        self.added.append(Addition(table, cells))
        return cells[key]

    def at_fault(self, problems: Iterable[Problem]) -> list[Addition]:
        """The new rows of other tables that have an error."""
        keys = {(problem.resource, problem.key) for problem in problems if problem.severity == "error"}
        return [row for row in self.added if (row.table, row.cells[table_schema(row.table).primary_key[0]]) in keys]

    def again(self, row: Addition) -> None:
        """Ask for a new row once more, its answers proposed. Its key stays: the claim names it."""
        key = table_schema(row.table).primary_key[0]
        cells = self._row(row.table, row.cells, {key: row.cells[key]})
        self.added[self.added.index(row)] = Addition(row.table, cells)

    def _row(self, table: str, proposed: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
        """The cells of a new row: those given, and the answers."""
        schema = table_schema(table)
        keys = {key.fields[0]: key.resource for key in schema.foreign_keys}
        cells = dict(given)
        questionary.print(f"\nNew in {table}.csv", style="bold")
        for field in schema.fields:
            if field.name in given:
                continue
            before = proposed.get(field.name, "")
            if field.name in keys:
                hint(field.description)
                cells[field.name] = self._reference(field, keys[field.name], field.required, before)
            else:
                taken = self._known(table).labels if field.name == schema.primary_key[0] else ()
                cells[field.name] = _answer(field, field.required, before, taken)
        return cells


def hint(words: str) -> None:
    """Words of explanation, in lines as long as the terminal's."""
    room = max(shutil.get_terminal_size().columns - 1, 1)
    questionary.print(fill(words, room, break_on_hyphens=False), style=_HINT)


def _put(question: questionary.Question) -> Any:
    """The answer. Ctrl-D, the end of what can be typed, stops as Ctrl-C does: it raises KeyboardInterrupt."""
    try:
        return question.unsafe_ask()
    except EOFError:
        raise KeyboardInterrupt from None


def confirmed(question: str) -> bool:
    """A yes or no; no unless said otherwise. Raises KeyboardInterrupt when the person stops."""
    return bool(_put(questionary.confirm(question, default=False)))


def answered(question: str) -> str:
    """What somebody types, which cannot be blank. Raises KeyboardInterrupt when the person stops."""

    def valid(text: str) -> bool | str:
        return bool(text.strip()) or _NOT_BLANK

    return str(_put(questionary.text(question, validate=valid)))


def _applies(column: str, cells: Mapping[str, str]) -> bool:
    if column in _FOLLOWS and not any(cells.get(other) for other in _FOLLOWS[column]):
        return False
    kind = cells.get("kind")
    return column in used_by(kind) or column in required_by(kind)


def _proposed(column: str, cells: Mapping[str, str], package: Package) -> str:
    if column == STATEMENT:
        columns = (STATEMENT, *SPEAKING)
        others = zip(*(package.claims[name] for name in columns), strict=True)
        return proposed(cells, (dict(zip(columns, other, strict=True)) for other in others))
    if column in ("reported_to", "asserted_to"):
        return cells.get(column.replace("_to", "_from"), "")
    return ""


def _answer(field: Field, required: bool, proposed: str, taken: Collection[str] = ()) -> str:
    """A cell that names no row: chosen from the values of its column, or typed."""
    label = f"{field.title}:"
    hint(field.description)
    if options(field):
        return _chosen(label, field, required, proposed)

    def valid(text: str) -> bool | str:
        if not text.strip():
            return _NOT_BLANK if required else True
        if text.strip() in taken:
            return "There is a row of that id already."
        fault = fault_of(field, text.strip())
        return f"{fault.message}. {_way_out(field, text, fault.fix)}" if fault else True

    return str(_put(questionary.text(label, default=proposed, validate=valid))).strip()


def _missed(typed: str, table: str, known: Names) -> str:
    """The question whether what is typed is new, since it names no row, or more than one."""
    several, close = known.named(typed), known.close(typed)
    if several:
        return f"{typed!r} may be {in_words(several)}. Add another one?"
    like = f" It looks like {in_words(close)}." if close else ""
    return f"{typed!r} is not in {table}.csv.{like} Add it?"


def _way_out(field: Field, text: str, fix: str | None) -> str:
    """What to type instead of what is no value of a column; `fix` is what is said of it in a file."""
    if fix not in (None, WHOLE_MOMENT):
        return fix
    hint = which_moment(text.strip()) if field.type == "datetime" else None
    return hint or f"Write it like {field.example}."


def _chosen(label: str, field: Field, required: bool, proposed: str) -> str:
    """One of the values of a column, or "".

    Some line of the list is always highlighted. At first it is one that stands for no value, so that nobody answers by
    a press of Enter what they have not chosen.
    """
    offered = options(field)
    choices = [
        questionary.Choice(_UNCHOSEN if required else _NONE, ""),
        *(questionary.Choice(with_meaning(field, value), value) for value in offered),
    ]
    while True:
        question = questionary.select(label, choices, default=proposed if proposed in offered else None)
        answer = str(_put(question))
        if answer or not required:
            return answer
        questionary.print(_NOT_BLANK)


def _completed(label: str, offered: dict[str, str], required: bool, proposed: str = "", *, among: bool = False) -> str:
    """What is typed, with completion; with `among` only what is offered."""

    def valid(text: str) -> bool | str:
        if not text.strip():
            return _NOT_BLANK if required else True
        return not among or text.strip() in offered or "Choose one of those that are offered."

    question = questionary.autocomplete(
        label,
        list(offered),
        default=proposed,
        meta_information=offered,
        ignore_case=True,
        match_middle=True,
        validate=valid,
    )
    return str(_put(question)).strip()
