"""Which lines of a block need a closer look, found for all of them at once. Nearly all lines need none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from claimtrack.structure.cells.characters import GARBLED, SUSPICIOUS
from claimtrack.structure.limits import SCAN_BYTES
from claimtrack.structure.rows.blocks import Block

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

_QUOTE, _NEWLINE, _SPACE, _DELETE = ord('"'), ord("\n"), ord(" "), 127
_LEADS = np.isin(np.arange(256), [ord(each) for each in " =+-@"])


def doubtful(block: Block, width: int, delimiter: str = ",") -> Flags:
    """Per line: may anything be wrong with it?

    False means: it has `width` cells and is not blank, its quotes are sound, it is UTF-8 in NFC without suspicious
    characters, no cell begins or ends with a space, and none begins like a formula.
    """
    flags = np.zeros(block.lines, dtype=bool)
    data = np.frombuffer(block.data, dtype=np.uint8)
    for first, last in _slices(block):
        start = block.start(first)
        ends = block.ends[first:last] - start
        _look(data[start : int(ends[-1]) + start + 1], ends, width, ord(delimiter), flags[first:last])
    _look_at_characters(block, flags)
    flags[[at - block.first for at in block.too_long]] = True
    return flags


def _slices(block: Block) -> Iterator[tuple[int, int]]:
    """Runs of lines that fit into the processor's cache, which makes all this twice as fast."""
    marks = np.arange(SCAN_BYTES, len(block.data), SCAN_BYTES)
    cuts = np.unique(np.concatenate([[0], np.searchsorted(block.ends, marks), [block.lines]])).tolist()
    yield from pairwise(cuts)


def _look(data: Bytes, ends: Ints, width: int, delimiter: int, flags: Flags) -> None:
    """Flag lines by what can be told from bytes."""
    separators = np.flatnonzero((data == delimiter) | (data == _NEWLINE))
    quotes = np.flatnonzero(data == _QUOTE)
    cells = np.diff(np.searchsorted(separators, ends), prepend=-1)
    filling = np.diff(ends, prepend=-1) - cells
    if len(quotes):
        filling -= np.bincount(np.searchsorted(ends, quotes), minlength=len(ends))
        quotes = _look_at_quotes(data, quotes, separators, ends, delimiter, cells, flags)
    flags |= cells != width
    flags |= filling == 0
    _look_at_edges(data, separators, quotes, ends, flags)
    control = (data < _SPACE) != (data == _NEWLINE)
    control |= data == _DELETE
    if control.any():
        flags[np.searchsorted(ends, np.flatnonzero(control))] = True


def _look_at_quotes(
    data: Bytes, quotes: Ints, separators: Ints, ends: Ints, delimiter: int, cells: Ints, flags: Flags
) -> Ints:
    """Flag lines with a quote that is not sound, and take separators between quotes out of the count of `cells`.

    Returns the quotes of the other lines that enclose cells: the first opens, the second closes, and so on.
    """
    line = np.searchsorted(ends, quotes)
    odd = (np.bincount(line, minlength=len(ends)) & 1).astype(bool)
    flags |= odd
    quotes = _enclosing(quotes[~odd[line]])
    line = np.searchsorted(ends, quotes)
    opens, closes = quotes[::2], quotes[1::2]
    for beside, at in ((opens - 1, line[::2]), (closes + 1, line[1::2])):
        neighbour = np.where(beside < 0, _NEWLINE, data[beside])
        sound = (neighbour == delimiter) | (neighbour == _NEWLINE)
        flags[at[~sound]] = True
    np.subtract.at(cells, line[::2], np.searchsorted(separators, closes) - np.searchsorted(separators, opens))
    return quotes


def _enclosing(quotes: Ints) -> Ints:
    """The quotes, in pairs, without those that are doubled inside of a cell: one closes, and the next opens at once."""
    doubled = np.flatnonzero(quotes[1:-1:2] + 1 == quotes[2::2]) * 2 + 1
    kept = np.ones(len(quotes), dtype=bool)
    kept[doubled] = kept[doubled + 1] = False
    return quotes[kept]


def _look_at_edges(data: Bytes, separators: Ints, quotes: Ints, ends: Ints, flags: Flags) -> None:
    """Flag lines with a cell that begins like a formula, or begins or ends with a space, inside quotes or not."""
    if len(quotes):
        turns = np.bincount(np.searchsorted(separators, quotes), minlength=len(separators))[: len(separators)]
        separators = separators[np.cumsum(turns) & 1 == 0]  # the others are part of a cell
    firsts = np.concatenate([separators[:-1], quotes[::2]]) + 1
    lasts = np.concatenate([separators, quotes[1::2]]) - 1
    for at in (firsts[_LEADS[data[firsts]]], lasts[data[lasts] == _SPACE]):
        flags[np.searchsorted(ends, at)] = True
    flags[0] |= _LEADS[data[0]]


def _look_at_characters(block: Block, flags: Flags) -> None:
    """Flag lines with text that is no UTF-8, not in NFC, or has suspicious characters."""
    if block.data.isascii():
        return
    beyond = np.flatnonzero(np.frombuffer(block.data, dtype=np.uint8) >= 128)
    lines = np.flatnonzero(np.diff(np.searchsorted(beyond, block.ends), prepend=0)).tolist()
    text = b"\n".join([block.data[block.start(at) : block.ends[at]] for at in lines])
    if not _clean(text.decode("utf-8", "surrogateescape")):
        flags[[at for at in lines if not _clean(block.text(block.first + at))]] = True


def _clean(text: str) -> bool:
    """Whether text has nothing suspicious: looked for among its different characters, then for sequences."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    different = "".join(map(chr, np.unique(points[points >= 128]).tolist()))
    if SUSPICIOUS.search(different) or (_GARBLED_START.search(different) and GARBLED.search(text)):
        return False
    return unicodedata.is_normalized("NFC", text)


_GARBLED_START = re.compile("[\u00c2\u00c3\u00d0\u00d1\u00e2\ufffd]")
