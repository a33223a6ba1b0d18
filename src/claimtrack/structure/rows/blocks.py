"""A table as pieces of whole lines, so that its size does not matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from claimtrack.structure.limits import BLOCK_BYTES, LINE_BYTES
from claimtrack.structure.rows.split import split_over

_KEPT = 1000
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Block:
    r"""Some lines. `data` are their bytes, every line ended by a single \n, and `ends` the offsets of those.

    `first` is the number of the first line. `too_long` has the lines that were cut, with their length in bytes.
    `odd_ends` counts the lines that ended in `odd_end` instead of \n, and `odd_line` is the first of them. `ended` is
    whether the last line had an end at all, `marked` whether there was a byte order mark before the first. `at` is the
    offset at which the same bytes stand in the file, None where they do not.
    """

    data: bytes
    ends: npt.NDArray[np.int64]
    first: int
    too_long: Mapping[int, int]
    odd_end: str
    odd_ends: int
    odd_line: int
    ended: bool
    marked: bool
    at: int | None = None

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self.ends)

    def start(self, at: int) -> int:
        """The offset at which the line begins that is number `at`, from 0, in this block."""
        return int(self.ends[at - 1]) + 1 if at else 0

    def head(self, lines: int) -> bytes:
        """The bytes of the first lines."""
        return self.data[: self.start(lines)]

    def text(self, line: int) -> str:
        """A line by its number, without its end; bytes that are no UTF-8 as lone surrogates."""
        at = line - self.first
        return self.data[self.start(at) : int(self.ends[at])].decode("utf-8", "surrogateescape")

    def same(self, text: str) -> list[int]:
        """The numbers of the lines that read exactly so."""
        line = text.encode("utf-8", "surrogateescape") + b"\n"
        found = [self.first] if self.data.startswith(line) else []
        at = self.data.find(b"\n" + line)
        while at >= 0:
            found.append(self.first + int(np.searchsorted(self.ends, at)) + 1)
            at = self.data.find(b"\n" + line, at + 1)
        return found

    def place(self, line: int, at: int, delimiter: str) -> tuple[int, int]:
        """Where the cell number `at`, from 0, of the row that begins in `line` starts: physical line and column."""
        count = 1
        while True:
            end = min(line + count, self.first + self.lines)
            cells = split_over([self.text(one) for one in range(line, end)], delimiter)
            if at < len(cells) or end == self.first + self.lines:
                cell = cells[min(at, len(cells) - 1)]
                return line + cell.down, cell.column
            count *= 2


@dataclass(frozen=True)
class Rows:
    """Where the rows of a part of a Parquet file stand: numbered, in place of lines, from `first` on."""

    first: int
    data: bytes = b""

    def place(self, line: int, at: int, delimiter: str) -> tuple[int, int]:
        """The row, and the number of the column from 1."""
        return line, at + 1


def blocks(file: BinaryIO) -> Iterator[Block]:
    """The lines of a file, some megabytes at a time. Lines without bearable end are cut while they are read."""
    carry, dropped, first, old_mac, at = b"", 0, 1, False, 0
    while True:
        chunk = file.read(BLOCK_BYTES)
        if chunk.endswith(b"\r"):
            chunk += file.read(1)  # so that CR LF is never torn apart
        if first == 1 and not carry:
            old_mac = b"\r" in chunk and b"\n" not in chunk
        text = chunk.replace(b"\r", b"\n") if old_mac else chunk
        cut = text.rfind(b"\n") + 1
        if cut or not chunk:
            whole, carry = b"".join((carry, memoryview(text)[:cut])), text[cut:]
        else:
            whole, carry = b"", carry + text
        if whole:
            block = _block(whole, first, dropped, old_mac)
            yield replace(block, at=at) if block.data == whole and not (dropped or old_mac) else block
            at += len(whole) + dropped
            first, dropped = first + block.lines, 0
        if len(carry) > LINE_BYTES:
            dropped += len(carry) - _KEPT
            carry = carry[:_KEPT]
        if not chunk:
            return


def _block(data: bytes, first: int, dropped: int, old_mac: bool) -> Block:
    marked = first == 1 and data.startswith(_MARK)
    data = data.removeprefix(_MARK) if marked else data
    ended = data.endswith(b"\n")
    odd_end, odd_ends, odd_line = "CR LF", data.count(b"\r\n") if b"\r" in data else 0, 0
    if odd_ends:
        odd_line = first + data.count(b"\n", 0, data.find(b"\r\n"))
        data = data.replace(b"\r\n", b"\n")
    data = data if ended else data + b"\n"
    if old_mac:
        odd_end, odd_ends, odd_line = "CR", data.count(b"\n"), first
    ends = _ends(data)
    lengths = np.diff(ends, prepend=-1) - 1
    too_long = {first + int(at): int(lengths[at]) for at in np.flatnonzero(lengths > LINE_BYTES)}
    if dropped:
        too_long[first] = dropped + int(lengths[0])
    if too_long:
        data = b"\n".join(line[:_KEPT] if first + at in too_long else line for at, line in enumerate(data.split(b"\n")))
        ends = _ends(data)
    return Block(data, ends, first, too_long, odd_end, odd_ends, odd_line, ended, marked)


def block_of(data: bytes, first: int) -> Block:
    """The block that has these lines, looked at again after it was read."""
    return Block(data, _ends(data), first, {}, "", 0, 0, ended=True, marked=False)


def _ends(data: bytes) -> npt.NDArray[np.int64]:
    return np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n"))
