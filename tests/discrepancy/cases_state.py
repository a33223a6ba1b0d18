"""Two states that exclude each other: time by time, place by place, zone by zone; and ceasefires denied."""

from __future__ import annotations

from build import case, says

TRUCE = says("in_force", "since 09:00", reported="12:34")

STATE = {
    "violence at the moment at which it is said to begin": case(
        TRUCE, says("strike", "throughout 06:00 12:00", place_id="town-a")
    ).makes("a b ceasefire-contradicted definite overlap=3 since_start=0"),
    "violence that ended as it began": case(TRUCE, says("strike", "throughout 06:00 09:00", place_id="town-a")),
    "violence before the claimant spoke, for which it vouches": case(
        says("in_force", "since 09:00", asserted="12:00 12:30"), says("strike", "at 11:00")
    ).makes("a b ceasefire-contradicted definite overlap=0 since_start=2"),
    "violence as the claimant spoke, for which it may not vouch": case(
        says("in_force", "since 09:00", asserted="12:00 12:30"), says("strike", "at 12:00")
    ).makes("a b ceasefire-not-held definite since_start=3"),
    "violence in the rest of a ceasefire, some of which was to come when it was said": case(
        says("observed", "throughout 09:00 18:00", reported="12:00"), says("strike", "at 15:00")
    ).makes("a b ceasefire-contradicted definite overlap=0 since_start=6"),
    "violence in a pause, some of which was to come when it was said": case(
        says("pause", "throughout 09:00 18:00", reported="12:00"), says("strike", "at 15:00")
    ).makes("a b state-contradicted definite overlap=0"),
    "violence at some time, all of which the claim vouches for": case(
        says("observed", "throughout 09:00 18:00"), says("strike", "within 10:00 11:00")
    ).makes("a b ceasefire-contradicted definite overlap=1 since_start=1"),
    "violence at some time, which can have been after what the claim vouches for": case(
        says("observed", "throughout 09:00 18:00"), says("strike", "within 17:00 19:00")
    ).makes("a b ceasefire-not-held possible since_start=8"),
    "violence after it was said": case(TRUCE, says("strike", "since 13:00", reported="14:05", place_id="town-b")).makes(
        "a b ceasefire-breached definite since_start=4"
    ),
    "violence when it was said": case(TRUCE, says("fighting", "at 12:34")).makes(
        "a b ceasefire-not-held definite since_start=3.567"
    ),
    "violence after it was said, asserted later than reported elsewhere": case(
        says("in_force", "since 09:00", asserted="14:00"), says("strike", "at 13:00")
    ).makes("a b ceasefire-contradicted definite overlap=0 since_start=4"),
    "violence at a time that nobody gives": case(TRUCE, says("fighting", reported="11:33")).makes(
        "a b ceasefire-not-held possible"
    ),
    "violence at a time that nobody gives, reported before it": case(TRUCE, says("fighting", reported="09:00")),
    "violence of an unknown time and incident": case(TRUCE, says("fighting", incident_id="", place_id="town-a")),
    "violence said after noon, of a time that nobody gives": case(
        TRUCE, says("fighting", asserted="15:00 15:10")
    ).makes("a b ceasefire-breached possible"),
    "violence said at three, of a time that nobody gives": case(TRUCE, says("fighting", asserted="15:00")).makes(
        "a b ceasefire-breached possible"
    ),
    "violence said before its incident began, of a time that nobody gives": case(
        TRUCE, says("fighting", asserted="08:00", incident_id="truce")
    ),
    "a ceasefire of a time that nobody gives, and violence throughout all that it may mean": case(
        says("observed", asserted="12:00 13:00"), says("strike", "throughout 11:00 14:00")
    ).makes("a b ceasefire-not-held possible"),
    "violence after it was said, perhaps": case(TRUCE, says("strike", "at 13:00", certainty="hedged")).makes(
        "a b ceasefire-breached possible since_start=4"
    ),
    "violence that went on when it was reported, before it": case(
        TRUCE, says("fighting", "since 06:00", reported="08:00")
    ),
    "violence that went on when it was reported, after it": case(
        TRUCE, says("fighting", "since 06:00", reported="12:00")
    ).makes("a b ceasefire-not-held possible since_start=0"),
    "violence until a time, since nobody knows when": case(
        TRUCE, says("fighting", "until 10:00", incident_id="unplaced", place_id="town-a")
    ).makes("a b ceasefire-not-held possible since_start=0"),
    "around the time at which it begins": case(TRUCE, says("strike", "around 09:00")).makes(
        "a b ceasefire-not-held possible since_start=0"
    ),
    "around a time half an hour before it begins": case(TRUCE, says("strike", "around 08:30")),
    "after the incident's window": case(
        says("observed", "since 09:00", incident_id="battle"), says("strike", "at 14T00:00")
    ),
    "vouched for beyond the incident's window": case(
        says("observed", "since 09:00", incident_id="battle", reported="14T12:00", asserted="14T12:00"),
        says("strike", "within 23:00 14T01:00"),
    ).makes("a b ceasefire-not-held possible since_start=14"),
    "after it was said, perhaps after the incident's window": case(
        says("observed", "since 09:00", incident_id="battle", reported="12:34"),
        says("strike", "within 23:00 14T01:00"),
    ).makes("a b ceasefire-not-held possible since_start=14"),
    "a pause somewhere in an hour, and one shot in it": case(
        says("pause", "within 12:00 13:00"), says("strike", "at 12:30")
    ).makes("a b state-contradicted possible overlap=0"),
    "a pause somewhere in an hour, and fire throughout it": case(
        says("pause", "within 12:00 13:00"), says("strike", "throughout 12:00 13:00")
    ).makes("a b state-contradicted definite overlap=1"),
    "a pause of an hour, and one shot in it": case(
        says("pause", "throughout 12:00 13:00"), says("strike", "at 12:30")
    ).makes("a b state-contradicted definite overlap=0"),
    "no fighting, and a shot as it ends": case(
        says("no_fighting", "throughout 12:00 13:00"), says("strike", "at 13:00")
    ),
    "hedged": case(TRUCE, says("strike", "at 09:00", certainty="hedged")).makes(
        "a b ceasefire-contradicted possible overlap=0 since_start=0"
    ),
    "implied": case(TRUCE | {"certainty": "implied"}, says("strike", "at 09:00")).makes(
        "a b ceasefire-contradicted possible overlap=0 since_start=0"
    ),
    "anticipated": case(TRUCE | {"certainty": "anticipated"}, says("strike", "at 09:00")),
    "violence denied is no violence": case(TRUCE, says("not strike", "at 09:00")),
    "one statement, surely": case(TRUCE | {"statement_id": "s"}, says("strike", "at 09:00", statement_id="s")).makes(
        "a b ceasefire-contradicted definite overlap=0 since_start=0"
    ),
    "one statement, perhaps": case(TRUCE | {"statement_id": "s"}, says("strike", "around 09:00", statement_id="s")),
    "an alert on and off, the claim whose id comes first at issue, whatever was said first": case(
        says("alert_off", "at 10:00", asserted="11:00"), says("alert_on", "throughout 09:00 12:00", asserted="10:30")
    ).makes("a b state-contradicted definite overlap=0"),
    "an alert on and off, the way round that is sure": case(
        says("alert_on", "throughout 09:00 12:00", asserted="20:00"),
        says("alert_off", "within 10:00 14:00", asserted="19:00"),
    ).makes("a b state-contradicted possible overlap=2"),
    "an alert on, and off later": case(
        says("alert_on", "since 09:00", reported="09:05"), says("alert_off", "since 10:00", reported="10:05")
    ),
    "an alert on at some time before it was reported, and off by then": case(
        says("alert_on", "since 09:00", reported="10:30"), says("alert_off", "at 10:00")
    ).makes("a b state-contradicted possible overlap=0"),
    "an alert on when that was said, and off before": case(
        says("alert_on", "since 09:00", reported="10:30", asserted="10:30"), says("alert_off", "at 10:00")
    ).makes("a b state-contradicted definite overlap=0"),
    "an alert on as it began, and off": case(
        says("alert_on", "since 09:00", reported="10:30"), says("alert_off", "throughout 08:00 10:00")
    ).makes("a b state-contradicted definite overlap=1"),
    "a state of three values, none of them its absence": case(
        says("power_low", "at 10:00", reported="12:00"), says("power_full", "at 10:00")
    ).makes("a b state-contradicted definite overlap=0"),
    "a state of three values and its absence": case(
        says("power_full", "at 10:00", reported="12:00"), says("power_off", "throughout 09:00 11:00")
    ).makes("b a state-contradicted definite overlap=0"),
    "fighting and a strike are one value": case(says("fighting", "at 10:00"), says("strike", "at 10:00")),
    "an alert on twice": case(says("alert_on", "at 10:00"), says("alert_on", "at 10:00")),
    "an alert off for certain, on at some time in it": case(
        says("alert_off", "since 09:00", incident_id="battle", asserted="14T10:00", reported="14T10:00"),
        says("alert_on", "within 23:00 14T02:00"),
    ).makes("a b state-contradicted definite overlap=3"),
    "violence of no known time after the end of its incident": case(
        says("observed", "since 09:00"),
        says("fighting", "since 14T08:00", incident_id="battle", reported="14T09:00"),
    ).makes("a b ceasefire-breached definite since_start=23"),
}

PLACES = {
    "violence inside the place": case(
        says("pause", "at 10:00", place_id="region-a"), says("strike", "at 10:00", place_id="town-a")
    ).makes("a b state-contradicted definite overlap=0"),
    "violence inside it by also_within": case(
        says("pause", "at 10:00", place_id="border"), says("strike", "at 10:00", place_id="town-a")
    ).makes("a b state-contradicted definite overlap=0"),
    "an alert on in a region, and off in a town of it": case(
        says("alert_on", "at 10:00", place_id="region-a"), says("alert_off", "at 10:00", place_id="town-a")
    ).makes("a b state-contradicted possible overlap=0"),
    "an alert on along all of a border, and off in a town on it": case(
        says("alert_on", "at 10:00", place_id="border", place_relation="along"),
        says("alert_off", "at 10:00", place_id="town-a"),
    ).makes("a b state-contradicted definite overlap=0"),
    "power off in all of a region, and on in a town of it": case(
        says("power_off", "at 10:00", place_id="region-a"), says("power_full", "at 10:00", place_id="town-a")
    ).makes("a b state-contradicted definite overlap=0"),
    "violence near a place counts as in it": case(
        says("pause", "at 10:00", place_id="town-a"),
        says("strike", "at 10:00", place_id="town-a", place_relation="near"),
    ).makes("a b state-contradicted definite overlap=0"),
    "violence somewhere in a wider place": case(
        says("pause", "at 10:00", place_id="town-a"), says("strike", "at 10:00", place_id="aland")
    ).makes("a b state-contradicted possible overlap=0"),
    "violence along the whole of a wider place": case(
        says("pause", "at 10:00", place_id="town-a"),
        says("strike", "at 10:00", place_id="border", place_relation="along"),
    ).makes("a b state-contradicted definite overlap=0"),
    "violence elsewhere": case(
        says("pause", "at 10:00", place_id="aland"), says("strike", "at 10:00", place_id="bland")
    ),
    "the place of the incident is that of the claim": case(
        says("pause", "at 10:00"), says("strike", "at 10:00", place_id="town-a")
    ).makes("a b state-contradicted definite overlap=0"),
    "a pause without a place, violence inside its incident": case(
        says("pause", "at 10:00", incident_id="unplaced"), says("strike", "at 10:00", place_id="town-a")
    ).makes("a b state-contradicted possible overlap=0"),
    "a pause without a place, violence outside its incident": case(
        says("pause", "at 10:00", incident_id="unplaced"), says("strike", "at 10:00", place_id="elsewhere")
    ),
    "violence without a place or incident": case(
        says("pause", "at 10:00", place_id="town-a"), says("strike", "at 10:00", incident_id="")
    ).makes("a b state-contradicted possible overlap=0"),
    "neither has a place": case(
        says("pause", "at 10:00", incident_id="unplaced"), says("strike", "at 10:00", incident_id="")
    ).makes("a b state-contradicted possible overlap=0"),
}

HELD = TRUCE | {"actor_id": "bland"}
SIDES = {
    "one side holds its fire, and the other fires": case(HELD, says("strike", "at 09:00", actor_id="aland")).makes(
        "a b ceasefire-contradicted possible overlap=0 since_start=0"
    ),
    "one side holds its fire, and its army fires": case(HELD, says("strike", "at 09:00", actor_id="army-b")).makes(
        "a b ceasefire-contradicted definite overlap=0 since_start=0"
    ),
    "one side holds its fire, and nobody says who fires": case(HELD, says("strike", "at 13:00")).makes(
        "a b ceasefire-breached possible since_start=4"
    ),
    "an army holds its fire, and the state that it belongs to fires": case(
        TRUCE | {"actor_id": "army-b"}, says("strike", "at 12:00", actor_id="bland")
    ).makes("a b ceasefire-not-held possible since_start=3"),
    "all hold their fire, and one side fires": case(TRUCE, says("strike", "at 12:00", actor_id="aland")).makes(
        "a b ceasefire-not-held definite since_start=3"
    ),
    "one side pauses, and the other fires": case(
        says("pause", "at 10:00", actor_id="bland"), says("strike", "at 10:00", actor_id="aland")
    ).makes("a b state-contradicted possible overlap=0"),
    "one side pauses, and fires": case(
        says("pause", "at 10:00", actor_id="bland"), says("strike", "at 10:00", actor_id="bland")
    ).makes("a b state-contradicted definite overlap=0"),
    "one side cuts the power, which is on, whoever says so": case(
        says("power_full", "at 10:00", reported="12:00"),
        says("power_off", "throughout 09:00 11:00", actor_id="bland"),
    ).makes("b a state-contradicted definite overlap=0"),
    "one side observes what the other violates": case(
        says("observed", "throughout 09:00 12:00", actor_id="bland"), says("violated", "at 10:00", actor_id="aland")
    ).makes("a b ceasefire-denied possible since_start=1"),
    "one side observes what it violates": case(
        says("observed", "throughout 09:00 12:00", actor_id="bland"), says("violated", "at 10:00", actor_id="army-b")
    ).makes("a b ceasefire-denied definite since_start=1"),
    "one side observes what the other violates, in one breath": case(
        says("observed", "throughout 09:00 12:00", actor_id="bland", statement_id="s"),
        says("violated", "at 10:00", actor_id="aland", statement_id="s"),
    ),
    "one side holds its fire against civilians, and fires at soldiers": case(
        says("pause", "at 10:00", actor_id="bland", target_id="civilians-a"),
        says("strike", "at 10:00", actor_id="bland", target_id="soldiers-a"),
    ).makes("a b state-contradicted possible overlap=0"),
    "one side holds its fire against a country, and fires at civilians of it": case(
        says("pause", "at 10:00", actor_id="bland", target_id="aland"),
        says("strike", "at 10:00", actor_id="army-b", target_id="civilians-a"),
    ).makes("a b state-contradicted definite overlap=0"),
    "fire against a country is held, and nobody says against whom there is some": case(
        HELD | {"target_id": "aland"}, says("strike", "at 13:00", actor_id="bland")
    ).makes("a b ceasefire-breached possible since_start=4"),
    "one side observes a ceasefire with another, and violates it against a third": case(
        says("observed", "throughout 09:00 12:00", actor_id="bland", target_id="aland"),
        says("violated", "at 10:00", actor_id="bland", target_id="cland"),
    ).makes("a b ceasefire-denied possible since_start=1"),
    "one side holds its fire, and the other has not confirmed": case(
        HELD, says("not confirmed", "at 10:00", actor_id="aland")
    ).makes("a b ceasefire-unconfirmed unconfirmed since_start=1"),
}

ZONES = {
    "a pause in a zone that is assumed, refuted in either": case(
        says("no_fighting", "since 09:00?", reported="12:00", claimant_id="army-b"), says("strike", "at 10:00")
    ).makes("a b state-contradicted definite overlap=0"),
    "a ceasefire in a zone that is assumed, refuted in either by another code": case(
        says("in_force", "since 09:00?", reported="12:00", claimant_id="army-b"), says("strike", "at 10:00")
    ).makes("a b ceasefire-contradicted possible overlap=0 since_start=1[0..1]"),
    "the figure depends on the zone": case(
        says("in_force", "since 09:00?", claimant_id="army-b", reported="12:34"),
        says("strike", "throughout 06:00 12:00", place_id="town-a"),
    ).makes("a b ceasefire-contradicted definite overlap=3[2..3] since_start=0"),
    "the strength depends on the zone": case(
        says("in_force", "since 09:00?", claimant_id="army-b", reported="12:34"), says("strike", "at 09:30")
    ).makes("a b ceasefire-not-held possible since_start=0.5"),
    "the discrepancy exists in the other zone alone": case(
        says("pause", "throughout 09:00 10:00?", claimant_id="army-b"), says("strike", "at 10:30")
    ).makes("a b state-contradicted possible overlap=[0..0]"),
    "the first code depends on the zone": case(
        says("in_force", "since 09:00?", claimant_id="army-b", reported="09:30"), says("strike", "at 10:00")
    ).makes("a b ceasefire-contradicted possible overlap=0 since_start=1[0..1]"),
    "two claims with assumed zones are read in every combination": case(
        says("pause", "throughout 09:00 10:00?", claimant_id="army-b"),
        says("strike", "throughout 09:00 10:00?", claimant_id="army-b"),
    ).makes("a b state-contradicted possible overlap=1"),
    "a claim that repeats another with an assumed zone": case(
        says("pause", "throughout 09:00 10:00?", claimant_id="army-b"),
        says("strike", "at 10:30"),
        says("pause", "throughout 09:00 10:00?", claimant_id="army-b", place_id="elsewhere"),
        links=["a repeats c"],
    ).makes("a b state-contradicted possible overlap=[0..0]"),
    "a claim that repeats one with a stated zone takes that zone": case(
        says("pause", "throughout 09:00 10:00?", claimant_id="army-b"),
        says("strike", "at 10:30"),
        says("pause", "throughout 09:00+03:00 10:00+03:00", claimant_id="army-b", place_id="elsewhere"),
        links=["a repeats c"],
    ).makes("a b state-contradicted definite overlap=0"),
    "a claim that repeats two with one stated zone takes that zone": case(
        says("pause", "throughout 09:00 10:00?", claimant_id="army-b"),
        says("strike", "at 10:30"),
        *[says("pause", "throughout 09:00+03:00 10:00+03:00", place_id="elsewhere")] * 2,
        links=["a repeats c", "a repeats d"],
    ).makes("a b state-contradicted definite overlap=0"),
    "a claim that repeats two whose stated zones differ takes neither": case(
        says("pause", "throughout 09:00 10:00?", claimant_id="army-b"),
        says("strike", "at 10:30"),
        says("pause", "throughout 09:00+03:00 10:00+03:00", place_id="elsewhere"),
        says("pause", "throughout 09:00 10:00", place_id="elsewhere"),
        links=["a repeats c", "a repeats d"],
    ).makes("a b state-contradicted possible overlap=[0..0]"),
}

CEASEFIRE = {
    "not observed up to a report, and observed the day after": case(
        says("observed", "throughout 14T09:00 14T10:00"), says("not observed", "since 09:00", reported="10:00")
    ),
    "not observed": case(TRUCE, says("not observed", "within 09:00 14:05", place_id="town-a")).makes(
        "a b ceasefire-denied definite since_start=0"
    ),
    "not observed, perhaps before it began": case(
        TRUCE, says("not observed", "within 08:00 10:00", place_id="town-a")
    ).makes("a b ceasefire-denied possible since_start=0"),
    "violated": case(TRUCE, says("violated", "at 10:00")).makes("a b ceasefire-denied definite since_start=1"),
    "violated up to a report, and in force later": case(
        says("in_force", "since 14T09:00", reported="14T12:00"), says("violated", "since 09:00", reported="10:00")
    ),
    "violated up to a report, and in force before": case(
        TRUCE, says("violated", "since 10:00", reported="12:00")
    ).makes("a b ceasefire-denied definite since_start=1"),
    "violated since before it began, up to a report": case(
        TRUCE, says("violated", "since 08:00", reported="10:00")
    ).makes("a b ceasefire-denied possible since_start=0"),
    "ended, and in force again after that was reported": case(TRUCE, says("ended", "since 08:00", reported="08:30")),
    "violated before it began": case(TRUCE, says("violated", "at 08:00")),
    "ended": case(TRUCE, says("ended", "since 18:00")).makes("a b ceasefire-denied definite since_start=9"),
    "not in force": case(TRUCE, says("not in_force", "at 12:00")).makes("a b ceasefire-denied definite since_start=3"),
    "of an incident that is not stated": case(
        TRUCE, says("violated", "at 10:00", incident_id="", place_id="town-a")
    ).makes("a b ceasefire-denied possible since_start=1"),
    "of an incident that neither states": case(
        TRUCE | {"incident_id": "", "place_id": "aland"},
        says("not in_force", "at 10:00", incident_id="", place_id="town-a"),
    ).makes("a b ceasefire-denied possible since_start=1"),
    "of another place": case(TRUCE, says("violated", "at 10:00", place_id="elsewhere")),
    "in a wider place": case(says("observed", "at 10:00", place_id="town-a"), says("violated", "at 10:00")).makes(
        "a b ceasefire-denied possible since_start=0"
    ),
    "observed at some time, and not at one time": case(
        says("observed", "within 09:00 12:00"), says("not observed", "at 10:00")
    ).makes("a b ceasefire-denied possible since_start=1"),
    "observed at some time, and not at any": case(
        says("observed", "within 09:00 12:00"), says("not observed", "throughout 09:00 12:00")
    ).makes("a b ceasefire-denied definite since_start=0"),
    "one statement": case(
        says("observed", "within 09:00 12:00", statement_id="s"), says("violated", "at 10:00", statement_id="s")
    ),
    "agreed is not in force": case(says("agreed", "since 09:00"), says("violated", "at 10:00")),
    "not confirmed by a party": case(TRUCE, says("not confirmed", "at 12:34", actor_id="aland")).makes(
        "a b ceasefire-unconfirmed unconfirmed since_start=3.567"
    ),
    "not confirmed, nobody says when, hedged": case(
        TRUCE, says("not confirmed", reported="08:00", certainty="hedged")
    ).makes("a b ceasefire-unconfirmed unconfirmed"),
    "cannot confirm": case(TRUCE, says("unconfirmed in_force", "at 11:00")).makes(
        "a b ceasefire-unconfirmed unconfirmed since_start=2"
    ),
    "not confirmed, said at a known moment": case(
        TRUCE, says("not confirmed", reported="12:00", asserted="11:00")
    ).makes("a b ceasefire-unconfirmed unconfirmed since_start=2"),
    "not confirmed, nobody says when": case(TRUCE, says("not confirmed", reported="12:00")).makes(
        "a b ceasefire-unconfirmed unconfirmed"
    ),
    "not confirmed, and nobody says since when it is in force": case(
        says("in_force", reported="12:34"), says("not confirmed", "at 12:00")
    ).makes("a b ceasefire-unconfirmed unconfirmed"),
    "cannot confirm that it was agreed": case(TRUCE, says("unconfirmed agreed", "at 11:00")).makes(
        "a b ceasefire-unconfirmed unconfirmed since_start=2"
    ),
    "cannot confirm that it was violated": case(TRUCE, says("unconfirmed violated", "at 11:00")),
    "cannot confirm that it ended": case(TRUCE, says("unconfirmed ended", "at 11:00")),
    "not confirmed, of another ceasefire": case(TRUCE, says("not confirmed", incident_id="truce-2")),
    "not confirmed, of none": case(TRUCE | {"incident_id": ""}, says("not confirmed", incident_id="")),
    "confirmed": case(TRUCE, says("confirmed", "at 12:34", actor_id="aland")),
    "observed, and not confirmed": case(says("observed", "at 10:00"), says("not confirmed", "at 10:00")),
}
