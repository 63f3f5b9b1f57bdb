"""Each verdict in plain words, made from the constants of the rules: what "what counts?" and receipts show."""

from __future__ import annotations

from typing import NamedTuple

from backline.domain import verdicts as rules
from backline.domain.verdicts import Verdict


class Explanation(NamedTuple):
    """A verdict's name on screen and the sentence that says when it is given."""

    verdict: Verdict
    title: str
    text: str


def _seconds(ms: int) -> int:
    return ms // 1000


def _minutes(ms: int) -> int:
    return ms // 60_000


def _hours(ms: int) -> int:
    return ms // 3_600_000


_TITLES = {
    Verdict.UNAVAILABLE: "Not available",
    Verdict.FUTURE: "From the future",
    Verdict.LATE: "Too late",
    Verdict.ROBOT: "Robot",
    Verdict.OWN_TEAM: "Own team",
    Verdict.STAFF: "Staff",
    Verdict.UNPROVEN: "Unproven",
    Verdict.TOO_SHORT: "Too short",
    Verdict.OVERLAP: "Two at once",
    Verdict.REPEATED: "Repeated",
    Verdict.BURST: "Burst",
    Verdict.NETWORK: "One network",
    Verdict.WITHDRAWN: "Withdrawn",
    Verdict.COUNTED: "Counted",
}
_TEXTS = {
    Verdict.UNAVAILABLE: "The beat was not public to this listener, or its artist was not in good standing.",
    Verdict.FUTURE: "It claims to start more than {future_minutes} minutes ahead of our clock.",
    Verdict.LATE: "It arrived more than {late_hours} hours after it started.",
    Verdict.ROBOT: "The player names itself as a crawler or another program, not a person's browser.",
    Verdict.OWN_TEAM: "The listener is a member of an artist credited on the beat.",
    Verdict.STAFF: "The listener works for the platform.",
    Verdict.UNPROVEN: (
        "There is no valid play ticket, or more was reported as heard than the time that passed on our clock"
        " plus {slack_seconds} s."
    ),
    Verdict.TOO_SHORT: (
        "Less than {needed_seconds} different seconds were heard, or less than half of a beat"
        " shorter than {short_seconds} s."
    ),
    Verdict.OVERLAP: (
        "The same account or player already had a counted play running at the same time,"
        " by more than {overlap_seconds} s."
    ),
    Verdict.REPEATED: (
        "The same account or player already had {repeated_per_day} plays of this beat that day."
    ),
    Verdict.BURST: (
        "More than {burst_per_listener} plays in a day by one account or player, or from one address more"
        " than {burst_per_address_and_beat} of one beat or {burst_per_address} in all."
    ),
    Verdict.NETWORK: (
        "Of at least {network_min_plays} signed-out plays of the beat that day, more than"
        " {network_percent} % came from one network."
    ),
    Verdict.WITHDRAWN: (
        "Staff withdrew it in a case, which says why and which the producer can appeal."
        " Of downloads: the offer was withdrawn before the file was delivered."
    ),
    Verdict.COUNTED: "No rule rejected it: this is a play.",
}


def explain(verdict: Verdict) -> Explanation:
    """The explanation of one verdict under the present rules."""
    return Explanation(verdict, _TITLES[verdict], _TEXTS[verdict].format(**_figures()))


def what_counts() -> str:
    """The definition of a play in one sentence."""
    return (
        f"A play is a listen in which at least {_seconds(rules.MIN_DISTINCT_MS)} different seconds of the beat were"
        f" heard (half of a beat shorter than {_seconds(rules.SHORT_BEAT_MS)} s) and that no rule below rejects."
    )


def explanations() -> list[Explanation]:
    """All verdicts of listens that are stored, in the order of the rules."""
    elsewhere = {Verdict.FUTURE, Verdict.LATE}
    return [explain(verdict) for verdict in Verdict if verdict not in elsewhere]


def _figures() -> dict[str, int]:
    return {
        "future_minutes": _minutes(rules.FUTURE_MS),
        "late_hours": _hours(rules.LATE_MS),
        "slack_seconds": _seconds(rules.UNPROVEN_SLACK_MS),
        "needed_seconds": _seconds(rules.MIN_DISTINCT_MS),
        "short_seconds": _seconds(rules.SHORT_BEAT_MS),
        "overlap_seconds": _seconds(rules.OVERLAP_MS),
        "repeated_per_day": rules.REPEATED_PER_DAY,
        "burst_per_listener": rules.BURST_PER_LISTENER,
        "burst_per_address_and_beat": rules.BURST_PER_ADDRESS_AND_BEAT,
        "burst_per_address": rules.BURST_PER_ADDRESS,
        "network_min_plays": rules.NETWORK_MIN_PLAYS,
        "network_percent": rules.NETWORK_SHARE_BP // 100,
    }
