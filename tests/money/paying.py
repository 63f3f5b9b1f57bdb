"""A small world of paying: artists with money, a Stripe to send it by, and the worker's steps one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from backline.integrations.stripe.client import credentials
from backline.ledger import accounts
from backline.ledger.actions import Move, post_entry
from backline.ledger.queries import balance
from backline.money import actions
from backline.money.actions import looking
from backline.money.actions.events import handle_next
from backline.money.actions.reconciling import reconcile
from backline.money.models import Earning, PayoutAccount, Settlement, Statement
from backline.people.models import Account, Artist
from tests.sandbox import KEY, Sandbox

START = datetime(2026, 2, 10, 9, tzinfo=UTC)
RETURN, REFRESH = "http://127.0.0.1/return", "http://127.0.0.1/refresh"


@dataclass
class Paying:
    """The platform between its artists and a sandbox; `now` is the time of both."""

    sandbox: Sandbox
    now: datetime = START
    months: list[date] = field(default_factory=list)

    def pass_time(self, **some: float) -> None:
        """Both clocks go on."""
        self.sandbox.advance(**some)
        self.now += timedelta(**some)

    def connect(
        self, artist: Artist, owner: Account, *, persona: str = "fine", bank: str = "fine"
    ) -> PayoutAccount:
        """The owner goes through the hosted form; we ask Stripe afterwards."""
        actions.start_onboarding(
            artist, country="DE", by=owner, return_url=RETURN, refresh_url=REFRESH, now=self.now
        )
        row = PayoutAccount.objects.get(artist=artist, ended_at=None)
        self.sandbox.onboard(row.external_id or "", persona=persona, bank=bank)
        actions.refresh_payout_account(artist, now=self.now)
        row.refresh_from_db()
        return row

    def ready(self, artist: Artist, owner: Account, *, bank: str = "fine") -> PayoutAccount:
        """Connected, and the 72 hours are over."""
        row = self.connect(artist, owner, bank=bank)
        self.pass_time(hours=73)
        actions.refresh_payout_account(artist, now=self.now)
        row.refresh_from_db()
        return row

    def statement(
        self, artist: Artist, amount: int, *, state: str = "payable", currency: str = "EUR"
    ) -> Statement:
        """A settled month that leaves the artist so much, in the ledger as well."""
        last = self.months[-1] if self.months else date(2025, 1, 1)
        month = date(last.year + last.month // 12, last.month % 12 + 1, 1)
        self.months.append(month)
        settlement = Settlement.objects.create(
            month=month, rule="contribution", state="closed", digest="", chunks=1, posted=1, started_at=self.now,
            closed_at=self.now,
        )  # fmt: skip
        places = {"payable": accounts.available, "held": accounts.held, "carried": accounts.carried}
        before = of(artist, "carried", currency=currency)
        sums: dict[str, Any] = {f"{'carried_out' if state == 'carried' else state}_minor": amount + before}
        row = Statement.objects.create(
            settlement=settlement, artist=artist, currency=currency, state=state, micro_units=0, earned_minor=amount,
            carried_in_minor=before, beats=1, packed=b"", chunk=0, at=self.now, **sums,
        )  # fmt: skip
        moves = [Move(accounts.STRIPE, accounts.POOL, amount, currency)]
        moves.append(Move(accounts.POOL, places[state](artist.pk), amount, currency))
        if before and state != "carried":
            moves.append(Move(accounts.carried(artist.pk), places[state](artist.pk), before, currency))
        post_entry(f"settlement:{month:%Y-%m}:0", moves=moves, memo="Test", now=self.now)
        while actions.list_statements(now=self.now):
            pass
        return row

    def work(self) -> None:
        """What the worker does until nothing is due."""
        actions.queue_transfers(now=self.now)
        while actions.send_next(now=self.now) or actions.reverse_next(now=self.now):
            pass

    def look(self) -> None:
        """Looks at every account that is due, and handles every event that waits."""
        PayoutAccount.objects.exclude(external_id=None).update(check_at=self.now)
        while looking.look_at_next(now=self.now):
            pass
        while handle_next(now=self.now):
            pass

    def match(self) -> int:
        """Reconciles all; answers how many lines have no match."""
        to = credentials()
        assert to is not None
        return reconcile(to, since=None, now=self.now)


def of(artist: Artist, condition: str, *, currency: str = "EUR") -> int:
    """What the ledger says an artist has in a condition."""
    return balance(f"artist:{artist.pk}:{condition}", currency=currency)


def statuses(artist: Artist) -> list[tuple[int, str, str]]:
    """Amount, place and status of the artist's rows, in the order they were made."""
    rows = Earning.objects.filter(artist=artist).order_by("pk")
    return list(rows.values_list("amount_minor", "place", "status"))


def at_stripe(sandbox: Sandbox) -> list[int]:
    """The amounts of all transfers there."""
    return sorted(row.amount for row in sandbox.client.v1.transfers.list({"limit": 100}).auto_paging_iter())


def use_sandbox(settings: Any, sandbox: Sandbox) -> Paying:
    """Points the installation at a sandbox whose clock stands at the start."""
    settings.STRIPE_KEY, settings.STRIPE_URL = KEY, sandbox.url
    sandbox.set_clock(START)
    return Paying(sandbox)
