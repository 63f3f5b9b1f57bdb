"""Finances and the statement behind each amount: who sees them, and that they add up."""

from __future__ import annotations

from datetime import date

import pytest

from backline.money import actions
from backline.money.models import PayoutProfile, Statement
from tests.conftest import Cast
from tests.money.world import heard_equally
from tests.web.screens import read

OPENED, LAST, FEBRUARY = date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1)
PAGE = "/dashboard/finances/"
pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def settled(cast: Cast, monkeypatch: pytest.MonkeyPatch, now) -> Statement:
    """January is settled: Marlo's 15.50 are payable, Kit's are held. Marlo's statement."""
    heard_equally(
        cast.marlo, cast.kit, first=OPENED, last=LAST, paid=3_100, until=FEBRUARY, monkeypatch=monkeypatch
    )
    actions.set_payout_state(cast.marlo, state=PayoutProfile.State.READY, now=now)
    actions.run_settlement(date(2026, 1, 1), now=now)
    return Statement.objects.get(artist=cast.marlo)


def test_nothing_was_ever_paid(cast):
    text = read(cast.client("alice"), PAGE)
    assert "No money yet" in text
    assert "Nobody has paid for a plan or a beat yet" in text


def test_owners_and_managers_see_where_the_money_is(cast, settled):
    for person in ("alice", "bob"):
        text = read(cast.client(person), f"{PAGE}?artist=marlo-vane")
        assert "€15.50 earned from the pool" in text
        assert "Balance €15.50 settled and free" in text
        assert "January 2026 1 15.50 earned 0.00 0.00 15.50 Payable" in text
    assert "Held €15.50" in read(cast.client("bob"), f"{PAGE}?artist=kit-nakagawa")


def test_the_dashboard_names_the_newest_statement(cast, settled):
    assert "€15.50 from the pool in January 2026" in read(cast.client("alice"), "/dashboard/")
    analyst = read(cast.client("ada"), "/dashboard/")
    assert "owners and managers see it" in analyst and "€" not in analyst


def test_an_analyst_sees_no_amount(cast, settled):
    text = read(cast.client("ada"), PAGE)
    assert "Money is for owners and managers" in text
    assert "15.50" not in text and "January" not in text


def test_a_currency_that_is_not_ones_own_is_ignored(cast, settled):
    for wanted in ("XXX", "USD", "%00"):
        assert "Balance €15.50" in read(cast.client("alice"), f"{PAGE}?currency={wanted}")


def test_a_statement_opens_to_the_cent(cast, settled):
    text = read(cast.client("alice"), f"/backstage/statements/{settled.pk}/")
    assert "Marlo Vane earned €15.50 in January 2026" in text
    assert "everything adds up" in text
    assert "30 Jan 15.50" in text and "31 Jan 15.50" in text
    assert "1 line 1,550,000,000 15.50" in text


def test_who_may_open_a_statement(cast, settled):
    answers = {
        person: cast.client(person).get(f"/backstage/statements/{settled.pk}/").status_code
        for person in ("visitor", "lee", "charlie", "dana", "alice", "bob", "ada")
    }
    assert answers == {
        "visitor": 302, "lee": 404, "charlie": 404, "dana": 404, "alice": 200, "bob": 200, "ada": 403,
    }  # fmt: skip
