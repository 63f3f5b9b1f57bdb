"""The first look at Stripe's books takes in all of them, however old."""

from __future__ import annotations

from datetime import timedelta

from backline.money.actions.reconciling import reconcile_due
from backline.money.models import BalanceLine, ProviderFunds, ProviderPoll
from backline.money.paying_checks import PAYING
from tests.money.paying import Paying

YEARS = 730


def holds() -> bool:
    return not list(PAYING["Stripe's balance = its transactions"]())


def test_what_is_older_than_a_year_is_taken_in(paying: Paying):
    paying.sandbox.fund("eur", 5_000)
    paying.pass_time(days=YEARS)
    paying.sandbox.fund("eur", 700)
    reconcile_due(now=paying.now)
    assert ProviderFunds.objects.get(currency="EUR").available_minor == 5_700
    assert BalanceLine.objects.filter(happened_at__lt=paying.now - timedelta(days=YEARS - 1)).exists()
    assert holds()
    BalanceLine.objects.earliest("happened_at").delete()
    assert not holds()


def test_while_the_first_look_is_not_whole_nothing_is_said(paying: Paying):
    paying.sandbox.fund("eur", 5_000)
    paying.sandbox.fund("eur", 700)
    reconcile_due(now=paying.now)
    BalanceLine.objects.filter(amount_minor=5_000).delete()
    assert not holds()
    ProviderPoll.objects.all().delete()
    assert holds()
