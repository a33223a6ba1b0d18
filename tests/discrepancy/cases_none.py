"""What is not a discrepancy, by the list in the design: none of these pairs is one."""

from __future__ import annotations

from build import case, counts, says

TRUCE = says("in_force", "since 09:00", reported="12:34")

NOT_DISCREPANCIES = {
    "49 killed on one side against 50 on the other": case(
        counts("killed", "49", target_id="soldiers-a"),
        counts("killed", "50", target_id="bland", claimant_id="army-b"),
    ),
    "wounded against killed": case(
        counts("killed", "49"),
        counts("wounded", "60", claimant_id="army-b"),
    ),
    "a regional count against a larger national one": case(
        counts("killed", "49", place_id="aland"),
        counts("killed", "7", place_id="region-a", claimant_id="army-b"),
    ),
    "a count that grew": case(
        counts("killed", "49", "as of 10:00"),
        counts("killed", "64", "as of 16:00"),
        counts("killed", "70", "as of 17:00", claimant_id="army-b"),
    ),
    "two ceasefires": case(
        TRUCE,
        says("ended", "since 14T10:00", incident_id="truce-2"),
        says("not confirmed", incident_id="truce-2"),
    ),
    "an undated violation of an older ceasefire, said before": case(
        TRUCE,
        says("violated", reported="08:00", incident_id=""),
        says("violated", reported="08:00"),
    ),
    "stable in one place, tense in another": case(
        says("stable", "at 12:00", place_id="town-a"),
        says("tense", "at 12:00", place_id="border"),
        says("eased", "at 12:00", place_id="border"),
    ),
    "eased but still tense": case(
        says("eased", "at 12:00", place_id="border"),
        says("tense", "at 12:00", place_id="border"),
        TRUCE,
    ),
    "fighting overnight, that may have ended before 09:00": case(
        TRUCE,
        says("fighting", "throughout 00:00 06:00"),
        says("strike", "within 00:00 06:00"),
    ),
    "midnight against around midnight": case(
        says("outbreak", "at 00:00"),
        says("outbreak", "around 00:00"),
        says("outbreak", "since 00:00"),
    ),
    "a ceasefire that is not confirmed and one that is observed": case(
        says("observed", "throughout 10:00 12:00"),
        says("not confirmed", "at 11:00", actor_id="aland"),
    ),
    "a part added to its own total": case(
        counts("killed", "50"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "8", target_id="civilians-a"),
        counts("killed", "3", target_id="conscripts-a", place_id="town-a"),
        links=("b part_of a", "c part_of a", "d part_of a"),
    ),
    "two parts that add up to their total": case(
        counts("killed", "50"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "8", target_id="civilians-a"),
        links=("b part_of a", "c part_of a"),
    ),
    "different units": case(
        counts("homes_hit", "60", target_id="aland"),
        counts("killed", "49", target_id="aland", claimant_id="army-b"),
    ),
}
