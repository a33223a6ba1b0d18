"""The columns of a claim as questions: in which order they are asked, and which of them a kind has use for."""

from __future__ import annotations

from claimtrack.errors import UsageError
from claimtrack.schema import Field, ForeignKey, TableSchema, table_schema

MINTED = "claim_id"
"""Never asked for: it is made from the other cells."""

STATEMENT = "statement_id"
"""May be left blank in a new row: it is then made from the moment, the claimant and, where need be, the source."""

TOPICS = {
    "The source": ("source_id", "locator", "reported_from", "reported_to"),
    "What was said": ("kind", "predicate", "polarity", "text", "quote"),
    "Figure and answer": (
        *("count_text", "count_min", "count_max", "count_mode", "count_basis", "count_approx", "answer"),
    ),
    "By whom": ("claimant_id", "certainty", "basis", "asserted_from", "asserted_to", "statement_id"),
    "About when": (*("time_text", "valid_from", "valid_to", "valid_mode", "zone_basis", "bounds_basis"),),
    "About where and whom": ("place_id", "place_relation", "incident_id", "actor_id", "target_id"),
    "Notes": ("note",),
}
"""Every column but the one that is minted, in the order in which they are asked for."""

ORDER = tuple(column for columns in TOPICS.values() for column in columns)


def claims() -> TableSchema:
    """The schema of the claims."""
    return table_schema("claims")


def kinds() -> tuple[str, ...]:
    """The kinds of claims."""
    return claims().field("kind").enum


def known_kind(kind: str | None) -> str | None:
    """The kind, if it is one. Raises `UsageError` otherwise."""
    if kind is not None and kind not in kinds():
        raise UsageError(f"there is no kind {kind!r}; there are {', '.join(kinds())}")
    return kind


def used_by(kind: str | None) -> tuple[str, ...]:
    """The columns that claims of a kind may fill (without one: all), in the order of the file."""
    if kind is None:
        return claims().columns
    every, own = claims().kinds["every"], claims().kinds[kind]
    used = {*every["requires"], *every["allows"], *own["requires"], *own["allows"]}
    return tuple(column for column in claims().columns if column in used)


def required_by(kind: str | None) -> tuple[str, ...]:
    """The columns that claims of a kind must fill, but for the one that is minted, in the order of the questions."""
    uses = claims().kinds
    wanted = {*uses["every"]["requires"], *(uses[kind]["requires"] if kind else ())}
    return tuple(column for column in ORDER if column in wanted)


def reference(column: str) -> ForeignKey | None:
    """The table whose ids a column takes, None where it takes none. The predicate counts with its kind."""
    return claims().reference(column)


def options(field: Field) -> tuple[str, ...]:
    """The values that a column has, where these are few: its fixed ones, or true and false."""
    return field.enum or (("true", "false") if field.type == "boolean" else ())


def with_meaning(field: Field, value: str) -> str:
    """One of the fixed values of a column, with what it means."""
    return f"{value}: {field.meanings[value]}" if value in field.meanings else value


def allowed(field: Field) -> str:
    """What may stand in a column, in words; its fixed values are explained elsewhere."""
    if field.name == MINTED:
        return "leave it blank: it is made when the row is taken over"
    if field.name == STATEMENT:
        return "blank, or the same for all claims of one utterance: lower case, digits and hyphens"
    key = reference(field.name)
    if key:
        return f"one from {key.resource}.csv"
    if field.enum:
        return "one of " + ", ".join(field.enum)
    return {
        "datetime": "date and time with seconds and UTC offset: 2022-09-13T12:34:00+04:00",
        "integer": "a whole number in digits",
        "boolean": "true or false",
    }.get(field.type, "lower case, digits and hyphens" if field.pattern else "text")
