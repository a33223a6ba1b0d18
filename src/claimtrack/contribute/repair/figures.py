"""Numbers and truth values as spreadsheets write them."""

from __future__ import annotations

import re
from decimal import Decimal

_GROUPING = {",": "a comma", ".": "a point", " ": "a space", "'": "an apostrophe"}
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f]")

TRUTHS = {
    "true": ("true", "wahr", "vrai", "verdadero", "vero", "waar", "prawda", "истина", "істина", "doğru"),
    "false": ("false", "falsch", "faux", "falso", "onwaar", "fałsz", "ложь", "хибність", "yanlış"),
}
"""How spreadsheets in various languages write the two truth values."""


def truth(cell: str) -> str | None:
    """`true` or `false`, if that is what the cell says."""
    said = cell.casefold()
    return next((value for value, words in TRUTHS.items() if said in words), None)


def figures(cell: str) -> dict[str, Decimal]:
    """What number the cell may stand for, by the way of writing that makes it that one."""
    text = _SPACES.sub(" ", cell).replace("\u2019", "'").replace("\u2212", "-")
    found: dict[str, Decimal] = {}
    if re.fullmatch(r"[+-]?[0-9]+", text):
        found["plain"] = Decimal(text)
    if re.fullmatch(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,2}", text):
        found["powers of ten"] = Decimal(text.replace(",", "."))
    for mark, words in _GROUPING.items():
        if mark in ",." and re.fullmatch(rf"[+-]?[0-9]*{re.escape(mark)}[0-9]+", text):
            found[f"decimals after {words}"] = Decimal(text.replace(mark, "."))
        between, point = re.escape(mark), "," if mark == "." else "[.]"
        parts = re.fullmatch(rf"([+-]?[0-9]{{1,3}}(?:{between}[0-9]{{3}})+)(?:{point}([0-9]+))?", text)
        if parts:
            found[f"thousands set apart by {words}"] = Decimal(parts[1].replace(mark, "") + f".{parts[2] or 0}")
    return found


def written(value: Decimal) -> str:
    """A number in digits with a decimal point, without needless zeros."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) if value else "0"
