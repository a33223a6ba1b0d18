"""Which discrepancies come, go, or turn out otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claimtrack.contribute.diff.names import Ids, apart, with_new_ids
from claimtrack.contribute.diff.rows import Row, TableDiff
from claimtrack.contribute.diff.sides import Side
from claimtrack.discrepancy.telling.groups import BY_CLAIM, BY_SCOPE
from claimtrack.discrepancy.versions import Told, told_around
from claimtrack.package import Package
from claimtrack.schema import table_schema

Finding = Mapping[str, Any]
Subject = tuple[str, str]
"""A family, and the claim or the incident that a finding of it is about."""

TOLD = ("strength", "codes", "statements", "figures")
"""What makes a finding of the same id another one: how sure, of which sort, how many contrary statements, how much."""
OF_PAIRS = ("code", "strength", "figures")
"""The same of a pair."""


@dataclass(frozen=True)
class PairsDiff:
    """Pairs behind one finding that come, go, or turn out otherwise: those as they were and as they are."""

    introduced: Sequence[Finding] = ()
    resolved: Sequence[Finding] = ()
    changed: Sequence[tuple[Finding, Finding]] = ()


@dataclass(frozen=True)
class FindingsDiff:
    """Condensed findings by their id. `changed` has each as it was and as it is, both with the ids that names have now.

    `pairs` says by the id of a changed one which pairs of claims that differ come, go or turn out otherwise; not of
    figures, nor where these are very many.
    """

    introduced: Sequence[Finding] = ()
    resolved: Sequence[Finding] = ()
    changed: Sequence[tuple[Finding, Finding]] = ()
    pairs: Mapping[str, PairsDiff] = field(default_factory=dict)


def compare_findings(base: Side, head: Side, tables: Mapping[str, TableDiff], ids: Ids) -> FindingsDiff | None:
    """The discrepancies of two versions; None where one of them cannot be loaded.

    Only what the rows that differ can have a part in is computed, on both sides. What has another id, of `ids`, has it
    on both: a finding about an incident is the same under the new name of that.
    """
    if base.package is None or head.package is None:
        return None
    versions = with_new_ids(base.package, ids), head.package
    differing = {name: apart(table, ids) for name, table in tables.items()}
    changed, anywhere = _changed(differing, versions), _bear_on_all(differing)
    if not changed and not anywhere:
        return FindingsDiff()
    told = told_around(versions, changed, anywhere=anywhere)
    before, after = (each.findings for each in told)
    introduced, resolved, turned = _differing(before, after, TOLD)
    pairs = _pairs(told, versions, [now for _, now in turned])
    return FindingsDiff(introduced, resolved, turned, pairs)


def _differing(
    before: Sequence[Finding], after: Sequence[Finding], parts: Collection[str]
) -> tuple[list[Finding], list[Finding], list[tuple[Finding, Finding]]]:
    """What is new, what is gone, and what is there on both sides with other `parts`."""
    was, now = ({finding["id"]: finding for finding in each} for each in (before, after))
    return (
        [finding for identity, finding in now.items() if identity not in was],
        [finding for identity, finding in was.items() if identity not in now],
        [
            (was[identity], finding)
            for identity, finding in now.items()
            if identity in was and any(was[identity][part] != finding[part] for part in parts)
        ],
    )


def _pairs(told: Sequence[Told], packages: Sequence[Package], findings: Sequence[Finding]) -> dict[str, PairsDiff]:
    """By the id of a finding which of its pairs are not the same on both sides; nothing where these are too many.

    Of the pairs only those with a claim that differs are known: the others can differ by what else does.
    """
    before, after = (each.pairs for each in told)
    about = [finding for finding in findings if finding["family"] not in BY_SCOPE]
    if before is None or after is None or not about:
        return {}
    was, now = (_by_subject(pairs, package) for pairs, package in zip((before, after), packages, strict=True))
    found = {}
    for finding, subject in zip(about, _subjects(about, packages[-1]), strict=True):
        differing = _differing(was.get(subject, ()), now.get(subject, ()), OF_PAIRS)
        if any(differing):
            found[finding["id"]] = PairsDiff(*differing)
    return found


def _by_subject(pairs: Sequence[Finding], package: Package) -> Mapping[Subject, list[Finding]]:
    """The pairs of each finding of one version: of two versions they can belong to different ones."""
    found: dict[Subject, list[Finding]] = defaultdict(list)
    for pair, subject in zip(pairs, _subjects(pairs, package), strict=True):
        found[subject].append(pair)
    return found


def _subjects(findings: Sequence[Finding], package: Package) -> list[Subject]:
    """What each of these, or of their pairs, is about: the claim at issue or its incident, by family."""
    at_issue = [finding["claims"][0] for finding in findings]
    claims = package.claims[package.claims["claim_id"].isin(at_issue)]
    incidents = dict(zip(claims["claim_id"], claims["incident_id"].fillna(""), strict=True))
    families = (finding["family"] for finding in findings)
    return [
        (family, claim if family in BY_CLAIM else incidents[claim])
        for family, claim in zip(families, at_issue, strict=True)
    ]


_BEARING = {
    "actors": {"member_of", "based_in", "time_zone"},
    "places": {"part_of", "also_within", "time_zone"},
    "predicates": {*table_schema("predicates").columns} - {"definition"},
}
"""Columns in which a change of a row can bear on any claim."""
_RELATING = {"places": {"also_within"}, "predicates": {"state", "outcomes"}}
"""Columns by which a row that comes or goes can relate others to each other. Without them it matters to claims only
through rows that name it, which differ as well."""


def _changed(tables: Mapping[str, TableDiff], packages: Sequence[Package]) -> set[str]:
    """The claims that differ, or that name an incident or source that does."""
    ids = {row.key for row in _rows(tables["claims"])}
    ids |= {row.cells[end] for row in _rows(tables["links"]) for end in ("claim_id", "other_id")}
    sources = {row.key for row in _rows(tables["sources"])}
    incidents = {row.key for row in _rows(tables["incidents"])}
    for package in packages:
        claims = package.claims
        own = claims["claim_id"].isin(list(ids)).to_numpy(dtype=bool)
        # An undated claim counts with the latest entry of its source.
        undated = claims["source_id"].isin(claims["source_id"][own]) & claims["reported_to"].isna()
        of_rows = claims["source_id"].isin(list(sources)) | claims["incident_id"].isin(list(incidents))
        ids |= set(claims["claim_id"][undated | of_rows])
    return ids


def _rows(table: TableDiff) -> Iterator[Row]:
    yield from (*table.removed, *table.added, *(row.after for row in table.changed))


def _bear_on_all(tables: Mapping[str, TableDiff]) -> bool:
    """Whether any claim may depend on what differs, or on what could not be compared."""
    return any(table.notes for table in tables.values()) or any(map(_bears_on_all, tables.values()))


def _bears_on_all(table: TableDiff) -> bool:
    """Whether rows differ so that it may matter to claims that do not name them."""
    bearing = _BEARING.get(table.name, set())
    if any(bearing & row.cells.keys() for row in table.changed):
        return True
    relating = _RELATING.get(table.name, set())
    return any(relating & row.cells.keys() for row in (*table.removed, *table.added))
