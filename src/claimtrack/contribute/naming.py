"""What can be named in a claim: ids, and the names and printed variants by which people know them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claimtrack.package import Package
from claimtrack.schema import table_schema
from claimtrack.structure.cells.spelling import slug
from claimtrack.structure.telling.nearest import closest

LABELS = {"actors": "name", "places": "name", "incidents": "question", "sources": "title"}
"""The tables that claims point to, but for the codebook, and the column in which their rows are named."""


_CLOSE = 3


@dataclass(frozen=True)
class Names:
    """The rows of one table by what they are called: id → label, and every spelling → the ids that it may mean."""

    labels: Mapping[str, str]
    spellings: Mapping[str, frozenset[str]]

    def meant(self, typed: str) -> str | None:
        """The id that `typed` is, or the only one that it names; None where there is none or more than one."""
        found = self.named(typed)
        return found[0] if len(found) == 1 else None

    def named(self, typed: str) -> list[str]:
        """The ids that `typed` is or names, sorted."""
        typed = typed.strip()
        if typed in self.labels:
            return [typed]
        found = {
            identity for spelling, ids in self.spellings.items() if spelling.casefold() == typed.casefold()
            for identity in ids
        }  # fmt: skip
        return sorted(found or {slug(typed)} & self.labels.keys())

    def close(self, typed: str) -> list[str]:
        """A few ids that `typed` names, or that are called much like it, the closest first."""
        spellings: dict[str, list[str]] = {}
        for spelling, ids in (*self.spellings.items(), *((identity, {identity}) for identity in self.labels)):
            spellings.setdefault(spelling.casefold(), []).extend(sorted(ids))
        close = [identity for one in closest(typed.strip().casefold(), spellings) for identity in spellings[one]]
        return list(dict.fromkeys([*self.named(typed), *close]))[:_CLOSE]

    def offered(self) -> dict[str, str]:
        """What an autocompletion offers, and what is shown beside it: labels beside ids, ids beside other spellings."""
        return {spelling: ", ".join(sorted(ids)) for spelling, ids in self.spellings.items()} | dict(self.labels)


def names_in(table: str, rows: Iterable[Mapping[str, str]]) -> Names:
    """What these rows of one of the tables in `LABELS` are called."""
    key, label = table_schema(table).primary_key[0], LABELS[table]
    called = [(row[key], row[label], row.get("aliases", "")) for row in rows]
    return _names({identity: name for identity, name, _ in called}, called)


def names(package: Package, table: str) -> Names:
    """What the rows of one of the tables in `LABELS` of a package are called."""
    frame = package.frames[table]
    labels = dict(zip(frame.iloc[:, 0], frame[LABELS[table]].fillna(""), strict=True))
    aliases = frame["aliases"].fillna("") if "aliases" in frame else [""] * len(frame)
    return _names(labels, zip(frame.iloc[:, 0], frame[LABELS[table]].fillna(""), aliases, strict=True))


def predicates(package: Package, kind: str) -> Names:
    """The predicates of a kind, with their definitions."""
    frame = package.predicates[package.predicates["kind"] == kind]
    return _names(dict(zip(frame["predicate"], frame["definition"].fillna(""), strict=True)), ())


def _names(labels: Mapping[str, str], rows: Iterable[tuple[str, str, str]]) -> Names:
    spellings: dict[str, set[str]] = {}
    for identity, label, aliases in rows:
        for spelling in filter(None, (label, *aliases.split("|"))):
            spellings.setdefault(spelling, set()).add(identity)
    return Names(labels, {spelling: frozenset(ids) for spelling, ids in spellings.items()})
