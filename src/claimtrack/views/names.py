"""Names for ids, and ids for the names that people type."""

from __future__ import annotations

from collections.abc import Iterable, Set

import pandas as pd

from claimtrack.errors import UsageError
from claimtrack.package import Package
from claimtrack.scopes import Hierarchy, actor_hierarchy, place_hierarchy
from claimtrack.structure.telling import nearest

SUGGESTED = 5


def names(package: Package, table: str) -> dict[str, str]:
    """id → name of every actor or place, title of every source, question of every incident."""
    key, name = {
        "actors": ("actor_id", "name"),
        "places": ("place_id", "name"),
        "sources": ("source_id", "title"),
        "incidents": ("incident_id", "question"),
    }[table]
    frame = package.frames[table]
    return dict(zip(frame[key], frame[name], strict=True))


def actors_meant(package: Package, typed: str) -> set[str]:
    """The actors that `typed` names by id, name or alias, and everybody who belongs to them."""
    found = _meant(package.frames["actors"], "actor_id", typed, "actor")
    return _inside(actor_hierarchy(package.frames["actors"]), found)


def places_meant(package: Package, typed: str) -> set[str]:
    """The places that `typed` names by id, name or alias, and every place inside them."""
    found = _meant(package.frames["places"], "place_id", typed, "place")
    return _inside(place_hierarchy(package.frames["places"]), found)


def incident_meant(package: Package, typed: str) -> str:
    """The incident of that id."""
    return known(typed, set(package.frames["incidents"]["incident_id"]), "incident")


def known(typed: str, ids: Set[str], what: str) -> str:
    """`typed`, if it is among `ids`; otherwise `UsageError` with the closest ones."""
    if typed in ids:
        return typed
    raise UsageError(f"there is no {what} {typed!r} in this package{closest(typed, ids)}")


def closest(typed: str, candidates: Iterable[str]) -> str:
    """'; did you mean …?' with the candidates that look most like `typed`; empty if none does."""
    by_fold = {candidate.casefold(): candidate for candidate in sorted(candidates)}
    wanted = typed.casefold()
    parts = [candidate for fold, candidate in by_fold.items() if len(wanted) > 2 and wanted in fold]
    alike = [by_fold[fold] for fold in nearest.closest(wanted, by_fold, SUGGESTED)]
    suggested = list(dict.fromkeys(alike + parts))[:SUGGESTED]
    return f"; did you mean {', '.join(suggested)}?" if suggested else ""


def _meant(frame: pd.DataFrame, key: str, typed: str, what: str) -> set[str]:
    wanted = typed.casefold()
    spellings: dict[str, set[str]] = {}
    printed: set[str] = set()
    for identity, name, aliases in zip(frame[key], frame["name"], frame["aliases"].fillna(""), strict=True):
        for spelling in filter(None, (identity, name, *aliases.split("|"))):
            spellings.setdefault(spelling.casefold(), set()).add(identity)
            printed.add(spelling)
    if wanted not in spellings:
        raise UsageError(f"there is no {what} {typed!r} in this package{closest(typed, printed)}")
    return {typed} if typed in spellings[wanted] else spellings[wanted]


def _inside(hierarchy: Hierarchy, containers: set[str]) -> set[str]:
    return {
        hierarchy.names[inside]
        for inside, container in zip(hierarchy.inside, hierarchy.container, strict=True)
        if hierarchy.names[container] in containers
    }
