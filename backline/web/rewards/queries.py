"""What the page prints: the rules in force, and the engine's figures on the example."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from backline.domain import rewards
from backline.domain.contribution import DAYS_A_MONTH, boost, decay
from backline.domain.contribution_texts import pool_texts
from backline.domain.pool_rules import RULES, Rule
from backline.listening.calendar import reporting
from backline.money.rules import contribution_rule, month_of, pool_rule
from backline.web.charts.shares import share_bp
from backline.web.formats import number

AGES = (0, 1, 3, 6, 12, 24)
PLAYS = (0, 1, 10, 100, 1_000, 10_000, 100_000)
Cell = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """A producer of the example: amount (minor units) and share (basis points) under each rule, in their order."""

    producer: rewards.Producer
    weighing: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class RewardsPage:
    """The example's rows, what contribution is made of, and the rule that divides `month`."""

    rules: tuple[Rule, ...]
    rows: tuple[Row, ...]
    in_force: Rule
    month: date
    ages: tuple[tuple[str, str], ...]
    plays: tuple[tuple[str, str], ...]
    texts: list[tuple[str, str]]
    pool_minor: int = rewards.POOL_MINOR
    subscribers: int = rewards.SUBSCRIBERS
    price_minor: int = rewards.PRICE_MINOR
    plays_each: int = rewards.PLAYS

    @property
    def best(self) -> Row:
        """Whom the rule in force pays most."""
        column = [rule.key for rule in self.rules].index(self.in_force.key)
        return max(self.rows, key=lambda row: row.cells[column][0])


def rewards_page(*, now: datetime) -> RewardsPage:
    """The page as of now, in the reporting month."""
    rule, month = contribution_rule(), month_of(reporting().today(now))
    rules = tuple(RULES.values())
    return RewardsPage(
        rules=rules,
        rows=tuple(_row(reward, rules) for reward in rewards.rewards(rule)),
        in_force=pool_rule(month),
        month=month,
        ages=tuple((number(months), _factor(decay(months * DAYS_A_MONTH))) for months in AGES),
        plays=tuple((number(plays), _factor(boost(plays))) for plays in PLAYS),
        texts=pool_texts(rule),
    )


def _row(reward: rewards.Reward, rules: tuple[Rule, ...]) -> Row:
    amounts = [reward.minor[rule.key] for rule in rules]
    cells = tuple((minor, share_bp(minor, rewards.POOL_MINOR)) for minor in amounts)
    return Row(reward.producer, reward.weighing, cells)


def _factor(value: Decimal) -> str:
    return f"{round(value, 3):.3f}"
