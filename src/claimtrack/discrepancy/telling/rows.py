"""Condensed rows as columns: what stands for each of them, before any of it is put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import pandas as pd

from claimtrack.discrepancy.families.runs import Runs
from claimtrack.discrepancy.families.state import code_of_runs
from claimtrack.discrepancy.pairs import CODE_ORDER, CODES
from claimtrack.discrepancy.telling.groups import BY_CLAIM, BY_SCOPE, Groups
from claimtrack.discrepancy.telling.present import FIGURE_UNITS
from claimtrack.ids import fingerprints
from claimtrack.scopes import NOBODY, Ints, spans

CHOSEN = 3
"""The claims that a condensed row names, at most."""


@dataclass(frozen=True)
class Rows:
    """Condensed rows of one family. Every column and every frame has one entry for each of them."""

    family: str
    columns: Mapping[str, np.ndarray]
    """`id`, `statements` and `origins` (how many), `codes` (how many findings have each code of the family), `claims`
    (those that are named, −1 for none), `first` and `last` (the claims and the time of the first and the last dated
    event, −1 for none).
    """
    frames: Mapping[str, pd.DataFrame]
    """`strongest` and `earliest` (pairs, as in the table of pairs) and `figures`."""
    origin: Ints
    """The origins of all rows, one row after the other."""

    @classmethod
    def of(cls, groups: Groups, runs: Runs | None = None, more: Ints | int = 0) -> Rows:
        """The rows of groups of pairs, and of runs of more pairs that are not listed.

        `more`: for each row how many findings of each code have been counted and are not among the pairs.
        """
        statements, row, origin = _voices(groups, runs)
        ids = fingerprints(repeat(groups.family), ((part,) for part in _parts(groups)))
        columns = {
            "id": np.array(ids, dtype=object),
            "statements": statements,
            "origins": np.bincount(row, minlength=len(groups)),
            "codes": _codes(groups, runs) + more,
            "claims": _claims(groups),
            "first": _dated(groups, groups.first_dated),
            "last": _dated(groups, groups.last_dated),
        }
        frames = {
            "strongest": groups.pairs.iloc[groups.strongest],
            "earliest": groups.pairs.iloc[groups.earliest],
            "figures": _figures(groups),
        }
        return cls(groups.family, columns, frames, origin)

    @classmethod
    def together(cls, parts: Sequence[Rows]) -> Rows:
        """The rows of parts of one family."""
        first = parts[0]
        columns = {name: np.concatenate([part.columns[name] for part in parts]) for name in first.columns}
        frames = {name: pd.concat([part.frames[name] for part in parts], ignore_index=True) for name in first.frames}
        return cls(first.family, columns, frames, np.concatenate([part.origin for part in parts]))

    def __len__(self) -> int:
        return len(self.columns["id"])

    def take(self, rows: Ints) -> Rows:
        """Some of the rows, in this order."""
        size = self.columns["origins"]
        origin = self.origin[spans((np.cumsum(size) - size)[rows], size[rows])]
        columns = {name: column[rows] for name, column in self.columns.items()}
        return Rows(self.family, columns, {name: frame.iloc[rows] for name, frame in self.frames.items()}, origin)

    def ranks(self) -> pd.DataFrame:
        """The columns by which rows are listed: strongest first, then by code, by statements, by id."""
        first = np.argmax(self.columns["codes"] > 0, axis=1) + CODE_ORDER[CODES[self.family][0]]
        return pd.DataFrame(
            {
                "strength": self.frames["strongest"]["strength"].to_numpy(),
                "code": first,
                "statements": -self.columns["statements"],
                "id": self.columns["id"],
            }
        )


def _voices(groups: Groups, runs: Runs | None) -> tuple[Ints, Ints, Ints]:
    """How many statements each row has, and the origins of what speaks, each once: row and origin."""
    facts = groups.computed.facts
    group, claim, *_ = groups.voices
    row, statement = groups.distinct(facts.statement.take(claim), group)
    own, origin = groups.distinct(groups.computed.origins.of_actor.take(facts.claimant.take(claim)), group)
    if runs is None or not len(runs):
        return np.bincount(row, minlength=len(groups)), own, origin
    run = runs.of_claim[groups.left[groups.strongest]]
    with_run = np.flatnonzero(run >= 0)
    listed = run[row] < 0
    listed[~listed] = ~runs.has_statement(run[row[~listed]], statement[~listed])
    statements = np.bincount(row[listed], minlength=len(groups))
    statements[with_run] += runs.statements(run[with_run])
    others, more = runs.origins(run[with_run])
    return statements, *groups.distinct(np.append(origin, more), np.append(own, with_run[others]))


def _codes(groups: Groups, runs: Runs | None) -> np.ndarray:
    """How many findings of each row have each code of the family: a row of numbers each."""
    codes = CODES[groups.family]
    findings = groups.findings
    cell = groups.group[findings] * len(codes) + groups.code[findings] - CODE_ORDER[codes[0]]
    numbers = np.bincount(cell, minlength=len(groups) * len(codes)).reshape(len(groups), len(codes))
    if runs is not None and len(runs):
        claims = groups.left[groups.strongest]
        row = np.flatnonzero(runs.of_claim[claims] >= 0)
        column = code_of_runs(runs.facts, claims[row]) - CODE_ORDER[codes[0]]
        definite, possible = runs.unlisted
        numbers[row, column] += (definite + possible)[runs.of_claim[claims[row]]]
    return numbers


def _claims(groups: Groups) -> np.ndarray:
    """[at issue, earliest, strongest]; of figures, beginnings and questions the strongest pair or its extremes."""
    best, soonest = groups.strongest, groups.earliest
    chosen = np.full((len(groups), CHOSEN), NOBODY, dtype=np.int64)
    chosen[:, 0], chosen[:, 1] = groups.left[best], groups.right[best]
    if groups.family in BY_CLAIM:
        chosen[:, 1], chosen[:, 2] = groups.right[soonest], groups.right[best]
    elif groups.family in (*BY_SCOPE, "start"):
        lowest, highest = groups.extremes
        known = lowest != NOBODY
        chosen[known, 0], chosen[known, 1] = lowest[known], highest[known]
    return chosen


def _dated(groups: Groups, voice: Ints) -> np.ndarray:
    """The other claim, the claim and the time of each of these voices."""
    _, claim, other, at = groups.voices
    return np.stack([np.where(voice >= 0, values[voice], NOBODY) for values in (other, claim, at)], axis=1)


def _figures(groups: Groups) -> pd.DataFrame:
    """The time to the earliest contrary event, and of every other figure the largest; with what tells their units."""
    best, family = groups.strongest, groups.pairs["family"].array
    found: dict[str, object] = {"left": groups.left[best], "family": family[best]}
    for name in FIGURE_UNITS:
        if name == "parties" and groups.family == "attribution":
            found |= dict.fromkeys((name, f"{name}_low", f"{name}_high"), groups.parties)
        elif name in groups.pairs:
            pair = groups.figure_pair(name)
            for column in (name, f"{name}_low", f"{name}_high"):
                values = groups.pairs[column].to_numpy(dtype=np.float64)
                found[column] = np.where(pair >= 0, values[pair], np.nan)
    return pd.DataFrame(found)


def _parts(groups: Groups) -> list[str]:
    """What the id of each row is a fingerprint of: the claim at issue, the scope of the counts, or the incident."""
    facts, figures = groups.computed.facts, groups.computed.figures
    sample = groups.strongest
    left, right = groups.left[sample], groups.right[sample]
    if groups.family in BY_CLAIM:
        return facts.ids(left)
    claims = facts.package.claims
    incident = _texts(claims["incident_id"], left)
    if groups.family not in BY_SCOPE:
        return incident
    columns = [
        incident,
        _texts(claims["target_id"], left),
        np.array([*facts.places.names, ""], dtype=object)[facts.place[left]].tolist(),
        np.array([*facts.terms.names, ""], dtype=object)[facts.terms.equal[figures.term[left]]].tolist(),
        _texts(claims["count_mode"], left),
    ]
    if groups.family == "series":
        both = zip(_series_names(claims, left), _series_names(claims, right), strict=True)
        columns += [list(names) for names in zip(*(sorted(pair) for pair in both), strict=True)]
    return ["/".join(parts) for parts in zip(*columns, strict=True)]


def _texts(column: pd.Series, rows: Ints) -> list[str]:
    return [str(text) for text in column.iloc[rows].astype(object).fillna("").to_list()]


def _series_names(claims: pd.DataFrame, rows: Ints) -> list[str]:
    both = zip(_texts(claims["claimant_id"], rows), _texts(claims["count_basis"], rows), strict=True)
    return [f"{claimant}+{basis}" if basis else claimant for claimant, basis in both]
