"""What somebody means who writes two values into one cell, a figure in words, or a mark for the cell above."""

from __future__ import annotations

import re
from collections.abc import Mapping

from claimtrack.contribute.naming import Names
from claimtrack.structure.limits import NAME_CHARACTERS
from claimtrack.structure.telling.nearest import in_words

FIGURES = ("count_min", "count_max")

_DITTO = frozenset(
    {'"', '""', "''", "\u2033", "\u201c", "\u201d", "\u3003", "ditto", "do.", "idem", "id.", "same", "same as above"}
)
_SEVERAL = re.compile(r"[;,/|&+]|\band\b")
_NUMBER = r"[0-9]{1,3}(?:[, \u00a0\u202f][0-9]{3})+|[0-9]{1,9}"
_FIGURE = re.compile(
    rf"(?P<how>[^0-9]*?) ?(?P<low>{_NUMBER})(?: ?(?:[-\u2013\u2014]|to) ?(?P<high>{_NUMBER}))?(?P<more>\+?)"
)
_BOUNDED: Mapping[str, tuple[str, ...]] = {
    "Write {} into count_min and leave count_max blank.": ("at least", "no fewer than", "min", "min.", "\u2265", ">="),
    "Write {} into count_max and leave count_min blank.": ("at most", "up to", "max", "max.", "\u2264", "<="),
    "Write {} into count_min and count_max, and true into count_approx.": (
        *("about", "around", "some", "approximately", "approx", "approx.", "circa", "ca", "ca.", "c.", "~", "\u2248"),
    ),
}
_PRINTED = " What the source prints belongs into count_text."


def above(cell: str) -> str | None:
    """What to do with a cell that stands for the one above it; None for all others."""
    if cell.strip().casefold() not in _DITTO:
        return None
    return "Write it out: every row stands by itself, and nothing is taken over from the one above."


def several(cell: str, called: Names) -> str | None:
    """What to do with a cell that names several rows of a table, where it takes one; None for all others."""
    if len(cell) > NAME_CHARACTERS:
        return None
    ids = [called.meant(part) for part in _SEVERAL.split(cell)]
    if len(ids) < 2 or None in ids:
        return None
    named = in_words([one for one in ids if one])
    return f"The cell takes one: {named}. Make a claim for each, or name what holds all."


def figure(cell: str) -> str | None:
    """Where the bounds of a figure belong that is written in words, such as 'at least 43'; None for all others."""
    match = _FIGURE.fullmatch(" ".join(cell[:NAME_CHARACTERS].split()))
    if match is None or len(cell) > NAME_CHARACTERS:
        return None
    low, high = (re.sub("[^0-9]", "", match[name] or "") for name in ("low", "high"))
    if any(len(each) > 1 and each.startswith("0") for each in (low, high)) or (high and int(low) >= int(high)):
        return None
    how = match["how"].strip().casefold()
    if high:
        return None if how or match["more"] else f"Write {low} into count_min and {high} into count_max.{_PRINTED}"
    if match["more"]:
        how = how or "at least"
    told = next((told for told, words in _BOUNDED.items() if how in words), None)
    return told and told.format(low) + _PRINTED
