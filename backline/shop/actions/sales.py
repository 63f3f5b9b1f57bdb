"""Sales of beats, each with its licence, and what of them went back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from backline.catalog.actions import mark_sold, mark_unsold
from backline.catalog.models import Beat
from backline.domain.currencies import minor_digits
from backline.outbox.actions import record_fact
from backline.outbox.models import Fact
from backline.people.models import Account
from backline.shop.actions.licences import issue_licence, revoke_licence
from backline.shop.actions.once import MoreThanPaid, demand_amounts, recorded
from backline.shop.models import ChangeKind, Licence, Sale, SaleChange


class AlreadySold(Exception):
    """The beat has an exclusive sale that stands."""


def record_sale(
    beat: Beat,
    *,
    buyer: Account,
    kind: str,
    currency: str,
    list_price_minor: int,
    fee_minor: int,
    external_id: str,
    sold_at: datetime,
    payment: str = "",
    buyer_country: str = "",
) -> Sale:
    """A paid sale by the beat's artist, and the buyer's licence.

    Raises:
        AlreadySold: an exclusive sale of the beat stands.
        OtherContent: the external id was recorded with something else.
        UnknownCurrency, ValueError: currency or amounts make no sense.
    """
    minor_digits(currency)
    demand_amounts(list_price_minor=list_price_minor - 1, fee_minor=fee_minor)
    content = {
        "beat_id": beat.pk,
        "artist_id": beat.artist_id,
        "buyer_id": buyer.pk,
        "kind": Sale.Kind(kind),
        "currency": currency,
        "list_price_minor": list_price_minor,
        "fee_minor": fee_minor,
        "sold_at": sold_at,
    }
    with transaction.atomic():
        found = recorded(Sale, external_id, content)
        new = Sale(external_id=external_id, payment=payment, buyer_country=buyer_country, **content)
        return found or _sell(beat, buyer, new)


def record_sale_refund(
    sale: Sale, *, external_id: str, amount_minor: int, fee_returned_minor: int, at: datetime
) -> SaleChange:
    """Part of the list price, and of the fee, went back to the buyer. When all has, the licence is revoked.

    Raises:
        MoreThanPaid: together with earlier ones it is more than was paid.
        OtherContent: the external id was recorded with something else.
        ValueError: not whole amounts.
    """
    return _change(sale, ChangeKind.REFUND, external_id, (amount_minor, fee_returned_minor), at)


def record_sale_dispute(sale: Sale, *, external_id: str, amount_minor: int, at: datetime) -> SaleChange:
    """The buyer's bank took part of the list price back, for good. Else as `record_sale_refund`."""
    return _change(sale, ChangeKind.DISPUTE, external_id, (amount_minor, 0), at)


def _sell(beat: Beat, buyer: Account, sale: Sale) -> Sale:
    if beat.sales.filter(kind=Sale.Kind.EXCLUSIVE, reversed_at=None).exists():
        raise AlreadySold(f"{beat} was sold exclusively")
    sale.save()
    _tell(Fact.Kind.SALE, sale, sale.sold_at)
    if sale.kind == Sale.Kind.EXCLUSIVE:
        mark_sold(beat.pk, now=sale.sold_at)
    issue_licence(beat, account=buyer, kind=sale.kind, sale=sale, now=sale.sold_at)
    return sale


def _change(
    sale: Sale, kind: ChangeKind, external_id: str, amounts: tuple[int, int], at: datetime
) -> SaleChange:
    amount, fee = amounts
    demand_amounts(amount_minor=amount, fee_minor=fee)
    content = {"sale_id": sale.pk, "kind": kind, "amount_minor": amount, "fee_minor": fee, "at": at}
    with transaction.atomic():
        if found := recorded(SaleChange, external_id, content):
            return found
        left, fee_left = _left(sale)
        if not 0 < amount <= left or fee > fee_left:
            raise MoreThanPaid(f"{amount} and {fee} of {sale}: {left} and {fee_left} are left")
        change = SaleChange.objects.create(external_id=external_id, **content)
        if amount == left:
            _reverse(sale, at)
    return change


def _left(sale: Sale) -> tuple[int, int]:
    gone = SaleChange.objects.filter(sale=sale).aggregate(price=Sum("amount_minor"), fee=Sum("fee_minor"))
    return sale.list_price_minor - (gone["price"] or 0), sale.fee_minor - (gone["fee"] or 0)


def _reverse(sale: Sale, at: datetime) -> None:
    Sale.objects.filter(pk=sale.pk).update(reversed_at=at)
    _tell(Fact.Kind.SALE_REVERSED, sale, at)
    if sale.kind == Sale.Kind.EXCLUSIVE:
        mark_unsold(sale.beat_id)
    for licence in Licence.objects.filter(sale=sale):
        revoke_licence(licence, now=at)


def _tell(kind: Fact.Kind, sale: Sale, now: datetime) -> None:
    record_fact(kind, account_id=sale.buyer_id, artist_id=sale.artist_id, beat_id=sale.beat_id, now=now)
