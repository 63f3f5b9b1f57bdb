"""What is held for artists who cannot be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from backline.core.paging import Paged, paged
from backline.money.models import Hold
from backline.people.models import Artist

PER_PAGE = 50
OLDEST = "since"
ORDERS = {OLDEST: ("since",), "artist": ("artist__name", "since"), "amount": ("currency", "amount_minor")}
"""What the list can be ordered by: amounts within their currency. A minus before the name turns it round."""


@dataclass(frozen=True)
class HoldRow:
    """What is kept for an artist who cannot be paid."""

    id: int
    artist_id: int
    artist_name: str
    handle: str
    currency: str
    amount_minor: int
    why: str
    since: datetime
    statement_id: int


def hold_page(words: str, *, order: str, page: int) -> Paged[HoldRow]:
    """A page of what is held for artists with `words` in name or handle. Two queries.

    Raises:
        KeyError: `order` is none of `ORDERS`.
    """
    found = _held()
    for word in words.split():
        found = found.filter(
            Q(artist__name__icontains=word) | Q(artist__handle__icontains=word.removeprefix("@"))
        )
    sign = "-" if order.startswith("-") else ""
    columns = [f"{sign}{column}" for column in (*ORDERS[order.removeprefix("-")], "pk")]
    return paged(found.order_by(*columns), page=page, size=PER_PAGE, read=_row)


def held_sums() -> dict[str, int]:
    """The sum of everything held, in minor units by currency."""
    sums = _held().order_by("currency").values_list("currency").annotate(Sum("amount_minor"))
    return dict(sums)


def is_held(hold_id: int) -> bool:
    """Whether this hold has not ended."""
    return _held().filter(pk=hold_id).exists()


def _held() -> QuerySet[Hold]:
    return Hold.objects.filter(state=Hold.State.HELD).select_related("artist__payout_profile")


def _row(hold: Hold) -> HoldRow:
    return HoldRow(
        id=hold.pk,
        artist_id=hold.artist_id,
        artist_name=hold.artist.name,
        handle=hold.artist.handle,
        currency=hold.currency,
        amount_minor=hold.amount_minor,
        why=_why(hold.artist),
        since=hold.since,
        statement_id=hold.statement_id,
    )


def _why(artist: Artist) -> str:
    if artist.revoked_at is not None:
        return "The artist's profile is revoked."
    profile = getattr(artist, "payout_profile", None)
    if profile is None or profile.state == "none":
        return "Payouts are not set up."
    if profile.state == "pending":
        return "The payout details are being checked."
    return "Released by the next settlement."
