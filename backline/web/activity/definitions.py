"""What the page's figures mean, from the constants that the code counts with."""

from __future__ import annotations

from dataclasses import dataclass

from backline.domain.contribution_texts import pool_texts
from backline.domain.verdict_texts import explanations, what_counts
from backline.domain.verdicts import RULES_VERSION
from backline.listening.calendar import reporting
from backline.money.rules import contribution_rule
from backline.web.activity.uploads import shades


@dataclass(frozen=True)
class Rules:
    """The definition of a play with its rule set's number, the verdicts in their order, and the calendar's shades."""

    version: int
    play: str
    verdicts: list[tuple[str, str]]
    shades: list[tuple[int, str]]
    zone: str
    pool: list[tuple[str, str]]


def rules() -> Rules:
    """The rules in force."""
    return Rules(
        version=RULES_VERSION,
        play=what_counts(),
        verdicts=[(each.title, each.text) for each in explanations()],
        shades=shades(),
        zone=reporting().zone.key,
        pool=pool_texts(contribution_rule()),
    )
