"""Everything the platform keeps about one account, as plain values."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from backline.audience.models import Follow, Like
from backline.ledger.queries import balances
from backline.outbox.models import Notification
from backline.people.models import Account, Letter, Member
from backline.shop.models import Invoice, Licence, Sale, Subscription

ACCOUNT = ("email", "name", "zone", "first_weekday", "show_to_producers", "joined_at")
APPLICATION = (
    *("kind", "state", "name", "first_name", "last_name", "beats_url", "role", "instagram", "label"),
    *("created_at", "sent_at", "decided_at"),
)


def what_stands(artist_id: int) -> dict[str, int]:
    """Money of the artist that has not reached its bank, by currency: while there is any, nobody closes the profile."""
    sums: dict[str, int] = defaultdict(int)
    for row in balances(f"artist:{artist_id}:"):
        sums[row.currency] += row.amount_minor
    return {currency: amount for currency, amount in sums.items() if amount > 0}


def everything(account: Account) -> dict[str, Any]:
    """By topic; moments in ISO 8601 and UTC, amounts in minor units beside their currency."""
    mine = {"account": account}
    return {
        "account": {name: _plain(getattr(account, name)) for name in ACCOUNT},
        "members": _rows(Member.objects.filter(**mine), "artist__handle", "role", "joined_at"),
        "sign_in": _rows(
            SocialAccount.objects.filter(user=account),
            *("provider", "uid", "extra_data", "date_joined", "last_login"),
        ),
        "follows": _rows(Follow.objects.filter(**mine), "artist__handle", "at"),
        "likes": _rows(Like.objects.filter(**mine), "beat_id", "beat__name", "at"),
        "licences": _rows(
            Licence.objects.filter(**mine), "beat_id", "beat__name", "kind", "issued_at", "revoked_at"
        ),
        "purchases": _rows(
            Sale.objects.filter(buyer=account), "beat__name", "currency", "list_price_minor", "sold_at"
        ),
        "subscriptions": _rows(
            Subscription.objects.filter(**mine), "plan__name", "currency", "started_at", "ended_at"
        ),
        "invoices": _rows(
            Invoice.objects.filter(**mine), "currency", "plan_net_minor", "fee_minor", "tax_minor", "paid_at"
        ),
        "applications": _rows(account.applications.all(), *APPLICATION),
        "letters": _rows(
            Letter.objects.filter(ticket__account=account), "ticket__subject", "of_staff", "text", "at"
        ),
        "notifications": _rows(Notification.objects.filter(**mine), "kind", "text", "at", "read_at"),
    }


def _rows(rows: QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in _ordered(rows).values(*names)]


def _ordered(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by("pk")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
