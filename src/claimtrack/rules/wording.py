"""What the recorder writes: one neutral sentence, and no more than a few words of the source."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.rules.breach import Condition, mask

if TYPE_CHECKING:
    from claimtrack.package import Package

# A sentence with a figure, a place, a time and a reservation fits into 60 words; "at most a few words" of a quotation
# into 12.
TEXT_WORDS = 60
QUOTE_WORDS = 12

STOPS = (".", "!", "?", "…")
OPENING, CLOSING = "\"'“‘«([", "\"'”’»)]"
ABBREVIATED = frozenset(
    [
        *["mr", "mrs", "ms", "dr", "st", "prof", "gen", "col", "lt", "maj", "capt", "sgt", "no", "nos", "art", "arts"],
        *["ca", "cf", "vs", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"],
    ]
)


def _ends_sentence(word: str) -> bool:
    stopped = word.rstrip(CLOSING)
    core = stopped.rstrip("".join(STOPS)).lstrip(OPENING)
    abbreviation = core.lower() in ABBREVIATED or len(core) == 1 or "." in core  # initials and "U.S." too
    return stopped.endswith(STOPS) and not abbreviation


def sentences(text: str) -> int:
    """How many sentences a text holds, as far as its full stops and capitals tell; abbreviations end none."""
    begun = [
        word for last, word in pairwise(text.split()) if word.lstrip(OPENING)[:1].isupper() and _ends_sentence(last)
    ]
    return len(begun) + 1


def _sentences(package: Package) -> Iterator[Condition]:
    texts = package.claims["text"]
    stops_inside = pc.match_substring_regex(pa.array(texts), r"[.!?…]\S*[\s\pZ]").fill_null(False)
    candidates = np.flatnonzero(stops_inside.to_numpy(zero_copy_only=False))
    several = np.zeros(len(texts), dtype=bool)
    several[[row for row in candidates if sentences(texts.iloc[row]) > 1]] = True
    yield Condition(
        code="text-sentence",
        table="claims",
        field="text",
        broken=several,
        message=lambda row: f"text holds {sentences(texts.iloc[row])} sentences",
    )
    yield Condition(
        code="text-sentence",
        table="claims",
        field="text",
        broken=~mask(texts.str.rstrip(CLOSING).str.endswith(STOPS)) & ~several,
        message="text does not end like a sentence, with a full stop",
    )


def _long(code: str, column: str, most: int, package: Package) -> Iterator[Condition]:
    texts = package.claims[column]
    # A text of so many words has a letter and a space for each of them at least.
    words = texts[mask(texts.str.len() > 2 * most)].str.count(r"\S+")
    too_long = words[words > most]
    yield Condition(
        code=code,
        table="claims",
        field=column,
        broken=np.isin(np.arange(len(texts)), too_long.index),
        message=lambda row: f"{column} has {too_long.loc[row]} words, more than {most}",
    )


CLAIM_RULES = (
    _sentences,
    partial(_long, "text-long", "text", TEXT_WORDS),
    partial(_long, "quote-long", "quote", QUOTE_WORDS),
)
