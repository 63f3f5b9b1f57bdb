"""When a transfer is sent, how often it is tried, and what a refusal means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MOST_ATTEMPTS = 5
RESERVE_PERCENT = 5
HOLD = timedelta(hours=72)
"""For how long nothing is sent after a payout account was connected, replaced or disconnected."""
KEY_LIVES = timedelta(hours=23)
"""For how long the same idempotency key is sure to mean the same call."""
_PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4))
_LONGEST = timedelta(hours=6)


class Meaning(StrEnum):
    """What to do after a refusal."""

    LATER = "later"
    ACCOUNT = "account"
    NEVER = "never"


@dataclass(frozen=True)
class Refusal:
    """What a refusal means, why it happened, and what to do."""

    meaning: Meaning
    why: str
    what_to_do: str


_ACCOUNT = Refusal(
    Meaning.ACCOUNT,
    "Stripe cannot pay the account at the moment.",
    "Open the payout set-up to see what is missing.",
)
_REFUSALS = {
    "balance_insufficient": Refusal(
        Meaning.LATER, "The platform's Stripe balance did not cover it.", "It is tried again by itself."
    ),
    "insufficient_capabilities_for_transfer": _ACCOUNT,
    "transfers_not_allowed": _ACCOUNT,
    "account_closed": _ACCOUNT,
    "account_invalid": _ACCOUNT,
    "resource_missing": _ACCOUNT,
    "amount_too_small": Refusal(
        Meaning.NEVER, "It is less than Stripe transfers in this currency.", "Staff look at it."
    ),
    "currency_not_supported": Refusal(
        Meaning.NEVER, "Stripe does not pay this currency to the account's country.", "Add a bank account in it."
    ),
    "not_sent": Refusal(Meaning.LATER, "Stripe did not answer, and had not sent it.", "Staff look at it."),
    "the_key": Refusal(Meaning.LATER, "Stripe did not accept the platform's key.", "Staff look at it."),
}  # fmt: skip


def refusal(code: str, sentence: str = "") -> Refusal:
    """What Stripe's code means; of an unknown one its own sentence is shown, and it is tried again.

    >>> refusal("balance_insufficient").meaning.value, refusal("odd", "Odd thing.").why
    ('later', 'Odd thing.')
    """
    return _REFUSALS.get(code) or Refusal(
        Meaning.LATER, sentence or "Stripe refused it.", "It is tried again by itself; then staff look at it."
    )


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts.

    >>> pause(1), pause(4)
    (datetime.timedelta(seconds=60), datetime.timedelta(seconds=14400))
    """
    return _PAUSES[attempts - 1] if 0 < attempts <= len(_PAUSES) else _LONGEST


def leaves_reserve(amount: int, *, funds: int, owed: int) -> bool:
    """Whether the balance still covers 5 % of what is owed to others once the amount has left it.

    >>> leaves_reserve(100, funds=100, owed=100), leaves_reserve(100, funds=100, owed=200)
    (True, False)
    """
    return (funds - amount) * 100 >= RESERVE_PERCENT * max(0, owed - amount)
