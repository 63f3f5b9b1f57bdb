"""Finances: who sees it, in which state it is, that its figures are those of the rows behind them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backline.money import actions
from backline.money import queries as money
from backline.money.models import Earning, PayoutAccount
from backline.web.finances import queries
from tests.web.finances.conftest import connect
from tests.web.screens import read

PAGE = "/dashboard/finances/"
pytestmark = pytest.mark.usefixtures("at_noon")


def test_before_anybody_paid_the_way_to_be_paid_is_shown(cast):
    text = read(cast.client("alice"), PAGE)
    assert "Get paid for your beats Setup Required" in text
    assert "0 of 3 on" in text and "Connect Stripe Account" in text
    assert (
        "Account overview" not in text
        and "—" not in text.split("Producer Finances")[1].split("How earnings")[0]
    )


def test_an_owner_reads_what_waits_for_set_up(cast, settled):
    text = read(cast.client("bob"), f"{PAGE}?artist=kit-nakagawa")
    assert "Kit Nakagawa already earned €15.50 . It is kept for you" in text
    assert "Balance Setup required €15.50 kept for you" in text
    assert "January 2026 Monthly payout 1 to 31 Jan Held Kept until payouts are set up" in text


def test_an_active_artist_reads_where_the_money_is(cast, settled, now):
    for person in ("alice", "bob"):
        text = read(cast.client(person), f"{PAGE}?artist=marlo-vane")
        assert "€15.50 in your balance Active" in text and "Updated 26 minutes ago" in text
        assert "Balance €15.50" in text and "Lifetime €0.00 first payout still ahead" in text
    actions.queue_transfers(now=now)
    text = read(cast.client("alice"), PAGE)
    assert "€15.50 queued for you" in text
    assert "Upcoming €15.50 Queued, 1 transfer" in text
    assert "1 queued, no action needed. Pending rows refresh themselves." in text


def test_only_an_owner_finds_what_acts(cast, settled):
    owner, manager = (read(cast.client(who), f"{PAGE}?artist=marlo-vane") for who in ("alice", "bob"))
    assert "Open Stripe Update bank account" in owner
    assert "Open Stripe" not in manager and "Update bank account" not in manager
    PayoutAccount.objects.update(state="onboarding")
    manager = read(cast.client("bob"), f"{PAGE}?artist=marlo-vane")
    assert "Only an owner of Marlo Vane sets payouts up" in manager and "Continue on Stripe" not in manager


def test_an_analyst_reads_no_amount(cast, settled):
    for place in (
        "",
        "transactions.csv",
        "entries/balance/",
        "statements/",
        "years/",
        "years/2026/",
        "years/2026.csv",
    ):
        answer = cast.client("ada").get(f"{PAGE}{place}")
        assert answer.status_code == 403 and b"15.50" not in answer.content
    assert b"reads nothing about money" in cast.client("ada").get(PAGE).content


def test_an_account_that_asks_for_something_says_what_and_until_when(cast, now):
    due = (now.date().replace(month=12)).isoformat()
    ask = {
        "code": "identity.individual.documents.primary_verification",
        "past_due": False,
        "due": due,
        "error": "",
    }
    connect(cast.marlo, now=now, state="action_needed", can_receive=False, can_pay_out=False, asks=[ask])
    html = cast.client("alice").get(PAGE).content.decode()
    assert "1 of 3 on" in html and "Stripe still asks for" in html and "by 18 Dec 2026" in html
    assert 'data-refresh="5"' in html.split('id="finances"')[1][:60]


@pytest.mark.parametrize(
    ("state", "badge", "words"),
    [
        ("pending_review", "Setup Required", "Checking"),
        ("restricted", "Setup Required", "The money is kept for you."),
        ("closed", "Setup Required", "Connect another Stripe account"),
        ("active", "Active", "Open Stripe"),
    ],
)
def test_each_state_of_the_account(cast, now, state, badge, words):
    connect(cast.marlo, now=now, state=state, can_receive=state == "active", can_pay_out=state == "active")
    text = read(cast.client("alice"), PAGE)
    assert badge in text and words in text


def test_a_hold_after_a_change_says_until_when(cast, now):
    connect(
        cast.marlo,
        now=now,
        holds_until=now.replace(day=21),
    )
    assert "Transfers are held until 21 Mar, 15:30." in read(cast.client("alice"), PAGE)


def test_when_stripe_is_away_the_last_known_figures_show_their_time(cast, settled):
    PayoutAccount.objects.update(check_failed=True)
    text = read(cast.client("alice"), PAGE)
    assert "These figures are from 18 Mar, 15:04." in text and "nothing is lost" in text
    assert "Balance €15.50" in text


def test_each_card_opens_into_the_rows_it_sums(cast, settled, sell, now):
    sell()
    sell(price=1_900, number=2)
    view = money.overview(cast.marlo.pk, currency="EUR")
    for card in ("balance", "queued", "transit", "lifetime"):
        found = money.transactions(cast.marlo.pk, currency="EUR", now=now, card=card)
        figure = view.in_transit if card == "transit" else getattr(view, card)
        assert sum(row.amount_minor for row in found.rows) == figure
        text = read(cast.client("alice"), f"{PAGE}entries/{card}/?currency=EUR")
        assert f"{found.total} {'entry' if found.total == 1 else 'entries'} in all" in text or not found.total
    assert view.balance == 1_550 + 4_900 + 1_900
    assert cast.client("alice").get(f"{PAGE}entries/everything/").status_code == 404


def test_a_currency_that_is_not_ones_own_is_ignored(cast, settled):
    for wanted in ("XXX", "USD", "%00", "eur"):
        assert "Balance €15.50" in read(cast.client("alice"), f"{PAGE}?currency={wanted}")


def test_currencies_never_mix(cast, settled, sell):
    sell(currency="USD")
    client = cast.client("alice")
    text = read(client, f"{PAGE}?currency=USD")
    assert "Multi-currency account." in text and "Balance $49.00" in text
    assert "EUR balance 15.50, above the minimum of 10.00" in text
    assert "Balance €15.50" in read(client, f"{PAGE}?currency=EUR")


def test_a_section_that_cannot_be_read_fails_alone(cast, settled, monkeypatch):
    def broken(*_args, **_named):
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(queries, "transactions", broken)
    text = read(cast.client("alice"), f"{PAGE}?tab=paid")
    assert "This section did not load" in text and "Balance €15.50" in text


def test_the_dashboard_names_the_newest_statement(cast, settled):
    assert "€15.50 from the pool in January 2026" in read(cast.client("alice"), "/dashboard/")
    analyst = read(cast.client("ada"), "/dashboard/")
    assert "owners and managers see it" in analyst and "€" not in analyst


def test_many_rows_cost_the_queries_of_few(cast, settled, sell):
    client = cast.client("alice")
    sell()

    def cost() -> int:
        read(client, f"{PAGE}?size=50")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            read(client, f"{PAGE}?size=50")
        return len(seen)

    few = cost()
    row = Earning.objects.exclude(sale_id=None).earliest("pk")
    for number in range(200):
        row.pk, row.key = None, f"sale-{row.sale_id}-{number}"
        row.save(force_insert=True)
    assert cost() == few
