"""Who did it, what is denied, when it began, what the answer is."""

from __future__ import annotations

from build import Row, case, counts, says


def blames(what: str, actor: str, **cells: str) -> Row:
    return says(what, actor_id=actor, **cells)


B = {"claimant_id": "army-b", "asserted": "22:00"}

ATTRIBUTION = {
    "begun by one, begun by the other": case(
        blames("initiated", "bland"),
        blames("initiated", "aland", **B),
    ).makes("b a attribution-conflict definite parties=2"),
    "hedged": case(
        blames("initiated", "bland", certainty="hedged"),
        blames("initiated", "aland", **B),
    ).makes("b a attribution-conflict possible parties=2"),
    "hedged by whoever said it first": case(
        blames("initiated", "bland"),
        blames("initiated", "aland", certainty="hedged", **B),
    ).makes("b a attribution-conflict possible parties=2"),
    "begun by one, the fault of the other": case(
        blames("initiated", "bland"),
        blames("responsible", "aland", **B),
    ).makes("b a attribution-conflict tension parties=2"),
    "a ceasefire violated by one and by the other": case(
        blames("violated", "bland"),
        blames("violated", "aland", **B),
    ).makes("b a attribution-conflict tension parties=2"),
    "exclusive of one kind only": case(
        says("fired_missile", actor_id="aland"),
        says("fired_missile", actor_id="bland", kind="other"),
    ),
    "exclusive and no blame": case(
        says("fired_missile", actor_id="aland"),
        says("fired_missile", actor_id="bland", asserted="22:00"),
    ).makes("b a attribution-conflict definite parties=2"),
    "begun by a state and by its army": case(blames("initiated", "bland"), blames("initiated", "army-b", **B)),
    "begun by one part of a side, begun by another part of it": case(
        blames("initiated", "ministry-a"), blames("initiated", "soldiers-a", **B)
    ).makes("b a attribution-conflict possible parties=2"),
    "two named in one statement": case(
        blames("initiated", "aland", statement_id="s"),
        blames("initiated", "bland", statement_id="s"),
    ),
    "two named in one statement, one of them in another": case(
        blames("initiated", "aland", statement_id="s"),
        blames("initiated", "bland", statement_id="s"),
        blames("initiated", "bland", **B),
    ).makes("c a attribution-conflict possible parties=2"),
    "a state and another's army in one statement, that other state in another": case(
        blames("initiated", "aland", statement_id="s"),
        blames("initiated", "army-b", statement_id="s"),
        blames("initiated", "bland", **B),
    ).makes("c a attribution-conflict possible parties=2"),
    "one of two named, then both in one statement": case(
        blames("initiated", "bland", claimant_id="army-b"),
        blames("initiated", "aland", statement_id="s", asserted="23:30"),
        blames("initiated", "bland", statement_id="s", asserted="23:30"),
    ).makes("a b attribution-conflict possible parties=2"),
    "two named in one statement, one of them for the future": case(
        blames("initiated", "aland", statement_id="s"),
        blames("initiated", "bland", statement_id="s", certainty="anticipated"),
        blames("initiated", "bland", **B),
    ).makes("c a attribution-conflict definite parties=2"),
    "one named and the other denied in one statement": case(
        blames("initiated", "aland", statement_id="s"),
        blames("not initiated", "bland", statement_id="s"),
        blames("initiated", "bland", **B),
    ).makes("c a attribution-conflict definite parties=2", "c b denied possible"),
    "two named in one statement, in other words": case(
        blames("initiated", "aland", statement_id="s"),
        blames("responsible", "bland", statement_id="s"),
        blames("initiated", "bland", **B),
    ).makes("c a attribution-conflict definite parties=2"),
    "nobody named": case(says("initiated"), blames("initiated", "aland", **B)),
    "of two incidents": case(blames("initiated", "bland"), blames("initiated", "aland", incident_id="battle")),
    "begun by one in one town, by the other in another": case(
        blames("initiated", "bland", place_id="town-a"),
        blames("initiated", "aland", place_id="town-b", **B),
    ).makes("b a attribution-conflict possible parties=2"),
    "begun by one in a town, by the other on the border on which it lies": case(
        blames("initiated", "bland", place_id="town-a"),
        blames("initiated", "aland", place_id="border", **B),
    ).makes("b a attribution-conflict definite parties=2"),
    "begun by one in a town, by the other somewhere": case(
        blames("initiated", "bland", place_id="town-a", incident_id="unplaced"),
        blames("initiated", "aland", incident_id="unplaced", **B),
    ).makes("b a attribution-conflict definite parties=2"),
    "the fault of one in one town, of the other in another": case(
        blames("responsible", "bland", place_id="town-a"),
        blames("responsible", "aland", place_id="town-b", **B),
    ).makes("b a attribution-conflict tension parties=2"),
    "not said to be at fault": case(blames("laid_mines", "bland"), blames("laid_mines", "aland", **B)),
    "denied": case(blames("not initiated", "bland"), blames("initiated", "aland", **B)),
    "anticipated": case(blames("initiated", "bland", certainty="anticipated"), blames("initiated", "aland", **B)),
}

DENIAL = {
    "a strike, and none at that time": case(
        says("strike", "at 10:00"),
        says("not strike", "throughout 09:00 11:00", claimant_id="army-b"),
    ).makes("a b denied definite"),
    "a strike at some time, and none at one": case(
        says("strike", "within 09:00 11:00"),
        says("not strike", "at 10:00"),
    ).makes("a b denied possible"),
    "at another time": case(says("strike", "at 12:00"), says("not strike", "throughout 09:00 11:00")),
    "a strike in a zone that is assumed": case(
        says("strike", "at 08:30?", claimant_id="army-b"),
        says("not strike", "throughout 09:00 11:00"),
    ).makes("a b denied possible"),
    "no time for the strike": case(
        says("strike", reported="12:00"),
        says("not strike", "throughout 00:00 18:00"),
    ).makes("a b denied possible"),
    "no time for the denial, and no bounds": case(
        says("strike", "at 10:00", incident_id="unplaced"),
        says("not strike", incident_id="unplaced"),
    ).makes("a b denied possible"),
    "no time for either, and no bounds": case(
        says("strike", incident_id="unplaced"),
        says("not strike", incident_id="unplaced"),
    ).makes("a b denied possible"),
    "a time that comes to nothing in one zone, and a denial of another time": case(
        says("fighting", "until 08:00+00:00?", place_id="town-a", incident_id="truce"),
        says("not fighting", "throughout 20:00 21:00", place_id="town-a", incident_id="truce"),
    ),
    "the same between the times that the zones of a strike leave": case(
        says("strike", "within 08:00 09:00?", claimant_id="outlet-c", incident_id="truce"),
        says("not strike", "until 06:00+00:00?", incident_id="truce"),
    ),
    "denied from then on, up to the report": case(
        says("strike", "at 14T01:00", reported="14T02:00"),
        says("not strike", "since 09:00", reported="14T03:00"),
    ).makes("a b denied definite"),
    "a pause from then on, denied up to a report before it": case(
        says("no_fighting", "at 14T09:00"), says("not no_fighting", "since 09:00", reported="10:00")
    ),
    "no fighting at a time, and some within an hour of it": case(
        says("no_fighting", "at 12:30"), says("not no_fighting", "within 12:00 13:00")
    ).makes("a b denied possible"),
    "no fighting throughout an hour, and some within it": case(
        says("no_fighting", "throughout 12:00 13:00"), says("not no_fighting", "within 12:00 13:00")
    ).makes("a b denied definite"),
    "no fighting at a time, and not none throughout an hour of it": case(
        says("no_fighting", "at 12:30"), says("not no_fighting", "throughout 12:00 13:00")
    ).makes("a b denied possible"),
    "no fighting throughout an hour, and not none throughout half of it": case(
        says("no_fighting", "throughout 12:00 13:00"), says("not no_fighting", "throughout 12:00 12:30")
    ).makes("a b denied definite"),
    "no fighting in a town, and some in its region": case(
        says("no_fighting", "throughout 12:00 13:00", place_id="town-a"),
        says("not no_fighting", "throughout 12:00 13:00", place_id="region-a"),
    ).makes("a b denied possible"),
    "no fighting in a region, and some in a town of it": case(
        says("no_fighting", "throughout 12:00 13:00", place_id="region-a"),
        says("not no_fighting", "throughout 12:00 13:00", place_id="town-a"),
    ).makes("a b denied definite"),
    "no fighting, nobody says where, and some in a town": case(
        says("no_fighting", "throughout 12:00 13:00", incident_id="unplaced"),
        says("not no_fighting", "at 12:30", incident_id="unplaced", place_id="town-a"),
    ).makes("a b denied possible"),
    "no fire of one side, and some of nobody named": case(
        says("no_fighting", "throughout 12:00 13:00", actor_id="aland"),
        says("not no_fighting", "at 12:30"),
    ).makes("a b denied possible"),
    "no fire of nobody named, and some of one side": case(
        says("no_fighting", "throughout 12:00 13:00"),
        says("not no_fighting", "at 12:30", actor_id="aland"),
    ).makes("a b denied definite"),
    "no fighting from then on, and some later": case(
        says("no_fighting", "since 09:00"), says("not no_fighting", "at 12:00")
    ).makes("a b denied definite"),
    "no fighting at some time of an hour, and some in it": case(
        says("no_fighting", "within 12:00 13:00"), says("not no_fighting", "at 12:30")
    ).makes("a b denied possible"),
    "a strike at a time, and none within an hour of it": case(
        says("strike", "at 12:30"), says("not strike", "within 12:00 13:00")
    ).makes("a b denied definite"),
    "at one place, and not at another": case(
        says("fired_missile", answer="yes"), says("not fired_missile", answer="no")
    ),
    "at one place, and nowhere": case(says("fired_missile", answer="yes"), says("not fired_missile")).makes(
        "a b denied possible"
    ),
    "a figure, and another one denied": case(
        counts("killed", "105"), counts("killed", "49", polarity="denies", claimant_id="army-b")
    ),
    "a figure denied": case(
        counts("killed", "49"), counts("killed", "49", polarity="denies", claimant_id="army-b")
    ).makes("a b denied possible"),
    "a total, and an addition of as many denied": case(
        counts("killed", "49"),
        counts("killed", "49", count_mode="increment", polarity="denies", claimant_id="army-b"),
    ),
    "an addition, and one of as many denied": case(
        counts("killed", "49", count_mode="increment"),
        counts("killed", "49", count_mode="increment", polarity="denies", claimant_id="army-b"),
    ).makes("a b denied possible"),
    "an addition, and any figure denied": case(
        counts("killed", "49", count_mode="increment"),
        counts("killed", "1", count_min="", count_max="", count_text="any", polarity="denies", claimant_id="army-b"),
    ).makes("a b denied possible"),
    "a figure within the range that is denied": case(
        counts("killed", "49"), counts("killed", "40..60", polarity="denies", claimant_id="army-b")
    ).makes("a b denied possible"),
    "at least a figure, and a higher one denied": case(
        counts("killed", "43+"), counts("killed", "49", polarity="denies", claimant_id="army-b")
    ).makes("a b denied possible"),
    "at least a figure, and a lower one denied": case(
        counts("killed", "50+"), counts("killed", "49", polarity="denies", claimant_id="army-b")
    ),
    "at most a figure, and the same one denied": case(
        counts("killed", "-49"), counts("killed", "49", polarity="denies", claimant_id="army-b")
    ).makes("a b denied possible"),
    "a figure that is confirmed, and a higher one denied": case(
        counts("killed", "49", count_basis="confirmed"),
        counts("killed", "64", polarity="denies", claimant_id="army-b"),
    ),
    "a figure, and any of them denied": case(
        counts("killed", "105"),
        counts("killed", "1", count_min="", count_max="", count_text="any", polarity="denies", claimant_id="army-b"),
    ).makes("a b denied possible"),
    "many, and a figure denied": case(
        counts("killed", "1", count_min="", count_max="", count_text="many"),
        counts("killed", "49", polarity="denies", claimant_id="army-b"),
    ).makes("a b denied possible"),
    "denied before it happened": case(
        says("strike", "at 14T01:00", reported="14T02:00"),
        says("not strike", "since 09:00", reported="10:00"),
    ),
    "hedged": case(
        says("strike", "at 10:00", certainty="hedged"),
        says("not strike", "throughout 09:00 11:00"),
    ).makes("a b denied possible"),
    "anticipated": case(
        says("strike", "at 10:00", certainty="anticipated"),
        says("not strike", "throughout 09:00 11:00"),
    ),
    "cannot confirm is no denial": case(says("strike", "at 10:00"), says("unconfirmed strike", "at 10:00")),
    "one statement, surely": case(
        says("strike", "at 10:00", statement_id="s"),
        says("not strike", "at 10:00", statement_id="s"),
    ).makes("a b denied definite"),
    "one statement, perhaps": case(
        says("strike", "around 10:00", statement_id="s"),
        says("not strike", "at 10:00", statement_id="s"),
    ),
    "of another incident": case(says("strike", "at 10:00"), says("not strike", "at 10:00", incident_id="battle")),
    "of no incident": case(
        says("strike", "at 10:00", incident_id="", place_id="aland"),
        says("not strike", "at 10:00", incident_id="", place_id="aland"),
    ),
    "of another sort": case(says("fighting", "at 10:00"), says("not strike", "at 10:00")),
    "of another place": case(
        says("strike", "at 10:00", place_id="town-a"),
        says("not strike", "at 10:00", place_id="town-b"),
    ),
    "in a wider place": case(
        says("strike", "at 10:00", place_id="town-a"),
        says("not strike", "at 10:00", place_id="aland"),
    ).makes("a b denied definite"),
    "in a narrower place": case(
        says("strike", "at 10:00", place_id="aland"),
        says("not strike", "at 10:00", place_id="town-a"),
    ).makes("a b denied possible"),
    "by the army, and not by the state": case(
        says("strike", "at 10:00", actor_id="army-b"),
        says("not strike", "at 10:00", actor_id="bland"),
    ).makes("a b denied definite"),
    "by the state, and not by the army": case(
        says("strike", "at 10:00", actor_id="bland"),
        says("not strike", "at 10:00", actor_id="army-b"),
    ).makes("a b denied possible"),
    "by one, and not by the other": case(
        says("strike", "at 10:00", actor_id="bland"),
        says("not strike", "at 10:00", actor_id="aland"),
    ),
    "by somebody who is not named, and not by one": case(
        says("strike", "at 10:00"),
        says("not strike", "at 10:00", actor_id="bland"),
    ).makes("a b denied possible"),
    "by somebody who is not named, and by nobody": case(
        says("strike", "at 10:00"),
        says("not strike", "at 10:00"),
    ).makes("a b denied definite"),
    "by one, and not at civilians": case(
        says("strike", "at 10:00", actor_id="bland"),
        says("not strike", "at 10:00", actor_id="bland", target_id="civilians-a"),
    ).makes("a b denied possible"),
    "at civilians, and not by that one at anybody": case(
        says("strike", "at 10:00", actor_id="bland", target_id="civilians-a"),
        says("not strike", "at 10:00", actor_id="bland"),
    ).makes("a b denied definite"),
    "at no known place, and not at one": case(
        says("strike", "at 10:00", incident_id="unplaced"),
        says("not strike", "at 10:00", incident_id="unplaced", place_id="town-a"),
    ).makes("a b denied possible"),
    "at one place, and at none": case(
        says("strike", "at 10:00", incident_id="unplaced", place_id="town-a"),
        says("not strike", "at 10:00", incident_id="unplaced"),
    ).makes("a b denied definite"),
    "by the army, and by nobody that is named": case(
        says("strike", "at 10:00", actor_id="army-b"),
        says("not strike", "at 10:00"),
    ).makes("a b denied definite"),
    "at civilians, and not at soldiers": case(
        says("strike", "at 10:00", target_id="civilians-a"),
        says("not strike", "at 10:00", target_id="soldiers-a"),
    ),
    "at civilians, and not at that country": case(
        says("strike", "at 10:00", target_id="civilians-a"),
        says("not strike", "at 10:00", target_id="aland"),
    ).makes("a b denied definite"),
    "a ceasefire has its own codes": case(
        says("violated", "at 10:00", actor_id="aland"),
        says("not violated", "at 10:00", actor_id="aland"),
    ),
    "a figure, which has no period": case(
        says("killed", "as of 16:00", count_min="4", count_max="4", count_mode="cumulative"),
        says("not killed", "as of 16:00"),
    ).makes("a b denied possible"),
}

START = {
    "two starts an hour apart": case(
        says("outbreak", "at 01:00"),
        says("outbreak", "since 00:00"),
    ).makes("b a start-mismatch definite gap=1"),
    "two starts half an hour apart": case(says("outbreak", "at 00:30"), says("outbreak", "at 00:00")),
    "a start at some time, all of it more than half an hour away": case(
        says("outbreak", "within 00:00 01:00"),
        says("outbreak", "at 01:30"),
    ).makes("a b start-mismatch definite gap=0.5"),
    "what was under way began at its beginning": case(
        says("outbreak", "throughout 00:00 06:00"),
        says("outbreak", "at 06:00"),
    ).makes("a b start-mismatch definite gap=6"),
    "a start until a time, of which nobody gives the beginning": case(
        says("outbreak", "until 01:00", incident_id="who-fired"),
        says("outbreak", "at 02:00", incident_id="who-fired"),
    ).makes("a b start-mismatch definite gap=1"),
    "around midnight, and an hour later": case(
        says("outbreak", "around 00:00"),
        says("outbreak", "at 01:05"),
    ).makes("a b start-mismatch definite gap=0.5833"),
    "hedged": case(
        says("outbreak", "at 01:00", certainty="hedged"),
        says("outbreak", "at 00:00"),
    ).makes("b a start-mismatch possible gap=1"),
    "in a zone that is assumed": case(
        says("outbreak", "at 01:00?", claimant_id="army-b"),
        says("outbreak", "at 01:00"),
    ).makes("a b start-mismatch possible gap=[1..1]"),
    "in two zones that are assumed": case(
        says("outbreak", "at 01:00?", claimant_id="army-b"),
        says("outbreak", "at 04:00?", claimant_id="army-b"),
    ).makes("a b start-mismatch definite gap=3[2..4]"),
    "nobody says when": case(
        says("outbreak", incident_id="who-fired"),
        says("outbreak", "at 02:00", incident_id="who-fired"),
    ),
    "nobody says when, before the report": case(
        says("outbreak", reported="05:00"),
        says("outbreak", "at 09:00"),
    ).makes("a b start-mismatch possible gap=4"),
    "a ceasefire that began at two times": case(
        says("in_force", "since 09:00"),
        says("in_force", "since 10:00"),
    ).makes("a b start-mismatch definite gap=1"),
    "a ceasefire since a time, and in force throughout a later one": case(
        says("in_force", "since 09:00"),
        says("in_force", "throughout 12:00 15:00"),
    ).makes("a b start-mismatch possible gap=3"),
    "a ceasefire in force throughout a time, and since a later one": case(
        says("in_force", "throughout 09:00 12:00"),
        says("in_force", "since 10:00"),
    ).makes("a b start-mismatch definite gap=1"),
    "of two incidents": case(says("outbreak", "at 01:00", incident_id="battle"), says("outbreak", "at 00:00")),
    "in two towns": case(
        says("outbreak", "at 00:00", place_id="town-a"), says("outbreak", "at 01:00", place_id="town-b")
    ).makes("a b start-mismatch possible gap=1"),
    "in a town, and later in its region": case(
        says("outbreak", "at 00:00", place_id="town-a"), says("outbreak", "at 01:00", place_id="region-a")
    ).makes("a b start-mismatch definite gap=1"),
    "in a region, and later in a town of it": case(
        says("outbreak", "at 00:00", place_id="region-a"), says("outbreak", "at 01:00", place_id="town-a")
    ).makes("a b start-mismatch possible gap=1"),
    "in a town, and by one of two clocks sooner in its region": case(
        says("outbreak", "at 02:30", place_id="town-a"),
        says("outbreak", "at 03:30?", place_id="region-a", claimant_id="outlet-c"),
    ).makes("a b start-mismatch definite gap=1[1..9]"),
    "along a border, and later in a town on it": case(
        says("outbreak", "at 00:00", place_id="border", place_relation="along"),
        says("outbreak", "at 01:00", place_id="town-a"),
    ).makes("a b start-mismatch definite gap=1"),
    "in a town, and later nobody says where": case(
        says("outbreak", "at 01:00", incident_id="who-fired", place_id="town-a"),
        says("outbreak", "at 02:00", incident_id="who-fired"),
    ).makes("a b start-mismatch definite gap=1"),
    "nobody says where, and later in a town": case(
        says("outbreak", "at 01:00", incident_id="who-fired"),
        says("outbreak", "at 02:00", incident_id="who-fired", place_id="town-a"),
    ).makes("a b start-mismatch possible gap=1"),
    "a ceasefire in a region, and later in a town of it": case(
        says("in_force", "since 09:00", place_id="region-a"), says("in_force", "since 10:00", place_id="town-a")
    ).makes("a b start-mismatch definite gap=1"),
    "a ceasefire, nobody says where, and later in a town": case(
        says("in_force", "since 09:00", incident_id="unplaced"),
        says("in_force", "since 10:00", incident_id="unplaced", place_id="town-a"),
    ).makes("a b start-mismatch possible gap=1"),
    "a ceasefire in a town, and later nobody says where": case(
        says("in_force", "since 09:00", incident_id="unplaced", place_id="town-a"),
        says("in_force", "since 10:00", incident_id="unplaced"),
    ).makes("a b start-mismatch possible gap=1"),
    "a ceasefire at two times, nobody says where": case(
        says("in_force", "since 09:00", incident_id="unplaced"),
        says("in_force", "since 10:00", incident_id="unplaced"),
    ).makes("a b start-mismatch definite gap=1"),
    "a ceasefire in a town, and later in its region": case(
        says("in_force", "since 09:00", place_id="town-a"), says("in_force", "since 10:00", place_id="region-a")
    ).makes("a b start-mismatch possible gap=1"),
    "a ceasefire in a sector, and later in another": case(
        says("in_force", "since 09:00", place_id="sector"), says("in_force", "since 10:00", place_id="region-a")
    ).makes("a b start-mismatch possible gap=1"),
    "a ceasefire of one side, and later of the other": case(
        says("in_force", "since 09:00", actor_id="aland"), says("in_force", "since 10:00", actor_id="bland")
    ).makes("a b start-mismatch possible gap=1"),
    "a ceasefire of one side, and later of nobody named": case(
        says("in_force", "since 09:00", actor_id="aland"), says("in_force", "since 10:00")
    ).makes("a b start-mismatch possible gap=1"),
    "a ceasefire of nobody named, and later of one side": case(
        says("in_force", "since 09:00"), says("in_force", "since 10:00", actor_id="aland")
    ).makes("a b start-mismatch definite gap=1"),
    "a ceasefire of one side with another, and later with a third": case(
        says("in_force", "since 09:00", actor_id="aland", target_id="bland"),
        says("in_force", "since 10:00", actor_id="aland", target_id="cland"),
    ).makes("a b start-mismatch possible gap=1"),
    "a ceasefire of one side, and later of a part of it": case(
        says("in_force", "since 09:00", actor_id="aland"), says("in_force", "since 10:00", actor_id="ministry-a")
    ).makes("a b start-mismatch definite gap=1"),
    "an attack by one side, and later by the other": case(
        says("outbreak", "at 00:00", actor_id="aland"), says("outbreak", "at 01:00", actor_id="bland")
    ).makes("a b start-mismatch definite gap=1"),
    "an outbreak, and the ceasefire after it": case(
        says("outbreak", "at 00:00"),
        says("in_force", "since 09:00", reported="12:00", incident_id="war"),
    ),
    "denied": case(says("not outbreak", "at 12:00"), says("outbreak", "at 00:00")),
    "anticipated": case(says("outbreak", "at 12:00", certainty="anticipated"), says("outbreak", "at 00:00")),
    "fighting marks no start": case(says("fighting", "at 12:00"), says("outbreak", "at 00:00")),
}

ASKED = {"incident_id": "who-fired"}
ANSWER = {
    "two answers": case(
        says("tense", answer="yes", **ASKED),
        says("tense", answer="no", asserted="12:00", **ASKED),
    ).makes("b a answer-conflict definite"),
    "hedged": case(
        says("tense", answer="yes", certainty="hedged", **ASKED),
        says("tense", answer="no", **ASKED),
    ).makes("a b answer-conflict possible"),
    "hedged by whoever said it last": case(
        says("tense", answer="yes", **ASKED),
        says("tense", answer="no", certainty="hedged", **ASKED),
    ).makes("a b answer-conflict possible"),
    "one answer": case(says("tense", answer="yes", **ASKED), says("tense", answer="yes", **ASKED)),
    "no answer": case(says("tense", answer="yes", **ASKED), says("tense", **ASKED)),
    "a question that allows several": case(says("tense", answer="yes"), says("tense", answer="no")),
    "no question": case(
        says("tense", answer="yes", incident_id=""),
        says("tense", answer="no", incident_id=""),
    ),
    "an answer denied": case(says("tense", answer="yes", **ASKED), says("not stable", answer="no", **ASKED)),
    "anticipated": case(
        says("tense", answer="yes", certainty="anticipated", **ASKED),
        says("tense", answer="no", **ASKED),
    ),
}
