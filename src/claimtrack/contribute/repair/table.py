"""One table: its rows beside the old ones, every cell in the light of what became of those."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from claimtrack.contribute.canonical import key_of, tidy, why_untidy
from claimtrack.contribute.changes import Change, Doubt
from claimtrack.contribute.repair.clock import PublisherClock
from claimtrack.contribute.repair.encoding import Text
from claimtrack.contribute.repair.evidence import Damage, Evidence, damage_between
from claimtrack.contribute.repair.fresh import Reading, read_fresh
from claimtrack.contribute.repair.pairing import paired
from claimtrack.contribute.sheet import Row, Sheet
from claimtrack.schema import Field

_BREAK = re.compile(r"\s*\n\s*")


@dataclass
class Mended:
    """The rows of a table as they were meant, what was changed for that, what is in doubt, and lost old rows' keys."""

    rows: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    added: int = 0


class TableRepair:
    """Mends one table, which was read from that text, with the tidy rows of an older revision."""

    def __init__(self, sheet: Sheet, path: str, text: Text, old: Sequence[Row], clock: PublisherClock) -> None:
        self.sheet = sheet
        self.path = path
        self.old = old
        self.clock = clock
        self.text = text
        self.evidence = Evidence()

    def mended(self) -> Mended:
        """The mended table."""
        result = Mended()
        rows = [{column: _one_line(tidy(cell)) for column, cell in row.items()} for row in self.sheet.rows]
        partners = paired(self.sheet.schema, rows, self.old)
        damages = [self._damages(*each) for each in zip(rows, partners, self.sheet.rows, strict=True)]
        for at, partner in enumerate(partners):
            row = rows[at]
            readings = {
                column.name: self._reading(column, row, partner, damages[at]) for column in self.sheet.schema.fields
            }
            final = {name: tidy(reading.value) for name, reading in readings.items()}
            self._tell(result, at, final, readings)
            result.rows.append(final)
            result.added += partner is None
        kept = {key_of(self.sheet.schema, row) for row in result.rows}
        result.gone = [key for row in self.old if (key := key_of(self.sheet.schema, row)) not in kept]
        return result

    def _damages(self, row: Row, partner: Row | None, raw: Row) -> dict[str, Damage]:
        """What became of the cells of an old row, which stands in the file as `raw`."""
        found: dict[str, Damage] = {}
        if partner is None:
            return found
        for column in self.sheet.schema.fields:
            old, new = partner[column.name], row[column.name]
            damage = None if old == new else damage_between(column, old, new, legacy=self.text.legacy)
            if old != new and "\n" in raw[column.name] and "".join(new.split()) == "".join(old.split()):
                damage = Damage(why="inside of a word")
            if damage:
                self.evidence.learn(column.name, damage)
                found[column.name] = damage
        return found

    def _reading(self, column: Field, row: Row, partner: Row | None, damages: dict[str, Damage]) -> Reading:
        name = column.name
        if partner and (name in self.sheet.absent or name in damages or partner[name] == row[name]):
            return Reading(partner[name], damages[name].why + "; the old cell is put back" if name in damages else "")
        reading = read_fresh(column, row[name], row, self.evidence, self.clock)
        if reading.doubt or row[name].isascii() or (self.text.certain and not self.evidence.misread):
            return reading
        return replace(reading, doubt=f"it was read as {self.text.encoding}, and the old rows do not confirm that")

    def _tell(self, result: Mended, at: int, final: Row, readings: dict[str, Reading]) -> None:
        before, line, key = self.sheet.rows[at], self.sheet.lines[at], key_of(self.sheet.schema, final)
        for name, reading in readings.items():
            if reading.doubt:
                result.doubts.append(
                    Doubt(path=self.path, line=line, key=key, column=name, value=final[name], why=reading.doubt)
                )
            if final[name] != before[name] and name not in self.sheet.absent:
                whys = [why_untidy(before[name]), "line break in the cell" if "\n" in before[name].strip() else ""]
                why = "; ".join(filter(None, [*whys, reading.why]))
                result.changes.append(
                    Change(
                        path=self.path,
                        line=line,
                        key=key,
                        column=name,
                        before=before[name],
                        after=final[name],
                        why=why,
                    )
                )


def _one_line(cell: str) -> str:
    return _BREAK.sub(" ", cell) if "\n" in cell else cell
