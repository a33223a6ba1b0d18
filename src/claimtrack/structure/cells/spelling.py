"""How values of each type must be spelled, and what to say of one that is spelled otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from claimtrack.schema import Field
from claimtrack.structure.cells.characters import mended, odd_characters
from claimtrack.structure.telling.nearest import did_you_mean
from claimtrack.structure.telling.shown import shown
from claimtrack.structure.telling.unstated import left_out, says_nothing

INTEGER = r"-?(?:0|[1-9][0-9]{0,17})"
NUMBER = r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?"
BOOLEAN = "true|false"
DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME, _OFFSET = "[0-9]{2}:[0-9]{2}:[0-9]{2}", "[+-][0-9]{2}:[0-9]{2}"
DATETIME = f"{DATE}T{_TIME}{_OFFSET}"
_MINUTE = f"{DATE}[T ][0-9]{{2}}:[0-9]{{2}}"
_SPACED = f"({DATE})[Tt ]([0-9]{{2}}:[0-9]{{2}})(:[0-9]{{2}})? *({_OFFSET})"
URI = r"https?://[A-Za-z0-9\[][^\s<>\"{}|\\^`]*"

_NO_OFFSET = "does not say how far its clock was from UTC"
WHOLE_MOMENT = (
    "Write the day, the time and the offset of its clock from UTC like 2022-09-13T12:34:00+04:00. Format the column as "
    "text before you paste."
)
WHOSE_OFFSET = {
    "reported": "Add the offset that the publisher's clock had on that day, like +04:00.",
    "asserted": "Add the offset that the claimant's clock had on that day, like +04:00.",
    "valid": (
        "Add the offset that the place had on that day, like +04:00. If the source does not name the zone, say so with "
        "zone_basis assumed."
    ),
}
"""The fix for a time without an offset, for each of the clocks of a claim."""
_NAME_STATEMENT = (
    "Give it a name like s20220913-1234-russian-mfa, which all rows of one utterance share, or move a new row into a "
    "file in inbox/, where it is made: see CONTRIBUTING.md."
)
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")
_LOCAL_DATE = re.compile(
    r"(?:[0-9]{1,2}([/.-])(?:[0-9]{1,2}|[A-Za-z]{3,9})\1[0-9]{2,4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?:[ ,T].*)?"
)
_TRUE = frozenset(
    {
        *("true", "yes", "1", "t", "y", "x", "ja", "oui", "да"),
        *("wahr", "vrai", "vero", "verdadero", "verdadeiro", "waar", "prawda", "doğru", "истина"),
    }
)
_FALSE = frozenset(
    {
        *("false", "no", "0", "f", "n", "nein", "non", "нет"),
        *("falsch", "faux", "falso", "onwaar", "fałsz", "yanlış", "yanliş", "ложь"),
    }
)
"""Yes and no as people write them, and as spreadsheets do in the language of their user."""
_SERIAL_DAY = re.compile(r"[34][0-9]{4}(?:[.,][0-9]+)?")
_SMART_QUOTES = re.compile("[\u2018-\u201f\u2032-\u2037\u00ab\u00bb\u2039\u203a\u00b4`]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value: the code of the rule, the message, and a fix if there is a better one than usual."""

    code: str
    message: str
    fix: str | None = None


def odd_in(field: Field | None, cell: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the characters of a cell. Of odd spaces between the digits of a number its type tells."""
    number = field is not None and field.type in ("integer", "number")
    for code, message in odd_characters(cell):
        if not (number and code == "odd-space" and " " in mended(cell).strip()):
            yield code, message


def _integer(value: str) -> tuple[str, str | None]:
    if re.fullmatch(r"[0-9]{1,3}(?:[,.'\s][0-9]{3})+", value):
        return f"{shown(value)} has separators between the thousands", f"Write {re.sub('[^0-9]', '', value)}."
    if re.fullmatch(r"-?[0-9]+(?:\s+[0-9]+)+", value):
        return f"{shown(value)} has spaces between its digits", f"Write {''.join(value.split())}."
    if re.fullmatch(r"-?[0-9]{19,}", value):
        return f"{shown(value)} has more than 18 digits", None
    if len(value) > 100:  # Python itself refuses to turn very many digits into a number
        return f"{shown(value)} is no number of up to 18 digits", None
    if re.fullmatch(r"[+-]?[0-9]+", value):
        return f"{shown(value)} has a plus sign or leading zeros", f"Write {int(value)}."
    if value.isdecimal():
        return f"{shown(value)} is written in other digits than 0 to 9", f"Write {int(value)}."
    if re.fullmatch("-?[0-9]{1,18}[.,]0*", value):
        return f"{shown(value)} has a fraction, if only zeros", f"Write {int(re.split('[.,]', value)[0])}."
    if re.fullmatch(r"-?[0-9]+[.,][0-9]*", value):
        return f"{shown(value)} is not a whole number", None
    return f"{shown(value)} is not a whole number in digits", None


def _number(value: str) -> tuple[str, str | None]:
    if re.fullmatch("-?[0-9]+,[0-9]+", value):
        return f"{shown(value)} has a decimal comma", f"Write {value.replace(',', '.')}."
    return f"{shown(value)} is not a number in digits with a decimal point", None


def _boolean(value: str) -> tuple[str, str | None]:
    word = value.casefold()
    known = "true" if word in _TRUE else "false" if word in _FALSE else None
    return f"{shown(value)} is neither true nor false", f"Write {known}." if known else None


def _date(value: str) -> tuple[str, str | None]:
    parts = re.fullmatch("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", value)
    if parts and len(value) < 10:
        return f"{shown(value)} lacks zeros", f"Write {parts[1]}-{int(parts[2]):02}-{int(parts[3]):02}."
    if parts:
        return f"{shown(value)} is not in the calendar", None
    if re.match(f"{DATE}[T ]", value):
        return f"{shown(value)} has a time with it", f"Write {value[:10]}."
    return f"{shown(value)} is not a date like 2022-09-13", None


def _day_of(value: str) -> str | None:
    """The fix for a day with full stops between its parts: day, month and year wherever they are written so."""
    parts = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", value)
    if not parts or not (1 <= int(parts[1]) <= 31 and 1 <= int(parts[2]) <= 12):
        return None
    return f"Write {parts[3]}-{int(parts[2]):02}-{int(parts[1]):02}."


def _closed_up(value: str) -> str:
    """The fix for a moment with its parts apart, which are all there but perhaps for the seconds."""
    parts = re.fullmatch(_SPACED, value)
    return f"Write {parts[1]}T{parts[2]}{parts[3] or ':00'}{parts[4]}." if parts else ""


_DATETIMES: tuple[tuple[str, str, Callable[[str], str] | None], ...] = (
    (f"{DATE}T24:00:00.*", "is written as hour 24", lambda _: "Write 00:00:00 of the next day."),
    (f"{DATE}T{_TIME}[Zz]", "ends in Z", lambda value: f"Write {value[:-1]}+00:00."),
    (f"{DATE}T{_TIME}-00:00", "has the offset -00:00, which means that none is known", None),
    (DATETIME, "is not in the calendar, on the clock or an offset", None),
    (f"{DATE}[ t]{_TIME}{_OFFSET}", "has no T before the time", lambda value: f"Write {value[:10]}T{value[11:]}."),
    (f"{DATE}T[0-9:]{{5}}{_OFFSET}", "has no seconds", lambda value: f"Write {value[:16]}:00{value[16:]}."),
    (f"{DATE}T{_TIME}\\.[0-9]+(?:{_OFFSET}|Z)", "has parts of a second", None),
    (f"{DATE}T{_TIME}[+-][0-9]{{4}}", "has no colon in its offset", lambda value: f"Write {value[:-2]}:{value[-2:]}."),
    (f"{DATE}T{_TIME}[+-][0-9]{{2}}", "has an offset without minutes", lambda value: f"Write {value}:00."),
    (f"{DATE}[T ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\\.[0-9]+)?)?", _NO_OFFSET, None),
    ("[0-9]{4}-?W[0-9]{2}.*", "is a date by weeks", None),
    (_SPACED, "has a space where a T belongs or before its offset, or no seconds", _closed_up),
    (f"(?!{_MINUTE})[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}[T ][0-9].*", "lacks zeros in its date or time", None),
    (DATE, "is a day without a time", None),
    (".*", "is not a datetime like 2022-09-13T12:34:00+04:00", None),
)


def _datetime(field: Field, value: str) -> Fault:
    """The more special the fault, the more is said."""
    words, fix = next((words, fix) for pattern, words, fix in _DATETIMES if re.fullmatch(pattern, value, re.DOTALL))
    if words == _NO_OFFSET:
        return Fault("datetime-no-offset", f"{shown(value)} {words}", WHOSE_OFFSET.get(field.name.split("_")[0]))
    return Fault("datetime-invalid", f"{shown(value)} {words}", fix(value) if fix else None)


_TYPES = {"integer": _integer, "number": _number, "boolean": _boolean, "date": _date}


def or_blank(field: Field, value: str, fault: Fault) -> Fault:
    """The fault; of a value that says "not stated" a blank cell is the way out, if any is, and no other value."""
    return replace(fault, fix=left_out(field, value)) if says_nothing(value) else fault


def left_blank(field: Field) -> Fault:
    """What to say of a blank cell in a column that has to be filled."""
    fix = _NAME_STATEMENT if field.name == "statement_id" else _made_in_inbox(field)
    return Fault("required-missing", f"{field.name} is blank", fix)


def _made_in_inbox(field: Field) -> str | None:
    """The fix for the id of a claim that somebody left out or made up; None for all other columns."""
    minted = field.name == "claim_id" and field.pattern is not None
    return "Move the row into a file in inbox/, where its id is made: see CONTRIBUTING.md." if minted else None


def wrong_type(field: Field, value: str) -> Fault:
    """What to say of a value that is none of its column's type."""
    if field.type in ("date", "datetime") and _LOCAL_DATE.fullmatch(value):
        message = f"{shown(value)} is a date in the fashion of a country or of a spreadsheet"
        return Fault("spreadsheet-date", message, _day_of(value) if field.type == "date" else WHOLE_MOMENT)
    if field.type in ("date", "datetime") and _SERIAL_DAY.fullmatch(value):
        message = f"{shown(value)} looks like a date that a spreadsheet has rewritten"
        return Fault("spreadsheet-date", message, WHOLE_MOMENT if field.type == "datetime" else None)
    if field.type in ("integer", "number") and _EXPONENT.fullmatch(value):
        return Fault("spreadsheet-number", f"{shown(value)} looks like a number that a spreadsheet has rewritten")
    if field.type == "datetime":
        return _datetime(field, value)
    if field.type == "string":
        return Fault("url-invalid", f"{shown(value)} is not an address that begins with http:// or https://")
    message, fix = _TYPES[field.type](value)
    return Fault(f"{field.type}-invalid", message, fix)


def wrong_pattern(field: Field, value: str) -> Fault:
    """What to say of a value that is not spelled as the pattern of its column demands."""
    if _SMART_QUOTES.search(value):
        return Fault("smart-quotes", f"{shown(value)} has typographic quotation marks or apostrophes in it")
    if _EXPONENT.fullmatch(value):
        return Fault("spreadsheet-number", f"{shown(value)} looks like a number that a spreadsheet has rewritten")
    if _LOCAL_DATE.fullmatch(value):
        return Fault("spreadsheet-date", f"{shown(value)} looks like a date that a spreadsheet has rewritten")
    meant = _as_slug(value, "_" if "_" in (field.pattern or "") and "-" not in field.example else "-")
    fits = field.pattern and re.fullmatch(field.pattern, meant)
    message = f"{shown(value)} is not spelled like {field.example}"
    return Fault("pattern-mismatch", message, f"Perhaps {meant} is meant." if fits else _made_in_inbox(field))


def offset_spelled(minutes: int) -> str:
    """An offset from UTC as it is spelled behind a time: "+04:00"."""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def slug(name: str) -> str:
    """An identifier for a name: lower case, digits and hyphens, accents left out."""
    return _as_slug("".join(letter for letter in unicodedata.normalize("NFKD", name) if letter.isascii()), "-")


def _as_slug(value: str, joint: str) -> str:
    return re.sub("[^a-z0-9|]+", joint, value.casefold()).strip(joint)


def wrong_choice(field: Field, value: str) -> Fault:
    """What to say of a value that is none of those that its column allows."""
    meant = _as_slug(value, "_")
    hint = f"Write {meant}." if meant in field.enum else did_you_mean(meant, field.enum)
    return Fault("enum-unknown", f"{shown(value)} is none of {', '.join(field.enum)}", hint)


def out_of_bounds(field: Field, value: str, above: bool) -> Fault:
    """What to say of a number that is too small or too large."""
    if above:
        return Fault("above-maximum", f"{value} is more than {field.maximum}")
    return Fault("below-minimum", f"{value} is less than {field.minimum}")
