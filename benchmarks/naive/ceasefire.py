"""Family `ceasefire`: one says that a ceasefire holds; another denies it, or that a party has confirmed it."""

from __future__ import annotations

import pandas as pd

from claimtrack.moments import INSTANT
from naive.meetings import meetings, with_readings
from naive.periods import measured, refutes, since_start
from naive.tables import Tables
from naive.verdicts import STRENGTH, constant, not_of_one_statement, verdicts

STANDING = ["in_force", "observed"]
BROKEN = ["violated", "ended"]


def ceasefire(tables: Tables) -> pd.DataFrame:
    """All pairs of the family."""
    spoken = tables.spoken
    speaks = spoken[spoken["compared"] & (spoken["kind"] == "ceasefire")].assign(topic=0)
    return pd.concat([_denied(tables, speaks), _unconfirmed(tables, speaks)], ignore_index=True)


def _denied(tables: Tables, speaks: pd.DataFrame) -> pd.DataFrame:
    """`ceasefire-denied`: about one incident, or where one of the two does not say which."""
    standing, broken = speaks["predicate"].isin(STANDING), speaks["predicate"].isin(BROKEN)
    denials = speaks[(speaks["denies"] & standing) | (speaks["asserts"] & broken)]
    rows = meetings(tables, speaks[speaks["asserts"] & standing], denials, "topic")
    ours, theirs = rows["incident_left"], rows["incident_right"]
    rows = rows[(ours == theirs) | (ours < 0) | (theirs < 0)]
    capped = rows["capped"] | (rows["incident_left"] < 0) | (rows["incident_right"] < 0)
    rows = rows.assign(order=0, sure=refutes(rows), capped=capped, since_start=measured(rows, since_start(rows)))
    return not_of_one_statement(verdicts(rows, ["ceasefire-denied"], ["since_start"]), tables.claims["statement"])


def _unconfirmed(tables: Tables, speaks: pd.DataFrame) -> pd.DataFrame:
    """`ceasefire-unconfirmed`: silence is no denial, whenever it was noted."""
    known = speaks["incident"] >= 0
    in_force = speaks[known & speaks["asserts"] & (speaks["predicate"] == "in_force")]
    silent = (speaks["denies"] & (speaks["predicate"] == "confirmed")) | (
        speaks["cannot_confirm"] & ~speaks["predicate"].isin(BROKEN)
    )
    left, right = (
        side[["incident"]].assign(**{name: side.index})
        for side, name in ((in_force, "reading_left"), (speaks[known & silent], "reading_right"))
    )
    rows = with_readings(tables, left.merge(right, on="incident").drop(columns="incident"))
    noted = rows["valid_mode_right"].notna() | (rows["possible_end_right"] - rows["possible_start_right"] == INSTANT)
    hours = since_start(rows).where(rows["valid_mode_left"].notna() & noted)
    rows = rows.assign(order=0, sure=True, capped=False, since_start=hours)
    found = verdicts(rows, ["ceasefire-unconfirmed"], ["since_start"])
    return found.assign(strength=constant(found, STRENGTH, "unconfirmed"))
