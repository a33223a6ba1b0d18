"""Figures against figures."""

from __future__ import annotations

from build import case, counts, says

MISMATCH = {
    "two figures as of one time": case(counts("killed", "49"), counts("killed", "64", claimant_id="army-b")).makes(
        "a b count-mismatch definite gap=15 ratio=1.306"
    ),
    "those killed by one, and more by another": case(
        counts("killed", "5", actor_id="aland"), counts("killed", "9", actor_id="bland", claimant_id="army-b")
    ).makes("a b count-mismatch possible gap=4 ratio=1.8"),
    "those killed by one, and more by nobody named": case(
        counts("killed", "5", actor_id="aland"), counts("killed", "9", claimant_id="army-b")
    ).makes("a b count-mismatch possible gap=4 ratio=1.8"),
    "those killed by a state, and more by its army": case(
        counts("killed", "5", actor_id="bland"), counts("killed", "9", actor_id="army-b", claimant_id="army-b")
    ).makes("a b count-mismatch definite gap=4 ratio=1.8"),
    "those killed by nobody named, and more by one": case(
        counts("killed", "5"), counts("killed", "9", actor_id="bland", claimant_id="army-b")
    ).makes("a b count-mismatch definite gap=4 ratio=1.8"),
    "ranges that touch": case(counts("killed", "40..49"), counts("killed", "49..60", claimant_id="army-b")),
    "ranges apart": case(counts("killed", "50..60"), counts("killed", "40..48", claimant_id="army-b")).makes(
        "b a count-mismatch definite gap=2[2..20] ratio=1.042[1.042..1.5]"
    ),
    "at least, below": case(counts("killed", "43+"), counts("killed", "49", claimant_id="army-b")),
    "at least, above": case(counts("killed", "50+"), counts("killed", "49", claimant_id="army-b")).makes(
        "b a count-mismatch definite gap=1[1..] ratio=1.02[1.02..]"
    ),
    "at most": case(counts("killed", "-5"), counts("killed", "8", claimant_id="army-b")).makes(
        "a b count-mismatch definite gap=3[3..] ratio=1.6[1.6..]"
    ),
    "none at all": case(counts("killed", "0"), counts("killed", "8", claimant_id="army-b")).makes(
        "a b count-mismatch definite gap=8"
    ),
    "about": case(counts("killed", "~40"), counts("killed", "64", claimant_id="army-b")).makes(
        "a b count-mismatch possible gap=24 ratio=1.6"
    ),
    "no as-of: that of the report": case(
        counts("killed", "49", "", reported="16:00"), counts("killed", "64", claimant_id="army-b")
    ).makes("a b count-mismatch possible gap=15 ratio=1.306"),
    "no as-of: when it was said": case(
        counts("killed", "49", "", asserted="15:00 16:00"), counts("killed", "64", claimant_id="army-b")
    ).makes("a b count-mismatch possible gap=15 ratio=1.306"),
    "no as-of, of a battle that is over": case(
        counts("killed", "49", "", reported="15T10:00", incident_id="battle"),
        counts("killed", "64", "", reported="20T10:00", incident_id="battle", claimant_id="army-b"),
    ).makes("a b count-mismatch possible gap=15 ratio=1.306"),
    "a baseline that is the start of the incident": case(
        counts("killed", "49", "from 00:00 as of 16:00"), counts("killed", "64", claimant_id="army-b")
    ).makes("a b count-mismatch definite gap=15 ratio=1.306"),
    "another baseline": case(
        counts("killed", "49", "from 08:00 as of 16:00"), counts("killed", "64", claimant_id="army-b")
    ),
    "a confirmed figure is a lower bound": case(
        counts("killed", "49", count_basis="confirmed"), counts("killed", "64", claimant_id="army-b")
    ),
    "a confirmed figure above another": case(
        counts("killed", "49"), counts("killed", "64", claimant_id="army-b", count_basis="confirmed")
    ).makes("a b count-mismatch definite gap=15[15..] ratio=1.306[1.306..]"),
    "confirmed figures of one series": case(
        counts("killed", "49", count_basis="confirmed"), counts("killed", "64", count_basis="confirmed")
    ).makes("a b count-mismatch definite gap=15 ratio=1.306"),
    "a blank population is comparable with a blank one": case(
        counts("killed", "49", target_id=""), counts("killed", "64", target_id="", claimant_id="army-b")
    ).makes("a b count-mismatch definite gap=15 ratio=1.306"),
    "a blank population is not comparable with another": case(
        counts("killed", "64", target_id=""), counts("killed", "49", claimant_id="army-b")
    ),
    "two words for one outcome": case(counts("killed", "49"), counts("dead", "64", claimant_id="army-b")).makes(
        "a b count-mismatch definite gap=15 ratio=1.306"
    ),
    "an earlier figure above the other's next": case(
        counts("killed", "64", "as of 10:00"), counts("killed", "49", claimant_id="army-b")
    ).makes("b a count-mismatch possible gap=15 ratio=1.306"),
    "an earlier figure above the other's next, more than a day later": case(
        counts("killed", "64", "as of 10:00"), counts("killed", "49", "as of 14T10:01", claimant_id="army-b")
    ),
    "an earlier figure above the other's next, a day later": case(
        counts("killed", "64", "as of 10:00"), counts("killed", "49", "as of 14T10:00", claimant_id="army-b")
    ).makes("b a count-mismatch possible gap=15 ratio=1.306"),
    "an earlier figure above the other's next but one": case(
        counts("killed", "64", "as of 10:00"),
        counts("killed", "70", "as of 11:00", claimant_id="army-b"),
        counts("killed", "49", "as of 12:00", claimant_id="army-b"),
    ).makes(
        "a c count-gap tension first=1.094 largest=1.306 last=1.306 smallest=1.094",
        "b c count-fell definite fall=21",
    ),
    "an earlier figure above one that is next in another zone alone": case(
        counts("killed", "64", "as of 10:00"),
        counts("killed", "70", "as of 11:00?", claimant_id="army-b"),
        counts("killed", "49", "as of 11:30", claimant_id="army-b"),
    ).makes(
        "a c count-gap tension first=1.094 largest=1.306 last=1.306 smallest=1.094",
        "b c count-fell possible fall=21",
        "c a count-mismatch possible gap=15 ratio=1.306",
    ),
    "as of one time in another zone alone": case(
        counts("killed", "49", "as of 15:00?", claimant_id="army-b"), counts("killed", "64")
    ).makes("a b count-mismatch possible gap=15 ratio=1.306"),
    "additions of one window": case(
        counts("killed", "3", "from 08:00 as of 16:00", count_mode="increment"),
        counts("killed", "5", "from 08:00 as of 16:00", count_mode="increment", claimant_id="army-b"),
    ).makes("a b count-mismatch definite gap=2 ratio=1.667"),
    "a recount against an addition": case(
        counts("killed", "0", "from 08:00 as of 16:00", count_min="-2", count_max="-2", count_mode="increment"),
        counts("killed", "5", "from 08:00 as of 16:00", count_mode="increment", claimant_id="army-b"),
    ).makes("a b count-mismatch definite gap=7"),
    "two additions that do not say since when": case(
        counts("killed", "5", count_mode="increment"),
        counts("killed", "9", count_mode="increment", claimant_id="army-b"),
    ).makes("a b count-mismatch possible gap=4 ratio=1.8"),
    "two additions of which one does not say since when": case(
        counts("killed", "5", "from 00:00 as of 16:00", count_mode="increment"),
        counts("killed", "9", count_mode="increment", claimant_id="army-b"),
    ).makes("a b count-mismatch possible gap=4 ratio=1.8"),
    "two figures of nobody knows which incident": case(
        counts("killed", "49", incident_id=""), counts("killed", "64", incident_id="", claimant_id="army-b")
    ).makes("a b count-mismatch possible gap=15 ratio=1.306"),
    "two totals as of two times after their battle": case(
        counts("killed", "49", "as of 15T10:00", incident_id="battle"),
        counts("killed", "64", "as of 20T10:00", incident_id="battle", claimant_id="army-b"),
    ).makes("a b count-mismatch possible gap=15 ratio=1.306"),
    "two totals of one claimant after their battle, of which one does not say as of when": case(
        counts("killed", "64", "", reported="20T10:00", incident_id="battle"),
        counts("killed", "49", "as of 18T10:00", incident_id="battle"),
    ).makes("b a count-mismatch possible gap=15 ratio=1.306"),
    "two totals of one claimant after their battle, without an as-of": case(
        counts("killed", "64", "", reported="15T10:00", incident_id="battle"),
        counts("killed", "49", "", reported="18T10:00", incident_id="battle"),
    ).makes("b a count-mismatch possible gap=15 ratio=1.306"),
    "additions of one claimant as of two times after their battle": case(
        counts("killed", "9", "from 08:00 as of 15T10:00", incident_id="battle", count_mode="increment"),
        counts("killed", "5", "from 08:00 as of 18T10:00", incident_id="battle", count_mode="increment"),
    ).makes("b a count-mismatch possible gap=4 ratio=1.8"),
    "two totals as of one time after their battle": case(
        counts("killed", "49", "as of 15T10:00", incident_id="battle"),
        counts("killed", "64", "as of 15T10:00", incident_id="battle", claimant_id="army-b"),
    ).makes("a b count-mismatch definite gap=15 ratio=1.306"),
    "a total as of the end of a battle, and one after it": case(
        counts("killed", "64", "as of 14T00:00", incident_id="battle"),
        counts("killed", "49", "as of 20T10:00", incident_id="battle", claimant_id="army-b"),
    ).makes("b a count-mismatch possible gap=15 ratio=1.306"),
    "additions of two windows": case(
        counts("killed", "5", "from 08:00 as of 12:00", count_mode="increment"),
        counts("killed", "3", "from 09:00 as of 13:00", count_mode="increment", claimant_id="army-b"),
    ),
    "a total against an addition": case(
        counts("killed", "64"), counts("killed", "3", count_mode="increment", claimant_id="army-b")
    ),
    "additions of two windows before the incident": case(
        counts("killed", "5", "from 12T08:00 as of 12T12:00", count_mode="increment"),
        counts("killed", "9", "from 12T12:00 as of 12T16:00", count_mode="increment", claimant_id="army-b"),
    ),
    "additions of two windows of which one ends as the incident begins": case(
        counts("killed", "5", "from 12T08:00 as of 12T12:00", count_mode="increment"),
        counts("killed", "9", "from 12T12:00 as of 13T00:00", count_mode="increment", claimant_id="army-b"),
    ),
    "additions of two windows after the incident": case(
        counts("killed", "5", "from 14T08:00 as of 14T12:00", incident_id="battle", count_mode="increment"),
        counts(
            "killed",
            "9",
            "from 14T12:00 as of 14T16:00",
            incident_id="battle",
            count_mode="increment",
            claimant_id="army-b",
        ),
    ),
    "additions of one window before the incident": case(
        counts("killed", "5", "from 12T08:00 as of 12T12:00", count_mode="increment"),
        counts("killed", "9", "from 12T08:00 as of 12T12:00", count_mode="increment", claimant_id="army-b"),
    ).makes("a b count-mismatch definite gap=4 ratio=1.8"),
    "additions of windows that reach into the incident": case(
        counts("killed", "5", "from 12T08:00 as of 10:00", count_mode="increment"),
        counts("killed", "9", "from 12T12:00 as of 10:00", count_mode="increment", claimant_id="army-b"),
    ).makes("a b count-mismatch possible gap=4 ratio=1.8"),
    "additions of one window that reaches into the incident": case(
        counts("killed", "5", "from 12T08:00 as of 10:00", count_mode="increment"),
        counts("killed", "9", "from 12T08:00 as of 10:00", count_mode="increment", claimant_id="army-b"),
    ).makes("a b count-mismatch definite gap=4 ratio=1.8"),
    "a total, and a higher one since a time before the incident": case(
        counts("killed", "40"), counts("killed", "49", "from 12T08:00 as of 16:00", claimant_id="army-b")
    ).makes("a b count-mismatch possible gap=9 ratio=1.225"),
    "a total, and a lower one since a time before the incident": case(
        counts("killed", "49"), counts("killed", "40", "from 12T08:00 as of 16:00", claimant_id="army-b")
    ).makes("b a count-mismatch definite gap=9 ratio=1.225"),
    "two totals as of two times before the incident": case(
        counts("killed", "5", "as of 10T16:00"), counts("killed", "9", "as of 12T16:00", claimant_id="army-b")
    ),
    "two totals as of one time before the incident": case(
        counts("killed", "5", "as of 12T16:00"), counts("killed", "9", "as of 12T16:00", claimant_id="army-b")
    ).makes("a b count-mismatch definite gap=4 ratio=1.8"),
    "a total as of a time before the incident, and a lower one in it": case(
        counts("killed", "49", "as of 12T16:00"), counts("killed", "40", "as of 16:00")
    ),
    "anticipated": case(counts("killed", "49"), counts("killed", "64", certainty="anticipated", claimant_id="army-b")),
    "words in place of a figure": case(
        counts("killed", "49"), counts("killed", "5", count_min="", count_max="", count_text="dozens")
    ),
}

COUNTS = {
    "a part of the population above the whole, confirmed": case(
        counts("killed", "49", target_id="aland"),
        counts("killed", "50", "as of 15:00", claimant_id="army-b", count_basis="confirmed"),
    ).makes("a b count-exceeds-whole definite excess=1[1..]"),
    "a part as of a later time after their battle": case(
        counts("killed", "49", "as of 15T10:00", incident_id="battle", target_id="aland"),
        counts("killed", "50", "as of 20T10:00", incident_id="battle"),
    ).makes("a b count-exceeds-whole possible excess=1"),
    "a part as of an earlier time after their battle": case(
        counts("killed", "49", "as of 20T10:00", incident_id="battle", target_id="aland"),
        counts("killed", "50", "as of 15T10:00", incident_id="battle"),
    ).makes("a b count-exceeds-whole definite excess=1"),
    "missing as of an earlier time after their battle": case(
        counts("missing", "49", "as of 20T10:00", incident_id="battle", target_id="aland"),
        counts("missing", "50", "as of 15T10:00", incident_id="battle"),
    ).makes("a b count-exceeds-whole possible excess=1"),
    "a part of the time above a whole of nobody knows since when": case(
        counts("killed", "5", incident_id="unplaced"),
        counts("killed", "7", "from 08:00 as of 16:00", incident_id="unplaced", claimant_id="army-b"),
    ).makes("a b count-exceeds-whole possible excess=2"),
    "a part of the population above the whole, of both nobody knows since when": case(
        counts("killed", "5", incident_id="unplaced", target_id="aland"),
        counts("killed", "7", incident_id="unplaced", claimant_id="army-b"),
    ).makes("a b count-exceeds-whole definite excess=2"),
    "a part of the population above the whole of those killed by one": case(
        counts("killed", "49", target_id="aland", actor_id="bland"), counts("killed", "50", claimant_id="army-b")
    ).makes("a b count-exceeds-whole possible excess=1"),
    "a part of those killed by one above the whole": case(
        counts("killed", "49", target_id="aland"),
        counts("killed", "50", actor_id="bland", claimant_id="army-b"),
    ).makes("a b count-exceeds-whole definite excess=1"),
    "a part of the population above the whole": case(
        counts("killed", "49", target_id="aland"), counts("killed", "50", "as of 15:00", claimant_id="army-b")
    ).makes("a b count-exceeds-whole definite excess=1"),
    "a part above the whole that its claimant has corrected": case(
        counts("killed", "49", target_id="aland"),
        counts("killed", "105"),
        counts("killed", "40"),
        links=("c updates b",),
    ),
    "a part above a whole that its claimant has corrected": case(
        counts("killed", "49", target_id="aland"),
        counts("killed", "149", target_id="aland"),
        counts("killed", "105"),
        links=("b updates a",),
    ),
    "a part above another's whole, that was corrected": case(
        counts("killed", "49", target_id="aland", claimant_id="army-b"),
        counts("killed", "105"),
        counts("killed", "40"),
        links=("c updates b",),
    ).makes("a b count-exceeds-whole definite excess=56"),
    "a part of the place above the whole": case(
        counts("killed", "5", place_id="aland"), counts("killed", "7..9", place_id="town-a", claimant_id="army-b")
    ).makes("a b count-exceeds-whole definite excess=2[2..4]"),
    "a part of the outcomes above the whole": case(
        counts("killed_or_missing", "5"), counts("missing", "7", claimant_id="army-b")
    ).makes("a b count-exceeds-whole definite excess=2"),
    "a narrower outcome above the wider": case(
        counts("wounded", "5"), counts("hospitalised", "7", claimant_id="army-b")
    ).makes("a b count-exceeds-whole definite excess=2"),
    "a part of the time above the whole": case(
        counts("killed", "5"), counts("killed", "7", "from 08:00 as of 16:00", claimant_id="army-b")
    ).makes("a b count-exceeds-whole definite excess=2"),
    "an addition above that of a longer window": case(
        counts("killed", "5", "from 08:00 as of 16:00", count_mode="increment"),
        counts("killed", "7", "from 08:00 as of 12:00", count_mode="increment"),
    ).makes("a b count-exceeds-whole possible excess=2"),
    "an addition above that of a wider population, which others may take from": case(
        counts("killed", "5", "from 08:00 as of 16:00", count_mode="increment", target_id="aland"),
        counts("killed", "7", "from 08:00 as of 16:00", count_mode="increment"),
        counts("killed", "0", "from 08:00 as of 16:00", count_mode="increment", target_id="civilians-a")
        | {"count_min": "-2", "count_max": "-2"},
    ).makes("a b count-exceeds-whole possible excess=2"),
    "a part as of a later time": case(
        counts("killed", "49", target_id="aland"), counts("killed", "50", "as of 17:00", claimant_id="army-b")
    ),
    "a part as of a later time in another zone alone": case(
        counts("killed", "49", "as of 16:00", target_id="aland"),
        counts("killed", "50", "as of 15:30?", claimant_id="army-b"),
    ).makes("a b count-exceeds-whole possible excess=1"),
    "a part above a whole that is only what is confirmed": case(
        counts("killed", "49", target_id="aland", count_basis="confirmed"), counts("killed", "50", claimant_id="army-b")
    ),
    "a part about as high as the whole": case(
        counts("killed", "49", target_id="aland"), counts("killed", "~50", claimant_id="army-b")
    ).makes("a b count-exceeds-whole possible excess=1"),
    "repeated after it was overtaken": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "64", "as of 18:00", reported="18:10"),
        counts("killed", "49", reported="20:10"),
    ).makes("c b count-outdated tension stale=2"),
    "repeated after it was overtaken, of no stated incident": case(
        counts("killed", "49", reported="16:10", incident_id=""),
        counts("killed", "64", "as of 18:00", reported="18:10", incident_id=""),
        says("will_rise", reported="18:10", target_id="soldiers-a", incident_id=""),
        counts("killed", "49", reported="20:10", incident_id=""),
    ).makes("d b count-outdated tension stale=2"),
    "repeated without an as-of after it was overtaken": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "64", "as of 18:00", reported="18:10"),
        counts("killed", "49", "", reported="19:10"),
    ).makes("c b count-outdated tension stale=1"),
    "repeated on the day on which it was overtaken, nobody knows when": case(
        counts("killed", "49", "as of 08:00", reported="09:00"),
        counts("killed", "64", "as of 11:00", reported="12:00"),
        counts("killed", "49", "as of 08:00", reported="00:00 14T00:00"),
    ),
    "repeated on the day after it was overtaken, nobody knows when": case(
        counts("killed", "49", "as of 08:00", reported="09:00"),
        counts("killed", "64", "as of 11:00", reported="12:00"),
        counts("killed", "49", "as of 08:00", reported="14T00:00 15T00:00"),
    ).makes("c b count-outdated tension stale=12[12..36]"),
    "overtaken and repeated on the days that follow, nobody knows when": case(
        counts("killed", "49", "as of 08:00", reported="00:00 14T00:00"),
        counts("killed", "64", "as of 14T08:00", reported="14T00:00 15T00:00"),
        counts("killed", "49", "as of 08:00", reported="15T00:00 16T00:00"),
    ).makes("c b count-outdated tension stale=0[0..48]"),
    "said to rise and repeated on the days that follow, nobody knows when": case(
        counts("killed", "49", reported="00:00 14T00:00"),
        says("will_rise", reported="14T00:00 15T00:00", target_id="soldiers-a"),
        counts("killed", "49", reported="15T00:00 16T00:00"),
    ).makes("c b count-outdated tension stale=0[0..48]"),
    "repeated in a source of the day on which it was overtaken, nobody knows when": case(
        counts("killed", "49", "as of 08:00", reported="09:00"),
        counts("killed", "64", "as of 11:00", reported="12:00"),
        counts("killed", "49", "as of 08:00", reported=""),
    ),
    "overtaken in a source of the day on which it is repeated, nobody knows when": case(
        counts("killed", "49", "as of 08:00", reported="09:00"),
        counts("killed", "64", "as of 11:00", reported=""),
        counts("killed", "49", "as of 08:00", reported="15T10:00"),
    ),
    "overtaken and repeated at one moment": case(
        counts("killed", "49", "as of 08:00", reported="09:00"),
        counts("killed", "64", "as of 11:00", reported="12:00"),
        counts("killed", "49", "as of 08:00", reported="12:00"),
    ),
    "overtaken on the day on which it was given, nobody knows when": case(
        counts("killed", "49", "as of 08:00", reported="09:00"),
        counts("killed", "64", "as of 11:00", reported="00:00 14T00:00"),
        counts("killed", "49", "as of 08:00", reported="14T10:00"),
    ),
    "said to rise on the day after it was given": case(
        counts("killed", "49", reported="16:10"),
        says("will_rise", reported="14T00:00 15T00:00", target_id="soldiers-a"),
        counts("killed", "49", reported="15T10:00"),
    ).makes("c b count-outdated tension stale=10[10..34]"),
    "said to rise on the day on which it is repeated": case(
        counts("killed", "49", reported="16:10"),
        says("will_rise", reported="14T00:00 15T00:00", target_id="soldiers-a"),
        counts("killed", "49", reported="14T10:00"),
    ),
    "repeated beside what overtook it": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "64", "as of 18:00", reported="18:10"),
        counts("killed", "49", reported="18:10"),
    ),
    "repeated after more in all were given than one had killed": case(
        counts("killed", "5", reported="16:10", actor_id="bland"),
        counts("killed", "9", "as of 18:00", reported="18:10"),
        counts("killed", "5", reported="20:10", actor_id="bland"),
    ),
    "repeated after the same actor had killed more": case(
        counts("killed", "5", reported="16:10", actor_id="bland"),
        counts("killed", "9", "as of 18:00", reported="18:10", actor_id="bland"),
        counts("killed", "5", reported="20:10", actor_id="bland"),
    ).makes("c b count-outdated tension stale=2"),
    "repeated after more were given since before the incident": case(
        counts("killed", "5", reported="16:10"),
        counts("killed", "9", "from 12T08:00 as of 18:00", reported="18:10"),
        counts("killed", "5", reported="20:10"),
    ),
    "repeated with an as-of, first given without one": case(
        counts("killed", "49", "", reported="16:00"),
        counts("killed", "64", "as of 18:00", reported="18:10"),
        counts("killed", "49", "as of 16:00", reported="20:10"),
    ).makes("c b count-outdated tension stale=2"),
    "repeated after it was overtaken twice": case(
        counts("killed", "64", "as of 18:00", reported="19:10"),
        counts("killed", "63", "as of 17:00", reported="19:10"),
        counts("killed", "49", reported="20:10"),
        counts("killed", "49", reported="16:10"),
    ).makes("c a count-outdated tension stale=1"),
    "as of a later time": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "64", "as of 18:00", reported="18:10"),
        counts("killed", "49", "as of 20:00", reported="20:10"),
    ).makes("b c count-fell definite fall=15"),
    "repeated before it was overtaken": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "49", reported="17:10"),
        counts("killed", "64", "as of 18:00", reported="18:10"),
    ),
    "repeated after an older figure came in late": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "30", "as of 10:00", reported="18:10"),
        counts("killed", "49", reported="20:10"),
    ),
    "repeated after a figure that leaves room for it": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "49+", "as of 18:00", reported="18:10"),
        counts("killed", "49", reported="20:10"),
    ),
    "repeated after one that leaves room for it, and one that does not": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "49+", "as of 17:00", reported="17:10"),
        counts("killed", "40..49", "as of 17:30", reported="17:40"),
        counts("killed", "50+", "as of 18:00", reported="18:10"),
        counts("killed", "49", reported="20:10"),
    ).makes("e d count-outdated tension stale=2"),
    "overtaken by another claimant": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "64", "as of 18:00", reported="18:10", claimant_id="army-b"),
        counts("killed", "49", reported="20:10"),
    ),
    "an addition repeated after that of the next window": case(
        counts("killed", "5", "from 00:00 as of 06:00", reported="07:00", count_mode="increment"),
        counts("killed", "9", "from 06:00 as of 12:00", reported="13:00", count_mode="increment"),
        counts("killed", "5", "from 00:00 as of 06:00", reported="14:00", count_mode="increment"),
    ),
    "one more addition of as many, without a time": case(
        counts("killed", "5", "", reported="10:00", count_mode="increment"),
        counts("killed", "3", "", reported="12:00", count_mode="increment"),
        counts("killed", "5", "", reported="14:00", count_mode="increment"),
    ).makes("b a count-exceeds-whole possible excess=2"),
    "an addition without a time, and what was said to rise": case(
        counts("killed", "5", "", reported="10:00", count_mode="increment"),
        says("will_rise", reported="12:00", target_id="soldiers-a"),
        counts("killed", "5", "", reported="14:00", count_mode="increment"),
    ),
    "an addition of one as-of, repeated after another of it": case(
        counts("killed", "5", reported="17:00", count_mode="increment"),
        counts("killed", "3", reported="18:00", count_mode="increment"),
        counts("killed", "5", reported="19:00", count_mode="increment"),
        links=("b updates a",),
    ).makes("c b count-outdated tension stale=1"),
    "an addition repeated after that of a longer window": case(
        counts("killed", "5", "from 00:00 as of 06:00", reported="07:00", count_mode="increment"),
        counts("killed", "9", "from 00:00 as of 12:00", reported="13:00", count_mode="increment"),
        counts("killed", "5", "from 00:00 as of 06:00", reported="14:00", count_mode="increment"),
    ),
    "an addition repeated after one of its window that updates it": case(
        counts("killed", "5", "from 00:00 as of 06:00", reported="07:00", count_mode="increment"),
        counts("killed", "9", "from 00:00 as of 06:00", reported="13:00", count_mode="increment"),
        counts("killed", "5", "from 00:00 as of 06:00", reported="14:00", count_mode="increment"),
        links=("b updates a", "b updates c"),
    ).makes("c b count-outdated tension stale=1"),
    "a total repeated after one since another time": case(
        counts("killed", "5", "from 08:00 as of 10:00", reported="11:00"),
        counts("killed", "49", "as of 12:00", reported="13:00"),
        counts("killed", "5", "from 08:00 as of 10:00", reported="14:00"),
    ),
    "a total repeated after one since the same time": case(
        counts("killed", "5", "from 08:00 as of 10:00", reported="11:00"),
        counts("killed", "9", "from 08:00 as of 12:00", reported="13:00"),
        counts("killed", "5", "from 08:00 as of 10:00", reported="14:00"),
    ).makes("c b count-outdated tension stale=1"),
    "a confirmed figure repeated after an estimate above it": case(
        counts("killed", "49", reported="16:10", count_basis="confirmed"),
        counts("killed", "100", "as of 18:00", reported="18:10", count_basis="estimate"),
        counts("killed", "49", reported="20:10", count_basis="confirmed"),
    ),
    "a confirmed figure repeated after an estimate below it": case(
        counts("killed", "49", reported="16:10", count_basis="confirmed"),
        counts("killed", "40", "as of 18:00", reported="18:10", count_basis="estimate"),
        counts("killed", "49", reported="20:10", count_basis="confirmed"),
        links=("b updates a", "b updates c"),
    ).makes("c b count-outdated tension stale=2"),
    "a confirmed figure repeated after more were confirmed": case(
        counts("killed", "49", reported="16:10", count_basis="confirmed"),
        counts("killed", "64", "as of 18:00", reported="18:10", count_basis="confirmed"),
        counts("killed", "49", reported="20:10", count_basis="confirmed"),
    ).makes("c b count-outdated tension stale=2"),
    "an estimate repeated after fewer were confirmed": case(
        counts("killed", "100", reported="16:10", count_basis="estimate"),
        counts("killed", "49", "as of 18:00", reported="18:10", count_basis="confirmed"),
        counts("killed", "100", reported="20:10", count_basis="estimate"),
    ),
    "a figure repeated after one that is confirmed, and one that is not": case(
        counts("killed", "100", reported="16:10", count_basis="estimate"),
        counts("killed", "49", "as of 18:00", reported="18:10", count_basis="confirmed"),
        counts("killed", "49", "as of 18:00", reported="18:40", count_basis="estimate"),
        counts("killed", "100", reported="20:10", count_basis="estimate"),
    ).makes(
        "a c count-fell definite fall=51",
        "d c count-outdated tension stale=1.5",
    ),
    "repeated after it was said to rise": case(
        counts("killed", "49", reported="16:10"),
        says("will_rise", reported="16:10", target_id="soldiers-a", certainty="anticipated"),
        counts("killed", "49", reported="20:10"),
    ).makes("c b count-outdated tension stale=4"),
    "repeated after another outcome was said to rise in one breath with its figure": case(
        counts("wounded", "49", reported="16:10"),
        counts("killed", "5", reported="17:10", statement_id="s"),
        says("will_rise", reported="17:10", target_id="soldiers-a", statement_id="s"),
        counts("wounded", "49", reported="20:10"),
        counts("killed", "5", reported="20:10"),
    ).makes("e c count-outdated tension stale=3"),
    "repeated after a vague figure was said to rise in one breath": case(
        counts("killed", "49", reported="16:10"),
        counts("casualties", "90", reported="17:10", statement_id="s"),
        says("will_rise", reported="17:10", target_id="soldiers-a", statement_id="s"),
        counts("killed", "49", reported="20:10"),
    ),
    "repeated after it was said to rise in one breath with a figure of others": case(
        counts("killed", "49", reported="16:10"),
        counts("wounded", "5", reported="17:10", statement_id="s", target_id="civilians-a"),
        says("will_rise", reported="17:10", target_id="soldiers-a", statement_id="s"),
        counts("killed", "49", reported="20:10"),
    ).makes("d c count-outdated tension stale=3"),
    "an addition repeated after its claimant's total was said to rise": case(
        counts("killed", "5", "from 00:00 as of 06:00", reported="07:00", count_mode="increment"),
        counts("killed", "49", reported="16:10", statement_id="s"),
        says("will_rise", reported="16:10", target_id="soldiers-a", statement_id="s"),
        counts("killed", "5", "from 00:00 as of 06:00", reported="18:00", count_mode="increment"),
    ),
    "repeated after the figure of another place was said to rise": case(
        counts("killed", "49", reported="16:10"),
        says("will_rise", reported="17:10", target_id="soldiers-a", place_id="elsewhere"),
        counts("killed", "49", reported="20:10"),
    ),
    "said to rise in the same report": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "49", reported="20:10"),
        says("will_rise", reported="20:10", target_id="soldiers-a"),
    ),
    "repeated, and nobody knows when": case(
        counts("killed", "49", reported="", source_id="undated"),
        counts("killed", "49", reported="", source_id="undated"),
        says("will_rise", reported="", source_id="undated", target_id="soldiers-a"),
    ),
    "a total that falls": case(counts("killed", "49"), counts("killed", "40..45", "as of 18:00")).makes(
        "a b count-fell definite fall=4[4..9]"
    ),
    "a total that falls, of those killed by one": case(
        counts("killed", "49"), counts("killed", "40", "as of 18:00", actor_id="bland")
    ).makes("a b count-fell possible fall=9"),
    "a total that falls below that of those killed by one": case(
        counts("killed", "49", actor_id="bland"), counts("killed", "40", "as of 18:00")
    ).makes("a b count-fell definite fall=9"),
    "a total that falls, with one of those killed by one between": case(
        counts("killed", "49", "as of 10:00"),
        counts("killed", "10", "as of 12:00", actor_id="bland"),
        counts("killed", "40", "as of 14:00"),
    ).makes("a b count-fell possible fall=39", "a c count-fell definite fall=9"),
    "a total that falls, with one since before the incident between": case(
        counts("killed", "49", "as of 10:00"),
        counts("killed", "60", "from 12T08:00 as of 12:00"),
        counts("killed", "40", "as of 14:00"),
    ).makes("a c count-fell definite fall=9", "b c count-fell possible fall=20"),
    "a total that falls below one of those killed by one, with one of all between": case(
        counts("killed", "49", "as of 10:00", actor_id="bland"),
        counts("killed", "60", "as of 12:00"),
        counts("killed", "40", "as of 14:00"),
    ).makes("b c count-fell definite fall=20"),
    "a total of the missing that falls, of whom some may have been found": case(
        counts("missing", "49"), counts("missing", "40", "as of 18:00")
    ).makes("a b count-fell definite fall=9"),
    "a total below one that was corrected": case(
        counts("killed", "49"),
        counts("killed", "40"),
        counts("killed", "42", "as of 18:00"),
        links=("b updates a",),
    ),
    "a total below a repeat of one that was corrected": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "49", reported="16:20"),
        counts("killed", "40", reported="17:10"),
        counts("killed", "42", "as of 18:00"),
        links=("c updates a",),
    ),
    "a total below one to which a correction was taken back": case(
        counts("killed", "49", reported="16:10"),
        counts("killed", "40", reported="16:20"),
        counts("killed", "49", reported="17:10"),
        counts("killed", "42", "as of 18:00"),
        links=("b updates a", "c updates b"),
    ).makes("c d count-fell definite fall=7", "c b count-outdated tension stale=0.8333"),
    "a total below one that was corrected in words": case(
        counts("killed", "49"),
        counts("killed", "1", count_min="", count_max="", count_text="dozens"),
        counts("killed", "42", "as of 18:00"),
        links=("b updates a",),
    ),
    "a total below one that another claimant updates in words": case(
        counts("killed", "49"),
        counts("killed", "1", count_min="", count_max="", count_text="dozens", claimant_id="army-b"),
        counts("killed", "42", "as of 18:00"),
        links=("b updates a",),
    ).makes("a c count-fell definite fall=7"),
    "a total that falls from one as-of to the next, with one without an as-of between": case(
        counts("killed", "49", "as of 10:00"),
        counts("killed", "60", "", reported="12:00"),
        counts("killed", "40"),
    ).makes("a c count-fell definite fall=9", "b c count-fell possible fall=20"),
    "a total without an as-of that falls, and another one": case(
        counts("killed", "49", "", reported="10:00"),
        counts("killed", "45", "", reported="12:00"),
        counts("killed", "40"),
    ).makes("a b count-fell possible fall=4", "b c count-fell possible fall=5"),
    "a total below the correction": case(
        counts("killed", "40"),
        counts("killed", "49"),
        counts("killed", "42", "as of 18:00"),
        links=("b updates a",),
    ).makes("b c count-fell definite fall=7"),
    "a total below one that another claimant updates": case(
        counts("killed", "49"),
        counts("killed", "40", claimant_id="army-b"),
        counts("killed", "42", "as of 18:00"),
        links=("b updates a",),
    ).makes(
        "a c count-fell definite fall=7", "c b count-gap tension first=1.225 largest=1.225 last=1.05 smallest=1.05"
    ),
    "a total below one that was confirmed again": case(
        counts("killed", "49"),
        counts("killed", "49", reported="23:10"),
        counts("killed", "42", "as of 18:00"),
        links=("b updates a",),
    ).makes("a c count-fell definite fall=7", "b c count-fell definite fall=7"),
    "a total about as high": case(counts("killed", "40..49"), counts("killed", "45", "as of 18:00")),
    "a total that falls, hedged": case(
        counts("killed", "49"), counts("killed", "40", "as of 18:00", certainty="hedged")
    ).makes("a b count-fell possible fall=9"),
    "a total that falls in the next but one": case(
        counts("killed", "49"), counts("killed", "49+", "as of 18:00"), counts("killed", "48", "as of 20:00")
    ).makes("b c count-fell definite fall=1[1..]"),
    "a total that falls with zones assumed, in one order under all": case(
        counts("killed", "49", "as of 16:00?", claimant_id="army-b"),
        counts("killed", "40", "as of 18:00?", claimant_id="army-b"),
    ).makes("a b count-fell definite fall=9"),
    "a total that falls with zones assumed, in either order": case(
        counts("killed", "49", "as of 16:00?", claimant_id="army-b"),
        counts("killed", "40", "as of 16:30?", claimant_id="army-b"),
    ).makes("a b count-fell possible fall=9"),
    "a total that falls after its battle": case(
        counts("killed", "64", "as of 15T10:00", incident_id="battle"),
        counts("killed", "49", "as of 18T10:00", incident_id="battle"),
    ).makes("a b count-fell definite fall=15"),
    "a total that grows after its battle": case(
        counts("killed", "49", "as of 15T10:00", incident_id="battle"),
        counts("killed", "64", "as of 18T10:00", incident_id="battle"),
    ),
    "a total that grows after its battle, and falls": case(
        counts("killed", "49", "as of 10:00", incident_id="battle"),
        counts("killed", "64", "as of 15T10:00", incident_id="battle"),
        counts("killed", "40", "as of 18T10:00", incident_id="battle"),
    ).makes("b c count-fell definite fall=24"),
    "a total that falls after its battle, with zones assumed, in either order": case(
        counts("killed", "49", "as of 15T16:00?", incident_id="battle", claimant_id="army-b"),
        counts("killed", "40", "as of 15T16:30?", incident_id="battle", claimant_id="army-b"),
    ).makes("a b count-fell possible fall=9"),
    "a lower total after its battle of another claimant": case(
        counts("killed", "64", "as of 15T10:00", incident_id="battle"),
        counts("killed", "49", "as of 18T10:00", incident_id="battle", claimant_id="army-b"),
    ).makes("b a count-mismatch possible gap=15 ratio=1.306"),
    "a lower total of another basis": case(
        counts("killed", "49"), counts("killed", "40", "as of 18:00", count_basis="estimate")
    ).makes("b a count-mismatch possible gap=9 ratio=1.225"),
    "an addition that is not the difference": case(
        counts("killed", "40", "as of 10:00"),
        counts("killed", "49", "as of 16:00"),
        counts("killed", "5", "from 10:00 as of 16:00", count_mode="increment"),
    ).makes("c a count-delta definite difference=-4", "c b count-delta definite difference=-4"),
    "an addition of missing above the difference, of whom some may have been found": case(
        counts("missing", "40", "as of 10:00"),
        counts("missing", "42", "as of 16:00"),
        counts("missing", "5", "from 10:00 as of 16:00", count_mode="increment"),
    ).makes("c a count-delta definite difference=3", "c b count-delta definite difference=3"),
    "an addition of missing below the difference": case(
        counts("missing", "40", "as of 10:00"),
        counts("missing", "49", "as of 16:00"),
        counts("missing", "5", "from 10:00 as of 16:00", count_mode="increment"),
    ).makes("c a count-delta definite difference=-4", "c b count-delta definite difference=-4"),
    "an addition since a time before the incident, and a total as of its beginning": case(
        counts("killed", "40", "as of 00:00"),
        counts("killed", "49", "as of 16:00"),
        counts("killed", "12", "from 12T08:00 as of 16:00", count_mode="increment"),
    ),
    "an addition since the beginning of the incident, and a total as of it": case(
        counts("killed", "40", "as of 00:00"),
        counts("killed", "49", "as of 16:00"),
        counts("killed", "12", "from 00:00 as of 16:00", count_mode="increment"),
    ).makes("c a count-delta definite difference=3", "c b count-delta definite difference=3"),
    "an addition of those killed by one, that is not the difference": case(
        counts("killed", "40", "as of 10:00"),
        counts("killed", "49", "as of 16:00"),
        counts("killed", "5", "from 10:00 as of 16:00", count_mode="increment", actor_id="bland"),
    ).makes("c a count-delta possible difference=-4", "c b count-delta possible difference=-4"),
    "an addition that is the difference to a corrected total": case(
        counts("killed", "40", "as of 10:00"),
        counts("killed", "49"),
        counts("killed", "45"),
        counts("killed", "5", "from 10:00 as of 16:00", count_mode="increment"),
        links=("c updates b",),
    ),
    "an addition that is not the difference to a corrected total": case(
        counts("killed", "40", "as of 10:00"),
        counts("killed", "45"),
        counts("killed", "49"),
        counts("killed", "5", "from 10:00 as of 16:00", count_mode="increment"),
        links=("c updates b",),
    ).makes("d a count-delta definite difference=-4", "d c count-delta definite difference=-4"),
    "an addition and a total that end at two times after their battle": case(
        counts("killed", "40", "as of 10:00", incident_id="battle"),
        counts("killed", "49", "as of 20T10:00", incident_id="battle"),
        counts("killed", "5", "from 10:00 as of 15T10:00", incident_id="battle", count_mode="increment"),
    ),
    "an addition and a total that end at one time after their battle": case(
        counts("killed", "40", "as of 10:00", incident_id="battle"),
        counts("killed", "49", "as of 15T10:00", incident_id="battle"),
        counts("killed", "5", "from 10:00 as of 15T10:00", incident_id="battle", count_mode="increment"),
    ).makes("c a count-delta definite difference=-4", "c b count-delta definite difference=-4"),
    "an addition above the difference, about": case(
        counts("killed", "40", "as of 10:00"),
        counts("killed", "~49", "as of 16:00"),
        counts("killed", "12..14", "from 10:00 as of 16:00", count_mode="increment"),
    ).makes("c a count-delta possible difference=3[3..5]", "c b count-delta possible difference=3[3..5]"),
    "an addition below the difference, which is not known exactly": case(
        counts("killed", "40", "as of 10:00"),
        counts("killed", "49..52", "as of 16:00"),
        counts("killed", "5", "from 10:00 as of 16:00", count_mode="increment"),
    ).makes("c a count-delta definite difference=-4[-7..-4]", "c b count-delta definite difference=-4[-7..-4]"),
    "an addition that is the difference": case(
        counts("killed", "40", "as of 10:00"),
        counts("killed", "49", "as of 16:00"),
        counts("killed", "8+", "from 10:00 as of 16:00", count_mode="increment"),
    ),
    "an addition of a window that no totals bound": case(
        counts("killed", "40", "as of 10:00"),
        counts("killed", "49", "as of 16:00"),
        counts("killed", "5", "from 10:30 as of 16:00", count_mode="increment"),
    ),
    "an addition against two totals as of one end": case(
        counts("killed", "40", "as of 10:00"),
        counts("killed", "49", "as of 16:00"),
        counts("killed", "~51", "as of 16:00"),
        counts("killed", "5", "from 10:00 as of 16:00", count_mode="increment"),
    ).makes(
        "b c count-mismatch possible gap=2 ratio=1.041",
        "d a count-delta definite difference=-4",
        "d b count-delta definite difference=-4",
        "d c count-delta possible difference=-6",
    ),
    "an addition in a window of no length": case(
        counts("killed", "40", "as of 10:00"), counts("killed", "5", "from 10:00 as of 10:00", count_mode="increment")
    ),
    "an addition with one total, of either end by its zone": case(
        counts("killed", "40", "as of 15:00?", claimant_id="army-b"),
        counts("killed", "5", "from 15:00 as of 16:00", count_mode="increment", claimant_id="army-b"),
    ),
    "an addition whose window fits under some zone alone": case(
        counts("killed", "40", "as of 10:00", claimant_id="army-b"),
        counts("killed", "49", "as of 16:00", claimant_id="army-b"),
        counts("killed", "5", "from 09:00 as of 15:00?", count_mode="increment", claimant_id="army-b"),
    ).makes("c a count-delta possible difference=-4", "c b count-delta possible difference=-4"),
}

SEVERAL = {
    "two series of one scope": case(
        counts("killed", "50", "as of 10:00"),
        counts("killed", "60", "as of 16:00"),
        counts("killed", "100..150", "as of 10:00", claimant_id="army-b"),
        counts("killed", "90", "as of 16:00", claimant_id="army-b"),
    ).makes(
        "a c count-mismatch definite gap=50[50..100] ratio=2[2..3]",
        "b c count-mismatch possible gap=40[40..90] ratio=1.667[1.667..2.5]",
        "b d count-gap tension first=2.5 largest=2.5 last=1.5 smallest=1.5",
        "b d count-mismatch definite gap=30 ratio=1.5",
        "c d count-fell definite fall=10[10..60]",
    ),
    "two series that agree": case(
        counts("killed", "50", "as of 10:00"),
        counts("killed", "60", "as of 16:00"),
        counts("killed", "50", "as of 10:00", claimant_id="army-b"),
        counts("killed", "60", "as of 16:00", claimant_id="army-b"),
    ),
    "two series that agree at first": case(
        counts("killed", "0", "as of 10:00"),
        counts("killed", "60", "as of 16:00"),
        counts("killed", "0", "as of 10:00", claimant_id="army-b"),
        counts("killed", "50+", "as of 16:00", claimant_id="army-b"),
    ).makes("b d count-gap tension largest=1.2 last=1.2 smallest=1.2"),
    "two series, of which one has none at first": case(
        counts("killed", "0", "as of 10:00"),
        counts("killed", "60", "as of 16:00"),
        counts("killed", "5", "as of 10:00", claimant_id="army-b"),
        counts("killed", "60", "as of 16:00", claimant_id="army-b"),
    ).makes("a c count-mismatch definite gap=5", "b d count-gap tension largest=1 last=1 smallest=1"),
    "two series with one shared as-of": case(
        counts("killed", "50", "as of 10:00"),
        counts("killed", "50", "as of 10:00", claimant_id="army-b"),
        counts("killed", "60", "as of 15T10:00", claimant_id="army-b"),
    ),
    "two bases of one claimant, set beside the nearest earlier as-of": case(
        counts("killed", "0", "as of 10:00"),
        counts("killed", "60+", "as of 16:00"),
        counts("killed", "0", "as of 10:00", count_basis="estimate"),
        counts("killed", "-90", "as of 14:00", count_basis="estimate"),
        counts("killed", "90", "as of 17:00", count_basis="estimate"),
    ).makes("b e count-gap tension largest=1.5 last=1.5 smallest=1.5"),
    "two series of which one is given again and again": case(
        counts("killed", "50", "as of 10:00?"),
        counts("killed", "50", "as of 10:00", claimant_id="army-b"),
    ),
    "two series of no stated incident": case(
        counts("killed", "0", "as of 10:00", incident_id=""),
        counts("killed", "60", incident_id=""),
        counts("killed", "0", "as of 10:00", incident_id="", claimant_id="army-b"),
        counts("killed", "50+", incident_id="", claimant_id="army-b"),
    ).makes("b d count-gap tension largest=1.2 last=1.2 smallest=1.2"),
    "two series of two scopes": case(
        counts("killed", "50", "as of 10:00"),
        counts("killed", "60", "as of 16:00"),
        counts("wounded", "50", "as of 10:00", claimant_id="army-b"),
        counts("wounded", "60", "as of 16:00", claimant_id="army-b"),
    ),
    "parts above their whole": case(
        counts("killed", "50"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "9..10", target_id="civilians-a"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum definite difference=1[1..2]", "a c count-sum definite difference=1[1..2]"),
    "missing of an earlier time, who may have been found": case(
        counts("missing", "40", target_id="aland"), counts("missing", "50", "as of 15:00")
    ).makes("a b count-exceeds-whole possible excess=10"),
    "missing of one time": case(counts("missing", "40", target_id="aland"), counts("missing", "50")).makes(
        "a b count-exceeds-whole definite excess=10"
    ),
    "missing of an earlier time in another zone": case(
        counts("missing", "40", "as of 16:00?", target_id="aland", claimant_id="army-b"), counts("missing", "50")
    ).makes("a b count-exceeds-whole possible excess=10"),
    "declared parts of an earlier time, who may have been found": case(
        counts("missing", "50"),
        counts("missing", "42", "as of 15:00", target_id="conscripts-a"),
        counts("missing", "9", target_id="civilians-a"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum possible difference=1", "a c count-sum possible difference=1"),
    "parts above their whole, of which one was corrected": case(
        counts("killed", "50"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "12", target_id="civilians-a"),
        counts("killed", "8", target_id="civilians-a"),
        links=("b part_of a", "c part_of a", "d part_of a", "d updates c"),
    ),
    "parts above a whole that was corrected": case(
        counts("killed", "50"),
        counts("killed", "60"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "12", target_id="civilians-a"),
        links=("b updates a", "c part_of a", "d part_of a"),
    ).makes("b c count-sum possible difference=-6", "b d count-sum possible difference=-6"),
    "parts above their whole, and a correction": case(
        counts("killed", "50"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "8", target_id="civilians-a"),
        counts("killed", "12", target_id="civilians-a"),
        links=("b part_of a", "c part_of a", "d part_of a", "d updates c"),
    ).makes("a b count-sum definite difference=4", "a d count-sum definite difference=4"),
    "parts that add up, of which one was corrected by a claim that nobody declared a part": case(
        counts("killed", "50"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "8", target_id="civilians-a"),
        counts("killed", "1", count_min="", count_max="", count_text="some", target_id="civilians-a"),
        counts("killed", "9", target_id="civilians-a"),
        links=("b part_of a", "c part_of a", "d updates c", "e updates d"),
    ).makes("a b count-sum definite difference=1", "a e count-sum definite difference=1"),
    "parts that add up, of which one was corrected in words": case(
        counts("killed", "50"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "8", target_id="civilians-a"),
        counts("killed", "1", count_min="", count_max="", count_text="some", target_id="civilians-a"),
        links=("b part_of a", "c part_of a", "d updates c"),
    ),
    "parts of which one was corrected in words, and the others exceed the whole": case(
        counts("killed", "50"),
        counts("killed", "52", target_id="civilians-a"),
        counts("killed", "8", target_id="conscripts-a"),
        counts("killed", "1", count_min="", count_max="", count_text="some", target_id="conscripts-a"),
        links=("b part_of a", "c part_of a", "d updates c"),
    ).makes("a b count-sum definite difference=2[2..]"),
    "parts above their whole of those killed by one": case(
        counts("killed", "50", actor_id="bland"),
        counts("killed", "42", target_id="conscripts-a", actor_id="army-b"),
        counts("killed", "9", target_id="civilians-a"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum possible difference=1", "a c count-sum possible difference=1"),
    "parts of which an addition was corrected in words": case(
        counts("killed", "50"),
        counts("killed", "52", target_id="civilians-a"),
        counts("killed", "8", count_mode="increment", target_id="conscripts-a"),
        counts("killed", "1", count_min="", count_max="", count_mode="increment", target_id="conscripts-a"),
        links=("b part_of a", "c part_of a", "d updates c"),
    ),
    "parts above a whole, and above its correction": case(
        counts("killed", "50"),
        counts("killed", "60"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "30", target_id="civilians-a"),
        links=("b updates a", "c part_of a", "d part_of a"),
    ).makes("b c count-sum definite difference=12", "b d count-sum definite difference=12"),
    "parts of which one is declared of the correction of their whole": case(
        counts("killed", "50"),
        counts("killed", "60"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "8", target_id="civilians-a"),
        counts("killed", "18", target_id="civilians-a", claimant_id="army-b"),
        links=("b updates a", "c part_of a", "d part_of a", "e part_of b"),
    ).makes("d e count-mismatch definite gap=10 ratio=2.25"),
    "parts of two regions that share a town": case(
        counts("killed", "7", place_id="area"),
        counts("killed", "5", place_id="sector"),
        counts("killed", "5", place_id="region-a"),
        links=("b part_of a", "c part_of a"),
    ),
    "parts of two towns": case(
        counts("killed", "7", place_id="area"),
        counts("killed", "5", place_id="town-a"),
        counts("killed", "5", place_id="town-b"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum definite difference=3", "a c count-sum definite difference=3"),
    "parts above a whole that is about so many": case(
        counts("killed", "~50"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "9", target_id="civilians-a"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum possible difference=1", "a c count-sum possible difference=1"),
    "parts as of a later time than their whole, which may have grown": case(
        counts("killed", "50"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "12", "as of 20:00", target_id="civilians-a"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum possible difference=4", "a c count-sum possible difference=4"),
    "parts since an earlier time than their whole": case(
        counts("killed", "50", "from 08:00 as of 16:00"),
        counts("killed", "52", target_id="civilians-a"),
        links=("b part_of a",),
    ).makes("a b count-sum possible difference=2"),
    "parts below their whole": case(
        counts("killed", "50"),
        counts("killed", "42", target_id="conscripts-a"),
        counts("killed", "5", target_id="civilians-a"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum possible difference=-3", "a c count-sum possible difference=-3"),
    "parts of which one is open": case(
        counts("killed", "50"),
        counts("killed", "42+", target_id="conscripts-a"),
        counts("killed", "5", target_id="civilians-a"),
        links=("b part_of a", "c part_of a"),
    ),
    "confirmed parts of another's whole": case(
        counts("killed", "50"),
        counts("killed", "42", target_id="conscripts-a", claimant_id="army-b", count_basis="confirmed"),
        links=("b part_of a",),
    ),
    "parts above what another confirms": case(
        counts("killed", "50", count_basis="confirmed"),
        counts("killed", "52", target_id="civilians-a", claimant_id="army-b"),
        links=("b part_of a",),
    ),
    "parts of other incidents than their whole": case(
        counts("killed", "50"),
        counts("killed", "42", incident_id="battle", target_id="conscripts-a"),
        counts("killed", "9", incident_id="battle", target_id="civilians-a"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum definite difference=1", "a c count-sum definite difference=1"),
    "parts that may count the same people": case(
        counts("killed", "50"),
        counts("killed", "42", place_id="aland"),
        counts("killed", "9", place_id="town-a"),
        links=("b part_of a", "c part_of a"),
    ),
    "parts in two places": case(
        counts("killed", "50"),
        counts("killed", "42", place_id="aland"),
        counts("killed", "9", place_id="bland"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum definite difference=1", "a c count-sum definite difference=1"),
    "parts of two countries": case(
        counts("killed", "50", target_id=""),
        counts("killed", "42", target_id="bland"),
        counts("killed", "9", target_id="aland"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum definite difference=1", "a c count-sum definite difference=1"),
    "parts of two outcomes": case(
        counts("killed_or_missing", "50"),
        counts("killed", "42"),
        counts("missing", "9"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum definite difference=1", "a c count-sum definite difference=1"),
    "parts of two windows": case(
        counts("killed", "5", "from 08:00 as of 16:00", count_mode="increment"),
        counts("killed", "3", "from 08:00 as of 12:00", count_mode="increment"),
        counts("killed", "3", "from 12:00 as of 16:00", count_mode="increment"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum possible difference=1", "a c count-sum possible difference=1"),
    "parts of windows that overlap": case(
        counts("killed", "5", "from 08:00 as of 16:00", count_mode="increment"),
        counts("killed", "3", "from 08:00 as of 13:00", count_mode="increment"),
        counts("killed", "3", "from 12:00 as of 16:00", count_mode="increment"),
        links=("b part_of a", "c part_of a"),
    ),
    "a total below two additions in its window": case(
        counts("killed", "5"),
        counts("killed", "3", "from 08:00 as of 12:00", count_mode="increment"),
        counts("killed", "3", "from 12:00 as of 16:00", count_mode="increment"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum possible difference=1", "a c count-sum possible difference=1"),
    "parts of two windows that overlap in another zone": case(
        counts("killed", "5", "from 07:00 as of 17:00", count_mode="increment"),
        counts("killed", "3", "from 08:00 as of 12:00?", count_mode="increment", claimant_id="army-b"),
        counts("killed", "3", "from 12:00 as of 16:00", count_mode="increment"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum possible difference=1", "a c count-sum possible difference=1"),
    "parts of two windows that overlap but in another zone": case(
        counts("killed", "5", "from 07:00 as of 17:00", count_mode="increment"),
        counts("killed", "3", "from 08:00 as of 12:00", count_mode="increment"),
        counts("killed", "3", "from 11:00 as of 15:00?", count_mode="increment", claimant_id="army-b"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum possible difference=1", "a c count-sum possible difference=1"),
    "parts of two windows that lie apart in every zone": case(
        counts("killed", "5", "from 07:00 as of 18:00", count_mode="increment"),
        counts("killed", "3", "from 08:00 as of 11:00?", count_mode="increment", claimant_id="army-b"),
        counts("killed", "3", "from 12:00 as of 16:00?", count_mode="increment", claimant_id="army-b"),
        links=("b part_of a", "c part_of a"),
    ).makes("a b count-sum possible difference=1", "a c count-sum possible difference=1"),
    "parts of windows that overlap in every zone": case(
        counts("killed", "5", "from 07:00 as of 18:00", count_mode="increment"),
        counts("killed", "3", "from 08:00 as of 13:30?", count_mode="increment", claimant_id="army-b"),
        counts("killed", "3", "from 12:00 as of 16:00", count_mode="increment"),
        links=("b part_of a", "c part_of a"),
    ),
    "a part outside the window of its whole in another zone": case(
        counts("killed", "5", "from 08:00 as of 16:00", count_mode="increment"),
        counts(
            "killed", "6", "from 08:00 as of 16:00?", target_id="bland", count_mode="increment", claimant_id="army-b"
        ),
        links=("b part_of a",),
    ).makes("a b count-sum possible difference=1"),
    "a part in words": case(
        counts("killed", "50"),
        counts("killed", "5", target_id="civilians-a", count_min="", count_max="", count_text="dozens"),
        links=("b part_of a",),
    ),
    "49 casualties and 49 killed": case(
        counts("casualties", "49"),
        counts("killed", "49"),
    ).makes("a b count-term-unclear tension implied=49[49..]"),
    "49 casualties, and 60 killed that were corrected to 40": case(
        counts("casualties", "49"),
        counts("killed", "60"),
        counts("killed", "40"),
        counts("casualties", "49", claimant_id="army-b"),
        links=("c updates b",),
    ).makes("d b count-term-unclear tension implied=60[60..]"),
    "49 casualties, 49 killed, and homes": case(
        counts("casualties", "49"),
        counts("killed", "49"),
        counts("homes_hit", "60"),
    ).makes("a b count-term-unclear tension implied=49[49..]"),
    "49 casualties, with those wounded and a part of them": case(
        counts("casualties", "49", target_id="aland"),
        counts("killed", "49", target_id="aland"),
        counts("wounded", "20", target_id="civilians-a"),
        counts("hospitalised", "20", target_id="soldiers-a"),
        counts("hospitalised", "12", target_id="civilians-a"),
        counts("wounded", "20", "as of 20:00", target_id="civilians-a", reported="14T10:00"),
        counts("killed", "60", place_id="elsewhere"),
        counts("wounded", "70", target_id="bland"),
        links=["d part_of c"],
    ).makes("a b count-term-unclear tension implied=69[69..]"),
    "an addition of casualties, with a total and an addition of yesterday": case(
        counts("casualties", "5", "from 10:00 as of 16:00", count_mode="increment"),
        counts("killed", "6", "from 10:00 as of 16:00", count_mode="increment"),
        counts("killed", "49"),
        counts("wounded", "30", "from 12T10:00 as of 12T16:00", count_mode="increment"),
    ).makes("a b count-term-unclear tension implied=6[6..]"),
    "an addition of casualties, with another of its window": case(
        counts("casualties", "5", "from 10:00 as of 16:00", count_mode="increment"),
        counts("killed", "6", "from 10:00 as of 16:00", count_mode="increment"),
        counts("wounded", "30", "from 10:00 as of 16:00", count_mode="increment"),
    ).makes(
        "a b count-term-unclear tension implied=36[36..]",
        "a c count-term-unclear tension implied=36[36..]",
    ),
    "an addition of casualties, with two of which one may be a part of the other in another zone": case(
        counts("casualties", "5", "from 08:00 as of 18:00", count_mode="increment"),
        counts("killed", "6", "from 08:00 as of 12:00?", count_mode="increment", claimant_id="army-b"),
        counts("killed", "5", "from 12:00 as of 16:00", count_mode="increment"),
        counts("killed", "5", "from 08:00 as of 18:00", count_mode="increment"),
    ).makes(
        "a d count-term-unclear tension implied=6[6..]",
        "d b count-exceeds-whole possible excess=1",
    ),
    "casualties since a time, with those killed since an earlier one": case(
        counts("casualties", "5", "from 08:00 as of 16:00"),
        counts("killed", "6", "from 08:00 as of 16:00"),
        counts("killed", "49"),
    ).makes("a b count-term-unclear tension implied=6[6..]"),
    "casualties since a time, with those wounded since a later one": case(
        counts("casualties", "5", "from 08:00 as of 16:00"),
        counts("killed", "6", "from 08:00 as of 16:00"),
        counts("wounded", "30", "from 09:00 as of 16:00"),
    ).makes("a b count-term-unclear tension implied=36[36..]"),
    "casualties since a time, with those wounded since nobody knows when": case(
        counts("casualties", "5", "from 08:00 as of 16:00", incident_id="unplaced"),
        counts("killed", "6", "from 08:00 as of 16:00", incident_id="unplaced"),
        counts("wounded", "30", incident_id="unplaced"),
    ).makes("a b count-term-unclear tension implied=36[36..]", "a c count-term-unclear tension implied=36[36..]"),
    "casualties, with those wounded by an earlier time, who may have been killed": case(
        counts("casualties", "49"), counts("killed", "49"), counts("wounded", "30", "as of 12:00")
    ).makes("a b count-term-unclear tension implied=49[49..]"),
    "casualties, with others killed by an earlier time": case(
        counts("casualties", "49", target_id="aland"),
        counts("killed", "49", target_id="aland"),
        counts("killed", "60", "as of 12:00"),
        counts("killed", "5", "as of 12:00", target_id="civilians-a"),
    ).makes("a b count-term-unclear tension implied=65[65..]", "b c count-exceeds-whole definite excess=11"),
    "casualties of noon, with those wounded by the evening": case(
        counts("casualties", "49", "as of 12:00"), counts("killed", "49", "as of 12:00"), counts("wounded", "30")
    ).makes("a b count-term-unclear tension implied=49[49..]"),
    "casualties of nobody knows when, with those wounded at noon and killed by the evening": case(
        counts("casualties", "49", ""), counts("killed", "49"), counts("wounded", "30", "as of 12:00")
    ).makes("a b count-term-unclear tension implied=49[49..]"),
    "casualties of nobody knows when, with those killed by noon and wounded by the evening": case(
        counts("casualties", "49", ""), counts("killed", "49", "as of 12:00"), counts("wounded", "30")
    ).makes("a b count-term-unclear tension implied=79[79..]"),
    "casualties of nobody knows when, with those wounded at two times, of two populations": case(
        counts("casualties", "49", "", target_id="aland"),
        counts("killed", "49", "as of 10:00", target_id="aland"),
        counts("wounded", "30", "as of 12:00"),
        counts("wounded", "5", target_id="civilians-a"),
    ).makes("a b count-term-unclear tension implied=84[84..]"),
    "an addition of casualties, with those wounded in a part of its window": case(
        counts("casualties", "5", "from 10:00 as of 16:00", count_mode="increment"),
        counts("killed", "6", "from 10:00 as of 16:00", count_mode="increment"),
        counts("wounded", "30", "from 10:00 as of 12:00", count_mode="increment"),
    ).makes("a b count-term-unclear tension implied=6[6..]"),
    "no casualties, and nobody killed": case(counts("casualties", "0"), counts("killed", "0", claimant_id="army-b")),
    "no casualties, and somebody killed": case(
        counts("casualties", "0"), counts("killed", "1", claimant_id="army-b")
    ).makes("a b count-term-unclear tension implied=1[1..]"),
    "casualties since a time, with those wounded by an earlier one since nobody knows when": case(
        counts("casualties", "5", "from 08:00 as of 16:00", incident_id="unplaced"),
        counts("killed", "6", "from 08:00 as of 16:00", incident_id="unplaced"),
        counts("wounded", "30", "as of 07:00", incident_id="unplaced"),
    ).makes("a b count-term-unclear tension implied=6[6..]"),
    "casualties by a time before the incident, with those killed in it": case(
        counts("casualties", "5", "as of 12T16:00"), counts("killed", "6", "")
    ),
    "casualties and killed by a time before the incident": case(
        counts("casualties", "5", "as of 12T16:00"), counts("killed", "6", "as of 12T16:00")
    ).makes("a b count-term-unclear tension implied=6[6..]"),
    "casualties since a time, with those killed since the same one in another zone": case(
        counts("casualties", "5", "from 09:00 as of 16:00", claimant_id="army-b"),
        counts("killed", "6", "from 08:00 as of 15:00?", claimant_id="army-b"),
    ).makes("a b count-term-unclear tension implied=6[6..]"),
    "49 casualties confirmed, and 64 killed by another": case(
        counts("casualties", "49", count_basis="confirmed"), counts("killed", "64", claimant_id="army-b")
    ),
    "49 casualties confirmed, and as many killed confirmed": case(
        counts("casualties", "49", count_basis="confirmed"), counts("killed", "49", count_basis="confirmed")
    ).makes("a b count-term-unclear tension implied=49[49..]"),
    "49 casualties, and 64 killed confirmed by another": case(
        counts("casualties", "49"), counts("killed", "64", claimant_id="army-b", count_basis="confirmed")
    ).makes("a b count-term-unclear tension implied=64[64..]"),
    "casualties whose window is in another zone": case(
        counts("casualties", "49", "as of 15:00?", claimant_id="army-b"),
        counts("killed", "49"),
    ).makes("a b count-term-unclear tension implied=49[49..]"),
    "casualties, given before the time of those killed": case(
        counts("casualties", "49", "", reported="12:00"), counts("killed", "60", "as of 18:00", reported="18:10")
    ),
    "casualties, given after the time of those killed": case(
        counts("casualties", "49", "", reported="19:00"), counts("killed", "60", "as of 18:00", reported="18:10")
    ).makes("a b count-term-unclear tension implied=60[60..]"),
    "casualties, and nobody knows when": case(
        counts("casualties", "49", "", reported="", source_id="undated"),
        counts("killed", "49"),
    ).makes("a b count-term-unclear tension implied=49[49..]"),
    "an addition of casualties beside a total of killed": case(
        counts("casualties", "5", "from 10:00 as of 16:00", count_mode="increment"), counts("killed", "49")
    ),
    "casualties since a later time than those killed": case(
        counts("casualties", "5", "from 08:00 as of 16:00"), counts("killed", "49")
    ),
    "casualties since the beginning of the incident": case(
        counts("casualties", "49", "from 00:00 as of 16:00"), counts("killed", "49")
    ).makes("a b count-term-unclear tension implied=49[49..]"),
    "casualties since a time, of an incident without a beginning": case(
        counts("casualties", "49", "from 08:00 as of 16:00", incident_id="unplaced"),
        counts("killed", "49", incident_id="unplaced"),
    ).makes("a b count-term-unclear tension implied=49[49..]"),
    "casualties of a battle that was over by both times": case(
        counts("casualties", "49", "as of 15T10:00", incident_id="battle"),
        counts("killed", "49", "as of 16T10:00", incident_id="battle"),
    ).makes("a b count-term-unclear tension implied=49[49..]"),
    "casualties of another time": case(counts("casualties", "49", "as of 15:00"), counts("killed", "49")),
    "more casualties than killed": case(counts("casualties", "50"), counts("killed", "49")),
    "casualties of another population": case(counts("casualties", "49", target_id="aland"), counts("killed", "49")),
    "casualties of another place": case(counts("casualties", "49", place_id="town-a"), counts("killed", "49")),
    "casualties of no incident": case(
        counts("casualties", "49", incident_id="", place_id="aland"),
        counts("killed", "49", incident_id="", place_id="aland"),
    ),
    "casualties and homes": case(counts("casualties", "49"), counts("homes_hit", "49")),
    "the first code that holds": case(
        counts("killed", "49"),
        counts("killed", "64"),
        links=("a part_of b",),
    ).makes("a b count-mismatch definite gap=15 ratio=1.306"),
    "a correction of a correction": case(
        counts("killed", "40"),
        counts("killed", "49"),
        counts("killed", "52"),
        links=("b updates a", "c updates b"),
    ),
    "a correction of a correction in words": case(
        counts("killed", "40"),
        counts("killed", "1", count_min="", count_max="", count_text="dozens"),
        counts("killed", "52"),
        links=("b updates a", "c updates b"),
    ),
    "a correction of what was said in words of others": case(
        counts("killed", "40"),
        counts("wounded", "1", count_min="", count_max="", count_text="dozens"),
        counts("killed", "52"),
        links=("b updates a", "c updates b"),
    ).makes("a c count-mismatch definite gap=12 ratio=1.3"),
    "a repeat of a figure that was corrected": case(
        counts("killed", "40", reported="16:10"),
        counts("killed", "49", reported="18:10"),
        counts("killed", "40", reported="20:10"),
        links=("b updates a",),
    ).makes("c b count-outdated tension stale=2"),
    "a repeat of a correction": case(
        counts("killed", "40", reported="16:10"),
        counts("killed", "49", reported="18:10"),
        counts("killed", "49", reported="20:10"),
        links=("b updates a",),
    ),
    "a figure that was corrected, given by another": case(
        counts("killed", "40", reported="16:10"),
        counts("killed", "49", reported="18:10"),
        counts("killed", "40", reported="20:10", claimant_id="army-b"),
        links=("b updates a",),
    ).makes("c b count-mismatch definite gap=9 ratio=1.225"),
    "two that update each other, and a third figure": case(
        counts("killed", "40"),
        counts("killed", "49"),
        counts("killed", "52"),
        links=("b updates a", "a updates b"),
    ).makes("a c count-mismatch definite gap=12 ratio=1.3", "b c count-mismatch definite gap=3 ratio=1.061"),
    "two corrections of one figure": case(
        counts("killed", "40"),
        counts("killed", "49"),
        counts("killed", "52"),
        links=("b updates a", "c updates a"),
    ).makes("b c count-mismatch definite gap=3 ratio=1.061"),
    "one updates the other": case(
        counts("killed", "49"),
        counts("killed", "64", "as of 16:00", claimant_id="army-b"),
        counts("killed", "40", "as of 18:00"),
        links=("b updates a", "c updates a"),
    ).makes(
        "a c count-fell definite fall=9",
        "c b count-gap tension first=1.306 largest=1.6 last=1.6 smallest=1.306",
        "c b count-mismatch possible gap=24 ratio=1.6",
    ),
}
