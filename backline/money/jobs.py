"""What the worker does for money."""

from __future__ import annotations

import logging
from datetime import date

from backline.core import clock
from backline.listening.calendar import reporting
from backline.money import actions
from backline.money.checks import check

log = logging.getLogger("backline.money")
NIGHT_HOUR = 3
_checked: list[date] = []


def advance_pool() -> bool:
    """Books facts, weighs closed days, accrues them."""
    return actions.advance_pool(now=clock.now())


def correct_cases() -> bool:
    """Books what decided and reversed cases want of closed days."""
    return actions.correct_cases(now=clock.now())


def settle() -> bool:
    """Finishes what was begun, or settles a month that is due."""
    return actions.settle_due(now=clock.now())


def check_money() -> bool:
    """Every night, once: says in the log what does not hold."""
    now = clock.now()
    today = reporting().today(now)
    if now.astimezone(reporting().zone).hour < NIGHT_HOUR or _checked == [today]:
        return False
    _checked[:] = [today]
    for finding in check():
        log.error("%s: %s: %s", finding.invariant, finding.subject, finding.sentence)
    return False
