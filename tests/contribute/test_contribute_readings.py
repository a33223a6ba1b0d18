"""What numbers, truth values, letters and dates may stand for, as tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claimtrack.contribute.repair.encoding import Text, decoded
from claimtrack.contribute.repair.figures import figures, truth, written
from claimtrack.contribute.repair.letters import is_lost, replaced, straight, ungarbled
from claimtrack.contribute.repair.moments import moments

FIGURES = [
    ("12", {"plain": "12"}),
    ("+12", {"plain": "12"}),
    ("\u221212", {"plain": "-12"}),
    ("1,234", {"thousands set apart by a comma": "1234", "decimals after a comma": "1.234"}),
    ("1.234", {"thousands set apart by a point": "1234", "decimals after a point": "1.234"}),
    ("1.234.567", {"thousands set apart by a point": "1234567"}),
    ("1,234.5", {"thousands set apart by a comma": "1234.5"}),
    ("1.234,5", {"thousands set apart by a point": "1234.5"}),
    ("1 234", {"thousands set apart by a space": "1234"}),
    ("1\u202f234", {"thousands set apart by a space": "1234"}),
    ("1\u2019234", {"thousands set apart by an apostrophe": "1234"}),
    ("12.0", {"decimals after a point": "12"}),
    (",5", {"decimals after a comma": "0.5"}),
    ("1.2E+03", {"powers of ten": "1200"}),
    ("1,2e3", {"powers of ten": "1200"}),
    ("1,23", {"decimals after a comma": "1.23"}),
    ("12,34,567", {}),
    ("about 12", {}),
    ("", {}),
]


@pytest.mark.parametrize(("cell", "expected"), FIGURES)
def test_figures(cell: str, expected: dict[str, str]) -> None:
    assert figures(cell) == {way: Decimal(value) for way, value in expected.items()}


WRITTEN = [("1200", "1200"), ("1.2E+3", "1200"), ("40.10", "40.1"), ("12.0", "12"), ("-0", "0"), ("0.50", "0.5")]


@pytest.mark.parametrize(("value", "expected"), WRITTEN)
def test_numbers_are_written_in_digits(value: str, expected: str) -> None:
    assert written(Decimal(value)) == expected


TRUTHS = [("TRUE", "true"), ("Falsch", "false"), ("ИСТИНА", "true"), ("faux", "false"), ("1", None), ("yes", None)]


@pytest.mark.parametrize(("cell", "expected"), TRUTHS)
def test_truth_values(cell: str, expected: str | None) -> None:
    assert truth(cell) == expected


MOMENTS = [
    ("2022-09-13T12:34:56+04:00", {"ymd": "2022-9-13 12:34:56 +04:00"}),
    ("2022-09-13 12:34Z", {"ymd": "2022-9-13 12:34 +00:00"}),
    ("2022/9/3 2:04 UTC+0400", {"ymd": "2022-9-3 2:04 +04:00"}),
    ("13/09/2022 12:34", {"dmy": "2022-9-13 12:34"}),
    ("9/13/2022 1:34 PM", {"mdy": "2022-9-13 13:34"}),
    ("9/13/2022 12:04 a.m.", {"mdy": "2022-9-13 0:04"}),
    ("03/04/2022", {"dmy": "2022-4-3", "mdy": "2022-3-4"}),
    ("3. 4. 2022", {"dmy": "2022-4-3", "mdy": "2022-3-4"}),
    ("03.04.22", {"dmy-short": "2022-4-3", "mdy-short": "2022-3-4", "ymd-short": "2003-4-22"}),
    ("01-02-75", {"dmy-short": "1975-2-1", "mdy-short": "1975-1-2"}),
    ("13-Sep-22", {"named-short": "2022-9-13"}),
    ("13 September 2022 12:34", {"named": "2022-9-13 12:34"}),
    ("13 Sep 12:34", {"named": "?-9-13 12:34"}),
    ("Sept. 13, 2022", {"named": "2022-9-13"}),
    ("Sep 13", {"named": "?-9-13"}),
    ("02-Mar", {"named": "?-3-2"}),
    ("12:34", {"named": "? 12:34"}),
    ("44817.523611111", {"days-1900": "2022-9-13 12:34:00", "days-1904": "2026-9-14 12:34:00"}),
    ("44817", {"days-1900": "2022-9-13 0:00:00", "days-1904": "2026-9-14 0:00:00"}),
    ("31/02/2022", {}),
    ("13/13/2022", {}),
    ("13 Foo 2022", {}),
    ("2022-09-13T24:00:00+04:00", {}),
    ("9/13/2022 13:34 PM", {}),
    ("2022-09-13 12:61", {}),
    ("2022/09/2022", {}),
    ("about noon", {}),
    ("13/09/2022 " * 20, {}),
    ("", {}),
]


@pytest.mark.parametrize(("cell", "expected"), MOMENTS)
def test_moments(cell: str, expected: dict[str, str]) -> None:
    shown = {}
    for order, wall in moments(cell).items():
        day = "?" if wall.day is None else f"{wall.year or '?'}-{wall.month}-{wall.day}"
        clock = ""
        if wall.clock:
            hour, minute, second = wall.clock
            clock = f" {hour}:{minute:02}" + (f":{second:02}" if second is not None else "")
        shown[order] = f"{day}{clock}" + (f" {wall.offset}" if wall.offset else "")
    assert shown == expected


MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]


@pytest.mark.parametrize(("number", "name"), [*enumerate(MONTHS, start=1)])
def test_every_month_is_known_by_its_name(number: int, name: str) -> None:
    for cell in (f"13 {name} 2022", f"13 {name[:3]} 2022", f"{name.upper()} 13, 2022"):
        ((order, wall),) = moments(cell).items()
        assert (order, wall.year, wall.month, wall.day) == ("named", 2022, number, 13)


REPLACED = [
    ("It's", "It\u2019s", False, "quotation marks made typographic"),
    ('say "no"', "say \u201eno\u201c", False, "quotation marks made typographic"),
    ("Jermuk \u054b\u0565", "Jermuk ??", False, "letters lost in another encoding"),
    ("caf\u00e9", "caf\ufffd", False, "letters lost in another encoding"),
    ("Nax\u00e7\u0131van", "Naxc\u0131van", True, "accents lost in another encoding"),
    ("a b", "a\u00a0b", False, "spaces or line breaks of another kind"),
    ("caf\u00e9 b", "caf\u00e9\u00a0b", False, "spaces or line breaks of another kind"),
    ("-no", "'-no", False, "an apostrophe put before it"),
    ("Nax\u00e7", "Naxc", False, None),
    ("It\u2019s", "It's", False, None),
    ("a?", "a", False, None),
    ("no", "'no", False, None),
    ("", "", False, None),
]


@pytest.mark.parametrize(("old", "new", "plain", "why"), REPLACED)
def test_letters_replaced(old: str, new: str, plain: bool, why: str | None) -> None:
    assert replaced(old, new, plain=plain) == why


def test_letters_made_straight_again() -> None:
    assert straight("\u201cIt\u2019s\u201d") == '"It\'s"'


@pytest.mark.parametrize("cell", ["#NAME?", "########", "#N/A"])
def test_what_a_spreadsheet_could_not_show(cell: str) -> None:
    assert is_lost(cell)
    assert not is_lost(f"{cell} and more")


UNGARBLED = [
    ("caf\u00c3\u00a9", [("windows-1252", "caf\u00e9")]),
    ("\u0420\u00b0", [("windows-1251", "\u0430")]),
    ("\u00c3\u0081", [("windows-1252", "\u00c1")]),
    ("caf\u00e9", []),
    ("\u0531", []),
    ("plain", []),
]


@pytest.mark.parametrize(("cell", "expected"), UNGARBLED)
def test_text_whose_utf8_was_taken_for_something_else(cell: str, expected: list[tuple[str, str]]) -> None:
    assert list(ungarbled(cell)) == expected


DECODED = [
    (b"plain", "", Text("plain", "utf-8", True)),
    (b"\xef\xbb\xbfplain", "\u00e9", Text("plain", "utf-8", True)),
    ("caf\u00e9".encode(), "", Text("caf\u00e9", "utf-8", True)),
    ("caf\u00e9".encode(), "\u00df", Text("caf\u00e9", "utf-8", True)),
    ("\u00df\u0160".encode("cp1252"), "\u00df\u0160", Text("\u00df\u0160", "windows-1252", True)),
    ("caf\u00e9".encode("cp1252"), "\u00e9", Text("caf\u00e9", "windows-1252", True)),
    ("caf\u00e9".encode("cp1252"), "", Text("caf\u00e9", "windows-1252", False)),
    ("caf\u00e9, \u0439".encode("cp1251", "replace"), "\u0439", Text("caf?, \u0439", "windows-1251", True)),
    ("caf\u00e9".encode("cp850"), "\u00e9", Text("caf\u00e9", "cp850", True)),
    ("caf\u00e9".encode("utf-16"), "", Text("caf\u00e9", "utf-16", True)),
    ("caf\u00e9".encode("utf-16-le"), "", Text("caf\u00e9", "utf-16-le", True)),
    ("caf\u00e9 \u0411".encode("utf-16") + b"x", "", Text("\udcff\udcfec\0a\0f\0\udce9\0 \0\x11\x04x", "utf-8", False)),
]


@pytest.mark.parametrize(("data", "old", "expected"), DECODED)
def test_the_encoding_in_which_old_letters_are_found_again(data: bytes, old: str, expected: Text) -> None:
    assert decoded(data, set(old)) == expected


def test_bytes_that_are_no_text_are_kept_as_they_are() -> None:
    assert decoded(b"\xff\xfea\0b", ()).utf8 == b"\xff\xfea\0b"


def test_legacy_encodings_have_one_byte_for_a_letter() -> None:
    assert Text("", "cp850", True).legacy == "cp850"
    assert Text("", "utf-16", True).legacy == ""
