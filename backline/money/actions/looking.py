"""Looking at payout accounts when they are due: how they stand, and their payouts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from backline.domain.earning_status import Place
from backline.integrations.stripe.client import credentials
from backline.integrations.stripe.errors import StripeProblem
from backline.money.actions.bank_payouts import look_at_payouts
from backline.money.actions.payout_accounts import (
    PayoutsRefused,
    PayoutsUnreachable,
    refresh_payout_account,
)
from backline.money.models import Earning, Payout, PayoutAccount

PAUSE = timedelta(minutes=10)
PAYOUTS_EVERY = timedelta(hours=1)
_IN_STRIPE = (Place.CONNECTED, Place.PAYING, Place.RETURNED)


def look_at_next(*, now: datetime) -> bool:
    """Looks at one account that is due; says whether there was one."""
    if credentials() is None:
        return False
    stripe = PayoutAccount.objects.filter(provider=PayoutAccount.Provider.STRIPE).exclude(external_id=None)
    row = stripe.filter(check_at__lte=now).select_related("artist").order_by("check_at").first()
    if row is None:
        return False
    claimed = PayoutAccount.objects.filter(pk=row.pk, check_at=row.check_at)
    if not claimed.update(check_at=now + PAUSE):
        return True
    try:
        if row.ended_at is None:
            refresh_payout_account(row.artist, now=now)
        look_at_payouts(row, now=now)
    except (PayoutsUnreachable, PayoutsRefused, StripeProblem):
        return True
    _next_look(row, now)
    return True


def _next_look(row: PayoutAccount, now: datetime) -> None:
    """Soon where money is in the artist's Stripe balance or on its way to the bank."""
    there = Earning.objects.filter(artist=OuterRef("artist"), place__in=_IN_STRIPE)
    pending = Payout.objects.filter(account=OuterRef("pk"), state=Payout.State.PENDING)
    busy = PayoutAccount.objects.filter(Exists(there) | Exists(pending), pk=row.pk)
    busy.filter(Q(check_at__gt=now + PAYOUTS_EVERY) | Q(check_at=None)).update(check_at=now + PAYOUTS_EVERY)
    if row.ended_at is not None and not busy.exists():
        PayoutAccount.objects.filter(pk=row.pk).update(check_at=None)
