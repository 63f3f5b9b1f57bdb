"""Since yesterday: downloads, followers, first countries, milestones, swings, unusual rejections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from backline.audience import queries as audience
from backline.catalog import queries as catalog
from backline.catalog.covers import Cover
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.people.models import Member
from backline.shop.queries.recent import RecentSale, sales_since
from backline.web.amounts import money
from backline.web.dashboard.queries import Basis
from backline.web.formats import counted, country_name, number

NAMED = 3
ACTIVITY, FINANCES = "/dashboard/activity/", "/dashboard/finances/"


@dataclass(frozen=True)
class Item:
    """One thing that happened, with a cover or an icon. `at` is None where only the day is known."""

    title: str
    text: str
    address: str
    icon: str = ""
    cover: Cover | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Since:
    """The items, and since the beginning of which reporting day."""

    on: date
    zone: ZoneInfo
    items: list[Item]


def since_yesterday(basis: Basis, member: Member) -> Since:
    """Everything of yesterday and today that is worth a line; sales for those who may see money."""
    news = listening.since_yesterday(basis.artist_id, beat_ids=basis.beat_ids, now=basis.now)
    followers = audience.new_followers(basis.artist_id, since=news.since)
    sales = sales_since(basis.artist_id, since=news.since) if member.sees_money else []
    named = set(news.downloads) | {sale.beat_id for sale in sales}
    named |= {found.beat_id for found in news.first_countries if found.beat_id}
    named |= {crossing.beat_id for crossing in news.crossings if crossing.beat_id}
    cards = catalog.beat_labels(sorted(named)) if named else {}
    items = [
        *_sales(sales, cards),
        *_downloads(news.downloads, cards),
        *_followers(followers),
        *_countries(news.first_countries, cards),
        *_crossings(news.crossings, cards),
        *_oddities(news),
    ]
    return Since(news.since.astimezone(reporting().zone).date(), reporting().zone, items)


Cards = dict[int, catalog.BeatLabel]


def _sales(sales: list[RecentSale], cards: Cards) -> Iterator[Item]:
    for sale in sales[:NAMED]:
        card = cards.get(sale.beat_id)
        yield Item(
            f"{card.name if card else 'A beat'}, {sale.kind.label.lower()}",
            f"sold for {money(sale.list_price_minor, sale.currency)}",
            FINANCES,
            cover=card.cover if card else None,
            icon="receipt-text",
            at=sale.sold_at,
        )
    if more := sales[NAMED:]:
        yield Item(counted(len(more), "more sale"), "", FINANCES, icon="receipt-text")


def _downloads(downloads: dict[int, int], cards: Cards) -> Iterator[Item]:
    ranked = sorted(
        ((count, cards[beat_id]) for beat_id, count in downloads.items() if beat_id in cards),
        key=lambda each: (-each[0], each[1].id),
    )
    if not ranked:
        return
    total = sum(downloads.values())
    names = [f"{card.name}{f' {count}' if len(downloads) > 1 else ''}" for count, card in ranked[:NAMED]]
    more = len(ranked) - NAMED
    text = ", ".join(names) + (f" and {more} more" if more > 0 else "")
    yield Item(counted(total, "download"), text, f"{ACTIVITY}#engagement", cover=ranked[0][1].cover)


def _followers(followers: list[audience.NewFollower]) -> Iterator[Item]:
    if not followers:
        return
    shown = [follower.name for follower in followers if follower.name]
    hidden = len(followers) - len(shown[:NAMED])
    parts = shown[:NAMED] + ([_listeners(hidden)] if hidden else [])
    yield Item(
        counted(len(followers), "new follower"),
        " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])),
        f"{ACTIVITY}#engagement",
        icon="user-plus",
        at=followers[0].at,
    )


def _countries(countries: list[listening.FirstCountry], cards: Cards) -> Iterator[Item]:
    for found in countries[:NAMED]:
        card = cards.get(found.beat_id) if found.beat_id else None
        yield Item(
            f"First play from {country_name(found.country)}",
            card.name if card else "",
            card.url if card else ACTIVITY,
            icon="map-pin",
        )


def _crossings(crossings: list[listening.Crossing], cards: Cards) -> Iterator[Item]:
    for crossing in crossings:
        card = cards.get(crossing.beat_id) if crossing.beat_id else None
        if card:
            yield Item(
                f"{card.name} passed {number(crossing.plays)} plays", "Milestone", card.url, cover=card.cover
            )
        elif crossing.beat_id is None:
            yield Item(
                f"You passed {number(crossing.plays)} plays",
                "Milestone, all beats together",
                ACTIVITY,
                icon="award",
            )


def _oddities(news: listening.News) -> Iterator[Item]:
    if news.swing:
        title = "A spike in plays yesterday" if news.swing.up else "A sudden drop in plays yesterday"
        text = f"{number(news.swing.plays)}, usually {number(news.swing.usual)} a day"
        yield Item(
            title, text, f"{ACTIVITY}#engagement", icon="trending-up" if news.swing.up else "trending-down"
        )
    if news.rejected:
        text = f"{number(news.rejected)} listens were not counted; the receipts say why"
        yield Item("Unusually many rejected plays", text, f"{ACTIVITY}#receipts", icon="triangle-alert")


def _listeners(count: int) -> str:
    return "a listener" if count == 1 else f"{count} listeners"
