"""The money of accrued days, counted again from invoices and what became of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Min, Sum

from backline.domain.service_days import after_changes
from backline.listening.calendar import EPOCH
from backline.money.models import Accrual, Booked, Bucket, DayWeights, LateMoney
from backline.money.paid import days_of
from backline.money.rules import month_of
from backline.shop.queries import changes_of_invoices, invoices_serving


def money_of_days(days: Collection[date], currency: str) -> dict[date, int]:
    """What each of these accrued days must have divided: booked facts of the service days it took, less late money."""
    first = _begins(min(days), currency)
    accrued_on = _AccruedOn(first, max(days), currency)
    found = Counter(dict.fromkeys(days, 0))
    for day, amount in booked_money(first, max(days), currency).items():
        if (divided_on := accrued_on(day)) is not None:
            found[divided_on] += amount
    late = LateMoney.objects.filter(of_day__in=days, currency=currency).values_list("of_day")
    for day, amount in late.annotate(Sum("amount_minor")):
        found[day] -= amount
    return {day: found[day] for day in days}


def booked_money(first: date, last: date, currency: str) -> Counter[date]:
    """What booked invoices paid for service days, less what booked refunds and disputes took back."""
    invoices = invoices_serving(first, last, currency=currency)
    known = _booked(Booked.Kind.INVOICE, [row.id for row in invoices])
    changes = changes_of_invoices(sorted(known))
    gone = _booked(Booked.Kind.INVOICE_CHANGE, [row.id for some in changes.values() for row in some])
    found: Counter[date] = Counter()
    for row in invoices:
        if row.id in known:
            amounts = [change.amount_minor for change in changes.get(row.id, []) if change.id in gone]
            left, _ = after_changes(days_of(row), amounts)
            found.update({day: part for day, part in left.items() if first <= day <= last})
    return found


class _AccruedOn:
    """Which day divided the money of a service day: as its bucket says, else the first from it on that weighed."""

    def __init__(self, first: date, last: date, currency: str) -> None:
        rows = Bucket.objects.filter(day__gte=first, day__lte=last, currency=currency)
        self._buckets = dict(rows.values_list("day", "accrued_on"))
        weighing = DayWeights.objects.filter(day__gte=first, day__lte=last, points__gt=0)
        self._weighing = list(weighing.order_by("day").values_list("day", flat=True))
        months = Accrual.objects.filter(kind=Accrual.Kind.MONTH, currency=currency)
        self._months = dict(months.values_list("of_month", "day"))

    def __call__(self, day: date) -> date | None:
        if day in self._buckets:
            return self._buckets[day]
        if (month := month_of(day)) in self._months:
            return self._months[month]
        place = bisect_left(self._weighing, day)
        return self._weighing[place] if place < len(self._weighing) else None


def _begins(day: date, currency: str) -> date:
    """The first service day whose money may have come to that day: the one after the day before it that weighed.

    Under a monthly rule it is the first of the month, or a bucket from before that waited.
    """
    if Accrual.objects.filter(kind=Accrual.Kind.MONTH, day=day, currency=currency).exists():
        waited = Bucket.objects.filter(accrued_on=day, currency=currency).aggregate(first=Min("day"))["first"]
        return min(waited or day, month_of(day))
    before = DayWeights.objects.filter(day__lt=day, points__gt=0).order_by("-day")
    last = before.values_list("day", flat=True).first()
    return last + timedelta(days=1) if last else EPOCH


def _booked(kind: Booked.Kind, ids: list[int]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(ids), 500):
        rows = Booked.objects.filter(kind=kind, source_id__in=ids[start : start + 500])
        found.update(rows.values_list("source_id", flat=True))
    return found
