"""References that lead nowhere: which of them are faults of their own, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from claimtrack.ids import HASHED
from claimtrack.problems import Problem
from claimtrack.schema import ForeignKey
from claimtrack.structure.cells.columns import compiled, refused
from claimtrack.structure.keys.strings import JOINT, joined, key_parts, key_values, lost_keys
from claimtrack.structure.limits import CANDIDATES, SUGGESTIONS
from claimtrack.structure.tables.raw import RawTable
from claimtrack.structure.telling.nearest import closest, in_words
from claimtrack.structure.telling.reporter import Reporter
from claimtrack.structure.telling.shown import shown
from claimtrack.structure.telling.unstated import left_out, says_nothing

CLAIMS = "claims"
OTHERS = 8
"""So many first parts of a key are named with which its last one is there."""
_GONE = "Correct the id. If that claim was taken out of the package, take out this row too, or put the claim back."


def nowhere(key: ForeignKey, values: Sequence[str], path: str) -> str:
    """What is said of values of a foreign key that are not in the file at `path`."""
    named = " with ".join(f"{field} {shown(value)}" for field, value in zip(key.fields, values, strict=True))
    return f"{named} is not in {path} ({', '.join(key.reference_fields)})"


@dataclass(frozen=True)
class Dangling:
    """The rows of a table, counted from 0, whose foreign key leads nowhere."""

    table: RawTable
    key: ForeignKey
    rows: Sequence[int]

    @cached_property
    def unknown(self) -> dict[int, str]:
        """By row the value that leads nowhere; rows are left out where that value is itself at fault."""
        rows = [
            row for row in self.rows
            if not any((int(self.table.lines[row]), field) in self.table.blamed for field in self.key.fields)
        ]  # fmt: skip
        return {row: JOINT.join(self.table.store.cell(row, field) for field in self.key.fields) for row in rows}


def unknown_references(dangling: Iterable[Dangling], tables: Mapping[str, RawTable]) -> list[Problem]:
    """The problems of references that lead nowhere, but for those that follow from a fault of the row that is meant."""
    groups: dict[tuple[str, tuple[str, ...]], list[Dangling]] = {}
    for each in dangling:
        if each.rows:
            groups.setdefault((each.key.resource, each.key.reference_fields), []).append(each)
    found: list[Problem] = []
    for (name, fields), members in groups.items():
        target = tables[name]
        unknown = {value for each in members for value in each.unknown.values()}
        known = _known(target, fields, unknown)
        following = _following(target, fields, known, unknown)
        for each in members:
            found += _problems(each, _Words(each.key, target, known), following)
    return found


def _known(target: RawTable, fields: Sequence[str], unknown: set[str]) -> set[str]:
    """The keys that are there and may be meant: of very many only those that begin or end like an unknown one."""
    if not unknown:
        return set()
    if target.store.rows <= CANDIDATES:
        return set(key_values(target, fields).to_pylist()) - {None}
    asked = sorted(unknown)[:SUGGESTIONS]
    heads, tails = ({value[:6] for value in asked}, {value[-6:] for value in asked})
    return {
        value
        for part in key_parts(target, fields)
        for value in part.to_pylist()
        if value and (value[:6] in heads or value[-6:] in tails)
    }


def _problems(dangling: Dangling, words: _Words, following: set[str]) -> list[Problem]:
    table, field = dangling.table, dangling.key.fields[-1]
    report = Reporter(table.name, table.path)
    for row, value in dangling.unknown.items():
        if value not in following:
            message, fix = words.of(value)
            cell = value.rpartition(JOINT)[2]
            fix = left_out(table.schema.field(field), cell) if says_nothing(cell) else fix
            report("reference-unknown", message, *table.place(row, field), field=field, key=table.key(row), fix=fix)
    return report.problems


def _following(target: RawTable, fields: Sequence[str], known: set[str], unknown: set[str]) -> set[str]:
    """The unknown values of which the row that is meant is there, and only its own fault keeps it from being found.

    These are the values of keys at fault and such as are much like one of them. Where no more values are left than
    there are keys that could be anything, they are what those keys ought to be. Where there are more, that is asked
    again of the values that are no slips of a key that is there.
    """
    values, nameless = _keys_at_fault(target, fields)
    following = unknown & values.keys()
    folded = {value.casefold(): value for value in values}
    taken = set(following)
    for value in sorted(unknown - following)[:SUGGESTIONS]:
        near = closest(value.casefold(), folded, 1, alike=0.8)
        if near:
            following.add(value)
            taken.add(folded[near[0]])
    open_keys = nameless + sum(wrong for value, wrong in values.items() if value not in taken)
    left = unknown - following
    if SUGGESTIONS >= len(left) > open_keys > 0:
        left = {value for value in left if not closest(value, known, 1, alike=0.9)}
    return following | left if len(left) <= open_keys else following


def _keys_at_fault(target: RawTable, fields: Sequence[str]) -> tuple[dict[str, bool], int]:
    """The keys at fault that can be read, with whether the schema refuses them; and how many cannot be read."""
    lines = [line for line, field in target.blamed if field in fields]
    rows = np.flatnonzero(np.isin(target.lines, lines)).tolist() if lines else []
    blamed = pa.table({name: pa.array([target.store.cell(row, name) for row in rows], pa.string()) for name in fields})
    wrong = np.zeros(blamed.num_rows, dtype=bool)
    for column in compiled(target.schema):
        if column.field.name in fields:
            wrong |= refused(column, blamed.column(column.field.name).combine_chunks())
    keys = joined(blamed, fields).to_pylist()
    lost = lost_keys(target, fields)
    read = dict.fromkeys(lost, False) | dict(zip(keys, wrong.tolist(), strict=True))
    return {value: flag for value, flag in read.items() if value}, [*keys, *lost].count(None)


class _Words:
    """What to say of unknown values of one foreign key."""

    def __init__(self, key: ForeignKey, target: RawTable, known: set[str]) -> None:
        self.key = key
        self.target = target
        self._known = known
        self._asked: dict[str, list[str]] = {}

    def of(self, value: str) -> tuple[str, str | None]:
        """The message, and the fix where a near miss is found."""
        parts = value.split(JOINT)
        message = nowhere(self.key, parts, self.target.path)
        elsewhere = self._elsewhere.get(parts[-1], ())
        if elsewhere:
            first = self.key.fields[0]
            fix = f"{parts[-1]} belongs to the {first} {in_words(elsewhere)}: correct {first} or {self.key.fields[-1]}."
            return message, fix
        near = self._near(value)
        if near:
            return message, f"Did you mean {in_words(near)}?"
        return message, _GONE if self.target.name == CLAIMS else None

    @cached_property
    def _elsewhere(self) -> dict[str, list[str]]:
        """Of keys of two parts the first parts that go with each last one."""
        found: dict[str, list[str]] = {}
        for known in sorted(self._known) if len(self.key.fields) == 2 else ():
            first, _, last = known.partition(JOINT)
            if len(found.setdefault(last, [])) < OTHERS:
                found[last].append(first)
        return found

    def _near(self, value: str) -> list[str]:
        """The closest known keys; of a composite key the last part, where the parts before are the same."""
        if value not in self._asked:
            if len(self._asked) >= SUGGESTIONS:
                return []
            before, joint, last = value.rpartition(JOINT)
            same = before + joint
            candidates = [known.removeprefix(same) for known in self._known if known.startswith(same)]
            close = closest(last, candidates)
            self._asked[value] = [one for one in close if self.target.name != CLAIMS or _of_one_hash(one, last)]
        return self._asked[value]


def _of_one_hash(one: str, other: str) -> bool:
    """Whether the ids of two claims end much alike: claims of one day and claimant begin alike and are not the same."""
    return bool(closest(one[-HASHED:], [other[-HASHED:]], 1, alike=0.75))
