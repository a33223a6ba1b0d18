"""Where the period of a claim ends with the window of its incident, and that matters to a finding."""

from __future__ import annotations

import pandas as pd

from claimtrack.discrepancy.facts import Facts
from claimtrack.discrepancy.pairs import sides
from claimtrack.discrepancy.telling.causes import TIMED
from claimtrack.moments import MISSING
from claimtrack.scopes import Bools, Ints


def windowed(facts: Facts, pairs: pd.DataFrame) -> tuple[Bools, Bools]:
    """Of which claims of these pairs, left and right, that has to be told.

    Of those `until` a time that do not say from when on, and of an absence `since` one beyond whose end the other claim
    reaches. Only where times are compared.
    """
    timed = pairs["family"].isin(TIMED).to_numpy(dtype=bool)
    left, right = sides(pairs)
    return timed & _reached(facts, left, right), timed & _reached(facts, right, left)


def _reached(facts: Facts, claims: Ints, others: Ints) -> Bools:
    r = facts.readings
    first, beside = r.first[claims], r.first[others]
    begins_with_it = facts.mode.is_one_of("until")[claims] & (r.valid_from[first] == MISSING)
    lasts = facts.mode.is_one_of("since")[claims] & facts.absent[claims] & ~facts.denies[claims]
    found: Bools = begins_with_it | lasts & (r.possible_end[beside] > r.possible_end[first])
    return found
