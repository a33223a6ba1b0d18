"""Names of statements: what one claimant says at one moment, as one source has it, is one statement.

Its name is the moment and the claimant. Somebody else may be naming what the same claimant says at that moment in
another source, and neither sees the other's name before both are merged. So only one source of a package has such plain
names, the first or the one with the most claims; those of all others end with the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count, takewhile

from claimtrack.contribute.overlay import Addition
from claimtrack.contribute.questions import STATEMENT
from claimtrack.structure.cells.spelling import slug

SPEAKING = ("source_id", "claimant_id")
"""Where a statement was read, and whose it is."""

NAMED_AFTER = {"reported_from", *SPEAKING}
"""The columns out of which a name is made."""

Cells = Mapping[str, str]

_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_NAME = re.compile("s(?:[0-9]{8}-[0-9]{4}|-undated)-?(.*)")
_DAY = len("s20220913")


@dataclass
class _Names:
    """The names that statements have, as far as new ones depend on them."""

    days: set[str]
    """How new names begin: of a large package, a few claims are of these days."""
    speakers: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    """Whose the statements of these days are, by their names: the cells in the columns of `SPEAKING`."""
    plain: set[str] = field(default_factory=set)
    """The sources of statements with plain names."""
    sources: Counter[str] = field(default_factory=Counter)
    """How many claims the package has of each source."""

    def add(self, cells: Cells) -> None:
        name = cells[STATEMENT]
        if (found := _NAME.fullmatch(name)) and found[1] == _slug(cells.get("claimant_id", "")):
            self.plain.add(cells.get("source_id", ""))
        if name[:_DAY] in self.days:
            self.speakers.setdefault(name, set()).add(_speaker(cells))

    def free(self, cells: Cells) -> str:
        """The name that this claimant's statement in this source has already, else the first that none has."""
        own, plain = _speaker(cells), _plain(cells)
        taken = [plain, *takewhile(self.speakers.__contains__, _with_source(cells))]
        known = (name for name in taken if own in self.speakers.get(name, ()) and self._of_one_source(name))
        new = plain if self._is_first(own[0]) and plain not in self.speakers else None
        return next(known, None) or new or next(name for name in _with_source(cells) if name not in self.speakers)

    def _of_one_source(self, name: str) -> bool:
        return len({source for source, _ in self.speakers[name]}) == 1

    def _is_first(self, source: str) -> bool:
        """Whether this is the one source with plain names; where none has any, the one with the most claims."""
        if self.plain:
            return self.plain == {source}
        most = max(self.sources.values(), default=0)
        return {name for name, claims in self.sources.items() if claims == most} <= {source}


def proposed(cells: Cells, others: Iterable[Cells]) -> str:
    """A name for the statement that a claim is from, beside the claims that have one."""
    return _names_of(others, [cells]).free(cells)


def with_statements(old: Iterable[Cells], rows: Sequence[Addition]) -> list[Addition]:
    """The rows, each new claim with a name for its statement; one that somebody wrote stays.

    No statement of another source has the name, neither among the old claims nor among the new ones, nor among those
    that are named at the same time beside the same old ones.
    """
    claims = [row.cells for row in rows if row.table == "claims"]
    blank = [cells for cells in claims if not cells[STATEMENT]]
    if not blank:
        return list(rows)
    names = _names_of(old, blank)
    for cells in claims:
        names.add(cells)
    return [_named(row, names) if row.table == "claims" and not row.cells[STATEMENT] else row for row in rows]


def _names_of(old: Iterable[Cells], blank: Iterable[Cells]) -> _Names:
    """The names of the old claims, for these new ones."""
    names = _Names({_plain(cells)[:_DAY] for cells in blank})
    for cells in old:
        names.sources[cells["source_id"]] += 1
        names.add(cells)
    return names


def _named(row: Addition, names: _Names) -> Addition:
    cells = {**row.cells, STATEMENT: names.free(row.cells)}
    names.add(cells)
    return replace(row, cells=cells)


def _speaker(cells: Cells) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in SPEAKING)


def _with_source(cells: Cells) -> Iterator[str]:
    """The moment, the claimant and the source; then a number with them."""
    full = _joined(_plain(cells), cells.get("source_id", ""))
    yield full
    yield from (f"{full}-{number}" for number in count(2))


def _plain(cells: Cells) -> str:
    moment = cells.get("reported_from", "")
    dated = (
        f"s{moment[:10].replace('-', '')}-{moment[11:16].replace(':', '')}" if _MOMENT.match(moment) else "s-undated"
    )
    return _joined(dated, cells.get("claimant_id", ""))


def _joined(name: str, more: str) -> str:
    """Both with a hyphen between them, whatever is no letter of an id left out of the second."""
    return "-".join(filter(None, (name, _slug(more))))


@lru_cache(maxsize=10_000)
def _slug(text: str) -> str:
    return slug(text.replace("|", " "))
