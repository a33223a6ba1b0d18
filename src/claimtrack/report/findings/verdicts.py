"""What a code says of two claims, in a sentence of its own."""

from __future__ import annotations

from claimtrack.rulebook import rule


def verdict(code: str, strength: str, first: str, second: str) -> str:
    """'The contrary claim begins after this claim was said, so it did not last.', with names for the two claims.

    `first` is what the claim at issue is called, `second` the other one.
    """
    known = rule(code)
    clause = known.perhaps if strength == "possible" else known.verdict
    clause = clause.replace("the second", second).replace("the first", first)
    return f"{clause[0].upper()}{clause[1:]}."
