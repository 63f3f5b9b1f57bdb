"""Which rules divide the pool, since when, and who said so; the least that is transferred."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from backline.domain.pool_rules import DEFAULT, RULES
from backline.money.models import PoolRuleStart
from backline.money.rules import minimum


@dataclass(frozen=True)
class RuleStart:
    """A rule and the first month it divides; None for the one that has been in force from the beginning."""

    name: str
    from_month: date | None
    set_by: str
    set_at: datetime | None


def rule_history() -> list[RuleStart]:
    """Every start of a rule, newest first, with the default one that was in force before. One query."""
    starts = PoolRuleStart.objects.select_related("set_by").order_by("-from_month")
    rows = [
        RuleStart(RULES[start.rule].name, start.from_month, str(start.set_by or ""), start.set_at)
        for start in starts
    ]
    return [*rows, RuleStart(RULES[DEFAULT].name, None, "", None)]


def rule_choices() -> list[tuple[str, str]]:
    """Key and name of every rule."""
    return [(rule.key, rule.name) for rule in RULES.values()]


def payout_minimums(currencies: list[str]) -> list[tuple[str, int]]:
    """The least that is transferred in each of these currencies, in minor units."""
    return [(currency, minimum(currency)) for currency in currencies]
