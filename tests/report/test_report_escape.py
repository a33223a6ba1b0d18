"""Whatever a cell holds, it stays text where it is shown."""

from __future__ import annotations

import csv
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from claimtrack.report import escape

TRICKS = ["::error::x", "##[error]x", "%0A::set-output", "\r\n::warning::", "\x1b[2J", "\u202e", "\u200b", "\x85"]
TRICKS += ["|", "\n| a |", "<script>", "</td>", "<!--", "&lt;", "](http://x)", "![x](y)", "`", "```"]
TRICKS += ["# x", "- x", "1. x", "\u2028", "~~", "**", "__", "$x$", "https://x.example", "@all"]
TRICKS += ["=cmd()", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", '"', ",", ";", "\\"]
CELLS = st.lists(st.one_of(st.sampled_from(TRICKS), st.text(max_size=8)), max_size=6).map("".join)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("Ö café – “x”", "Ö café – “x”"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("a\u202eb\u200bc\xa0d", r"a\u202eb\u200bc\xa0d"),
        ("\udc80\U000e0041", r"\udc80\U000e0041"),
        ("::error::x", r":\x3aerror:\x3ax"),
        ("x ##[group]y", r"x ##\x5bgroup]y"),
    ],
)
def test_terminal(cell: str, shown: str) -> None:
    assert escape.terminal(cell) == shown


@given(CELLS)
def test_nothing_unprintable_and_no_command_reaches_a_terminal(cell: str) -> None:
    shown = escape.terminal(cell)
    assert shown.isprintable() or shown == ""
    assert "::" not in shown
    assert "##[" not in shown


@given(CELLS)
def test_printable_text_without_commands_is_shown_as_it_is(cell: str) -> None:
    harmless = "".join(character for character in cell if character.isprintable()).replace(":", "").replace("#", "")
    assert escape.terminal(harmless) == harmless


def test_workflow_command() -> None:
    assert escape.workflow_data("50 %: a,b\nnext") == "50 %25: a,b%0Anext"
    assert escape.workflow_property("data/a,b:c.csv") == "data/a%2Cb%3Ac.csv"


@given(CELLS, CELLS)
def test_a_cell_cannot_leave_its_workflow_command(file: str, message: str) -> None:
    command = f"::error file={escape.workflow_property(file)}::{escape.workflow_data(message)}"
    assert len(command.splitlines()) == 1
    parts = re.fullmatch(r"::error file=([^:,]*)::(.*)", command)
    assert parts is not None
    named, data = parts.groups()
    assert "::" not in data
    assert "##[" not in named + data
    assert re.fullmatch(r"(?:[^%]|%(?:25|0A|3A|2C))*", named + data)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("killed (12)", "killed (12)"),
        ("in_force", r"in\_force"),
        ("a|b", r"a\|b"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("- x", r"\- x"),
        ("-5", "-5"),
        ("1. x", r"1\. x"),
        ("# x", r"\# x"),
        ("https://x.example", "https:&#47;/x.example"),
        ("@all", "@<!-- -->all"),
        ("a\nb", r"a\\nb"),
    ],
)
def test_markdown(cell: str, shown: str) -> None:
    assert escape.markdown(cell) == shown


@given(CELLS)
def test_markdown_renders_as_the_text_itself(cell: str) -> None:
    """In a table cell nothing but text and line breaks comes out, and the row keeps its two cells."""
    reader = MarkdownIt("gfm-like", {"linkify": False})
    tokens = reader.parse(f"| a | b |\n| --- | --- |\n| {escape.markdown(cell)} | end |")
    assert [token.type for token in tokens].count("td_open") == 2
    inline = [token for token in tokens if token.type == "inline"]
    assert inline[-1].content == "end"
    children = [child for token in inline for child in token.children or []]
    assert {child.type for child in children} <= {"text", "text_special", "html_inline"}
    assert {child.content for child in children if child.type == "html_inline"} <= {"<!-- -->"}
    shown = "".join(child.content for child in inline[2].children or [] if child.type != "html_inline")
    assert shown == escape.terminal(cell).strip()


@given(CELLS)
def test_markdown_begins_no_block(cell: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(f"{escape.markdown(cell)}")
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", " =1", "＝1", "-"])
def test_a_formula_is_disarmed(cell: str) -> None:
    assert escape.csv_cell(cell) == "'" + cell


@given(CELLS)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert not escape.csv_cell(cell).lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
    (row,) = csv.reader([f'"{escape.csv_cell(cell).replace(chr(34), chr(34) * 2)}"'])
    assert row == [escape.csv_cell(cell)]


@given(st.recursive(CELLS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=3)))
def test_json_reads_back_and_cannot_command(value: object) -> None:
    for indent in (None, 2):
        text = escape.as_json(value, indent=indent)
        assert json.loads(text) == value
        assert text.replace("\n", "").isprintable()
        assert "##[" not in text
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    assert "\n" not in escape.as_json(value)
