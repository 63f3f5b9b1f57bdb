"""Artists with money: settled, on its way, sold; and an account that can be paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from backline.catalog.models import Beat
from backline.money import actions
from backline.money.models import PayoutAccount, PayoutProfile, Statement
from backline.shop import actions as shop
from backline.shop.models import Sale
from tests.conftest import Cast
from tests.money.world import heard_equally

OPENED, LAST, FEBRUARY = date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1)
Sell = Callable[..., Sale]


def connect(artist, *, now: datetime, **given) -> PayoutAccount:
    """A Stripe account of the artist that can be paid, connected long ago."""
    row: dict[str, Any] = {
        "provider": "stripe", "external_id": f"acct_{artist.pk}", "key": f"key {artist.pk}", "country": "NL",
        "state": "active", "submitted": True, "can_receive": True, "can_pay_out": True, "was_active": True,
        "bank_tail": "4417", "created_at": now - timedelta(days=90), "checked_at": now - timedelta(minutes=26),
    }  # fmt: skip
    actions.set_payout_state(artist, state=PayoutProfile.State.READY, now=now)
    return PayoutAccount.objects.create(artist=artist, **(row | given))


@pytest.fixture
def settled(cast: Cast, monkeypatch: pytest.MonkeyPatch, now, at_noon) -> Statement:
    """January is settled: Marlo is connected and gets 15.50, Kit's 15.50 are held. Marlo's statement."""
    heard_equally(
        cast.marlo, cast.kit, first=OPENED, last=LAST, paid=3_100, until=FEBRUARY, monkeypatch=monkeypatch
    )
    connect(cast.marlo, now=now)
    actions.run_settlement(date(2026, 1, 1), now=now)
    while actions.list_statements(now=now):
        pass
    return Statement.objects.get(artist=cast.marlo)


@pytest.fixture
def sell(cast: Cast, now) -> Sell:
    """Sells Marlo's first beat as a track, now unless it is said when."""

    def selling(*, price: int = 4_900, at: datetime = now, currency: str = "EUR", number: int = 1) -> Sale:
        beat = Beat.objects.filter(artist=cast.marlo).earliest("pk")
        sale = shop.record_sale(
            beat, buyer=cast.lee, kind="track", currency=currency, list_price_minor=price, fee_minor=888,
            external_id=f"pi_{number}", sold_at=at,
        )  # fmt: skip
        while actions.book_sales(now=now) or actions.release_sales(now=now):
            pass
        return sale

    return selling
