"""What a stretch of days brought an artist."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, Sum

from backline.listening.calendar import reporting
from backline.money.models import Earning


def earned_between(artist_id: int, *, first: date, last: date) -> dict[str, int]:
    """What was earned on the reporting days, by currency in minor units: sales made, monthly payouts made available.

    Amounts are less refunds; a currency that comes to 0 is left out. One query.
    """
    start, end = reporting().starts_at(first), reporting().starts_at(last + timedelta(days=1))
    monthly = Q(kind=Earning.Kind.SUBSCRIPTION, available_on__range=(first, last))
    sales = ~Q(kind=Earning.Kind.SUBSCRIPTION) & Q(at__gte=start, at__lt=end)
    rows = Earning.objects.filter(monthly | sales, artist=artist_id).values_list("currency")
    sums = rows.annotate(minor=Sum("amount_minor")).order_by("currency")
    return {currency: minor for currency, minor in sums if minor}
