"""What standing reads from shop and money: firsts of an artist, and each month's best sellers."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from backline.listening.calendar import reporting
from backline.money import queries as money
from backline.money.rules import next_month
from backline.shop import queries as shop

Firsts = dict[str, datetime]
"""When an artist's first licence, sale and statement came, by measure; what has not come is absent."""


def firsts_of(artist_id: int) -> Firsts:
    """One artist's firsts."""
    found = {
        "licences": shop.first_licence_at(artist_id),
        "sales": shop.first_sale_at(artist_id),
        "statements": money.first_statement_at(artist_id),
    }
    return {measure: at for measure, at in found.items() if at is not None}


def firsts_of_all() -> dict[int, Firsts]:
    """The firsts of every artist that has any."""
    found: dict[int, Firsts] = defaultdict(dict)
    sources = {
        "licences": shop.first_licences(),
        "sales": shop.first_sales(),
        "statements": money.first_statements(),
    }
    for measure, firsts in sources.items():
        for artist_id, at in firsts.items():
            found[artist_id][measure] = at
    return found


def best_sellers(*, now: datetime) -> dict[int, datetime]:
    """Artists with the best-selling beat of a month in a currency, ties all, and when their first such month ended."""
    calendar = reporting()
    this_month = calendar.today(now).replace(day=1)
    found: dict[int, datetime] = {}
    for currency in shop.currencies():
        for month in _months_with_sales(this_month):
            following = next_month(month)
            rows = shop.sales_by_beat(month, following - timedelta(days=1), currency=currency)
            best = max((row.amount_minor for row in rows), default=0)
            for row in rows:
                if best and row.amount_minor == best:
                    ended_at = calendar.starts_at(following)
                    found[row.artist_id] = min(ended_at, found.get(row.artist_id, ended_at))
    return found


def _months_with_sales(before: date) -> list[date]:
    """The calendar months from the first sale to the one before `before`."""
    first_at = min(shop.first_sales().values(), default=None)
    months = []
    month = reporting().today(first_at).replace(day=1) if first_at else before
    while month < before:
        months.append(month)
        month = next_month(month)
    return months
