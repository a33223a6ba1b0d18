"""JSON that a stranger wrote: no key twice, no depth without end, and every value with its line and column."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from claimtrack.errors import UsageError
from claimtrack.problems import Problem
from claimtrack.rulebook import problem
from claimtrack.structure.files.opening import RefusedError, read_bytes
from claimtrack.structure.limits import JSON_BYTES, JSON_DEPTH

_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)

Step = str | int


class _Places:
    """Lines and columns of offsets in a text."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def __call__(self, offset: int) -> tuple[int, int]:
        line = bisect_left(self._ends, offset)
        return line + 1, offset - (self._ends[line - 1] if line else -1)


class _Walk:
    """One pass over the tokens, without recursion: where every value stands, keys given twice, the depth.

    It copes with text that is no JSON, of which only the depth means anything. Values are numbered; `children` leads
    from the number of an object or list and a key or index to the number of the member.
    """

    def __init__(self, text: str) -> None:
        self.offsets: list[int] = []
        self.children: dict[tuple[int, Step], int] = {}
        self.repeated: list[tuple[int, str]] = []
        self.too_deep: int | None = None
        self._open: list[tuple[int, bool]] = []
        self._at: list[Step | None] = []
        for token in _TOKEN.finditer(text):
            first = token[0][0]
            if first in "]}":
                del self._open[-1:], self._at[-1:]
            elif first == ",":
                self._comma()
            elif first == '"' and self._open and self._open[-1][1] and self._at[-1] is None:
                self._key(token.start(), token[0])
            elif first != ":":
                self._value(token.start(), first)
            if self.too_deep is not None:
                return

    def _comma(self) -> None:
        if self._at:
            at = self._at[-1]
            self._at[-1] = at + 1 if isinstance(at, int) else None

    def _key(self, offset: int, token: str) -> None:
        try:
            key = str(json.loads(token))
        except ValueError:
            key = token
        self._at[-1] = key
        if (self._open[-1][0], key) in self.children:
            self.repeated.append((offset, key))

    def _value(self, offset: int, first: str) -> None:
        number = len(self.offsets)
        self.offsets.append(offset)
        if self._at:
            at = self._at[-1]
            self.children[self._open[-1][0], 0 if at is None else at] = number
        if first in "[{":
            if len(self._open) == JSON_DEPTH:
                self.too_deep = offset
            self._open.append((number, first == "{"))
            self._at.append(None if first == "{" else 0)


@dataclass(frozen=True)
class Document:
    """A JSON file: its path in the package, its text and its value."""

    path: str
    text: str
    value: Any

    @cached_property
    def _walk(self) -> _Walk:
        return _Walk(self.text)

    @cached_property
    def _places(self) -> _Places:
        return _Places(self.text)

    def place(self, steps: Iterable[Step]) -> tuple[int, int]:
        """Line and column, from 1, of the value that the keys and indices lead to, or of the last one on the way."""
        reached = 0
        for one in steps:
            if (reached, one) not in self._walk.children:
                break
            reached = self._walk.children[reached, one]
        return self._places(self._walk.offsets[reached])


def read_descriptor(path: Path) -> tuple[Document | None, list[Problem]]:
    """The descriptor of a package; as `read_json`. Raises `UsageError` where it cannot be opened."""
    try:
        return read_json(path.name, read_bytes(path.parent, path.name, JSON_BYTES))
    except RefusedError as error:
        raise UsageError(f"{path.parent}: {error.message}") from None


def read_json(path: str, data: bytes) -> tuple[Document | None, list[Problem]]:
    """The document, or None, and what is wrong with it."""

    def wrong(code: str, message: str, place: tuple[int, int]) -> Problem:
        return problem(code, message, path=path, line=place[0], column=place[1])

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        return None, [wrong("json-invalid", "the file is not UTF-8 text", _Places(before)(len(before)))]
    walk, places = _Walk(text), _Places(text)
    if walk.too_deep is not None:
        return None, [wrong("json-too-deep", f"more than {JSON_DEPTH} levels deep", places(walk.too_deep))]
    try:
        value = json.loads(text, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return None, [wrong("json-invalid", message, (error.lineno, error.colno))]
    except UnicodeEncodeError:
        return None, [wrong("json-invalid", "half of a surrogate pair in a string", (1, 1))]
    except ValueError as error:
        return None, [wrong("json-invalid", f"not JSON: {error}", (1, 1))]
    repeated = (
        wrong("json-key-repeated", f"the key {key!r} is given twice in one object", places(offset))
        for offset, key in walk.repeated
    )
    return Document(path, text, value), list(repeated)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")
