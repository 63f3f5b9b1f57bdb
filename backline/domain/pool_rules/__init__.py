"""The rules by which a month of the pool may be divided. Each is one module with the same interface.

A rule is in force from the first day of a month until another one begins; changing it never changes what was settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from backline.domain.pool_rules import contribution, pro_rata, user_centric
from backline.domain.pool_rules.month import PoolDay, PoolMonth, Rule, Subscriber

DEFAULT = "contribution"
RULES: dict[str, Rule] = {
    rule.key: rule for rule in (contribution.Contribution(), pro_rata.ProRata(), user_centric.UserCentric())
}

__all__ = ["DEFAULT", "RULES", "PoolDay", "PoolMonth", "Rule", "Subscriber", "rule_of"]


def rule_of(month: date, starts: Mapping[date, str]) -> Rule:
    """The rule of a month: the one that started last, on its first day or before; contribution when none did.

    >>> rule_of(date(2026, 3, 1), {date(2026, 4, 1): "pro_rata"}).key
    'contribution'
    >>> rule_of(date(2026, 5, 1), {date(2026, 4, 1): "pro_rata"}).key
    'pro_rata'
    """
    begun = [start for start in starts if start <= month]
    return RULES[starts[max(begun)] if begun else DEFAULT]
