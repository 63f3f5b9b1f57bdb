"""Which rule divides the pool, and what a staff case changes of days that are closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from backline.core import locks
from backline.domain.contribution import points_of
from backline.domain.pool_rules import RULES
from backline.listening.calendar import reporting, to_date
from backline.money.actions.booking import LOCK, accrued_through, first_open_day
from backline.money.catalogue import first_days
from backline.money.models import DayWeights, PoolRuleStart, Reweigh
from backline.money.shares import day_lines
from backline.people.models import Account


class RuleTooLate(Exception):
    """The month has begun: what its days divide is promised by the rule that is in force."""


def start_pool_rule(rule: str, *, from_month: date, by: Account, now: datetime) -> PoolRuleStart:
    """Divides the pool by `rule` from the first of a month on that has not begun.

    Raises:
        RuleTooLate: it has begun.
        ValueError: there is no such rule, or the date is not the first of a month.
    """
    if rule not in RULES or from_month.day != 1:
        raise ValueError("a rule starts on the first of a month")
    if from_month <= reporting().today(now):
        raise RuleTooLate(f"{from_month:%Y-%m} has begun; the rule can start with the month after.")
    row, _ = PoolRuleStart.objects.update_or_create(
        from_month=from_month, defaults={"rule": rule, "set_by": by, "set_at": now}
    )
    return row


def correct_plays(beat_id: int, *, withdrawn: Mapping[date, int], case: str, now: datetime) -> int:
    """A staff case takes plays of these days away from closed days: the beat weighs less on them and on all after.

    The difference of every accrued day is booked as a correction in the open month. Answers how many days change; the
    same case again changes nothing. Numbers below 0 give plays back.

    Days under a monthly rule keep what they gave: there only what comes counts without the plays.
    """
    through = accrued_through()
    if not withdrawn or through is None:
        return 0
    day_no = first_days([beat_id]).get(beat_id)
    if day_no is None:
        return 0
    with transaction.atomic():
        locks.hold(LOCK)
        if known := Reweigh.objects.filter(case=case, beat_id=beat_id).count():
            return known
        when = (first_open_day(through, now=now), through)
        rows = _changes(beat_id, to_date(day_no), withdrawn, case, when)
        Reweigh.objects.bulk_create(rows)
    return len(rows)


def _changes(
    beat_id: int, first_on: date, withdrawn: Mapping[date, int], case: str, when: tuple[date, date]
) -> list[Reweigh]:
    decided_on, through = when
    rows = []
    earlier = Reweigh.objects.filter(beat_id=beat_id).order_by("day", "pk")
    known = dict(earlier.values_list("of_day", "plays"))
    days = DayWeights.objects.filter(day__gte=min(withdrawn), day__lte=through, points__gt=0)
    for day in days.order_by("day").values_list("day", flat=True):
        lines = day_lines(day)
        mine = lines.beats == beat_id
        if not mine.any():
            continue
        gone = sum(count for on, count in withdrawn.items() if on <= day)
        plays = max(known.get(day, int(lines.plays[mine][0])) - gone, 0)
        points = points_of((day - first_on).days, plays) if plays else 0
        rows.append(
            Reweigh(day=decided_on, of_day=day, beat_id=beat_id, plays=plays, points=points, case=case)
        )
    return rows
