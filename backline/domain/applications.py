"""The Producer Program's rules: what may be asked for, what it needs, and how an application goes on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

KINDS = {"become": "Become a producer", "claim": "Claim an existing artist", "verify": "Get verified"}
STATES = {
    "draft": "Draft",
    "pending": "Pending",
    "asked": "Needs information",
    "approved": "Approved",
    "denied": "Denied",
    "revoked": "Revoked",
}
OPEN = ("draft", "pending", "asked")
METHODS = {"dns": "A DNS record", "link": "A link back", "code": "A code in a beat’s description"}
REAPPLY_DAYS = 30
MOST_ATTACHMENTS, MOST_PROOFS = 5, 10

ROLES = {"artist": "Artist", "producer": "Producer", "manager": "Manager", "label": "Label", "other": "Other"}
OWNING = ("artist", "producer")
REASONS = {
    "material": "We could not hear enough of your own work at the link.",
    "identity": "We could not tell that you are who the profile is about.",
    "rights": "We could not tell that the rights are yours.",
    "double": "There is a profile for this artist already.",
    "other": "",
}
# From a state, what may be done and where it leads.
STEPS = {
    ("draft", "send"): "pending",
    ("asked", "send"): "pending",
    ("pending", "ask"): "asked",
    ("pending", "approve"): "approved",
    ("pending", "deny"): "denied",
    ("asked", "deny"): "denied",
    ("draft", "withdraw"): "",
    ("pending", "withdraw"): "",
    ("asked", "withdraw"): "",
    ("approved", "revoke"): "revoked",
    ("revoked", "approve"): "approved",
}


class NotNow(Exception):
    """The application cannot take this step; the text says why."""


def after(state: str, step: str) -> str:
    """The state after a step; empty: the application is gone.

    >>> after("pending", "approve")
    'approved'

    Raises:
        NotNow: the step does not fit the state.
    """
    if (state, step) not in STEPS:
        raise NotNow(f"This application is {STATES[state].lower()}; that step no longer fits.")
    return STEPS[state, step]


@dataclass(frozen=True)
class Past:
    """What an account has behind it: the kinds of its open applications, when one of the kind in question was last
    denied, whether any was revoked, and how many profiles it is a member of.
    """

    open: Collection[str] = ()
    denied_at: datetime | None = None
    revoked: bool = False
    artists: int = 0


def hindrance(kind: str, past: Past, *, now: datetime) -> str:
    """Why the account may not apply for this now, in a sentence; empty when it may.

    >>> hindrance("verify", Past(), now=datetime(2026, 1, 1))
    'Only members of an artist profile can get it verified.'
    """
    if past.revoked:
        return "Your place in the program was revoked. Write to support; they can open it again."
    if kind == "verify" and not past.artists:
        return "Only members of an artist profile can get it verified."
    if kind in past.open:
        return f"You have an application to {KINDS[kind].lower()} already. It goes on from its own page."
    if past.denied_at and now < (again := past.denied_at + timedelta(days=REAPPLY_DAYS)):
        return f"Your last application was denied. You may apply again from {again:%-d %B %Y}."
    return ""


def role_granted(claimed: str, *, has_owner: bool, chosen: str = "") -> str:
    """The membership that an approved claim gives: `claimed` is who the claimant is, `chosen` what staff chose.

    >>> role_granted("artist", has_owner=True), role_granted("manager", has_owner=False)
    ('owner', 'owner')

    Raises:
        NotNow: staff have to choose, and have not.
    """
    if claimed in OWNING:
        return "owner"
    if claimed == "manager":
        return "manager" if has_owner else "owner"
    if chosen not in ("owner", "manager", "analyst"):
        raise NotNow("Choose the role that this claim gives.")
    return chosen
