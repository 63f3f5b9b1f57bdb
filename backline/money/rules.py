"""The rules in force, from settings and the table of rule starts."""

from __future__ import annotations

from datetime import date
from functools import cache

from django.conf import settings

from backline.core import sql
from backline.domain.contribution import ContributionRule
from backline.domain.currencies import minor_digits, parse_amount
from backline.domain.payable import Policy, default_minimum
from backline.domain.pool_rules import Rule, rule_of


def contribution_rule() -> ContributionRule:
    """What a beat needs to weigh, for days that close from now on."""
    return ContributionRule(
        min_accounts=settings.POOL_MIN_ACCOUNTS,
        unplayed_counts=settings.POOL_UNPLAYED_COUNTS,
        new_beats=settings.POOL_NEW_BEATS,
    )


def pool_rule(month: date) -> Rule:
    """The rule that divides a month."""
    return rule_of(month, dict(sql.rows("SELECT from_month, rule FROM money_poolrulestart")))


def policy() -> Policy:
    """What is done with money of artists who are not set up."""
    return Policy(settings.NOT_SET_UP)


def minimum(currency: str) -> int:
    """The least that is transferred, in minor units: 10.00 unless set otherwise."""
    return _minimums(tuple(settings.PAYOUT_MINIMUMS)).get(currency, default_minimum(minor_digits(currency)))


@cache
def _minimums(words: tuple[str, ...]) -> dict[str, int]:
    """From words such as `EUR=25.00`."""
    pairs = (word.split("=", 1) for word in words)
    return {currency.strip(): parse_amount(amount.strip(), currency.strip()) for currency, amount in pairs}


def month_of(day: date) -> date:
    """The first day of the day's month.

    >>> month_of(date(2026, 3, 18))
    datetime.date(2026, 3, 1)
    """
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after.

    >>> next_month(date(2026, 12, 1))
    datetime.date(2027, 1, 1)
    """
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
