"""What can be claimed: for each kind the predicates, how often each comes, how it fills time, and its words."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("count", "hostilities", "ceasefire", "attribution", "diplomacy", "other")
COUNT, HOSTILITIES, CEASEFIRE, ATTRIBUTION, DIPLOMACY, OTHER = range(len(KINDS))


@dataclass(frozen=True)
class Entry:
    """A predicate: its weight among those of its kind, a key of `periods.MODE_WEIGHTS`, and the words of a sentence."""

    predicate: str
    weight: float
    period: str
    words: str


def _entries(period: str, *rows: tuple[str, float, str]) -> tuple[Entry, ...]:
    return tuple(Entry(predicate, weight, period, words) for predicate, weight, words in rows)


# The order matters: the further claims of a statement have the predicates that follow the first one's.
MENUS: dict[str, tuple[Entry, ...]] = {
    "count": _entries(
        "",
        ("killed", 0.40, "were killed"),
        ("wounded", 0.22, "were wounded"),
        ("missing", 0.06, "are missing"),
        ("captured", 0.05, "are held by the other side"),
        ("casualties", 0.07, "are casualties"),
        ("hospitalised", 0.05, "are in hospital"),
        ("killed_or_missing", 0.04, "are dead or missing"),
        ("buildings_damaged", 0.06, "were damaged"),
        ("will_rise", 0.05, "will rise in number"),
    ),
    "hostilities": (
        *_entries(
            "presence",
            ("strike", 0.20, "there were strikes"),
            ("shelling", 0.14, "there was shelling"),
            ("artillery_fire", 0.08, "artillery fired"),
            ("drone_strike", 0.07, "a drone struck"),
            ("small_arms_fire", 0.06, "shots were fired"),
            ("fighting", 0.14, "there was fighting"),
            ("offensive", 0.06, "an offensive was under way"),
            ("ground_advance", 0.04, "forces moved forward"),
            ("advance_attempt", 0.04, "forces tried to move forward"),
        ),
        *_entries(
            "talk",
            ("tense", 0.03, "the situation was tense"),
            ("stable", 0.02, "the situation was stable"),
            ("eased", 0.03, "the fighting eased"),
        ),
        *_entries(
            "absence",
            ("pause", 0.02, "fire stopped for a time"),
            ("no_fighting", 0.02, "there was no fighting"),
        ),
        *_entries("talk", ("extremely_tense", 0.01, "the situation was extremely tense")),
        *_entries("act", ("outbreak", 0.04, "the fighting began")),
    ),
    "ceasefire": (
        *_entries("takes effect", ("in_force", 0.30, "a ceasefire is in force")),
        *_entries("absence", ("observed", 0.25, "the ceasefire was observed")),
        *_entries("act", ("violated", 0.20, "the ceasefire was violated"), ("agreed", 0.10, "a ceasefire was agreed")),
        *_entries("talk", ("confirmed", 0.10, "the ceasefire was confirmed")),
        *_entries("ends", ("ended", 0.05, "the ceasefire is over")),
    ),
    "attribution": _entries(
        "talk",
        ("initiated", 0.30, "it began the fighting"),
        ("responsible", 0.30, "it bears the blame"),
        ("provoked", 0.12, "it provoked the fighting"),
        ("targeted_civilians", 0.16, "it aimed at civilians"),
        ("laid_mines", 0.06, "it laid mines"),
        ("fired_missile", 0.06, "it fired the missile"),
    ),
    "diplomacy": _entries(
        "talk",
        ("called_for_ceasefire", 0.16, "the fighting should stop"),
        ("called_for_restraint", 0.14, "all should show restraint"),
        ("condemned", 0.14, "the attack is condemned"),
        ("convened", 0.08, "a body met"),
        ("expressed_concern", 0.14, "the events are of concern"),
        ("held_call", 0.14, "a call was held"),
        ("offered_mediation", 0.06, "mediation is on offer"),
        ("requested_aid", 0.07, "aid is needed"),
        ("visited", 0.07, "a visit was paid"),
    ),
    "other": (
        *_entries(
            "talk",
            ("damaged", 0.24, "there was damage"),
            ("evacuated", 0.20, "people were taken to safety"),
            ("blocked_access", 0.14, "the way was blocked"),
            ("restricted", 0.14, "services were limited"),
            ("protested", 0.12, "there were protests"),
            ("published_footage", 0.10, "there is footage of it"),
        ),
        *_entries("absence", ("alert_on", 0.03, "an alert was in effect"), ("alert_off", 0.03, "there was no alert")),
    ),
}
"""By kind, in the order of `KINDS`."""

POLARITIES = ("asserts", "denies", "cannot_confirm")
ASSERTS, DENIES, CANNOT_CONFIRM = range(3)
SAYS = ("says that", "denies that", "says that it cannot confirm that")
CERTAINTIES = ("stated", "hedged", "implied", "anticipated")
CERTAINTY_WEIGHTS = (0.85, 0.07, 0.05, 0.03)
STATED, ANTICIPATED = 0, 3
BASES = ("unstated", "own_account", "relayed_account", "direct_observation", "inference", "official_record")
BASIS_WEIGHTS = (0.46, 0.32, 0.11, 0.06, 0.03, 0.02)
RELATIONS = ("in", "near", "along")
RELATION_WEIGHTS = (0.6, 0.4)
IN, ALONG = 0, 2
ANSWERS = ("yes", "no", "site-a", "site-b")
ANSWER_WEIGHTS = (0.7, 0.2, 0.06, 0.04)
TAILS = (".", ", citing reports of residents.", ", as it did the day before.", " and calls for an inquiry.")
TAIL_WEIGHTS = (0.76, 0.1, 0.08, 0.06)
QUOTES = ("large numbers", "without any warning", "a serious escalation", "the situation is calm", "no, not yet")
NOTES = (
    "That this is the same event is plain from the context.",
    "No zone is printed, the place's is taken.",
    'The heading says "several".',
    "Said of two places together, coded for each.",
)
