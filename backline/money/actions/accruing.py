"""Accrual: open buckets and late money, divided by stored weights. One row a day and currency, written once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from backline.core import locks, sql
from backline.domain.accrual import MICRO
from backline.domain.pool_rules import Rule
from backline.money import engine, steps
from backline.money.actions.booking import LOCK
from backline.money.models import Accrual, Bucket, DayWeights, LateMoney
from backline.money.monthly import Month
from backline.money.packed import NONE, Ints, digest, pack
from backline.money.rules import month_of, pool_rule
from backline.money.shares import accrued_lines, day_lines

# Asked of every day, mostly for nothing: see core/sql.py for why the ORM does not build it.
_NEXT_CURRENCY = (
    "SELECT currency FROM money_bucket WHERE accrued_on IS NULL AND day <= %s ORDER BY currency LIMIT 1"
)
_LATE = "SELECT currency, of_day FROM money_latemoney WHERE day = %s"
_REWEIGHED = "SELECT DISTINCT of_day FROM money_reweigh WHERE day = %s"


def accrue_day(day: date, *, now: datetime) -> bool:
    """Does everything of a weighed day: its buckets, its corrections, each in a transaction; then marks the day.

    Says whether there was anything to do. What was cut off is taken up where it stopped.
    """
    weighed = DayWeights.objects.defer("packed").filter(day=day, accrued_at=None).first()
    if weighed is None:
        return False
    rule = pool_rule(month_of(day))
    while currency := _next_currency(weighed, rule):
        _accrue_bucket(weighed, currency, rule)
    while late := _next_correction(day):
        _correct(day, *late)
    with transaction.atomic():
        locks.hold(LOCK)
        # A fact that was booked since the last look found the day open, and is taken up by the next call.
        if _next_currency(weighed, rule) or _next_correction(day):
            return True
        DayWeights.objects.filter(pk=weighed.pk).update(accrued_at=now)
        steps.reached("finish day")
    steps.reached("finished day")
    return True


def _open(day: date) -> QuerySet[Bucket]:
    return Bucket.objects.filter(accrued_on=None, day__lte=day)


def _next_currency(weighed: DayWeights, rule: Rule) -> str | None:
    """A currency with an open bucket that this day divides."""
    last_of_month = month_of(weighed.day + timedelta(days=1)) != month_of(weighed.day)
    if (rule.monthly and not last_of_month) or not (weighed.points or rule.monthly):
        return None
    found = sql.rows(_NEXT_CURRENCY, weighed.day)
    if not found or (rule.monthly and not _weighs_in_month(weighed.day)):
        return None
    currency: str = found[0][0]
    return currency


def _weighs_in_month(last: date) -> bool:
    return DayWeights.objects.filter(day__gte=month_of(last), day__lte=last, points__gt=0).exists()


def _accrue_bucket(weighed: DayWeights, currency: str, rule: Rule) -> None:
    day = weighed.day
    with transaction.atomic():
        locks.hold(LOCK)
        buckets = _open(day).filter(currency=currency)
        amounts = dict(buckets.values_list("day", "paid_in_minor"))
        bucket = sum(amounts.values())
        if bucket and rule.monthly:
            lines = Month(month_of(day), day).divided(rule.key, amounts, currency)
            _store(day, currency, Accrual.Kind.MONTH, month_of(day), bucket, lines)
        elif bucket:
            weighing = day_lines(day)
            micro = engine.split(bucket * MICRO, weighing.points)
            _create(day, currency, Accrual.Kind.DAY, month_of(day), bucket, weighing.artists, [micro])
        buckets.update(accrued_on=day)
        steps.reached("accrue")
    steps.reached("accrued")


def _next_correction(day: date) -> tuple[str, date] | None:
    """A currency and a month with late money or changed weights of that day that are not yet divided."""
    wanted = {(currency, month_of(of_day)) for currency, of_day in sql.rows(_LATE, day)}
    wanted |= {(currency, month_of(of_day)) for currency, of_day in _reweighed(day)}
    if not wanted:
        return None
    done = Accrual.objects.filter(day=day, kind=Accrual.Kind.CORRECTION)
    left = wanted - set(done.values_list("currency", "of_month"))
    return min(left) if left else None


def _reweighed(day: date) -> set[tuple[str, date]]:
    """Currencies and days that had divided money by weights which a case changed on `day`."""
    of_days = {of_day for (of_day,) in sql.rows(_REWEIGHED, day)}
    if not of_days:
        return set()
    accrued = Accrual.objects.filter(kind=Accrual.Kind.DAY, day__in=of_days).values_list("currency", "day")
    late = LateMoney.objects.filter(of_day__in=of_days, day__lt=day)
    by_month = Accrual.objects.filter(kind=Accrual.Kind.MONTH, day__in=of_days).values_list("currency", "day")
    return {*accrued, *late.values_list("currency", "of_day")} - set(by_month)


def _correct(day: date, currency: str, month: date) -> None:
    """One correction: what the days of `month` would have given, less what they gave."""
    with transaction.atomic():
        locks.hold(LOCK)
        if Accrual.objects.filter(
            day=day, currency=currency, kind=Accrual.Kind.CORRECTION, of_month=month
        ).exists():
            return
        keys, micro, total = corrected_days(day, currency, month)
        _store(day, currency, Accrual.Kind.CORRECTION, month, total, (keys, micro))
        steps.reached("accrue")
    steps.reached("accrued")


def corrected_days(day: date, currency: str, month: date) -> tuple[Ints, Ints, int]:
    """Lines of a correction dated `day`, and its total in minor units."""
    late = LateMoney.objects.filter(day=day, currency=currency)
    amounts = dict(late.values_list("of_day", "amount_minor"))
    changed = {of_day for money, of_day in _reweighed(day) if money == currency}
    keys, micro, total = NONE, NONE, 0
    for of_day in sorted({*amounts, *changed}):
        if month_of(of_day) != month:
            continue
        amount = amounts.get(of_day, 0)
        lines = _corrected_day(day, of_day, currency, amount, other_weights=of_day in changed)
        keys, micro = engine.summed(np.concatenate([keys, lines[0]]), np.concatenate([micro, lines[1]]))
        total += amount
    kept = micro != 0
    return keys[kept], micro[kept], total


def _corrected_day(
    day: date, of_day: date, currency: str, amount: int, *, other_weights: bool
) -> tuple[Ints, Ints]:
    """`domain.accrual.corrected` for one accrued day, over columns."""
    whole = Q(day=of_day, currency=currency) & ~Q(kind=Accrual.Kind.CORRECTION)
    accrual = Accrual.objects.filter(whole).first()
    earlier = LateMoney.objects.filter(of_day=of_day, currency=currency, day__lt=day)
    before = (accrual.bucket_minor if accrual else 0) + (
        earlier.aggregate(sum=Sum("amount_minor"))["sum"] or 0
    )
    if accrual is not None and accrual.kind == Accrual.Kind.MONTH and accrual.bucket_minor:
        # Of a monthly rule only what each line got is kept, so a correction follows that.
        keys, points = accrued_lines(accrual)
        points_after = points
    else:
        was = day_lines(of_day, decided_by=day - timedelta(days=1))
        keys, points = engine.key(was.artists, was.beats), was.points
        points_after = day_lines(of_day, decided_by=day).points if other_weights else points
    micro = engine.split((before + amount) * MICRO, points_after) - engine.split(before * MICRO, points)
    return keys, micro


def _store(
    day: date, currency: str, kind: Accrual.Kind, month: date, bucket: int, lines: tuple[Ints, Ints]
) -> None:
    artists, beats = engine.artist_of(lines[0]), engine.beat_of(lines[0])
    _create(day, currency, kind, month, bucket, artists, [artists, beats, lines[1]])


def _create(
    day: date,
    currency: str,
    kind: Accrual.Kind,
    month: date,
    bucket: int,
    artists: Ints,
    columns: list[Ints],
) -> None:
    if int(columns[-1].sum()) != bucket * MICRO:
        raise AssertionError(f"the accrual of {day} in {currency} does not add up to its bucket")
    Accrual.objects.create(
        day=day,
        currency=currency,
        kind=kind,
        of_month=month,
        bucket_minor=bucket,
        lines=len(artists),
        digest=digest(columns),
        packed=pack(artists, columns),
    )
