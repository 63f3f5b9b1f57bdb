"""What is next for the pool: the steps of the worker, in their order."""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.conf import settings

from backline.listening.calendar import reporting
from backline.money.actions.accruing import accrue_day
from backline.money.actions.booking import book_facts
from backline.money.actions.sales import book_sales, release_sales
from backline.money.actions.settling import (
    PreviewChanged,
    finish_settlement,
    next_month_to_settle,
    run_settlement,
)
from backline.money.actions.weighing import next_day_to_weigh, weigh_day
from backline.money.models import DayWeights, Settlement
from backline.money.rules import next_month

log = logging.getLogger("backline.money")


def advance_pool(*, now: datetime) -> bool:
    """Does the next thing: books facts, or weighs and accrues the next closed day. Says whether there was any."""
    if book_facts(now=now) or book_sales(now=now) or release_sales(now=now):
        return True
    return advance_day(now=now)


def advance_day(*, now: datetime) -> bool:
    """Weighs the next closed day and accrues it, or finishes the day that was begun."""
    waiting = DayWeights.objects.filter(accrued_at=None).order_by("day").values_list("day", flat=True)
    day = waiting.first()
    if day is None and (day := next_day_to_weigh()) is not None:
        weigh_day(day, now=now)
    return day is not None and accrue_day(day, now=now)


def settle_due(*, now: datetime) -> bool:
    """Finishes a settlement that was begun, or begins the oldest one that is due by the calendar."""
    if begun := Settlement.objects.exclude(state=Settlement.State.CLOSED).first():
        try:
            finish_settlement(begun, now=now)
        except PreviewChanged as problem:
            log.warning("%s; it was taken back", problem)
        return True
    month = next_month_to_settle()
    due_on = settles_on(month) if month else None
    if month is None or due_on is None or reporting().today(now) < due_on:
        return False
    run_settlement(month, now=now)
    return True


def settles_on(month: date) -> date | None:
    """The day on which a month is settled without anybody asking; None when that is left to staff."""
    day: int = settings.SETTLE_ON_DAY
    return next_month(month).replace(day=day) if day else None
