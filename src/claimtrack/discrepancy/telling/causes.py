"""What some pairs depend on: the claims, their fields, how these are read, and the effect of that."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from claimtrack.coded import Texts
from claimtrack.scopes import Bools, Ints

TIMED = ("state", "ceasefire", "denial", "start")
"""Families that compare times."""
AT_MOST_POSSIBLE = "possible at most"
TAKEN = "taken from what it repeats"
"""The effect of a zone that a claim has from another one."""
AS_RECORDED = " as recorded"
"""What follows the other claim where its zone is assumed as well, and the effect is another one in its other zones."""


class Causes(NamedTuple):
    """What some pairs depend on in fields of claims: one entry a pair, for which the claim is named."""

    pair: Ints
    claim: Ints
    field: Texts
    reading: Texts
    effect: Texts

    @classmethod
    def of(cls, pair: Ints, claim: Ints, field: str, reading: Texts | str, effect: Texts | str) -> Causes:
        """Those in one field; a reading or an effect may be that of all of them."""
        texts = (np.broadcast_to(np.asarray(text, dtype=object), len(pair)) for text in (field, reading, effect))
        return cls(pair, claim, *texts)

    def among(self, applies: Bools) -> Causes:
        """Those that apply."""
        pair, claim, *texts = self
        return Causes(pair[applies], claim[applies], *(text[applies] for text in texts))


NONE = Causes(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), *[np.zeros(0, dtype=object)] * 3)
