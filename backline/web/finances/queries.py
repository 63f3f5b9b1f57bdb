"""What Finances shows: whether payouts are set up, where the money is, and each movement of it. Our own tables only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.catalog import queries as catalog
from backline.domain.accrual import MICRO
from backline.money import queries as money
from backline.money.rules import minimum
from backline.people.models import Member
from backline.shop import queries as shop
from backline.web.amounts import money as written
from backline.web.charts.shares import share_bp
from backline.web.finances.state import State

WATCHED = ("onboarding", "pending_review", "action_needed")
"""States of set-up that may change without the person: the page looks for itself."""
BLOCKED = ("restricted", "closed")
WATCH_S, REFRESH_S = 5, 20


@dataclass(frozen=True)
class Money:
    """One currency of an artist's money. `estimate` is None before any day accrued."""

    currency: str
    overview: money.Overview
    estimate: money.Estimate | None

    @property
    def estimated_minor(self) -> int | None:
        """What this month has accrued, cut to the minor unit; None where it is not known."""
        if self.estimate is None or self.estimate.micro_units is None:
            return None
        return self.estimate.micro_units // MICRO


@dataclass(frozen=True)
class Other:
    """What lies in a currency that is not shown, against the least that is paid out of it."""

    currency: str
    balance_minor: int
    minimum_minor: int

    @property
    def bp(self) -> int:
        """How far it is to the minimum, in basis points."""
        return min(share_bp(max(self.balance_minor, 0), self.minimum_minor), 10_000)


@dataclass(frozen=True)
class Finances:
    """The page but for its lists. `account` is None before payouts were ever begun; `acts` for an owner.

    `money` is None while nobody has paid for anything in any currency. `waiting` is what is kept until set-up is done.
    """

    account: money.PayoutAccountView | None
    acts: bool
    currencies: list[str]
    sums: list[money.RowSum]
    next: money.NextSettlement
    money: Money | None
    waiting: dict[str, int]
    now: datetime

    @property
    def active(self) -> bool:
        """Whether the artist can be paid."""
        return self.account is not None and self.account.state == "active"

    @property
    def lights(self) -> tuple[bool, bool, bool]:
        """Connected, charges enabled, payouts enabled."""
        each = self.account
        return (each.connected, each.charges_enabled, each.payouts_enabled) if each else (False, False, False)

    @property
    def watch_s(self) -> int | None:
        """How often the page looks whether set-up went on, None for not."""
        return WATCH_S if self.account and self.account.state in WATCHED else None

    @property
    def asks_country(self) -> bool:
        """Whether the question for the country belongs on the page."""
        return self.acts and (self.account is None or self.account.state == "closed")

    @property
    def blocked(self) -> str:
        """Why an account that once worked does not, in a sentence; empty for any other state."""
        return self.account.problem if self.account and self.account.state in BLOCKED else ""


@dataclass(frozen=True)
class Transactions:
    """A page of the list, the row that is open, and the beats' covers."""

    page: money.TransactionPage
    opened: money.TransactionDetail | None
    labels: dict[int, catalog.BeatLabel]
    currency: str

    @property
    def refresh_s(self) -> int | None:
        """How often the list looks for itself: while a row of it may change."""
        return REFRESH_S if any(row.pending for row in self.page.rows) else None


def finances(member: Member, *, wanted: str, now: datetime) -> Finances:
    """Everything above the lists, in the wanted currency or the one with most money."""
    sums = money.sums_of(member.artist_id)
    currencies = money.currencies_in(sums)
    code = currency_of(currencies, wanted)
    account = money.payout_account(member.artist_id, now=now)
    return Finances(
        account=account,
        acts=member.role == Member.Role.OWNER,
        currencies=currencies,
        sums=sums,
        money=_money(member.artist_id, code, sums) if code else None,
        next=money.next_settlement(now),
        waiting={} if account and account.state == "active" else money.waiting_minor(member.artist_id),
        now=now,
    )


def currency_of(currencies: list[str], wanted: str) -> str:
    """The wanted currency when it is one of the artist's, else its first, else one that anything was paid in."""
    if wanted in currencies:
        return wanted
    return next(iter(currencies or shop.currencies()), "")


def transactions(
    artist_id: int, state: State, *, currency: str, sums: list[money.RowSum], now: datetime
) -> Transactions | None:
    """The list as it is narrowed; None without any currency."""
    if not currency:
        return None
    found = money.transactions(
        artist_id, currency=currency, now=now, page=state.page, size=state.size, sums=sums,
        **state.narrowing(),
    )  # fmt: skip
    beats = sorted({row.beat_id for row in found.rows if row.beat_id})
    shown = {row.key for row in found.rows}
    return Transactions(
        page=found,
        opened=money.transaction(artist_id, state.open, now=now) if state.open in shown else None,
        labels=catalog.beat_labels(beats),
        currency=currency,
    )


def others(found: Finances) -> list[Other]:
    """The currencies beside the one that is shown."""
    shown = found.money.currency if found.money else ""
    return [
        Other(code, money.card_in(found.sums, code, "balance"), minimum(code))
        for code in found.currencies
        if code != shown
    ]


def finding(found: Finances) -> str:
    """What the page comes to, in one line."""
    if not found.active:
        return "Get paid for your beats"
    if found.money is None:
        return "Ready to be paid"
    code, view = found.money.currency, found.money.overview
    for minor, words in (
        (view.in_transit, "on its way to you"),
        (view.queued, "queued for you"),
        (view.balance, "in your balance"),
        (view.lifetime, "paid to you so far"),
    ):
        if minor > 0:
            return f"{written(minor, code)} {words}"
    return "Nothing earned yet"


def _money(artist_id: int, code: str, sums: list[money.RowSum]) -> Money:
    cards = money.overview(artist_id, currency=code, sums=sums)
    return Money(code, cards, money.open_month_estimate(artist_id, code))
