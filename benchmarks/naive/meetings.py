"""Which events can be where a claim says that its state holds, while that lasts."""

from __future__ import annotations

import pandas as pd

from naive.periods import meet
from naive.tables import PERIODS, Tables

AT_ONCE = 100_000
"""All candidates at once would not fit into memory, so that claims are merged by a share of the places at a time: as
many shares as there are so many readings of events.
"""
NOWHERE = -1
OF_READINGS = [
    *("claim", "recorded", "readings", *PERIODS),
    *("value", "valid_mode", "doubtful", "asserted_by", "incident", "actor", "target", "place"),
]


def meetings(tables: Tables, holders: pd.DataFrame, events: pd.DataFrame, topic: str) -> pd.DataFrame:
    """One row a reading of a holder and one of an event that may speak of one place while their periods meet.

    They have one topic. An event inside the place of the holder meets it. One in a wider place does so perhaps (it is
    `capped`), unless it is said to lie along the whole of it. A claim without a place perhaps meets what lies inside
    the place of its incident, and what has no place either. What holds of one side perhaps meets what others do, and
    what is no absence what is in a part of its place.
    """
    span = {topic: topic, "place": "place", "hold_start": "start_left", "hold_end": "end_left"}
    period = {topic: topic, "place": "place", "possible_start": "start_right", "possible_end": "end_right"}
    left = holders[list(span)].rename(columns=span).assign(reading_left=holders.index)
    right = events[list(period)].rename(columns=period).assign(reading_right=events.index)
    wider = pd.DataFrame({"place": tables.places.inside, "container": tables.places.container})

    def inside(frame: pd.DataFrame, containers: pd.DataFrame) -> pd.DataFrame:
        """One row for each of the places that contain the place of a row."""
        return frame.merge(containers, on="place").drop(columns="place").rename(columns={"container": "place"})

    strictly = wider[wider["place"] != wider["container"]]
    left_lost, right_lost = left["place"] == NOWHERE, right["place"] == NOWHERE
    left_anywhere, right_anywhere = left.assign(place=NOWHERE), right.assign(place=NOWHERE)
    within = _meeting(left[~left_lost], inside(right, wider), topic)
    around = _meeting(inside(left, strictly), right, topic)
    lost = [
        _meeting(left[left_lost], right_anywhere[right_lost | events["bounded"]], topic),
        _meeting(left_anywhere[holders["bounded"]], right[right_lost], topic),
    ]
    along = events["along"].loc[around["reading_right"]].to_numpy()
    found = [within.assign(capped=False), around.assign(capped=~along), *(rows.assign(capped=True) for rows in lost)]
    rows = with_readings(tables, pd.concat(found, ignore_index=True))
    capped = rows["capped"] | by_others(tables, rows["left"], rows["right"]) | _in_part(tables, rows)
    return rows.assign(capped=capped)


def _in_part(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """Whether what the left claim says was there, in a wider place than the right one, may have been elsewhere in it.

    An absence is of all of its place, and so is what is along it.
    """
    claims = tables.claims[["absent", "along"]].loc[rows["left"]]
    elsewhere = ~claims["absent"].to_numpy(dtype=bool) & ~claims["along"].to_numpy(dtype=bool)
    return elsewhere & (rows["place_left"] != rows["place_right"])


def by_others(tables: Tables, left: pd.Series, right: pd.Series) -> pd.Series:
    """Whether the left claim says by whom or against whom no fire was, and the right one need not be of these."""
    claims = tables.claims.loc[left]
    found = pd.Series(False, index=left.index)
    for side in ("actor", "target"):
        named, theirs = (tables.claims[side].loc[rows].to_numpy() for rows in (left, right))
        found |= (named >= 0) & ~tables.actors.contains(named, theirs)
    return found & (claims["kind"].isin(["ceasefire", "hostilities"]) & claims["absent"]).to_numpy()


def _meeting(left: pd.DataFrame, right: pd.DataFrame, topic: str) -> pd.DataFrame:
    """The readings of one topic and place whose periods meet."""
    found = []
    shares = 1 + len(right) // AT_ONCE
    for share in range(shares):
        ours, theirs = (side[side["place"] % shares == share] for side in (left, right))
        rows = ours.merge(theirs, on=[topic, "place"])
        rows = rows[meet(rows, ("start_left", "end_left"), ("start_right", "end_right"))]
        found.append(rows[["reading_left", "reading_right"]])
    return pd.concat(found, ignore_index=True)


def with_readings(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """The same with what is known of both readings, and the two claims as `left` and `right`."""
    for side in ("left", "right"):
        of_reading = tables.spoken.loc[rows[f"reading_{side}"], OF_READINGS].add_suffix(f"_{side}")
        rows = pd.concat([rows, of_reading.reset_index(drop=True)], axis=1)
    return rows.rename(columns={"claim_left": "left", "claim_right": "right"})
