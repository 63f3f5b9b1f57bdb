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


def explain(verdict: Verdict) -> Explanation:
    """The explanation of one verdict under the present rules."""
    return Explanation(verdict, _TITLES[verdict], _text(verdict))


def what_counts() -> str:
    """The definition of a play in one sentence."""
    return (
        f"A play is a listen in which at least {_seconds(rules.MIN_DISTINCT_MS)} different seconds of the beat were"
        f" heard (half of a beat shorter than {_seconds(rules.SHORT_BEAT_MS)} s) and that no rule below rejects."
    )


def explanations() -> list[Explanation]:
    """All verdicts of listens that are stored, in the order of the rules."""
    elsewhere = {Verdict.FUTURE, Verdict.LATE, Verdict.WITHDRAWN}
    return [explain(verdict) for verdict in Verdict if verdict not in elsewhere]


def _text(verdict: Verdict) -> str:
    return {
        Verdict.UNAVAILABLE: "The beat was not public to this listener, or its artist was not in good standing.",
        Verdict.FUTURE: f"It claims to start more than {_minutes(rules.FUTURE_MS)} minutes ahead of our clock.",
        Verdict.LATE: f"It arrived more than {_hours(rules.LATE_MS)} hours after it started.",
        Verdict.ROBOT: "The player names itself as a crawler or another program, not a person's browser.",
        Verdict.OWN_TEAM: "The listener is a member of an artist credited on the beat.",
        Verdict.STAFF: "The listener works for the platform.",
        Verdict.UNPROVEN: (
            "There is no valid play ticket, or more was reported as heard than the time that passed on our clock"
            f" plus {_seconds(rules.UNPROVEN_SLACK_MS)} s."
        ),
        Verdict.TOO_SHORT: (
            f"Less than {_seconds(rules.MIN_DISTINCT_MS)} different seconds were heard, or less than half of a beat"
            f" shorter than {_seconds(rules.SHORT_BEAT_MS)} s."
        ),
        Verdict.OVERLAP: (
            "The same account or player already had a counted play running at the same time,"
            f" by more than {_seconds(rules.OVERLAP_MS)} s."
        ),
        Verdict.REPEATED: (
            f"The same account or player already had {rules.REPEATED_PER_DAY} plays of this beat that day."
        ),
        Verdict.BURST: (
            f"More than {rules.BURST_PER_LISTENER} plays in a day by one account or player, or from one address more"
            f" than {rules.BURST_PER_ADDRESS_AND_BEAT} of one beat or {rules.BURST_PER_ADDRESS} in all."
        ),
        Verdict.NETWORK: (
            f"Of at least {rules.NETWORK_MIN_PLAYS} signed-out plays of the beat that day, more than"
            f" {rules.NETWORK_SHARE_BP // 100} % came from one network."
        ),
        Verdict.WITHDRAWN: "The offer was withdrawn before the file was delivered.",
        Verdict.COUNTED: "No rule rejected it: this is a play.",
    }[verdict]


def _seconds(ms: int) -> int:
    return ms // 1000


def _minutes(ms: int) -> int:
    return ms // 60_000


def _hours(ms: int) -> int:
    return ms // 3_600_000
