"""What earnings are and when they come, in words, from the rules in force."""

from __future__ import annotations

from django.conf import settings

from backline.domain.payable import Policy
from backline.domain.pool_rules import Rule
from backline.listening.closing import CLOSES_AFTER
from backline.money.rules import minimum, policy
from backline.web.amounts import money
from backline.web.formats import counted

FEE = "The buyer pays the platform's fee on top."
REFUND = "A refund takes it back, visibly."
Text = tuple[str, str, str]
"""An icon, a name and a sentence or two."""


def streams(rule: Rule) -> list[Text]:
    """The three ways in which money comes, before the first of it."""
    return [
        ("users", "Monthly Payouts", f"{_pool(rule)} {_settled()}"),
        ("crown", "Exclusive Sales", f"You name the price and receive 100% of it. {FEE} {_available()}"),
        ("tag", "Track Purchases", f"Licences at your list price, 100% of it to you. {_available()}"),
    ]  # fmt: skip


def works(rule: Rule, *, currency: str) -> list[Text]:
    """How each kind of earnings comes about and is paid."""
    least = (
        f" Less than {money(minimum(currency), currency)} is carried to the next month." if currency else ""
    )
    return [
        ("tag", "Track Sales", f"You set the price and receive 100% of it. {FEE} {_available()} {REFUND}"),
        ("users", "Subscription Payouts", f"{_pool(rule)} {_settled()}{least}"),
        ("plus", "Bonus Payouts", _bonus()),
    ]  # fmt: skip


def _pool(rule: Rule) -> str:
    if rule.monthly:
        return f"A month's subscription money is divided by the rule “{rule.name}”."
    return "Each day's subscription money is divided by that day's pool points."


def _settled() -> str:
    hours = int(CLOSES_AFTER.total_seconds() // 3600)
    return f"A day closes {hours} hours after it ends; a month is rounded once, when its last day has closed."


def _available() -> str:
    return f"Available {counted(settings.SALE_HOLD_DAYS, 'day')} after the sale."


def _bonus() -> str:
    if policy() is Policy.EXCLUDE:
        return "What artists without payouts would have earned is shared among the others, shown as +BONUS."
    return "This platform keeps what artists without payouts earned for them: there is nothing to share as a bonus."
