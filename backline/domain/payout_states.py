"""What a payout account can do: one state, and three lights that mean the same for every provider."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where the set-up of payouts stands."""

    ONBOARDING = "onboarding"
    ACTION_NEEDED = "action_needed"
    PENDING_REVIEW = "pending_review"
    ACTIVE = "active"
    RESTRICTED = "restricted"
    CLOSED = "closed"


@dataclass(frozen=True)
class Lights:
    """Connected: details were given. Charges: can receive transfers. Payouts: can be paid out to a bank."""

    connected: bool = False
    charges: bool = False
    payouts: bool = False


@dataclass(frozen=True)
class Facts:
    """What a provider says. `asked` counts what it wants from the person, `reviewing` what it looks at itself.

    Capabilities: active, pending, restricted, rejected, unsupported, or empty.
    """

    closed: bool
    transfers: str
    payouts: str
    asked: int
    reviewing: int
    past_due: bool
    rejected: bool = False


def lights_of(facts: Facts, *, submitted: bool) -> Lights:
    """The three lights; a closed account has none. `submitted`: its details were given once.

    >>> lights_of(Facts(False, "active", "pending", 0, 1, False), submitted=True)
    Lights(connected=True, charges=True, payouts=False)
    """
    if facts.closed:
        return Lights()
    return Lights(submitted, facts.transfers == "active", facts.payouts == "active")


def state_of(facts: Facts, *, submitted: bool, was_active: bool) -> State:
    """One word for it all. An account that worked and does no longer is restricted, not new.

    >>> state_of(Facts(False, "active", "active", 0, 0, False), submitted=True, was_active=False).value
    'active'
    >>> state_of(Facts(False, "restricted", "", 4, 0, False), submitted=False, was_active=False).value
    'onboarding'
    >>> state_of(Facts(False, "active", "restricted", 1, 0, True), submitted=True, was_active=True).value
    'restricted'
    """
    if facts.closed:
        return State.CLOSED
    if facts.rejected:
        return State.RESTRICTED
    if facts.transfers == facts.payouts == "active":
        return State.ACTIVE
    if was_active or (facts.past_due and submitted):
        return State.RESTRICTED
    if not submitted:
        return State.ONBOARDING
    return State.ACTION_NEEDED if facts.asked else State.PENDING_REVIEW


PROBLEMS = {
    State.ONBOARDING: "The form was begun and not finished. It goes on where you stopped.",
    State.ACTION_NEEDED: "Something is missing before payouts can begin.",
    State.PENDING_REVIEW: "Your details are being checked. There is nothing to do.",
    State.ACTIVE: "",
    State.RESTRICTED: "The account cannot be paid at the moment. Your money is kept for you.",
    State.CLOSED: "The account was closed. Your money is kept; connect another one.",
}
