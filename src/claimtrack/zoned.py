"""Valid times under every zone in which they may have been meant: as recorded, then as claimant and place would say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from claimtrack.coded import Coded, Numbers
from claimtrack.moments import MISSING, SECOND, first_given, micros
from claimtrack.package import Package
from claimtrack.scopes import NOBODY, Ints, inherited, one_of

RECORDED = "recorded"


def zoned(package: Package, numbers: Numbers) -> tuple[Ints, npt.NDArray[np.object_], Ints, Ints]:
    """The valid bounds under every reading of their zone: claim, label, from, to; sorted, as recorded first."""
    claims = package.claims
    base = [micros(claims[column]).copy() for column in ("valid_from", "valid_to")]
    adopting, offset = adopted_offsets(package, numbers["zone_basis"], numbers.linked)
    for at, local in zip(base, _wall(package, adopting), strict=True):
        at[adopting] = np.where(local == MISSING, MISSING, local - offset * 60 * SECOND)
    assumed = numbers["zone_basis"].is_one_of("assumed")
    assumed[adopting] = False
    rows = np.flatnonzero(assumed)
    wall = _wall(package, rows)
    known = [[at[rows] for at in base]]
    parts = [(np.arange(len(claims)), np.zeros(len(claims), dtype=np.int64), *base)]
    names, readings_of = _zones(package, numbers, rows) if len(rows) else ([], [])
    for zone in readings_of:
        shifted = [localised(local, zone, names, at) for local, at in zip(wall, known[0], strict=True)]
        new = zone != NOBODY
        for valid_from, valid_to in known:
            new &= (valid_from != shifted[0]) | (valid_to != shifted[1])
        parts.append((rows[new], zone[new] + 1, shifted[0][new], shifted[1][new]))
        known.append([np.where(zone == NOBODY, *both) for both in zip(known[0], shifted, strict=True)])
    claim, label, valid_from, valid_to = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(claim, kind="stable")
    labels = np.array([RECORDED, *names], dtype=object)
    return claim[order], labels[label[order]], valid_from[order], valid_to[order]


def _zones(package: Package, numbers: Numbers, rows: Ints) -> tuple[list[str], list[Ints]]:
    """The other zones in which the times of these claims may be read: their names, and which each claim has.

    First that of its claimant, then that of its place; `NOBODY` for none.
    """
    of_actor = inherited(package.actors, "actor_id", "time_zone", ("member_of", "based_in"))
    of_place = inherited(package.places, "place_id", "time_zone", ("part_of",))
    names = sorted({*of_actor.values(), *of_place.values()})
    number = {name: position for position, name in enumerate(names)}

    def zones(ids: Coded, zone_of: dict[str, str]) -> Ints:
        known = [number.get(zone_of.get(one, ""), NOBODY) for one in ids.names.tolist()]
        return np.array(known, dtype=np.int64)[ids.code]

    claimant, place = (numbers[column].of_rows(rows) for column in ("claimant_id", "place_id"))
    scope = np.append(zones(Coded.of(package.incidents["place_id"]), of_place), NOBODY)[numbers.incident[rows]]
    return names, [zones(claimant, of_actor), np.where(place.code == NOBODY, scope, zones(place, of_place))]


def localised(wall: Ints, zone: Ints, names: Sequence[str], recorded: Ints | None = None) -> Ints:
    """The instants at which clocks in each zone showed the times `wall`: the earlier of two, the next if there is none.

    The later of two where that is the one `recorded`. They are missing where there is no zone.
    """
    found = np.full(len(wall), MISSING)
    for which in np.unique(zone[(zone != NOBODY) & (wall != MISSING)]).tolist():
        name, rows = names[which], np.flatnonzero((zone == which) & (wall != MISSING))
        found[rows] = _instants(wall[rows], name, earlier=True)
        if recorded is not None:
            rows = rows[recorded[rows] > found[rows]]
            later = _instants(wall[rows], name, earlier=False)
            found[rows] = np.where(later == recorded[rows], later, found[rows])
    return found


def _instants(wall: Ints, name: str, *, earlier: bool) -> Ints:
    """The instants at which clocks in one zone showed these times: of two the earlier, or the later."""
    naive = pd.DatetimeIndex(wall.astype("datetime64[us]"))
    which = np.full(len(naive), earlier)
    return naive.tz_localize(name, ambiguous=which, nonexistent="shift_forward").as_unit("us").asi8


def _wall(package: Package, rows: Ints) -> list[Ints]:
    """The valid bounds of these claims as clocks showed them where they were recorded."""
    claims, offsets = package.claims, package.offsets["claims"]
    shown = []
    for column in ("valid_from", "valid_to"):
        at = micros(claims[column])[rows]
        minutes = offsets[column].array[rows].to_numpy(dtype=np.int64, na_value=0)
        shown.append(np.where(at == MISSING, MISSING, at + minutes * 60 * SECOND))
    return shown


def adopted_offsets(package: Package, basis: Coded, linked: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """The claims that repeat one whose zone is stated, where their own is not, and that one's offset in minutes.

    Of several that are repeated all have to state one offset: where they differ, none is taken over. `basis`: how each
    claim knows its zone; `linked`: the two claims of every link.
    """
    offsets = package.offsets["claims"]
    repeats = one_of(package.links["relation"], ("repeats",))
    claim, other = (side[repeats] for side in linked)
    known = (claim >= 0) & (other >= 0)
    claim, other = claim[known], other[known]
    stated = (offsets[column].array[other] for column in ("valid_from", "valid_to"))
    offset = first_given(*(column.to_numpy(dtype=np.int64, na_value=MISSING) for column in stated))
    taken = (basis.at(claim) == "assumed") & (basis.at(other) == "stated") & (offset != MISSING)
    claim, offset = claim[taken], offset[taken]
    order = np.lexsort((offset, claim))
    adopting, first, number = np.unique(claim[order], return_index=True, return_counts=True)
    least, most = offset[order][first], offset[order][first + number - 1]
    return adopting[least == most], least[least == most]
