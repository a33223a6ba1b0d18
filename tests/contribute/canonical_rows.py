"""Made-up rows in canonical spelling, for hypothesis. What they say is nonsense; how it is spelled is sound."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import strategies as st

from claimtrack.contribute.canonical import key_of
from claimtrack.contribute.sheet import Row
from claimtrack.schema import Field, TableSchema

LETTERS = "abz AZ019 .,;:|-'\"()?!=\u2013\u00e9\u00df\u0259\u0160\u0531\u056b\u0430\u0439\u4e2d"
SLUGS = st.from_regex(r"\A[a-z]{1,6}(?:-[a-z]{1,4}){0,2}\Z")
TEXTS = st.text(LETTERS, max_size=12).map(str.strip)
OFFSETS = st.sampled_from(["+04:00", "+00:00", "-05:30"])


@st.composite
def moments(draw: st.DrawFn) -> str:
    at = draw(st.datetimes(datetime(1970, 1, 1), datetime(2029, 12, 31)))
    if draw(st.booleans()):
        at = at.replace(second=0)
    return f"{at:%Y-%m-%dT%H:%M:%S}{draw(OFFSETS)}"


def cells(field: Field) -> st.SearchStrategy[str]:
    """What may stand in a column."""
    match field.type:
        case "boolean":
            filled: st.SearchStrategy[str] = st.sampled_from(["true", "false"])
        case "integer":
            filled = st.integers(-5, 3_000_000).map(str)
        case "number":
            filled = st.decimals(-89, 89, places=4).map(lambda value: f"{value.normalize():f}")
        case "date":
            filled = st.dates(date(1970, 1, 1), date(2029, 12, 31)).map(str)
        case "datetime":
            filled = moments()
        case _ if field.enum:
            filled = st.sampled_from(field.enum)
        case _:
            filled = SLUGS if field.pattern or field.name.endswith("_id") else TEXTS.filter(bool)
    return filled if field.required else st.one_of(st.just(""), filled)


def rows(schema: TableSchema, max_size: int = 6) -> st.SearchStrategy[list[Row]]:
    """Rows of a table, each with a key of its own, in any order."""
    row = st.fixed_dictionaries({field.name: cells(field) for field in schema.fields})
    return st.lists(row, max_size=max_size, unique_by=lambda one: key_of(schema, one))
