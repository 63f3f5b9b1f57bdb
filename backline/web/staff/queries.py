"""What the staff area's pages read: the ledger with the artists' names, the pool's months, what waits for staff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backline.core.paging import Paged
from backline.ledger import accounts
from backline.ledger import queries as ledger
from backline.listening.calendar import reporting
from backline.money import queries as money
from backline.money.actions.advancing import settles_on
from backline.money.rules import month_of, next_month
from backline.people import queries as people
from backline.shop import queries as shop
from backline.web.amounts import money as written


@dataclass(frozen=True)
class SettlementFront:
    """The month that can be settled (None: no month is due), the last day that was weighed, all settlements.

    `by_itself_on` is when the worker settles the due month without anybody asking; None when it never does.
    """

    due: date | None
    by_itself_on: date | None
    weighed_through: date | None
    rows: list[money.SettlementRow]


@dataclass(frozen=True)
class BucketMonth:
    """A month's days in one currency, the months around it that exist, and the currencies to choose from."""

    month: date
    currency: str
    currencies: list[str]
    days: list[money.BucketDay]
    before: date
    after: date | None

    @property
    def paid_in_minor(self) -> int:
        """Paid for the month's days."""
        return sum(day.paid_in_minor for day in self.days)

    @property
    def corrections_minor(self) -> int:
        """Learned of the month's days after they had accrued."""
        return sum(day.corrections_minor for day in self.days)

    @property
    def open_days(self) -> int:
        """Days with money that has not accrued."""
        return sum(day.accrued_on is None for day in self.days)


@dataclass(frozen=True)
class HoldList:
    """What is held for artists that are looked for, and the sum of everything held, in each currency, as text."""

    shown: Paged[money.HoldRow]
    sums: str


@dataclass(frozen=True)
class AccountRow:
    """An account with its label and balance."""

    address: str
    label: str
    currency: str
    amount_minor: int


@dataclass(frozen=True)
class LedgerFront:
    """The platform's own accounts and the world's; the accounts of one artist when somebody looked for it."""

    entries: int
    rows: list[AccountRow]
    found: list[AccountRow]


@dataclass(frozen=True)
class AccountView:
    """One account with its balance and a page of its entries."""

    label: str
    amount_minor: int
    page: ledger.AccountPage


@dataclass(frozen=True)
class PostingView:
    """One movement of an entry, its ends in words."""

    source: str
    source_label: str
    destination: str
    destination_label: str
    amount_minor: int
    currency: str


@dataclass(frozen=True)
class EntryView:
    """An entry with its movements in words."""

    entry: ledger.EntryDetail
    postings: list[PostingView]


def settlement_front() -> SettlementFront:
    """What the list of settlements shows."""
    due = next(iter(money.months_to_settle()), None)
    return SettlementFront(
        due=due,
        by_itself_on=settles_on(due) if due else None,
        weighed_through=money.last_weighed_day(),
        rows=money.settlements(),
    )


def bucket_month(month: date | None, *, currency: str, now: datetime) -> BucketMonth:
    """The buckets of a month (the present one when None) in a currency (the first one when it is not known)."""
    known = shop.currencies()
    chosen = currency if currency in known else known[0] if known else ""
    today = reporting().today(now)
    month = month_of(month or today)
    days = money.bucket_days(month, next_month(month) - timedelta(days=1), currency=chosen) if chosen else []
    return BucketMonth(
        month=month,
        currency=chosen,
        currencies=known,
        days=days,
        before=month_of(month - timedelta(days=1)),
        after=next_month(month) if month <= month_of(today) else None,
    )


def hold_list(words: str, *, order: str, page: int) -> HoldList:
    """A page of what is held. Three queries."""
    shown = money.hold_page(words, order=order, page=page)
    return HoldList(
        shown, ", ".join(written(minor, currency) for currency, minor in money.held_sums().items())
    )


def ledger_front(handle: str) -> LedgerFront:
    """The ledger's first page; `handle` is whose accounts are looked for, empty for nobody's."""
    artist_id = people.artist_id_of(handle) if handle else None
    return LedgerFront(
        entries=ledger.entry_count(),
        rows=_rows([*ledger.balances("platform:"), *ledger.balances("world:")]),
        found=_rows(ledger.balances(f"artist:{artist_id}:")) if artist_id else [],
    )


def account_view(address: str, *, currency: str, before: int | None) -> AccountView | None:
    """An account and the page of its entries below the number `before`, or None."""
    page = ledger.account_page(address, currency=currency, before=before)
    if page is None:
        return None
    return AccountView(_labels([address])[address], ledger.balance(address, currency=currency), page)


def entry_view(key: str) -> EntryView | None:
    """An entry, or None."""
    entry = ledger.entry(key)
    if entry is None:
        return None
    labels = _labels(end for row in entry.postings for end in (row.source, row.destination))
    return EntryView(
        entry,
        [
            PostingView(
                row.source,
                labels[row.source],
                row.destination,
                labels[row.destination],
                row.amount_minor,
                row.currency,
            )
            for row in entry.postings
        ],
    )


def _rows(balances: list[ledger.Balance]) -> list[AccountRow]:
    labels = _labels(row.address for row in balances)
    return [AccountRow(row.address, labels[row.address], row.currency, row.amount_minor) for row in balances]


def _labels(addresses: Iterable[str]) -> dict[str, str]:
    artists = {address: accounts.artist_of(address) for address in addresses}
    names = people.artist_names({artist_id for artist_id in artists.values() if artist_id is not None})
    return {
        address: accounts.label(address, artist=names.get(artist_id or 0, ""))
        for address, artist_id in artists.items()
    }
