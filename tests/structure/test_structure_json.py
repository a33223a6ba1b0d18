from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.structure.files.jsonfile import read_json
from claimtrack.structure.limits import JSON_DEPTH

SCALARS = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('ab/~"é\\', max_size=3), inner, max_size=3),
    max_leaves=12,
)


def all_steps(value: Any, steps: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(steps, value), *(found for key, inner in members for found in all_steps(inner, (*steps, key)))]


@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans())
def test_every_value_is_found_at_its_place(value: Any, indent: int | None, escaped: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=escaped)
    document, problems = read_json("x.json", text.encode())
    assert problems == []
    assert document is not None
    lines = text.split("\n")
    for steps, wanted in all_steps(value):
        line, column = document.place(steps)
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        assert json.JSONDecoder().raw_decode(rest)[0] == wanted


def test_a_place_that_is_not_there_is_the_last_one_on_the_way() -> None:
    document, _ = read_json("x.json", b'{"a": {"b": 1},\n "c": [5]}')
    assert document is not None
    assert document.place(("a", "x", "y")) == (1, 7)
    assert document.place(("c", 7)) == (2, 7)
    assert document.place(("zzz",)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (b"", "json-invalid", 1, 1),
        (b'{"a": 1,}', "json-invalid", 1, 9),
        (b'{"a": 1\n "b": 2}', "json-invalid", 2, 2),
        (b'{"a": tru}', "json-invalid", 1, 7),
        (b'{"a": "open', "json-invalid", 1, 7),
        (b'{"a": NaN}', "json-invalid", 1, 1),
        (b'{"a": -Infinity}', "json-invalid", 1, 1),
        (b'["\\ud800"]', "json-invalid", 1, 1),
        (b"[" + b"1" * 5000 + b"]", "json-invalid", 1, 1),
        (b'\xef\xbb\xbf{"a": 1}', "json-invalid", 1, 1),
        (b'{"a":\n "\xff"}', "json-invalid", 2, 3),
        (b'{"a": 1, "a": 2}', "json-key-repeated", 1, 10),
        (b'{"a": 1, "\\u0061": 2}', "json-key-repeated", 1, 10),
        (b'[{"x": [1, {"a": 1,\n"b": 2, "a": 3}]}]', "json-key-repeated", 2, 9),
        (b'{"a": ' * JSON_DEPTH + b"{", "json-too-deep", 1, 6 * JSON_DEPTH + 1),
        (b"[" * 100_000, "json-too-deep", 1, JSON_DEPTH + 1),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: bytes, code: str, line: int, column: int) -> None:
    document, problems = read_json("x.json", text)
    assert [(found.code, found.path, found.line, found.column) for found in problems] == [
        (code, "x.json", line, column)
    ]
    assert (document is None) == (code != "json-key-repeated")


@pytest.mark.parametrize("text", [b'"\\"' * 50_000, b'{"' * 50_000, b'"' + b"\\" * 99_999, b"]}" * 50_000, b"{,:" * 9])
def test_hostile_text_ends_soon(text: bytes) -> None:
    document, problems = read_json("x.json", text)
    assert document is None
    assert len(problems) == 1


@given(st.binary(max_size=40) | st.text('{}[]",:\\ a1', max_size=40).map(str.encode))
def test_any_bytes_are_read_or_reported(data: bytes) -> None:
    document, problems = read_json("x.json", data)
    try:
        value = json.loads(data.decode(), parse_constant=lambda name: 1 / 0)
    except (ValueError, ZeroDivisionError):
        assert document is None
        assert problems
    else:
        if document is not None:
            assert document.value == value
