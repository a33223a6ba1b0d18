"""Names of statements: what one claimant says at one moment, as one source has it, is one statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count

from claimtrack.contribute.overlay import Addition
from claimtrack.contribute.questions import STATEMENT
from claimtrack.structure.cells.spelling import slug

SPEAKING = ("source_id", "claimant_id")
"""Where a statement was read, and whose it is."""

NAMED_AFTER = {"reported_from", *SPEAKING}
"""The columns out of which a name is made."""

Speakers = dict[str, set[tuple[str, ...]]]
"""Whose the statements are, by their names: the cells in the columns of `SPEAKING`."""

_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_DAY = len("s20220913")


def proposed(cells: Mapping[str, str], others: Iterable[Mapping[str, str]]) -> str:
    """A name for the statement that a claim is from, beside the claims that have one."""
    return _free(cells, _speakers(others, {_plain(cells)[:_DAY]}))


def with_statements(old: Iterable[Mapping[str, str]], rows: Sequence[Addition]) -> list[Addition]:
    """The rows, each new claim with a name for its statement; one that somebody wrote stays.

    No statement of another source has the name, neither among the old claims nor among the new ones.
    """
    blank = [row.table == "claims" and not row.cells[STATEMENT] for row in rows]
    days = {_plain(row.cells)[:_DAY] for row, without in zip(rows, blank, strict=True) if without}
    written = (row.cells for row in rows if row.table == "claims")
    speakers = _speakers(chain(old, written), days) if days else {}
    return [_named(row, speakers) if without else row for row, without in zip(rows, blank, strict=True)]


def _speakers(claims: Iterable[Mapping[str, str]], days: set[str]) -> Speakers:
    """The speakers of the statements whose names begin with one of the days: of a large package, a few."""
    found: Speakers = {}
    for cells in claims:
        if cells[STATEMENT][:_DAY] in days:
            found.setdefault(cells[STATEMENT], set()).add(_speaker(cells))
    return found


def _speaker(cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in SPEAKING)


def _named(row: Addition, speakers: Speakers) -> Addition:
    name = _free(row.cells, speakers)
    speakers.setdefault(name, set()).add(_speaker(row.cells))
    return replace(row, cells={**row.cells, STATEMENT: name})


def _free(cells: Mapping[str, str], speakers: Speakers) -> str:
    """The first name that no statement has, or only one of this claimant in this source."""
    own = _speaker(cells)
    return next(
        name for name in _names(cells)
        if not speakers.get(name) or (own in speakers[name] and {source for source, _ in speakers[name]} == {own[0]})
    )  # fmt: skip


def _names(cells: Mapping[str, str]) -> Iterator[str]:
    """The moment and the claimant; where that is taken the source with them, and then a number."""
    plain = _plain(cells)
    yield plain
    full = _joined(plain, cells.get("source_id", ""))
    yield full
    yield from (f"{full}-{number}" for number in count(2))


def _plain(cells: Mapping[str, str]) -> str:
    moment = cells.get("reported_from", "")
    dated = (
        f"s{moment[:10].replace('-', '')}-{moment[11:16].replace(':', '')}" if _MOMENT.match(moment) else "s-undated"
    )
    return _joined(dated, cells.get("claimant_id", ""))


def _joined(name: str, more: str) -> str:
    """Both with a hyphen between them, whatever is no letter of an id left out of the second."""
    return "-".join(filter(None, (name, slug(more.replace("|", " ")))))
