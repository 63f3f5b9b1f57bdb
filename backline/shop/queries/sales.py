"""What was sold and licensed, and what of it went back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, QuerySet, Sum

from backline.listening.calendar import reporting
from backline.shop.models import Licence, Sale, SaleChange
from backline.shop.queries.invoices import Change


@dataclass(frozen=True)
class SaleFact:
    """A sale: the seller's list price, and the platform's fee that the buyer paid on top."""

    id: int
    beat_id: int
    artist_id: int
    buyer_id: int
    kind: str
    currency: str
    list_price_minor: int
    fee_minor: int
    sold_at: datetime


@dataclass(frozen=True)
class BeatSales:
    """A beat's sales of a period in one currency."""

    beat_id: int
    artist_id: int
    sales: int
    amount_minor: int


def sale(sale_id: int) -> SaleFact | None:
    """One sale, or None."""
    return next(iter(_facts(Sale.objects.filter(pk=sale_id))), None)


def sales_after(last_id: int, *, limit: int) -> list[SaleFact]:
    """Sales recorded after that one, in order."""
    return _facts(Sale.objects.filter(pk__gt=last_id).order_by("pk")[:limit])


def sale_changes_after(last_id: int, *, limit: int) -> list[Change]:
    """What went back after that change, in order."""
    fields = ("id", "kind", "sale_id", "amount_minor", "fee_minor", "at", "sale__currency")
    rows = SaleChange.objects.filter(pk__gt=last_id).order_by("pk")[:limit]
    return [Change(*row) for row in rows.values_list(*fields)]


def sales_by_beat(first: date, last: date, *, currency: str) -> list[BeatSales]:
    """Beats sold on the reporting days `first` to `last`, reversed sales left out; highest amount first."""
    calendar = reporting()
    sold = Sale.objects.filter(
        currency=currency,
        reversed_at=None,
        sold_at__gte=calendar.starts_at(first),
        sold_at__lt=calendar.starts_at(last + timedelta(days=1)),
    )
    rows = sold.values_list("beat_id", "artist_id").annotate(count=Count("id"), sum=Sum("list_price_minor"))
    return [BeatSales(*row) for row in rows.order_by("-sum", "beat_id")]


def first_sale_at(artist_id: int) -> datetime | None:
    """When the artist first sold a beat, of sales that stand."""
    sales = Sale.objects.filter(artist=artist_id, reversed_at=None)
    return sales.order_by("sold_at").values_list("sold_at", flat=True).first()


def first_licence_at(artist_id: int) -> datetime | None:
    """When somebody first licensed a beat of the artist, of licences that stand."""
    licences = Licence.objects.filter(artist=artist_id, revoked_at=None)
    return licences.order_by("issued_at").values_list("issued_at", flat=True).first()


def first_sales() -> dict[int, datetime]:
    """`first_sale_at` of every artist that has one. One query."""
    rows = Sale.objects.filter(reversed_at=None).values_list("artist_id").annotate(Min("sold_at"))
    return dict(rows.order_by("artist_id"))


def first_licences() -> dict[int, datetime]:
    """`first_licence_at` of every artist that has one. One query."""
    rows = Licence.objects.filter(revoked_at=None).values_list("artist_id").annotate(Min("issued_at"))
    return dict(rows.order_by("artist_id"))


def _facts(rows: QuerySet[Sale]) -> list[SaleFact]:
    return [SaleFact(*row) for row in rows.values_list(*SaleFact.__dataclass_fields__)]
