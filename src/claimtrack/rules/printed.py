"""Figures as printed beside their bounds: digits that are neither bound, where it is plain what the digits say.

A count_text is in any language and may hold more than the figure: a share, a date, a number in words, a multiple.
So only texts are looked at of which every word is known to say nothing about the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claimtrack.rules.breach import Condition, Mask, mask
from claimtrack.rules.cells import filled, is_any, numbered, pick
from claimtrack.structure.telling.shown import shown

if TYPE_CHECKING:
    from claimtrack.package import Package

LONGEST = 60
"""Characters of a text that is looked at. Those are few words beside a figure or two; longer ones say more."""

_ALONE = (
    r"^[^0-9]*(?P<figure>[0-9]{1,18})(?:[^0-9].*)?$",
    r"^(?:.*[^0-9])?(?P<figure>[0-9]{1,18})[^0-9]*$",
    r"^[^0-9]*(?P<figure>[0-9]{1,3}(?:[,.'’\x{a0}\x{202f} ][0-9]{3}){1,5})[^0-9]*$",
)
"""The first digits of a text, the last ones, and those of its only number, with separators between the thousands."""
_FIGURE = re.compile(r"[0-9]{1,3}(?:([,.'’\u00a0\u202f ])[0-9]{3}(?:\1[0-9]{3})*)?(?![0-9])|[0-9]{1,18}")
_MARKS = re.compile(r"[\s~≈<>≤≥+±()\[\]\"'“”‘’,;.?!*–—-]*")
_WORDS = frozenset(
    [
        *("about", "above", "additional", "all", "almost", "and", "another", "approximately", "around", "at", "below"),
        *("between", "circa", "exactly", "fewer", "further", "in", "least", "less", "more", "most", "nearly"),
        *("of", "only", "other", "over", "roughly", "some", "than", "the", "to", "total", "under", "up"),
        *("are", "been", "died", "far", "had", "has", "have", "now", "so", "their", "were"),
        *("armed", "bodies", "captives", "captured", "casualties", "children", "civilian", "civilians", "dead"),
        *("deaths", "drones", "fatalities", "homes", "houses", "hurt", "injured", "killed", "losses", "members"),
        *("men", "military", "missing", "officers", "people", "personnel", "persons", "prisoners", "service"),
        *("servicemen", "soldiers", "tanks", "troops", "vehicles", "victims", "women", "wounded"),
    ]
)
"""Words that leave the figure beside them as it is. Words for numbers, shares, days and multiples are none of them."""
_NO_MORE = re.compile(r"\b(?:no|not)\s+(?=(?:more|fewer|less)\b)", re.IGNORECASE)
"""Elsewhere "no" stands for a figure: "no dead and 5 wounded"."""


def figures(text: str) -> set[int] | None:
    """The numbers that stand in a text in digits, as many as two, separators left out; None where that is not plain."""
    found = [match[0] for match in _FIGURE.finditer(text)]
    rest = _FIGURE.sub(" ", text)
    if not 1 <= len(found) <= 2 or len(text) > LONGEST:
        return None
    words = re.findall(r"[^\W\d_]+", _NO_MORE.sub("", rest))
    if any(word.casefold() not in _WORDS for word in words) or not _MARKS.fullmatch(re.sub(r"[^\W\d_]+", "", rest)):
        return None
    if re.search(r"[0-9][.,'’][0-9]", re.sub(_FIGURE, lambda match: re.sub("[^0-9]", "", match[0]), text)):
        return None  # a fraction, or separators that are none between thousands
    return {int(re.sub("[^0-9]", "", number)) for number in found} | {int(part) for part in re.findall("[0-9]+", text)}


def differs(text: str, low: int | None, high: int | None) -> bool:
    """Whether the digits of a text are surely neither bound, nor what two of them make of each other."""
    printed = figures(text)
    if printed is None:
        return False
    bounds = {abs(bound) for bound in (low, high) if bound is not None}
    if low != high:
        bounds |= {near for bound in bounds for near in (bound - 1, bound + 1)}  # "more than 100" is 101 at least
    made = {value for one in printed for other in printed if one != other for value in (one + other, abs(one - other))}
    return not bounds & (printed | made)


def _whole(cells: pd.Series[Any], row: int) -> int | None:
    return None if pd.isna(cells.iloc[row]) else int(cells.iloc[row])


def _alone(texts: pa.Array) -> Iterator[pd.Series[Any]]:
    """Numbers that stand in the texts, blank where there are none: where a bound is one of them, nothing differs."""
    for pattern in _ALONE:
        digits = pc.replace_substring_regex(pc.struct_field(pc.extract_regex(texts, pattern), "figure"), "[^0-9]", "")
        yield digits.cast(pa.int64()).to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)


def _judged(texts: pd.Series[Any], cases: pd.DataFrame) -> Mask:
    """Which cases (the position of a text, and its bounds) differ. Those that are alike are looked at once."""
    columns = list(cases)
    verdicts = [
        differs(texts.iloc[at], *(None if pd.isna(bound) else int(bound) for bound in bounds))
        for at, *bounds in cases.drop_duplicates().itertuples(index=False)
    ]
    return np.array(verdicts, dtype=bool)[cases.groupby(columns, sort=False, dropna=False).ngroup().to_numpy()]


def _differing(package: Package) -> Iterator[Condition]:
    claims = package.claims
    low, high = claims["count_min"], claims["count_max"]
    number, texts = numbered(claims["count_text"])
    printed = pa.array(texts, pa.string())
    digits = pc.match_substring_regex(printed, "[0-9]").fill_null(False).to_pylist()
    bounded = filled(claims, "count_min") | filled(claims, "count_max")
    # Bounds that cannot be are left to their own rules, so that one slip is reported once.
    told = mask(low > high) | (is_any(claims, "count_mode", "cumulative") & (mask(low < 0) | mask(high < 0)))
    for figures_alone in _alone(printed):
        plain = pick(figures_alone, number)
        told |= mask(low == plain) | mask(high == plain)
    doubtful = is_any(claims, "kind", "count") & np.array([*digits, False])[number] & bounded & ~told
    broken = np.zeros(len(claims), dtype=bool)
    cases = {"text": number[doubtful], "low": low.array[doubtful], "high": high.array[doubtful]}
    broken[doubtful] = doubtful.any() and _judged(texts, pd.DataFrame(cases))

    def message(row: int) -> str:
        least, most = _whole(low, row), _whole(high, row)
        if least == most:
            bounds = f"count_min and count_max are {least}"
        else:
            given = {"count_min": least, "count_max": most}
            bounds = " and ".join(f"{name} is {bound}" for name, bound in given.items() if bound is not None)
        return f"count_text is {shown(texts.iloc[number[row]])}, and {bounds}"

    yield Condition(code="count-text-differs", table="claims", field="count_text", broken=broken, message=message)


CLAIM_RULES = (_differing,)
