"""The list of transactions: tabs, filters, paging, what a row opens into, the table, and what refreshes itself."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from backline.money import actions
from backline.money.models import Earning
from tests.web.screens import read

PAGE = "/dashboard/finances/"
pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def sales(settled, sell):
    """Twelve sales beside the statement, the dearest last."""
    return [sell(price=1_000 + 100 * number, number=number) for number in range(12)]


def listed(cast, query: str = "") -> str:
    """What htmx puts in the list's place."""
    headers = {"HX-Request": "true", "HX-Target": "transactions"}
    answer = cast.client("alice").get(f"{PAGE}?artist=marlo-vane{query}", headers=headers)
    assert answer.status_code == 200
    html: str = answer.content.decode()
    return html


def test_tabs_have_counts_and_the_last_three_add_up(cast, sales):
    text = read(cast.client("alice"), PAGE)
    assert "All 13 Sales 12 Subscriptions 1 Paid 0 Pending 13 Failed 0" in text


def test_pages_go_through_all_of_it(cast, sales):
    first, second = listed(cast), listed(cast, "&page=2")
    assert "1 to 10 of 13" in first and "11 to 13 of 13" in second
    assert "<html" not in first
    assert 'aria-label="Newer" disabled' in first and 'aria-label="Older" disabled' in second


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("&tab=subscriptions", 1),
        ("&tab=failed", 0),
        ("&kind=track", 12),
        ("&kind=exclusive", 0),
        ("&q=ST-2026-01", 1),
        ("&q=TS-", 12),
        ("&q=nothing", 0),
        ("&from_on=2026-03-18", 12),
        ("&until_on=2026-03-17", 1),
        ("&from_on=2026-03-18&tab=subscriptions", 0),
        ("&tab=nonsense&kind=nonsense&from_on=never&page=0&size=7&currency=1", 13),
    ],
)
def test_filters(cast, sales, query, shown):
    html = listed(cast, query + "&size=50" if "size" not in query else query)
    assert f"of {shown}<" in html
    if not shown:
        assert "No transaction fits this tab and these filters." in html


def test_a_row_opens_into_what_it_is_made_of(cast, sales):
    key = Earning.objects.filter(sale_id=sales[3].pk).get().key
    text = read(cast.client("alice"), f"{PAGE}?open={key}")
    assert "List price 13.00 Platform fee 8.88 The buyer paid 21.88 Your sale split 100.00%" in text
    assert "Attempts none yet" in text


def test_a_statements_row_opens_into_its_pool_points(cast, settled):
    text = read(cast.client("alice"), f"{PAGE}?open=statement-{settled.pk}")
    assert "Share of the pool" in text or "Beats that weigh" in text
    assert "Statement January 2026" in text


def test_a_row_of_somebody_else_does_not_open(cast, settled):
    other = Earning.objects.filter(artist=cast.kit).get()
    text = read(cast.client("alice"), f"{PAGE}?open={other.key}")
    assert "Original amount" not in text
    assert cast.client("alice").get(f"{PAGE}transactions/{other.key}/how/").status_code == 404


def test_how_a_sale_was_computed_adds_up(cast, sales):
    key = Earning.objects.filter(sale_id=sales[0].pk).get().key
    text = read(cast.client("alice"), f"{PAGE}transactions/{key}/how/")
    assert "List price all of it is the producers’ 10.00" in text
    assert "Yours €10.00" in text
    assert cast.client("alice").get(f"{PAGE}transactions/sale-999999/how/").status_code == 404


def test_rows_that_may_change_refresh_themselves_and_settled_ones_do_not(cast, settled):
    assert 'id="transactions" data-refresh="20"' in listed(cast)
    Earning.objects.update(place="bank", status="paid")
    assert 'id="transactions" hx-get' in listed(cast)


def test_the_list_keeps_the_choices_in_its_addresses(cast, sales):
    html = listed(cast, "&tab=sales&kind=track&currency=EUR&size=20")
    assert "tab=sales&amp;kind=track&amp;currency=EUR&amp;size=20" in html
    assert '<input type="hidden" form="transactions-filter" name="tab" value="sales" />' in html


def test_the_table_has_every_row_that_fits(cast, sales):
    answer = cast.client("alice").get(f"{PAGE}transactions.csv?kind=track")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert len(rows) == 12 and {row["type"] for row in rows} == {"Track purchase"}
    assert {row["amount"] for row in rows} == {f"{10 + number}.00" for number in range(12)}


def test_the_table_is_there_before_anybody_paid(cast):
    answer = cast.client("alice").get(f"{PAGE}transactions.csv")
    assert answer.getvalue().decode().splitlines() == [
        "reference,type,what,period_from,period_until,at,status,explanation,original_amount,bonus,amount,currency"
    ]


def test_a_queued_row_says_so(cast, settled, now):
    actions.queue_transfers(now=now)
    text = read(cast.client("alice"), f"{PAGE}?tab=pending")
    assert "Queued" in text and f"ST-2026-01-EUR-{settled.pk:04}" in text


def test_a_sale_is_dated_in_the_zone_that_money_is_counted_in(cast, settled, sell):
    cast.alice.zone = "Pacific/Auckland"
    cast.alice.save()
    sell(at=datetime(2026, 3, 17, 20, 0, tzinfo=UTC))
    row = Earning.objects.get(kind="track")
    drawer = cast.client("alice").get(f"{PAGE}transactions/{row.key}/how/?artist=marlo-vane").content.decode()
    assert "17 Mar" in listed(cast, "&kind=track&until_on=2026-03-17") and "17 Mar 2026" in drawer
    assert "18 Mar" not in listed(cast, "&kind=track") and "18 Mar" not in drawer
