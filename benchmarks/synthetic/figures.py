"""The figures of counts: a toll that grows, as each claimant puts it, and sums with their parts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from synthetic.draws import BLANK, Bools, Floats, Ints, chance, pick

FORMS = ("exact", "least", "about", "range", "most", "words")
EXACT, LEAST, ABOUT, RANGE, MOST, WORDS = range(len(FORMS))
FORM_WEIGHTS = (0.56, 0.21, 0.10, 0.08, 0.03, 0.02)
NO_BOUND = np.iinfo(np.int64).min
BIASES = np.array([0.5, 0.8, 0.9, 1.0, 1.0, 1.0, 1.1, 1.2, 2.0])
BASES = ("", "confirmed", "preliminary", "estimate")
BASIS_WEIGHTS = (0.78, 0.08, 0.07, 0.07)


@dataclass(frozen=True)
class Tolls:
    """One entry a count: bounds (`NO_BOUND` where open), form and the figure as printed."""

    low: Ints
    high: Ints
    form: Ints
    basis: Ints
    text: pa.Array


def tolls(scale: Floats, days: Floats, claimant: Ints, share: Floats) -> Ints:
    """The toll after so many days, as the claimant puts it: each has a bias of its own, and figures stand for a day."""
    grown = scale * share * (1 - np.exp(-(np.floor(days) + 1) / 5))
    put: Ints = np.floor(grown * BIASES[(claimant * 7 + 3) % len(BIASES)]).astype(np.int64)
    return put


def stated(rng: np.random.Generator, toll: Ints, increment: Bools, exact: Bools) -> Tolls:
    """The tolls in words and bounds. Where `exact`, as one number."""
    size = len(toll)
    form = np.where(exact, EXACT, pick(rng, FORM_WEIGHTS, size))
    recount = increment & chance(rng, 0.01, size) & (form == EXACT)
    toll = np.where(recount, -np.maximum(toll // 10, 1), toll)
    spread = np.maximum(toll // 5, 1)
    low = np.where((form == MOST) | (form == WORDS), NO_BOUND, toll)
    high = np.select([np.isin(form, (EXACT, ABOUT, MOST)), form == RANGE], [toll, toll + spread], NO_BOUND)
    number, upper = (pa.array(value).cast(pa.string()) for value in (toll, toll + spread))
    words = [
        number,
        pc.binary_join_element_wise("at least ", number, ""),
        pc.binary_join_element_wise("about ", number, ""),
        pc.binary_join_element_wise(number, " to ", upper, ""),
        pc.binary_join_element_wise("no more than ", number, ""),
        pa.array(["dozens"] * size),
    ]
    return Tolls(low, high, form, pick(rng, BASIS_WEIGHTS, size), pc.choose(pa.array(form), *words))


def parts_of(rng: np.random.Generator, position: Ints, toll: Ints, split: Bools) -> tuple[Ints, Ints]:
    """In statements that are `split`, the first claim is a total and the others its parts: tolls, and totals of parts.

    Totals are `BLANK` where there is none. One sum in six does not add up. `position` counts within each statement.
    """
    first = np.flatnonzero(position == 0)
    size = np.diff(np.append(first, len(position)))
    run = np.repeat(np.arange(len(first)), size)
    parts = np.maximum(size - 1, 1)[run]
    whole = toll[first][run]
    each = whole // parts
    last = position == parts
    part = np.where(last, whole - each * (parts - 1), each)
    wrong = chance(rng, 1 / 6, len(first))[run] & last
    part = np.where(wrong, part + np.where(chance(rng, 0.5, len(part)), 1, -1), part)
    is_part = split & (position > 0)
    return np.where(is_part, np.maximum(part, 0), toll), np.where(is_part, first[run], BLANK)
