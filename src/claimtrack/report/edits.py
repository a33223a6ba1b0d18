"""The examples of the rulebook in words: what was changed in the valid package, and where that is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from claimtrack.report.escape import terminal
from claimtrack.rulebook import Break, Expected
from claimtrack.structure.telling.shown import cut

Code = Callable[[str], str]
LONGEST = 60
_PLAIN_WORD = re.compile(r"[\w./:+*-]+")


def as_code(text: str) -> str:
    """Text as Markdown code on one line, between backticks that it does not hold itself."""
    shown = terminal(cut(text, LONGEST))
    if "`" in shown:
        return f"`` {shown} ``"
    return f"`{shown}`"


def as_words(text: str) -> str:
    """Text for a terminal: as it stands where it is one word, else in quotation marks."""
    shown = terminal(cut(text, LONGEST))
    return shown if _PLAIN_WORD.fullmatch(shown) else f'"{shown}"'


def in_words(edits: Iterable[Mapping[str, Any]], code: Code) -> str:
    """What the edits make of the valid package; `code` shows names and values."""
    return "; ".join(_in_table(edit, code) or _in_text(edit, code) or _as_file(edit, code) for edit in edits)


def _cells(cells: Mapping[str, str], code: Code) -> str:
    return ", ".join(f"{code(column)} {f'= {code(cell)}' if cell else 'blank'}" for column, cell in cells.items())


def _in_table(edit: Mapping[str, Any], code: Code) -> str | None:
    file = code(edit["file"])
    match edit:
        case {"key": key, "set": cells}:
            return f"{file}, row {code(key)}: {_cells(cells, code)}"
        case {"append": cells}:
            return f"{file}, a new row: {_cells({column: cell for column, cell in cells.items() if cell}, code)}"
        case {"drop": key}:
            return f"{file} without row {code(key)}"
        case {"patch": changes}:
            return f"{file}: " + ", ".join(
                f"no {code(pointer)}" if value == "__remove__" else f"{code(pointer)} = {code(str(value))}"
                for pointer, value in changes.items()
            )
    return None


def _in_text(edit: Mapping[str, Any], code: Code) -> str | None:
    file, times = code(edit["file"]), f", {edit['times']:,} times" if "times" in edit else ""
    match edit:
        case {"replace": old, "by": new} | {"replace_hex": old, "by_hex": new}:
            what = "the bytes " if "by_hex" in edit else ""
            return f"{file}: {what}{code(new)} in place of {code(old)}" if new else f"{file} without {what}{code(old)}"
        case {"text": text}:
            return f"{file}, all of it: {code(text)}{times}" if text else f"{file}, empty"
        case {"hex": data}:
            return f"{file}, all of it: the bytes {code(data)}{times}"
        case {"more": text}:
            return f"{file}, at its end: {code(text)}{times}"
        case {"workbook": text, "merged": area}:
            return f"{file}, its cells {code(area)} merged: {code(text)}"
    return None


def _as_file(edit: Mapping[str, Any], code: Code) -> str:
    file = code(edit["file"])
    match edit:
        case {"encode": encoding}:
            return f"{file}, saved as {encoding}"
        case {"parquet": types}:
            typed = ", ".join(f"{code(column)} as {code(kind)}" for column, kind in types.items())
            return f"{file} as Parquet" + (f", {typed}" if typed else "")
        case {"rename": name}:
            return f"{file} is called {code(name)}"
        case {"symlink_to": target}:
            return f"{file} is a link to {code(target)}"
        case {"mode": mode}:
            return f"{file} has the mode {mode}"
        case {"size": size}:
            return f"{file} has {size:,} bytes"
        case {"delete": True}:
            return f"{file} is missing"
        case {"folder": True}:
            return f"{file} is a folder"
        case {"fifo": True}:
            return f"{file} is a pipe"
    raise ValueError(f"there are no words for the edit {edit}")


def _place(place: Expected, code: Code) -> str:
    where = ":".join(str(part) for part in (place.file, place.line, place.column) if part is not None)
    return f"{code(where)} ({code(place.field)})" if place.field else code(where)


def example(case: Break, code: Code) -> str:
    """What the edits of a break make of the valid package, and where that is reported."""
    return f"{in_words(case.edits, code)}. Reported at {', '.join(_place(place, code) for place in case.expect)}."
